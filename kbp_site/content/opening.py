"""Files are opened without following a link anywhere on the way, by names that mean one file on every system."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

FOLDER = os.O_RDONLY | os.O_DIRECTORY
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK

DEVICES = frozenset(["con", "prn", "aux", "nul"]) | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)
}
"""Names that Windows keeps for devices, whatever their ending
(https://learn.microsoft.com/windows/win32/fileio/naming-a-file)."""

UNSAFE = re.compile(r'[\\:*?"<>|~%]|^[.\-]|[. ]$')
"""What some system, or an address (`%20`), reads as something else than a part of a name."""

MAX_PATH = 200
"""Characters of a whole path: with the folders above a site, Windows takes 260."""


def open_below(folder: Path, name: str) -> int:
    """Open a file by its path below a folder, and return its handle; raises `OSError` where a link stands in its place.

    Each folder is opened from the one above it, so that none can be put in another's place meanwhile. Nobody waits
    for a pipe; whether the handle is that of a regular file is for the caller to see.
    """
    *above, last = name.split("/")
    inside = os.open(folder, FOLDER)
    try:
        for part in above:
            outside, inside = inside, os.open(part, FOLDER | os.O_NOFOLLOW, dir_fd=inside)
            os.close(outside)
        return os.open(last, FILE, dir_fd=inside)
    except OSError as error:
        error.filename = f"{folder}/{name}"  # what is told names all of it, not a part
        raise
    finally:
        os.close(inside)


def is_portable(path: str) -> bool:
    """Whether a path with slashes names the same file on every system."""
    return len(path) <= MAX_PATH and all(map(_is_portable_part, path.split("/")))


def _is_portable_part(part: str) -> bool:
    stem = part.split(".")[0].lower()
    return bool(part) and part.isprintable() and not UNSAFE.search(part) and stem not in DEVICES


def same_elsewhere(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (name, earlier one) of paths that are one file where case, or how an accent is put, does not count."""
    seen: dict[str, str] = {}
    for name in names:
        spelt = unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
        if (other := seen.setdefault(spelt, name)) != name:
            yield name, other
