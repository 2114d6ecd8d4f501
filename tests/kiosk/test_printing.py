"""What is printed: sizes, words in order, codes that cameras read, tags, the same bytes, and only what may be."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from copies import copy_site
from machines import copy_elsewhere, elsewhere
from pypdf import PdfReader
from running import BIN, DAY
from trees import first_difference, read_tree

from kbp_site.content.library import Entry, Library
from kbp_site.content.load import load
from kbp_site.content.problems import KbpError
from kbp_site.content.showing import may_show
from kbp_site.kiosk.press.documents import Edition, draft_leaflet, draft_poster, draft_sheet
from kbp_site.kiosk.press.fitting import set_draft
from kbp_site.kiosk.press.letters import BREAK
from kbp_site.kiosk.press.printing import (
    PRINTS,
    Printed,
    edition_of,
    find_records,
    judge_folder,
    print_for_fair,
    print_read_me,
    print_records,
)
from kbp_site.kiosk.press.typeset import Typesetter

MM = 72 / 25.4
STORY, FAIR = "activities/mediasi-parit", "exhibitions/pameran-kemerdekaan"
SIZES = {
    "poster-a3": (STORY, (297, 420), 1),
    "poster-a1": (STORY, (594, 841), 1),
    "leaflet": (STORY, (210, 297), 2),
    "sheet": (STORY, (210, 297), 1),
    "volunteers": (FAIR, (210, 297), 1),
    "book": (FAIR, (105, 148), None),
}


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


@pytest.fixture
def edition(load_site: Callable[[str], Library]) -> Edition:
    return edition_of(load_site("full"), "id")


Make = Callable[..., dict[str, bytes]]


@pytest.fixture
def made(edition: Edition, typesetter: Typesetter) -> Make:
    """Give a function that makes the documents of a record, by the names of their files."""

    def make(what: str, name: str) -> dict[str, bytes]:
        return dict(PRINTS[what].make(edition, typesetter, found(edition.library, name)))

    return make


def found(library: Library, name: str) -> Entry:  # type: ignore[type-arg]
    """Return a public record."""
    entry = library.find(name)
    assert entry is not None
    return entry


def words(pdf: bytes) -> str:
    """Return the words of a document as a stranger reads them, page by page in their order."""
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(" ".join(pages).replace(BREAK, "").split())


def codes(pdf: bytes, *, page: int, dpi: int = 120) -> list[zxingcpp.Barcode]:
    """Return what a camera reads on a page."""
    return zxingcpp.read_barcodes(pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72).to_pil())


@pytest.mark.parametrize("what", SIZES)
def test_pages_are_as_large_as_their_paper(made: Make, what: str) -> None:
    name, (width, height), count = SIZES[what]
    pdf = next(iter(made(what, name).values()))
    pages = PdfReader(BytesIO(pdf)).pages
    assert count is None or len(pages) == count
    for page in pages:
        assert abs(float(page.mediabox.width) / MM - width) < 0.1
        assert abs(float(page.mediabox.height) / MM - height) < 0.1


@pytest.mark.parametrize("what", SIZES)
def test_documents_are_tagged_and_say_their_language(made: Make, what: str) -> None:
    pdf = PdfReader(BytesIO(next(iter(made(what, SIZES[what][0]).values()))))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "id" and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert pdf.metadata and pdf.metadata.title


def test_every_picture_has_words(made: Make) -> None:
    (pdf,) = made("leaflet", STORY).values()
    alts = set(alternatives(PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]))
    assert "Parit di antara dua rumah" in alts
    assert any(alt.startswith("Kode QR menuju kbp-muara.example/kegiatan/mediasi-parit") for alt in alts)


def alternatives(node: object) -> Iterator[str]:
    """Yield the words that stand for pictures in a document's tags."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from alternatives(child)
    elif isinstance(node, dict):
        if "/Alt" in node:
            yield str(node["/Alt"])
        if "/K" in node:
            yield from alternatives(node["/K"])


def test_a_sheet_is_read_in_order(made: Make) -> None:
    (pdf,) = made("sheet", STORY).values()
    said = words(pdf)
    order = [
        "Menengahi keluhan tentang parit & jalan",
        "Keluhan tentang parit dibicarakan bersama",
        "Masalah",
        "Kedua pihak bertemu.",
        "Hasil",
        "Jumlah rumah di tepi parit",
        "Laporan menyebut 21, rinciannya 24.",
        "Dengarkan dahulu",
        "Pertanyaan untuk dibahas",
        "Sumber 1. Catatan rapat",
    ]
    places = [said.index(part) for part in order]
    assert places == sorted(places)


@pytest.mark.parametrize("what", ["poster-a3", "leaflet", "sheet", "book"])
def test_a_figure_never_stands_without_its_note(made: Make, what: str) -> None:
    pdf = next(iter(made(what, FAIR if what == "book" else STORY).values()))
    assert "Belum dapat dipastikan." in words(pdf)


@pytest.mark.parametrize(
    ("what", "page", "distance"),
    [("poster-a3", 0, 700), ("poster-a1", 0, 1500), ("leaflet", 0, 300), ("sheet", 0, 300)],
)
def test_a_camera_reads_the_code_from_where_it_is(made: Make, what: str, page: int, distance: float) -> None:
    (pdf,) = made(what, STORY).values()
    dpi = 60 if what == "poster-a1" else 120
    (code,) = codes(pdf, page=page, dpi=dpi)
    assert code.text == "https://kbp-muara.example/kegiatan/mediasi-parit/"
    corners = code.position
    assert (corners.top_right.x - corners.top_left.x) * 25.4 / dpi >= distance / 10 - 1
    assert "kbp-muara.example/kegiatan/mediasi-parit" in words(pdf).replace(" ", "")


def test_the_same_record_gives_the_same_bytes(edition: Edition, made: Make) -> None:
    for what in ("poster-a3", "leaflet", "sheet", "volunteers", "book"):
        name = SIZES[what][0]
        assert made(what, name) == dict(PRINTS[what].make(edition, Typesetter(), found(edition.library, name)))


def test_a_book_has_pages_to_fold(made: Make) -> None:
    book, folded = (PdfReader(BytesIO(pdf)) for pdf in made("book", FAIR).values())
    assert len(book.pages) % 4 == 0
    assert len(folded.pages) * 2 == len(book.pages)
    assert abs(float(folded.pages[0].mediabox.width) / MM - 210) < 0.1
    alts = list(alternatives(folded.trailer["/Root"]["/StructTreeRoot"]))
    last = len(book.pages)
    assert alts[:4] == [f"Halaman {last}", "Halaman 1"] * 2
    assert alts[4:8] == ["Halaman 2", f"Halaman {last - 1}"] * 2


def test_volunteers_read_the_code_of_their_screen(made: Make) -> None:
    (pdf,) = made("volunteers", FAIR).values()
    said = words(pdf)
    assert "Memulai" in said and "Kodenya:" in said


def test_a_stick_carries_what_is_printed_at_a_fair(load_site: Callable[[str], Library]) -> None:
    library = load_site("full")
    fair = found(library, FAIR)
    assert len(print_for_fair(library, fair)) == 4
    assert print_read_me(library, fair).startswith(b"%PDF")


def test_only_photos_that_may_be_printed_are(tmp_path: Path) -> None:
    root = copy_site("full", tmp_path / "akar")
    consent = next((root / "content" / "consents").glob("persetujuan-001.yml"))
    consent.write_text(consent.read_text("utf-8").replace(", print]", "]"), "utf-8")
    library = load_of(root)
    story = found(library, STORY)
    people = next(photo for photo in story.record.photos if photo.consent == "persetujuan-001")
    assert may_show(library, people)
    assert not may_show(edition_of(library, "id").library, people)


def load_of(root: Path) -> Library:
    """Return the library of a site on the tests' day."""
    library = load(root, today=date.fromisoformat(DAY)).library
    assert library is not None
    return library


@pytest.mark.parametrize("name", ["sudah-ditarik", "activities/sudah-ditarik"])
def test_what_is_not_public_is_never_printed(edition: Edition, name: str) -> None:
    with pytest.raises(KbpError, match="hanya yang terbit dicetak"):
        find_records(edition.library, PRINTS["sheet"].kinds, name)
    every = find_records(edition.library, PRINTS["sheet"].kinds, None)
    assert all(entry.is_public(edition.library.today) for entry in every)


@pytest.mark.parametrize(
    "name", ["mediasi-parit", STORY, "content/activities/mediasi-parit.yml", "Menengahi keluhan tentang parit & jalan"]
)
def test_a_record_is_found_by_what_people_call_it(edition: Edition, name: str) -> None:
    (entry,) = find_records(edition.library, PRINTS["sheet"].kinds, name)
    assert entry.id == "mediasi-parit"


@pytest.mark.parametrize(
    ("name", "said"), [("mediasi-parti", 'mungkin maksudnya "mediasi-parit"'), ("zzz", "pakai nama berkasnya")]
)
def test_a_slip_is_answered_with_what_was_meant(edition: Edition, name: str, said: str) -> None:
    with pytest.raises(KbpError, match=said):
        find_records(edition.library, PRINTS["sheet"].kinds, name)


HOSTILE = '#panic() $x$ *a* _b_ `c` @d <e> \\u{41} [f] "g" // h -- ~ #read("/etc/passwd") = i'


def test_words_are_set_as_they_are_and_never_run(tmp_path: Path, typesetter: Typesetter) -> None:
    root = copy_site("minimal", tmp_path / "akar")
    line = HOSTILE.replace("<e>", "e")
    record = {
        "title": line,
        "summary": line,
        "status": "published",
        "kind": "other",
        "date": "unknown",
        "process": "Rapat #panic() $x$ @d.",
        "sources": [{"title": line}],
    }
    path = root / "content" / "activities" / "aneh.yml"
    path.write_text(json.dumps(record), "utf-8")
    edition = edition_of(load_of(root), "id")
    entry = found(edition.library, "activities/aneh")
    poster = draft_poster(edition, entry, width=297, height=420, distance=700)
    for draft in (draft_sheet(edition, entry), draft_leaflet(edition, entry), poster):
        said = words(set_draft(typesetter, draft))
        assert line.replace(" ", "") in said.replace(" ", "")
        assert "Rapat#panic()$x$@d." in said.replace(" ", "")


def test_a_long_story_is_shortened_and_says_so(tmp_path: Path, typesetter: Typesetter) -> None:
    root = copy_site("minimal", tmp_path / "akar")
    record = {
        "title": "K" * 150,
        "summary": "Panjang sekali. " * 20,
        "status": "published",
        "kind": "other",
        "date": "unknown",
        "process": "\n\n".join(["Kalimat yang panjang dan tidak habis-habis. " * 12] * 40),
        "sources": [{"title": "Sumber"}],
    }
    (root / "content" / "activities" / "panjang.yml").write_text(json.dumps(record), "utf-8")
    edition = edition_of(load_of(root), "id")
    entry = found(edition.library, "activities/panjang")
    for draft in (draft_sheet(edition, entry), draft_leaflet(edition, entry)):
        pdf = set_draft(typesetter, draft)
        assert len(PdfReader(BytesIO(pdf)).pages) == draft.pages
        assert "dipendekkan supaya muat" in words(pdf)


def test_an_unknown_result_is_told_as_not_recorded(edition: Edition, typesetter: Typesetter) -> None:
    entry = found(edition.library, "exhibitions/pameran-desember")
    assert "Belum tercatat." in words(set_draft(typesetter, draft_sheet(edition, entry)))


def test_the_command_writes_the_same_bytes_elsewhere_and_tells_each(made: Make, tmp_path: Path) -> None:
    root = copy_elsewhere("full", tmp_path)
    told = elsewhere(root, BIN / "kbp", "--root", root, "print", "sheet", "mediasi-parit", "--today", DAY)
    assert told.done.returncode == 0, told.done.stderr
    assert (told.connections, told.asked) == ((), 0)
    assert first_difference(made("sheet", STORY), read_tree(root / "cetak")) == ""
    assert "1 dari 1" in told.done.stderr and "Cetakan selesai: 1 berkas" in told.done.stdout


def test_what_cannot_be_printed_is_said(tmp_path: Path) -> None:
    def call(what: str, out: Path) -> Printed:
        day = date.fromisoformat(DAY)
        return print_records(tmp_path, what, None, out, today=day, language="id", tell=lambda step: None)

    with pytest.raises(KbpError, match='mungkin maksudnya "book"'):
        call("buku", tmp_path / "cetak")
    with pytest.raises(KbpError, match="pilih folder lain"):
        judge_folder(tmp_path / "content" / "cetak", tmp_path)


def test_who_lacks_typst_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(KbpError, match="make print"):
        Typesetter()
