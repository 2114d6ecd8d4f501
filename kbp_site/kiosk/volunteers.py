"""What volunteers at a stand get beside the pages: scripts that start the screen, and a page to read first."""

from __future__ import annotations

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.kiosk.templates import SCREEN, fill

LINUX, WINDOWS = "mulai-linux.sh", "mulai-windows.bat"


def launchers(exhibition: str) -> dict[str, bytes]:
    """Return the scripts that start the screen, by their names; Windows reads lines that end its own way."""
    linux = (SCREEN / LINUX).read_text(encoding="utf-8").replace("@exhibition@", exhibition)
    windows = (SCREEN / WINDOWS).read_text(encoding="utf-8").replace("@exhibition@", exhibition)
    return {LINUX: linux.encode(), WINDOWS: windows.replace("\n", "\r\n").encode("ascii")}


def read_me(exhibition: Entry[Exhibition], library: Library, *, code: str, version: str) -> bytes:
    """Return the page for volunteers: how to start, what to do when something fails, how to end."""
    title, site = exhibition.title, library.site.title
    return fill("baca-saya.html.jinja", title=title, site=site, code=code, version=version).encode()
