"""Which media readers may see on a day: the one judgement that checks, pages and outputs share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from kbp_site.content.library import Entry, Key, Library
from kbp_site.content.records.base import Kind, PeopleInPhoto, Photo
from kbp_site.content.records.consents import Consent, ConsentScope
from kbp_site.content.records.shape import Location, values_of
from kbp_site.content.records.values import FileType
from kbp_site.locale import Text, text


def why_hidden(photo: Photo, entries: Mapping[Key, Entry[Any]], today: date) -> Text | None:
    """Say why a photo may not be shown on the website on a day; ``None`` when it may.

    ``entries`` is where its consent would stand.
    """
    if photo.people is not PeopleInPhoto.RECOGNISABLE:
        return None
    if not photo.consent:
        return text("orang di foto ini dapat dikenali, tetapi consent belum diisi")
    entry = entries.get((Consent.FOLDER, photo.consent))
    if entry is None or not isinstance(entry.record, Consent):
        return text('persetujuan "{name}" tidak ada', name=photo.consent)
    return _judge_consent(entry.record, today)


def _judge_consent(consent: Consent, today: date) -> Text | None:
    """Say why a consent does not hold for the website on a day; ``None`` when it does."""
    if consent.withdrawn_on and consent.withdrawn_on <= today:
        return text("persetujuan ini dicabut pada {day}", day=consent.withdrawn_on)
    if consent.valid_until and consent.valid_until < today:
        return text("persetujuan ini berlaku sampai {day}", day=consent.valid_until)
    if consent.given_on > today:
        return text("persetujuan ini baru diberikan pada {day}", day=consent.given_on)
    if ConsentScope.WEB not in consent.scope:
        return text("persetujuan ini tidak mencakup situs (web)")
    return None


def may_show(library: Library, photo: Photo) -> bool:
    """Whether readers may see a photo on the library's day."""
    return why_hidden(photo, library.by_key, library.today) is None


def may_give(library: Library, name: str) -> bool:
    """Whether readers may have a file that no photo's consent speaks of: not when a photo of it is hidden."""
    return name not in _hidden_files(library)


@lru_cache(maxsize=4)
def _hidden_files(library: Library) -> frozenset[str]:
    """Return the files of all photos that may not be shown, drafts' too: none of them goes out by another door."""
    return frozenset(
        photo.file
        for entry in library.by_key.values()
        for photo in getattr(entry.record, "photos", ())
        if not may_show(library, photo)
    )


def shown_files(library: Library, entry: Entry[Kind]) -> Iterator[tuple[Location, str]]:
    """Yield (where it stands, name) of every file of a record that readers may see."""
    photos: tuple[Photo, ...] = getattr(entry.record, "photos", ())
    for location, _, name in values_of(entry.record, FileType):
        is_photo = location[0] == "photos"
        if may_show(library, photos[int(location[1])]) if is_photo else may_give(library, name):
            yield location, name
