"""Sheets as rows of values: CSV in whatever dialect, and XLSX without running or fetching anything."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

from kbp_site.content.archives import ArchiveFault, read_part, safe_archive
from kbp_site.content.media import ending
from kbp_site.content.media_words import WIDE
from kbp_site.content.problems import KbpError
from kbp_site.editing.imports.file_kinds import FileKind, expect, recognise
from kbp_site.locale import Text, text

MAX_ROWS, MAX_COLUMNS = 20_000, 256
LAST_ROW = 1_048_576
"""The last row that a sheet can have (ECMA-376 part 1, 18.3.1.73); openpyxl would count up to any other."""

CSV = (".csv", ".tsv", ".txt")
DELIMITERS = ";,\t|"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SAVE_AS = text("jenis berkas ini tidak dibaca; simpan ulang sebagai .xlsx atau .csv")

Cell = object
"""A value as the sheet holds it: a text, a number, a day, or nothing."""


@dataclass
class Row:
    """One row: its number as the sheet shows it, its values, and what is to be known of them."""

    number: int
    cells: list[Cell]
    remarks: list[Text] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return all(cell is None or not str(cell).strip() for cell in self.cells)


@dataclass
class Table:
    """One sheet of a file; ``merged`` are the areas of its merged cells (left, top, right, bottom, from 1)."""

    name: str
    rows: list[Row]
    notes: list[Text] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_1904: bool = False


def read_tables(file: Path, data: bytes) -> list[Table]:
    """Return every sheet of a file; raises `KbpError` for what cannot be read or is too large."""
    is_csv = ending(file.name) in CSV
    expect(file, data, FileKind.SHEET, FileKind.WRITING, *([FileKind.UNKNOWN] if is_csv else []))
    if recognise(data) is not FileKind.SHEET:
        if not is_csv:
            raise KbpError(text("{name}: {why}", name=file.name, why=SAVE_AS))
        return [_read_csv(file.stem, data)]
    try:
        return list(_read_workbook(data))
    except ArchiveFault as error:
        raise KbpError(text("{name}: {why}", name=file.name, why=error.message)) from error
    except KbpError:
        raise
    except Exception as error:  # openpyxl answers broken files with many kinds of errors
        raise KbpError(text("{name} tidak dapat dibaca; simpan ulang sebagai .xlsx", name=file.name)) from error


def _read_csv(name: str, data: bytes) -> Table:
    notes: list[Text] = []
    if data.startswith(WIDE):
        written = data.decode("utf-16", "replace")
    else:
        try:
            written = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            written = data.decode("cp1252", "replace")
            notes.append(text("Berkas ini bukan UTF-8 dan dibaca sebagai Windows-1252; periksa huruf yang ganjil."))
    told = re.match(r"sep=(.)\r?\n", written)
    if told:
        written = written[told.end() :]
    delimiter = told.group(1) if told else sniff(written)
    try:
        rows = list(csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        notes.append(text("Ada tanda kutip yang tidak berpasangan; setiap baris dibaca apa adanya."))
        rows = [line.split(delimiter) for line in written.splitlines()]
    first = 2 if told else 1
    return _limited(Table(name, [Row(n, list[Cell](row)) for n, row in enumerate(rows, first)], notes))


def sniff(written: str) -> str:
    """Return what separates cells: the mark that cuts the first rows into the most columns of one number."""

    def score(delimiter: str) -> tuple[int, int]:
        rows = [row for row in csv.reader(io.StringIO(written[:20_000], newline=""), delimiter=delimiter) if row][:20]
        widths = [len(row) for row in rows if len(row) > 1]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) * (usual > 1), usual)

    try:
        return max(DELIMITERS, key=score)
    except csv.Error:
        return ";" if written.count(";") > written.count(",") else ","


def _limited(table: Table) -> Table:
    """Leave out the empty rows at the end; refuse what is too large."""
    while table.rows and table.rows[-1].is_empty:
        table.rows.pop()
    if len(table.rows) > MAX_ROWS:
        raise KbpError(text('lembar "{name}" lebih dari {limit} baris; bagi dahulu', name=table.name, limit=MAX_ROWS))
    if any(any(cell is not None and str(cell).strip() for cell in row.cells[MAX_COLUMNS:]) for row in table.rows):
        raise KbpError(text('lembar "{name}" lebih dari {limit} kolom', name=table.name, limit=MAX_COLUMNS))
    for row in table.rows:
        del row.cells[MAX_COLUMNS:]
    return table


def _read_workbook(data: bytes) -> Iterator[Table]:
    with safe_archive(io.BytesIO(data)) as archive:
        areas = _merged_areas(archive)
    values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    for sheet, written in zip(values.worksheets, formulas.worksheets, strict=True):
        table = Table(sheet.title, [], merged=areas.get(sheet.title, []), is_1904=values.epoch.year == 1904)
        if sheet.sheet_state != "visible":
            table.notes.append(text('Lembar "{name}" tersembunyi di berkasnya.', name=sheet.title))
        table.rows += _rows_of(sheet, written)
        yield _limited(table)
    values.close()
    formulas.close()


def _rows_of(sheet: Any, written: Any) -> Iterator[Row]:
    """Yield rows up to the last that holds something; formulas give the value that was saved with them."""
    sheet.reset_dimensions()
    written.reset_dimensions()
    empty: list[Row] = []
    rows = (one.iter_rows(max_row=LAST_ROW, values_only=True) for one in (sheet, written))
    pairs = zip(*rows, strict=True)
    for number, (cells, sources) in enumerate(pairs, 1):
        row = Row(number, [*cells[: MAX_COLUMNS + 1]])
        for at, (cell, source) in enumerate(zip(cells, sources, strict=False), 1):
            if cell is None and isinstance(source, str) and source.startswith("="):
                place = f"{get_column_letter(at)}{number}"
                row.remarks.append(text("rumus di {place} belum punya nilai; buka dan simpan di Excel", place=place))
        if row.is_empty and not row.remarks:
            if len(empty) <= MAX_ROWS:
                empty.append(row)
            continue
        yield from empty
        empty.clear()
        yield row


def _merged_areas(archive: zipfile.ZipFile) -> dict[str, list[tuple[int, int, int, int]]]:
    """Return the merged cells of each sheet; openpyxl's reader of large files does not know them."""
    try:
        book = ElementTree.fromstring(read_part(archive, "xl/workbook.xml"))
        links = ElementTree.fromstring(read_part(archive, "xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError) as error:
        raise ArchiveFault(text("berkas ini rusak, atau bukan jenis yang disebut akhirannya")) from error
    targets = {link.get("Id"): link.get("Target") or "" for link in links}
    found = {}
    for sheet in book.iter(f"{S}sheet"):
        target = targets.get(sheet.get(f"{R}id"), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in archive.namelist():
            with archive.open(path) as part:
                areas = [
                    item.get("ref") or "" for _, item in ElementTree.iterparse(part) if item.tag == f"{S}mergeCell"
                ]
            found[sheet.get("name") or ""] = [range_boundaries(area) for area in areas[:MAX_ROWS] if area]
    return found  # type: ignore[return-value]  # bounded ranges have four numbers


def spread_merged(table: Table) -> None:
    """Give the value of cells that were merged downwards to all their rows, and say so at each."""
    by_number = {row.number: row for row in table.rows}
    done: dict[int, int] = {}
    for left, top, _, bottom in sorted(table.merged):
        first = by_number.get(top)
        if bottom == top or first is None or len(first.cells) < left or top <= done.get(left, 0):
            continue  # areas never overlap, but in a hostile file
        done[left] = bottom
        value, column = first.cells[left - 1], get_column_letter(left)
        area = f"{column}{top}:{column}{bottom}"
        for number in range(top + 1, min(bottom, table.rows[-1].number) + 1):
            row = by_number.get(number)
            if row is not None and not row.is_empty:
                row.cells += [None] * (left - len(row.cells))
                row.cells[left - 1] = value
                row.remarks.append(text("nilai sel gabungan {area} dipakai di baris ini juga", area=area))
