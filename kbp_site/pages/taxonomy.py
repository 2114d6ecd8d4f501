"""Facets with addresses of their own: roles, topics and years, each with its stories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from kbp_site.content.library import E, Entry, Library
from kbp_site.content.records.base import Story
from kbp_site.content.records.lessons import Lesson
from kbp_site.content.records.roles import Role
from kbp_site.content.records.topics import Topic
from kbp_site.locale import Language, Text, text
from kbp_site.pages.endings import ending
from kbp_site.pages.index import plan_index
from kbp_site.pages.listing import Intro, Listing, plan_listing
from kbp_site.pages.page import Link, Page, Planned, path_of
from kbp_site.pages.parts import (
    LinkList,
    View,
    count_stories,
    described,
    envelope_facts,
    link_list,
    see_also,
    translation_notes,
)
from kbp_site.pages.terms import Annotator

YEARS = "tahun/"
UNDATED = f"{YEARS}belum-tercatat/"


@dataclass(frozen=True)
class RoleCard:
    """A role with its icon, and how many stories show it."""

    title: str
    href: str
    icon: str
    summary: str
    count: str
    language: str


def role_cards(view: View) -> tuple[RoleCard, ...]:
    """Return the cards of all roles, in order."""
    return tuple(_role_card(view, entry) for entry in view.library.of(Role))


def _role_card(view: View, entry: Entry[Role]) -> RoleCard:
    role = entry.said(view.language)
    return RoleCard(
        role.title,
        view.to(path_of(entry)),
        (role.icon or "account-group").rpartition("/")[2],
        role.summary or "",
        count_stories(view, len(view.library.stories_of(entry))),
        view.foreign(entry),
    )


def plan_roles(library: Library, language: Language) -> Iterator[Planned]:
    """Plan the page of all roles, and each role's own."""
    view = View(library, f"{Role.PATH}/", language)
    yield Planned(view.path, language, partial(_index_roles, view))
    for entry in library.of(Role):
        yield from _plan_facet(view, entry, text("Tentang peran ini"))


def _index_roles(view: View) -> Page:
    title = view.say(text("Peran"))
    about = text("Peran yang dijalankan {site}, dengan cerita tentang masing-masing.", site=view.site.title)
    summary = view.say(about)
    context = {
        "label": view.site.title,
        "summary": summary,
        "roles": role_cards(view),
        "empty": view.say(text("Belum ada peran yang tercatat.")),
    }
    return Page(view.path, "roles.md.jinja", title, described(summary), context, language=view.language)


def plan_topics(library: Library, language: Language) -> Iterator[Planned]:
    """Plan the page of all topics, and each topic's own."""
    view = View(library, f"{Topic.PATH}/", language)
    yield Planned(view.path, language, partial(_index_topics, view))
    for entry in library.of(Topic):
        yield from _plan_facet(view, entry, text("Tentang topik ini"))


def _index_topics(view: View) -> Page:
    library = view.library
    links = (view.link(entry, count_stories(view, len(library.stories_of(entry)))) for entry in library.of(Topic))
    return plan_index(
        view,
        text("Topik"),
        text("Cerita dan pelajaran menurut pokok bahasannya."),
        link_list("semua-topik", view.say(text("Semua topik")), links),
        empty=text("Belum ada topik yang tercatat."),
    )


def _plan_facet(above: View, entry: Entry[Role] | Entry[Topic], about: Text) -> Iterator[Planned]:
    library, path = above.library, path_of(entry)
    view = View(library, path, above.language)
    record = entry.said(view.language)
    terms = Annotator(view)
    label = record.LABEL_ONE
    sections = terms.section(entry, "tentang", about, "about")
    stories = library.stories_of(entry)
    fallback = text(
        "{label} {title}: {count} dari {site}.",
        label=label,
        title=record.title,
        count=count_stories(view, len(stories)),
        site=view.site.title,
    )
    intro = Intro(
        view.say(label),
        record.summary or "",
        envelope_facts(view, record),
        translation_notes(view, entry, sections) if sections else (),
        sections,
        lists=(*_lessons(view, entry), *see_also(view, record)),
        ending=ending(view, record),
        meanings=terms.meanings(),
        language=view.foreign(entry),
    )
    listing = Listing(
        path,
        record.title,
        described(record.summary or view.say(fallback)),
        intro,
        stories,
        trail=((view.say(record.LABEL), f"{record.PATH}/"),),
        source=entry.source.path,
    )
    return plan_listing(library, listing, view.language)


def _lessons(view: View, entry: Entry[E]) -> tuple[LinkList, ...]:
    """Return the lessons that name a role or topic."""
    names = (r.origin.id for r in view.library.references_to(entry) if r.origin.kind == Lesson.FOLDER)
    lessons = view.library.named(Lesson, dict.fromkeys(names))
    return link_list("pelajaran", view.say(text("Pelajaran")), view.links(lessons))


def plan_years(library: Library, language: Language) -> Iterator[Planned]:
    """Plan the page of all years, each year's own, and that of stories without a date."""
    view = View(library, YEARS, language)
    yield Planned(view.path, language, partial(_index_years, view))
    for year, stories in stories_by_year(library).items():
        yield from _plan_year(view, year, stories)
    yield from _plan_undated(view, _undated(library))


def _undated(library: Library) -> list[Entry[Story]]:
    return [entry for entry in library.stories if not entry.record.date.is_known]


def _index_years(view: View) -> Page:
    years, undated = stories_by_year(view.library), _undated(view.library)
    links = [_year_link(view, str(year), year_path(year), stories) for year, stories in years.items()]
    if undated:
        links.append(_year_link(view, view.say(text("Tanggal belum tercatat")), UNDATED, undated))
    return plan_index(
        view,
        text("Tahun"),
        text("Cerita menurut tahunnya. Yang tanggalnya belum tercatat berdiri sendiri."),
        link_list("semua-tahun", view.say(text("Semua tahun")), links),
        empty=text("Belum ada cerita yang tercatat."),
    )


def year_path(year: int) -> str:
    """Return the address of a year's listing."""
    return f"{YEARS}{year}/"


def stories_by_year(library: Library) -> dict[int, list[Entry[Story]]]:
    """Return the stories of every year that they touch, the newest year first."""
    found: dict[int, list[Entry[Story]]] = {}
    for entry in library.stories:
        for year in entry.record.date.years:
            found.setdefault(year, []).append(entry)
    return {year: found[year] for year in sorted(found, reverse=True)}


def _year_link(view: View, words: str, path: str, stories: list[Entry[Story]]) -> Link:
    return Link(words, view.to(path), count_stories(view, len(stories)))


def _plan_year(above: View, year: int, stories: list[Entry[Story]]) -> Iterator[Planned]:
    library, view = above.library, View(above.library, year_path(year), above.language)
    label = view.say(text("Tahun"))
    count = count_stories(view, len(stories))
    description = view.say(
        text("{count} dari tahun {year}, menurut catatan {site}.", count=count, year=year, site=view.site.title)
    )
    listing = Listing(
        view.path,
        view.say(text("Tahun {year}", year=year)),
        described(description),
        Intro(label, count),
        stories,
        trail=((label, YEARS),),
    )
    return plan_listing(library, listing, view.language)


def _plan_undated(above: View, stories: list[Entry[Story]]) -> Iterator[Planned]:
    library, view = above.library, View(above.library, UNDATED, above.language)
    label = view.say(text("Tahun"))
    summary = view.say(text("Sumber cerita-cerita ini tidak menyebut kapan terjadinya. Kami tidak mengira-ngira."))
    listing = Listing(
        UNDATED,
        view.say(text("Tanggal belum tercatat")),
        described(summary),
        Intro(label, summary),
        stories,
        empty=text("Semua cerita sudah bertanggal."),
        trail=((label, YEARS),),
    )
    return plan_listing(library, listing, view.language)
