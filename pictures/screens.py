"""README.md's screens: what the real site looks like on a wide screen and on a phone."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser

from benchmarks.serve import serving
from kbp_site.site.build import Order, build
from pictures.scenes import TODAY, Shot

PROJECT = Path(__file__).parents[1]
SCREENS: dict[str, tuple[str, int, Literal["light", "dark"]]] = {
    "home-1280": ("", 1280, "light"),
    "story-360": ("kegiatan/mediasi-keluhan-blm/", 360, "light"),
    "map-1280": ("peta/", 1280, "light"),
    "lessons-dark-1280": ("pelajaran/", 1280, "dark"),
}
"""Each screen's page, width, and colours."""


def show_screens(browser: Browser) -> Iterator[Shot]:
    """Build the real content elsewhere, and yield its screens."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "site"
        made = build(Order(PROJECT, out, TODAY, jobs=1), lambda sentence: None)
        assert made.pages, made.problems
        with serving(out) as address:
            for name, (page, width, colours) in SCREENS.items():
                context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=colours)
                shown = context.new_page()
                shown.goto(f"{address}{page}", wait_until="networkidle")
                yield name, shown.screenshot()
                context.close()


def png(shot: bytes) -> bytes:
    """Return a browser's picture as a small PNG: every host of repositories shows it."""
    written = io.BytesIO()
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    image.quantize(256, Image.Quantize.MAXCOVERAGE).save(written, "PNG", optimize=True)
    return written.getvalue()
