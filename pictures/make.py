"""Make the pictures of the editors' guide and of README.md anew, from the real programs.

    make pictures

The form and the finished story are photographed in Chromium while a story is written, saved, and published; terminals
and editors are drawn around real answers. `drawn.json` keeps what was drawn, so that a test sees when an answer is
another by now.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from benchmarks.reader import FLAGS, find_browser
from pictures.drawings import SCALE, WIDTH
from pictures.drawn import DOCS, FOLDERS, draw_editors, draw_terminals
from pictures.scenes import SHOWN, show_form
from pictures.screens import png, show_screens
from pictures.walk import SITE

DRAWN = Path(__file__).parent / "drawn.json"
LIMIT = 60_000
"""Bytes that a picture may have: the guide is read on phones, with dear data."""


def main() -> None:
    """Make all pictures and tell their sizes; those that are no longer made are removed."""
    made = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        drawn = {**dict(draw_terminals()), **dict(draw_editors())}
        for path, shot in (*photographed(browser), *painted(browser, drawn)):
            made[path] = webp(shot)
        screens = {name: png(shot) for name, shot in show_screens(browser)}
        browser.close()
    for name, data in screens.items():
        (DRAWN.parent / f"{name}.png").write_bytes(data)
    for old in set(DOCS.rglob("*.webp")) - {DOCS / path for path in made}:
        old.unlink()
    for path, data in sorted(made.items()):
        (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / path).write_bytes(data)
        print(f"{len(data) / 1000:5.1f} KB  docs/{path}")
    DRAWN.write_text(json.dumps({path: digest(html) for path, html in sorted(drawn.items())}, indent=1) + "\n", "utf-8")


def photographed(browser: Browser) -> Iterator[tuple[str, bytes]]:
    """Yield (path below `docs/`, picture) of the form and the story, from writing to publishing."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (seen, shot) in zip(SHOWN, show_form(browser, Path(folder).resolve() / SITE), strict=True):
            assert seen == name
            yield f"{FOLDERS['id']}/{name}.webp", shot


def painted(browser: Browser, drawn: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield (path below `docs/`, picture) of what was drawn as HTML."""
    context = browser.new_context(viewport={"width": WIDTH, "height": 100}, device_scale_factor=SCALE)
    page = context.new_page()
    for path, html in drawn.items():
        page.set_content(html)
        yield path, page.screenshot(full_page=True)
    context.close()


def webp(shot: bytes) -> bytes:
    """Return a browser's picture as WebP, with nothing but pixels; raises `AssertionError` when it is heavy."""
    written = io.BytesIO()
    Image.open(io.BytesIO(shot)).convert("RGB").save(written, "WEBP", quality=80, method=6)
    data = written.getvalue()
    assert len(data) <= LIMIT, f"a picture of {len(data)} bytes"
    return data


def digest(html: str) -> str:
    """Return what a drawing amounts to."""
    return hashlib.sha256(html.encode()).hexdigest()[:16]


if __name__ == "__main__":
    main()
