"""Days that stand for a record's last change: always from the record, never from the clock."""

from __future__ import annotations

from datetime import date

from kbp_site.content.library import Library
from kbp_site.content.records.base import Envelope
from kbp_site.pages.parts import date_of

EPOCH = date(1980, 1, 1)
"""Stands where no day is known: a fixed day, so that an undated record does not look new again at
every build; after 1970, because feed readers take second 0 and what lies before it for "now"."""


def last_change(record: Envelope, library: Library) -> date | None:
    """Return the last day on which the public text changed: its publication or last correction.

    ``None`` when neither was written down; days after the library's own have not come yet.
    """
    told = [record.publish_on, *(correction.on for correction in record.corrections)]
    return max((day for day in told if day and library.has_come(day)), default=None)


def newness(record: Envelope, library: Library) -> date | None:
    """Return the day that a record is ranked by among the newest; ``None`` when nothing is known.

    An event of days to come is newer than any of the past.
    """
    moment = date_of(record)
    return last_change(record, library) or (moment.last if moment else None)


def updated(record: Envelope, library: Library) -> date:
    """Return the day to give as a record's last update: the best known, never after the library's day."""
    moment = date_of(record)
    told = [last_change(record, library), *((moment.last, moment.first) if moment else ())]
    return next((max(day, EPOCH) for day in told if day and library.has_come(day)), EPOCH)


def midnight(day: date) -> str:
    """Write a day as the moment that feeds ask for; at 00:00 UTC it is that day all over Indonesia."""
    return f"{day.isoformat()}T00:00:00Z"
