"""The timeline: stories and the founding of organizations, year by year, the undated ones at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kbp_site.content.dates import PartialDate
from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Envelope
from kbp_site.content.records.organizations import Organization
from kbp_site.locale import Language, text
from kbp_site.pages.page import Link, Page, Planned
from kbp_site.pages.parts import Moment, View, described, kind_label, moment
from kbp_site.pages.sheets import Sheet, cut, pager, planned_sheet, title_of

PATH = "lini-masa/"
PER_SHEET = 80


@dataclass(frozen=True)
class Event:
    """Something that happened: which record tells of it, and when."""

    date: PartialDate
    entry: Entry[Envelope]


@dataclass(frozen=True)
class EventView:
    """An event as it is shown."""

    when: Moment
    link: Link
    label: str


@dataclass(frozen=True)
class Year:
    """The events of one year on one sheet."""

    id: str
    heading: str
    events: tuple[EventView, ...]


def plan_timeline(library: Library, language: Language) -> Iterator[Planned]:
    """Plan the timeline, sheet by sheet, from old to new."""
    for sheet in cut(PATH, events_of(library), size=PER_SHEET):
        view, events = View(library, sheet.path, language), [(event.entry.key, event.date) for event in sheet.items]
        yield planned_sheet(view, sheet, _plan_sheet, events)


def events_of(library: Library) -> tuple[Event, ...]:
    """Return all events from old to new; what has no date comes last."""
    stories = [Event(entry.record.date, entry) for entry in library.stories]
    founded = [Event(entry.record.formed, entry) for entry in library.of(Organization) if entry.record.formed]
    return tuple(sorted([*stories, *founded], key=_order))


def _order(event: Event) -> tuple[object, ...]:
    return (*event.date.sort_key, event.entry.title.casefold(), event.entry.key)


def _plan_sheet(view: View, sheet: Sheet[Event]) -> Page:
    is_first = sheet.number == 1
    title = view.say(text("Lini masa"))
    summary = view.say(text("Apa yang terjadi dari tahun ke tahun, sejauh tanggalnya tercatat."))
    said = title_of(view, title, sheet)
    context = {
        "label": view.site.title,
        "summary": summary if is_first else "",
        "years": _years(view, sheet.items),
        "pages": pager(view, sheet),
        "empty": view.say(text("Belum ada cerita yang tercatat.")),
    }
    crumbs = () if is_first else view.crumbs((title, PATH))
    description = summary if is_first else f"{said}. {summary}"
    return Page(
        sheet.path, "timeline.md.jinja", said, described(description), context, language=view.language, crumbs=crumbs
    )


def _years(view: View, events: Iterable[Event]) -> tuple[Year, ...]:
    undated = view.say(text("Tanggal belum tercatat"))
    found = []
    for year, many in groupby(events, key=_year):
        heading = str(year) if year else undated
        found.append(Year(f"tahun-{year or 'belum-tercatat'}", heading, _event_views(view, many, heading)))
    return tuple(found)


def _year(event: Event) -> int:
    return event.date.first.year if event.date.first else 0


def _event_views(view: View, events: Iterable[Event], heading: str) -> tuple[EventView, ...]:
    """Return events as they are shown; a date that only repeats the heading is left out."""
    whens = ((event, moment(view, event.date)) for event in events)
    return tuple(
        EventView(
            when if when.text.casefold() != heading.casefold() else Moment(""),
            view.link(event.entry),
            view.say(text("Mulai"))
            if isinstance(event.entry.record, Organization)
            else kind_label(event.entry.record, view.language),
        )
        for event, when in whens
    )
