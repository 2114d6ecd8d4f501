"""The web form in a real browser: a record is changed, another is written with a photo, and the check accepts both."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from copies import copy_site
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from kbp_site.content.load import load
from pictures.form import field, files_of, open_form, serving_form

TODAY = date(2026, 11, 23)
CHANGED = "content/activities/mediasi-parit.yml"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a site, with a comment in the record that will be changed."""
    root = copy_site("full", tmp_path_factory.mktemp("formulir") / "situs")
    path = root / CHANGED
    path.write_text(path.read_text("utf-8").replace("summary:", "# Ditulis bersama warga.\nsummary:"), "utf-8")
    return root


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    """Serve the form as `kbp admin` does, and give its address."""
    with serving_form(root, today=TODAY) as address:
        yield address


@pytest.fixture(scope="module")
def form(browser: Browser, address: str, root: Path) -> Iterator[Page]:
    """Give the form as it is after the folder of the site was chosen; it must not ask anybody else for anything."""
    context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    open_form(page, address, root)
    page.get_by_role("button", name="Kerjakan di komputer ini").click()
    expect(page.get_by_role("gridcell", name="Pasar warga", exact=True)).to_be_visible()
    yield page
    assert [url for url in asked if not url.startswith((address, f"blob:{address}"))] == []
    assert refused == [], "the form lives with the policy that its host sends"
    context.close()


def save(form: Page, root: Path) -> dict[str, bytes]:
    """Save, put what the browser's folder holds into the site's, and return the files that are new or other."""
    form.get_by_role("button", name="Simpan").click()
    expect(form.get_by_text("Catatan tersimpan.")).to_be_visible()
    changed = {
        path: data
        for path, data in files_of(form).items()
        if not (root / path).exists() or (root / path).read_bytes() != data
    }
    for path, data in changed.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    assert [problem.path for problem in load(root, today=TODAY).problems if problem.is_error] == []
    return changed


def test_what_an_editor_changes_is_all_that_changes(form: Page, address: str, root: Path) -> None:
    before = (root / CHANGED).read_text("utf-8")
    form.goto(f"{address}admin/#/collections/activities/entries/mediasi-parit")
    summary = field(form, "summary").locator("textarea")
    said = summary.input_value()
    summary.fill('Keluhan: "parit" & jalan.')
    changed = save(form, root)
    assert {path: data.decode() for path, data in changed.items()} == {
        CHANGED: before.replace(f"summary: {said}", 'summary: "Keluhan: \\"parit\\" & jalan."')
    }


def test_a_story_with_a_photo_is_written_in_the_form_alone(form: Page, address: str, root: Path) -> None:
    form.goto(f"{address}admin/#/collections/activities/new")
    field(form, "title").locator("input").fill('Rembug warga: "air" & jalan_2')
    field(form, "summary").locator("textarea").fill("Warga membahas air bersih.")
    field(form, "kind").get_by_role("combobox").click()
    form.get_by_role("option", name="Pelatihan").click()
    field(form, "date").locator("input").fill("Maret 2026")
    field(form, "process").locator("textarea").fill("Warga berkumpul.\n\n- satu\n- dua: tiga")
    form.get_by_role("button", name="Simpan").click()
    expect(field(form, "date")).to_contain_text("tulis misalnya 2006, 2006-08")
    field(form, "date").locator("input").fill("2026-03")
    field(form, "photos").get_by_role("button", name="Tambah").first.click()
    photo = {"name": "Foto Warga.jpg", "mimeType": "image/jpeg", "buffer": photo_with_a_place()}
    field(form, "photos.0.file").locator("input[type=file]").first.set_input_files([photo])
    expect(field(form, "photos.0.file").get_by_text("foto-warga.webp")).to_be_visible()
    field(form, "photos.0.alt").locator("input").fill("Warga duduk melingkar")
    field(form, "photos.0.people").get_by_text("Tidak ada orang").click()
    changed = save(form, root)
    assert set(changed) == {"content/activities/rembug-warga-air-jalan-2.yml", "content/media/foto-warga.webp"}
    assert changed["content/activities/rembug-warga-air-jalan-2.yml"].decode() == STORY
    picture = Image.open(io.BytesIO(changed["content/media/foto-warga.webp"]))
    assert picture.size == (2000, 1000) and not picture.getexif()


def photo_with_a_place() -> bytes:
    """Return a photo as a phone makes it, larger than needed and with the place where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "S"
    written = io.BytesIO()
    Image.new("RGB", (3000, 1500), "red").save(written, "JPEG", exif=exif)
    return written.getvalue()


STORY = """\
title: "Rembug warga: \\"air\\" & jalan_2"
summary: Warga membahas air bersih.
date: 2026-03
kind: training
process: |
  Warga berkumpul.

  - satu
  - dua: tiga
status: draft
photos:
  - file: foto-warga.webp
    alt: Warga duduk melingkar
    people: none
"""
