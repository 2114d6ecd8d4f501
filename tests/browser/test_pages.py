"""Every kind of page, as a reader's browser shows it: on a phone and a desktop, light and dark, by keyboard."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from conftest import BuiltSite, lent
from playwright.sync_api import Browser, Page, expect

from kbp_site.pages.render import TEMPLATES

PLANNED = sorted({path.name.partition(".")[0] for path in TEMPLATES.glob("[!_]*.jinja")})
KINDS = [*PLANNED, "404", "page"]
ENGLISH = [f"{kind}.en" for kind in PLANNED]
VENDOR = Path(__file__).parent / "vendor"
AXE = (VENDOR / "axe.min.js").read_text(encoding="utf-8")
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@pytest.fixture(scope="module")
def only_page(browser: Browser) -> Iterator[Page]:
    """The page that these tests lend each other; the worker that keeps pages has tests of its own."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    yield context.new_page()
    context.close()


@pytest.fixture
def page(only_page: Page, site: BuiltSite) -> Iterator[Page]:
    """A page in a browser that remembers nothing."""
    with lent(only_page, site) as page:
        yield page


@pytest.fixture(scope="module")
def styled_page(browser: Browser) -> Iterator[Page]:
    """A page on a phone that takes styles of ours, which the site's policy would refuse."""
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce", bypass_csp=True)
    yield context.new_page()
    context.close()


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


@contextmanager
def overheard(page: Page) -> Iterator[tuple[list[str], list[str]]]:
    """Give what goes wrong in a page, and which addresses it asks for, as it happens."""
    wrong: list[str] = []
    asked: list[str] = []
    handlers: dict[Any, Any] = {
        "console": lambda message: wrong.append(message.text),
        "pageerror": lambda error: wrong.append(str(error)),
        "requestfailed": lambda request: wrong.append(request.url),
        "request": lambda request: asked.append(request.url),
    }
    for event, handler in handlers.items():
        page.on(event, handler)
    try:
        yield wrong, asked
    finally:
        for event, handler in handlers.items():
            page.remove_listener(event, handler)


@pytest.mark.parametrize("kind", [*KINDS, *ENGLISH])
def test_a_page_stands_by_itself_and_has_no_barrier_that_axe_finds(kind: str, site: BuiltSite, page: Page) -> None:
    """One main heading, nothing wrong, nothing from elsewhere, no sideways scrolling; and what axe finds."""
    with overheard(page) as (wrong, asked):
        page.goto(site.url(kind), wait_until="networkidle")
        assert page.locator("h1").count() == 1
        assert sideways(page) == 0
        page.set_viewport_size(PHONE)
        assert sideways(page) == 0
    assert wrong == []
    assert asked and [url for url in asked if not url.startswith((site.address, "data:"))] == []
    page.evaluate(AXE)
    every = [(scheme, size) for size in (PHONE, DESKTOP) for scheme in SCHEMES]
    found = [
        (scheme, size["width"], violation["id"], node["target"], node["failureSummary"])
        for scheme, size in (every if kind in KINDS else [("light", PHONE), ("dark", DESKTOP)])
        for violation in axe(page, scheme, size)
        for node in violation["nodes"]
    ]
    assert found == []


@pytest.mark.parametrize("kind", PLANNED)
def test_the_switch_leads_to_the_same_page_and_back(kind: str, site: BuiltSite, page: Page) -> None:
    page.goto(site.url(kind))
    page.get_by_role("link", name="Read in English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("link[hreflang=id]")).to_have_count(page.locator("link[hreflang]").count() // 2)
    page.get_by_role("link", name="Baca dalam bahasa Indonesia").click()
    expect(page).to_have_url(site.url(kind))
    expect(page.locator("html")).to_have_attribute("lang", "id")


def test_the_english_menu_leads_to_english_pages(site: BuiltSite, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site.url("story.en"))
    page.locator("summary", has_text="Explore").click()
    page.locator(".kbp-menu").get_by_role("link", name="Places").click()
    expect(page.locator("h1")).to_have_text("Places")
    expect(page).to_have_url(f"{site.address}en/places/")


def test_the_open_menu_has_no_barrier_that_axe_finds(site: BuiltSite, page: Page) -> None:
    page.goto(site.url("story"))
    page.evaluate(AXE)
    page.get_by_label("Tampilkan menu").check()
    for size in (PHONE, DESKTOP):
        for scheme in SCHEMES:
            page.set_viewport_size(size)
            page.evaluate("document.querySelectorAll('.kbp-menu details')[1].open = true")
            expect(page.locator(".kbp-menu").get_by_role("link", name="Istilah")).to_be_visible()
            assert axe(page, scheme, size) == []


def axe(page: Page, scheme: Scheme, size: Any) -> list[dict[str, Any]]:
    """Return what axe finds in a page of a size and colour scheme."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    violations: list[dict[str, Any]] = page.evaluate(f"axe.run({json.dumps(OPTIONS)}).then(all => all.violations)")
    return violations


CUT_OFF = """() => {
    const wide = document.documentElement.clientWidth;
    const scrolls = ".kbp-scroll, pre, .kbp-skip, .kbp-menu-switch, thead, svg *";
    return [...document.querySelectorAll("body *")].filter((each) => {
        const box = each.getBoundingClientRect();
        return box.width && (box.left < -1 || box.right > wide + 1) && !each.closest(scrolls);
    }).map((each) => `${each.tagName} ${each.className}`);
}"""
"""What reaches beyond the screen: the page's own edge hides it, so that no scrolling tells of it."""


CUT_WORDS = """() => {
    const found = [], range = document.createRange();
    const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode());) {
        for (const word of node.data.matchAll(/(?<![\\w/])\\p{L}{2,13}(?![\\w/])/gu)) {
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            const lines = new Set([...range.getClientRects()].filter((r) => r.width > 1).map((r) => Math.round(r.top)));
            const is_address = node.parentElement.closest(".kbp-citation, .kbp-share__address, .kbp-sources, code");
            if (lines.size > 1 && !is_address) found.push(word[0]);
        }
    }
    return found;
}"""
"""Ordinary words that stand on two lines."""


def phone_letters() -> str:
    """Return the style that shows a page in an Android phone's letters: how wide words are differs by machine."""
    faces = [("Serif", 700, "noto-serif"), ("Sans", 400, "roboto"), ("Sans", 700, "roboto")]
    written = [
        f"@font-face {{ font-family: Phone{family}; font-weight: {weight}; src: url(data:font/woff2;base64,"
        f"{base64.b64encode((VENDOR / f'{name}-latin-{weight}-normal.woff2').read_bytes()).decode()}) }}"
        for family, weight, name in faces
    ]
    return "".join([*written, ":root { --serif: PhoneSerif !important; --sans: PhoneSans !important }"])


@pytest.mark.parametrize("kind", ["home", "story", "listing", "lessons", "glossary", "funding", "map", "home.en"])
def test_letters_of_twice_the_size_fit_a_phone(kind: str, site: BuiltSite, styled_page: Page) -> None:
    page = styled_page
    page.goto(site.url(kind))
    page.add_style_tag(content=f"{phone_letters()} html {{ font-size: 225% !important }}")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').length") >= 2
    assert sideways(page) == 0
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(CUT_WORDS) == []


@pytest.mark.parametrize("width", [320, 360, 412, 480])
def test_no_role_on_the_home_page_has_a_cut_word(width: int, site: BuiltSite, styled_page: Page) -> None:
    page = styled_page
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(site.url("home"))
    page.add_style_tag(content=phone_letters())
    page.evaluate("document.fonts.ready")
    page.locator(".kbp-role strong").first.evaluate("title => title.textContent = 'Mediator penyelesaian pembangunan'")
    assert page.evaluate(CUT_WORDS) == []


@pytest.mark.parametrize("kind", ["home", "map"])
def test_the_map_is_legible_and_within_a_finger_s_reach_on_a_phone(kind: str, site: BuiltSite, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.url(kind))
    scale = page.locator(".kbp-map svg").evaluate(
        "svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width"
    )
    letters = page.locator(".kbp-map__label").evaluate_all(
        "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    reaches = page.locator(".kbp-map__reach").evaluate_all("all => all.map(e => e.getBoundingClientRect().width)")
    assert letters and min(letters) * scale >= 11
    assert reaches and min(reaches) >= 24


def test_the_list_stands_beside_the_map_on_a_wide_screen(site: BuiltSite, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site.url("map"))
    drawn, listed = page.locator(".kbp-map").bounding_box(), page.locator("#daftar").bounding_box()
    assert drawn and listed
    assert listed["x"] >= drawn["x"] + drawn["width"] and listed["y"] < drawn["y"] + drawn["height"]


def test_the_keyboard_finds_the_way_past_the_head(site: BuiltSite, page: Page) -> None:
    page.goto(site.url("story"))
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Langsung ke isi")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("id", "kbp-isi")


def test_what_has_the_focus_can_be_seen(site: BuiltSite, page: Page) -> None:
    page.goto(site.url("story"))
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        drawn = page.evaluate(
            """() => [document.activeElement, document.activeElement.nextElementSibling]
                .filter(Boolean).flatMap(each => [getComputedStyle(each), getComputedStyle(each, '::after')])
                .some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1)"""
        )
        if not drawn:
            unseen.append(page.evaluate("document.activeElement.outerHTML"))
    assert unseen == []


def test_the_menu_opens_without_scripts(site: BuiltSite, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url("story"))
    menu = page.locator(".kbp-menu")
    expect(menu).to_be_hidden()
    page.get_by_label("Tampilkan menu").focus()
    page.keyboard.press("Space")
    expect(menu).to_be_visible()
    expect(page.locator(".kbp-button--scheme")).to_be_hidden()
    page.locator("summary", has_text="Cerita").press("Enter")
    page.get_by_role("navigation", name="Bagian situs").get_by_role("link", name="Pameran").click()
    expect(page.locator("h1")).to_have_text("Pameran")
    context.close()


def test_escape_closes_the_menu(site: BuiltSite, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site.url("home"))
    page.locator("summary", has_text="Jelajahi").click()
    link = page.locator(".kbp-menu").get_by_role("link", name="Istilah")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(page.locator("summary", has_text="Jelajahi")).to_be_focused()


def test_the_readers_choice_of_light_or_dark_is_kept(site: BuiltSite, page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site.url("home"))
    light = background(page)
    page.get_by_role("button", name="Pakai tampilan gelap").click()
    dark = background(page)
    page.goto(site.url("story"))
    assert light != dark
    assert background(page) == dark
    page.get_by_role("button", name="Pakai tampilan terang").click()
    assert background(page) == light


def background(page: Page) -> str:
    """Return the colour that the page lies on."""
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def test_print_keeps_the_notes_and_leaves_the_menus(site: BuiltSite, page: Page) -> None:
    page.goto(f"{site.address}kegiatan/rintisan-kbp-kapuas-2003/")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".kbp-claim__note")).to_be_visible()
    expect(page.locator(".kbp-sources")).to_be_visible()
    for part in (".kbp-menu", ".kbp-button--search", ".kbp-bottom", ".kbp-crumbs", ".kbp-share"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".kbp-brand")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_paper_says_where_its_sources_and_it_itself_are(site: BuiltSite, page: Page) -> None:
    page.goto(f"{site.address}kegiatan/rintisan-kbp-kapuas-2003/")
    page.emulate_media(media="print")
    sources = page.locator(".kbp-sources a").all()
    assert len(sources) > 1
    for source in sources:
        written = source.evaluate("link => getComputedStyle(link, '::after').content")
        assert (source.get_attribute("href") or "?") in written or "attr(href)" in written
    expect(page.locator(".kbp-printed")).to_contain_text(
        "https://kbp-kapuas.example/kegiatan/rintisan-kbp-kapuas-2003/"
    )
    for kind in ("home", "funding", "page"):
        page.goto(site.url(kind))
        expect(page.locator(".kbp-printed")).to_be_visible()


def test_an_ordinary_story_is_one_sheet_of_paper(site: BuiltSite, page: Page) -> None:
    page.goto(f"{site.address}kegiatan/mediasi-keluhan-blm/")
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2


def test_nothing_moves_for_those_who_asked_for_less(site: BuiltSite, page: Page) -> None:
    page.goto(site.url("glossary"))
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "smooth"
