"""A file of the wrong sort is answered with what it is, and what to do with it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from copies import copy_site
from docx import Document
from messy_sheets import messy_csv, messy_workbook
from messy_word import messy_word, telephone_photo
from trees import read_tree

from kbp_site.content.problems import KbpError
from kbp_site.editing.imports.chat import Choice, import_chat
from kbp_site.editing.imports.file_kinds import OLE, FileKind, recognise
from kbp_site.editing.imports.photo import import_photos
from kbp_site.editing.imports.session import Wish
from kbp_site.editing.imports.sheet import import_sheet
from kbp_site.editing.imports.word import import_words


def zipped(*names: str, first: bytes = b"") -> bytes:
    """Return a zip file of some names."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, first)
    return file.getvalue()


def old(name: str) -> bytes:
    """Return the beginning of a file of Office before 2007."""
    return OLE + b"\0" * 500 + name.encode("utf-16-le") + b"\0" * 500


def empty_word() -> bytes:
    """Return a Word file in which nobody wrote."""
    file = BytesIO()
    Document().save(file)
    return file.getvalue()


FILES = {
    "old.doc": old("WordDocument"),
    "old.xls": old("Workbook"),
    "locked.docx": old("EncryptedPackage"),
    "new.docx": messy_word(),
    "empty.docx": empty_word(),
    "nothing.docx": b"",
    "cut.docx": messy_word()[:3000],
    "new.xlsx": messy_workbook(),
    "rows.csv": messy_csv(";"),
    "old.odt": zipped("mimetype", first=b"application/vnd.oasis.opendocument.text"),
    "old.ods": zipped("mimetype", first=b"application/vnd.oasis.opendocument.spreadsheet"),
    "report.pdf": b"%PDF-1.4",
    "page.xls": b"<html><table>",
    "words.rtf": b"{\\rtf1",
    "photo.jpg": telephone_photo(),
    "chat.zip": zipped("_chat.txt"),
    "chat.txt": "\u200e17/08/06 10.22 - Amat: Rapat jadi?\n17/08/06 10.23 - Siti: Jadi.\n".encode(),
    "old.bmp": b"BM6\0\0\0\0\0\0\0",
    "old.tif": b"II*\0\x08\0\0\0",
    "film.mp4": b"\0\0\0\x18ftypmp42",
    "story.yml": b"title: Rembug\n",
    "other.zip": zipped("a.bin"),
    "talk.pptx": zipped("ppt/presentation.xml"),
}


@pytest.mark.parametrize(
    ("command", "name", "words"),
    [
        ("word", "old.doc", "Word lama (.doc); buka di Word atau LibreOffice, pilih Simpan sebagai, lalu jenis .docx"),
        ("word", "rows.csv", "pakai kbp import sheet"),
        ("word", "new.xlsx", "pakai kbp import sheet"),
        ("word", "old.xls", "simpan dahulu sebagai .xlsx, lalu pakai kbp import sheet"),
        ("word", "locked.docx", "kata sandi"),
        ("word", "empty.docx", "tidak ada tulisan di dalamnya"),
        ("word", "nothing.docx", "kosong (0 byte)"),
        ("word", "cut.docx", "rusak"),
        ("word", "old.odt", "LibreOffice (.odt); buka"),
        ("word", "report.pdf", "ini PDF; pakai dokumen asalnya"),
        ("word", "words.rtf", "jenis .docx"),
        ("word", "photo.jpg", "pakai kbp import photo"),
        ("word", "chat.zip", "pakai kbp import chat"),
        ("word", "talk.pptx", "ini salindia presentasi, bukan berkas Word"),
        ("sheet", "new.docx", "pakai kbp import word"),
        ("sheet", "old.xls", "pilih Simpan sebagai, lalu jenis .xlsx"),
        ("sheet", "old.ods", "jenis .xlsx"),
        ("sheet", "page.xls", "ini halaman web; buka di Excel"),
        ("sheet", "nothing.docx", "kosong (0 byte)"),
        ("sheet", "report.pdf", "ini PDF, bukan tabel"),
        ("chat", "new.docx", "pakai kbp import word"),
        ("chat", "nothing.docx", "kosong (0 byte)"),
        ("chat", "other.zip", "tidak memuat percakapan"),
        ("photo", "new.docx", "pakai kbp import word"),
        ("photo", "report.pdf", "ini PDF; buka di program gambar, lalu simpan sebagai JPEG"),
        ("photo", "old.bmp", "lalu simpan sebagai JPEG"),
        ("photo", "old.tif", "gambar jenis lain (GIF, BMP, TIFF, atau PSD); buka"),
        ("photo", "film.mp4", "ini video; ambil satu gambar darinya"),
        ("photo", "story.yml", "ini berkas teks; pilih berkas fotonya"),
        ("word", "old.bmp", "simpan dahulu sebagai JPEG, lalu pakai kbp import photo"),
        ("word", "chat.txt", "pakai kbp import chat"),
        ("sheet", "chat.txt", "percakapan WhatsApp yang diekspor; pakai kbp import chat"),
    ],
)
def test_a_wrong_file_is_told_with_what_to_do(tmp_path: Path, command: str, name: str, words: str) -> None:
    wish, file = Wish(copy_site("minimal", tmp_path / "akar")), tmp_path / name
    file.write_bytes(FILES[name])
    before = read_tree(wish.root)
    if command == "photo":
        report = import_photos(wish, [file])
        assert report.has_failed and words in report.say("id")
    else:
        with pytest.raises(KbpError) as told:
            match command:
                case "word":
                    import_words(wish, [file], "activities")
                case "sheet":
                    import_sheet(wish, file)
                case _:
                    import_chat(wish, file, "activities", Choice())
        assert str(told.value).startswith(name) and words in str(told.value)
    assert read_tree(wish.root) == before


def test_one_bad_file_among_several_stops_none(tmp_path: Path) -> None:
    wish = Wish(copy_site("minimal", tmp_path / "akar"))
    files = [tmp_path / name for name in ("old.doc", "new.docx")]
    for file in files:
        file.write_bytes(FILES[file.name])
    report = import_words(wish, files, "activities")
    assert report.has_failed and len(report.made) == 2 and "old.doc: tidak masuk" in report.say("id")


@pytest.mark.parametrize("written", [b"PKK;Jumlah\n", b"BM;1\n", b"II. HASIL\n", "é;1".encode("utf-16"), b"a\xff;1"])
def test_text_is_text_however_it_begins(written: bytes) -> None:
    assert recognise(written) is FileKind.WRITING
