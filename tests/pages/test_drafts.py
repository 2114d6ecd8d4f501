"""A preview shows what is not public yet and marks it; a public library knows neither."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from copies import TESTS

from kbp_site.content.library import Library
from kbp_site.content.load import load
from kbp_site.pages.drafts import mark_of
from kbp_site.pages.lookup import Lookup
from kbp_site.pages.render import render_page

TODAY = date(2026, 11, 23)
FULL = TESTS / "sites" / "full"


@pytest.fixture(scope="module")
def preview() -> Library:
    """Give the library of the full site as a preview sees it."""
    library = load(FULL, today=TODAY, shows_drafts=True).library
    assert library is not None
    return library


@pytest.mark.parametrize(
    ("name", "mark", "said"),
    [
        ("masih-draf", "Draf – belum terbit", "Draft – not published yet"),
        (
            "belum-terbit",
            "Ditahan sampai 1 Januari 2027 – belum terbit",
            "Held until 1 January 2027 – not published yet",
        ),
        ("mediasi-parit", "", ""),
    ],
)
def test_what_a_record_is_marked_with(preview: Library, name: str, mark: str, said: str) -> None:
    entry = preview.by_key["activities", name]
    assert (mark_of(preview, entry, "id"), mark_of(preview, entry, "en")) == (mark, said)


def test_a_record_that_is_looked_at_is_marked(tmp_path: Path) -> None:
    (tmp_path / "content" / "terms").mkdir(parents=True)
    (tmp_path / "content" / "site.yml").write_text("title: Uji\norganization: uji\n", encoding="utf-8")
    term = tmp_path / "content" / "terms" / "a.yml"
    term.write_text("title: A\nstatus: review\ndefinition: x\n", encoding="utf-8")
    library = load(tmp_path, today=TODAY, shows_drafts=True).library
    assert library is not None
    assert mark_of(library, library.by_key["terms", "a"], "id") == "Sedang diperiksa – belum terbit"


def test_a_withdrawn_record_is_in_no_preview(preview: Library) -> None:
    assert "activities/sudah-ditarik" in {"/".join(key) for key in preview.by_key}
    assert not [entry for entry in preview.public if entry.id == "sudah-ditarik"]


def test_cards_and_links_are_marked(preview: Library) -> None:
    lookup = Lookup(preview)
    listing = lookup.page("kegiatan/")
    assert listing is not None
    assert '<p class="kbp-mark">Draf – belum terbit</p>' in render_page(listing)
    page = lookup.page("kegiatan/masih-draf/")
    assert page is not None and "TERSEMBUNYI" in render_page(page)


def test_a_public_library_marks_nothing() -> None:
    library = load(FULL, today=TODAY).library
    assert library is not None
    lookup = Lookup(library)
    listing = lookup.page("kegiatan/")
    assert listing is not None and "kbp-mark" not in render_page(listing)
    assert lookup.page("kegiatan/masih-draf/") is None
