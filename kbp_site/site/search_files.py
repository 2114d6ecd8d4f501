"""The files of the search index: kept by their content from build to build, and laid into a site.

What the cache holds is copied: who changes a file of a site in its place does not change the cache.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zlib
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kbp_site.content.shelves import damaged, write_whole
from kbp_site.site.search_words import pack, unpack

PACKED = ".gz"
FILES = "files"
"""Where the cache keeps files by their SHA-256."""


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
    path = work / FILES / f"{digest}{PACKED}"
    if not path.is_file():
        write_whole(path, pack(data))
    return Stored(digest, f"{FILES}/{path.name}", 0, path.stat().st_size)


def remove_others(folder: Path, kept: Collection[str]) -> None:
    """Remove what stands in a folder under none of these names."""
    for path in folder.iterdir():
        if path.name not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def lay(files: Mapping[str, Stored], work: Path, folder: Path, *, taken: Collection[str] = ()) -> None:
    """Let files stand below a folder by their paths; those that were ``taken`` over stand there.

    Raises `KbpError` when one of them is not as it was kept; all that ``work`` holds is removed then, to be made again.
    """
    for inside in {os.path.dirname(name) for name in files}:
        (folder / inside).mkdir(parents=True, exist_ok=True)
    read, data = "", b""
    for name, (digest, path, start, end) in files.items():
        if name not in taken:
            if read != path:
                read, data = path, (work / path).read_bytes()
            if not _is_whole(data[start:end], digest, is_packed=path.endswith(PACKED)):
                shutil.rmtree(work)
                raise damaged(name)
            (folder / name).write_bytes(data[start:end])


def _is_whole(data: bytes, digest: str, *, is_packed: bool) -> bool:
    """Whether a file's bytes, or what is packed in them, have their SHA-256."""
    with suppress(OSError, EOFError, zlib.error):  # what cannot be unpacked
        return hashlib.sha256(unpack(data) if is_packed else data).hexdigest() == digest
    return False
