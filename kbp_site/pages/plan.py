"""The plan of the site: every page that a library gives, in every language of the site, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from kbp_site.content.library import Library
from kbp_site.content.records import STORIES
from kbp_site.content.records.activities import Activity
from kbp_site.content.records.allocations import Allocation
from kbp_site.content.records.lessons import Lesson
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.places import Place
from kbp_site.content.records.roles import Role
from kbp_site.content.records.terms import Term
from kbp_site.content.records.topics import Topic
from kbp_site.locale import Language
from kbp_site.pages.downloads import plan_downloads
from kbp_site.pages.funding import plan_funding
from kbp_site.pages.glossary import plan_glossary
from kbp_site.pages.home import plan_home
from kbp_site.pages.lessons import plan_lessons
from kbp_site.pages.listing import plan_activity_kinds, plan_sections
from kbp_site.pages.map import plan_map
from kbp_site.pages.offline import plan_offline
from kbp_site.pages.organizations import plan_organizations
from kbp_site.pages.page import Page, Planned, planned_record
from kbp_site.pages.places import plan_places
from kbp_site.pages.search import plan_search
from kbp_site.pages.story import plan_story
from kbp_site.pages.taxonomy import plan_roles, plan_topics, plan_years
from kbp_site.pages.timeline import plan_timeline
from kbp_site.pages.updates import updated_of

Plan = Callable[[Library, Language], Iterable[Planned]]


class Chapter(NamedTuple):
    """Pages that are planned together, and the sections (the first parts of their paths) that they stand in."""

    sections: tuple[str, ...]
    plan: Plan


def _one(path: str, plan: Callable[[Library, Language], Page]) -> Plan:
    return lambda library, language: (Planned(path, language, partial(plan, library, language)),)


def plan_stories(library: Library, language: Language) -> Iterator[Planned]:
    """Plan the page of each story."""
    return (planned_record(plan_story, library, entry, language) for entry in library.stories)


STORY_PATHS = tuple(kind.PATH for kind in STORIES)

CHAPTERS = (
    Chapter(("",), _one("", plan_home)),
    Chapter(STORY_PATHS, plan_sections),
    Chapter((Activity.PATH,), plan_activity_kinds),
    Chapter(STORY_PATHS, plan_stories),
    Chapter((Lesson.PATH,), plan_lessons),
    Chapter((Role.PATH,), plan_roles),
    Chapter((Topic.PATH,), plan_topics),
    Chapter(("tahun",), plan_years),
    Chapter((Place.PATH,), plan_places),
    Chapter((Organization.PATH,), plan_organizations),
    Chapter((Allocation.PATH,), plan_funding),
    Chapter((Term.PATH,), plan_glossary),
    Chapter(("lini-masa",), plan_timeline),
    Chapter(("peta",), _one("peta/", plan_map)),
    Chapter(("cari",), _one("cari/", plan_search)),
    Chapter(("data",), _one("data/", plan_downloads)),
    Chapter(("luring",), _one("luring/", plan_offline)),
)
"""The whole site, in the order that its pages are planned in."""


def plan_all(library: Library) -> Iterator[Planned]:
    """Plan the whole site, page by page, none of which is made: each exists in every language, so that a reader can
    change it anywhere."""
    for chapter in CHAPTERS:
        pages = [page for language in library.languages for page in chapter.plan(library, language)]
        copies: dict[str, tuple[Language, ...]] = {}
        for page in pages:
            if not page.is_original:
                copies[page.path] = (*copies.get(page.path, ()), page.language)
        for page in pages:
            known = copies.get(page.path, ())
            yield replace(page, make=partial(_make, library, page, known), given=(page.given, known))


def plan_pages(library: Library) -> tuple[Page, ...]:
    """Make every page of the site, in a fixed order."""
    return tuple(page.make() for page in plan_all(library))


def _make(library: Library, planned: Planned, copies: tuple[Language, ...]) -> Page:
    return with_editions(library, planned.make(), copies)


def with_editions(library: Library, page: Page, copies: tuple[Language, ...]) -> Page:
    """Return a page that knows its editions in other languages, which of them are ``copies``, and how old it is."""
    others = tuple(language for language in library.languages if language != page.language)
    return replace(page, editions=others, copies=copies, updated=updated_of(library, page))
