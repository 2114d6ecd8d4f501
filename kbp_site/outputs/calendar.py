"""Study visits, exhibitions and yearly days for people's own calendars (iCalendar, RFC 5545).

An own writer: all that is needed is all-day events, and the same bytes every time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Story
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.content.records.observances import Observance
from kbp_site.content.records.study_visits import StudyVisit, VisitState
from kbp_site.outputs.addresses import uuid_of
from kbp_site.outputs.stamps import updated
from kbp_site.pages.page import absolute, path_of
from kbp_site.pages.parts import places_of

LINE_OCTETS = 75
OBSERVED_SINCE = 2000
"""The year in which yearly days begin in calendars: fixed, and a leap year for 29 February."""

STATES = {VisitState.DONE: "CONFIRMED", VisitState.PLANNED: "TENTATIVE", VisitState.CANCELLED: "CANCELLED"}
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]+")


def export_calendar(library: Library) -> bytes:
    """Return `calendar.ics`: visits and exhibitions from new to old, then the yearly days."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//KBP Site//NONSGML kbp_site//ID",
        "CALSCALE:GREGORIAN",
        f"NAME:{escape(library.site.title)}",
        f"X-WR-CALNAME:{escape(library.site.title)}",
    ]
    for entry in library.stories:
        if isinstance(entry.record, StudyVisit | Exhibition):
            lines += _event(library, entry)
    for observance in library.of(Observance):
        lines += _yearly(library, observance)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines).encode()


def _event(library: Library, entry: Entry[Story]) -> Iterator[str]:
    """Yield a visit's or exhibition's lines, none while its days are not exactly known.

    A calendar can only say days. "Agustus 2006", "sekitar 2006" or "belum tercatat" would have to be
    given a day that nobody knows, so such events stand on their pages only.
    """
    record, moment = entry.record, entry.record.date
    if moment.first is None or moment.last is None or not moment.is_exact:
        return
    yield from _opening(library, entry)
    yield _day("DTSTART", moment.first)
    yield _day("DTEND", moment.last + timedelta(days=1))
    yield f"URL:{absolute(library, path_of(entry))}"
    if places := ", ".join(place.title for place in places_of(library, record)):
        yield f"LOCATION:{escape(places)}"
    if isinstance(record, StudyVisit):
        yield f"STATUS:{STATES[record.state]}"
    yield "END:VEVENT"


def _yearly(library: Library, entry: Entry[Observance]) -> Iterator[str]:
    """Yield the lines of a day that is kept every year, so that fairs can be planned round it."""
    first = _first_kept(entry.record.day)
    if first is None:
        return
    yield from _opening(library, entry)
    yield _day("DTSTART", first)
    yield _day("DTEND", first + timedelta(days=1))
    yield "RRULE:FREQ=YEARLY"
    yield "END:VEVENT"


def _first_kept(month_day: str | None) -> date | None:
    """Return the first day; ``None`` for a day that moves, or that no calendar has (02-30)."""
    try:
        return date.fromisoformat(f"{OBSERVED_SINCE}-{month_day}") if month_day else None
    except ValueError:
        return None


def _opening(library: Library, entry: Entry[Story] | Entry[Observance]) -> Iterator[str]:
    record = entry.record
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid_of(library, '/'.join(entry.key))}"
    yield f"DTSTAMP:{updated(record, library):%Y%m%d}T000000Z"
    yield f"SUMMARY:{escape(record.title)}"
    if record.summary:
        yield f"DESCRIPTION:{escape(record.summary)}"
    yield f"CATEGORIES:{escape(record.LABEL_ONE.say('id'))}"
    yield "TRANSP:TRANSPARENT"


def _day(name: str, day: date) -> str:
    return f"{name};VALUE=DATE:{day:%Y%m%d}"


def escape(words: str) -> str:
    """Write words as a TEXT value: marks escaped, no control characters."""
    marked = re.sub(r"([\\;,])", r"\\\1", re.sub(r"\r\n?", "\n", words)).replace("\n", "\\n")
    return CONTROL.sub(" ", marked)


def fold(line: str) -> str:
    """Break a line so that none is longer than 75 octets; no character is cut in two."""
    folded, length = [], 0
    for character in line:
        size = len(character.encode())
        if length + size > LINE_OCTETS:
            folded.append("\r\n ")
            length = 1
        folded.append(character)
        length += size
    return "".join(folded)
