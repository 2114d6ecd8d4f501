"""Which media readers may see on a day: the one judgement that checks, pages and outputs share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from kbp_site.content.library import Entry, Key, Library
from kbp_site.content.records.base import Kind, PeopleInPhoto, Photo
from kbp_site.content.records.consents import Consent, ConsentScope
from kbp_site.content.records.shape import values_of
from kbp_site.content.records.values import FileType
from kbp_site.content.source import Location
from kbp_site.locale import Text, text


def why_hidden(
    photo: Photo, entries: Mapping[Key, Entry[Any]], today: date, scope: ConsentScope = ConsentScope.WEB
) -> Text | None:
    """Say why a photo may not be shown on a day, on the website or where ``scope`` says; ``None`` when it may.

    ``entries`` is where its consent would stand.
    """
    if not needs_consent(photo):
        return None
    if not photo.consent:
        return text("orang di foto ini dapat dikenali, tetapi consent belum diisi")
    consent = _consent_of(photo, entries)
    if consent is None:
        return text('persetujuan "{name}" tidak ada', name=photo.consent)
    return _judge_consent(consent, today, scope)


def needs_consent(photo: Photo) -> bool:
    """Whether a photo may be shown only while somebody consents: of all others no day need be asked for."""
    return photo.people is PeopleInPhoto.RECOGNISABLE


def has_ended(photo: Photo, entries: Mapping[Key, Entry[Any]], today: date) -> bool:
    """Whether a photo's consent was given and has come to its end: withdrawn, or past its last day."""
    consent = _consent_of(photo, entries)
    if consent is None:
        return False
    return _is_withdrawn(consent, today) or (consent.valid_until is not None and consent.valid_until < today)


def _is_withdrawn(consent: Consent, today: date) -> bool:
    return consent.withdrawn_on is not None and consent.withdrawn_on <= today


def withdrawn_files(entries: Iterable[Entry[Any]], today: date) -> frozenset[str]:
    """Return the files of all photos whose consent was withdrawn, whoever else names them and however."""
    by_key = {entry.key: entry for entry in entries}
    return frozenset(
        photo.file
        for entry in by_key.values()
        for photo in photos_of(entry)
        if (consent := _consent_of(photo, by_key)) and _is_withdrawn(consent, today)
    )


def photos_of(entry: Entry[Any]) -> tuple[Photo, ...]:
    """Return a record's photos; only stories have any."""
    photos: tuple[Photo, ...] = getattr(entry.record, "photos", ())
    return photos


def _consent_of(photo: Photo, entries: Mapping[Key, Entry[Any]]) -> Consent | None:
    entry = entries.get((Consent.FOLDER, photo.consent or ""))
    return entry.record if entry and isinstance(entry.record, Consent) else None


BEYOND = {
    ConsentScope.WEB: text("persetujuan ini tidak mencakup situs (web)"),
    ConsentScope.KIOSK: text("persetujuan ini tidak mencakup layar pameran (kiosk)"),
    ConsentScope.PRINT: text("persetujuan ini tidak mencakup cetakan (print)"),
}


def _judge_consent(consent: Consent, today: date, scope: ConsentScope) -> Text | None:
    """Say why a consent does not hold somewhere on a day; ``None`` when it does."""
    if consent.withdrawn_on and consent.withdrawn_on <= today:
        return text("persetujuan ini dicabut pada {day}", day=consent.withdrawn_on)
    if consent.valid_until and consent.valid_until < today:
        return text("persetujuan ini berlaku sampai {day}", day=consent.valid_until)
    if consent.given_on > today:
        return text("persetujuan ini baru diberikan pada {day}", day=consent.given_on)
    return None if scope in consent.scope else BEYOND[scope]


def may_show(library: Library, photo: Photo) -> bool:
    """Whether readers may see a photo on the library's day: not when its consent was withdrawn anywhere."""
    is_open = not needs_consent(photo) or why_hidden(photo, library.by_key, library.today, library.scope) is None
    return is_open and not _is_among(library, photo.file, _withdrawn(library))


def may_give(library: Library, name: str) -> bool:
    """Whether readers may have a file that no photo's consent speaks of: not when a photo of it is hidden."""
    return not _is_among(library, name, hidden_files(library))


def _is_among(library: Library, name: str, files: frozenset[str]) -> bool:
    """Whether a file is one of those, by its name or by its bytes."""
    if name in files:
        return True
    info = library.media.info(name) if files else None
    return info is not None and info.digest in files


def _withdrawn(library: Library) -> frozenset[str]:
    """Return names and fingerprints of the files whose consent was withdrawn."""
    library.looks_at("withdrawn")
    return library.shared(find_withdrawn)


def find_withdrawn(library: Library) -> frozenset[str]:
    """Work out names and fingerprints of the files whose consent was withdrawn."""
    return _with_digests(library, withdrawn_files(library.by_key.values(), library.today))


def hidden_files(library: Library) -> frozenset[str]:
    """Return names and fingerprints of all photos that may not be shown, drafts' too: none goes out by another door."""
    library.looks_at("hidden")
    return library.shared(find_hidden)


def find_hidden(library: Library) -> frozenset[str]:
    """Work out names and fingerprints of all photos that may not be shown."""
    photos = (photo for entry in library.by_key.values() for photo in photos_of(entry))
    return _with_digests(library, {photo.file for photo in photos if not may_show(library, photo)})


def _with_digests(library: Library, names: Iterable[str]) -> frozenset[str]:
    found = {name: library.media.info(name) for name in names}
    return frozenset(found) | {info.digest for info in found.values() if info}


def shown_files(library: Library, entry: Entry[Kind]) -> Iterator[tuple[Location, str]]:
    """Yield (where it stands, name) of every file of a record that readers may see."""
    photos = photos_of(entry)
    for location, _, name in values_of(entry.record, FileType):
        is_photo = location[0] == "photos"
        if may_show(library, photos[int(location[1])]) if is_photo else may_give(library, name):
            yield location, name
