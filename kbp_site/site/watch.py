"""What an editor changes, seen by the times of files: it works the same on every system and every disk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

PAUSE = 0.15
"""Seconds between two looks."""

REST = 10
"""How many times as long as a look takes the next one waits, so that a large site leaves the processor alone."""

Stamp = tuple[int, ...]
Snapshot = dict[str, Stamp]


def snapshot(paths: Sequence[Path]) -> Snapshot:
    """Return path → (times, size, number) of every file at or below ``paths``; hidden ones are left out."""
    return {path: stamp for start in paths for path, stamp in _look(start)}


def changes(before: Snapshot, after: Snapshot) -> list[str]:
    """Return the paths that came, went or changed, in order."""
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def _look(start: Path) -> Iterator[tuple[str, Stamp]]:
    try:
        entries = list(os.scandir(start))
    except NotADirectoryError:
        yield from _stamp(str(start), start)
        return
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _look(Path(entry.path))
        else:
            yield from _stamp(entry.path, entry)


def _stamp(path: str, file: Path | os.DirEntry[str]) -> Iterator[tuple[str, Stamp]]:
    try:
        found = os.lstat(file)
    except OSError:  # it went between two looks
        return
    yield path, (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
