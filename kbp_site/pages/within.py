"""What a place holds: its own stories and those of all its parts, each once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Story
from kbp_site.content.records.places import Place
from kbp_site.content.watched import fact

DEEPEST = 8
"""So many places above one another are followed; the levels of a place are six."""


def stories_within(library: Library, entry: Entry[Place]) -> tuple[Entry[Story], ...]:
    """Return the stories of a place and of the places below it, new to old."""
    library.looks_at("stories-within", entry.id)
    return library.shared(_within).get(entry.id, ())


@fact("stories-within")
def _tell_within(library: Library, name: str) -> str:
    return " ".join("/".join(story.key) for story in library.shared(_within).get(name, ()))


def _within(library: Library) -> Mapping[str, tuple[Entry[Story], ...]]:
    """Return the stories of every place and its parts: each place is carried up to those above it once, so the
    work grows with the stories and not with their pairs."""
    ranks = {story.key: rank for rank, story in enumerate(library.stories)}
    found: dict[str, set[int]] = {}
    for entry in library.of(Place):
        own = [ranks[story.key] for story in library.stories_of(entry)]
        for above in (entry, *above_of(library, entry)):
            found.setdefault(above.id, set()).update(own)
    return {name: tuple(library.stories[rank] for rank in sorted(many)) for name, many in found.items()}


def above_of(library: Library, entry: Entry[Place]) -> Iterator[Entry[Place]]:
    """Yield the places that a place is part of, the nearest first, at most `DEEPEST`."""
    for _ in range(DEEPEST):
        above = library.get(Place, entry.record.part_of)
        if above is None:
            return
        yield above
        entry = above
