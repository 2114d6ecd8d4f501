"""The files of the search index: kept by their content from build to build, and laid into a site.

Those that the last site holds as they were laid there are shared with it: which they are, the disk tells by number,
size and time. What the cache holds is copied: who changes a file of a site in its place does not change the cache.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kbp_site.content.shelves import read_own, write_own, write_whole
from kbp_site.site.search_words import pack

FILES, STANDING = "files", "standing"
"""Where the cache keeps files by their SHA-256, and how those that were laid stood."""

Stamp = tuple[int, int, int]
"""A file's number, size and time of writing."""


class Stored(NamedTuple):
    """Where the cache holds the bytes of a file: which it is, by its SHA-256, and from where to where they stand."""

    digest: str
    path: str
    start: int
    end: int


def keep(work: Path, data: bytes) -> Stored:
    """Keep a file as it is."""
    digest = hashlib.sha256(data).hexdigest()
    path = work / FILES / digest
    if not path.is_file():
        write_whole(path, data)
    return Stored(digest, f"{FILES}/{digest}", 0, len(data))


def keep_packed(work: Path, data: bytes) -> Stored:
    """Keep CBOR as a file of an index holds it, known by the SHA-256 of what is packed; the same is packed once."""
    digest = hashlib.sha256(data).hexdigest()
    path = work / FILES / f"{digest}.gz"
    if not path.is_file():
        write_whole(path, pack(data))
    return Stored(digest, f"{FILES}/{path.name}", 0, path.stat().st_size)


def remove_others(folder: Path, kept: Collection[str]) -> None:
    """Remove what stands in a folder under none of these names."""
    for path in folder.iterdir():
        if path.name not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def lay(files: Mapping[str, Stored], work: Path, site: Path, last: Path | None = None) -> None:
    """Let files stand below a folder by their paths; ``last`` is the folder where they were laid before."""
    known = _standing(work) if last else {}
    standing: dict[str, tuple[str, Stamp]] = {}
    for folder in {os.path.dirname(name) for name in files}:
        (site / folder).mkdir(parents=True, exist_ok=True)
    read, data = "", b""
    for name, (digest, path, start, end) in files.items():
        target, (was, stamp) = f"{site}/{name}", known.get(name, ("", (0, 0, 0)))
        if not (last and was == digest and _share(f"{last}/{name}", target, stamp)):
            if read != path:
                read, data = path, (work / path).read_bytes()
            Path(target).write_bytes(data[start:end])
            stamp = _stamp(target)
        standing[name] = (digest, stamp)
    if last:
        with suppress(OSError):
            write_own(work / STANDING, standing)


def _standing(work: Path) -> dict[str, tuple[str, Stamp]]:
    """Return how the files that were laid last stood: SHA-256 and stamp by name."""
    with suppress(Exception):  # whatever is wrong with it: files are copied
        found: dict[str, tuple[str, Stamp]] = read_own(work / STANDING)
        return found
    return {}


def _share(old: str, new: str, stamp: Stamp) -> bool:
    """Let a file stand in a second place, if it is as it was; false where it is not, or the disk cannot do that."""
    with suppress(OSError):
        os.link(old, new)
        if _stamp(new) == stamp:
            return True
        os.unlink(new)
    return False


def _stamp(path: str) -> Stamp:
    found = os.lstat(path)
    return found.st_ino, found.st_size, found.st_mtime_ns
