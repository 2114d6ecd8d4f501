"""A share as it travels: to a worker that has none of our files, and back as the files that it made.

A worker reads what is sent to it with pickle, and we read its answer so: both trust each other as one program does.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import is_markdown_file

from kbp_site.content.problems import KbpError
from kbp_site.locale import text
from kbp_site.site.documents import read_document
from kbp_site.site.executors import MakeShare
from kbp_site.site.gate import PageReading
from kbp_site.site.host import own_folders, pages_follow_from_files, read_settings
from kbp_site.site.prepare import PageFile
from kbp_site.site.reuse import program
from kbp_site.site.shares import Share
from kbp_site.site.writing import write_files

SITE, PAGES, OUT = "site", "pages", "out"
"""Where a worker lays the operator's files, the pages' Markdown, and what it makes of them."""

Files = Mapping[str, bytes]
"""Files by their paths below some folder."""


@dataclass(frozen=True)
class Own:
    """What an operator wrote by hand, by paths below the site's folder: what every share needs, and the first alone."""

    settings: str
    shared: Files
    first: Files


@dataclass(frozen=True)
class Made:
    """A share's files by their paths in the site, and what the gate read in them."""

    files: Files
    readings: list[PageReading]


def read_own(config_file: Path) -> Own:
    """Read what a site's operator wrote by hand.

    Raises `KbpError` for a site that follows from more than these files, or whose folders lie elsewhere.
    """
    root = config_file.resolve().parent
    config = read_settings(config_file, out=root / "site")
    judge(config, root)
    docs, *theme = own_folders(config)
    shared, first = {config_file.name: config_file.read_bytes()}, {}
    for folder in theme:
        shared |= {path.relative_to(root).as_posix(): path.read_bytes() for path in files_below(folder)}
    for path in files_below(docs):
        name = path.relative_to(root).as_posix()
        if is_markdown_file(path.name):
            shared[name] = read_document(docs, path.relative_to(docs).as_posix())
        else:
            first[name] = path.read_bytes()
    return Own(config_file.name, shared, first)


def judge(config: MkDocsConfig, root: Path) -> None:
    """Raise `KbpError` for a site that cannot be made of its own files alone."""
    if not pages_follow_from_files(config):
        raise KbpError(
            text(
                "{path} memakai hooks, plugin atau tema lain, INHERIT, atau !ENV, yang tidak dapat dikirim "
                "ke komputer lain; bangun tanpa --executor",
                path=Path(config.config_file_path).name,
            )
        )
    for folder in own_folders(config):
        if not folder.resolve().is_relative_to(root):
            raise KbpError(
                text(
                    'folder "{path}" ada di luar folder situs; pindahkan ke dalamnya, atau bangun tanpa --executor',
                    path=str(folder),
                )
            )


def files_below(folder: Path) -> Iterator[Path]:
    """Yield every file below a folder, also where links lead, as the host finds them."""
    for inside, _, names in os.walk(folder, followlinks=True):
        yield from (Path(inside, name) for name in names)


def pack(make_share: MakeShare, own: Own, share: Share) -> bytes:
    """Return all that a worker needs to make a share, as `make_packed` takes it."""
    files = {f"{SITE}/{name}": data for name, data in {**own.shared, **(own.first if share.is_first else {})}.items()}
    files |= {f"{PAGES}/{page.uri}": page.path.read_bytes() for page in share.pages}
    return pickle.dumps((make_share, own.settings, share, files), pickle.HIGHEST_PROTOCOL)


_one_at_a_time = Lock()
"""The host is not made for threads, and a worker of Dask may have several."""


def make_packed(sender: str, packed: bytes) -> Made | None:
    """Make a share on a worker, in a folder that is gone afterwards.

    ``sender`` is the fingerprint of the program that packed it; ``None`` comes back when the worker's is another one,
    which would not make the same pages.
    """
    if sender != program():
        return None
    make_share, settings, share, files = pickle.loads(packed)
    with _one_at_a_time, TemporaryDirectory(prefix="kbp-") as name:
        folder = Path(name)
        write_files(folder, files)
        readings = make_share(folder / SITE / settings, laid(share, folder / PAGES), folder / OUT)
        made = {path.relative_to(folder / OUT).as_posix(): path.read_bytes() for path in files_below(folder / OUT)}
    return Made(made, readings)


def laid(share: Share, folder: Path) -> Share:
    """Return a share whose pages lie in a folder."""

    def there(pages: tuple[PageFile, ...]) -> tuple[PageFile, ...]:
        return tuple(replace(page, folder=folder) for page in pages)

    return replace(share, pages=there(share.pages), sections=there(share.sections))
