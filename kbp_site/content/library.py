"""Every record by kind and id, in a fixed order, unchanging: all that pages and outputs may ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar, cast

from kbp_site.content.history import History
from kbp_site.content.media import Media
from kbp_site.content.records import KINDS, STORIES, Site
from kbp_site.content.records.base import Envelope, Kind, Status, Story
from kbp_site.content.records.consents import ConsentScope
from kbp_site.content.records.shape import values_of
from kbp_site.content.records.values import RefType
from kbp_site.content.source import Location, Source
from kbp_site.locale import LANGUAGES, Language

K_co = TypeVar("K_co", bound=Kind, covariant=True)
E = TypeVar("E", bound=Envelope)
T = TypeVar("T")
Key = tuple[str, str]
"""A record's kind (folder) and id."""


@dataclass(frozen=True, eq=False)
class Entry(Generic[K_co]):
    """One record with its name, where it was read, and its translations by language with where those were read."""

    id: str
    record: K_co
    source: Source
    translations: Mapping[Language, K_co] = field(default_factory=dict)
    translated_from: Mapping[Language, Source] = field(default_factory=dict)

    @cached_property
    def kind(self) -> str:
        """The folder that the record stands in, which names its kind."""
        return self.record.FOLDER

    @cached_property
    def key(self) -> Key:
        """Kind and id."""
        return self.kind, self.id

    @property
    def title(self) -> str:
        """The record's title in the main language; a consent's is its id."""
        return self.record.title if isinstance(self.record, Envelope) else self.id

    def said(self, language: Language) -> K_co:
        """Return the record in a language; untranslated texts stay as they are."""
        return self.translations.get(language, self.record)

    def speaks(self, language: Language) -> bool:
        """Whether the record has an edition in a language; Indonesian is what all are written in."""
        return language == "id" or language in self.translations

    def is_public(self, today: date) -> bool:
        """Whether readers may see the record on a day."""
        record = self.record
        if not isinstance(record, Envelope) or record.status is not Status.PUBLISHED:
            return False
        return record.publish_on is None or record.publish_on <= today

    @property
    def is_coming(self) -> bool:
        """Whether the record is meant for readers, now or once it is finished."""
        return isinstance(self.record, Envelope) and self.record.status is not Status.WITHDRAWN


@dataclass(frozen=True)
class Reference:
    """A reference from one record to another: who refers, from which field, to whom."""

    origin: Entry[Kind]
    location: Location
    target: Key

    @property
    def field(self) -> str:
        """The field that the reference stands in."""
        return str(self.location[0])


class Library:
    """What the program knows: the site's record and every record that readers may see.

    ``shows_drafts`` is for a preview: "public" then means what would be once all of it is published. ``only`` is for
    an edition that holds but some of the records, and ``scope`` where it is shown: what a photo's consent must allow.

    Records come in a fixed order: stories from new to old with undated ones last, roles by their
    number, everything else by title; ties by id.
    """

    def __init__(
        self,
        site: Entry[Site],
        entries: Iterable[Entry[Kind]],
        *,
        today: date,
        media: Media,
        history: History | None = None,
        shows_drafts: bool = False,
        only: frozenset[Key] | None = None,
        scope: ConsentScope = ConsentScope.WEB,
    ) -> None:
        self.site_entry = site
        self._today = today
        self.media = media
        self.history = history
        self.shows_drafts = shows_drafts
        self.only = only
        self.scope = scope
        self.by_key: dict[Key, Entry[Kind]] = {entry.key: entry for entry in entries}
        self._shared: dict[Callable[..., object], object] = {}

    @property
    def today(self) -> date:
        """The day that the site is made for."""
        self.looks_at("today")
        return self._today

    def has_come(self, day: date) -> bool:
        """Whether a day is not after the one that the site is made for; who asks so looks at no more of that day."""
        self.looks_at("come", day.isoformat())
        return day <= self._today

    def looks_at(self, *fact: str) -> None:
        """Say what somebody looks at ("stories-of", kind, id); only a library that is watched notes it."""

    def shared(self, make: Callable[[Library], T]) -> T:
        """Return what is worked out of many records once, and kept; who uses a part of it says which (`looks_at`)."""
        if make not in self._shared:
            with self.unnoticed():
                self._shared[make] = make(self)
        return cast("T", self._shared[make])

    def unnoticed(self) -> AbstractContextManager[None]:
        """Look at records without a note: what comes of it is told as a fact of its own."""
        return nullcontext()

    def knows(self, kind: str, name: str) -> bool:
        """Whether there is a record of that name, public or not."""
        self.looks_at("known", kind, name)
        return (kind, name) in self.by_key

    @cached_property
    def _public(self) -> Mapping[str, tuple[Entry[Kind], ...]]:
        found: dict[str, list[Entry[Kind]]] = {kind.FOLDER: [] for kind in KINDS}
        for entry in self.by_key.values():
            if self._is_shown(entry):
                found[entry.kind].append(entry)
        return {kind: tuple(sorted(many, key=order)) for kind, many in found.items()}

    def shows(self, entry: Entry[Kind]) -> bool:
        """Whether a record is shown: a public one, and in a preview also one that is on its way there."""
        self.looks_at("shown", *entry.key)
        return entry.key in self._shown

    def _is_shown(self, entry: Entry[Kind]) -> bool:
        if self.only is not None and entry.key not in self.only:
            return False
        return entry.is_public(self._today) or (self.shows_drafts and entry.is_coming)

    @cached_property
    def _shown(self) -> frozenset[Key]:
        return frozenset(entry.key for many in self._public.values() for entry in many)

    def limited(self, only: Iterable[Key], scope: ConsentScope) -> Library:
        """Return an edition of what is known that shows but some of the records, with the photos that may be there."""
        return Library(
            self.site_entry,
            self.by_key.values(),
            today=self._today,
            media=self.media,
            history=self.history,
            only=frozenset(only),
            scope=scope,
        )

    @property
    def site(self) -> Site:
        """The site's own record."""
        return self.site_entry.record

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that the site is read in; Indonesian, which records are written in, comes first."""
        named = {language.value for language in self.site.languages}
        return ("id", *(language for language in LANGUAGES[1:] if language in named))

    def of(self, kind: type[E]) -> tuple[Entry[E], ...]:
        """Return the public records of a kind, in order."""
        self.looks_at("all", kind.FOLDER)
        return cast("tuple[Entry[E], ...]", self._public[kind.FOLDER])

    def get(self, kind: type[E], name: str | None) -> Entry[E] | None:
        """Return a public record by id; ``None`` when there is none that readers may see."""
        return cast("Entry[E] | None", self._find(kind.FOLDER, name or ""))

    def _find(self, kind: str, name: str) -> Entry[Kind] | None:
        self.looks_at("shown", kind, name)
        return self.by_key[kind, name] if (kind, name) in self._shown else None

    def named(self, kind: type[E], names: Iterable[str]) -> tuple[Entry[E], ...]:
        """Return the public records of several ids, in the order of the ids."""
        return tuple(entry for name in names if (entry := self.get(kind, name)))

    def find(self, written: str) -> Entry[Envelope] | None:
        """Return the public record that a `kind/id` names."""
        kind, _, name = written.partition("/")
        return cast("Entry[Envelope] | None", self._find(kind, name))

    @property
    def stories(self) -> tuple[Entry[Story], ...]:
        """Activities, study visits and exhibitions together, from new to old."""
        self.looks_at("stories")
        return self._stories

    @cached_property
    def _stories(self) -> tuple[Entry[Story], ...]:
        every = [entry for kind in STORIES for entry in self._public[kind.FOLDER]]
        return cast("tuple[Entry[Story], ...]", tuple(sorted(every, key=order)))

    @property
    def public(self) -> tuple[Entry[Envelope], ...]:
        """Every public record, kind by kind."""
        self.looks_at("public")
        return self._every

    @cached_property
    def _every(self) -> tuple[Entry[Envelope], ...]:
        return tuple(entry for kind in KINDS for entry in self._public[kind.FOLDER])  # type: ignore[misc]

    @cached_property
    def _references(self) -> dict[Key, tuple[Reference, ...]]:
        found: dict[Key, list[Reference]] = {}
        for entry in self._every:
            for reference in references(entry):
                found.setdefault(reference.target, []).append(reference)
        return {key: tuple(many) for key, many in found.items()}

    def references_to(self, entry: Entry[Kind]) -> tuple[Reference, ...]:
        """Return every reference from a public record to this one, in the library's order."""
        self.looks_at("references", *entry.key)
        return self._references.get(entry.key, ())

    @cached_property
    def _ranks(self) -> dict[Key, int]:
        return {story.key: rank for rank, story in enumerate(self._stories)}

    def stories_of(self, entry: Entry[Kind]) -> tuple[Entry[Story], ...]:
        """Return the stories that refer to a record from any field but `related`, new to old."""
        self.looks_at("stories-of", *entry.key)
        referring = self._references.get(entry.key, ())
        named = (r.origin.key for r in referring if r.field not in {"related", "kiosk"})
        ranks = sorted({self._ranks[key] for key in named if key in self._ranks})
        return tuple(self._stories[rank] for rank in ranks)


def references(entry: Entry[Kind]) -> Iterable[Reference]:
    """Yield every reference that a record makes; plain words in place of one lead to no record."""
    for location, kind, written in values_of(entry.record, RefType):
        folder, name = kind.target(written)
        yield Reference(entry, location, (folder, name))


def order(entry: Entry[Kind]) -> tuple[object, ...]:
    """Return what a record is sorted by within its kind."""
    record = entry.record
    moment = getattr(record, "date", None) or getattr(record, "fiscal_year", None)
    if moment is not None:
        unknown, first = moment.sort_key
        return (unknown, -first.toordinal(), entry.title.casefold(), entry.id)
    number = getattr(record, "order", None)
    return (number is None, number or 0, entry.title.casefold(), entry.id)
