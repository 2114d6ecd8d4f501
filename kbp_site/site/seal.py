"""Whether anything changed since a site was made: what it was made of, and how it stands, as the disk tells it.

A file that another was put in place of, or that was written, has another number, size or time; so nothing need be read.
Where that is not all a site follows from (operators' own hooks and plugins, the editors' form), nothing is sealed.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from kbp_site.content.history import commit_of
from kbp_site.content.kept_results import installed
from kbp_site.content.memory import SETTLED
from kbp_site.content.problems import Problem
from kbp_site.content.shelves import PROGRAM, Stamp, read_own, stamp_of, write_own
from kbp_site.site.host import follows_from_files, own_folders
from kbp_site.site.standing import LASTING, entries, stamps

PARTS = ("content", "kiosk", "locale", "outputs", "pages", "site")
"""The parts of the program that a site can follow from; the kiosk's screen is one of its pages' neighbours."""

MADE_BY_PYTHON = ("/", ".pyc")
"""How that ends which Python changes when it runs the program for the first time: folders, and what it compiled."""


@dataclass(frozen=True)
class Seal:
    """What a site was made of and how it stood when it was done, as fingerprints; how many pages, and what was told."""

    made_of: str
    standing: str
    pages: int
    problems: tuple[Problem, ...]


def sources_of(config: MkDocsConfig, root: Path, today: date) -> str:
    """Return the fingerprint of all that a site is made of; nothing where it cannot be told yet, or at all.

    What was written in the last two seconds may be written again without another time (`SETTLED`).
    """
    if not follows_from_files(config):
        return ""
    told = (sys.version, installed(), today, commit_of(root), Path(config.config_file_path).read_bytes())
    own = (row for folder in (root / "content", *own_folders(config)) for row in _sources(folder))
    program = (row for part in PARTS for row in _sources(PROGRAM / part) if not row[0].endswith(MADE_BY_PYTHON))
    rows = [*own, *program]
    latest = max((max(stamp[3:]) for _, stamp in rows), default=0)
    return _fingerprint([*map(repr, told), *map(repr, rows)]) if time.time_ns() - latest > SETTLED else ""


def _sources(folder: Path) -> list[tuple[str, Stamp]]:
    """Return the stamps of everything below a folder, the folders too, in order."""
    found = entries(folder) if folder.is_dir() else ()
    return sorted((f"{folder}/{path}", stamp_of(entry.stat(follow_symlinks=False))) for path, entry in found)


def standing_of(files: Mapping[str, Stamp]) -> str:
    """Return the fingerprint of how a site stands, by what lasts of its files' stamps.

    The time of their last other change does not: a build that was given up has linked to them.
    """
    return _fingerprint(f"{name} {stamp[:LASTING]}" for name, stamp in sorted(files.items()))


def _fingerprint(rows: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogateescape")).hexdigest()


def read_seal(path: Path, made_of: str, site: Path) -> Seal | None:
    """Return the seal of a site that stands as it was made, of what it would be made of now; else ``None``."""
    with suppress(Exception):  # whatever is wrong with it: the site is made again
        seal = read_own(path, classes=(Seal,))
        if isinstance(seal, Seal) and made_of and seal.made_of == made_of:
            return seal if seal.standing == standing_of(stamps(site)) else None
    return None


def write_seal(path: Path, made_of: str, standing: str, pages: int, problems: tuple[Problem, ...]) -> None:
    """Seal a site that was made, as it stands (`standing_of`), and forget what was told of the one before.

    Where nothing can be written, it is made again next time.
    """
    with suppress(OSError):
        path.unlink(missing_ok=True)
        if made_of:
            write_own(path, Seal(made_of, standing, pages, problems))
