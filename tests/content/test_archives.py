"""Archives from outside are judged before anything in them is read."""

from __future__ import annotations

import bz2
import struct
import tracemalloc
import zipfile
import zlib
from io import BytesIO

import pytest

from kbp_site.content import archives
from kbp_site.content.archives import ArchiveFault, read_part, safe_archive
from kbp_site.content.media_words import UNREAD, judge_office


def packed(**parts: bytes) -> BytesIO:
    """Return a zip file; ``_`` in a name is a dot."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("_", "."), part)
    return file


def test_a_sound_archive_is_opened() -> None:
    with safe_archive(packed(a_xml=b"<a/>")) as archive:
        assert read_part(archive, "a.xml") == b"<a/>"


@pytest.mark.parametrize(
    "xml",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16"),
        b'<!doctype a SYSTEM "file:///etc/passwd"><a/>',
    ],
)
def test_declarations_that_bombs_are_made_of_are_refused(xml: bytes) -> None:
    with pytest.raises(ArchiveFault, match="deklarasi"):
        safe_archive(packed(word_xml=xml))


def test_what_is_too_large_when_unpacked_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, words in (
        ("MAX_PARTS", "lebih dari 1 berkas"),
        ("MAX_PART", "MB"),
        ("MAX_WHOLE", "MB"),
        ("MAX_XML", "MB"),
    ):
        with monkeypatch.context() as changed:
            changed.setattr(archives, limit, 1)
            with pytest.raises(ArchiveFault, match=words):
                safe_archive(packed(a_xml=b"<a/>", b_txt=b"12"))


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    with pytest.raises(ArchiveFault):
        safe_archive(packed(a_bin=bytes(archives.MAX_PART + 1)))


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"halo"])
def test_what_is_no_archive_is_told(data: bytes) -> None:
    with pytest.raises(ArchiveFault, match="rusak"):
        safe_archive(BytesIO(data))


def test_a_damaged_part_is_told() -> None:
    data = packed(a_txt=b"halo " * 99).getvalue()
    at = data.index(b"a.txt") + 8
    with safe_archive(BytesIO(data[:at] + b"\xff\xff\xff" + data[at + 3 :])) as archive, pytest.raises(ArchiveFault):
        read_part(archive, "a.txt")


STATED = 20


def stating_less(method: int, packed: bytes, summed: int = STATED) -> BytesIO:
    """Return a zip file of one part that states to hold 20 bytes, and the sum of some."""
    name, sum_ = b"word/document.xml", zlib.crc32(b"a" * summed)
    own = struct.pack("<5H3I2H", 46, 0, method, 0, 33, sum_, len(packed), STATED, len(name), 0)
    head = b"PK\3\4" + own + name
    listed = b"PK\1\2" + struct.pack("<H", 46) + own + bytes(14) + name
    end = b"PK\5\6" + struct.pack("<4H2IH", 0, 0, 1, 1, len(listed), len(head) + len(packed), 0)
    return BytesIO(head + packed + listed + end)


def deflated(data: bytes) -> bytes:
    """Return bytes packed as a zip file holds them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("method", "packed"),
    [
        (zipfile.ZIP_DEFLATED, deflated(b"a" * 50_000_000)),
        (zipfile.ZIP_DEFLATED, deflated(b"a" * (STATED + 1))),
        (zipfile.ZIP_STORED, b"a" * (STATED + 1)),
        (zipfile.ZIP_BZIP2, bz2.compress(b"a" * 50_000_000)),
    ],
)
def test_a_part_that_holds_more_than_it_states_is_refused_before_it_is_unpacked(method: int, packed: bytes) -> None:
    files = [stating_less(method, packed, summed) for summed in (STATED, STATED + 1)]
    tracemalloc.start()
    try:
        for file in files:
            assert judge_office(file) is UNREAD
            with pytest.raises(ArchiveFault):
                safe_archive(file)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_part_that_holds_what_it_states_is_read() -> None:
    for method, packed in ((zipfile.ZIP_DEFLATED, deflated(b"a" * STATED)), (zipfile.ZIP_STORED, b"a" * STATED)):
        with safe_archive(stating_less(method, packed)) as archive:
            assert read_part(archive, "word/document.xml") == b"a" * STATED
