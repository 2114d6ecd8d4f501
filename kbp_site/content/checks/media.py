"""Files that records name lie in `content/media/`, and are what their names say."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from kbp_site.content.checks.content import Content
from kbp_site.content.problems import Fault, Problem
from kbp_site.content.records.shape import values_of
from kbp_site.content.records.values import FileType
from kbp_site.locale import text

PICTURES = {".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n", ".webp": b"RIFF"}
DOCUMENTS = {".pdf": b"%PDF-", ".docx": b"PK", ".odt": b"PK", ".xlsx": b"PK", ".ods": b"PK"}
PLAIN = {".csv": b"", ".txt": b""}
MAX_BYTES = 20 * 1024 * 1024


def check_media(content: Content) -> Iterator[Problem]:
    """Tell files that are missing (K605), of a wrong type (K601), too large (K602) or empty (K603)."""
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
    beginning = types.get(os.path.splitext(name)[1].lower())
    if beginning is None:
        return Fault(
            "K601",
            text('jenis berkas "{name}" tidak diterima', name=name),
            text("pakai salah satu dari {types}", types=", ".join(types)),
        )
    return _judge_bytes(media, parts, name, beginning)


def _judge_bytes(media: Path, parts: list[str], name: str, beginning: bytes) -> Fault | None:
    path = media
    try:
        for part in parts:
            path = path / part
            if path.is_symlink():
                raise FileNotFoundError
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return Fault(
            "K605",
            text('berkas "{name}" tidak ada di content/media/', name=name),
            text("periksa huruf besar-kecilnya, atau taruh berkasnya di sana"),
        )
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        os.close(handle)
        return Fault("K605", text('"{name}" bukan berkas biasa', name=name), text("taruh berkasnya sendiri"))
    with os.fdopen(handle, "rb") as file:
        if found.st_size > MAX_BYTES:
            return Fault(
                "K602",
                text("berkas ini lebih dari {limit} MB", limit=MAX_BYTES // 1024**2),
                text("perkecil dahulu"),
            )
        if found.st_size == 0:
            return Fault("K603", text("berkas ini kosong"), text("salin ulang dari aslinya"))
        if not file.read(len(beginning)).startswith(beginning):
            return Fault(
                "K601",
                text('isi berkas "{name}" tidak sesuai dengan akhirannya', name=name),
                text("simpan ulang dari aslinya dengan jenis yang benar"),
            )
    return None
