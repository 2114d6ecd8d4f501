"""The sketch map: east is right, north is up, sizes follow stories, names do not lie on each other."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

import pytest
from few_records import MakeLibrary, Records, activity

from kbp_site.pages.coast import on_coast
from kbp_site.pages.map import PATH
from kbp_site.pages.map_names import MOST_LABELS, Label
from kbp_site.pages.parts import View
from kbp_site.pages.sketch import HIT, Sketch, draw
from kbp_site.pages.surface import DEGREE, WIDTH, spots_of


def sketch(make_library: MakeLibrary, points: dict[str, tuple[float, float]], more: Records | None = None) -> Sketch:
    """Draw wards by name: (latitude, longitude)."""
    places = {
        f"places/{name}": {
            "title": name.title(),
            "status": "published",
            "level": "ward",
            "latitude": north,
            "longitude": east,
        }
        for name, (north, east) in points.items()
    }
    library = make_library({**places, **(more or {})})
    drawn = draw(View(library, PATH, "id"), spots_of(library))
    assert drawn is not None
    return drawn


def dots(drawn: Sketch) -> list[tuple[float, float]]:
    """Return where the points of places without stories lie."""
    return [(float(x), float(y)) for x, y in re.findall(r"M([-\d.]+) ([-\d.]+)h0", drawn.dots)]


def told(names: Iterable[str]) -> Records:
    """Return one story for each place, so that it is drawn as a link with its name."""
    return {f"activities/{name}": activity(name, places=[name]) for name in names}


def at(drawn: Sketch) -> dict[str, tuple[float, float]]:
    """Return where each place's circle lies, by its name."""
    return {mark.link.text.partition(":")[0]: (float(mark.x), float(mark.y)) for mark in drawn.marks}


def test_east_is_right_and_north_is_up(make_library: MakeLibrary) -> None:
    points = {"barat": (-3.0, 114.0), "timur": (-3.0, 114.1), "selatan": (-3.1, 114.0)}
    drawn = at(sketch(make_library, points, told(points)))
    assert drawn["Timur"][0] > drawn["Barat"][0] == drawn["Selatan"][0]
    assert drawn["Selatan"][1] > drawn["Barat"][1] == drawn["Timur"][1]


def test_a_degree_is_as_long_either_way_at_the_equator_and_shorter_far_from_it(make_library: MakeLibrary) -> None:
    points = {"a": (59.95, 10.0), "b": (60.05, 10.0), "c": (60.0, 10.1)}
    drawn = at(sketch(make_library, points, told(points)))
    assert (drawn["C"][0] - drawn["A"][0]) / (drawn["A"][1] - drawn["B"][1]) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    "points",
    [
        {"a": (0.0, 0.0)},
        {"a": (1.0, 1.0), "b": (1.0, 1.0)},
        {"a": (-80.0, 0.0), "b": (80.0, 0.1)},
        {"sabang": (5.9, 95.3), "merauke": (-8.5, 140.4)},
    ],
)
def test_everything_stays_inside(make_library: MakeLibrary, points: dict[str, tuple[float, float]]) -> None:
    drawn = sketch(make_library, points)
    height = float(drawn.view_box.split()[-1])
    assert len(dots(drawn)) == len(points)
    assert all(0 <= x <= WIDTH and 0 <= y <= height for x, y in dots(drawn))


def test_more_stories_make_a_larger_circle_and_none_a_dot(make_library: MakeLibrary) -> None:
    stories = {f"activities/s{n}": activity(f"S{n}", places=["a", "b"] if n == 0 else ["a"]) for n in range(3)}
    drawn = sketch(make_library, {"a": (0.0, 0.0), "b": (0.1, 0.1), "c": (0.2, 0.0)}, stories)
    assert [mark.link.text for mark in drawn.marks] == ["A: 3 cerita", "B: 1 cerita"]
    assert float(drawn.marks[0].radius) > float(drawn.marks[1].radius)
    assert len(dots(drawn)) == 1


def test_names_do_not_lie_on_each_other_and_say_how_many_stories(make_library: MakeLibrary) -> None:
    points = {f"tempat{number}": (0.0, number * 0.001) for number in range(30)}
    stories = {"activities/s": activity(places=sorted(points))}
    drawn = sketch(make_library, points, stories)
    assert 0 < len(drawn.labels) < len(points)
    assert len({(label.x, label.y) for label in drawn.labels}) == len(drawn.labels)
    assert all(label.text.endswith(" (1)") for label in drawn.labels)


KAPUAS = {
    "kecamatan-selat": (-2.9996, 114.3786),
    "kecamatan-kapuas-hilir": (-2.9954, 114.4405),
    "selat-tengah": (-3.0021, 114.3925),
    "dahirang": (-2.9702, 114.3843),
    "hampatung": (-2.9772, 114.4639),
    "sei-pasah": (-2.9810, 114.4700),
    "mambulau": (-3.0160, 114.4080),
    "barimba": (-3.0120, 114.4160),
    "pulau-telo": (-3.0270, 114.3980),
    "terusan": (-3.2300, 114.2200),
}
"""Places about as they lie around Kuala Kapuas; stories come from the first two."""


def test_a_name_lies_on_no_point_where_there_is_room_elsewhere(make_library: MakeLibrary) -> None:
    storied = list(KAPUAS)[:2]
    more = {f"activities/s{n}": activity(places=[storied[n % 2]]) for n in range(3)}
    drawn = sketch(make_library, KAPUAS, more)
    boxes = [extent(label) for label in drawn.labels]
    assert len(boxes) == 2
    assert [(x, y) for x, y in dots(drawn) for box in boxes if box[0] < x < box[2] and box[1] < y < box[3]] == []


def extent(label: Label) -> tuple[float, float, float, float]:
    """Return where a label's letters reach on a phone, where they are 13 units high."""
    wide = len(label.text) * 6.6
    left = float(label.x) - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
    return left, float(label.y) - 11, left + wide, float(label.y) + 3


def test_a_finger_finds_a_circle_and_never_another_one_instead(make_library: MakeLibrary) -> None:
    points = {"jauh": (0.0, 0.0), "ramai": (1.0, 0.3), "dekat": (1.0, 0.92), "rapat": (1.0, 1.0)}
    many = {f"activities/s{n}": activity(f"S{n}", places=["ramai"]) for n in range(60)}
    marks = {m.link.text.partition(":")[0]: m for m in sketch(make_library, points, {**told(points), **many}).marks}
    apart = float(marks["Rapat"].x) - float(marks["Dekat"].x)
    assert float(marks["Rapat"].radius) < apart / 2 < HIT < float(marks["Ramai"].radius)
    assert float(marks["Rapat"].reach) == float(marks["Dekat"].reach) == pytest.approx(apart / 2, abs=0.1)
    assert (float(marks["Jauh"].reach), marks["Ramai"].reach) == (HIT, marks["Ramai"].radius)


def test_five_hundred_places_have_few_names_and_are_drawn_soon(make_library: MakeLibrary) -> None:
    points = {f"t{n:03}": (n % 25 * 0.01, n // 25 * 0.01) for n in range(500)}
    drawn = sketch(make_library, points, {"activities/s": activity(places=sorted(points)[:250])})
    assert len(drawn.marks) == len(dots(drawn)) == 250
    assert len(drawn.labels) <= MOST_LABELS


@pytest.mark.parametrize(("away", "words"), [(0.01, "200 m"), (0.3, "5 km"), (3.0, "50 km"), (40.0, "1.000 km")])
def test_the_scale_is_as_long_as_it_says(make_library: MakeLibrary, away: float, words: str) -> None:
    points = {"a": (0.0, 100.0), "b": (0.0, 100.0 + away)}
    drawn = sketch(make_library, points)
    (west, _), (east, _) = sorted(dots(drawn))
    assert drawn.scale is not None and drawn.scale.text == words
    number, unit = words.replace(".", "").split()
    kilometres = int(number) / (1000 if unit == "m" else 1)
    (long,) = re.findall(r"h([\d.]+)", drawn.scale.path)
    assert float(long) / (east - west) == pytest.approx(kilometres / (away * DEGREE), rel=0.01)


def test_one_place_has_no_scale(make_library: MakeLibrary) -> None:
    assert sketch(make_library, {"a": (-3.0, 114.0)}).scale is None


@pytest.mark.parametrize("west", [(-3.0, 113.9), (-3.0, 10.0)])
def test_no_coast_lies_below_places_near_by_or_elsewhere(make_library: MakeLibrary, west: tuple[float, float]) -> None:
    assert sketch(make_library, {"a": west, "b": (-3.1, 114.2)}).coast is None


def test_the_coast_lies_below_places_far_apart(make_library: MakeLibrary) -> None:
    points = {"barat": (5.9, 95.3), "timur": (-8.5, 140.4)}
    drawn = sketch(make_library, points)
    assert drawn.coast is not None
    x, y, across, down = map(float, re.findall(r"-?[\d.]+", drawn.coast.transform))
    for latitude, longitude in points.values():
        found = on_coast(latitude, longitude)
        assert found is not None
        there = (x + found[0] * across, y + found[1] * down)
        assert min(math.dist(there, dot) for dot in dots(drawn)) < 0.5


def test_what_is_wide_is_left_out_where_smaller_places_are_known(make_library: MakeLibrary) -> None:
    regency = {"title": "Kab", "status": "published", "level": "regency", "latitude": 1, "longitude": 1}
    assert len(dots(sketch(make_library, {"a": (0.0, 0.0)}, {"places/kab": regency}))) == 1
    assert len(dots(sketch(make_library, {}, {"places/kab": regency}))) == 1


def test_nothing_is_drawn_of_nothing(make_library: MakeLibrary) -> None:
    assert draw(View(make_library({}), PATH, "id"), ()) is None
