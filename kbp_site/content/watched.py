"""A library that notes what is looked at in it, so that what was made of it is made again only when that changed.

What can be looked at are *facts*, each known by a name: ("record", "activities", "x"), ("stories",), ("today",). A page
may look at whatever the library gives: nobody has to say it. Only what is worked out of many records at once
(`Library.shared`) is told in parts by those who use it, each part a fact of its own (`fact`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from kbp_site.content.history import History
from kbp_site.content.library import Entry, K_co, Library
from kbp_site.content.media import Media, MediaInfo
from kbp_site.content.records.base import Kind
from kbp_site.content.showing import find_hidden, find_withdrawn
from kbp_site.locale import Language

Fact = tuple[str, ...]
"""The name of a fact: what sort it is, and of what."""

Look = Callable[..., None]

FACTS: dict[str, Callable[..., str]] = {}
"""How facts of each sort are told: library and the rest of the name → words that differ when the fact does."""

Tell = Callable[..., str]


def fact(sort: str) -> Callable[[Tell], Tell]:
    """Say how facts of a sort are told."""

    def keep(tell: Tell) -> Tell:
        FACTS[sort] = tell
        return tell

    return keep


class WatchedEntry(Entry[K_co]):
    """A record whose fields are looked at as one fact; its name and kind never change."""

    @classmethod
    def of(cls, entry: Entry[K_co], look: Look) -> WatchedEntry[K_co]:
        """Return an entry that tells ``look`` when its record is looked at."""
        watched = cls.__new__(cls)
        named = {"kind": entry.kind, "key": entry.key, "_look": look, "_fact": ("record", *entry.key)}
        watched.__dict__.update(entry.__dict__, **named)
        return watched

    @property
    def record(self) -> K_co:
        """The record itself."""
        own = self.__dict__
        own["_look"](own["_fact"])
        found: K_co = own["record"]
        return found

    @property
    def translations(self) -> Mapping[Language, K_co]:
        """The record's editions in other languages."""
        own = self.__dict__
        own["_look"](own["_fact"])
        found: Mapping[Language, K_co] = own["translations"]
        return found


@dataclass(frozen=True)
class WatchedMedia(Media):
    """Media that tell ``look`` which files are looked at."""

    look: Look = field(default=lambda fact: None, compare=False)

    def info(self, name: str) -> MediaInfo | None:
        """Return what is known of a file."""
        self.look(("media", name))
        return super().info(name)


@dataclass(frozen=True)
class WatchedHistory(History):
    """A history that tells ``look`` which files are asked about."""

    look: Look = field(default=lambda fact: None, compare=False)

    def changed(self, path: str) -> date | None:
        """Return the day of the last commit that changed a file."""
        self.look(("changed", path))
        return super().changed(path)


class WatchedLibrary(Library):
    """A library whose facts are noted as they are looked at; without `noting`, nothing is."""

    def __init__(self, library: Library) -> None:
        """Watch what ``library`` knows."""
        self._noted: set[Fact] | None = None
        media, history = library.media, library.history
        super().__init__(
            WatchedEntry.of(library.site_entry, self._note),
            (WatchedEntry.of(entry, self._note) for entry in library.by_key.values()),
            today=library.today,
            media=WatchedMedia(media.folder, media.judged, look=self._note),
            history=history and WatchedHistory(history.root, history.zone, look=self._note),
            shows_drafts=library.shows_drafts,
            only=library.only,
            scope=library.scope,
        )
        # All that is put in order once is put in order now, while nobody looks.
        assert (self._shown, self._every, self._references, self._ranks) is not None

    def looks_at(self, *fact: str) -> None:
        """Note a fact."""
        self._note(fact)

    def _note(self, fact: Fact) -> None:
        if self._noted is not None:
            self._noted.add(fact)

    @contextmanager
    def noting(self) -> Iterator[set[Fact]]:
        """Give the set in which all is noted that is looked at from now on."""
        noted = self._noted = set[Fact]()
        try:
            yield noted
        finally:
            self._noted = None

    @contextmanager
    def unnoticed(self) -> Iterator[None]:
        """Look at records without a note."""
        noted, self._noted = self._noted, None
        try:
            yield
        finally:
            self._noted = noted

    def tell(self, fact: Fact) -> str:
        """Return the fingerprint of a fact as it is now."""
        with self.unnoticed():
            words = FACTS[fact[0]](self, *fact[1:])
        return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@fact("record")
def _tell_record(library: Library, kind: str, name: str) -> str:
    entry: Entry[Kind] | None = library.by_key.get((kind, name)) if kind else library.site_entry
    if entry is None:
        return ""
    # Another text is packed otherwise. The same text may be, too, by another zlib, which only costs time.
    sources = (entry.source, *entry.translated_from.values())
    return " ".join(hashlib.blake2b(source.packed, digest_size=16).hexdigest() for source in sources)


@fact("known")
def _tell_known(library: Library, kind: str, name: str) -> str:
    return str(library.knows(kind, name))


@fact("shown")
def _tell_shown(library: Library, kind: str, name: str) -> str:
    return str(library.find(f"{kind}/{name}") is not None)


@fact("all")
def _tell_all(library: Library, kind: str) -> str:
    return " ".join(entry.id for entry in library.public if entry.kind == kind)


@fact("stories")
def _tell_stories(library: Library) -> str:
    return _names(library.stories)


@fact("public")
def _tell_public(library: Library) -> str:
    return _names(library.public)


@fact("stories-of")
def _tell_stories_of(library: Library, kind: str, name: str) -> str:
    entry = library.by_key.get((kind, name))
    return _names(library.stories_of(entry)) if entry else ""


@fact("references")
def _tell_references(library: Library, kind: str, name: str) -> str:
    entry = library.by_key.get((kind, name))
    return repr([(each.origin.key, each.location) for each in library.references_to(entry)]) if entry else ""


@fact("today")
def _tell_today(library: Library) -> str:
    return library.today.isoformat()


@fact("come")
def _tell_come(library: Library, day: str) -> str:
    return str(library.has_come(date.fromisoformat(day)))


@fact("media")
def _tell_media(library: Library, name: str) -> str:
    return repr(library.media.info(name))


@fact("changed")
def _tell_changed(library: Library, path: str) -> str:
    return str(library.history and library.history.changed(path))


@fact("hidden")
def _tell_hidden(library: Library) -> str:
    return repr(sorted(library.shared(find_hidden)))


@fact("withdrawn")
def _tell_withdrawn(library: Library) -> str:
    return repr(sorted(library.shared(find_withdrawn)))


def _names(entries: tuple[Entry[Kind], ...]) -> str:
    return " ".join("/".join(entry.key) for entry in entries)
