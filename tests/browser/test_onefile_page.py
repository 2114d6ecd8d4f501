"""One file of stories and lessons, opened from where a messenger put it, without any network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from copies import PROJECT
from playwright.sync_api import Browser, Page, expect

from kbp_site.content.load import load
from kbp_site.kiosk.onefile import compose

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
STORY = "Menengahi keluhan tentang pemakaian BLM"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the file of the real content, which has no photos."""
    library = load(PROJECT, today=date(2026, 11, 26)).library
    assert library is not None
    path = tmp_path_factory.mktemp("onefile") / "kbp-kapuas.html"
    path.write_bytes(compose(library, "id", {}))
    return path


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    """Give the file as a phone without a network shows it; nothing may be asked for, and nothing go wrong."""
    asked: list[str] = []
    told: list[str] = []
    context = browser.new_context(viewport={"width": 360, "height": 740}, offline=True)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda said: told.append(said.text) if said.type == "error" else None)
    page.goto(file.as_uri())
    yield page
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == [] and told == []
    context.close()


def test_a_line_of_the_list_opens_and_closes(page: Page) -> None:
    page.locator("summary", has_text=STORY).click()
    opened = page.locator(".one-part[open]")
    expect(opened.locator("article")).to_be_visible()
    opened.locator(".one-close a").click()
    expect(page.locator(".one-part[open]")).to_have_count(0)
    expect(page.locator("summary", has_text=STORY)).to_be_in_viewport()
    expect(page.locator("summary", has_text=STORY)).to_be_focused()


def test_a_link_to_another_story_opens_it(page: Page) -> None:
    page.locator("summary", has_text=STORY).click()
    link = page.locator(".one-part[open] .kbp-links a").first
    title = link.inner_text()
    link.click()
    expect(page.locator(".one-part[open] summary", has_text=title)).to_be_in_viewport()


def test_an_address_with_a_place_opens_it(page: Page, file: Path) -> None:
    page.goto(f"{file.as_uri()}#kegiatan-mediasi-keluhan-blm--proses")
    expect(page.locator("[id='kegiatan-mediasi-keluhan-blm--proses']")).to_be_in_viewport()


def test_words_narrow_the_list(page: Page) -> None:
    every = page.locator(".one-part").count()
    page.fill("#cari", "keluhan PENDIDIK")
    expect(page.locator(".one-part:visible summary", has_text=STORY)).to_be_visible()
    expect(page.locator("[role=status]")).to_have_text(f"{page.locator('.one-part:visible').count()} ditemukan")
    assert 0 < page.locator(".one-part:visible").count() < every
    page.fill("#cari", "xyzzy")
    expect(page.locator("[role=status]")).to_contain_text("Belum ada yang cocok")
    expect(page.locator("main > section:visible")).to_have_count(0)
    page.fill("#cari", "")
    expect(page.locator(".one-part:visible")).to_have_count(every)


def test_without_scripts_everything_can_be_read(browser: Browser, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.locator("#cari")).to_be_hidden()
    page.locator("summary", has_text=STORY).click()
    expect(page.locator("[id='kegiatan-mediasi-keluhan-blm']")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_nothing_sticks_out_and_nothing_bars(page: Page, width: int, scheme: Literal["light", "dark"]) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme=scheme)
    page.evaluate("document.querySelectorAll('.one-part').forEach((part) => (part.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('.one-part:nth-of-type(n + 3)').forEach((part) => part.remove())")
    page.evaluate(AXE)
    found = page.evaluate(f"axe.run(document, {json.dumps({'preload': False})})")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
