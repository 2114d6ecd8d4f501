"""What a preview says of a record that readers cannot see yet; of a public one, and so in every build, nothing."""

from __future__ import annotations

from kbp_site.content.dates import parse_date
from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Envelope, Kind, Status
from kbp_site.locale import Language, text

DRAFT = text("Draf – belum terbit")
REVIEW = text("Sedang diperiksa – belum terbit")


def mark_of(library: Library, entry: Entry[Kind], language: Language) -> str:
    """Return what a record is marked with: that it is a draft, looked at, or held back, and until when."""
    if not library.shows_drafts:
        return ""
    record = entry.record
    if entry.is_public(library.today) or not isinstance(record, Envelope):
        return ""
    if record.status is Status.PUBLISHED and record.publish_on:
        day = parse_date(record.publish_on.isoformat())
        return text("Ditahan sampai {day} – belum terbit", day=day).say(language)
    return (REVIEW if record.status is Status.REVIEW else DRAFT).say(language)
