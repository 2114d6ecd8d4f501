"""Files are opened without following a link anywhere on the way: what was looked at is what is read."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = os.O_RDONLY | os.O_DIRECTORY
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


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
    finally:
        os.close(inside)
