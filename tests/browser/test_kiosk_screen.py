"""A visit at an exhibition's screen, from a file and without any network, in a real browser."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, FrameLocator, Page, expect

from benchmarks.kiosk import touch_at_random

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SMALL, TALL, LARGE = (
    {"width": 1024, "height": 768},
    {"width": 1080, "height": 1920},
    {"width": 3840, "height": 2160},
)
IDLE, COUNTDOWN = 60, 20
"""Seconds, as the full site's exhibition says."""

MM = 96 / 25.4
STORY = "Menengahi keluhan tentang parit & jalan"
CODE = "#staff-body .key"


class Screen:
    """A screen that was just switched on: its page, and what it asked for or complained of."""

    def __init__(self, page: Page, kiosk: Path) -> None:
        self.page = page
        self.kiosk = kiosk
        self.asked: list[str] = []
        self.told: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.on("console", lambda said: self.told.append(said.text) if said.type == "error" else None)

    @property
    def frame(self) -> FrameLocator:
        """The page that is read."""
        return self.page.frame_locator("#frame")

    def switch_on(self) -> None:
        """Open the screen, with a clock that only goes when it is told to."""
        self.page.clock.install()
        self.page.goto((self.kiosk / "MULAI.html").as_uri())

    def touch(self) -> None:
        """Touch the screen while slides take turns."""
        self.page.click(".invite")

    def read(self, title: str) -> None:
        """Open a page from the first screen."""
        self.page.click(f"#first button:has-text('{title}')")
        expect(self.frame.locator("h1")).to_contain_text(title)

    def wait(self, seconds: float) -> None:
        """Let time go by."""
        self.page.clock.run_for(int(seconds * 1000))

    def type(self, words: str) -> None:
        """Type on the screen's own keyboard."""
        for letter in words:
            name = "spasi" if letter == " " else letter
            self.page.click(f"#board .key:text-is('{name}')")


@pytest.fixture
def screen(browser: Browser, kiosk: Path) -> Iterator[Screen]:
    """Give a screen of 1024 by 768; whatever happens, nothing may be asked of the network, and nothing go wrong."""
    context = browser.new_context(viewport=SMALL, offline=True)  # type: ignore[arg-type]  # sizes are plain
    screen = Screen(context.new_page(), kiosk)
    screen.switch_on()
    yield screen
    assert [url for url in screen.asked if not url.startswith(("file:", "about:", "blob:"))] == []
    assert screen.told == []
    context.close()


def test_slides_take_turns_until_somebody_touches_the_screen(screen: Screen) -> None:
    expect(screen.page.locator("#loop")).to_be_visible()
    expect(screen.page.locator(".slide strong")).to_have_text("Dengarkan dahulu")
    screen.wait(9)
    expect(screen.page.locator(".slide strong").last).to_have_text("Dengarkan dahulu")
    screen.touch()
    expect(screen.page.locator("#loop")).to_be_hidden()
    expect(screen.page.locator("#start h1")).to_be_visible()


def test_a_touch_on_a_slide_opens_its_page(screen: Screen) -> None:
    screen.page.click(".slide-words strong")
    expect(screen.frame.locator("h1")).to_have_text("Dengarkan dahulu")


def test_a_visit(screen: Screen) -> None:
    page, frame = screen.page, screen.frame
    screen.touch()
    screen.read(STORY)
    frame.locator("a[href*='peran/']").first.click()
    expect(frame.locator("h1")).not_to_contain_text(STORY)
    page.click("#back")
    expect(frame.locator("h1")).to_contain_text(STORY)
    page.click("[data-language=en]")
    expect(frame.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#home")).to_contain_text("Start")
    page.click("[data-size='160']")
    expect(frame.locator("html.large")).to_be_visible()
    page.click("#contrast")
    expect(frame.locator("html.contrast")).to_be_visible()
    page.click("#home")
    expect(page.locator("#start h1")).to_be_visible()


def test_searching_with_the_keyboard_of_the_screen(screen: Screen) -> None:
    screen.touch()
    screen.page.click("#to-search")
    screen.type("penengahan")  # which no record says: its root is what they share
    expect(screen.page.locator("#found strong").first).to_be_visible()
    for _ in "penengahan":
        screen.page.click("#board .key:text-is('hapus')")
    screen.type("parit")
    expect(screen.page.locator("#found strong").first).to_have_text(STORY)
    screen.page.click("#found button >> nth=0")
    expect(screen.frame.locator("h1")).to_have_text(STORY)


def test_whatever_is_not_found_is_said(screen: Screen) -> None:
    screen.touch()
    screen.page.click("#to-search")
    screen.type("xqzwv")
    expect(screen.page.locator("#count")).to_contain_text("Belum ada yang cocok")


def test_a_link_out_becomes_a_code_that_phones_read(screen: Screen, tmp_path: Path) -> None:
    screen.touch()
    screen.read(STORY)
    link = screen.frame.locator("a[data-out^='http']").first
    address = link.get_attribute("data-out")
    link.click()
    shown = tmp_path / "kode.png"
    screen.page.locator("#scan .code").screenshot(path=shown)
    with Image.open(shown) as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [address]
    screen.page.click("#scan [data-close]")
    expect(screen.frame.locator("h1")).to_have_text(STORY)


def test_a_screen_that_is_left_alone_asks_and_goes_back_to_the_beginning(screen: Screen) -> None:
    page = screen.page
    screen.touch()
    screen.read(STORY)
    page.click("[data-language=en]")
    page.click("[data-size='130']")
    page.click("#contrast")
    screen.wait(IDLE + 1)
    expect(page.locator("#idle")).to_be_visible()
    page.click("#stay")
    expect(page.locator("#idle")).to_be_hidden()
    screen.wait(IDLE + 1)
    expect(page.locator("#idle-words")).to_contain_text(str(COUNTDOWN - 1))
    screen.wait(COUNTDOWN)
    expect(page.locator("#loop")).to_be_visible()
    screen.touch()
    expect(page.locator("#home")).to_contain_text("Awal")
    assert page.evaluate("document.documentElement.className") == ""
    assert page.locator("[data-size='100']").get_attribute("aria-pressed") == "true"
    assert page.locator("#back").is_disabled()


def test_a_page_that_does_not_answer_is_made_anew(screen: Screen) -> None:
    screen.touch()
    screen.read(STORY)
    screen.page.frames[-1].evaluate(
        "document.body.dataset.old = 'yes';"
        "addEventListener('message', (event) => event.stopImmediatePropagation(), { capture: true })"
    )
    screen.wait(45)
    expect(screen.frame.locator("h1")).to_have_text(STORY)
    expect(screen.frame.locator("body[data-old]")).to_have_count(0)


def test_staff_sees_counts_and_nobody_else_does(screen: Screen, tmp_path: Path) -> None:
    page = screen.page
    screen.touch()
    screen.read(STORY)
    corner = page.locator("#corner").bounding_box()
    assert corner
    page.mouse.move(corner["x"] + 20, corner["y"] + 20)
    for _ in range(5):
        page.mouse.down()
        if _ < 4:
            page.mouse.up()
    screen.wait(1.1)
    page.mouse.up()
    expect(page.locator("#staff")).to_be_visible()
    for digit in "0000":
        page.click(f"{CODE}:text-is('{digit}')")
    expect(page.locator("#staff-body")).to_contain_text("Kode itu tidak cocok")
    for digit in page.evaluate("KBP.code"):
        page.click(f"{CODE}:text-is('{digit}')")
    expect(page.locator("#staff-body")).to_contain_text("Kunjungan: 1")
    expect(page.locator("#staff-body")).to_contain_text(STORY)
    with page.expect_download() as saved:
        page.click("#staff-body button:has-text('CSV')")
    rows = Path(saved.value.path()).read_text(encoding="utf-8").splitlines()
    assert '"sessions","","1"' in rows and f'"opened","{STORY}","1"' in rows
    page.click("#staff-body button:has-text('Kode QR')")
    shown = tmp_path / "hitungan.png"
    page.locator("#staff-body .code").screenshot(path=shown)
    with Image.open(shown) as picture:
        [code] = zxingcpp.read_barcodes(picture)
    assert "sessions: 1" in code.text and f"opened {STORY}: 1" in code.text


@pytest.mark.parametrize("size", [SMALL, TALL, LARGE], ids=["small", "tall", "large"])
def test_whatever_is_touched_is_large_enough(screen: Screen, size: Any) -> None:
    screen.page.set_viewport_size(size)
    screen.touch()
    for view in ("#home", "#to-search", "#to-letters"):
        screen.page.click(view)
        boxes = screen.page.eval_on_selector_all(
            "button",
            """all => all.filter(one => one.checkVisibility() && one.id !== "corner")
              .map(one => [one.getBoundingClientRect(), one.className.includes("key")])
              .map(([box, isKey]) => [box.width, box.height, isKey])""",
        )
        assert len(boxes) > 10
        mm = [(round(width / MM, 1), round(height / MM, 1), is_key) for width, height, is_key in boxes]
        assert [row for row in mm if min(row[0], row[1]) < (15 if row[2] else 19.9)] == []


@pytest.mark.parametrize("contrast", [False, True], ids=["plain", "contrast"])
def test_the_screen_has_no_barrier_that_axe_finds(screen: Screen, contrast: bool) -> None:
    screen.page.evaluate(AXE)
    screen.touch()
    if contrast:
        screen.page.click("#contrast")
    rules = {"color-contrast-enhanced": {"enabled": contrast}}
    for view in ("#home", "#to-search", "#to-letters"):
        screen.page.click(view)
        found = screen.page.evaluate(
            f"axe.run(document, {{ iframes: false, preload: false, rules: {json.dumps(rules)} }})"
        )
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


def test_random_touches_leave_no_screen_stuck(screen: Screen) -> None:
    chance = random.Random(20261126)
    page = screen.page
    for _ in range(150):
        page.mouse.click(chance.uniform(1, 1023), chance.uniform(1, 767))
        screen.wait(chance.choice([0.2, 1, 3]))
    screen.wait(IDLE + COUNTDOWN + 5)
    expect(page.locator("#loop")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "id"
    assert page.locator("dialog[open]").count() == 0


def test_the_script_of_random_touches_tells_what_became_of_a_screen(browser: Browser, kiosk: Path) -> None:
    counts, memory, wrong = touch_at_random(browser, kiosk, 12)
    assert re.fullmatch(r"12 touches: (\d+) sessions, \1 resets, \d+ pages opened", counts)
    assert "ratio 1.00" in memory
    assert wrong == "asked of a network or went wrong: []"
