"""Zip files from outside (Word, sheets, exported chats): opened only within limits, and never unpacked to disk."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import BinaryIO

from kbp_site.locale import Text, text

MAX_PARTS, MAX_PART, MAX_WHOLE = 5_000, 64 * 1024**2, 256 * 1024**2
"""Files in an archive, bytes of one, and of all when unpacked, as it states them: a report of 300 photos fits, a bomb
does not."""

PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How office programs pack (ISO/IEC 21320-1). What is packed otherwise `zipfile` unpacks before it looks at a limit."""

MAX_XML = 16 * 1024**2
"""Bytes of one XML part. As a tree in memory it takes ten to twenty times as much."""

DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
"""What XML bombs and fetching of other files begin with; of office programs only LibreOffice writes one, for macros."""


class ArchiveFault(Exception):
    """An archive that is not opened; ``message`` says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.say("id"))
        self.message = message


class LimitFault(ArchiveFault):
    """An archive that is not opened because it holds more than is looked at."""


def safe_archive(file: Path | BinaryIO) -> zipfile.ZipFile:
    """Open a zip file whose XML is going to be read as such, and judge all of it before; raises `ArchiveFault`."""
    archive = limited_archive(file)
    with _closed_on_fault(archive):
        _judge_xml(archive)
    return archive


def limited_archive(file: Path | BinaryIO) -> zipfile.ZipFile:
    """Open a zip file of which only some is read, and judge its limits; raises `ArchiveFault`."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ArchiveFault(text("berkas ini rusak, atau bukan jenis yang disebut akhirannya")) from error
    with _closed_on_fault(archive):
        _judge_limits(archive)
    return archive


@contextmanager
def _closed_on_fault(archive: zipfile.ZipFile) -> Iterator[None]:
    try:
        yield
    except ArchiveFault:
        archive.close()
        raise


def _judge_limits(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise LimitFault(text("isinya lebih dari {limit} berkas", limit=MAX_PARTS))
    if any(part.file_size > MAX_PART for part in parts):
        raise LimitFault(text("salah satu bagiannya lebih dari {limit} MB", limit=MAX_PART // 1024**2))
    if sum(part.file_size for part in parts) > MAX_WHOLE:
        raise LimitFault(text("isinya lebih dari {limit} MB bila dibuka", limit=MAX_WHOLE // 1024**2))
    if any(part.compress_type not in PACKED for part in parts):
        raise ArchiveFault(text("isinya dikemas dengan cara yang tidak dipakai program kantor mana pun"))
    if any(part.flag_bits & 1 for part in parts):
        raise ArchiveFault(text("berkas ini dikunci dengan kata sandi; simpan ulang tanpa kata sandi"))


def _judge_xml(archive: zipfile.ZipFile) -> None:
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            if part.file_size > MAX_XML:
                raise LimitFault(text("salah satu bagiannya lebih dari {limit} MB", limit=MAX_XML // 1024**2))
            if declares(read_part(archive, part.filename)):
                raise ArchiveFault(text("berkas ini memuat makro, atau deklarasi yang tidak ditulis program kantor"))


def declares(data: bytes) -> bool:
    """Whether XML holds a declaration (`DECLARATION`), in letters of one byte or of two."""
    return DECLARATION.search(data.replace(b"\0", b"")) is not None


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read one file of an archive; raises `ArchiveFault` for one that is damaged."""
    try:
        return unpacked(archive, archive.getinfo(name))
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError, zlib.error) as error:
        raise ArchiveFault(text("bagian {name} rusak", name=name)) from error


def unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Unpack one file, and no more of it than it states to hold, which whoever asks has judged.

    How it is packed was judged, too (`PACKED`). Raises what `zipfile` raises, also for one that holds more. Asked for
    all of a file, `zipfile` unpacks up to 2 GB before it compares; and what it cuts off, other programs may show.
    """
    longer = copy(part)
    longer.file_size += 1
    with archive.open(longer) as opened:
        data = opened.read(longer.file_size)
    if len(data) != part.file_size:
        raise zipfile.BadZipFile(part.filename)
    return data
