"""Photos and documents as pages show them, in words and addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from posixpath import join, normpath

import html5lib
import markdown
import pytest
from copies import copy_site

from kbp_site.content.library import Library
from kbp_site.content.load import load
from kbp_site.content.records.base import Story
from kbp_site.outputs.media import uses
from kbp_site.pages.page import Page
from kbp_site.pages.parts import size_in_words
from kbp_site.pages.plan import plan_pages
from kbp_site.pages.render import render_page

LoadSite = Callable[[str], Library]


def page_at(library: Library, address: str) -> Page:
    """Return the planned page of a public address."""
    return next(page for page in plan_pages(library) if page.address == address)


def elements(page: Page, name: str) -> list[dict[str, str]]:
    """Return the attributes of all elements of a name in a page's body."""
    body = markdown.markdown(render_page(page)[4:].split("\n---\n", 1)[1])
    tree = html5lib.parse(body, namespaceHTMLElements=False)
    return [dict(element.attrib) for element in tree.iter(name)]


@pytest.mark.parametrize("address", ["kegiatan/mediasi-parit/", "en/activities/mediasi-parit/", "kegiatan/", ""])
def test_every_picture_of_a_page_is_made(load_site: LoadSite, address: str) -> None:
    library = load_site("full")
    page = page_at(library, address)
    known = {path for use in uses(library) for path in use.paths}
    named = []
    for attributes in (*elements(page, "img"), *elements(page, "source")):
        named += [part.split()[0] for part in attributes.get("srcset", "").split(", ") if part]
        named += [attributes["src"]] if "src" in attributes else []
    assert named
    assert {normpath(join("/", page.address, one)).lstrip("/") for one in named} <= known


def test_every_picture_keeps_its_room_and_says_what_it_shows(load_site: LoadSite) -> None:
    library = load_site("full")
    for page in plan_pages(library):
        for picture in elements(page, "img"):
            assert picture["width"] and picture["height"] and "alt" in picture, page.path
            assert picture.get("loading") == "lazy" or picture.get("fetchpriority") == "high"


def test_words_beside_a_photo_are_shown_as_written(load_site: LoadSite) -> None:
    text = render_page(page_at(load_site("full"), "kegiatan/mediasi-parit/"))
    assert "Parit sesudah dibersihkan &#38; dirapikan&#46;" in text
    assert "Foto: Tim penyusun, Agustus 2006" in text


def test_a_photo_that_may_not_be_shown_leaves_no_trace(load_site: LoadSite) -> None:
    library = load_site("full")
    for page in plan_pages(library):
        assert "ditarik" not in render_page(page).replace("yang tidak boleh tampil lagi", ""), page.path
    assert "Foto yang tidak boleh tampil lagi" in render_page(page_at(library, "pameran/pameran-kemerdekaan/"))


@pytest.fixture
def change_first(tmp_path: Path) -> Callable[[str], Library]:
    """Give a function that says something else of who is in the first photo of the small site's story."""

    def changed(people: str) -> Library:
        root = copy_site("full", tmp_path / "akar")
        story = root / "content" / "activities" / "mediasi-parit.yml"
        story.write_text(story.read_text("utf-8").replace("people: none", f"people: {people}", 1), encoding="utf-8")
        library = load(root, today=date(2026, 11, 23)).library
        assert library is not None
        return library

    return changed


@pytest.mark.parametrize("people", ["recognisable", "recognisable\n    consent: persetujuan-002"])
def test_a_public_story_leaves_out_a_photo_without_consent(change_first: Callable[[str], Library], people: str) -> None:
    library = change_first(people)
    for page in plan_pages(library):
        assert "sesudah" not in str([*elements(page, "img"), *elements(page, "source"), page.cover]), page.path
    story = page_at(library, "kegiatan/mediasi-parit/")
    assert "foto/warga-" in elements(story, "img")[0]["src"]
    assert "foto/warga-" in elements(page_at(library, "kegiatan/"), "img")[0]["src"]
    assert [path for use in uses(library) for path in use.paths if "sesudah" in path] == []


def test_a_face_that_agreed_is_shown_but_not_shared(change_first: Callable[[str], Library]) -> None:
    story = page_at(change_first("recognisable\n    consent: persetujuan-001"), "kegiatan/mediasi-parit/")
    assert "foto/sesudah-" in elements(story, "img")[0]["src"]
    assert story.cover is not None and story.cover.drawing is not None


def test_an_untranslated_photo_says_its_language(load_site: LoadSite) -> None:
    library = load_site("full")
    stories: tuple[Story, ...] = tuple(entry.record for entry in library.stories if entry.record.photos)
    assert stories, "the site of this test must have photos"
    pictures = elements(page_at(library, "en/exhibitions/pameran-kemerdekaan/"), "img")
    assert {picture.get("lang") for picture in pictures} == {"id"}
    assert all("lang" not in picture for picture in elements(page_at(library, "pameran/pameran-kemerdekaan/"), "img"))


@pytest.mark.parametrize(
    ("size", "said", "in_english"),
    [
        (1, "1 KB", "1 KB"),
        (87_400, "87 KB", "87 KB"),
        (1_240_000, "1,2 MB", "1.2 MB"),
        (20_000_000, "20 MB", "20 MB"),
    ],
)
def test_sizes_in_words(size: int, said: str, in_english: str) -> None:
    assert size_in_words(size, "id") == said
    assert size_in_words(size, "en") == in_english
