"""What was read and judged is kept in a few files, so that the next run need not do it again.

What is kept is known by the time, size and number that the system gives a file, which nobody can bring from elsewhere;
and only records and problems come out of it. So is the file that keeps it: one from elsewhere is not even read, since
what is read could change the program's own classes. Whatever cannot be used counts as nothing.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from threading import get_ident
from typing import Any, BinaryIO, NamedTuple

from kbp_site.content.problems import ExitCode, KbpError, Problem
from kbp_site.content.source import Source
from kbp_site.locale import text

SHELVES = 64
"""How many files there are: one changed record costs a new one of them, not all."""

PROGRAM = Path(__file__).parents[1]
PLAIN = frozenset({("datetime", "date")})
"""Types of others that stand in records."""

Stamp = tuple[int, ...]
"""What the disk tells of a file: its mode, number, size, time of writing, and time of any change; nothing of none."""

NUMBER, SIZE = 1, 2
"""Where a file's number (its inode) and its size stand in its stamp."""

Ground = Source | None
"""What the rules for one record alone know beside it: the site's own record."""


@dataclass(frozen=True, eq=False)
class FileReading:
    """What one file gave: its source and its record, as far as they are sound, and what is wrong with it."""

    source: Source | None
    record: Any
    problems: tuple[Problem, ...]


Known = tuple[Stamp, FileReading, tuple[Problem, ...] | None]
"""A file as it was, what it gave, and what the rules said of it, if they were asked."""


class Shelf(NamedTuple):
    """What one of the files holds."""

    program: str
    ground: Ground
    known: Mapping[str, Known]


def stamp_of(found: os.stat_result) -> Stamp:
    """Return what the disk tells of a file."""
    return (found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def stamp_at(path: str) -> Stamp:
    """Return how a file stands; nothing for one that cannot be asked, so that it counts as another."""
    try:
        return stamp_of(os.lstat(path))
    except OSError:
        return ()


@cache
def program() -> str:
    """Return the fingerprint of what reads and judges: another version knows nothing of what this one kept."""
    seen = hashlib.sha256(f"{sys.version} {version('pydantic')}".encode())
    add_files(seen, PROGRAM, (path for part in ("content", "locale") for path in (PROGRAM / part).rglob("*.py")))
    return seen.hexdigest()


def add_files(seen: hashlib._Hash, folder: Path, paths: Iterable[Path]) -> None:
    """Add the names and bytes of files below a folder to a fingerprint."""
    for path in sorted(path for path in paths if path.is_file()):
        seen.update(f"\0{path.relative_to(folder).as_posix()}\0".encode())
        seen.update(path.read_bytes())


def shelf_of(path: str) -> int:
    """Return on which shelf a file's reading stands."""
    return zlib.crc32(path.encode("utf-8", "surrogateescape")) % SHELVES


def read_shelves(folder: Path) -> Iterator[Shelf]:
    """Yield what was kept in a folder, as far as it can be used; all of it stands on one ground."""
    ground: Ground = None
    with uncollected():
        for number in range(SHELVES):
            with suppress(Exception):  # whatever is wrong with it: it is made again
                shelf = read_own(folder / str(number))
                if isinstance(shelf, Shelf) and shelf.program == program() and shelf.ground == (ground or shelf.ground):
                    ground = shelf.ground
                    yield shelf


def write_shelves(folder: Path, ground: Ground, known: Iterable[tuple[str, Known]], changed: Iterable[int]) -> None:
    """Keep what is known on the shelves that changed; where nothing can be written, nothing is kept."""
    wanted = set(changed)
    shelves: dict[int, dict[str, Known]] = defaultdict(dict)
    for path, what in known:
        if (number := shelf_of(path)) in wanted:
            shelves[number][path] = what
    with suppress(OSError):
        for number in sorted(wanted):
            write_own(folder / str(number), Shelf(program(), ground, shelves[number]))


def damaged(name: str) -> KbpError:
    """Return what is said when what was kept for a file of the site is not whole, and was removed."""
    message = text('simpanan untuk "{name}" rusak dan sudah dibuang; jalankan sekali lagi', name=name)
    return KbpError(message, exit_code=ExitCode.SYSTEM)


MARK_BYTES, SUM_BYTES = 16, 4


class _Summed:
    """A file that is written, and the sum of what was written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.sum = file, 0

    def write(self, data: bytes) -> int:
        """Write what follows."""
        self.sum = zlib.crc32(data, self.sum)
        return self._file.write(data)


def write_own(path: Path, value: object) -> None:
    """Keep a value in a file of our own, with a sum at its end; raises `OSError` where nothing can be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with _in_place_of(path, fresh), fresh.open("wb") as file:
        file.write(own_mark(file.fileno()))
        summed = _Summed(file)
        pickle.dump(value, summed, pickle.HIGHEST_PROTOCOL)
        file.write(summed.sum.to_bytes(SUM_BYTES))


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file that is either there as a whole or not at all, whichever thread writes it; return its path."""
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.new")
    with _in_place_of(path, fresh):
        fresh.write_bytes(data)
    return path


@contextmanager
def _in_place_of(path: Path, fresh: Path) -> Iterator[None]:
    """Put a file that is written meanwhile in the place of another one; where that fails, nothing of it is left."""
    try:
        yield
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def read_own(path: Path, *, classes: Collection[type] = ()) -> Any:
    """Return what `write_own` kept; ``classes`` may stand in it beside those of the content.

    Raises some exception for whatever was not written here, is not whole any more, or holds anything else.
    """
    with path.open("rb") as file:
        is_ours, data = file.read(MARK_BYTES) == own_mark(file.fileno()), file.read()
    if not is_ours or zlib.crc32(memoryview(data)[:-SUM_BYTES]).to_bytes(SUM_BYTES) != data[-SUM_BYTES:]:
        raise pickle.UnpicklingError(str(path))
    return _Reader(BytesIO(data), classes).load()


def own_mark(file: int) -> bytes:
    """Return what an open file begins with when it was written here: the number that the system gave it."""
    found = os.fstat(file)
    return f"{found.st_dev % 2**32:08x}{found.st_ino % 2**32:08x}".encode()


class _Reader(pickle.Unpickler):
    """Reads only what is ours: classes of the content and its texts, plain types, and those that are named."""

    def __init__(self, file: BytesIO, classes: Collection[type]) -> None:
        super().__init__(file)
        self._named = {(one.__module__, one.__qualname__) for one in classes}

    def find_class(self, module: str, name: str) -> type:
        is_ours = module.startswith("kbp_site.content.") or module == "kbp_site.locale"
        if "." not in name and (is_ours or (module, name) in PLAIN | self._named):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many objects that all stay, without looking again and again for those that do not."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
