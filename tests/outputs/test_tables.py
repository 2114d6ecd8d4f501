"""Tables: cells that no spreadsheet runs, and columns that follow the model."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbp_site.content.records.activities import Activity
from kbp_site.content.records.lessons import Lesson
from kbp_site.outputs.open_data import PUBLIC_KINDS
from kbp_site.outputs.plain import Plain
from kbp_site.outputs.tables import columns, harmless, write_cell, write_head, write_row

MARKS = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        *((f"{mark}1", f"'{mark}1") for mark in MARKS),
        (" =1", "' =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\u3000＝1", "'\u3000＝1"),
        ("aman\n=cmd\n- butir", "aman\n'=cmd\n'- butir"),
        ("aman\r\n @x", "aman\r\n' @x"),
        ("  \n=1", "'  \n'=1"),
        ("a=1", "a=1"),
        ("a;=1; b;  -2", "a;'=1; b;'  -2"),
        ("a\n\nb", "a\n\nb"),
        ("'=1", "'=1"),
        ("", ""),
    ],
)
def test_words_that_look_like_formulas_are_made_harmless(words: str, cell: str) -> None:
    assert harmless(words) == cell


@given(st.text(st.sampled_from([*MARKS, " ", "\u00a0", "a", "'", ";", "\x0b", "\u2028"])))
def test_no_line_begins_a_formula(words: str) -> None:
    cell = harmless(words)
    for line in re.split(r"[\r\n;]+", cell):
        assert line.lstrip(" \u00a0")[:1] not in {*MARKS} - {"\r", "\n"}
    assert cell.lstrip(" \u00a0\t")[:1] not in {"\r", "\n"}
    assert len(cell.replace("'", "")) == len(words.replace("'", "")), "nothing is lost"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ([], ""),
        (0, "0"),
        (-2.9996, "-2.9996"),
        ("01", "01"),
        (["a", "=b"], "a;' =b"),
        ([{"title": "a;=b;c"}], r'[{"title": "a\u003b=b;c"}]'),
        (["=a", "b"], "'=a; b"),
        ([{"note": "=1"}], '[{"note": "=1"}]'),
    ],
)
def test_values_become_cells(value: Plain, cell: str) -> None:
    assert write_cell(value) == cell


def table_of(title: str) -> bytes:
    """Return a table with one row."""
    values: dict[str, Plain] = {"id": "a", "fields": {"title": title}}
    return write_head(Lesson) + write_row(column.cell(values) for column in columns(Lesson))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_cells_come_back_through_a_csv_reader(words: str) -> None:
    table = table_of(words)
    row = next(csv.DictReader(io.StringIO(table.decode(), newline="")))
    assert row["title"] == harmless(words)


@pytest.mark.parametrize(
    "words", ['x "y"', "a;b", "a,b", "a\nb", "a\r\nb", '"', '""', "a\0b", "\ufeffa", " a ", "0123"]
)
def test_a_cell_is_read_back_by_any_reader(words: str) -> None:
    table = table_of(words).decode()
    assert next(csv.DictReader(io.StringIO(table, newline="")))["title"] == words


def test_a_table_is_written_as_rfc_4180_says() -> None:
    table = table_of('x "y", z')
    assert not table.startswith(b"\xef\xbb\xbf")
    assert table.count(b"\r\n") == 2
    assert b'"x ""y"", z"' in table


def test_columns_follow_the_model() -> None:
    names = [column.name for column in columns(Activity)]
    assert names[:5] == ["id", "url", "title", "summary", "status"]
    assert names.index("date") < names.index("kind") < names.index("participants_total")
    types = {column.name: column.type for column in columns(Activity)}
    assert types["participants_total"] == "integer"
    assert types["publish_on"] == "date"
    assert types["claims"] == "array"
    assert types["topics"] == types["date"] == "string"


@pytest.mark.parametrize("kind", PUBLIC_KINDS)
def test_every_column_has_a_name_of_its_own_and_a_title(kind: type) -> None:
    heads = columns(kind)
    assert len({column.name for column in heads}) == len(heads)
    assert all(column.title and column.description for column in heads)


@given(st.lists(st.text(st.sampled_from('a,"\r\n; é')), min_size=2))
def test_a_row_is_written_as_the_standard_library_writes_it(cells: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerow(cells)
    assert write_row(cells).decode() == file.getvalue()
