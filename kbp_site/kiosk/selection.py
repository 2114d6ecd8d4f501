"""Which records an exhibition's kiosk holds: what it is to show, and what that needs to be understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kbp_site.content.library import Entry, Key, Library, references
from kbp_site.content.problems import KbpError
from kbp_site.content.records.base import Kind
from kbp_site.content.records.consents import ConsentScope
from kbp_site.content.records.exhibitions import Exhibition, Kiosk
from kbp_site.content.records.lessons import Lesson
from kbp_site.content.records.observances import Observance
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.places import Place
from kbp_site.content.records.roles import Role
from kbp_site.content.records.terms import Term
from kbp_site.content.records.topics import Topic
from kbp_site.content.suggestions import suggest
from kbp_site.locale import text

EXPLAINING = frozenset(kind.FOLDER for kind in (Topic, Role, Term, Place, Organization, Observance))
"""Kinds that come along when a record that is shown names them; stories and lessons only when they are chosen."""


def find_exhibition(library: Library, name: str) -> Entry[Exhibition]:
    """Return the public exhibition with an id; raises `KbpError` with the nearest when there is none."""
    entry = library.get(Exhibition, name.removeprefix(f"{Exhibition.FOLDER}/").removesuffix(".yml"))
    if entry is None:
        known = [entry.id for entry in library.of(Exhibition)]
        raise KbpError(
            text('tidak ada pameran terbit bernama "{name}"; {hint}', name=name, hint=suggest(name, known))
            if known
            else text("belum ada pameran yang terbit; buat dengan kbp new exhibitions")
        )
    return entry


def select(library: Library, exhibition: Entry[Exhibition]) -> Library:
    """Return what an exhibition's kiosk may show: of the public records some, of the photos those that may be there."""
    chosen = {entry.key for entry in shown_first(library, exhibition)} | {exhibition.key}
    waiting = list(chosen)
    while waiting:
        entry = library.by_key[waiting.pop()]
        for key in _explained(library, entry):
            if key not in chosen:
                chosen.add(key)
                waiting.append(key)
    return library.limited(chosen, ConsentScope.KIOSK)


def shown_first(library: Library, exhibition: Entry[Exhibition]) -> tuple[Entry[Kind], ...]:
    """Return the stories and lessons of a kiosk in its order; all of the site's when it names none."""
    named = _named(library, kiosk_of(exhibition).playlist)
    if named:
        return tuple(dict.fromkeys([*named, *_named(library, kiosk_of(exhibition).attract)]))
    return (*library.stories, *library.of(Lesson))


def slides(library: Library, exhibition: Entry[Exhibition]) -> tuple[Entry[Kind], ...]:
    """Return the records that take turns on the screen while nobody touches it; the first few when none are named."""
    return _named(library, kiosk_of(exhibition).attract) or shown_first(library, exhibition)[:5]


def kiosk_of(exhibition: Entry[Exhibition]) -> Kiosk:
    """Return how an exhibition's kiosk behaves; without a word of it, as all do."""
    return exhibition.record.kiosk or Kiosk()


def _named(library: Library, names: Iterable[str]) -> tuple[Entry[Kind], ...]:
    return tuple(entry for name in names if (entry := library.find(name)))


def _explained(library: Library, entry: Entry[Kind]) -> Iterator[Key]:
    for reference in references(entry):
        there = library.by_key.get(reference.target)
        if there and there.kind in EXPLAINING and library.shows(there):
            yield there.key
