"""What a record says, as plain words: what the search finds it by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from kbp_site.content.library import E, Entry, Library
from kbp_site.content.records.base import Envelope, Part, Story
from kbp_site.content.records.observances import Observance
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.places import Place
from kbp_site.content.records.roles import Role
from kbp_site.content.records.shape import Slot, values_of
from kbp_site.content.records.topics import Topic
from kbp_site.content.records.values import Choice, LineType, ProseType, RefType, ValueType
from kbp_site.locale import Language
from kbp_site.outputs.plain import is_open, open_slots

UNSAID = frozenset(
    ["title", "summary", "definition", "sources", "credits", "corrections", "contact", "photos", "kiosk", "category"]
)
"""Fields that are said elsewhere, name people, may be withdrawn (photos), or are not words."""

UNSHOWN = frozenset({"code_kemendagri", "code_bps", "point_source", "as_written", "also", "short"})
"""Fields by which a record is found, but which would stand in an excerpt like sentences of it."""

UNTOLD = frozenset({"status", "confidence", "match", "point"})
"""Choices that say something about the record, not about what it tells."""

NAMED = frozenset(kind.FOLDER for kind in (Place, Organization, Role, Topic, Observance))
"""Kinds by whose names those records are found that refer to them."""

WORD = re.compile(r"[^\W\d_]+")
BETWEEN = dict.fromkeys(set(range(128)) - set(range(ord("a"), ord("z") + 1)), " ")
"""All of ASCII that stands between words in small letters; a text of it is cut up in a third of a pattern's time."""

ACCENTS = re.compile("[\u0300-\u036f]+")
SIGNS = re.compile("[\u2000-\u206f]+")
"""Dashes, quotation marks and the like: what most texts have beside ASCII."""

LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
BEGUN = re.compile(r"\n\s*(?:[>#|*+-]|\d+[.)])+")
MARKS = re.compile(r"[*_`|]+|:-+:?|-+:|-{3,}")
SURE_MARKS = ("*", "_", "`", "|", ":-", "-:", "---")
"""What Markdown begins a line with, and what it puts into one; where none of these stands, there is no mark."""


@dataclass(frozen=True)
class Wording:
    """The words of a record: its title, its summary, its texts, its codes and other names, and what it belongs to."""

    title: str
    summary: str
    texts: tuple[str, ...]
    unshown: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def with_names(self) -> str:
        """What it tells, and what it belongs to."""
        return "\n".join((self.title, self.summary, *self.texts, *self.names))

    @property
    def whole(self) -> str:
        """All of them."""
        return "\n".join((self.title, self.summary, *self.texts, *self.unshown, *self.names))


def wording(library: Library, entry: Entry[E], language: Language) -> Wording:
    """Return a record's words in a language; what was not translated stays as it is."""
    record: Envelope = entry.said(language)
    summary = record.summary or getattr(record, "definition", None) or ""
    said = [row for row in _said(library, record) if row[0].name not in UNSAID]
    texts = _texts(row for row in said if row[0].name not in UNSHOWN)
    unshown = [text for field, _, text in said if field.name in UNSHOWN]
    if isinstance(record, Place) and record.title != entry.title:
        unshown.append(entry.title)  # an English reader may know a place by its Indonesian name
    return Wording(record.title, summary, tuple(texts), tuple(unshown), tuple(_names(library, record, language)))


def _texts(said: Iterable[tuple[Slot, ValueType, str]]) -> Iterator[str]:
    """Yield prose before lines, and what is of the kind's own before what all stories have."""
    for _, kind, text in sorted(
        said, key=lambda row: (isinstance(row[1], LineType), row[0].name in Story.model_fields)
    ):
        yield plain(text) if isinstance(kind, ProseType) else text


def _said(library: Library, part: Part, field: Slot | None = None) -> Iterator[tuple[Slot, ValueType, str]]:
    """Yield (field of the record, type, text) of all lines and prose that may be told."""
    for slot in open_slots(type(part)):
        value = getattr(part, slot.name)
        for item in (value if slot.is_list else [value]) if value is not None else ():
            if isinstance(slot.type, LineType | ProseType):
                yield field or slot, slot.type, item
            elif isinstance(item, Part) and is_open(library, item):
                yield from _said(library, item, field or slot)


def _names(library: Library, record: Envelope, language: Language) -> Iterator[str]:
    """Yield what sort of record it is, and the places, organizations, roles, topics and days it refers to."""
    yield record.LABEL_ONE.say(language)
    for field in type(record).model_fields:
        choice = getattr(record, field)
        if isinstance(choice, Choice) and field not in UNTOLD:
            yield choice.say(language)
    for location, kind, written in values_of(record, RefType):
        folder, name = kind.target(written)
        entry = library.find(f"{folder}/{name}") if folder in NAMED and location[0] not in UNSAID else None
        if entry:
            yield entry.said(language).title


def plain(prose: str) -> str:
    """Return the words of Markdown without its marks."""
    said = LINK.sub(r"\1", prose) if "](" in prose else prose
    said = BEGUN.sub("\n ", f"\n{said}")[1:]
    return unescape(MARKS.sub(" ", said) if any(mark in said for mark in SURE_MARKS) else said)


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared: small letters without accents, no numbers."""
    folded = fold(text)
    if not folded.isascii():
        folded = SIGNS.sub(" ", folded)
    return folded.translate(BETWEEN).split() if folded.isascii() else WORD.findall(folded)


def fold(text: str) -> str:
    """Return a text without capitals and accents."""
    return (text if text.isascii() else ACCENTS.sub("", unicodedata.normalize("NFKD", text))).lower()
