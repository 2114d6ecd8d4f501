"""Archives from outside are judged before anything in them is read."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from kbp_site.content import archives
from kbp_site.content.archives import ArchiveFault, read_part, safe_archive


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
