"""Pages and links: addresses are relative, and a page's file follows from its path."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbp_site.content.library import Library
from kbp_site.content.records.activities import Activity
from kbp_site.pages.page import Page, href, localized, path_of

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


@pytest.mark.parametrize(
    ("path", "english"),
    [
        ("", "en/"),
        ("kegiatan/", "en/activities/"),
        ("kegiatan/gotong-royong/", "en/activities/gotong-royong/"),
        ("kegiatan/hal/2/", "en/activities/page/2/"),
        ("kegiatan/hal/", "en/activities/hal/"),
        ("kegiatan/jenis/mediation/hal/3/", "en/activities/kinds/mediation/page/3/"),
        ("kegiatan/jenis/", "en/activities/jenis/"),
        ("studi-banding/x/", "en/study-visits/x/"),
        ("istilah/tahun/", "en/glossary/tahun/"),
        ("tahun/belum-tercatat/", "en/years/not-recorded/"),
        ("tahun/2006/hal/2/", "en/years/2006/page/2/"),
        ("lini-masa/", "en/timeline/"),
        ("tempat/belum-tercatat/", "en/places/belum-tercatat/"),
    ],
)
def test_an_address_is_said_in_english_but_for_names(path: str, english: str) -> None:
    assert localized(path, "en") == english
    assert localized(path, "id") == path


def test_a_record_s_path_is_its_kind_and_id(load_site: Callable[[str], Library]) -> None:
    (entry,) = load_site("minimal").of(Activity)
    assert path_of(entry) == "kegiatan/gotong-royong/"
