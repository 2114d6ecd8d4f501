"""What is written beside pixels and in documents is read, and nothing that is made to be slow or to lie."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image, PngImagePlugin

from kbp_site.content.load import Loaded, load
from kbp_site.content.media_words import judge_office, media_names, media_words
from kbp_site.content.personal import find

NIK = "3201014508900003"
TODAY = date(2026, 11, 24)


def jpeg_with(**options: object) -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG", **options)
    return file.getvalue()


def exif_with(tag: int, words: object) -> Image.Exif:
    exif = Image.Exif()
    exif[tag] = words
    return exif


def png_with(words: str) -> bytes:
    file, info = BytesIO(), PngImagePlugin.PngInfo()
    info.add_text("Comment", words)
    Image.new("RGB", (8, 8)).save(file, "PNG", pnginfo=info)
    return file.getvalue()


def written_png() -> bytes:
    return png_with(f"KTP {NIK}")  # what a picture says beside its pixels is another check's


def word_file() -> bytes:
    file, document = BytesIO(), Document()
    paragraph = document.add_paragraph("NIK 3201")
    paragraph.add_run("01450890").bold = True
    paragraph.add_run("0003")
    document.save(file)
    return file.getvalue()


def sheet() -> bytes:
    file, book = BytesIO(), Workbook()
    book.active.append(["Budi", NIK])
    book.save(file)
    return file.getvalue()


FILES = {
    "komentar.jpg": jpeg_with(comment=f"KTP {NIK}".encode()),
    "uraian.jpg": jpeg_with(exif=exif_with(0x010E, f"KTP {NIK}")),
    "windows.jpg": jpeg_with(exif=exif_with(0x9C9C, f"KTP {NIK}".encode("utf-16-le"))),
    "teks.png": png_with(f"KTP {NIK}"),
    "rapat.docx": word_file(),
    "data.xlsx": sheet(),
    "data.csv": f"nama,nik\r\nBudi,{NIK}\r\n".encode(),
    "catatan.txt": f"satu\n{NIK}\n".encode(),
    "excel.txt": f"satu\r\nNIK\t{NIK}\r\n".encode("utf-16"),
    "lebar.csv": f"satu\n{NIK};1\n".encode("utf-16-le"),
    "lebar-be.csv": b"\xfe\xff" + f"satu\n{NIK};1\n".encode("utf-16-be"),
    f"{NIK}.txt": b"x",
}


@pytest.mark.parametrize("name", FILES)
def test_a_number_in_a_file_of_the_media_is_told(name: str, write_site: Callable[..., Path]) -> None:
    root = write_site({})
    path = root / "content" / "media" / "rapat" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(FILES[name])
    [problem] = [problem for problem in load(root, today=TODAY).problems if problem.code != "K604"]
    line = 2 if name.endswith((".csv", ".txt")) and NIK not in name else 1
    assert (problem.code, problem.path, problem.line) == ("K501", f"content/media/rapat/{name}", line)
    assert NIK not in problem.message.say("id")


@pytest.mark.parametrize(
    ("name", "data"),
    [("x.jpg", b"\xff\xd8\xff"), ("x.docx", b"PK\x03\x04"), ("x.pdf", f"%PDF- {NIK}".encode()), ("x.jpg", jpeg_with())],
)
def test_what_cannot_be_read_has_no_words(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert list(media_words(tmp_path, name)) == []


def packed(*parts: tuple[str, bytes]) -> bytes:
    """Return a zip file with some parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        packed(("word/document.xml", f"<w:t><![CDATA[{NIK}]]></w:t>".encode())),
        packed(("word/document.bin", f"<w:t>{NIK}</w:t>".encode())),
        packed(("word/document.xml", f"<w:t>{NIK}</w:t>".encode("utf-16"))),
        packed(("word/document.xml", b" " * 2000 + f"<w:t>{NIK}</w:t>".encode())),
    ],
    ids=["quoted whole", "another name", "two bytes a letter", "behind spaces"],
)
def test_words_in_an_odd_form_are_read(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(data)
    assert any(NIK in words for _, words in media_words(tmp_path, "x.docx"))


RELATIONS = '<Relationships><Relationship Id="r1" TargetMode="External" Target="{}"/></Relationships>'


@pytest.mark.parametrize(
    ("name", "parts", "code"),
    [
        ("x.docx", [("word/afchunk.txt", f"NIK {NIK}".encode())], "K501"),
        ("x.docx", [("word/afchunk.rtf", rb"{\rtf1\ansi NIK " + NIK.encode() + rb"\par}")], "K501"),
        ("x.docx", [("word/afchunk.dat", f"NIK {NIK}".encode("utf-16"))], "K501"),
        ("x.docx", [("word/embeddings/a.xlsx", sheet())], "K501"),
        ("x.docx", [("word/embeddings/a.bin", b"\xd0\xcf\x11\xe0\1\2" + NIK.encode("utf-16-le"))], "K501"),
        (
            "x.docx",
            [("word/_rels/document.xml.rels", RELATIONS.format("https://wa.me/6281234567890").encode())],
            "K502",
        ),
        ("x.docx", [("word/_rels/document.xml.rels", RELATIONS.format("tel:+6281234567890").encode())], "K502"),
        ("x.docx", [("word/_rels/document.xml.rels", RELATIONS.format("mailto:budi@contoh.id").encode())], "K503"),
        ("x.odt", [("content.xml", b'<text:a xlink:href="tel:+6281234567890">sini</text:a>')], "K502"),
        ("x.xlsx", [("xl/worksheets/sheet1.xml", b'<row><c r="B2"><v>81234567890</v></c></row>')], "K502"),
        ("x.xlsx", [("xl/worksheets/sheet1.xml", b'<row><c r="B2"><v>81250000000</v></c></row>')], ""),
        ("x.docx", [("word/_rels/document.xml.rels", RELATIONS.format("media/0812345678.png").encode())], ""),
        ("x.docx", [("word/media/image1.png", written_png())], ""),
        ("x.docx", [("word/document.xml", f'<wp:docPr id="1" name="KTP" descr="NIK {NIK}"/>'.encode())], "K501"),
        ("x.docx", [("word/document.xml", f"""<a descr="Pak Ma'ruf, NIK {NIK}"/>""".encode())], "K501"),
        ("x.docx", [("word/document.xml", f'<pic name="KTP {NIK}.jpg"/>'.encode())], "K501"),
        ("x.xlsx", [("xl/pivotCache/pivotCacheRecords1.xml", b'<n v="0.3201014508900003"/>')], ""),
        ("x.docx", [("word/document.xml", f'<w:alias w:val="NIK {NIK}"/>'.encode())], "K501"),
        ("x.docx", [("word/document.xml", b'<w:id w:val="1812345678"/><w:rsid w:val="00812345"/>')], ""),
        ("x.xlsx", [("xl/pivotCache/pivotCacheRecords1.xml", f'<r><s v="{NIK}"/><n v="6"/></r>'.encode())], "K501"),
        ("x.ods", [("content.xml", f'<c office:string-value="{NIK}"/>'.encode())], "K501"),
        ("x.docx", [("word/document.xml", f"<!--\x7f--><w:t>{NIK}</w:t>".encode())], "K501"),
        ("x.docx", [("word/document.xml", f"<!--\1--><w:t>{NIK}</w:t>".encode())], "K501"),
        ("x.docx", [("word/document.dat", f"Ā <w:t>{NIK}</w:t>".encode("utf-16"))], "K501"),
    ],
)
def test_whatever_part_of_an_office_file_says_it_is_told(
    name: str, parts: list[tuple[str, bytes]], code: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(packed(("a.xml", b"<a/>"), *parts))
    found = [finding.rule.code for _, words in media_words(tmp_path, name) for finding in find(words)]
    assert list(dict.fromkeys(found)) == [code] * bool(code)


def test_documents_that_lie_in_one_another_are_opened_so_far_only() -> None:
    data = packed(("a.xml", b"<a/>"))
    for _ in range(4):
        data = packed(("word/embeddings/a.docx", data))
    assert (fault := judge_office(BytesIO(data))) and fault.code == "K602"


def test_marks_that_are_never_closed_are_read_in_time(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(packed(("word/document.xml", b"<" * 2_000_000)))
    began = time.process_time()
    assert len(list(media_words(tmp_path, "x.docx"))) == 1
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (packed(*((f"{n}.xml", b" " * 1024**2) for n in range(33)), ("x.xml", f"<t>{NIK}</t>".encode())), "K602"),
        (packed(*((f"{n}.xml", b"<") for n in range(5_001))), "K602"),
        (packed(("word/document.xml", b"<t/>")), ""),
        (b"PK\x03\x04" + b"x" * 100, "K603"),
        (packed(("word/document.xml", b"<t>" + b"ab" * 100))[:-8], "K603"),
    ],
    ids=["large", "many", "whole", "no zip", "cut"],
)
def test_a_document_that_cannot_be_looked_into_is_told(data: bytes, code: str, write_site: Callable[..., Path]) -> None:
    root = write_site({})
    story = root / "content/activities/diskusi.yml"
    story.write_text(story.read_text() + "documents: [{file: a/x.docx, title: X}]\n")
    (root / "content/media/a").mkdir(parents=True)
    (root / "content/media/a/x.docx").write_bytes(data)
    assert [problem.code for problem in load(root, today=TODAY).problems] == [code] * bool(code)


def test_a_bomb_and_a_link_are_not_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bom.docx", "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"1" * 40 * 1024 * 1024)
    (tmp_path / "tautan.txt").symlink_to("/etc/passwd")
    assert list(media_words(tmp_path, "bom.docx")) == list(media_words(tmp_path, "tautan.txt")) == []
    assert list(media_names(tmp_path)) == ["bom.docx", "tautan.txt"]


def test_a_number_in_a_hand_written_page_is_told(load_site: Callable[..., Loaded]) -> None:
    page = f"# Tentang\n\nHubungi [kami](mailto:budi%40contoh.id), NIK {NIK}.\n"
    problems = load_site({"docs/tentang/index.md": page}).problems
    assert [(p.path, p.line, p.code) for p in problems] == [
        ("docs/tentang/index.md", 3, "K503"),
        ("docs/tentang/index.md", 3, "K501"),
    ]
    assert all(NIK not in problem.excerpt for problem in problems)


@pytest.mark.parametrize(
    ("name", "written", "lines"),
    [
        ("x.txt", "NIK Siti 3201 0145\n0890 0003\n", [1]),
        ("x.txt", "satu\nHP 0812\n3456 7890\n", [2]),
        ("x.txt", "HP 0812\t3456\t7890\n", [1]),
        ("x.txt", "0812 3456 7890\n0812 3456 7891\n", [1, 2]),
        ("x.txt", "NIK 6203 0114 0590\n0012\n", [1]),
        ("x.txt", "0812\n3456\n7890\n", [1]),
        ("x.txt", "Jumlah 12\n13 warga\n\n2006\n2007 2008 2009\n", []),
        ("x.csv", "3201;0145\n0890;0003\n", []),
    ],
)
def test_a_number_that_goes_on_in_the_next_line_of_a_text_is_one(
    name: str, written: str, lines: list[int], tmp_path: Path
) -> None:
    (tmp_path / name).write_text(written)
    assert [line for line, words in media_words(tmp_path, name) for _ in find(words)] == lines
