"""A site becomes public in one step: made beside, then put in the place of the old one."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.content.shelves import Stamp, stamp_of
from kbp_site.locale import text
from kbp_site.site.standing import entries

MARKER = ".kbp-site"
"""The file that says that a folder is ours, and may be replaced."""

OLD = "old"
"""Where the old site stands, in the folder of a build, while the new one takes its place."""


def judge_out(out: Path, root: Path) -> None:
    """Refuse an output folder that is not ours to replace (`KbpError`, nothing is touched)."""
    judge_place(out, root)
    out = out.resolve()
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise KbpError(
            text(
                'folder "{out}" berisi hal lain dan bukan buatan kbp; pilih folder lain atau kosongkan dahulu',
                out=str(out),
            )
        )


def judge_place(out: Path, root: Path) -> None:
    """Refuse a folder that results may not even stand in: the site's own, its sources, or a file (`KbpError`)."""
    out, root = out.resolve(), root.resolve()
    sources = [(root / name).resolve() for name in ("content", "docs", ".git")]
    if out in (root, *root.parents) or any(out == source or source in out.parents for source in sources):
        raise KbpError(text('"{out}" tidak dapat dipakai untuk hasil; pilih folder lain', out=str(out)))
    if out.exists() and not out.is_dir():
        raise KbpError(text('"{out}" adalah berkas, bukan folder', out=str(out)))


@contextmanager
def locked(folder: Path, out: Path) -> Iterator[None]:
    """Hold the lock of an output folder; raises `KbpError` (exit 4) when another build holds it.

    ``folder`` is where locks are kept, so that none lies about beside a site.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{folder_name(out)}.lock")
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout as error:
        message = text('pembangunan lain sedang berjalan untuk "{out}"; tunggu sampai selesai', out=str(out))
        raise KbpError(message, exit_code=ExitCode.LOCKED) from error


def folder_name(out: Path) -> str:
    """Return a name for an output folder: the same for every way of writing it."""
    return hashlib.sha256(os.fsencode(out.resolve())).hexdigest()[:16]


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """Give a new folder beside ``out`` to build in; it is gone afterwards, whatever happened.

    Whoever calls holds the lock of ``out``: so what an interrupted build left there is nobody's.
    """
    target = out.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{target.name}.kbp-"
    for left in sorted(path for path in target.parent.iterdir() if path.name.startswith(prefix)):
        recover(left, target)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def open_to_readers(folder: Path) -> dict[str, Stamp]:
    """Let everybody read a folder, whatever the mask of rights that it was made with; return its files' `stamps`."""
    os.chmod(folder, 0o755)
    files = {}
    for name, entry in entries(folder):
        found = entry.stat(follow_symlinks=False)
        wanted = 0o755 if name[-1] == "/" else 0o644
        if stat.S_IMODE(found.st_mode) != wanted:
            os.chmod(entry.path, wanted)
            found = os.lstat(entry.path)
        if name[-1] != "/":
            files[name] = stamp_of(found)
    return files


def settle(folder: Path) -> None:
    """Wait until a folder and all in it are on the disk, so that no loss of power finds it half there.

    Linux's syncfs writes what a file system holds in one go; elsewhere each file is waited for.
    """
    syncfs = system_call("syncfs")
    if syncfs is None:
        for path in (folder, *folder.rglob("*")):
            settle_one(path)
        return
    with opened(folder) as descriptor:
        if syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))


def settle_one(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk; a system that knows no such wait goes on."""
    if os.name == "posix":
        with opened(path) as descriptor:
            os.fsync(descriptor)


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """Open a file or folder for what the system does with its descriptor."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step (Linux's renameat2); false, with nothing done, where that cannot be."""
    rename = system_call("renameat2")
    here, change_places = -100, 2  # AT_FDCWD of fcntl.h, RENAME_EXCHANGE of linux/fs.h
    return rename is not None and rename(here, os.fsencode(one), here, os.fsencode(other), change_places) == 0


def system_call(name: str) -> Callable[..., int] | None:
    """Return a function of the system's C library that Python has no name for, if it is there."""
    return getattr(ctypes.CDLL(None, use_errno=True), name, None) if sys.platform == "linux" else None


def recover(left: Path, target: Path) -> None:
    """Remove what an interrupted build left; if it fell between two renames, the old site is put back first."""
    if (left / OLD).is_dir() and not target.exists():
        os.rename(left / OLD, target)
    shutil.rmtree(left, ignore_errors=True)


def publish(made: Path, out: Path) -> dict[str, Stamp]:
    """Put a whole site in the place of the old one, which stands at `OLD` beside where it was made then.

    Return how its files stand (`stamps`). It is done in one step where the system can change two folders' places;
    elsewhere by two renames, and the next build mends what falls between them.
    """
    (made / MARKER).touch()
    files = open_to_readers(made)
    settle(made)
    target, old = out.resolve(), made.with_name(OLD)
    if target.exists() and exchange(made, target):
        os.rename(made, old)
        return files
    if target.exists():
        os.rename(target, old)
    try:
        os.rename(made, target)
    except OSError:
        if old.exists():
            os.rename(old, target)
        raise
    return files
