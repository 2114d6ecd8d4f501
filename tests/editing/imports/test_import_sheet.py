"""Messy sheets come in as sound drafts, and every row of them is accounted for."""

from __future__ import annotations

import csv
import zipfile
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from copies import copy_site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from messy_sheets import CSV_ROWS, HEADINGS, messy_csv, messy_workbook
from openpyxl import Workbook
from running import DAY
from trees import read_tree

from kbp_site.content.load import load
from kbp_site.content.problems import KbpError
from kbp_site.editing.imports import tables
from kbp_site.editing.imports.cells import read_cell
from kbp_site.editing.imports.columns import propose, read_map, targets
from kbp_site.editing.imports.draft import draft_kind
from kbp_site.editing.imports.report import Fate, Report
from kbp_site.editing.imports.session import Wish
from kbp_site.editing.imports.sheet import import_sheet
from kbp_site.editing.imports.tables import read_tables, sniff

ACTIVITIES = "content/activities"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the root of the full site, which has places to be named."""
    return copy_site("full", tmp_path / "akar")


def fates(report: Report) -> dict[int, Fate]:
    """Return what became of each row of the first sheet, by its number."""
    first = dict(report.items[0].what.values)["sheet"]
    rows = [dict(item.what.values) | {"fate": item.fate} for item in report.items]
    return {row["number"]: row["fate"] for row in rows if row["sheet"] == first}


def why(report: Report, number: int) -> str:
    """Return what is said of a row of the first sheet."""
    item = report.items[number - 1]
    return "\n".join(sentence.say("id") for sentence in item.why)


def problems_of(root: Path) -> list[tuple[str, str]]:
    """Return what is wrong with a site's content."""
    return [(problem.path, problem.code) for problem in load(root, today=date.fromisoformat(DAY)).problems]


def write(path: Path, data: bytes) -> Path:
    """Write a file, and return its path."""
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "utf-16"), ("|", "cp1252")]
)
def test_a_csv_of_any_dialect_comes_in_row_by_row(root: Path, tmp_path: Path, delimiter: str, encoding: str) -> None:
    file = write(tmp_path / "kegiatan.csv", messy_csv(delimiter, encoding=encoding))
    report = import_sheet(Wish(root), file)
    assert fates(report) == {
        1: Fate.SKIPPED, 2: Fate.INCOMPLETE, 3: Fate.INCOMPLETE, 4: Fate.INCOMPLETE, 5: Fate.INCOMPLETE,
        6: Fate.EMPTY, 7: Fate.INCOMPLETE,
    }  # fmt: skip
    assert problems_of(root) == []
    days = {name: (root / path).read_text("utf-8") for path in report.made for name in [Path(path).stem]}
    for name in ("rembug-warga", "bazar-murah", "pelatihan-kader", "kunjungan"):  # four spellings of one day
        assert "\ndate: 2006-08-17\n" in days[name], name
    assert "date: 2006-08-05" in days["rapat-ganda"] and "periksa" in why(report, 7)
    assert "places:\n  - balai-warga\n" in days["rembug-warga"]
    assert "# - Lokasi: Tempat lain\n" in days["bazar-murah"] and "total: 1200" in days["bazar-murah"]
    assert "0812" not in "".join(days.values()) and "\n  A\n\n  B\n" in days["bazar-murah"]


def test_a_messy_workbook_comes_in_row_by_row(root: Path, tmp_path: Path) -> None:
    report = import_sheet(Wish(root), write(tmp_path / "kegiatan.xlsx", messy_workbook()))
    assert fates(report) == {
        1: Fate.SKIPPED, 2: Fate.EMPTY, 3: Fate.SKIPPED, 4: Fate.INCOMPLETE, 5: Fate.INCOMPLETE, 6: Fate.EMPTY,
        7: Fate.INCOMPLETE, 8: Fate.INCOMPLETE, 9: Fate.SKIPPED,
    }  # fmt: skip
    assert len(report.items) == 9 + 2 + 1  # every row of the three sheets
    assert problems_of(root) == []
    assert "date: 2006-08-17" in (root / ACTIVITIES / "rembug-kedua.yml").read_text("utf-8")
    assert "C4:C5" in why(report, 5)
    assert "E7" in why(report, 7) and "tanggal Excel" in why(report, 7)
    assert '"31/02/2006"' in why(report, 8) and "< dan >" in why(report, 8)
    assert "# - title: Rembug <awal>\n" in (root / ACTIVITIES / "rembug-awal-2.yml").read_text("utf-8")
    assert (root / ACTIVITIES / "pameran-desa.yml").is_file()


def test_one_sheet_can_be_chosen(root: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "kegiatan.xlsx", messy_workbook())
    assert import_sheet(Wish(root), file, only="Pameran").made == ["content/activities/pameran-desa.yml"]
    with pytest.raises(KbpError, match='"Tidak ada" tidak ada; yang ada: "Kegiatan 2006", "Pameran", "Kosong"'):
        import_sheet(Wish(root), file, only="Tidak ada")
    assert import_sheet(Wish(root), file, only=" pameran").items


def test_importing_again_makes_no_second_record(root: Path, tmp_path: Path) -> None:
    before = read_tree(root)
    file = write(tmp_path / "kegiatan.csv", messy_csv(";"))
    trial = import_sheet(Wish(root, is_trial=True), file)
    assert read_tree(root) == before
    first = import_sheet(Wish(root), file)
    assert trial.items == first.items
    once = read_tree(root)
    other = write(tmp_path / "kegiatan (1).csv", messy_csv(","))
    again = import_sheet(Wish(root), other)
    assert read_tree(root) == once
    assert again.made == [] and set(fates(again).values()) == {Fate.SKIPPED, Fate.PRESENT, Fate.EMPTY}
    import_sheet(Wish(root, is_undo=True), other)
    assert read_tree(root) == before


def test_a_sheet_that_grew_brings_only_what_is_new(root: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "kegiatan.csv", messy_csv(";"))
    import_sheet(Wish(root), file)
    lines = messy_csv(";").decode("utf-8-sig").split("\r\n")
    lines[1:1] = ["22/08/2006 10.00.00;Baru sekali;2006;;;;"]
    lines[2] = lines[2].replace("berembug", "berembug lagi")
    report = import_sheet(Wish(root), write(file, "\r\n".join(lines).encode()))
    assert report.made == ["content/activities/baru-sekali.yml"]
    assert fates(report)[3] is Fate.PRESENT and "berubah" in why(report, 3)


def test_rows_that_are_alike_are_not_lost(root: Path, tmp_path: Path) -> None:
    rows = b"Judul,Tanggal,Proses\nRapat,2006,A\nRapat,2006,B\nRapat,2006,A\nRapat,2006\n"
    file = write(tmp_path / "a.csv", rows)
    report = import_sheet(Wish(root), file)
    assert len(report.made) == 3 and "sama dengan a baris 2; periksa" in why(report, 3)
    assert fates(report)[4] is Fate.SKIPPED and "sama persis dengan a baris 2" in why(report, 4)
    assert import_sheet(Wish(root), file).made == []
    taken = fates(import_sheet(Wish(root, is_undo=True), file))
    assert [taken[number] for number in (2, 3, 5)] == [Fate.REMOVED] * 3


def test_a_map_is_proposed_changed_and_used(root: Path, tmp_path: Path) -> None:
    file, peta = write(tmp_path / "kegiatan.csv", messy_csv(";")), tmp_path / "peta.yml"
    report = import_sheet(Wish(root), file, map_file=peta)
    assert report.made == [] and "Periksa" in report.say("id")
    written = peta.read_text("utf-8")
    assert '  "Nama kegiatan": title\n' in written and '  "Catatan":\n' in written
    assert read_map(peta).columns["Lokasi"] == "places"
    peta.write_text(written.replace('"Catatan":', '"Catatan": result').replace('"Lokasi": places', '"Lokasi": abaikan'))
    import_sheet(Wish(root), file, map_file=peta)
    bazaar = (root / ACTIVITIES / "bazar-murah.yml").read_text("utf-8")
    assert "result: |\n  hub" in bazaar and "Tempat lain" not in bazaar
    assert problems_of(root) == []


def test_merged_cells_can_count_for_their_first_row_alone(root: Path, tmp_path: Path) -> None:
    file, peta = write(tmp_path / "kegiatan.xlsx", messy_workbook()), tmp_path / "peta.yml"
    import_sheet(Wish(root), file, map_file=peta)
    peta.write_text(peta.read_text("utf-8").replace("merged: all", "merged: first"))
    import_sheet(Wish(root), file, map_file=peta)
    assert "date: unknown" in (root / ACTIVITIES / "rembug-kedua.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("kind: activities\n", "tidak memuat columns"),
        ("columns:\n  Judul: titel\n", '"title"'),
        ("columns: {a: b", "baris 1"),
        ("kind: consents\ncolumns:\n  a: title\n", "tidak punya draf"),
    ],
)
def test_a_map_that_makes_no_sense_is_told(root: Path, tmp_path: Path, written: str, words: str) -> None:
    (tmp_path / "peta.yml").write_text(written, encoding="utf-8")
    with pytest.raises(KbpError, match=words):
        import_sheet(Wish(root), write(tmp_path / "a.csv", messy_csv(";")), map_file=tmp_path / "peta.yml")


def test_headings_are_understood() -> None:
    kind = draft_kind("activities")
    assert propose([*HEADINGS, "Judul Kegiatan:", "Lainnya"], kind) == {
        "Cap waktu": "cap_waktu",
        "Nama kegiatan": "title",
        "Tanggal": "date",
        "Lokasi": "places",
        "Peserta": "participants.total",
        "Uraian": "process",
        "Catatan": "",
        "Judul Kegiatan:": "",
        "Lainnya": "",
    }


def test_headings_are_understood_when_they_are_shortened() -> None:
    meant = {
        "No.": "abaikan",
        "Tgl": "date",
        "Nama Keg.": "title",
        "Jml. hadir": "participants.total",
        "Jml Pr": "participants.women",
        "Jml L": "participants.men",
        "Kel/Ds": "places",
        "No. Telp": "abaikan",
        "HP": "abaikan",
        "No. WA": "abaikan",
        "NIK": "abaikan",
        "No. KTP": "abaikan",
        "No. KK": "abaikan",
        "Rekening": "abaikan",
        "No Rekening": "abaikan",
        "NPWP": "abaikan",
        "KK": "",
        "Jumlah KK": "",
        "Ket.": "",
    }
    assert propose([*meant], draft_kind("activities")) == meant
    assert propose(["Jml peserta"], draft_kind("activities")) == {"Jml peserta": "participants.total"}


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("31 Juni 2006", "Juni 2006 berakhir pada tanggal 30"),
        ("30/02/2006", "Februari 2006 berakhir pada tanggal 28"),
        ("17-Agt-06", "tahun 06 dibaca 2006"),
    ],
)
def test_what_is_said_of_a_date(cell: str, words: str) -> None:
    reading = read_cell(cell, targets(draft_kind("activities"))["date"], {}, is_1904=False)
    assert words in reading.remarks[0].say("id")


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("date", "17/08/2006", "2006-08-17"),
        ("date", "17-08-06", "2006-08-17"),
        ("date", "Kamis, 17 Agustus 2006 pukul", None),
        ("date", "Kamis, 17 Agustus 2006", "2006-08-17"),
        ("date", "17/08/2006 10:22:33", "2006-08-17"),
        ("date", "08/17/2006", "2006-08-17"),
        ("date", "31/02/2006", None),
        ("date", "2006", "2006"),
        ("date", "Agustus 2006", "2006-08"),
        ("date", "Agt 2006", "2006-08"),
        ("date", "17 Agt. 2006", "2006-08-17"),
        ("date", "Kamis, 17-Agt-2006", "2006-08-17"),
        ("date", "17 Mrt '06", "2006-03-17"),
        ("date", "17-20 Agt 2006", "2006-08-17/2006-08-20"),
        ("date", "31 Juni 2006", None),
        ("date", "17 s/d 20 Agustus 2006", "2006-08-17/2006-08-20"),
        ("date", 38946, "2006-08-17"),
        ("date", 38946.5, "2006-08-17"),
        ("date", "99999", None),
        ("participants.total", "Rp1.200,00", "1200"),
        ("participants.total", 25.0, "25"),
        ("participants.total", "dua puluh", None),
        ("kind", "Mediasi", "mediation"),
        ("kind", "diskusi  tematik", "thematic_discussion"),
        ("kind", "arisan", None),
        ("parties", "warga; kantor\nKBP", ["warga", "kantor", "KBP"]),
        ("title", " Rapat \n akbar ", "Rapat akbar"),
        ("result", "* satu\n# dua", "\\* satu\n\n\\# dua"),
    ],
)
def test_what_a_cell_says(name: str, cell: object, value: object) -> None:
    assert read_cell(cell, targets(draft_kind("activities"))[name], {}, is_1904=False).value == value


NASTY = st.text(alphabet='ab;,"|\t\n é<>', max_size=12)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(NASTY, min_size=2, max_size=4), min_size=1, max_size=8), st.sampled_from(";,\t|"))
def test_every_row_of_any_csv_is_read(rows: list[list[str]], delimiter: str) -> None:
    file = StringIO(newline="")
    file.write(f"sep={delimiter}\r\n")
    csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    (table,) = read_tables(Path("a.csv"), file.getvalue().encode())
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    assert [row.cells for row in table.rows] == rows


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30)), max_size=4))
def test_any_cells_give_a_report_of_every_row_and_sound_drafts(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    file = StringIO(newline="")
    csv.writer(file).writerows([("Judul", "Tanggal", "Proses"), *rows])
    data = file.getvalue().encode("utf-8", "replace")
    (tmp_path / "content").mkdir(exist_ok=True)
    report = import_sheet(Wish(tmp_path, is_trial=True), write(tmp_path / "a.csv", data))
    (table,) = read_tables(Path("a.csv"), data)
    assert [dict(item.what.values)["number"] for item in report.items] == [row.number for row in table.rows]
    assert not [item for item in report.items if "masih galat" in " ".join(why.say("id") for why in item.why)]


def test_quotes_that_do_not_match_lose_no_row() -> None:
    (table,) = read_tables(Path("a.csv"), b'Judul;Tanggal\n"Rapat;2006\nBazar;2007\n')
    assert len(table.rows) == 3 and table.notes


@pytest.mark.parametrize(("written", "mark"), [("a;b,c\nd;e", ";"), ("a,b\nc,d;e", ","), ("a\tb", "\t"), ("a", ";")])
def test_what_separates_cells_is_found(written: str, mark: str) -> None:
    assert sniff(written) == mark


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    with pytest.raises(KbpError, match="baris"):
        read_tables(Path("a.csv"), b"a;b\n" * 3)
    with pytest.raises(KbpError, match="kolom"):
        read_tables(Path("a.csv"), b";".join([b"a"] * 300))


def test_a_cell_far_away_does_not_fill_the_memory(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["A100000"] = "Judul", "Tanggal", "Rapat"
    file = BytesIO()
    book.save(file)
    with pytest.raises(KbpError, match="baris"):
        read_tables(Path("a.xlsx"), file.getvalue())


def rewritten(data: bytes, *changes: tuple[bytes, bytes]) -> bytes:
    """Return a workbook with some bytes of its first sheet exchanged."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            for before, after in changes if name == "xl/worksheets/sheet1.xml" else ():
                assert before in part
                part = part.replace(before, after)
            new.writestr(name, part)
    return file.getvalue()


def workbook(rows: int) -> bytes:
    """Return a workbook with a heading and some rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number in range(rows + 1):
        sheet.append([f"Rapat {number}" if number else "Judul", "2006" if number else "Tanggal"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_row_that_no_sheet_can_have_is_not_counted_up_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LAST_ROW", 100)
    far = rewritten(workbook(3), (b'<row r="4"', b'<row r="99999999999"'))
    [table] = read_tables(Path("a.xlsx"), far)
    assert [row.number for row in table.rows] == [1, 2, 3]


def test_areas_that_lie_over_one_another_count_once() -> None:
    area = b'<mergeCell ref="A2:A100"/>'
    data = rewritten(workbook(100), (b"</sheetData>", b"</sheetData><mergeCells>" + area * 50 + b"</mergeCells>"))
    [table] = read_tables(Path("a.xlsx"), data)
    tables.spread_merged(table)
    assert {len(row.remarks) for row in table.rows[2:100]} == {1}


def test_formulas_and_macros_do_nothing(root: Path, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Judul", "Proses"], ['=HYPERLINK("http://contoh.example","x")', "isi"]):
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"RAHASIA")
    report = import_sheet(Wish(root), write(tmp_path / "a.xlsm", file.getvalue()))
    assert "rumus di A2" in why(report, 2)
    assert "http" not in (root / report.made[0]).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "data"), [("a.xls", b"\xd0\xcf"), ("a.ods", b"PK"), ("a.xlsx", b"PK\3\4"), ("a", b"")]
)
def test_what_cannot_be_read_is_told(name: str, data: bytes) -> None:
    with pytest.raises(KbpError):
        read_tables(Path(name), data)


def test_the_cases_hold_what_they_should() -> None:
    assert len(CSV_ROWS) == 6 and messy_csv(";").startswith(b"\xef\xbb\xbf")
