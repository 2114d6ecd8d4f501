"""Pages of the last build that are as they would be made: they are taken from its site, and not made again.

A page's HTML follows from its Markdown and from what all pages share: the settings, the theme, hand-written pages and
their titles, the program. Both are known by fingerprints, and the file that is taken over by its own, so that nothing
stale or changed by another hand is taken. Operators' own hooks and plugins may look at anything: with them nothing is.
"""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from kbp_site.content.shelves import PROGRAM, add_files, read_own, uncollected, write_own
from kbp_site.site.gate import PageReading
from kbp_site.site.host import follows_from_files, own_folders
from kbp_site.site.leaks import Leak
from kbp_site.site.prepare import PageFile, SiteSettings
from kbp_site.site.standing import digest_of

PLUGIN = PROGRAM / "mkdocs_plugin.py"
PARTS = ("content", "locale", "outputs", "pages", "site")
"""The parts of the program that a page's HTML, and what the gate says of it, can follow from."""

LIBRARIES = ("jinja2", "markdown", "mkdocs", "mkdocs-material", "selectolax")
SHARED = frozenset({".html", ".md", ".po", ".py"})
"""Endings of files that can show in every page: templates, the titles of hand-written pages, words, and programs."""


class Kept(NamedTuple):
    """A page as it was made: the SHA-256 of its Markdown, and what the gate read in it."""

    digest: str
    reading: PageReading


@dataclass(frozen=True)
class Index:
    """What is known of the pages of a site, by their names among the host's files ("kegiatan/x.md")."""

    ground: str = ""
    pages: Mapping[str, Kept] = field(default_factory=dict)

    @property
    def readings(self) -> dict[str, PageReading]:
        """What was read in the pages, by their paths in the site."""
        return {kept.reading.path: kept.reading for kept in self.pages.values()}

    def current(
        self, files: Iterable[PageFile], site: Path, digests: Mapping[str, str]
    ) -> Iterator[tuple[PageFile, PageReading]]:
        """Yield those pages that stand in ``site`` as they would be made now, and what the gate read in them.

        ``digests`` are the SHA-256 of files that stand as they were, by their names: these need not be read.
        """
        for file in files:
            kept = self.pages.get(file.uri)
            if kept and kept.digest == file.digest and not file.is_section:
                path = kept.reading.path
                with suppress(OSError):
                    if (digests.get(path) or digest_of(site / path)) == kept.reading.digest:
                        yield file, kept.reading


def ground_of(config: MkDocsConfig, settings: SiteSettings, sections: Sequence[str]) -> str:
    """Return the fingerprint of all that pages share; nothing where it cannot be told, and none may be taken over."""
    if not follows_from_files(config):
        return ""
    written = Path(config.config_file_path).read_bytes()
    seen = hashlib.sha256(repr((sys.version, program(), settings, sections, written)).encode())
    for folder in own_folders(config):
        add_files(seen, folder, (path for path in folder.rglob("*") if path.suffix in SHARED))
    return seen.hexdigest()


@cache
def program() -> str:
    """Return the fingerprint of this program, its libraries and Python: what has the same one makes the same HTML."""
    seen = hashlib.sha256(repr((platform.python_version(), *map(version, LIBRARIES))).encode())
    below = (path for part in PARTS for path in (PROGRAM / part).rglob("*") if path.suffix != ".pyc")
    add_files(seen, PROGRAM, (PLUGIN, *below))
    return seen.hexdigest()


def read_index(path: Path, ground: str) -> Index:
    """Return what is known of the pages that stand on a ground; of all others nothing is."""
    with suppress(Exception), uncollected():  # whatever is wrong with it: the pages are made again
        index = read_own(path, classes=(Index, Kept, Leak, PageReading))
        if isinstance(index, Index) and ground and index.ground == ground:
            return index
    return Index()


def write_index(path: Path, ground: str, made: Iterable[tuple[PageFile, PageReading]]) -> None:
    """Keep what is known of a site's pages; where nothing can be written, nothing is kept."""
    pages = {file.uri: Kept(file.digest, reading) for file, reading in made}
    with suppress(OSError):
        write_own(path, Index(ground, pages))
