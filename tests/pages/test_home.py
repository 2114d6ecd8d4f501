"""The home page: what is new, every figure with its note, a map where there is one, and ways in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from few_records import MakeLibrary, activity

from kbp_site.content.library import Library
from kbp_site.pages.home import LATEST, LESSONS, plan_home
from kbp_site.pages.render import render_page

LoadSite = Callable[[str], Library]


def home(library: Library) -> dict[str, Any]:
    """Return the context of the home page."""
    return dict(plan_home(library, "id").context)


def test_it_shows_the_newest_stories_and_a_way_to_all(make_library: MakeLibrary) -> None:
    stories = {f"activities/s{n}": activity(f"S{n}", date=str(2001 + n)) for n in range(LATEST + 2)}
    context = home(make_library(stories))
    assert [card.title for card in context["stories"]] == [f"S{n}" for n in range(LATEST + 1, 1, -1)]
    assert [(link.text, link.note) for link in context["all_stories"]] == [("Kegiatan", str(LATEST + 2))]


def test_a_figure_comes_with_its_note(load_site: LoadSite) -> None:
    library = load_site("full")
    figures = home(library)["figures"]
    said = render_page(plan_home(library, "id"))
    assert figures and said.count("kbp-claim__status") == len(figures)
    assert said.count("kbp-claim__note") == sum(bool(figure.claim.note) for figure in figures)


def test_a_lesson_says_what_was_seen_and_how_it_went(load_site: LoadSite) -> None:
    lessons = home(load_site("full"))["lessons"]
    assert 0 < len(lessons) <= LESSONS
    assert all(lesson.seen and lesson.advice for lesson in lessons)
    assert any(trial.outcome for lesson in lessons for trial in lesson.trials)


def test_the_map_is_there_only_with_points(make_library: MakeLibrary) -> None:
    kota = {"title": "Kota", "status": "published", "level": "ward"}
    without = plan_home(make_library({"places/kota": kota}), "id")
    assert "<svg" not in render_page(without)
    drawn = plan_home(make_library({"places/kota": {**kota, "latitude": -3, "longitude": 114}}), "id")
    assert render_page(drawn).count("<svg") == 2


def test_an_empty_site_still_says_who_it_is_and_where_to_go(make_library: MakeLibrary) -> None:
    context = home(make_library({}))
    assert context["ways"] and not context["stories"] and context["sketch"] is None
