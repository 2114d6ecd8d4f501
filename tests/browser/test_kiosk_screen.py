"""A visit at an exhibition's screen, from a file and without any network, in a real browser."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Frame, expect
from screens import COUNTDOWN, IDLE, STORY, Screen

from benchmarks.kiosk import touch_at_random

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


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


def test_figures_are_typed_and_all_is_cleared(screen: Screen) -> None:
    screen.touch()
    screen.page.click("#to-search")
    screen.page.click("#board .key:text-is('123')")
    screen.type("2006")
    expect(screen.page.locator("#typed")).to_have_text("2006")
    screen.page.click("#board .key:text-is('ABC')")
    screen.page.click("#board .key:text-is('kosongkan')")
    expect(screen.page.locator("#typed")).to_contain_text("Ketik satu kata")
    expect(screen.page.locator("#board .key:text-is('q')")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "typed"), [("id", "prait"), ("en", "ditches"), ("en", "complaints"), ("en", "dicth")]
)
def test_a_slip_and_a_plural_find_what_was_meant(screen: Screen, language: str, typed: str) -> None:
    screen.touch()
    screen.page.click(f"[data-language='{language}']") if language != "id" else None
    screen.page.click("#to-search")
    screen.type(typed)
    expect(screen.page.locator("#found strong").first).to_be_visible()


def test_searching_with_a_keyboard_of_the_stand(screen: Screen) -> None:
    screen.touch()
    screen.page.click("#to-search")
    screen.page.keyboard.type("Parit  jalans")
    screen.page.keyboard.press("Backspace")
    expect(screen.page.locator("#typed")).to_have_text("parit jalan")
    expect(screen.page.locator("#found strong").first).to_have_text(STORY)


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


def test_a_touch_beside_the_question_is_an_answer_too(screen: Screen) -> None:
    screen.touch()
    screen.wait(IDLE + 1)
    expect(screen.page.locator("#idle")).to_be_visible()
    screen.page.mouse.click(5, 5)
    expect(screen.page.locator("#idle")).to_be_hidden()
    expect(screen.page.locator("#loop")).to_be_hidden()


def test_back_leads_to_the_place_that_was_left_in_the_language_of_now(screen: Screen) -> None:
    page, frame = screen.page, screen.frame
    screen.touch()
    screen.read(STORY)
    link = frame.locator("a[href*='peran/']").last
    link.scroll_into_view_if_needed()
    before = page.frames[-1].evaluate("scrollY")
    assert before > 200
    page.wait_for_timeout(200)  # the page tells where it is once it stands still
    screen.wait(0.5)
    link.click()
    expect(frame.locator("h1")).not_to_contain_text(STORY)
    page.click("#back")
    expect(frame.locator("h1")).to_contain_text(STORY)
    page.wait_for_timeout(200)
    assert abs(page.frames[-1].evaluate("scrollY") - before) < 5
    frame.locator("a[href*='peran/']").first.click()
    expect(frame.locator("h1")).not_to_contain_text(STORY)
    page.click("[data-language=en]")
    expect(frame.locator("html")).to_have_attribute("lang", "en")
    page.click("#back")
    expect(frame.locator("html")).to_have_attribute("lang", "en")


def test_nobody_is_asked_while_something_plays_and_a_page_that_was_left_plays_no_more(screen: Screen) -> None:
    page = screen.page
    screen.touch()
    screen.read(STORY)
    page.frames[-1].evaluate("parent.postMessage({ kbp: 'media', playing: true }, '*')")
    screen.wait(5)
    screen.wait(3 * IDLE)
    expect(page.locator("#idle")).to_be_hidden()
    page.click("#home")
    expect(screen.frame.locator("h1")).to_have_count(0)
    screen.wait(IDLE + COUNTDOWN + 2)
    expect(page.locator("#loop")).to_be_visible()


def test_after_half_an_hour_the_next_reset_loads_everything_anew(screen: Screen) -> None:
    page = screen.page
    screen.touch()
    page.evaluate("window.isOld = true")
    screen.wait(IDLE + COUNTDOWN + 2)
    assert page.evaluate("window.isOld")
    screen.wait(30 * 60)
    screen.touch()
    with page.expect_navigation():
        screen.wait(IDLE + COUNTDOWN + 2)
    expect(page.locator("#loop")).to_be_visible()
    assert page.evaluate("window.isOld === undefined")


DEAF = "addEventListener('message', (event) => event.stopImmediatePropagation(), { capture: true })"


def test_a_page_that_does_not_answer_is_made_anew(screen: Screen) -> None:
    screen.touch()
    screen.read(STORY)
    screen.page.frames[-1].evaluate(f"document.body.dataset.old = 'yes'; {DEAF}")
    screen.wait(45)
    expect(screen.frame.locator("h1")).to_have_text(STORY)
    expect(screen.frame.locator("body[data-old]")).to_have_count(0)


def test_a_page_that_never_answers_is_given_up(screen: Screen) -> None:
    page = screen.page
    screen.touch()
    screen.read(STORY)
    for _ in range(2):
        page.click("#contrast")
        page.frames[-1].evaluate(DEAF)
        screen.wait(31)
        page.wait_for_timeout(300)
    expect(page.locator("#cover")).to_contain_text("tidak dapat dibuka")
    page.click("#home")
    screen.read(STORY)


def test_a_page_that_does_not_come_is_spoken_of_soon(screen: Screen) -> None:
    page = screen.page
    screen.touch()
    page.evaluate("KBP.titles['situs/tidak-ada.html'] = 'Tidak ada'; KBP.first[0].page.id = 'situs/tidak-ada.html'")
    page.click("[data-language=en]")
    page.click("[data-language=id]")
    page.click("#first button >> nth=0")
    expect(page.locator("#cover")).to_contain_text("Membuka")
    screen.wait(5)
    expect(page.locator("#cover")).to_be_visible()
    expect(page.locator("#cover")).to_contain_text("belum juga terbuka")
    page.click("#back")
    expect(page.locator("#start h1")).to_be_visible()
    screen.told.clear()  # the browser tells of a file that is not there


@pytest.mark.parametrize("inside", [False, True], ids=["screen", "page"])
def test_no_key_of_the_browser_does_anything(screen: Screen, inside: bool) -> None:
    screen.touch()
    screen.read(STORY)
    frame = screen.page.frames[-1 if inside else 0]
    keys = [{"key": f"F{number}"} for number in range(1, 13)]
    keys += [{"key": key, "ctrlKey": True} for key in "psfjhou+-0"]
    keys += [
        {"key": "F4", "ctrlKey": True},
        {"key": "ArrowLeft", "altKey": True},
        {"key": "ContextMenu"},
        {"key": "d", "metaKey": True},
    ]
    left = frame.evaluate(
        """(keys) => keys.filter((key) => document.body.dispatchEvent(
          new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true })))""",
        keys,
    )
    assert left == []


def test_two_fingers_enlarge_nothing(screen: Screen) -> None:
    """A browser enlarges only what every element up to the root lets it."""
    screen.touch()
    screen.read(STORY)
    for frame in screen.page.frames:
        allowed = frame.eval_on_selector_all(
            "html, body", "(all) => all.map((one) => getComputedStyle(one).touchAction)"
        )
        assert allowed == ["pan-y", "pan-y"]


def test_gestures_and_keys_that_lead_away_are_closed(screen: Screen) -> None:
    page = screen.page
    screen.touch()
    screen.read(STORY)
    page.evaluate("setTimeout(() => history.back())")  # what a swipe from the edge does
    expect(screen.page.locator("#cover")).to_be_hidden()
    screen.frame.locator("h1").click(timeout=5_000)
    for keys in ("F5", "Alt+ArrowLeft", "Control+r", "Control+p"):
        page.keyboard.press(keys)
    expect(screen.frame.locator("h1")).to_have_text(STORY)
    assert page.url.endswith("MULAI.html")
    for frame in page.frames:
        cancelled = frame.evaluate(
            """["contextmenu", "selectstart", "dragstart"].filter((name) =>
              document.body.dispatchEvent(new Event(name, { bubbles: true, cancelable: true })))"""
        )
        assert cancelled == []
        assert frame.evaluate("getComputedStyle(document.body).userSelect") == "none"
        assert (
            frame.evaluate(
                "document.body.dispatchEvent(new WheelEvent('wheel', "
                "{ ctrlKey: true, bubbles: true, cancelable: true }))"
            )
            is False
        )


def test_languages_are_named_as_their_readers_call_them(screen: Screen) -> None:
    screen.touch()
    assert screen.page.locator("#languages button").all_inner_texts() == ["Bahasa Indonesia", "English"]


@pytest.mark.parametrize("contrast", [False, True], ids=["plain", "contrast"])
def test_the_screen_has_no_barrier_that_axe_finds(screen: Screen, contrast: bool) -> None:
    screen.page.evaluate(AXE)
    screen.touch()
    if contrast:
        screen.page.click("#contrast")
    options = {
        "iframes": False,
        "preload": False,
        "resultTypes": ["violations"],
        "rules": {"color-contrast-enhanced": {"enabled": contrast}},
    }

    def found(frame: Frame) -> list[tuple[str, str]]:
        told = frame.evaluate(f"axe.run(document, {json.dumps(options)})")
        return [(one["id"], one["nodes"][0]["html"]) for one in told["violations"]]

    for view in ("#home", "#to-search", "#to-letters"):
        screen.page.click(view)
        assert found(screen.page.main_frame) == []
    screen.page.click("#home")
    screen.read(STORY)
    shown = screen.page.frames[-1]
    shown.evaluate(AXE)
    assert found(shown) == []
    screen.open_staff()
    assert found(screen.page.main_frame) == []
    screen.page.click("#staff [data-close]")
    screen.wait(IDLE + 1)
    assert found(screen.page.main_frame) == []


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
