"""Files that records name lie in `content/media/`, and are what their names say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kbp_site.content.checks.content import Content
from kbp_site.content.media import PICTURES, NotRegularError, ending, open_media
from kbp_site.content.pictures import judge_picture
from kbp_site.content.problems import Fault, Problem
from kbp_site.content.records.shape import values_of
from kbp_site.content.records.values import FileType
from kbp_site.locale import text

DOCUMENTS = {".pdf": b"%PDF-", ".docx": b"PK", ".odt": b"PK", ".xlsx": b"PK", ".ods": b"PK"}
PLAIN = {".csv": b"", ".txt": b""}
MAX_BYTES = 20 * 1024 * 1024


def check_media(content: Content) -> Iterator[Problem]:
    """Tell files that are missing (K605), of a wrong type (K601), too large (K602) or damaged (K603).

    Pictures are opened, not decoded: that is the build's work, and would take a check of many photos minutes.
    """
    for entry in content.entries.values():
        for location, _, name in values_of(entry.record, FileType):
            is_photo = location[0] == "photos"
            fault = judge_file(content.root / "content" / "media", name, is_photo=is_photo)
            if fault:
                yield entry.source.problem(location, fault)


def judge_file(media: Path, name: str, *, is_photo: bool) -> Fault | None:
    """Say what is wrong with a media file; ``None`` when it may be used."""
    parts = name.split("/")
    if not name or "\\" in name or any(part in {"", ".", ".."} or part.startswith(".") for part in parts):
        return Fault(
            "K605",
            text('"{name}" bukan letak berkas di content/media/', name=name),
            text("tulis letaknya dari content/media/, misalnya bazar/meja-tamu.jpg"),
        )
    types = PICTURES if is_photo else {**PICTURES, **DOCUMENTS, **PLAIN}
    beginning = types.get(ending(name))
    if beginning is None:
        return Fault(
            "K601",
            text('jenis berkas "{name}" tidak diterima', name=name),
            text("pakai salah satu dari {types}", types=", ".join(types)),
        )
    return _judge_bytes(media, name, beginning)


def _judge_bytes(media: Path, name: str, beginning: bytes) -> Fault | None:
    try:
        file = open_media(media, name)
    except NotRegularError:
        return Fault("K605", text('"{name}" bukan berkas biasa', name=name), text("taruh berkasnya sendiri"))
    except OSError:
        return Fault(
            "K605",
            text('berkas "{name}" tidak ada di content/media/', name=name),
            text("periksa huruf besar-kecilnya, atau taruh berkasnya di sana"),
        )
    with file:
        size = os.fstat(file.fileno()).st_size
        if size > MAX_BYTES:
            return Fault(
                "K602",
                text("berkas ini lebih dari {limit} MB", limit=MAX_BYTES // 1024**2),
                text("perkecil dahulu"),
            )
        if size == 0:
            return Fault("K603", text("berkas ini kosong"), text("salin ulang dari aslinya"))
        if not file.read(len(beginning)).startswith(beginning):
            return Fault(
                "K601",
                text('isi berkas "{name}" tidak sesuai dengan akhirannya', name=name),
                text("simpan ulang dari aslinya dengan jenis yang benar"),
            )
        return judge_picture(file) if ending(name) in PICTURES else None
