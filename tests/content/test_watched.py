"""Whatever is looked at in a library that is watched is noted, and each fact is told by what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from kbp_site.content.library import Library
from kbp_site.content.load import load
from kbp_site.content.records.activities import Activity
from kbp_site.content.records.places import Place
from kbp_site.content.showing import hidden_files
from kbp_site.content.watched import FACTS, Fact, WatchedLibrary

STORY = ("activities", "mediasi-parit")


@cache
def plain() -> Library:
    """Return a library with records of every kind."""
    library = load(Path(__file__).parents[1] / "sites" / "full", today=date(2026, 11, 23)).library
    assert library is not None
    return library


@pytest.fixture
def watched() -> WatchedLibrary:
    """Give the same one, watched."""
    return WatchedLibrary(plain())


LOOKS: dict[str, tuple[Callable[[WatchedLibrary], object], set[Fact]]] = {
    "a record": (lambda library: library.by_key[STORY].record, {("record", *STORY)}),
    "an edition": (lambda library: library.by_key[STORY].said("en"), {("record", *STORY)}),
    "a title": (lambda library: library.by_key[STORY].title, {("record", *STORY)}),
    "a name": (lambda library: (library.by_key[STORY].key, library.by_key[STORY].source.path), set()),
    "the site": (lambda library: library.site, {("record", "", "site")}),
    "one that is not there": (lambda library: library.get(Place, "x"), {("shown", "places", "x")}),
    "one by its name": (lambda library: library.find("activities/mediasi-parit"), {("shown", *STORY)}),
    "words or a name": (lambda library: library.knows("places", "x"), {("known", "places", "x")}),
    "a kind": (lambda library: library.of(Activity), {("all", "activities")}),
    "stories": (lambda library: library.stories, {("stories",)}),
    "all": (lambda library: library.public, {("public",)}),
    "references": (lambda library: library.references_to(library.by_key[STORY]), {("references", *STORY)}),
    "stories of": (lambda library: library.stories_of(library.by_key[STORY]), {("stories-of", *STORY)}),
    "the day": (lambda library: library.today, {("today",)}),
    "whether a day has come": (lambda library: library.has_come(date(2026, 11, 24)), {("come", "2026-11-24")}),
    "a file": (lambda library: library.media.info("x.jpg"), {("media", "x.jpg")}),
    "a change": (lambda library: library.history and library.history.changed("x.yml"), {("changed", "x.yml")}),
    "hidden files": (hidden_files, {("hidden",)}),
    "what is worked out": (lambda library: library.shared(lambda all_: [one.record for one in all_.public]), set()),
}


@pytest.mark.parametrize("name", LOOKS)
def test_what_is_looked_at_is_noted(watched: WatchedLibrary, name: str) -> None:
    look, facts = LOOKS[name]
    with watched.noting() as noted:
        look(watched)
    assert noted == facts
    look(watched)
    assert noted == facts, "nobody notes any more"
    assert all(len(watched.tell(one)) == 24 for one in noted)


def test_each_sort_of_fact_can_be_told() -> None:
    told = {fact[0] for _, facts in LOOKS.values() for fact in facts}
    assert told | {"withdrawn", "bond", "names-of-terms", "stories-within"} == FACTS.keys()


def test_a_watched_library_says_what_the_plain_one_says(watched: WatchedLibrary) -> None:
    assert [entry.record for entry in watched.public] == [entry.record for entry in plain().public]
    assert [entry.key for entry in watched.stories] == [entry.key for entry in plain().stories]
    assert (watched.today, watched.languages, watched.site) == (plain().today, plain().languages, plain().site)
    named = [
        [each.origin.key for each in library.references_to(library.by_key[STORY])] for library in (plain(), watched)
    ]
    assert named[0] == named[1] != []


def test_the_fact_of_a_day_is_another_one_on_another_day() -> None:
    one = plain()
    later = Library(one.site_entry, one.by_key.values(), today=one.today + timedelta(days=1), media=one.media)
    told = [[WatchedLibrary(library).tell(fact) for fact in (("today",), ("stories",))] for library in (one, later)]
    assert told[0][0] != told[1][0] and told[0][1] == told[1][1]
