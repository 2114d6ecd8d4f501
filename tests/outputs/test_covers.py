"""Covers are drawn for every title, in our own font and weave; the icons are the logo."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from kbp_site.content.library import Library
from kbp_site.outputs.covers import FONT, MARGIN, draw_cover
from kbp_site.outputs.drawing import THREADS, draw_weave
from kbp_site.outputs.feeds import export_json_feed
from kbp_site.outputs.icons import THEME_ICONS, draw_icons
from kbp_site.outputs.linked_data import linked_data
from kbp_site.pages.covers import SITE_COVER, cover_of
from kbp_site.pages.page import Drawing, path_of
from kbp_site.pages.plan import plan_pages
from kbp_site.pages.renditions import COVER_HEIGHT, COVER_WIDTH, LIMIT

CSS = (THEME_ICONS / "kbp.css").read_text("utf-8")
TITLES = ["", "Rapat", "Menengahi keluhan tentang parit & jalan", "X" * 160, "kata " * 32, "W" * 160, "🎉 العربية 漢字"]


def cover(title: str, label: str = "Mediasi", site: str = "KBP Kapuas", pattern: int = 0) -> Image.Image:
    """Draw a cover and open it again."""
    data = draw_cover(Drawing(title, label, site, pattern))
    assert len(data) <= LIMIT
    return Image.open(BytesIO(data))


def inked(image: Image.Image) -> tuple[int, int, int, int]:
    """Return the box, below the band, of all that is not paper."""
    plain = image.convert("RGB").crop((0, 180, COVER_WIDTH, COVER_HEIGHT))
    strong = ImageChops.difference(plain, Image.new("RGB", plain.size, plain.getpixel((5, 5)))).convert("L")
    box = strong.point([255 * (value > 24) for value in range(256)]).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("title", TITLES)
def test_nothing_overflows(title: str) -> None:
    image = cover(title, label=title or "x", site=title or "x")
    left, top, right, bottom = inked(image)
    assert image.size == (COVER_WIDTH, COVER_HEIGHT)
    assert left >= MARGIN - 10 and right <= COVER_WIDTH - MARGIN + 10
    assert top >= 10 and bottom <= COVER_HEIGHT - 180 - 10


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=160), st.text(max_size=60), st.text(max_size=60), st.integers(0, 11))
def test_every_word_is_drawn_or_left_out(title: str, label: str, site: str, pattern: int) -> None:
    cover(title, label, site, pattern)


def test_letters_that_the_font_lacks_are_left_out() -> None:
    assert draw_cover(Drawing("Bazar 漢字🎉", "a", "b", 0)) == draw_cover(Drawing("Bazar", "a", "b", 0))
    assert draw_cover(Drawing("Bazar é", "a", "b", 0)) != draw_cover(Drawing("Bazar", "a", "b", 0))


def test_the_same_words_give_the_same_bytes() -> None:
    first = draw_cover(Drawing("Parit", "Mediasi", "KBP", 3))
    draw_cover(Drawing("Jalan", "Mediasi", "KBP", 3))
    assert draw_cover(Drawing("Parit", "Mediasi", "KBP", 3)) == first


def test_the_weaves_are_those_of_the_theme() -> None:
    colours = [re.search(rf"--{name}: light-dark\(#(\w+)", CSS) for name in ("moss", "brick", "reed", "dusk")]
    assert [found and tuple(bytes.fromhex(found[1])) for found in colours] == list(THREADS)
    drawn = {draw_weave(pattern, 72, 72, 36).tobytes() for pattern in range(12)}
    assert len(drawn) == 12


def test_the_font_comes_with_its_licence() -> None:
    assert "SIL Open Font License" in (FONT.parent / "LICENSE.txt").read_text("utf-8")


def test_the_icons_of_the_theme_are_the_logo() -> None:
    for name, image in draw_icons().items():
        kept = Image.open(BytesIO((THEME_ICONS / name).read_bytes())).convert("RGBA")
        assert kept.size == image.size
        difference = ImageChops.difference(kept, image)
        assert max(value for _, value in difference.getextrema()) < 60, name


def test_a_maskable_icon_stays_in_the_safe_circle() -> None:
    image = draw_icons()["icon-maskable-512.png"].convert("RGB")
    paper = image.getpixel((0, 0))
    far = [
        (x, y)
        for x in range(0, 512, 4)
        for y in range(0, 512, 4)
        if (x - 256) ** 2 + (y - 256) ** 2 > (0.4 * 512) ** 2 and image.getpixel((x, y)) != paper
    ]
    assert far == []


def test_every_story_and_lesson_has_a_cover_and_others_have_the_sites(load_site: Callable[[str], Library]) -> None:
    library = load_site("full")
    with_cover = {page.path.partition("/")[0] for page in plan_pages(library) if page.cover}
    assert with_cover == {"kegiatan", "studi-banding", "pameran", "pelajaran"}
    for page in plan_pages(library):
        if page.template in ("story.md.jinja", "lesson.md.jinja"):
            assert page.cover and page.cover.alt and page.cover.path != SITE_COVER


def test_search_engines_and_feeds_are_told_the_same_picture(load_site: Callable[[str], Library]) -> None:
    library = load_site("full")
    items = json.loads(export_json_feed(library))["items"]
    images = {item["url"]: item["image"] for item in items}
    for page in plan_pages(library):
        address = f"https://kbp-muara.example/{page.address}"
        if page.cover and page.language == "id":
            image = f"https://kbp-muara.example/{page.cover.path}"
            assert images.pop(address) == image
            entry = next(entry for entry in library.public if entry.record.PATH and path_of(entry) == page.path)
            data = linked_data(library, entry, page.path)
            assert data is not None and data["image"] == image
    assert images == {}


def test_without_an_address_there_is_no_cover(load_site: Callable[[str], Library]) -> None:
    library = load_site("minimal")
    assert library.site.url is None
    assert [cover_of(library, entry, "id") for entry in library.stories] == [None] * len(library.stories)
    assert FONT.is_file() and Path(FONT).suffix == ".ttf"
