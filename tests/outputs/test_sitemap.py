"""What programs that visit the site are told."""

from __future__ import annotations

import pytest
from lxml import etree
from small_sites import MakeLibrary, Plan, activity

from kbp_site.content.library import Library
from kbp_site.outputs import sitemap
from kbp_site.outputs.sitemap import export_robots, export_sitemap
from kbp_site.pages.page import Page

NAMESPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
HOMELESS = {"title": "Situs", "organization": "kbp"}


def find(document: bytes, path: str) -> list[str]:
    """Return the words of elements, read by a parser that is not ours."""
    return [element.text for element in etree.fromstring(document).iterfind(path, NAMESPACES)]


def test_every_page_is_in_the_sitemap(full: Library, plan: Plan) -> None:
    pages = plan(full)
    found = find(export_sitemap(full, pages)["sitemap.xml"], "s:url/s:loc")
    assert sorted(found) == sorted(f"https://kbp.example/situs/{page.address}" for page in pages if page.is_original)


def test_a_page_that_was_not_translated_is_not(full: Library) -> None:
    pages = [Page("", "t", "Beranda", "d"), Page("kegiatan/x/", "t", "Lain", "d", language="en", is_original=False)]
    assert find(export_sitemap(full, pages)["sitemap.xml"], "s:url/s:loc") == ["https://kbp.example/situs/"]


def test_the_last_change_is_told_where_it_is_known(make_library: MakeLibrary, plan: Plan) -> None:
    library = make_library(
        {
            "activities/a": activity(publish_on="2026-11-01"),
            "activities/b": activity(corrections=[{"on": "2026-12-01", "what": "Besok"}]),
        }
    )
    assert find(export_sitemap(library, plan(library))["sitemap.xml"], "s:url/s:lastmod") == ["2026-11-01"]


def test_beyond_the_limit_it_is_an_index(full: Library, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LIMIT", 5)
    pages = plan(full)
    files = export_sitemap(full, pages)
    listed = find(files["sitemap.xml"], "s:sitemap/s:loc")
    assert listed == [f"https://kbp.example/situs/{name}" for name in files if name != "sitemap.xml"]
    told = [address for name in files if name != "sitemap.xml" for address in find(files[name], "s:url/s:loc")]
    assert len(told) == len(set(told)) == len(pages)


def test_without_an_address_the_sitemap_is_empty_and_robots_silent(make_library: MakeLibrary, plan: Plan) -> None:
    library = make_library({"activities/a": activity()}, site=HOMELESS)
    assert find(export_sitemap(library, plan(library))["sitemap.xml"], "s:url") == []
    assert b"Sitemap" not in export_robots(library)


def test_robots_may_read_everything_and_find_the_sitemap(full: Library) -> None:
    assert export_robots(full).decode().splitlines() == [
        "User-agent: *", "Allow: /", "", "Sitemap: https://kbp.example/situs/sitemap.xml",
    ]  # fmt: skip
