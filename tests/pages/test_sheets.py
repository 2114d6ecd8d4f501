"""Sheets: a long list is cut, and each sheet knows the way to its neighbours, the first and the last."""

from __future__ import annotations

import pytest
from few_records import MakeLibrary

from kbp_site.pages.parts import View
from kbp_site.pages.sheets import Sheet, cut, pager


@pytest.mark.parametrize(("count", "sizes"), [(0, [0]), (1, [1]), (20, [20]), (21, [20, 1]), (60, [20, 20, 20])])
def test_nothing_is_lost_between_sheets(count: int, sizes: list[int]) -> None:
    sheets = list(cut("kegiatan/", range(count)))
    assert [len(sheet.items) for sheet in sheets] == sizes
    assert [item for sheet in sheets for item in sheet.items] == list(range(count))


def test_the_first_sheet_is_the_section_itself() -> None:
    assert [sheet.path for sheet in cut("kegiatan/", range(25))] == ["kegiatan/", "kegiatan/hal/2/"]


@pytest.mark.parametrize(
    ("number", "count", "expected"),
    [
        (1, 2, "[1] 2"),
        (1, 500, "[1] 2 3 … 500"),
        (4, 500, "1 2 3 [4] 5 6 … 500"),
        (250, 500, "1 … 248 249 [250] 251 252 … 500"),
        (500, 500, "1 … 498 499 [500]"),
    ],
)
def test_the_pager_has_few_numbers(make_library: MakeLibrary, number: int, count: int, expected: str) -> None:
    sheet: Sheet[int] = Sheet("kegiatan/", number, count, ())
    found = pager(View(make_library({}), sheet.path, "id"), sheet)
    assert found is not None
    told = ["…" if step.is_gap else f"[{step.number}]" if step.is_current else str(step.number) for step in found.steps]
    assert " ".join(told) == expected
    assert bool(found.previous) == (number > 1)
    assert bool(found.next) == (number < count)


def test_a_single_sheet_has_no_pager(make_library: MakeLibrary) -> None:
    assert pager(View(make_library({}), "kegiatan/", "id"), Sheet("kegiatan/", 1, 1, ())) is None
