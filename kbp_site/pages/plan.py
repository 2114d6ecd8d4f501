"""The plan of the site: every page that a library gives, in a fixed order."""

from __future__ import annotations

from kbp_site.content.library import Library
from kbp_site.pages.downloads import plan_downloads
from kbp_site.pages.funding import plan_funding
from kbp_site.pages.glossary import plan_glossary
from kbp_site.pages.home import plan_home
from kbp_site.pages.lessons import plan_lessons
from kbp_site.pages.listing import plan_activity_kinds, plan_sections
from kbp_site.pages.organizations import plan_organizations
from kbp_site.pages.page import Page
from kbp_site.pages.places import plan_places
from kbp_site.pages.search import plan_search
from kbp_site.pages.sketch import plan_map
from kbp_site.pages.story import plan_story
from kbp_site.pages.taxonomy import plan_roles, plan_topics, plan_years
from kbp_site.pages.timeline import plan_timeline


def plan_pages(library: Library) -> tuple[Page, ...]:
    """Plan every page of the site in the main language: one for each public record, and the ways in."""
    return (
        plan_home(library),
        *plan_sections(library),
        *plan_activity_kinds(library),
        *(plan_story(library, entry) for entry in library.stories),
        *plan_lessons(library),
        *plan_roles(library),
        *plan_topics(library),
        *plan_years(library),
        *plan_places(library),
        *plan_organizations(library),
        *plan_funding(library),
        *plan_glossary(library),
        *plan_timeline(library),
        plan_map(library),
        plan_search(library),
        plan_downloads(library),
    )
