"""What sort of file somebody gave, told by its bytes: so that a wrong one is answered with what to do with it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from enum import Enum
from io import BytesIO
from pathlib import Path

from kbp_site.content.media_words import WIDE
from kbp_site.content.problems import KbpError
from kbp_site.editing.imports import whatsapp
from kbp_site.editing.imports.plain import clean
from kbp_site.locale import Text, text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Office before 2007 begin, and those of today that have a password (MS-CFB 2.2, MS-OFFCRYPTO 2.3)."""

HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|meta|table)\b", re.IGNORECASE)
PICTURES = (b"\xff\xd8\xff", b"\x89PNG")
OTHER_PICTURES = (b"GIF8", b"II*\0", b"MM\0*", b"BM", b"8BPS")
PHOTO_BRANDS = frozenset([b"avif", b"avis", b"crx ", b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"])
"""What follows "ftyp" in a photo (HEIF and AVIF, ISO 23008-12); in anything else that begins so it is a film."""

HEAD = 65536
"""Bytes that tell text from what is none."""


class FileKind(Enum):
    """A sort of file, by what people call it."""

    WORD = text("berkas Word (.docx)")
    SHEET = text("tabel Excel (.xlsx)")
    WRITING = text("berkas teks")
    CHAT = text("percakapan WhatsApp yang diekspor")
    PICTURE = text("gambar")
    OTHER_PICTURE = text("gambar jenis lain (GIF, BMP, TIFF, atau PSD)")
    FILM = text("video")
    OLD_WORD = text("berkas Word lama (.doc)")
    OLD_SHEET = text("tabel Excel lama (.xls)")
    BINARY_SHEET = text("tabel Excel biner (.xlsb)")
    ODT = text("dokumen LibreOffice (.odt)")
    ODS = text("tabel LibreOffice (.ods)")
    SLIDES = text("salindia presentasi")
    RTF = text("dokumen RTF")
    PDF = text("PDF")
    HTML = text("halaman web")
    LOCKED = text("berkas yang dikunci dengan kata sandi")
    EMPTY = text("berkas kosong (0 byte)")
    ARCHIVE = text("berkas zip")
    UNKNOWN = text("berkas yang rusak, atau bukan jenis yang disebut akhirannya")


AS_WORD = text("buka di Word atau LibreOffice, pilih Simpan sebagai, lalu jenis .docx")
AS_SHEET = text("buka di Excel atau LibreOffice, pilih Simpan sebagai, lalu jenis .xlsx")
BY_WORD, BY_SHEET = text("pakai kbp import word"), text("pakai kbp import sheet")
BY_PHOTO, BY_CHAT = text("pakai kbp import photo"), text("pakai kbp import chat")
COPY = text("salin ulang dari aslinya")
UNLOCK = text("buka dengan kata sandinya, hapus kata sandi itu, lalu simpan ulang")

K = FileKind
ANYWAY: Mapping[FileKind, Text] = {
    K.WORD: BY_WORD,
    K.SHEET: BY_SHEET,
    K.PICTURE: BY_PHOTO,
    K.OTHER_PICTURE: text("simpan dahulu sebagai JPEG, lalu pakai kbp import photo"),
    K.CHAT: BY_CHAT,
    K.OLD_WORD: text("simpan dahulu sebagai .docx, lalu pakai kbp import word"),
    K.OLD_SHEET: text("simpan dahulu sebagai .xlsx, lalu pakai kbp import sheet"),
    K.BINARY_SHEET: AS_SHEET,
    K.ODT: text("simpan dahulu sebagai .docx, lalu pakai kbp import word"),
    K.ODS: text("simpan dahulu sebagai .xlsx, lalu pakai kbp import sheet"),
    K.LOCKED: UNLOCK,
    K.EMPTY: COPY,
    K.UNKNOWN: COPY,
}
"""What to do with a file that a command cannot use, whichever command it is."""

WANTED: Mapping[FileKind, Mapping[FileKind, Text]] = {
    K.WORD: {
        **dict.fromkeys([K.OLD_WORD, K.ODT, K.RTF, K.HTML], AS_WORD),
        K.PDF: text("pakai dokumen asalnya, disimpan sebagai .docx; dari PDF saja, salin teksnya ke Word"),
        K.WRITING: text(
            "untuk tabel (.csv) pakai kbp import sheet; teks lain disalin ke Word dan disimpan sebagai .docx"
        ),
        K.UNKNOWN: text("buka lalu simpan ulang sebagai .docx, atau salin ulang dari aslinya"),
    },
    K.SHEET: {
        **dict.fromkeys([K.OLD_SHEET, K.ODS, K.HTML], AS_SHEET),
        K.WORD: text("pakai kbp import word; bila yang diperlukan tabelnya, salin ke Excel dan simpan sebagai .xlsx"),
        K.UNKNOWN: text("buka lalu simpan ulang sebagai .xlsx, atau salin ulang dari aslinya"),
    },
    K.PICTURE: {
        **dict.fromkeys([K.OTHER_PICTURE, K.PDF], text("buka di program gambar, lalu simpan sebagai JPEG")),
        K.FILM: text("ambil satu gambar darinya, lalu simpan sebagai JPEG"),
        K.WRITING: text("pilih berkas fotonya"),
    },
}
"""What to do instead, by what a command wants: where that differs from the rest."""


def recognise(data: bytes) -> FileKind:
    """Return what sort of file some bytes are."""
    if not data:
        return K.EMPTY
    if data.startswith(OLE):
        return _in_ole(data)
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return _in_zip(data)
    if data[4:8] == b"ftyp":
        return K.PICTURE if data[8:12] in PHOTO_BRANDS else K.FILM
    if data.startswith(PICTURES) or data[8:12] == b"WEBP":
        return K.PICTURE
    if data.startswith(OTHER_PICTURES) and b"\0" in data[:HEAD]:
        return K.OTHER_PICTURE
    if data.startswith(b"%PDF"):
        return K.PDF
    if data.startswith(b"{\\rtf"):
        return K.RTF
    if HTML.match(data[:HEAD]):
        return K.HTML
    if whatsapp.HEAD.match(clean(data[:HEAD].decode("utf-8-sig", "ignore"))):
        return K.CHAT
    return K.WRITING if data.startswith(WIDE) or b"\0" not in data[:HEAD] else K.UNKNOWN


def _in_ole(data: bytes) -> FileKind:
    named = {
        "EncryptedPackage": K.LOCKED,
        "WordDocument": K.OLD_WORD,
        "Workbook": K.OLD_SHEET,
        "Book": K.OLD_SHEET,
        "PowerPoint Document": K.SLIDES,
    }
    return next((kind for name, kind in named.items() if name.encode("utf-16-le") in data), K.UNKNOWN)


def _in_zip(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return K.UNKNOWN
    for name, kind in (
        ("word/document.xml", K.WORD),
        ("xl/workbook.xml", K.SHEET),
        ("xl/workbook.bin", K.BINARY_SHEET),
        ("ppt/presentation.xml", K.SLIDES),
    ):
        if name in names:
            return kind
    if names[:1] == ["mimetype"]:
        return K.ODS if b"opendocument.spreadsheet" in data[:200] else K.ODT
    return K.CHAT if any(name.lower().endswith(".txt") for name in names) else K.ARCHIVE


def misfit(data: bytes, wanted: FileKind, *others: FileKind) -> Text | None:
    """Say what a file is, and what to do with it, when it is not of a sort that a command wants."""
    kind = recognise(data)
    if kind in (wanted, *others):
        return None
    if remedy := WANTED.get(wanted, {}).get(kind) or ANYWAY.get(kind):
        return text("ini {what}; {remedy}", what=kind.value, remedy=remedy)
    return text("ini {what}, bukan {wanted}", what=kind.value, wanted=wanted.value)


def expect(file: Path, data: bytes, wanted: FileKind, *others: FileKind) -> None:
    """Raise `KbpError` when a file is not of a sort that a command wants."""
    if why := misfit(data, wanted, *others):
        raise KbpError(text("{name}: {why}", name=file.name, why=why))
