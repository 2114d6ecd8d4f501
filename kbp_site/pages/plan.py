"""The plan of the site: every page that a library gives, in every language of the site, in a fixed order."""

from __future__ import annotations

from dataclasses import replace

from kbp_site.content.library import Library
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


def plan_pages(library: Library) -> tuple[Page, ...]:
    """Plan every page of the site: each exists in every language, so that a reader can change it anywhere."""
    pages = [page for language in library.languages for page in plan_edition(library, language)]
    copies: dict[str, tuple[Language, ...]] = {}
    for page in pages:
        if not page.is_original:
            copies[page.path] = (*copies.get(page.path, ()), page.language)
    return tuple(
        replace(
            page,
            editions=tuple(language for language in library.languages if language != page.language),
            copies=copies.get(page.path, ()),
        )
        for page in pages
    )


def plan_edition(library: Library, language: Language) -> tuple[Page, ...]:
    """Plan the pages of one language: one for each public record, and the ways in."""
    return (
        plan_home(library, language),
        *plan_sections(library, language),
        *plan_activity_kinds(library, language),
        *(plan_story(library, entry, language) for entry in library.stories),
        *plan_lessons(library, language),
        *plan_roles(library, language),
        *plan_topics(library, language),
        *plan_years(library, language),
        *plan_places(library, language),
        *plan_organizations(library, language),
        *plan_funding(library, language),
        *plan_glossary(library, language),
        *plan_timeline(library, language),
        plan_map(library, language),
        plan_search(library, language),
        plan_downloads(library, language),
        plan_offline(library, language),
    )
