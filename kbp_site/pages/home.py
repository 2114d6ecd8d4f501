"""The home page: who this is, what it does, what is new, what comes next, and the ways in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kbp_site.content.library import Entry, Library
from kbp_site.content.records import STORIES
from kbp_site.content.records.base import Envelope, FollowUpState, Story
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.content.records.lessons import Lesson
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.study_visits import StudyVisit, VisitState
from kbp_site.locale import Language, text
from kbp_site.pages.downloads import PATH as DOWNLOADS
from kbp_site.pages.downloads import public_kinds
from kbp_site.pages.lessons import lesson_card
from kbp_site.pages.locator import locate
from kbp_site.pages.map import PATH as MAP
from kbp_site.pages.map import told
from kbp_site.pages.page import Link, Page
from kbp_site.pages.parts import (
    ClaimView,
    FollowUpView,
    View,
    card,
    claim_view,
    described,
    follow_up_view,
    number,
)
from kbp_site.pages.render import Prose
from kbp_site.pages.sketch import draw
from kbp_site.pages.surface import spots_of
from kbp_site.pages.taxonomy import YEARS, role_cards
from kbp_site.pages.terms import Annotator
from kbp_site.pages.timeline import PATH as TIMELINE

LATEST, FIGURES, NEXT, LESSONS, PLACES = 5, 3, 4, 3, 5
"""How many of each the page shows."""

MAP_HEIGHT = 230


@dataclass(frozen=True)
class Figure:
    """A figure, and the story that it is from."""

    claim: ClaimView
    origin: Link


@dataclass(frozen=True)
class Promise:
    """An open follow-up, and the story that it is from."""

    follow_up: FollowUpView
    origin: Link


def plan_home(library: Library, language: Language) -> Page:
    """Plan the home page."""
    view = View(library, "", language)
    site = view.site
    terms = Annotator(view)
    owner = library.get(Organization, site.organization)
    spots = spots_of(library)
    fallback = text("Cerita, pelajaran, dan data dari {site}.", site=site.title)
    return Page(
        "",
        "home.md.jinja",
        site.title,
        described(site.tagline or view.say(fallback)),
        {
            "label": owner.said(view.language).title if owner else site.title,
            "summary": site.tagline or "",
            "about": terms.prose(_first_paragraph(view, owner)),
            "about_language": view.foreign(owner) if owner else "",
            "owner": (view.link(owner),) if owner else (),
            "locator": locate(view, spots),
            "roles": role_cards(view),
            "stories": tuple(card(view, entry) for entry in islice(_past(library), LATEST)),
            "all_stories": _all_stories(view),
            "sketch": draw(view, spots, most_height=MAP_HEIGHT),
            "places": told(view, {spot.entry.id for spot in spots})[:PLACES],
            "map": Link(view.say(text("Buka peta")), view.to(MAP)),
            "figures": tuple(islice(_figures(view), FIGURES)),
            "coming": tuple(card(view, entry) for entry in islice(_coming(library), NEXT)),
            "promises": tuple(islice(_promises(view), NEXT)),
            "lessons": tuple(lesson_card(view, entry) for entry in library.of(Lesson)[:LESSONS]),
            "all_lessons": _all(view, Lesson),
            "ways": _ways(view),
            "meanings": terms.meanings(),
        },
        source=library.site_entry.source.path,
        language=language,
    )


def _first_paragraph(view: View, owner: Entry[Organization] | None) -> Prose:
    """Return the first paragraph of what the site's organization says of itself, headings left out."""
    about = owner.said(view.language).about if owner else None
    blocks = (block for block in (about or "").split("\n\n") if block and not block.startswith("#"))
    return Prose(next(blocks, ""))


def _all(view: View, kind: type[Envelope]) -> Link:
    """Return a link to a section, with how many records it holds."""
    return Link(view.say(kind.LABEL), view.to(f"{kind.PATH}/"), number(len(view.library.of(kind)), view.language))


def _all_stories(view: View) -> tuple[Link, ...]:
    return tuple(_all(view, kind) for kind in STORIES if view.library.of(kind))


def _is_coming(library: Library, entry: Entry[Story]) -> bool:
    """Whether a visit is planned or an exhibition is to come; a planned visit may have no date yet."""
    record, last = entry.record, entry.record.date.last
    if isinstance(record, StudyVisit):
        return record.state is VisitState.PLANNED and (last is None or last >= library.today)
    return isinstance(record, Exhibition) and last is not None and last >= library.today


def _past(library: Library) -> Iterator[Entry[Story]]:
    """Yield what took place: no plans, also not those whose day has passed, and nothing that was cancelled."""
    for entry in library.stories:
        state = entry.record.state if isinstance(entry.record, StudyVisit) else VisitState.DONE
        if state is VisitState.DONE and not _is_coming(library, entry):
            yield entry


def _coming(library: Library) -> Iterator[Entry[Story]]:
    """Yield planned visits and exhibitions to come, the nearest first, those without a date last."""
    found = [entry for entry in library.stories if _is_coming(library, entry)]
    yield from sorted(found, key=lambda entry: (entry.record.date.sort_key, entry.key))


def _figures(view: View) -> Iterator[Figure]:
    for entry in view.library.stories:
        record = entry.said(view.language)
        for claim in record.claims:
            yield Figure(claim_view(view, claim, record.sources), view.link(entry))


def _promises(view: View) -> Iterator[Promise]:
    for entry in view.library.stories:
        for follow_up in entry.said(view.language).follow_ups:
            if follow_up.state is FollowUpState.OPEN:
                yield Promise(follow_up_view(view, follow_up), view.link(entry))


def _ways(view: View) -> tuple[Link, ...]:
    """Return the ways in: every section, with how many records it holds."""
    library = view.library
    years = {year for entry in library.stories for year in entry.record.date.years}
    return (
        *(_all(view, kind) for kind in public_kinds()),
        Link(view.say(text("Tahun")), view.to(YEARS), number(len(years), view.language)),
        Link(view.say(text("Lini masa")), view.to(TIMELINE)),
        Link(view.say(text("Peta")), view.to(MAP)),
        Link(view.say(text("Data")), view.to(DOWNLOADS)),
    )
