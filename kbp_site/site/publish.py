"""A site becomes public in one step: made beside, then put in the place of the old one."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.locale import text

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


def recover(left: Path, target: Path) -> None:
    """Remove what an interrupted build left; if it fell between two renames, the old site is put back first."""
    if (left / OLD).is_dir() and not target.exists():
        os.rename(left / OLD, target)
    shutil.rmtree(left, ignore_errors=True)


def publish(made: Path, out: Path) -> None:
    """Put a whole site in the place of the old one by two renames; the next build mends what falls between them."""
    (made / MARKER).touch()
    for path in (made, *made.rglob("*")):
        found = path.stat().st_mode
        wanted = 0o755 if stat.S_ISDIR(found) else 0o644
        if stat.S_IMODE(found) != wanted:
            path.chmod(wanted)
    target = out.resolve()
    old = made.with_name(OLD)
    if target.exists():
        os.rename(target, old)
    try:
        os.rename(made, target)
    except OSError:
        if old.exists():
            os.rename(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)
