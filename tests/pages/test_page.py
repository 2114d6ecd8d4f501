"""Pages and links: addresses are relative, and a page's file follows from its path."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbp_site.content.library import Library
from kbp_site.content.records.activities import Activity
from kbp_site.pages.page import Page, href, path_of

PATHS = st.lists(st.sampled_from(["kegiatan", "hal", "2", "x"]), max_size=4).map(
    lambda parts: "".join(f"{part}/" for part in parts)
)


@pytest.mark.parametrize(
    ("origin", "target", "expected"),
    [
        ("", "", "./"),
        ("", "kegiatan/", "kegiatan/"),
        ("", "feed.xml", "feed.xml"),
        ("kegiatan/", "", "../"),
        ("kegiatan/", "kegiatan/", "./"),
        ("kegiatan/", "kegiatan/hal/2/", "hal/2/"),
        ("kegiatan/hal/2/", "kegiatan/", "../../"),
        ("kegiatan/x/", "tempat/y/", "../../tempat/y/"),
        ("kegiatan/x/", "kegiatan/y/", "../y/"),
        ("data/", "data/records.json", "records.json"),
        ("data/", "feed.xml", "../feed.xml"),
        ("istilah/", "istilah/#istilah-kbp", "#istilah-kbp"),
        ("kegiatan/x/", "istilah/#istilah-kbp", "../../istilah/#istilah-kbp"),
    ],
)
def test_href(origin: str, target: str, expected: str) -> None:
    assert href(origin, target) == expected


@given(PATHS, PATHS)
def test_href_leads_from_any_page_to_any_other(origin: str, target: str) -> None:
    assert posixpath.normpath(posixpath.join("/", origin, href(origin, target))) == posixpath.normpath(f"/{target}")


@given(PATHS)
def test_href_leads_to_a_file_from_any_page(origin: str) -> None:
    assert posixpath.normpath(posixpath.join("/", origin, href(origin, "data/x.csv"))) == "/data/x.csv"


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("", "index.md"),
        ("kegiatan/", "kegiatan/index.md"),
        ("kegiatan/gotong-royong/", "kegiatan/gotong-royong.md"),
        ("kegiatan/hal/2/", "kegiatan/hal/2.md"),
    ],
)
def test_a_page_s_file_follows_from_its_path(path: str, file: str) -> None:
    assert Page(path, "x.md.jinja", "Judul", "Keterangan").file == file


def test_a_record_s_path_is_its_kind_and_id(load_site: Callable[[str], Library]) -> None:
    (entry,) = load_site("minimal").of(Activity)
    assert path_of(entry) == "kegiatan/gotong-royong/"
    assert path_of(entry, "en") == "en/activities/gotong-royong/"
