"""A real browser looks at the real content: built once, served on this machine only."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from screens import SMALL, Screen

from kbp_site.content.load import load
from kbp_site.pages.plan import plan_pages
from kbp_site.site.clock import read_clock
from kbp_site.site.writing import html_name

ROOT = Path(__file__).parents[2]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Every new window would make two pages for its address bar that nobody sees: a third of all that the browser does.
    # The last such list counts, so that Playwright's own stands here too, as far as it changes what pages do.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,AvoidCorsURLLoaderRestartOnRedirect,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,"
    "MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch,ThirdPartyStoragePartitioning",
]


@dataclass(frozen=True)
class BuiltSite:
    """The built site: its folder, its address, and the largest page of every kind."""

    folder: Path
    address: str
    pages: Mapping[str, str]

    def url(self, kind: str) -> str:
        """Return the address of a kind's page."""
        return self.address + self.pages[kind].removesuffix("index.html")


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output to the tests."""


@pytest.fixture(scope="session")
def built(real_site: Path) -> Path:
    """Give the real content as it was built."""
    return real_site


@pytest.fixture(scope="session")
def site(built: Path) -> Iterator[BuiltSite]:
    """Serve the built site at an address of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(built)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield BuiltSite(built, f"http://127.0.0.1:{server.server_port}/", page_of_each_kind(built))
    server.shutdown()
    server.server_close()
    thread.join()


def page_of_each_kind(built: Path) -> dict[str, str]:
    """Return the largest page of every template, the largest that is written by hand ("page"), and the 404.

    A page of the English edition is named with its language ("story.en").
    """
    library = load(ROOT, today=read_clock({}, ROOT)).library
    assert library is not None
    planned = [
        (page.template.partition(".")[0] + ("" if page.language == "id" else f".{page.language}"), html_name(page.file))
        for page in plan_pages(library)
    ]
    docs = ROOT / "docs"
    written = [("page", html_name(path.relative_to(docs).as_posix())) for path in docs.rglob("*.md")]
    by_size = sorted([*planned, *written], key=lambda row: ((built / row[1]).stat().st_size, row))
    return {**dict(by_size), "404": "404.html"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser that is installed; without one the tests fail, they are never left out."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield running
        running.close()


@contextmanager
def lent(page: Page, site: BuiltSite) -> Iterator[Page]:
    """Lend a page to one test, and make it as it was: nothing remembered, nothing routed, light, of its first size.

    A new page costs more than most tests do on it: a process of its own, and three times the time of a visit. Tests
    that need a browser of another kind, or that listen to what a page asks for, open their own.
    """
    size = page.viewport_size
    reduces = page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    yield page
    page.unroute_all()
    if page.url.startswith(site.address):
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.goto("about:blank")
    page.emulate_media(media="null", color_scheme="light", reduced_motion="reduce" if reduces else "no-preference")
    assert size
    page.set_viewport_size(size)


def until(page: Page, expression: str) -> None:
    """Wait until something holds in a page; its policy forbids what the browser's driver has for this."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never became true: {expression}")


def find_browser() -> str:
    """Return the browser's path: `KBP_CHROMIUM`, or the first that is installed."""
    for name in filter(None, (os.environ.get("KBP_CHROMIUM"), *PROGRAMS)):
        if path := shutil.which(name):
            return path
    pytest.fail("No Chromium found: run `make browser`, or set KBP_CHROMIUM to its path.")


@pytest.fixture
def screen(browser: Browser, kiosk: Path) -> Iterator[Screen]:
    """Give a screen of 1024 by 768; whatever happens, nothing may be asked of the network, and nothing go wrong."""
    context = browser.new_context(viewport={"width": SMALL[0], "height": SMALL[1]}, offline=True)
    screen = Screen(context.new_page(), kiosk)
    screen.switch_on()
    yield screen
    assert [url for url in screen.asked if not url.startswith(("file:", "about:", "blob:"))] == []
    assert screen.told == []
    context.close()
