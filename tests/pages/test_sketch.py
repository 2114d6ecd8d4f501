"""The sketch map: east is right, north is up, sizes follow stories, names do not lie on each other."""

from __future__ import annotations

import pytest
from few_records import MakeLibrary, Records, activity

from kbp_site.pages.parts import View
from kbp_site.pages.sketch import PATH, WIDTH, Sketch, draw, spots_of


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
    return draw(View(library, PATH, "id"), spots_of(library))


def test_east_is_right_and_north_is_up(make_library: MakeLibrary) -> None:
    drawn = sketch(make_library, {"barat": (-3.0, 114.0), "timur": (-3.0, 114.1), "selatan": (-3.1, 114.0)})
    at = {mark.link.text.partition(":")[0]: (float(mark.x), float(mark.y)) for mark in drawn.marks}
    assert at["Timur"][0] > at["Barat"][0] == at["Selatan"][0]
    assert at["Selatan"][1] > at["Barat"][1] == at["Timur"][1]


def test_a_degree_is_as_long_either_way_at_the_equator_and_shorter_far_from_it(make_library: MakeLibrary) -> None:
    points = {"a": (59.95, 10.0), "b": (60.05, 10.0), "c": (60.0, 10.1)}
    at = {mark.link.text[0]: (float(mark.x), float(mark.y)) for mark in sketch(make_library, points).marks}
    assert (at["C"][0] - at["A"][0]) / (at["A"][1] - at["B"][1]) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    "points", [{"a": (0.0, 0.0)}, {"a": (1.0, 1.0), "b": (1.0, 1.0)}, {"a": (-80.0, 0.0), "b": (80.0, 0.1)}]
)
def test_everything_stays_inside(make_library: MakeLibrary, points: dict[str, tuple[float, float]]) -> None:
    drawn = sketch(make_library, points)
    height = float(drawn.view_box.split()[-1])
    assert len(drawn.marks) == len(points)
    for mark in drawn.marks:
        assert 0 <= float(mark.x) <= WIDTH and 0 <= float(mark.y) <= height


def test_more_stories_make_a_larger_circle_and_none_a_hollow_one(make_library: MakeLibrary) -> None:
    stories = {f"activities/s{n}": activity(f"S{n}", places=["a", "b"] if n == 0 else ["a"]) for n in range(3)}
    drawn = sketch(make_library, {"a": (0.0, 0.0), "b": (0.1, 0.1), "c": (0.2, 0.0)}, stories)
    radii = [(mark.link.text, float(mark.radius), mark.is_hollow) for mark in drawn.marks]
    assert [text for text, _, _ in radii] == ["A: 3 cerita", "B: 1 cerita", "C: belum ada cerita"]
    assert radii[0][1] > radii[1][1] > radii[2][1]
    assert [is_hollow for _, _, is_hollow in radii] == [False, False, True]


def test_names_do_not_lie_on_each_other(make_library: MakeLibrary) -> None:
    points = {f"tempat{number}": (0.0, number * 0.001) for number in range(30)}
    stories = {"activities/s": activity(places=sorted(points))}
    drawn = sketch(make_library, points, stories)
    assert 0 < len(drawn.labels) < len(points)
    assert len({(label.x, label.y) for label in drawn.labels}) == len(drawn.labels)


def test_what_is_wide_is_left_out_where_smaller_places_are_known(make_library: MakeLibrary) -> None:
    regency = {"title": "Kab", "status": "published", "level": "regency", "latitude": 1, "longitude": 1}
    assert len(sketch(make_library, {"a": (0.0, 0.0)}, {"places/kab": regency}).marks) == 1
    assert len(sketch(make_library, {}, {"places/kab": regency}).marks) == 1
