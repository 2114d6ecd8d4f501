"""What a stand sees to: that fingers reach everything on screens of any size, and the page for staff."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Frame, Page, expect
from screens import COUNTDOWN, IDLE, LARGE, MM, SMALL, STORY, TALL, Screen

SIZES = pytest.mark.parametrize("size", [SMALL, TALL, LARGE], ids=["small", "tall", "large"])
LETTERS = pytest.mark.parametrize("letters", [100, 160])
VIEWS = ("#home", "#to-search", "#to-letters")
TOUCHED = "button, a, summary, [tabindex='0']:not(#typed)"
KEY, MAIN, GAP = 15, 20, 3
"""Millimetres: the least of a key or a link, that of other buttons, and what lies between two."""

ROUNDED = 0.05


def boxes(page: Page | Frame, part: str = "body") -> list[dict[str, Any]]:
    """Return what can be touched on a page or in a part of it, in its millimetres."""
    found: list[dict[str, Any]] = page.eval_on_selector_all(
        f"{part} :is({TOUCHED})",
        """(all) => {
          const mm = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--mm"));
          return all.filter((one) => one.checkVisibility()).map((one) => {
            const box = one.getBoundingClientRect();
            const edges = ["left", "right", "top", "bottom"].map((edge) => [edge, box[edge] / mm]);
            return { isKey: one.matches(".key, a, summary"), words: one.textContent, ...Object.fromEntries(edges) };
          });
        }""",
    )
    return found


def too_small(found: list[dict[str, Any]]) -> list[str]:
    """Return the words of what is smaller than a finger."""
    return [
        box["words"]
        for box in found
        if min(box["right"] - box["left"], box["bottom"] - box["top"]) < (KEY if box["isKey"] else MAIN) - ROUNDED
    ]


def too_near(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return pairs between which a finger cannot tell."""
    return [
        (one["words"], other["words"])
        for place, one in enumerate(found)
        for other in found[:place]
        if max(
            one["left"] - other["right"],
            other["left"] - one["right"],
            one["top"] - other["bottom"],
            other["top"] - one["bottom"],
        )
        < GAP - ROUNDED
    ]


def turn(screen: Screen, size: tuple[int, int]) -> None:
    """Make the screen as large as that."""
    screen.page.set_viewport_size({"width": size[0], "height": size[1]})


@SIZES
@LETTERS
def test_fingers_reach_every_button_and_hit_no_other_and_no_words_are_cut(
    screen: Screen, size: tuple[int, int], letters: int
) -> None:
    turn(screen, size)
    screen.touch()
    screen.page.click(f"[data-size='{letters}']")
    assert screen.page.evaluate("parseFloat(document.documentElement.style.getPropertyValue('--mm'))") >= MM - ROUNDED
    for view in VIEWS:
        screen.page.click(view)
        found = boxes(screen.page)
        assert len(found) > 10
        assert too_small(found) == []
        for part in ("#bar", ".keys", ".tiles", ".rows"):
            assert too_near(boxes(screen.page, part)) == []
        cut = screen.page.eval_on_selector_all(
            "button, h1, h2, .view",
            "(all) => all.filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)"
            ".map((one) => one.textContent)",
        )
        assert cut == []


@LETTERS
def test_fingers_reach_every_link_of_a_page(screen: Screen, letters: int) -> None:
    screen.touch()
    screen.page.click(f"[data-size='{letters}']")
    screen.read(STORY)
    expect(screen.frame.locator("html")).to_have_attribute("style", re.compile("font-size"))
    found = boxes(screen.page.frames[-1])
    assert len(found) > 5
    assert too_small(found) == []


@SIZES
def test_whatever_is_pressed_is_within_reach(screen: Screen, size: tuple[int, int]) -> None:
    """On a tall screen the upper half is out of reach of children and wheelchairs."""
    turn(screen, size)
    screen.touch()
    middle = size[1] / 2
    for view, part in (("#to-search", "#board .key"), ("#to-letters", "#letter-keys .key"), ("#home", "#bar button")):
        screen.page.click(view)
        tops = screen.page.eval_on_selector_all(part, "(all) => all.map((one) => one.getBoundingClientRect().top)")
        assert len(tops) > 2
        assert min(tops) >= middle - 1


@SIZES
def test_codes_are_read_and_keys_hold_their_words_on_screens_of_any_size(
    screen: Screen, tmp_path: Path, size: tuple[int, int]
) -> None:
    turn(screen, size)
    screen.touch()
    screen.read(STORY)
    link = screen.frame.locator("a[data-out^='http']").first
    link.click()
    shown = tmp_path / "layar.png"
    screen.page.locator("#scan").screenshot(path=shown)
    with Image.open(shown) as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [link.get_attribute("data-out")]
    screen.page.click("#scan [data-close]")
    screen.ask_for_staff()
    cut = screen.page.eval_on_selector_all(
        "#staff-body .key",
        "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)",
    )
    assert cut == []


def test_staff_sees_counts_and_nobody_else_does(screen: Screen, tmp_path: Path) -> None:
    page = screen.page
    screen.touch()
    screen.read(STORY)
    screen.ask_for_staff()
    said = page.locator("#staff-body")
    screen.enter("0000")
    expect(said).to_contain_text("Kode itu tidak cocok")
    screen.enter(page.evaluate("KBP.code"))
    expect(said).to_contain_text("Kunjungan: 1")
    expect(said).to_contain_text(STORY)
    with page.expect_download() as saved:
        said.locator("button:has-text('CSV')").click()
    rows = Path(saved.value.path()).read_text(encoding="utf-8").splitlines()
    assert '"sessions","","1"' in rows and f'"opened","{STORY}","1"' in rows
    with page.expect_download():
        said.locator("button:has-text('CSV')").click()
    expect(said.locator(".told")).to_have_count(1)
    expect(said).to_contain_text("Cari di folder Unduhan")
    said.locator("button:has-text('Kode QR')").click()
    shown = tmp_path / "hitungan.png"
    said.locator(".code").screenshot(path=shown)
    with Image.open(shown) as picture:
        [code] = zxingcpp.read_barcodes(picture)
    assert "Kunjungan: 1" in code.text and f"Dibuka: {STORY}: 1" in code.text


def test_what_a_code_of_counts_cannot_hold_is_said(screen: Screen) -> None:
    said = screen.page.evaluate(
        """(() => {
          for (let page = 0; page < 90; page += 1) KBP_COUNTS.opened(`Halaman yang ke-${page}`);
          KBP_COUNTS.opened("Yang paling sering"), KBP_COUNTS.opened("Yang paling sering");
          return KBP_COUNTS.brief(700, (name) => KBP_WORDS.id[name]);
        })()"""
    )
    lines = said.split("\n")
    assert len(said.encode()) <= 700
    assert (lines[3], lines[-1]) == ("Dibuka: Yang paling sering: 2", "Selebihnya ada di CSV.")


def test_counts_are_forgotten_at_a_second_press(screen: Screen) -> None:
    screen.touch()
    said = screen.open_staff()
    said.locator("button:has-text('Hapus hitungan')").click()
    expect(said).to_contain_text("Kunjungan: 1")
    said.locator("button:has-text('Tekan lagi')").click()
    expect(said).to_contain_text("Belum ada hitungan")


def test_no_word_that_was_searched_is_kept(screen: Screen) -> None:
    screen.touch()
    screen.page.click("#to-search")
    screen.type("rahasia")
    assert "rahasia" not in screen.page.evaluate("JSON.stringify({ ...localStorage }) + KBP_COUNTS.csv()")


def test_a_screen_is_measured_once_with_a_bank_card(screen: Screen) -> None:
    page = screen.page
    screen.touch()
    said = screen.open_staff()
    said.locator("button:has-text('Atur ukuran')").click()
    for _ in range(5):
        said.locator("button[aria-label='Jauh lebih lebar']").click()
    width = page.locator("#staff-body .card").evaluate("(card) => card.getBoundingClientRect().width")
    assert width == pytest.approx(85.6 * (MM + 1), abs=0.5)
    said.locator("button:has-text('Simpan')").first.click()
    page.click("#staff [data-close]")
    for _ in range(2):
        height = page.locator("#home").evaluate("(button) => button.getBoundingClientRect().height")
        assert height == pytest.approx(20 * (MM + 1), abs=0.5)
        page.reload()
        screen.touch()


def test_a_measure_that_went_wrong_is_taken_back(screen: Screen) -> None:
    screen.touch()
    said = screen.open_staff()
    said.locator("button:has-text('Atur ukuran')").click()
    for _ in range(60):
        said.locator("button[aria-label='Jauh lebih lebar']").click()
    said.locator("button:has-text('Simpan')").first.click()
    assert too_wide(screen) == []
    said.locator("button:has-text('Atur ukuran')").click()
    said.locator("button:has-text('Ukuran semula')").click()
    assert screen.page.evaluate("localStorage.getItem('kbp-kios mm')") == "0"
    said.locator("button:has-text('Kembali')").click()
    assert screen.page.evaluate("parseFloat(document.documentElement.style.getPropertyValue('--mm'))") < MM + ROUNDED


def too_wide(screen: Screen) -> list[str]:
    """Return the words of buttons that stand beyond the screen's edges."""
    width, height = SMALL
    found: list[str] = screen.page.eval_on_selector_all(
        "#bar button, #board button, #staff > button",
        f"""(all) => all.filter((one) => one.checkVisibility()).filter((one) => {{
          const box = one.getBoundingClientRect();
          return box.left < -1 || box.right > {width + 1} || box.bottom > {height + 1};
        }}).map((one) => one.textContent)""",
    )
    return found


def test_there_is_room_to_search_on_a_small_screen_that_was_measured(screen: Screen) -> None:
    """A screen of 1024 by 768 that is 10 inches large has 5 pixels a millimetre."""
    page = screen.page
    page.evaluate("localStorage.setItem('kbp-kios mm', '5.0')")
    page.reload()
    screen.touch()
    page.click("#to-search")
    screen.type("parit")
    first = page.locator("#found button").first.bounding_box()
    board = page.locator("#board").bounding_box()
    assert first and board
    assert first["height"] >= 20 * 5 - 1 and first["y"] + first["height"] <= board["y"] + 1
    assert too_small(boxes(page)) == []
    assert too_wide(screen) == []
    for _ in "parit":
        page.click("#board .key:text-is('hapus')")
    screen.type("xqzwv")
    expect(page.locator("#count")).to_be_visible()


def test_the_page_for_staff_does_not_stay_open_over_slides(screen: Screen) -> None:
    page = screen.page
    expect(page.locator("#loop")).to_be_visible()
    screen.open_staff()
    screen.wait(IDLE + COUNTDOWN + 2)
    expect(page.locator("#staff")).to_be_hidden()
    expect(page.locator("#loop")).to_be_visible()
    assert page.evaluate("KBP_COUNTS.get().resets") == 0
    screen.wait(IDLE + COUNTDOWN + 2)
    assert page.locator("dialog[open]").count() == 0


def test_staff_feels_every_part_of_the_screen(screen: Screen) -> None:
    screen.touch()
    said = screen.open_staff()
    said.locator("button:has-text('Uji sentuhan')").click()
    cells = said.locator(".grid button")
    assert cells.count() == 40
    first, last = cells.first.bounding_box(), cells.last.bounding_box()
    assert first and last and first["x"] <= 1 and last["x"] + last["width"] >= SMALL[0] - 1
    screen.page.mouse.click(SMALL[0] - 2, last["y"] + 2)
    expect(cells.last).to_have_class("touched")


def test_what_is_old_is_told_to_staff_and_to_nobody_else(screen: Screen) -> None:
    screen.page.clock.set_system_time("2030-01-01")
    screen.touch()
    expect(screen.page.locator("#stage")).not_to_contain_text("diperbarui")
    expect(screen.open_staff().locator(".old")).to_contain_text("perlu diperbarui")


def test_the_corner_takes_no_touch_from_visitors(screen: Screen) -> None:
    screen.touch()
    under = screen.page.evaluate("document.elementFromPoint(40, 40).closest('.view').id")
    assert under == "start"
    for _ in range(4):
        screen.page.mouse.click(20, 20)
    screen.wait(2)
    expect(screen.page.locator("#staff")).to_be_hidden()
