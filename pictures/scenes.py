"""What the form and the finished story look like, step by step: one way of working is gone through in a browser."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.serve import serving
from kbp_site.content.load import load
from kbp_site.content.problems import has_errors
from kbp_site.editing.scaffold import create_site
from kbp_site.site.build import Order, build
from kbp_site.site.preview import Preview
from kbp_site.site.preview_server import serving as serving_preview
from pictures.form import field, files_of, open_form, serving_form
from pictures.walk import PHOTO, write_photo

TODAY = date(2026, 11, 26)
WIDE, HIGH = 800, 560
PHONE = 360
STORY = "kegiatan/rembug-saluran-air/"
SUMMARY = "Warga menyepakati urutan perbaikan saluran air."
SAVED, LONG = "Catatan tersimpan.", 20_000
"""What the form says, for some seconds."""

PORTS = range(8100, 8200)

RING = """(element) => {
  const [box, ring] = [element.getBoundingClientRect(), document.createElement("div")];
  ring.className = "ring";
  ring.style.cssText = `position: fixed; z-index: 9999; pointer-events: none; border: 4px solid #c0392b;
    border-radius: 12px; left: ${box.left - 9}px; top: ${box.top - 9}px; width: ${box.width + 18}px;
    height: ${box.height + 18}px`;
  document.body.append(ring);
}"""
CLEAR = "document.querySelectorAll('.ring').forEach((ring) => ring.remove())"

SHOWN = (
    "formulir-masuk",
    "formulir-daftar",
    "formulir-isi",
    "formulir-foto",
    "formulir-simpan",
    "cerita-draf",
    "formulir-terbit",
    "cerita-terbit",
)
"""What is photographed, in this order."""

Shot = tuple[str, bytes]
"""The name of a picture and the picture, as the browser makes it (PNG)."""


def show_form(browser: Browser, folder: Path) -> Iterator[Shot]:
    """Write and publish a story with a photo in the form, in a new site at ``folder``; yield what is seen."""
    create_site(folder)
    photo = folder.parent / PHOTO.removeprefix("~/")
    write_photo(photo)
    context = browser.new_context(locale="id-ID", viewport={"width": WIDE, "height": HIGH}, color_scheme="light")
    form = context.new_page()
    with serving_form(folder, today=TODAY) as address:
        open_form(form, address, folder)
        begin = form.get_by_role("button", name="Kerjakan di komputer ini")
        expect(form.get_by_text("Loading")).to_have_count(0)
        yield "formulir-masuk", ringed(form, begin)
        begin.click()
        form.goto(f"{address}admin/#/collections/activities")
        new = form.get_by_role("button", name="Baru")
        expect(new).to_be_enabled()
        yield "formulir-daftar", ringed(form, new)
        new.click()
        yield from _fill_in(form, photo)
        _bring(form, folder)
        yield from show_draft(browser, folder)
        yield from _publish(form, address)
        _bring(form, folder)
    context.close()
    yield from show_story(browser, folder)


def _bring(form: Page, folder: Path) -> None:
    """Put what was saved into a site's folder, where the check must accept it."""
    for path, data in files_of(form).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    problems = load(folder, today=TODAY).problems
    assert not has_errors(problems), problems


def _fill_in(form: Page, photo: Path) -> Iterator[Shot]:
    """Fill in a new story and save it as a draft."""
    field(form, "title").locator("input").fill("Rembug saluran air")
    field(form, "summary").locator("textarea").fill(SUMMARY)
    field(form, "date").locator("input").fill("2026-08")
    form.mouse.wheel(0, -5000)
    yield "formulir-isi", ringed(form)
    field(form, "kind").get_by_role("combobox").click()
    form.get_by_role("option", name="Diskusi tematik").click()
    field(form, "process").locator("textarea").fill("Setiap usul ditulis di papan tulis, lalu diurutkan bersama.")
    field(form, "photos").get_by_role("button", name="Tambah").first.click()
    field(form, "photos.0.file").locator("input[type=file]").first.set_input_files(photo)
    expect(field(form, "photos.0.file").get_by_text("papan-tulis.webp")).to_be_visible()
    field(form, "photos.0.alt").locator("input").fill("Papan tulis dengan tiga kertas bernomor.")
    field(form, "photos.0.people").get_by_text("Tidak ada orang").click()
    form.set_viewport_size({"width": WIDE, "height": 640})
    field(form, "photos.0.file").evaluate("(element) => element.scrollIntoView()")
    yield "formulir-foto", ringed(form)
    form.set_viewport_size({"width": WIDE, "height": HIGH})
    form.get_by_role("button", name="Simpan").click()
    expect(form.get_by_text(SAVED)).to_be_visible()
    yield "formulir-simpan", ringed(form)
    expect(form.get_by_text(SAVED)).to_be_hidden(timeout=LONG)


def _publish(form: Page, address: str) -> Iterator[Shot]:
    """Open the story that was saved, and let it be published."""
    form.goto(f"{address}admin/#/collections/activities/entries/rembug-saluran-air")
    status = field(form, "status")
    status.get_by_text("Terbit", exact=True).click()
    form.wait_for_timeout(500)  # fields above it are still being made
    status.evaluate("(element) => element.scrollIntoView({block: 'center'})")
    save = form.get_by_role("button", name="Simpan")
    yield "formulir-terbit", ringed(form, save)
    save.click()
    expect(form.get_by_text(SAVED)).to_be_visible()


def ringed(page: Page, what: Locator | None = None) -> bytes:
    """Return what the browser shows, with a ring around what is to be pressed."""
    if what is not None:
        what.evaluate(RING)
    page.wait_for_timeout(500)  # messages and pages fade in
    shot = page.screenshot()
    page.evaluate(CLEAR)
    return shot


def show_story(browser: Browser, root: Path) -> Iterator[Shot]:
    """Build a site and yield its newest story as a phone shows it."""
    out = root / "site"
    made = build(Order(root, out, TODAY, jobs=1), lambda sentence: None)
    assert made.pages, made.problems
    with serving(out) as address:
        yield "cerita-terbit", _on_phone(browser, f"{address}{STORY}", wait="networkidle")


def show_draft(browser: Browser, root: Path) -> Iterator[Shot]:
    """Preview a site and yield its newest story, a draft, as a phone would show it."""
    with tempfile.TemporaryDirectory() as kept:
        preview = Preview(root, Path(kept), today=TODAY, language="id", say=lambda words: None)
        preview.renew(is_stale=True)
        with serving_preview(PORTS, preview.answer, preview.wait) as port:
            yield "cerita-draf", _on_phone(browser, f"http://127.0.0.1:{port}/{STORY}", wait="load")


def _on_phone(browser: Browser, address: str, *, wait: Literal["load", "networkidle"]) -> bytes:
    """Return a page as a phone shows it; a preview goes on listening for news, so its network is never idle."""
    context = browser.new_context(viewport={"width": PHONE, "height": 800}, device_scale_factor=1.25)
    page = context.new_page()
    page.goto(address, wait_until=wait)
    page.locator("main img").first.evaluate("(image) => image.decode()")
    end = page.get_by_text(SUMMARY).first.bounding_box()
    assert end is not None
    shot = page.screenshot(clip={"x": 0, "y": 0, "width": PHONE, "height": end["y"] + end["height"] + 24})
    context.close()
    return shot
