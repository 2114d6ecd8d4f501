"""Places: the tree of all of them, and each one's own page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.places import Place, PlaceMatch
from kbp_site.locale import Language, Text, text
from kbp_site.pages.endings import ending
from kbp_site.pages.listing import Intro, Listing, plan_listing
from kbp_site.pages.page import Link, Page, Planned, path_of
from kbp_site.pages.parts import (
    Fact,
    LinkList,
    View,
    count_stories,
    described,
    envelope_facts,
    fact,
    link_list,
    see_also,
    words_in,
)
from kbp_site.pages.within import DEEPEST, above_of, stories_within

Children = dict[str | None, list[Entry[Place]]]


@dataclass(frozen=True)
class Branch:
    """One place in the tree: ``opens`` a list of its parts, or ``closes`` this many lists after it."""

    link: Link
    opens: bool
    closes: int


def plan_places(library: Library, language: Language) -> Iterator[Planned]:
    """Plan the tree of places, and each place's own page."""
    view = View(library, f"{Place.PATH}/", language)
    yield Planned(view.path, language, partial(_plan_tree, view))
    for entry in library.of(Place):
        yield from _plan_place(library, entry, language)


def _plan_tree(view: View) -> Page:
    summary = view.say(text("Tempat yang disebut dalam cerita, dari yang luas ke yang kecil."))
    context = {
        "label": view.site.title,
        "summary": summary,
        "branches": _branches(view),
        "empty": view.say(text("Belum ada tempat yang tercatat.")),
        "map": Link(view.say(text("Lihat di peta")), view.to("peta/")),
    }
    title = view.say(text("Tempat"))
    return Page(view.path, "places.md.jinja", title, described(summary), context, language=view.language)


def _branches(view: View) -> tuple[Branch, ...]:
    rows = list(_walk(view.library))
    depths = [*(depth for _, depth in rows[1:]), 0]
    return tuple(
        Branch(
            view.link(entry, _count(view, entry)),
            opens=following > depth,
            closes=max(0, depth - following),
        )
        for (entry, depth), following in zip(rows, depths, strict=False)
    )


def _walk(library: Library) -> Iterator[tuple[Entry[Place], int]]:
    """Yield every place with its depth, each before its parts; without recursion, however deep."""
    children: Children = {}
    for entry in library.of(Place):
        above = library.get(Place, entry.record.part_of)
        children.setdefault(above.id if above else None, []).append(entry)
    waiting = [(entry, 0) for entry in reversed(children.get(None, []))]
    while waiting:
        entry, depth = waiting.pop()
        yield entry, depth
        waiting += [(part, min(depth + 1, DEEPEST)) for part in reversed(children.get(entry.id, []))]


def _plan_place(library: Library, entry: Entry[Place], language: Language) -> Iterator[Planned]:
    path = path_of(entry)
    view = View(library, path, language)
    record = entry.said(view.language)
    level = record.level.say(view.language)
    stories = stories_within(library, entry)
    fallback = text(
        "{title} ({level}): {count} dari {site}.",
        title=record.title,
        level=level.lower(),
        count=count_stories(view, len(stories)),
        site=view.site.title,
    )
    intro = Intro(
        level,
        record.summary or "",
        _facts(view, entry),
        _notes(view, record),
        lists=(*_parts(view, entry), *see_also(view, record)),
        ending=ending(view, record),
    )
    listing = Listing(
        path,
        record.title,
        described(record.summary or view.say(fallback)),
        intro,
        stories,
        _heading(view, entry, len(stories)),
        text("Belum ada cerita yang menyebut tempat ini."),
        _trail(view, entry),
        entry.source.path,
    )
    return plan_listing(library, listing, language)


def _heading(view: View, entry: Entry[Place], count: int) -> Text:
    """Say whose stories the list holds, and how many where they are not all the place's own."""
    if count == len(view.library.stories_of(entry)):
        return text("Cerita dari tempat ini")
    return text("{count} dari tempat ini dan bagian-bagiannya", count=count_stories(view, count))


def _count(view: View, entry: Entry[Place]) -> str:
    return count_stories(view, len(stories_within(view.library, entry)))


def _trail(view: View, entry: Entry[Place]) -> tuple[tuple[str, str], ...]:
    """Return the way down to a place: all places, and those it is part of."""
    steps = [(above.said(view.language).title, path_of(above)) for above in above_of(view.library, entry)]
    return ((view.say(text("Tempat")), f"{Place.PATH}/"), *reversed(steps))


def _facts(view: View, entry: Entry[Place]) -> tuple[Fact, ...]:
    language, record = view.language, entry.said(view.language)
    is_renamed = record.title != entry.record.title
    has_point = record.latitude is not None and record.longitude is not None
    return (
        *fact(view, text("Tingkat wilayah"), record.level.say(language)),
        *fact(view, text("Bagian dari"), *view.links(view.library.named(Place, filter(None, [record.part_of])))),
        *fact(view, text("Dimekarkan dari"), *view.links(view.library.named(Place, filter(None, [record.split_from])))),
        *fact(view, text("Kode Kemendagri"), record.code_kemendagri),
        *fact(view, text("Kode BPS"), record.code_bps),
        *fact(view, text("Koordinat"), f"{record.latitude}, {record.longitude}" if has_point else None),
        *fact(view, text("Letak titik"), record.point.say(language) if has_point and record.point else None),
        *fact(view, text("Sumber titik"), words_in(view.untranslated, record.point_source) if has_point else None),
        *fact(view, text("Nama Indonesia"), words_in(view.untranslated, entry.record.title) if is_renamed else None),
        *fact(view, text("Ejaan lain"), *(words_in(view.untranslated, name) for name in record.as_written)),
        *envelope_facts(view, record),
    )


def _notes(view: View, record: Place) -> tuple[str, ...]:
    if record.match is PlaceMatch.AMBIGUOUS:
        ambiguous = text("Nama di sumber dapat berarti lebih dari satu tempat. Yang mana belum dapat dipastikan.")
        return (view.say(ambiguous),)
    if record.match is PlaceMatch.PROBABLE:
        return (view.say(text("Nama di sumber mungkin berarti tempat ini, tetapi belum dapat dipastikan.")),)
    return ()


def _parts(view: View, entry: Entry[Place]) -> tuple[LinkList, ...]:
    """Return the places that are part of this one, and those that were split from it."""
    rows = (
        ("part_of", "bagian", view.say(text("Bagian-bagiannya"))),
        ("split_from", "pemekaran", view.say(text("Dimekarkan dari tempat ini"))),
    )
    return tuple(
        found for field, name, heading in rows for found in link_list(name, heading, _from_field(view, entry, field))
    )


def _from_field(view: View, entry: Entry[Place], field: str) -> list[Link]:
    names = (r.origin.id for r in view.library.references_to(entry) if r.field == field)
    places = view.library.named(Place, names)
    return [view.link(place, _count(view, place)) for place in places]
