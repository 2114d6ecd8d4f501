"""A messy Word file comes in as a sound draft, and every paragraph and picture of it is accounted for."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from copies import copy_site
from docx import Document
from messy_word import messy_word
from running import DAY
from trees import read_tree

from kbp_site.content.load import load
from kbp_site.content.problems import KbpError
from kbp_site.editing.imports.report import Fate, Report
from kbp_site.editing.imports.session import Wish
from kbp_site.editing.imports.word import import_words
from kbp_site.editing.imports.word_sections import typed_level

DRAFT = "content/activities/rembug-warga-di-balai-desa.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the root of the smallest site."""
    return copy_site("minimal", tmp_path / "akar")


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """Give the messy Word file."""
    path = tmp_path / "Laporan akhir (2).docx"
    path.write_bytes(messy_word())
    return path


def told(report: Report, fate: Fate) -> dict[str, int]:
    """Return what has a fate, with how many there are of it."""
    return {item.what.say("id"): item.count for item in report.items if item.fate is fate}


def word_file(path: Path, *paragraphs: str) -> Path:
    """Write a Word file of a few paragraphs."""
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    document.save(str(path))
    return path


def problems_of(root: Path) -> list[tuple[str, str]]:
    """Return what is wrong with a site's content."""
    return [(problem.path, problem.code) for problem in load(root, today=date.fromisoformat(DAY)).problems]


def test_a_messy_file_becomes_a_sound_draft(root: Path, messy: Path) -> None:
    report = import_words(Wish(root), [messy], "activities")
    assert report.made[-1] == DRAFT
    assert problems_of(root) == []
    written = (root / DRAFT).read_text("utf-8")
    assert 'title: "Rembug warga di balai desa"\n' in written
    assert "status: draft\n" in written and "date: 2006-08-17\n" in written
    assert "0812" not in written and "RAHASIA" not in written


LINES = {
    "problem": [
        "  Parit tersumbat sampah plastik",
        "  #### 1\\. Langkah yang diambil",
        "  - Mengumpulkan warga",
        "  2. Angkut sampah",
        "  | RT 1 \\| utara | 15 |",
        "  (Foto 1)",
    ],
    "process": ["  Hari/Tanggal: Kamis, 17 Agustus 2006", "  ### Catatan kaki", "  1. Menurut notulen rapat RW."],
    "result": [
        "  \\- Parit bersih.",
        "  1\\. Warga senang &lt;script>alert(1)&lt;/script>.",
        "  Halaman dicetak untuk arsip **tebal**",
    ],
}


def test_what_stands_in_which_field(root: Path, messy: Path) -> None:
    import_words(Wish(root), [messy], "activities")
    written = (root / DRAFT).read_text("utf-8")
    fields = dict(re.findall(r"^(\w+): \|\n((?:  .*\n|\n)+)", written, re.MULTILINE))
    for field, lines in LINES.items():
        assert set(lines) <= set(fields[field].split("\n")), field


def test_every_paragraph_and_picture_is_accounted_for(root: Path, messy: Path) -> None:
    report = import_words(Wish(root), [messy], "activities")
    assert told(report, Fate.IMPORTED) == {
        "foto Gambar 1. Warga di parit": 1,
        "paragraf dan judul": 17,
        "paragraf di dalam tabel": 6,
        "catatan kaki": 1,
    }
    assert told(report, Fate.SKIPPED) == {
        'paragraf 1 "Benarkah?"': 1,
        'paragraf 5 "karena malas"': 1,
        'paragraf 25 "Kotak di tepi"': 1,
        'paragraf 1 "Arsip KBP"': 1,
    }
    with zipfile.ZipFile(messy) as archive:
        parts = [archive.read(f"word/{name}.xml").decode() for name in ("document", "footnotes", "comments", "header1")]
    body = "".join(parts)
    filled = [p for p in re.split(r"<w:p[ >]", body) if re.search(r"<w:(?:t|delText)[ >][^<]", p)]
    counted = sum(told(report, Fate.IMPORTED).values()) + len(told(report, Fate.SKIPPED)) - 1  # less the picture
    assert counted == len(filled) + 1  # one paragraph has words that stay and words that were deleted


def test_a_word_file_comes_in_once_and_can_be_taken_back(root: Path, messy: Path) -> None:
    before = read_tree(root)
    trial = import_words(Wish(root, is_trial=True), [messy], "activities")
    assert read_tree(root) == before
    first = import_words(Wish(root), [messy], "activities")
    assert trial.made == first.made and trial.items == first.items
    once = read_tree(root)
    copy = messy.with_name("salinan.docx")
    copy.write_bytes(messy.read_bytes())
    assert told(import_words(Wish(root), [copy], "activities"), Fate.PRESENT) == {"berkas salinan.docx": 1}
    assert read_tree(root) == once
    import_words(Wish(root, is_undo=True), [messy], "activities")
    assert read_tree(root) == before


def test_the_pictures_of_a_draft_that_was_edited_stay_with_it(root: Path, messy: Path) -> None:
    import_words(Wish(root), [messy], "activities")
    with (root / DRAFT).open("a", encoding="utf-8") as file:
        file.write("# dibaca\n")
    before = read_tree(root)
    report = import_words(Wish(root, is_undo=True), [messy], "activities")
    assert read_tree(root) == before and f"masih disebut di {DRAFT}" in report.say("id")


def test_a_renamed_draft_is_not_made_again(root: Path, messy: Path) -> None:
    import_words(Wish(root), [messy], "activities")
    (root / DRAFT).rename(root / "content/activities/nama-lain.yml")
    report = import_words(Wish(root), [messy], "activities")
    assert report.made == [] and "--undo" in report.say("id")


def test_an_existing_record_is_never_overwritten(root: Path, tmp_path: Path) -> None:
    before = (root / "content/activities/gotong-royong.yml").read_bytes()
    file = tmp_path / "a.docx"
    document = Document()
    document.add_heading("Gotong royong", 1)
    document.add_paragraph("Isi.")
    document.save(str(file))
    report = import_words(Wish(root), [file], "activities")
    assert report.made == ["content/activities/gotong-royong-2.yml"]
    assert (root / "content/activities/gotong-royong.yml").read_bytes() == before


REPORT = [
    ("Normal", "LAPORAN KEGIATAN"),
    ("Normal", "I. PENDAHULUAN"),
    ("Normal", "Warga berembug."),
    ("Normal", "II. MASALAH"),
    ("Normal", "Parit tersumbat."),
    ("Normal", "A. SEBAB"),
    ("Normal", "Sampah plastik."),
    ("Normal", "BAB III HASIL KEGIATAN:"),
    ("Normal", "Parit bersih."),
    ("Normal", "TANGGAL: 17 AGUSTUS 2006"),
    ("List Number", "PENUTUP"),
    ("Normal", "Terima kasih."),
    ("Heading 1", "1. Hasil"),
    ("Normal", "Warga senang."),
    ("Heading 2", "Angka"),
    ("Normal", "Lima kali."),
    ("Heading 1", "Lampiran"),
    ("Normal", "Daftar hadir."),
    ("Heading 1", "Masalah"),
]
PARTS = {
    "problem": ["Parit tersumbat.", "#### A. SEBAB", "Sampah plastik."],
    "result": ["Parit bersih.", "TANGGAL: 17 AGUSTUS 2006", "Warga senang.", "#### Angka", "Lima kali."],
    "process": [
        "### LAPORAN KEGIATAN",
        "### I. PENDAHULUAN",
        "Warga berembug.",
        "### PENUTUP",
        "Terima kasih.",
        "### Lampiran",
        "Daftar hadir.",
        "### Masalah",
    ],
}


def test_a_section_ends_at_the_next_heading_however_it_is_typed(root: Path, tmp_path: Path) -> None:
    document = Document()
    for style, words in REPORT:
        document.add_paragraph(words, style=style)
    document.save(str(tmp_path / "a.docx"))
    report = import_words(Wish(root), [tmp_path / "a.docx"], "activities")
    written = (root / report.made[0]).read_text("utf-8")
    fields = dict(re.findall(r"^(\w+): \|\n((?:  .*\n|\n)+)", written, re.MULTILINE))
    assert {name: [line.strip() for line in fields[name].split("\n") if line.strip()] for name in PARTS} == PARTS
    assert told(report, Fate.IMPORTED) == {"paragraf dan judul": len(REPORT)} and not told(report, Fate.SKIPPED)
    assert 'Bagian "BAB III HASIL KEGIATAN:" masuk ke result.' in report.say("id")


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("HASIL", 1),
        ("IV. TINDAK LANJUT", 1),
        ("C. PESERTA", 2),
        ("2.1 KEGIATAN", 2),
        ("BAB 2: ISI LAPORAN", 1),
        ("Hasil", 0),
        ("WARGA SENANG.", 0),
        ("RT 01 RW 02", 0),
        ("TANGGAL: 17 AGUSTUS", 0),
        ("2006", 0),
        ("KEGIATAN " * 10, 0),
        ("", 0),
    ],
)
def test_what_is_a_heading_that_is_only_typed(words: str, level: int) -> None:
    assert typed_level(words) == level


def test_words_that_look_like_markup_stay_words(root: Path, tmp_path: Path) -> None:
    words = ["# bukan judul", "> bukan kutipan", "***", "[a](javascript:alert(1))", "```", "~~~", "a | b", "--- | ---"]
    words += ["&#106;avascript", "{{ 7*7 }}", "    empat spasi", "<!-- x -->", "=====", "1986. Tahun itu", "- [x]: y"]
    report = import_words(Wish(root), [word_file(tmp_path / "a.docx", *words)], "activities")
    assert problems_of(root) == []
    assert told(report, Fate.IMPORTED) == {"paragraf dan judul": len(words)}
    assert not told(report, Fate.SKIPPED)


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"RAHASIA", b"%PDF-1.4"])
def test_what_is_no_word_file_is_told(root: Path, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.docx").write_bytes(data)
    with pytest.raises(KbpError, match=r"a\.docx"):
        import_words(Wish(root), [tmp_path / "a.docx"], "activities")


def test_hostile_parts_are_told(root: Path, tmp_path: Path) -> None:
    deep = "<w:p>" * 3000 + "</w:p>" * 3000
    for body, words in ((deep, "tidak dapat dibaca"), ("<!DOCTYPE a>", "deklarasi"), ("<w:p>", "tidak dapat dibaca")):
        word_file(tmp_path / "a.docx", "isi")
        made = BytesIO()
        with zipfile.ZipFile(tmp_path / "a.docx") as before, zipfile.ZipFile(made, "w") as after:
            for name in before.namelist():
                part = before.read(name).decode("utf-8", "replace")
                is_body = name == "word/document.xml"
                after.writestr(name, part.replace("<w:body>", f"<w:body>{body}") if is_body else part)
        (tmp_path / "a.docx").write_bytes(made.getvalue())
        with pytest.raises(KbpError, match=words):
            import_words(Wish(root), [tmp_path / "a.docx"], "activities")


def test_more_than_a_record_can_hold_is_told_before_anything_is_written(root: Path, tmp_path: Path) -> None:
    before = read_tree(root)
    with pytest.raises(KbpError, match=r"192 KB.* bagi menjadi beberapa berkas"):
        import_words(Wish(root), [word_file(tmp_path / "a.docx", *["panjang " * 500] * 50)], "activities")
    assert read_tree(root) == before


def test_a_kind_without_drafts_or_text_is_refused(root: Path, messy: Path) -> None:
    for kind in ("consents", "terms", "tidak-ada"):
        with pytest.raises(KbpError):
            import_words(Wish(root), [messy], kind)
