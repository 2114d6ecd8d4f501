"""The block for sharing, as readers use it; and the QR code, read back from the screen and from paper."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from conftest import BuiltSite
from PIL import Image
from playwright.sync_api import Browser, Page, expect

STORY = "kegiatan/rintisan-kbp-kapuas-2003/"
PUBLIC = f"https://kbp-kapuas.example/{STORY}"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a browser that may write to the clipboard."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        service_workers="block",
        permissions=["clipboard-read", "clipboard-write"],
    )
    yield context.new_page()
    context.close()


def codes(picture: bytes) -> list[str]:
    """Return what the QR codes of a picture say."""
    return [found.text for found in zxingcpp.read_barcodes(Image.open(BytesIO(picture)))]


def test_the_code_is_read_back_from_the_screen(site: BuiltSite, page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(site.address + STORY)
        expect(page.locator(".kbp-stamp")).to_be_hidden()
        page.get_by_text("Kode QR dan alamat").click()
        assert codes(page.locator(".kbp-share .kbp-qr").screenshot()) == [PUBLIC]
        expect(page.locator(".kbp-share__address")).to_have_text(PUBLIC)


def test_the_code_is_read_back_from_paper(site: BuiltSite, page: Page) -> None:
    page.set_viewport_size({"width": 794, "height": 1123})
    page.goto(site.address + STORY)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".kbp-stamp figcaption")).to_have_text(PUBLIC)
    expect(page.locator(".kbp-share")).to_be_hidden()
    assert codes(page.screenshot()) == [PUBLIC]


def test_whatsapp_gets_a_text_of_four_lines(site: BuiltSite, page: Page) -> None:
    page.goto(site.address + STORY)
    link = page.get_by_role("link", name="Kirim lewat WhatsApp").get_attribute("href")
    lines = parse_qs(urlsplit(link or "").query)["text"][0].splitlines()
    assert len(lines) == 4 and lines[-1] == PUBLIC


def test_the_link_is_copied_and_that_is_told(site: BuiltSite, page: Page) -> None:
    page.goto(site.address + STORY)
    page.get_by_role("button", name="Salin tautan").click()
    expect(page.locator(".kbp-share [role=status]")).to_have_text("Tautan sudah disalin.")
    assert page.evaluate("navigator.clipboard.readText()") == PUBLIC


def test_what_the_device_offers_is_used(site: BuiltSite, page: Page) -> None:
    page.add_init_script("navigator.share = data => { window.shared = data; return Promise.resolve(); }")
    page.goto(site.address + STORY)
    page.get_by_role("button", name="Bagikan dengan cara lain").click()
    assert page.evaluate("shared.url") == PUBLIC


def test_a_site_without_an_address_takes_the_pages_own(site: BuiltSite, page: Page) -> None:
    def homeless(html: str) -> str:
        link = f'href="{site_link(html)}"'
        assert link in html
        return html.replace(link, 'data-text="Judul&#10;" hidden').replace(
            f'data-address="{PUBLIC}"', 'data-address=""'
        )

    html = (site.folder / STORY / "index.html").read_text(encoding="utf-8")
    page.route(
        f"**/{STORY}*", lambda route: route.fulfill(body=homeless(html), content_type="text/html; charset=utf-8")
    )
    page.goto(f"{site.address}{STORY}?dari=wa#bagikan")
    link = page.get_by_role("link", name="Kirim lewat WhatsApp")
    expect(link).to_be_visible()
    text = parse_qs(urlsplit(link.get_attribute("href") or "").query)["text"][0]
    assert text == f"Judul\n{site.address}{STORY}"
    page.get_by_text("Cara mengutip").click()
    expect(page.locator(".kbp-citation")).to_contain_text(f"{site.address}{STORY}")


def site_link(html: str) -> str:
    """Return the link to WhatsApp as the page holds it."""
    begin = html.index("https://wa.me/")
    return html[begin : html.index('"', begin)]


def test_without_scripts_the_link_and_the_citation_are_there(site: BuiltSite, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address + STORY)
    expect(page.get_by_role("link", name="Kirim lewat WhatsApp")).to_be_visible()
    expect(page.get_by_role("button", name="Salin tautan")).to_be_hidden()
    page.get_by_text("Cara mengutip").click()
    expect(page.locator(".kbp-citation")).to_contain_text(PUBLIC)
    context.close()
