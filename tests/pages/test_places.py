"""A place's page: its own stories and those of its parts, each once, and counts that say so."""

from __future__ import annotations

from typing import Any

from few_records import MakeLibrary, activity

from kbp_site.content.library import Library
from kbp_site.content.records.places import Place
from kbp_site.pages.page import Page
from kbp_site.pages.places import plan_places
from kbp_site.pages.within import DEEPEST, stories_within


def place(title: str, level: str, part_of: str | None = None) -> dict[str, Any]:
    """Return a published place."""
    return {"title": title, "status": "published", "level": level, **({"part_of": part_of} if part_of else {})}


RECORDS = {
    "places/kab": place("Kab", "regency"),
    "places/kec": place("Kec", "district", "kab"),
    "places/desa": place("Desa", "village", "kec"),
    "places/sepi": place("Sepi", "village", "kec"),
    "activities/a": activity("A", date="2001", places=["desa"]),
    "activities/b": activity("B", date="2002", places=["desa", "kec", "kab"]),
    "activities/c": activity("C", date="2003", places=["kab"]),
}


def titles(library: Library, name: str) -> list[str]:
    """Return the titles of the stories that a place and its parts have."""
    entry = library.get(Place, name)
    assert entry is not None
    return [story.title for story in stories_within(library, entry)]


def page_of(library: Library, name: str) -> Page:
    """Return a place's page."""
    return next(page.make() for page in plan_places(library, "id") if page.path == f"tempat/{name}/")


def test_a_place_holds_the_stories_of_its_parts_each_once(make_library: MakeLibrary) -> None:
    library = make_library(RECORDS)
    assert titles(library, "kab") == ["C", "B", "A"]
    assert titles(library, "kec") == ["B", "A"]
    assert titles(library, "sepi") == []


def test_its_page_says_whose_stories_it_shows(make_library: MakeLibrary) -> None:
    library = make_library(RECORDS)
    whole, own, none = (page_of(library, name).context for name in ("kab", "desa", "sepi"))
    assert whole["heading"] == "3 cerita dari tempat ini dan bagian-bagiannya"
    assert [card.title for card in whole["cards"]] == ["C", "B", "A"]  # type: ignore[attr-defined]
    assert own["heading"] == none["heading"] == "Cerita dari tempat ini"
    (parts,) = whole["lists"]  # type: ignore[misc]
    assert [(link.text, link.note) for link in parts.links] == [("Kec", "2 cerita")]


def test_the_tree_counts_the_parts_too(make_library: MakeLibrary) -> None:
    branches: Any = next(plan_places(make_library(RECORDS), "id")).make().context["branches"]
    notes = {branch.link.text: branch.link.note for branch in branches}
    assert notes == {"Kab": "3 cerita", "Kec": "2 cerita", "Desa": "2 cerita", "Sepi": "belum ada cerita"}


def test_a_long_chain_of_places_is_followed_so_far_and_no_farther(make_library: MakeLibrary) -> None:
    chain = {f"places/p{n}": place(f"P{n}", "site", f"p{n - 1}" if n else None) for n in range(DEEPEST + 3)}
    library = make_library({**chain, "activities/a": activity("A", places=[f"p{DEEPEST + 2}"])})
    assert titles(library, "p2") == ["A"] and titles(library, "p1") == []
