"""The host: MkDocs with Material turns a share of pages into HTML."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, cast

from jinja2 import Environment, FileSystemLoader
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.theme import Theme

from kbp_site.content.problems import KbpError
from kbp_site.locale import text
from kbp_site.site.shares import Share

PLUGIN = "kbp"
THEME = Path(__file__).parent / "theme"


class TakesShare(Protocol):
    """Our plugin, as far as the host needs to know it."""

    share: Share | None


def read_settings(config_file: Path, *, out: Path) -> MkDocsConfig:
    """Read `mkdocs.yml`; raises `KbpError` when it is missing, faulty, or does not name our plugin."""
    if not config_file.is_file():
        raise KbpError(text('tidak ada "{path}"; mulai dengan kbp init, atau pakai --root', path=str(config_file)))
    _silence()
    try:
        with _errors() as told:
            config = load_config(config_file=str(config_file), site_dir=str(out))
    except MkDocsException as error:
        # MkDocs words its reasons in English, and logs the cause; they are the operator's, who wrote the settings.
        reason = "; ".join(told) or error
        raise KbpError(
            text("pengaturan {path} tidak dapat dipakai: {reason}", path=config_file.name, reason=reason)
        ) from error
    if PLUGIN not in config.plugins:
        raise KbpError(text('{path} belum memuat plugin "kbp"; tulis plugins: [kbp]', path=config_file.name))
    return config


def own_folders(config: MkDocsConfig) -> tuple[Path, ...]:
    """Return where an operator keeps files that stand in the site as they are: hand-written pages, then a theme's."""
    folders = (config.docs_dir, config.theme.custom_dir)
    return tuple(Path(folder) for folder in folders if folder)


DYNAMIC = (b"!ENV", b"!!python", b"INHERIT")
"""What makes settings say more than `mkdocs.yml` does."""


def follows_from_files(config: MkDocsConfig) -> bool:
    """Whether a site follows from files that we know, and has no form, which stands beside its pages."""
    return pages_follow_from_files(config) and not config.plugins[PLUGIN].config.get("admin")


def pages_follow_from_files(config: MkDocsConfig) -> bool:
    """Whether pages follow from files that we know: not where an operator has hooks or plugins of their own."""
    is_ours = set(config.plugins) == {PLUGIN} and config.theme.name == "material" and not config.hooks
    written = Path(config.config_file_path).read_bytes()
    return is_ours and not any(word in written for word in DYNAMIC)


class Templates:
    """The theme's templates, compiled once for many single pages: to do it anew takes longer than a page."""

    def __init__(self) -> None:
        self._environment: Environment | None = None

    def lend(self, config: MkDocsConfig) -> None:
        """Let a build use the templates; the theme's files are left out of it (the first share has them)."""
        begin = config.theme.get_env

        def lent() -> Environment:
            if self._environment is None:
                self._environment = begin()
                self._environment.list_templates = lambda *_, **__: []  # type: ignore[method-assign]
            return self._environment

        config.theme.get_env = lent  # type: ignore[method-assign]


class _Listed(FileSystemLoader):
    """Lists the files that the host takes of a theme: none in hidden folders, where Material has thousands of drawings.

    The host leaves those out itself, once it has listed them.
    """

    def list_templates(self) -> list[str]:
        """Return the names of all files but those in hidden folders, in order."""
        found = set[str]()
        for folder in self.searchpath:
            for inside, folders, names in os.walk(folder):
                folders[:] = [name for name in folders if name[0] != "."]
                found.update(Path(inside, name).relative_to(folder).as_posix() for name in names)
        return sorted(found)


def _list_quickly(theme: Theme) -> None:
    """Let a build list a theme's files by `_Listed`."""
    begin = theme.get_env

    def begun() -> Environment:
        environment = begin()
        environment.loader = _Listed(theme.dirs)
        return environment

    theme.get_env = begun  # type: ignore[method-assign]


def make_html(config_file: Path, share: Share, out: Path, *, templates: Templates | None = None) -> None:
    """Make the HTML of a share below ``out``; raises `KbpError` when the host refuses."""
    config = read_settings(config_file, out=out)
    cast("TakesShare", config.plugins[PLUGIN]).share = share
    if templates:
        templates.lend(config)
    else:
        _list_quickly(config.theme)
    try:
        mkdocs_build(config)
    except MkDocsException as error:
        raise KbpError(text("MkDocs tidak dapat membangun situs: {reason}", reason=error)) from error


@contextmanager
def _errors() -> Iterator[list[str]]:
    """Give the errors that the host logs meanwhile, each a line."""
    told: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: told.append(" ".join(record.getMessage().split()))  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield told
    finally:
        logger.removeHandler(handler)


def _silence() -> None:
    """Keep the host's log to itself: what is wrong with a page is told by the gate, in our words."""
    logger = logging.getLogger("mkdocs")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.propagate = False
