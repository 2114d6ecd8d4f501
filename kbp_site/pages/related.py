"""Related stories, each with the reason why it is named."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nlargest

from kbp_site.content.library import Entry, Library, order
from kbp_site.content.records.base import Story
from kbp_site.content.records.lessons import Lesson
from kbp_site.content.watched import fact
from kbp_site.locale import Text, text
from kbp_site.pages.page import Link
from kbp_site.pages.parts import View, places_of

LIMIT = 4
COMMON = 200
"""A bond that more stories share than this says nothing about two of them, and is not followed."""

REASONS: dict[str, Text] = {
    "lesson": text("pelajaran yang sama"),
    "place": text("tempat yang sama"),
    "organization": text("lembaga yang sama"),
    "kind": text("jenis kegiatan yang sama"),
    "topic": text("topik yang sama"),
    "role": text("peran yang sama"),
}
"""Why two stories belong together, the strongest reason first."""

WEIGHTS = {name: 2 ** (len(REASONS) - rank) for rank, name in enumerate(REASONS)}
"""A bit for each reason: the bits that two stories share, read as a number, say how near they are."""

Bonds = dict[tuple[str, str], tuple[int, ...]]


def related_to(view: View, entry: Entry[Story], *, beside: Iterable[Entry[Lesson]] = ()) -> tuple[Link, ...]:
    """Return links to at most `LIMIT` stories with the reason: named ones first, then by shared bonds.

    ``beside`` are the lessons that the page links to already.
    """
    known = {lesson.key for lesson in beside}
    written = [found for name in entry.record.related if (found := view.library.find(name))]
    named = [found for found in written if found.key not in known]
    links = [view.link(found, text("dirujuk dari cerita ini").say(view.language)) for found in named[:LIMIT]]
    taken = {entry.key, *(found.key for found in named)}
    for other, reason in _nearest(view.library, entry, beside=len(taken)):
        if len(links) >= LIMIT:
            break
        if other.key not in taken:
            links.append(view.link(other, REASONS[reason].say(view.language)))
    return tuple(links)


def _nearest(library: Library, entry: Entry[Story], *, beside: int) -> Iterable[tuple[Entry[Story], str]]:
    """Yield the nearest stories with the strongest reason, `LIMIT` and some ``beside`` that may be left out."""
    shared: dict[int, int] = {}
    bonds, stories = library.shared(_find_bonds)
    for bond in _bonds(library, entry):
        library.looks_at("bond", *bond)
        weight = WEIGHTS[bond[0]]
        for place in bonds.get(bond, ()):
            shared[place] = shared.get(place, 0) | weight
    for weights, place in nlargest(LIMIT + beside, ((weights, -place) for place, weights in shared.items())):
        yield stories[-place], next(name for name, weight in WEIGHTS.items() if weights & weight)


def _find_bonds(library: Library) -> tuple[Bonds, tuple[Entry[Story], ...]]:
    """Return where in the library's order the stories stand that a bond holds: (reason, id of what is shared)."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, story in enumerate(library.stories):
        for bond in _bonds(library, story):
            found.setdefault(bond, []).append(place)
    return {bond: tuple(many) for bond, many in found.items() if len(many) <= COMMON}, library.stories


@fact("bond")
def _tell_bond(library: Library, reason: str, name: str) -> str:
    """Tell the stories of a bond with what they are put in order by: how near two are also follows from that."""
    orders = library.shared(_orders)
    return "\0".join(orders[place] for place in library.shared(_find_bonds)[0].get((reason, name), ()))


def _orders(library: Library) -> tuple[str, ...]:
    """Return what each story is put in order by, at the places that `_find_bonds` gives."""
    return tuple(repr(order(story)) for story in library.stories)


def _bonds(library: Library, entry: Entry[Story]) -> Iterable[tuple[str, str]]:
    record = entry.record
    for reference in library.references_to(entry):
        if reference.origin.kind == Lesson.FOLDER:
            yield "lesson", reference.origin.id
    for place in places_of(library, record):
        yield "place", place.id
    own = library.site.organization
    for name in [*getattr(record, "organizations", ()), getattr(record, "host", None), *getattr(record, "guests", ())]:
        if name and name != own:
            yield "organization", name
    kind = getattr(record, "kind", None)
    yield "kind", kind.value if kind else entry.kind
    for topic in record.topics:
        yield "topic", topic
    for role in record.roles:
        yield "role", role
