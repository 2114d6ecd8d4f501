"""Zip files from outside (Word, sheets, exported chats): opened only within limits, and never unpacked to disk."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from kbp_site.locale import Text, text

MAX_PARTS, MAX_PART, MAX_WHOLE = 5_000, 64 * 1024**2, 256 * 1024**2
"""Files in an archive, bytes of one, and of all when unpacked: a report of 300 photos fits, a bomb does not.

A file's stated size can be trusted: `zipfile` reads no more than that.
"""

MAX_XML = 16 * 1024**2
"""Bytes of one XML part. As a tree in memory it takes ten to twenty times as much."""

DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
"""What XML bombs and fetching of other files begin with; office programs write none."""


class ArchiveFault(Exception):
    """An archive that is not opened; ``message`` says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.say("id"))
        self.message = message


def safe_archive(file: Path | BinaryIO) -> zipfile.ZipFile:
    """Open a zip file and judge all that it holds before anything is read; raises `ArchiveFault`."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ArchiveFault(text("berkas ini rusak, atau bukan jenis yang disebut akhirannya")) from error
    try:
        _judge(archive)
    except ArchiveFault:
        archive.close()
        raise
    return archive


def _judge(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise ArchiveFault(text("isinya lebih dari {limit} berkas", limit=MAX_PARTS))
    if any(part.file_size > MAX_PART for part in parts) or sum(part.file_size for part in parts) > MAX_WHOLE:
        raise ArchiveFault(text("isinya lebih dari {limit} MB bila dibuka", limit=MAX_WHOLE // 1024**2))
    if any(part.flag_bits & 1 for part in parts):
        raise ArchiveFault(text("berkas ini dikunci dengan kata sandi; simpan ulang tanpa kata sandi"))
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            if part.file_size > MAX_XML:
                raise ArchiveFault(text("salah satu bagiannya lebih dari {limit} MB", limit=MAX_XML // 1024**2))
            if DECLARATION.search(read_part(archive, part.filename).replace(b"\0", b"")):
                raise ArchiveFault(text("berkas ini memuat deklarasi yang tidak ditulis program kantor mana pun"))


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read one file of an archive; raises `ArchiveFault` for one that is damaged."""
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError, zlib.error) as error:
        raise ArchiveFault(text("bagian {name} rusak", name=name)) from error
