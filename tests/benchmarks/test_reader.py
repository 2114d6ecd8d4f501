"""What the benchmarks make of what a browser and Lighthouse tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from benchmarks.reader import CATEGORIES, Answer, Weight, report_weights, score, weigh

SITE = "http://127.0.0.1:8000/"


def test_a_first_view_is_added_up_by_kind() -> None:
    answers = [
        Answer(SITE, "Document", "text/html", 5000),
        Answer(f"{SITE}a.css", "Stylesheet", "text/css", 1500),
        Answer(f"{SITE}a.js", "Script", "text/javascript", 500),
        Answer(f"{SITE}logo.svg", "Image", "image/svg+xml", 250),
        Answer(f"{SITE}a.webp", "Image", "image/webp", 30_000),
        Answer("https://lain.example/b.jpg", "Image", "image/jpeg", 40_000),
    ]
    found = weigh("story", answers, SITE)
    assert found.sizes == {"html": 5.0, "css": 1.5, "js": 0.5, "other": 0.25, "photos": 70.0}
    assert (found.without_photos, found.largest_photo, found.requests, found.elsewhere) == (7.25, 40.0, 6, 1)


@pytest.mark.parametrize(
    ("weight", "bold"),
    [
        (Weight("story", {"html": 8.0, "css": 82.0, "js": 0, "other": 0, "photos": 99}, 60.0, 3, 0), []),
        (Weight("home", {"html": 9.0, "css": 90.0, "js": 0, "other": 0, "photos": 0}, 0.0, 3, 0), []),
        (Weight("story", {"html": 8.1, "css": 82.0, "js": 0, "other": 0, "photos": 0}, 60.1, 3, 1), [2, 6, 8, 10]),
    ],
)
def test_what_misses_its_bar_is_bold(weight: Weight, bold: list[int]) -> None:
    row = [*report_weights([weight], "1")][-2]
    cells = [cell.strip() for cell in row.split("|")]
    assert [number for number, cell in enumerate(cells) if cell.startswith("**")] == bold


def told(points: float, paint: float) -> Mapping[str, Any]:
    """Return a report of Lighthouse's, as far as it is read."""
    refs = [{"id": "largest-contentful-paint", "weight": 25}, {"id": "seen", "weight": 0}]
    return {
        "categories": {name: {"score": points, "auditRefs": refs} for name in CATEGORIES},
        "audits": {
            "largest-contentful-paint": {"id": "largest-contentful-paint", "score": points, "numericValue": paint},
            "seen": {"id": "seen", "score": 0},
        },
    }


def test_of_several_runs_the_median_counts() -> None:
    found = score("home", [told(1.0, 1000.0), told(0.5, 3000.0), told(0.9, 1200.0)])
    assert set(found.points.values()) == {90.0} and found.paint == 1.2
    assert found.costs == tuple(sorted(f"{name}: largest-contentful-paint" for name in CATEGORIES))
