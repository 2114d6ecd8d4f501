"""Photos as a reader's browser takes them: a light one for a phone, its room kept free, the others when needed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import until
from playwright.sync_api import Browser, Page
from test_pages import AXE, OPTIONS, Scheme, sideways

STORY, LISTING, EXHIBITION = "kegiatan/mediasi-parit/", "kegiatan/", "pameran/pameran-kemerdekaan/"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output to the tests."""


@pytest.fixture(scope="module")
def address(full_site: Path) -> Iterator[str]:
    """Serve the small site with photos."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(full_site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Any]:
    """Give a function that opens a page on a screen of a width and density."""
    contexts = []

    def opened(url: str, *, width: int = 360, density: float = 2, scheme: Scheme = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 740}, device_scale_factor=density, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


SCROLL = """async () => {
  for (const image of document.images) {
    image.scrollIntoView();
    await new Promise(requestAnimationFrame);
  }
}"""
PLACES = "[...document.querySelectorAll('h1, h2, img, footer')].map(node => node.getBoundingClientRect().y + scrollY)"


def scroll_through(page: Page) -> None:
    """Go to every picture, so that all that waits is loaded."""
    page.evaluate(SCROLL)
    until(page, "[...document.images].every(image => image.complete)")


@pytest.mark.parametrize(
    ("width", "density", "ending"),
    [(360, 1, "-400.avif"), (360, 2, "-800.avif"), (360, 3, "-800.avif"), (412, 2.6, "-800.avif"),
     (1280, 1, "-1000.avif")],
)  # fmt: skip
def test_each_screen_takes_what_it_needs(address: str, open_page: Any, width: int, density: float, ending: str) -> None:
    page = open_page(address + STORY, width=width, density=density)
    first = page.locator(".kbp-hero img")
    assert first.evaluate("image => image.currentSrc").endswith(ending)
    assert first.evaluate("image => image.naturalWidth") > 0


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_photos_come(address: str, browser: Browser, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    page.route("**/foto/**", lambda route: None)  # held until nothing routes it any more
    page.goto(address + STORY, wait_until="domcontentloaded")
    until(page, "[...document.images].some(image => !image.complete)")
    before = page.evaluate(PLACES)
    page.unroute("**/foto/**")
    scroll_through(page)
    shown = page.locator(".kbp-photo img")
    assert [shown.nth(number).evaluate("image => image.naturalWidth > 0") for number in range(3)] == [True] * 3
    assert page.evaluate(PLACES) == pytest.approx(before, abs=1)
    context.close()


def test_only_the_first_photo_comes_at_once(address: str, open_page: Any) -> None:
    page = open_page(address + STORY)
    photos = page.locator(".kbp-photo img")
    assert [photos.nth(number).get_attribute("loading") for number in range(3)] == [None, "lazy", "lazy"]
    assert [bool(photos.nth(number).get_attribute("alt")) for number in range(3)] == [True] * 3


def test_a_photo_leads_the_page_and_the_card_in_place_of_the_weave(address: str, open_page: Any) -> None:
    page = open_page(address + STORY)
    assert page.locator(".kbp-hero").evaluate("hero => getComputedStyle(hero, '::before').content") == "none"
    page = open_page(address + LISTING)
    scroll_through(page)
    assert page.locator(".kbp-card--photo").count() == 1
    assert page.locator(".kbp-card--photo img").evaluate("image => image.naturalWidth") == 400
    assert page.locator(".kbp-card[class*='kbp-weave-']").count() == 2
    page.locator(".kbp-card--photo").click(position={"x": 20, "y": 40})
    assert page.url.endswith(STORY)


@pytest.mark.parametrize(
    ("path", "scheme"), [(STORY, "light"), (STORY, "dark"), (EXHIBITION, "light"), (LISTING, "dark")]
)
def test_photos_are_no_barrier(address: str, open_page: Any, path: str, scheme: Scheme) -> None:
    page = open_page(address + path, width=320, scheme=scheme)
    scroll_through(page)
    assert sideways(page) == 0
    page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options)", OPTIONS)
    assert [violation["id"] for violation in found["violations"]] == []


def test_a_document_is_a_download_with_type_and_size(address: str, open_page: Any) -> None:
    page = open_page(address + STORY)
    row = page.locator("#dokumen + ul li")
    assert row.inner_text() == "Catatan rapat parit (TXT, 1 KB)"
    answer = page.request.get(address + STORY + str(row.locator("a").get_attribute("href")))
    assert answer.ok and answer.text() == Path("tests/sites/full/content/media/parit/catatan.txt").read_text("utf-8")
