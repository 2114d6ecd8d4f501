"""Listings: cards of records, sheet by sheet, below what there is to say about what they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.activities import Activity, ActivityKind
from kbp_site.content.records.base import Envelope
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.content.records.study_visits import StudyVisit
from kbp_site.locale import Language, Text, text
from kbp_site.pages.endings import NO_ENDING, Ending
from kbp_site.pages.facets import story_facets
from kbp_site.pages.page import Link, Page, Planned
from kbp_site.pages.parts import (
    Fact,
    LinkList,
    Section,
    View,
    card,
    count_stories,
    described,
    link_list,
    number,
)
from kbp_site.pages.sheets import Sheet, cut, pager, title_of
from kbp_site.pages.terms import Meaning

STORIES_HERE = text("Cerita")
NO_STORIES = text("Belum ada cerita yang tercatat di sini.")


@dataclass(frozen=True)
class Intro:
    """What stands around a listing on its first sheet."""

    label: str
    summary: str = ""
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    facets: tuple[LinkList, ...] = ()
    lists: tuple[LinkList, ...] = ()
    ending: Ending = NO_ENDING
    meanings: tuple[Meaning, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Listing:
    """A list of records, before it is cut into sheets.

    ``heading`` stands above the cards and ``empty`` in their place; ``trail`` is the way here from
    home: (words, path) of every page above.
    """

    path: str
    title: str
    description: str
    intro: Intro
    entries: Sequence[Entry[Envelope]]
    heading: Text = STORIES_HERE
    empty: Text = NO_STORIES
    trail: tuple[tuple[str, str], ...] = ()
    source: str = ""


def plan_listing(library: Library, listing: Listing, language: Language) -> Iterator[Planned]:
    """Plan the pages of a listing, one a sheet; what stands around it is on the first only."""
    about = replace(listing, entries=())
    for sheet in cut(listing.path, listing.entries):
        shown = about if sheet.number == 1 else replace(about, intro=Intro(about.intro.label), source="")
        given = (shown, sheet.number, sheet.count, [entry.key for entry in sheet.items])
        make = partial(_plan_sheet, View(library, sheet.path, language), shown, sheet)
        yield Planned(sheet.path, language, make, given, is_original=not shown.intro.language)


def _plan_sheet(view: View, listing: Listing, sheet: Sheet[Entry[Envelope]]) -> Page:
    is_first, intro = sheet.number == 1, listing.intro
    trail = listing.trail if is_first else (*listing.trail, (listing.title, listing.path))
    title = title_of(view, listing.title, sheet)
    context = {
        "label": intro.label,
        "summary": intro.summary,
        "language": intro.language,
        "facts": intro.facts,
        "notes": intro.notes,
        "sections": intro.sections,
        "facets": intro.facets,
        "lists": intro.lists,
        "heading": view.say(listing.heading),
        "cards": tuple(card(view, entry) for entry in sheet.items),
        "empty": view.say(listing.empty),
        "pages": pager(view, sheet),
        "ending": intro.ending,
        "meanings": intro.meanings,
    }
    return Page(
        sheet.path,
        "listing.md.jinja",
        title,
        listing.description if is_first else described(f"{title}. {listing.description}"),
        context,
        source=listing.source,
        language=view.language,
        crumbs=view.crumbs(*trail),
        is_original=not intro.language,
    )


@dataclass(frozen=True)
class SectionWords:
    """The words of a kind's own section."""

    title: Text
    summary: Text
    heading: Text
    empty: Text


SECTIONS: tuple[tuple[type[Envelope], SectionWords], ...] = (
    (
        Activity,
        SectionWords(
            text("Kegiatan"),
            text("Apa yang sudah dikerjakan bersama warga: masalahnya, jalannya, dan hasilnya."),
            text("Semua kegiatan"),
            text("Belum ada kegiatan yang tercatat."),
        ),
    ),
    (
        StudyVisit,
        SectionWords(
            text("Studi banding"),
            text("Kunjungan belajar antarkomunitas: siapa bertemu siapa, dan apa yang dibawa pulang."),
            text("Semua studi banding"),
            text("Belum ada studi banding yang tercatat."),
        ),
    ),
    (
        Exhibition,
        SectionWords(
            text("Pameran"),
            text("Pameran dan hari besar tempat komunitas menunjukkan kerjanya kepada umum."),
            text("Semua pameran"),
            text("Belum ada pameran yang tercatat."),
        ),
    ),
)


def plan_sections(library: Library, language: Language) -> Iterator[Planned]:
    """Plan the sections of the story kinds."""
    for kind, words in SECTIONS:
        yield from _plan_section(View(library, f"{kind.PATH}/", language), kind, words)


def _plan_section(view: View, kind: type[Envelope], words: SectionWords) -> Iterator[Planned]:
    facets = (*(_activity_kinds(view) if kind is Activity else ()), *story_facets(view))
    summary = view.say(words.summary)
    intro = Intro(view.site.title, summary, facets=facets)
    entries = view.library.of(kind)
    listing = Listing(view.path, view.say(words.title), summary, intro, entries, words.heading, words.empty)
    return plan_listing(view.library, listing, view.language)


def plan_activity_kinds(library: Library, language: Language) -> Iterator[Planned]:
    """Plan the listings of each sort of activity that occurs."""
    for kind, entries in _by_kind(library).items():
        path = activity_kind_path(kind)
        view = View(library, path, language)
        words = kind.say(view.language)
        section = view.say(text("Kegiatan"))
        listing = Listing(
            path,
            view.say(text("Kegiatan: {kind}", kind=words)),
            view.say(
                text(
                    "{count} tentang {kind} dari {site}.",
                    count=count_stories(view, len(entries)),
                    kind=words.lower(),
                    site=view.site.title,
                )
            ),
            Intro(section, facets=(*_activity_kinds(view), *story_facets(view))),
            entries,
            trail=((section, f"{Activity.PATH}/"),),
        )
        yield from plan_listing(library, listing, language)


def activity_kind_path(kind: ActivityKind) -> str:
    """Return the address of the listing of one sort of activity."""
    return f"{Activity.PATH}/jenis/{kind.value.replace('_', '-')}/"


def _by_kind(library: Library) -> dict[ActivityKind, list[Entry[Activity]]]:
    found: dict[ActivityKind, list[Entry[Activity]]] = {}
    for entry in library.of(Activity):
        found.setdefault(entry.record.kind, []).append(entry)
    return {kind: found[kind] for kind in ActivityKind if kind in found}


def _activity_kinds(view: View) -> tuple[LinkList, ...]:
    links = [
        Link(kind.say(view.language), view.to(activity_kind_path(kind)), number(len(entries), view.language))
        for kind, entries in _by_kind(view.library).items()
    ]
    return link_list("jenis", view.say(text("Menurut jenis")), links)
