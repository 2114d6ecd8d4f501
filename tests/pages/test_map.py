"""The map's page: the drawing, where it is in Indonesia, and lists that hold all that is drawn and what is not."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from few_records import SITE, MakeLibrary, Records, activity

from kbp_site.editing.coast import ORIGIN, make_coast
from kbp_site.pages import coast as coast_module
from kbp_site.pages.coast import BOX, HEIGHT, WIDTH, coast, on_coast
from kbp_site.pages.locator import Locator, locate
from kbp_site.pages.map import PATH, plan_map
from kbp_site.pages.parts import View
from kbp_site.pages.render import render_page
from kbp_site.pages.surface import spots_of


def place(title: str, point: tuple[float, float] | None = None, **fields: Any) -> dict[str, Any]:
    """Return a published place."""
    where = {"latitude": point[0], "longitude": point[1]} if point else {}
    return {"title": title, "status": "published", "level": "ward", **where, **fields}


def locator(make_library: MakeLibrary, records: Records) -> Locator | None:
    """Return the locator of a site's places."""
    library = make_library(records)
    return locate(View(library, PATH, "id"), spots_of(library))


def test_the_lists_hold_every_place(make_library: MakeLibrary) -> None:
    records = {
        "places/kab": place("Kab", level="regency"),
        "places/kota": place("Kota", (-3.0, 114.0), part_of="kab"),
        "places/sepi": place("Sepi", (-3.1, 114.1), part_of="kab"),
        "places/jauh": place("Jauh"),
        "activities/a": activity("A", places=["kota"]),
        "activities/b": activity("B", places=["kota", "jauh"]),
    }
    context = plan_map(make_library(records), "id").context
    assert [(link.text, link.note) for link in context["told"]] == [  # type: ignore[attr-defined]
        ("Kota", "Kelurahan, 2 cerita"),
        ("Jauh", "Kelurahan, 1 cerita, tidak digambar"),
    ]
    assert [link.text for link in context["untold"]] == ["Sepi"]  # type: ignore[attr-defined]


def test_a_site_without_points_has_no_drawing(make_library: MakeLibrary) -> None:
    page = plan_map(make_library({"places/kota": place("Kota")}), "id")
    assert page.context["sketch"] is None and page.context["locator"] is None
    said = render_page(page)
    assert "<svg" not in said and "Peta belum dapat digambar" in said


def test_the_drawing_says_that_it_is_a_sketch_and_is_hidden_from_screen_readers(make_library: MakeLibrary) -> None:
    records = {"places/kota": place("Kota", (-3.0, 114.0)), "activities/a": activity(places=["kota"])}
    said = render_page(plan_map(make_library(records), "id"))
    assert "Skema, bukan batas resmi" in said.replace("&#46;", ".").replace("&#44;", ",")
    assert said.count("<svg") == said.count('aria-hidden="true"') == 2
    assert said.count('tabindex="-1"') == 1


def test_a_place_is_marked_where_it_is_and_named_after_the_region(make_library: MakeLibrary) -> None:
    records = {
        "site": {**SITE, "region": "kab"},
        "places/kab": place("Kabupaten Contoh", level="regency"),
        "places/kota": place("Kota", (-3.0, 114.5), part_of="kab"),
    }
    found = locator(make_library, records)
    assert found is not None and found.label is not None
    assert (found.x, found.y, found.label.text) == ("205", "120", "Kabupaten Contoh")


@pytest.mark.parametrize("points", [[(60.0, 10.0)], [(5.9, 95.3), (-8.5, 140.4)]])
def test_what_is_elsewhere_or_everywhere_is_not_marked(
    make_library: MakeLibrary, points: list[tuple[float, float]]
) -> None:
    assert locator(make_library, {f"places/p{n}": place(f"P{n}", point) for n, point in enumerate(points)}) is None


def test_the_coast_is_small_and_names_its_origin() -> None:
    file = Path(coast_module.__file__).with_name("coast.json")
    assert json.loads(file.read_text(encoding="utf-8"))["origin"] == ORIGIN
    assert len(gzip.compress(coast().encode(), mtime=0)) < 4096
    assert (BOX[0] < 95.0) and (BOX[2] > 141.0) and (BOX[1] < -11.0) and (BOX[3] > 6.1)
    assert on_coast(-3.0, 200.0) is None
    west, south, east, north = BOX
    assert on_coast(south, east) == (WIDTH, HEIGHT) and on_coast(north, west) == (0, 0)


def test_the_coast_is_made_of_one_known_file_only() -> None:
    with pytest.raises(ValueError, match="world-atlas 2"):
        make_coast(b"{}")
