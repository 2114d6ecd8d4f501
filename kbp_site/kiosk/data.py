"""What a kiosk's screen knows: the exhibition, its slides, tiles and letters, what can be found, and codes to scan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Envelope, Kind
from kbp_site.content.records.consents import Consent
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.content.records.topics import Topic
from kbp_site.content.showing import may_show, photos_of
from kbp_site.kiosk.pages import FOLDER, Screen, file_of
from kbp_site.kiosk.selection import kiosk_of, shown_first, slides
from kbp_site.kiosk.words import WORDS
from kbp_site.locale import Language
from kbp_site.outputs.families import BEGINNINGS, ENDINGS, PARTICLE, ROOT_LEAST
from kbp_site.outputs.search import Edition, findable
from kbp_site.outputs.wording import wording, words
from kbp_site.pages.page import Page, path_of
from kbp_site.pages.parts import kind_label
from kbp_site.pages.qr import draw_qr
from kbp_site.pages.renditions import renditions

FRESH = timedelta(days=183)
"""How long what a kiosk shows counts as fresh; then its staff is reminded, and visitors never."""

Said = dict[str, object]
"""A text, or the file of a page, by language."""


def screen_data(
    library: Library, exhibition: Entry[Exhibition], screens: Sequence[Screen], languages: Sequence[Language]
) -> dict[str, object]:
    """Return what the screen begins with, as plain values: `KBP` of kios/data.js."""
    kiosk = kiosk_of(exhibition)
    found = _Files(screens, languages)
    first = [entry for entry in shown_first(library, exhibition) if found.pages(entry)]
    return {
        "version": library.today.isoformat(),
        "expires": fresh_until(library).isoformat(),
        "code": staff_code(exhibition),
        "id": exhibition.id,
        "languages": list(languages),
        "idle": kiosk.idle_seconds,
        "countdown": kiosk.countdown_seconds,
        "site": {language: library.site_entry.said(language).title for language in languages},
        "title": {language: exhibition.said(language).title for language in languages},
        "welcome": {
            language: (exhibition.said(language).kiosk or kiosk).welcome or WORDS["welcome"].say(language)
            for language in languages
        },
        "slides": [_slide(library, entry, found) for entry in slides(library, exhibition) if found.pages(entry)],
        "first": [_card(entry, found) for entry in first],
        "tiles": [_tile(library, topic, found) for topic in library.of(Topic) if found.pages(topic)],
        "letters": {language: _letters(library, found, language) for language in languages},
        "twins": found.twins(),
        "titles": {screen.file: screen.title for screen in screens},
    }


def staff_code(exhibition: Entry[Exhibition]) -> str:
    """Return the four digits that open the page for staff: the same in every version of an exhibition's kiosk.

    They keep curious fingers out, not attackers: whoever has the stick has all that is on it.
    """
    return f"{int(hashlib.sha256(exhibition.id.encode()).hexdigest(), 16) % 10_000:04d}"


def fresh_until(library: Library) -> date:
    """Return until when a kiosk may be shown: half a year, or as long as the first consent that ends holds."""
    consents = {
        photo.consent
        for entry in library.public
        for photo in photos_of(entry)
        if photo.consent and may_show(library, photo)
    }
    ends = [
        entry.record.valid_until
        for name in consents
        if (entry := library.by_key.get((Consent.FOLDER, name or "")))
        and isinstance(entry.record, Consent)
        and entry.record.valid_until
    ]
    return min([library.today + FRESH, *ends])


class _Files:
    """Where the pages of records stand on the stick."""

    def __init__(self, screens: Sequence[Screen], languages: Sequence[Language]) -> None:
        self.languages = languages
        self._by_path: dict[str, dict[Language, Page]] = {}
        for screen in screens:
            self._by_path.setdefault(screen.page.path, {})[screen.language] = screen.page

    def pages(self, entry: Entry[Kind]) -> Said:
        """Return a record's pages by language; none where it has no page."""
        if not entry.record.PATH:
            return {}
        return {language: file_of(page) for language, page in self._by_path.get(path_of(entry), {}).items()}

    def twins(self) -> dict[str, dict[Language, str]]:
        """Return, for every page, the same one in the other languages."""
        found: dict[str, dict[Language, str]] = {}
        for pages in self._by_path.values():
            for language, page in pages.items():
                others = {other: file_of(twin) for other, twin in pages.items() if other != language}
                if others:
                    found[file_of(page)] = others
        return found


def _titles(entry: Entry[Kind], languages: Iterable[Language]) -> Said:
    titles = ((language, entry.said(language)) for language in languages)
    return {language: record.title for language, record in titles if isinstance(record, Envelope)}


def _card(entry: Entry[Kind], found: _Files) -> dict[str, object]:
    """Return a record as something to choose: its pages, titles, and what sort of record it is."""
    record = entry.record
    assert isinstance(record, Envelope), "only records with pages are chosen from"
    return {
        "page": found.pages(entry),
        "title": _titles(entry, found.languages),
        "kind": {language: kind_label(record, language) for language in found.languages},
    }


def _slide(library: Library, entry: Entry[Kind], found: _Files) -> dict[str, object]:
    record = entry.record
    assert isinstance(record, Envelope), "only records with pages take turns"
    photo = next((photo for photo in photos_of(entry) if may_show(library, photo)), None)
    info = library.media.info(photo.file) if photo else None
    pictures = [one.path for one in renditions(info) if one.path.endswith(".webp")] if info else []
    return {
        **_card(entry, found),
        "summary": {language: entry.said(language).summary or "" for language in found.languages},  # type: ignore[attr-defined]
        "picture": f"{FOLDER}/{pictures[-1]}" if pictures else None,
        "alt": photo.alt if photo and pictures else "",
    }


def _tile(library: Library, topic: Entry[Topic], found: _Files) -> dict[str, object]:
    return {**_card(topic, found), "count": len(library.stories_of(topic))}


def _letters(library: Library, found: _Files, language: Language) -> list[tuple[str, list[dict[str, object]]]]:
    """Return every record with a page by the first letter of its title, letters and titles by the alphabet."""
    groups: dict[str, list[dict[str, object]]] = {}
    named = [(entry.said(language), entry) for entry in library.public if found.pages(entry).get(language) is not None]
    for record, entry in sorted(named, key=lambda pair: (pair[0].title.casefold(), pair[1].id)):
        letter = next((char.upper() for char in record.title if char.isalnum()), "#")
        item = {
            "title": record.title,
            "page": found.pages(entry)[language],
            "kind": kind_label(record, language),
        }
        groups.setdefault(letter if letter.isalpha() else "#", []).append(item)
    return sorted(groups.items())


def index_data(library: Library, screens: Sequence[Screen], languages: Sequence[Language]) -> dict[str, object]:
    """Return what can be found, by language: page, title, sort, summary, and all words and roots of each record."""
    found = _Files(screens, languages)
    return {language: list(_documents(library, found, language)) for language in languages}


def _documents(library: Library, found: _Files, language: Language) -> Iterable[dict[str, object]]:
    edition = Edition.of(library, language)
    for entry in findable(library):
        page = found.pages(entry).get(language)
        if page is None:
            continue
        said = wording(library, entry, language)
        all_words = dict.fromkeys(words(said.whole))
        roots = dict.fromkeys(edition.families.root(word) for word in all_words) if language == "id" else {}
        others = edition.synonyms.others(said.whole)
        yield {
            "page": page,
            "title": said.title,
            "kind": kind_label(entry.said(language), language),
            "summary": said.summary,
            "words": " ".join([*all_words, *(root for root in roots if root not in all_words)]),
            "others": " ".join(words(" ".join(others))),
        }


def roots_data() -> dict[str, object]:
    """Return how a word's possible roots are found (outputs/families.py), so that the screen finds the same."""
    return {
        "least": ROOT_LEAST,
        "endings": list(ENDINGS),
        "particle": PARTICLE.pattern,
        "beginnings": [[pattern.pattern, swallowed] for pattern, swallowed in BEGINNINGS],
    }


def codes_data(addresses: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Return the QR code of every outside address: its size in modules, and the path of its dark ones."""
    codes = ((address, draw_qr(address)) for address in addresses)
    return {address: (code.size, code.path) for address, code in codes}


def script(name: str, value: object) -> bytes:
    """Return a classic script that sets one name to a value: from a file, a browser reads nothing else."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    written = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'"use strict";\n{name} = {written};\n'.encode()
