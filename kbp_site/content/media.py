"""The files that records name: they lie in `content/media/`, are reached by no link, and are known by their bytes."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from kbp_site.content.opening import open_below
from kbp_site.content.pictures import PictureError, measure
from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.locale import text

PICTURES = {".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n", ".webp": b"RIFF"}
"""Endings of pictures, and how their files begin."""


class NotRegularError(OSError):
    """What has a file's name and is none: a folder, a pipe."""


def ending(name: str) -> str:
    """Return what a file's name ends in, in small letters ("foto.JPG" → ".jpg")."""
    return os.path.splitext(name)[1].lower()


def open_media(folder: Path, name: str) -> BufferedReader:
    """Open a file below a folder; raises `OSError` for what is not there or reached by a link."""
    handle = open_below(folder, name)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotRegularError(name)
    return os.fdopen(handle, "rb")


@dataclass(frozen=True)
class MediaInfo:
    """What is known of a file: its name, the SHA-256 of its bytes, how many they are, and a picture's upright size."""

    name: str
    digest: str
    size: int
    width: int = 0
    height: int = 0

    @property
    def is_picture(self) -> bool:
        """Whether it is shown as a picture."""
        return self.width > 0


Stamp = tuple[int, ...]
"""What the system says of a file as long as nobody changes or replaces it."""


@dataclass(frozen=True)
class Media:
    """The media of a site; ``judged`` are the files that the checks looked at, as they were just before."""

    folder: Path
    judged: Mapping[str, Stamp | None] = field(default_factory=dict, compare=False)

    def info(self, name: str) -> MediaInfo | None:
        """Return what is known of a file; ``None`` when it cannot be used (the checks say why).

        Raises `KbpError` when it is not as it was before it was judged.
        """
        stamp = stamp_of(self.folder, name)
        if self.judged.get(name, stamp) != stamp:
            raise changed(name)
        try:
            return _read_info(self.folder, name, stamp) if stamp else None
        except (OSError, PictureError):
            return None

    def read(self, info: MediaInfo) -> bytes:
        """Return a file's bytes, the same that were judged; raises `KbpError` when they are others by now."""
        data = b""
        with suppress(OSError), open_media(self.folder, info.name) as file:
            data = file.read(info.size + 1)
        if hashlib.sha256(data).hexdigest() != info.digest:
            raise changed(info.name)
        return data


def changed(name: str) -> KbpError:
    """Return what is said of a file that was judged, and is not as it was when it is needed."""
    message = text('berkas "{name}" berubah atau hilang selagi program berjalan; jalankan sekali lagi', name=name)
    return KbpError(message, exit_code=ExitCode.SYSTEM)


def stamp_of(folder: Path, name: str) -> Stamp | None:
    """Return how a file is now; ``None`` for what is not there or reached by a link."""
    try:
        with open_media(folder, name) as file:
            return _stamp(file)
    except OSError:
        return None


def _stamp(file: BinaryIO) -> Stamp:
    found = os.fstat(file.fileno())
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


@lru_cache(maxsize=65536)
def _read_info(folder: Path, name: str, stamp: Stamp) -> MediaInfo:
    """Read a file that is as its ``stamp`` says; the answer is kept, since a preview asks again and again.

    Raises `KbpError` when it is another by the time that it is read.
    """
    with open_media(folder, name) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        width, height = measure(file) if ending(name) in PICTURES else (0, 0)
        if _stamp(file) != stamp:
            raise changed(name)
    return MediaInfo(name, digest, size, width, height)
