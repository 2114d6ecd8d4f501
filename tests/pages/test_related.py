"""Related stories: named ones first, then those that share most, each with its strongest reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pytest
from few_records import MakeLibrary, activity

from kbp_site.content.library import Library
from kbp_site.content.records.activities import Activity
from kbp_site.pages.page import Link
from kbp_site.pages.parts import View
from kbp_site.pages.related import COMMON, LIMIT, related_to
from kbp_site.pages.story import plan_story

CONTEXT: dict[str, dict[str, Any]] = {
    "places/hulu": {"title": "Hulu", "status": "published", "level": "ward"},
    "topics/air": {"title": "Air", "status": "published"},
    "organizations/dinas": {"title": "Dinas", "status": "published", "kind": "agency"},
}


def related(library: Library, name: str) -> list[tuple[str, str]]:
    """Return the related stories of an activity: (title, reason)."""
    entry = library.get(Activity, name)
    assert entry is not None
    return [(link.text, link.note) for link in related_to(View(library, f"kegiatan/{name}/", "id"), entry)]


@pytest.mark.parametrize(
    ("shared", "reason"),
    [
        ({"places": ["hulu"], "topics": ["air"]}, "tempat yang sama"),
        ({"organizations": ["dinas"], "topics": ["air"]}, "lembaga yang sama"),
        ({"kind": "audience", "topics": ["air"]}, "jenis kegiatan yang sama"),
        ({"topics": ["air"]}, "topik yang sama"),
    ],
)
def test_the_strongest_reason_is_told(make_library: MakeLibrary, shared: dict[str, Any], reason: str) -> None:
    other = {"kind": "training", **shared}
    library = make_library({**CONTEXT, "activities/a": activity("A", **shared), "activities/b": activity("B", **other)})
    assert related(library, "a") == [("B", reason)]


def test_a_lesson_binds_most(make_library: MakeLibrary) -> None:
    lesson = {"title": "L", "status": "published", "context": "x", "advice": "x", "because": "x"}
    library = make_library(
        {
            **CONTEXT,
            "activities/a": activity("A", places=["hulu"]),
            "activities/b": activity("B", places=["hulu"], topics=["air"]),
            "activities/c": activity("C", kind="training"),
            "lessons/l": {**lesson, "learned_from": ["activities/a", "activities/c"]},
        }
    )
    assert related(library, "a") == [("C", "pelajaran yang sama"), ("B", "tempat yang sama")]


def test_a_named_story_comes_first_and_only_once(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            **CONTEXT,
            "activities/a": activity("A", places=["hulu"], related=["activities/c"]),
            "activities/b": activity("B", places=["hulu"]),
            "activities/c": activity("C", places=["hulu"]),
        }
    )
    assert related(library, "a") == [("C", "dirujuk dari cerita ini"), ("B", "tempat yang sama")]


def test_a_lesson_that_the_story_tells_is_not_named_again(make_library: MakeLibrary) -> None:
    lesson = {"status": "published", "context": "x", "advice": "x", "because": "x"}
    library = make_library(
        {
            "activities/a": activity("A", related=["lessons/dipetik", "lessons/lain"]),
            "lessons/dipetik": {**lesson, "title": "Dipetik", "learned_from": ["activities/a"]},
            "activities/b": activity("B", kind="training"),
            "lessons/lain": {**lesson, "title": "Lain", "learned_from": ["activities/b"]},
        }
    )
    page = plan_story(library, library.of(Activity)[0], "id")
    lessons, others = (cast(Sequence[Link], page.context[name]) for name in ("lessons", "related"))
    assert [link.text for link in lessons] == ["Dipetik"]
    assert [link.text for link in others] == ["Lain"]


def test_what_the_whole_site_shares_is_no_bond(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "activities/a": activity("A", organizations=["kbp"]),
            "activities/b": activity("B", organizations=["kbp"], kind="training"),
        }
    )
    assert related(library, "a") == []


def test_a_bond_of_too_many_is_not_followed(make_library: MakeLibrary) -> None:
    crowd = {f"activities/x{number}": activity(f"X{number}") for number in range(COMMON + 1)}
    assert related(make_library(crowd), "x0") == []


def test_there_are_at_most_a_few(make_library: MakeLibrary) -> None:
    stories = {f"activities/x{number}": activity(f"X{number}") for number in range(LIMIT + 3)}
    assert [title for title, _ in related(make_library(stories), "x0")] == ["X1", "X2", "X3", "X4"]


def test_what_is_not_public_is_never_related(make_library: MakeLibrary) -> None:
    library = make_library({"activities/a": activity("A"), "activities/b": activity("B", status="draft")})
    assert related(library, "a") == []
