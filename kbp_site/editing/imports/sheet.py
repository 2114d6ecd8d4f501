"""A sheet comes in row by row: each row is a draft, was there before, or is told with the reason why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import get_column_letter

from kbp_site.content.problems import KbpError
from kbp_site.content.records import BY_FOLDER
from kbp_site.content.records.base import Kind
from kbp_site.editing.imports.cells import read_cell, words_of
from kbp_site.editing.imports.columns import (
    IGNORE,
    TIMESTAMP,
    ColumnMap,
    Target,
    propose,
    read_map,
    simplify,
    spell_out,
    targets,
    write_map,
)
from kbp_site.editing.imports.draft import Contents, Kept, compose, draft_kind
from kbp_site.editing.imports.ledger import fingerprint
from kbp_site.editing.imports.plain import conceal, shorten
from kbp_site.editing.imports.records import titles_of
from kbp_site.editing.imports.report import Fate, Report
from kbp_site.editing.imports.session import Session, Wish, read_source
from kbp_site.editing.imports.tables import Row, Table, read_tables, spread_merged
from kbp_site.editing.scaffold import id_of
from kbp_site.locale import Text, text

HEADING_ROWS = 15
"""How far down the headings may stand, below a title and a logo."""

SUMS = frozenset({"jumlah", "total", "jumlah total", "grand total"})


@dataclass(frozen=True)
class Sheet:
    """A sheet whose headings are known: the heading of each column, and the number of the row that has them."""

    table: Table
    headings: Sequence[str]
    head: int


def import_sheet(
    wish: Wish, file: Path, kind_name: str = "", *, only: str = "", map_file: Path | None = None
) -> Report:
    """Bring a file of rows in; ``only`` names one of its sheets, ``map_file`` says which column fills what.

    A map file that is not there yet is written as a proposal, and nothing is brought in. Raises `KbpError` for what
    cannot be read.
    """
    with Session(wish, file.name) as session:
        tables = _chosen(file, read_tables(file, read_source(file)), only)
        saved = read_map(map_file) if map_file and map_file.is_file() else None
        kind = draft_kind(kind_name) if kind_name else saved.kind if saved else draft_kind("activities")
        known = {simplify(heading) for heading in saved.columns} if saved else set()
        sheets = [find_headings(table, kind, known) for table in tables]
        headings = list(dict.fromkeys(heading for sheet in sheets for heading in sheet.headings if heading))
        proposed = {
            heading: name for sheet in sheets for heading, name in propose(sheet.headings, kind).items() if heading
        }
        column_map = saved or ColumnMap(kind, proposed)
        _tell_map(session.report, column_map, headings)
        if map_file and saved is None and not wish.is_undo:
            _propose(session, map_file, column_map)
            return session.report
        importer = _Importer(session, file.name, column_map, titles_of(wish.root, BY_FOLDER))
        for sheet in sheets:
            importer.bring(sheet)
        return session.report


def _chosen(file: Path, tables: Sequence[Table], only: str) -> list[Table]:
    """Return the sheets that are wanted; raises `KbpError` for one that is not there, with those that are."""
    chosen = [table for table in tables if not only or table.name.casefold() == only.strip().casefold()]
    if not chosen:
        there = ", ".join(f'"{table.name}"' for table in tables)
        why = text('lembar "{name}" tidak ada; yang ada: {there}', name=only, there=there)
        raise KbpError(text("{name}: {why}", name=file.name, why=why))
    return chosen


def find_headings(table: Table, kind: type[Kind], known: set[str]) -> Sheet:
    """Find the row of headings: the one with most words that name fields, or that are ``known`` from a map."""
    best, most = None, 0
    for row in table.rows[:HEADING_ROWS]:
        words = [words_of(cell) for cell in row.cells if words_of(cell)]
        proposed = propose(words, kind)
        score = sum(bool(name) for name in proposed.values()) + sum(simplify(word) in known for word in words)
        if len(words) > 1 and (best is None or score > most):
            best, most = row, score
    if best is None:
        return Sheet(table, [], table.rows[-1].number if table.rows else 0)
    width = max(len(row.cells) for row in table.rows)
    named: list[str] = []
    for at in range(width):
        heading = conceal(" ".join(words_of(best.cells[at] if at < len(best.cells) else None).split()))[0]
        letter = get_column_letter(at + 1)
        is_used = any(words_of(row.cells[at]) for row in table.rows if row.number > best.number and at < len(row.cells))
        if heading in named or (not heading and is_used):
            heading = f"{heading} (kolom {letter})".strip()
        named.append(heading)
    return Sheet(table, named, best.number)


def _tell_map(report: Report, column_map: ColumnMap, headings: Sequence[str]) -> None:
    for heading in headings:
        name = column_map.columns.get(heading, "")
        if name == IGNORE:
            report.note(text('Kolom "{heading}" diabaikan.', heading=heading))
        elif name:
            report.note(text('Kolom "{heading}" mengisi {name}.', heading=heading, name=name))
        else:
            report.note(text('Kolom "{heading}" disimpan sebagai keterangan di dalam draf.', heading=heading))
    for heading in column_map.columns:
        if heading not in headings:
            report.note(text('Peta menyebut kolom "{heading}", yang tidak ada di berkas ini.', heading=heading))


def _propose(session: Session, map_file: Path, column_map: ColumnMap) -> None:
    session.report.note(
        text("Peta kolom ditulis ke {path}. Periksa dan ubah, lalu jalankan perintah yang sama.", path=str(map_file))
    )
    if not session.wish.is_trial:
        with map_file.open("x", encoding="utf-8") as file:
            file.write(write_map(column_map))


class _Importer:
    """Brings rows in, one after another."""

    def __init__(self, session: Session, source: str, column_map: ColumnMap, titles: dict[str, dict[str, str]]) -> None:
        self.session, self.source, self.map, self.titles = session, source, column_map, titles
        self.targets = targets(column_map.kind)
        self.seen: dict[str, int] = {}
        self.rows: dict[str, Text] = {}
        self.first: dict[str, Text] = {}

    def bring(self, sheet: Sheet) -> None:
        """Bring the rows of a sheet in, and tell of every row of it."""
        for note in sheet.table.notes:
            self.session.report.note(note)
        if self.map.spreads:
            spread_merged(sheet.table)
        for number, row in enumerate(sheet.table.rows):
            if number % 100 == 99:
                self.session.wish.step(text("baris {number} dari {all}", number=number + 1, all=len(sheet.table.rows)))
            self._bring_row(sheet, row)

    def _bring_row(self, sheet: Sheet, row: Row) -> None:
        report, what = self.session.report, self._named(sheet, row)
        filled = {heading: cell for heading, cell in zip(sheet.headings, row.cells, strict=False) if words_of(cell)}
        if row.is_empty and not row.remarks:
            report.tell(what, Fate.EMPTY)
        elif row.number <= sheet.head:
            report.tell(what, Fate.SKIPPED, _why_above(sheet, row))
        elif all(simplify(words_of(cell)) == simplify(heading) for heading, cell in filled.items()):
            report.tell(what, Fate.SKIPPED, text("judul kolom yang berulang"), *row.remarks)
        elif spell_out(words_of(next(iter(filled.values())))) in SUMS:
            report.tell(what, Fate.SKIPPED, text("baris jumlah"))
        else:
            self._bring_filled(sheet, row, filled, what)

    def _named(self, sheet: Sheet, row: Row) -> Text:
        titles = [at for at, heading in enumerate(sheet.headings) if self.map.columns.get(heading) == "title"]
        cells = [*(row.cells[at] for at in titles if at < len(row.cells)), *row.cells]
        words = next((words_of(cell) for cell in cells if words_of(cell)), "")
        shown = conceal(shorten(words, 50))[0]
        return text('{sheet} baris {number} "{words}"', sheet=sheet.table.name, number=row.number, words=shown)

    def _bring_filled(self, sheet: Sheet, row: Row, filled: Mapping[str, object], what: Text) -> None:
        contents, remarks = self._read(sheet, row, filled)
        print_ = fingerprint(*(f"{heading}\0{words_of(cell)}" for heading, cell in sorted(filled.items())))
        place = text("{sheet} baris {number}", sheet=sheet.table.name, number=row.number)
        if first := self.rows.get(print_):
            self.session.report.tell(
                what, Fate.SKIPPED, text("sama persis dengan {row}, jadi tidak dibawa lagi", row=first)
            )
            return
        self.rows[print_] = place
        key, like = self._key(filled, contents, place)
        if like:
            remarks.append(text("judul dan tanggalnya sama dengan {row}; periksa apakah ini kegiatan lain", row=like))
        if self.session.settled(key, print_, what):
            return
        title = str(contents.values.setdefault("title", f"Catatan dari baris {row.number}"))
        draft = compose(contents, self.session.root)
        path = self.session.free(f"content/{self.map.kind.FOLDER}", id_of(title), ".yml")
        self.session.write(path, draft.text.encode(), key=key, print_=print_)
        lacks = draft.lacks()
        fate = Fate.INCOMPLETE if lacks else Fate.IMPORTED
        self.session.report.tell(what, fate, text("menjadi {path}", path=path), *lacks, *row.remarks, *remarks)

    def _read(self, sheet: Sheet, row: Row, filled: Mapping[str, object]) -> tuple[Contents, list[Text]]:
        """Return what a row says: fields that could be read, and the rest as words."""
        origin = text(
            "{file}, lembar {sheet}, baris {number}", file=self.source, sheet=sheet.table.name, number=row.number
        )
        contents, remarks, covered = Contents(self.map.kind, origin.say("id"), {}), list[Text](), 0
        for heading, cell in filled.items():
            name = self.map.columns.get(heading, "")
            if name in {IGNORE, TIMESTAMP}:
                continue
            plain, count = conceal(words_of(cell))
            covered += count
            target = self.targets.get(name)
            if target is None or is_filled(contents.values, target):
                contents.kept.append(Kept(heading, plain))
                continue
            reading = read_cell(plain if count else cell, target, self.titles, is_1904=sheet.table.is_1904)
            remarks += reading.remarks
            if reading.value:
                put(contents.values, target, reading.value)
            if reading.rest:
                contents.kept.append(Kept(heading, conceal(reading.rest)[0]))
                if not reading.remarks:
                    remarks.append(text('{field} tidak terbaca dari "{words}"', field=name, words=shorten(plain)))
        if covered:
            remarks.append(text("{count} nomor atau alamat pribadi ditutup", count=covered))
        return contents, remarks

    def _key(self, filled: Mapping[str, object], contents: Contents, place: Text) -> tuple[str, Text | None]:
        """Return what a row is known by when it comes again, also from a changed sheet or under another file name.

        A form's moment of sending; else title and date; else all of it. Rows that are alike are counted; with them
        comes where the first of them stands.
        """
        moment = next((words_of(cell) for name, cell in filled.items() if self.map.columns.get(name) == TIMESTAMP), "")
        title = str(contents.values.get("title", ""))
        if moment:
            words = ["moment", moment]
        elif title:
            words = ["title", simplify(title), str(contents.values.get("date", ""))]
        else:
            words = ["row", *(f"{heading}\0{words_of(cell)}" for heading, cell in sorted(filled.items()))]
        base = fingerprint(self.map.kind.FOLDER, *words)
        self.seen[base] = self.seen.get(base, 0) + 1
        if self.seen[base] == 1:
            self.first[base] = place
            return f"row:{base}", None
        return f"row:{base}:{self.seen[base]}", self.first[base]


def _why_above(sheet: Sheet, row: Row) -> Text:
    if not sheet.headings:
        return text("lembar ini tidak punya baris judul kolom")
    return text("judul kolom") if row.number == sheet.head else text("di atas judul kolom")


def is_filled(values: Mapping[str, object], target: Target) -> bool:
    """Whether a field has a value already, from another column."""
    group, dot, name = target.name.partition(".")
    inner = values.get(group)
    return name in inner if dot and isinstance(inner, dict) else not dot and group in values


def put(values: dict[str, object], target: Target, value: object) -> None:
    """Put a value into a field, or into a field of a group."""
    group, dot, name = target.name.partition(".")
    if not dot:
        values[target.name] = value
        return
    inner = values.setdefault(group, {})
    assert isinstance(inner, dict)
    inner[name] = value
