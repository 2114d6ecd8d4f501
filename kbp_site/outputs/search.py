"""What can be found: a thin HTML document for every public record that has a page, and the words in them.

Pagefind indexes the documents, and nobody reads them: they hold what is to be found and nothing else, so that
readers' pages stay light. They stand at the addresses of the pages, so that Pagefind's are right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import NamedTuple

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Envelope
from kbp_site.content.records.places import Place
from kbp_site.content.records.roles import Role
from kbp_site.locale import Language
from kbp_site.outputs.families import Families, stem
from kbp_site.outputs.synonyms import Synonyms, synonyms_of
from kbp_site.outputs.wording import Wording, wording, words
from kbp_site.pages.page import localized, path_of
from kbp_site.pages.parts import date_of, kind_label, places_of

END = "¶"
"""What stands after the words that a result may show; the page's script (finder.js) cuts there."""

SHOWN, SAID_AGAIN = 150, 2
"""How many words of the texts stand as they are, and how often at most any word is found in a record.

Places are what an index is made of: with all of them the part of a common word is 30 KB at 2,000 stories, with
two of each 17 KB, and the recall is the same.
"""

SUMMARY, NAMES, RELATIVES, TITLE_RELATIVES, SYNONYMS = 1.5, 0.5, 1, 3, 0.5
"""How much a word weighs where it stands; in the texts 1, in the title Pagefind's own 7.

Chosen by the recall at 5 of tests/search/queries.yml on 2026-11-24; half or twice of any of them changes it by
less than 0.01.
"""

TOLD = ("kind", "title", "when", "where", "language")
"""What documents tell beside their text (`attributes`, and their heading); those first that most of them tell."""

ABBREVIATION = re.compile(r"[A-Z](?<!\w[A-Z])[A-Z]{3,}\b")
WORD_LEAST, WORDS_MOST, LEVELS = 3, 30_000, 9
"""Of the words that slips are mended by: letters at least, how many at most, how finely they are counted."""


@dataclass(frozen=True)
class Edition:
    """What the documents of one language share: in how many records each word stands, and what goes with it."""

    library: Library
    language: Language
    counts: Counter[str]
    families: Families
    synonyms: Synonyms

    @classmethod
    def of(cls, library: Library, language: Language) -> Edition:
        """Gather the words of all records that can be found."""
        return cls.counted(library, language, Counter(chain.from_iterable(said_in(library, language))))

    @classmethod
    def counted(cls, library: Library, language: Language, counts: Counter[str]) -> Edition:
        """Return an edition in so many of whose records each word stands; only Indonesian words have families."""
        names = (name for place in library.of(Place) for name in (place.record.title, *place.record.as_written))
        families = Families(counts, names) if language == "id" else Families(())
        return cls(library, language, counts, families, synonyms_of(library, language))

    def documents(self) -> Iterator[tuple[str, str]]:
        """Yield (address of the page's file, HTML) of every record that can be found, in the library's order."""
        for entry in findable(self.library):
            yield address_of(entry, self.language), document(self, entry, said_by(self, entry))

    def words(self) -> bytes:
        """Return the words for mending slips of the pen: one a line, by the alphabet, the commonest at most.

        The digit at a line's end says in how many records the word stands, as a power of two.
        """
        known = (item for item in self.counts.items() if len(item[0]) >= WORD_LEAST)
        kept = sorted(sorted(known, key=lambda item: (-item[1], item[0]))[:WORDS_MOST])
        return "".join(f"{word}{min(count.bit_length(), LEVELS)}\n" for word, count in kept).encode()


def address_of(entry: Entry[Envelope], language: Language) -> str:
    """Return the address of the file of a record's page."""
    return f"{localized(path_of(entry), language)}index.html"


def said_in(library: Library, language: Language) -> Iterator[set[str]]:
    """Yield the words of every record that can be found."""
    return (set(words(wording(library, entry, language).whole)) for entry in findable(library))


def findable(library: Library) -> Iterator[Entry[Envelope]]:
    """Yield the public records that have a page."""
    return (entry for entry in library.public if entry.record.PATH)


class Said(NamedTuple):
    """What a record says in an edition: its wording, the words that it tells, and those also found by other forms."""

    wording: Wording
    told: Sequence[str]
    asked: Iterable[str]

    @property
    def words(self) -> set[str]:
        """All words of the record."""
        return {*self.told, *words("\n".join((*self.wording.unshown, *self.wording.names)))}


def said_by(edition: Edition, entry: Entry[Envelope]) -> Said:
    """Return what a record says."""
    said = wording(edition.library, entry, edition.language)
    told = words("\n".join((said.title, said.summary, *said.texts)))
    return Said(said, told, asked_in(edition, said.with_names))


def document(edition: Edition, entry: Entry[Envelope], every: Said) -> str:
    """Return a record's document: what a result may show, and after it what else the record is found by."""
    said = every.wording
    shown = cut(said.texts)
    seen = words("\n".join((said.title, said.summary, *shown)))
    more = every.told[len(seen) :]  # words are cut off whole, so those of the rest are what follows
    in_title = relatives(edition, asked_in(edition, said.title))
    elsewhere = relatives(edition, every.asked)
    others = " ".join(edition.synonyms.others(said.whole))
    parts = [
        (said.summary, SUMMARY),
        *((text, 1) for text in shown),
        (END, 1),
        (" ".join(said_again(seen, more)), 1),
        *((name, 1) for name in said.unshown),
        *((name, NAMES) for name in said.names),
        (" ".join(in_title), TITLE_RELATIVES),
        (" ".join(form for form in elsewhere if form not in in_title), RELATIVES),
        (f"{others} {unstemmed(f'{said.whole} {others}')}", SYNONYMS),
    ]
    return "\n".join(
        [
            f'<!doctype html><html lang="{edition.language}"><body data-pagefind-body>',
            f"<h1>{escape(said.title)}</h1>",
            *(f"<i {attribute}></i>" for attribute in attributes(edition, entry)),
            *(f'<p data-pagefind-weight="{weight:g}">{escape(text)}</p>' for text, weight in parts),
            "</body></html>\n",
        ]
    )


def cut(texts: Iterable[str]) -> list[str]:
    """Return the first `SHOWN` words of the texts, still as texts."""
    shown, left = [], SHOWN
    for text in texts:
        said = text.split(maxsplit=left)[:left]
        shown.append(" ".join(said))
        left -= len(said)
    return [text for text in shown if text]


def said_again(seen: Iterable[str], more: Sequence[str]) -> Iterator[str]:
    """Yield those of ``more`` that were not said `SAID_AGAIN` times before, themselves or a form of the same stem."""
    times = dict(Counter(map(stem, seen)))
    for word, root in zip(more, map(stem, more), strict=True):
        said = times.get(root, 0)
        if said < SAID_AGAIN:
            times[root] = said + 1
            yield word


def asked_in(edition: Edition, text: str) -> Iterable[str]:
    """Return the words of a text that are also found by other forms, each once."""
    return dict.fromkeys(words(edition.families.inflected(text)))


def relatives(edition: Edition, asked: Iterable[str]) -> dict[str, None]:
    """Return the other forms by which words may be asked for, each once."""
    return dict.fromkeys(chain.from_iterable(map(edition.families.relatives, asked)))


def unstemmed(text: str) -> str:
    """Return the abbreviations that a stemmer takes for something else ("KOTAKU" → "kota"), marked with "_"."""
    names = {name.lower() for name in ABBREVIATION.findall(text)}
    return " ".join(f"{name}_" for name in sorted(names) if stem(name) != name)


def attributes(edition: Edition, entry: Entry[Envelope]) -> Iterator[str]:
    """Yield what a result's card shows besides the text, and what results can be narrowed by."""
    library, language = edition.library, edition.language
    record = entry.said(language)
    places, date = places_of(library, record), date_of(record)
    yield _attribute("meta", "kind", kind_label(record, language))
    if not entry.speaks(language):
        yield _attribute("meta", "language", "id")
    if date:
        yield _attribute("meta", "when", date.say(language))
    if places:
        yield _attribute("meta", "where", ", ".join(place.said(language).title for place in places))
    yield _attribute("filter", "kind", record.LABEL.say(language))
    for role in library.named(Role, record.roles):
        yield _attribute("filter", "role", role.said(language).title)
    around_them = dict.fromkeys(name for place in places for name in around(library, place))
    yield from (_attribute("filter", "place", each.said(language).title) for each in library.named(Place, around_them))
    if date and date.first and date.last:
        for year in range(date.first.year, date.last.year + 1):
            yield _attribute("filter", "year", str(year))


def around(library: Library, place: Entry[Place]) -> Iterator[str]:
    """Yield the id of a place and of those that it is part of; the site's whole region only when it is meant."""
    yield place.id
    above = library.get(Place, place.record.part_of)
    seen = {place.id, library.site.region}
    while above and above.id not in seen:
        yield above.id
        seen.add(above.id)
        above = library.get(Place, above.record.part_of)


def _attribute(sort: str, name: str, value: str) -> str:
    return f'data-pagefind-{sort}="{name}:{escape(value)}"'
