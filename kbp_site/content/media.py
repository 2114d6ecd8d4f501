"""The files that records name: they lie in `content/media/`, are reached by no link, and are known by their bytes."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from functools import lru_cache
from io import BufferedReader
from pathlib import Path

from kbp_site.content.opening import open_below
from kbp_site.content.pictures import PictureError, measure

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


def digest_of(file: BufferedReader) -> str:
    """Return the SHA-256 of an open file's bytes, which stands at its beginning again."""
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


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


@dataclass(frozen=True)
class Media:
    """The media of a site."""

    folder: Path

    def info(self, name: str) -> MediaInfo | None:
        """Return what is known of a file; ``None`` when it cannot be used (the checks say why)."""
        try:
            with open_media(self.folder, name) as file:
                found = os.fstat(file.fileno())
                stamp = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
                return _read_info(self.folder, name, stamp)
        except (OSError, PictureError):
            return None


@lru_cache(maxsize=65536)
def _read_info(folder: Path, name: str, stamp: tuple[int, ...]) -> MediaInfo:
    """Read a file that is as its ``stamp`` says; the answer is kept, since a preview asks again and again."""
    with open_media(folder, name) as file:
        digest = digest_of(file)
        size = os.fstat(file.fileno()).st_size
        width, height = measure(file) if ending(name) in PICTURES else (0, 0)
    return MediaInfo(name, digest, size, width, height)
