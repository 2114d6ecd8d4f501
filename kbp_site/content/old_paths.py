"""Old paths that keep working: the file that answers at one, and what two of them are compared by."""

from __future__ import annotations

import re

from kbp_site.content.opening import DEVICES
from kbp_site.locale import LANGUAGES

OWN = frozenset(
    {
        *("404", "assets", "berkas", "data", "foto", "pagefind", "sampul"),
        *("_headers", "_redirects", "calendar.ics", "cname", "feed.json", "feed.xml", "luring.json"),
        *("manifest.webmanifest", "robots.txt", "sitemap.xml", "sw.js"),
    }
)
"""What the site writes beside its pages: no old path may take the place of one, or stand below it."""


def old_file(alias: str) -> str:
    """Return the file that answers at an old path ("/kegiatan/lama/" → "kegiatan/lama/index.html").

    Capitals stay: most hosts tell them from small letters, and the old address had them.
    """
    path = alias.strip("/")
    return path if path.endswith(".html") else f"{path}/index.html"


def old_key(alias: str) -> str:
    """Return what paths are compared by ("/Kegiatan/Lama.html" → "kegiatan/lama").

    Without case and ending, because some disks and hosts make no difference between them.
    """
    return re.sub(r"(^|/)index$", "", old_file(alias).removesuffix(".html")).lower()


def is_kept(key: str) -> bool:
    """Whether a path (as `old_key` gives it) is kept by the site for its own files, or by Windows."""
    names = key.split("/")
    if names[0] in LANGUAGES[1:]:
        names = names[1:]
    return not names or names[0] in OWN or any(name.partition(".")[0] in DEVICES for name in names)
