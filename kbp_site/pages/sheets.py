"""A long list is cut into sheets of a few entries, each with an address and a way to the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from kbp_site.locale import text
from kbp_site.pages.page import Page, Planned
from kbp_site.pages.parts import View

T = TypeVar("T")

PER_SHEET = 20
WINDOW = 2
"""How many neighbours of the current sheet have their number in the pager, on either side."""


@dataclass(frozen=True)
class Sheet(Generic[T]):
    """One sheet of a list: ``number`` of ``count``, from 1."""

    base: str
    number: int
    count: int
    items: tuple[T, ...]

    @property
    def path(self) -> str:
        """The sheet's own address; the first one's is the list's."""
        return sheet_path(self.base, self.number)


def sheet_path(base: str, number: int) -> str:
    """Return the address of a list's sheet."""
    return base if number == 1 else f"{base}hal/{number}/"


def cut(base: str, items: Sequence[T], *, size: int = PER_SHEET) -> Iterator[Sheet[T]]:
    """Cut a list into sheets; an empty list is one empty sheet."""
    count = max(1, -(-len(items) // size))
    for number in range(1, count + 1):
        yield Sheet(base, number, count, tuple(items[(number - 1) * size : number * size]))


def planned_sheet(view: View, sheet: Sheet[T], plan: Callable[[View, Sheet[T]], Page], items: object) -> Planned:
    """Return the plan of a sheet's page, which ``plan`` makes; ``items`` are its items as plain frozen values."""
    return Planned(sheet.path, view.language, partial(plan, view, sheet), (sheet.number, sheet.count, items))


def title_of(view: View, title: str, sheet: Sheet[T]) -> str:
    """Return the title of a sheet's page, which no other page has."""
    if sheet.number == 1:
        return title
    return view.say(text("{title}, halaman {number}", title=title, number=sheet.number))


@dataclass(frozen=True)
class Step:
    """One number of a pager, or the gap between two."""

    number: int
    href: str
    is_current: bool
    is_gap: bool


@dataclass(frozen=True)
class Pager:
    """The way from one sheet to the others; ``previous`` and ``next`` are empty at the ends."""

    previous: str
    next: str
    steps: tuple[Step, ...]


def pager(view: View, sheet: Sheet[T]) -> Pager | None:
    """Return a sheet's pager: its neighbours, the first and the last; none for a single sheet."""
    if sheet.count == 1:
        return None
    return Pager(_way_to(view, sheet, sheet.number - 1), _way_to(view, sheet, sheet.number + 1), _steps(view, sheet))


def _way_to(view: View, sheet: Sheet[T], number: int) -> str:
    return view.to(sheet_path(sheet.base, number)) if 1 <= number <= sheet.count else ""


def _steps(view: View, sheet: Sheet[T]) -> tuple[Step, ...]:
    near = range(max(1, sheet.number - WINDOW), min(sheet.count, sheet.number + WINDOW) + 1)
    steps: list[Step] = []
    last = 0
    for number in sorted({1, *near, sheet.count}):
        if number > last + 1:
            steps.append(Step(0, "", is_current=False, is_gap=True))
        is_current = number == sheet.number
        steps.append(Step(number, _way_to(view, sheet, number), is_current, is_gap=False))
        last = number
    return tuple(steps)
