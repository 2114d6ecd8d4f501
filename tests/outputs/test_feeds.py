"""The feeds say what the records say, to a reader that is not ours."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import feedparser
import pytest
from small_sites import FULL, NASTY, SITE, MakeLibrary, activity, fair

from kbp_site.content.library import Library
from kbp_site.outputs.feeds import LENGTH, export_atom, export_json_feed


def read_atom(library: Library) -> Any:
    """Read the feed as a feed reader does."""
    feed = feedparser.parse(export_atom(library))
    assert not feed.bozo and feed.version == "atom10"
    return feed


def test_atom_tells_title_link_and_words(full: Library) -> None:
    feed = read_atom(full)
    entry = next(entry for entry in feed.entries if entry.link.endswith("/kegiatan/pasar/"))
    assert feed.feed.title == "KBP Kapuas"
    assert feed.feed.author == "Komunitas Belajar"
    assert feed.feed.rights == "CC BY 4.0"
    assert entry.title == NASTY
    assert entry.id == entry.link == "https://kbp.example/situs/kegiatan/pasar/"
    assert entry.summary == "Ringkas. (Agustus 2006)"
    assert [tag.term for tag in entry.tags] == ["Air bersih"]
    assert entry.updated == "2026-02-03T00:00:00Z", "a correction is the last change"
    assert entry.title_detail.type == "text/plain"


def test_json_feed_keeps_to_its_standard(full: Library) -> None:
    feed = json.loads(export_json_feed(full))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://kbp.example/situs/feed.json"
    assert all(set(author) <= {"name", "url", "avatar"} and author for author in feed["authors"])
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    for item in feed["items"]:
        assert isinstance(item["id"], str) and item["url"].startswith("https://") and item["content_text"]
        assert datetime.fromisoformat(item["date_modified"]).tzinfo is not None


def test_both_feeds_agree(full: Library) -> None:
    atom, plain = read_atom(full), json.loads(export_json_feed(full))
    told = [(item["id"], item["title"], item["content_text"], item["date_modified"]) for item in plain["items"]]
    assert told == [(entry.id, entry.title, entry.summary, entry.updated) for entry in atom.entries]


def test_newest_come_first_and_undated_last_by_title(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "activities/a": activity(title="Tanpa tanggal B", date="unknown"),
            "activities/b": activity(title="Tanpa tanggal A", date="unknown"),
            "activities/c": activity(title="Lama", date="1999"),
            "activities/d": activity(title="Baru", date="2020-05"),
            "activities/e": activity(title="Lama tetapi baru terbit", date="1970", publish_on="2026-11-01"),
            "exhibitions/f": fair(title="Akan datang", date="2027-08-17"),
        }
    )
    titles = [entry.title for entry in read_atom(library).entries]
    assert titles == [
        "Akan datang", "Lama tetapi baru terbit", "Baru", "Lama", "Tanpa tanggal A", "Tanpa tanggal B",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "updated"),
    [
        ({"date": "unknown"}, "1980-01-01"),
        ({"date": "2006~"}, "2006-12-31"),
        ({"date": "2006-08-17/2006-08-20"}, "2006-08-20"),
        ({"date": "1950"}, "1980-01-01"),
        ({"date": "2027"}, "1980-01-01"),
        ({"date": "2026"}, "2026-01-01"),
        ({"date": "2006", "publish_on": "2026-11-01"}, "2026-11-01"),
        ({"publish_on": "2026-01-01", "corrections": [{"on": "2026-02-01", "what": "x"}]}, "2026-02-01"),
        ({"date": "2006", "corrections": [{"on": "2027-02-01", "what": "x"}]}, "2006-12-31"),
    ],
)
def test_updated_is_the_best_known_day_never_the_clock(
    make_library: MakeLibrary, fields: dict[str, Any], updated: str
) -> None:
    feed = read_atom(make_library({"activities/a": activity(**fields)}))
    assert feed.entries[0].updated == feed.feed.updated == f"{updated}T00:00:00Z"


def test_the_day_of_publication_is_told_where_it_is_known(make_library: MakeLibrary) -> None:
    corrected = activity(publish_on="2026-01-01", corrections=[{"on": "2026-02-01", "what": "x"}])
    feed = read_atom(make_library({"activities/a": corrected, "activities/b": activity()}))
    assert [entry.get("published") for entry in feed.entries] == ["2026-01-01T00:00:00Z", None]


def test_a_day_later_nothing_looks_new(make_library: MakeLibrary) -> None:
    today, tomorrow = (make_library(FULL, today=date(2026, 11, day), is_sound=False) for day in (22, 23))
    before = {entry.id: entry.updated for entry in read_atom(today).entries}
    after = {entry.id: entry.updated for entry in read_atom(tomorrow).entries}
    assert set(after) - set(before) == {"https://kbp.example/situs/kegiatan/hari-ini/"}
    assert {name: after[name] for name in before} == before


def test_no_more_than_thirty(make_library: MakeLibrary) -> None:
    library = make_library({f"activities/a{n}": activity(date=str(1980 + n)) for n in range(LENGTH + 5)})
    entries = read_atom(library).entries
    assert len(entries) == LENGTH
    assert entries[0].link.endswith("/a34/") and entries[-1].link.endswith("/a5/")


def test_without_an_address_ids_are_urns_and_links_begin_at_the_root(make_library: MakeLibrary) -> None:
    site = {name: value for name, value in SITE.items() if name != "url"}
    entry = read_atom(make_library({"activities/a": activity()}, site=site)).entries[0]
    assert entry.id.startswith("urn:uuid:")
    assert entry.link == "/kegiatan/a/"


def test_a_site_without_stories_has_a_feed(make_library: MakeLibrary) -> None:
    assert read_atom(make_library({})).entries == []
