"""The plan of the site: every page that a library gives, in every language of the site, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
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
from kbp_site.pages.page import Page
from kbp_site.pages.places import plan_places
from kbp_site.pages.search import plan_search
from kbp_site.pages.story import plan_story
from kbp_site.pages.taxonomy import plan_roles, plan_topics, plan_years
from kbp_site.pages.timeline import plan_timeline
from kbp_site.pages.updates import updated_of

Plan = Callable[[Library, Language], Iterable[Page]]


class Chapter(NamedTuple):
    """Pages that are planned together, and the sections (the first parts of their paths) that they stand in."""

    sections: tuple[str, ...]
    plan: Plan


def _one(plan: Callable[[Library, Language], Page]) -> Plan:
    return lambda library, language: (plan(library, language),)


def plan_stories(library: Library, language: Language) -> Iterable[Page]:
    """Plan the page of each story."""
    return (plan_story(library, entry, language) for entry in library.stories)


STORY_PATHS = tuple(kind.PATH for kind in STORIES)

CHAPTERS = (
    Chapter(("",), _one(plan_home)),
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
    Chapter(("peta",), _one(plan_map)),
    Chapter(("cari",), _one(plan_search)),
    Chapter(("data",), _one(plan_downloads)),
    Chapter(("luring",), _one(plan_offline)),
)
"""The whole site, in the order that its pages are planned in."""


STORIES_OF_A_PART = 250


class Part(NamedTuple):
    """A part of the plan that can be made by itself: a chapter, or so many of its stories, from one to another."""

    chapter: int
    stories: tuple[int, int] | None = None


def plan_pages(library: Library) -> tuple[Page, ...]:
    """Plan every page of the site: each exists in every language, so that a reader can change it anywhere."""
    return tuple(page for part in plan_parts(library) for page in plan_part(library, part))


def plan_parts(library: Library) -> Iterator[Part]:
    """Yield the parts of the plan, in order; all editions of a page lie in one of them."""
    for number, chapter in enumerate(CHAPTERS):
        if chapter.plan is plan_stories:
            count = len(library.stories)
            starts = range(0, count, STORIES_OF_A_PART)
            yield from (Part(number, (start, min(start + STORIES_OF_A_PART, count))) for start in starts)
        else:
            yield Part(number)


def plan_part(library: Library, part: Part) -> tuple[Page, ...]:
    """Plan one part in every language."""
    if part.stories:
        entries = library.stories[slice(*part.stories)]
        pages = [plan_story(library, entry, language) for entry in entries for language in library.languages]
    else:
        plan = CHAPTERS[part.chapter].plan
        pages = [page for language in library.languages for page in plan(library, language)]
    copies: dict[str, tuple[Language, ...]] = {}
    for page in pages:
        if not page.is_original:
            copies[page.path] = (*copies.get(page.path, ()), page.language)
    return tuple(with_editions(library, page, copies.get(page.path, ())) for page in pages)


def with_editions(library: Library, page: Page, copies: tuple[Language, ...]) -> Page:
    """Return a page that knows its editions in other languages, which of them are ``copies``, and how old it is."""
    others = tuple(language for language in library.languages if language != page.language)
    return replace(page, editions=others, copies=copies, updated=updated_of(library, page))
