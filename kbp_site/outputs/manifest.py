"""The web app's manifest, with which the site can be put on a telephone's screen (`manifest.webmanifest`)."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from kbp_site.content.library import Library
from kbp_site.content.records.organizations import Organization
from kbp_site.locale import text
from kbp_site.pages.page import site_url

PAPER, RIVER = "#fdfbf6", "#1f5c4d"
"""The installed app's colours while it opens, as in the theme's light mode."""

ICONS = (("icon-192", 192, "any"), ("icon-512", 512, "any"), ("icon-maskable-512", 512, "maskable"))
"""Name, width and purpose of the theme's icons; browsers that install sites ask for 192 and 512."""

SHORTCUTS = (("kegiatan/", text("Cerita")), ("cari/", text("Cari")), ("istilah/", text("Istilah")))
"""What a long press on the icon offers."""


def export_manifest(library: Library) -> bytes:
    """Return `manifest.webmanifest`; all addresses in it are relative, so that the site may stand below a folder.

    Only ``id`` is not: browsers read it from the host's root, and it tells the site from others on that host. A
    site that has not said its address goes without, and is known by the address that it is found at.
    """
    site, language, url = library.site, library.languages[0], site_url(library)
    owner = library.get(Organization, site.organization)
    manifest = {
        **({"id": urlsplit(url).path} if url else {}),
        "name": site.title,
        "short_name": (owner.record.short if owner else None) or site.title,
        **({"description": site.tagline} if site.tagline else {}),
        "lang": language,
        "dir": "ltr",
        "start_url": ".",
        "scope": ".",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": RIVER,
        "icons": [
            {"src": f"assets/kbp/{name}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in ICONS
        ],
        "shortcuts": [{"name": words.say(language), "url": path} for path, words in SHORTCUTS],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"
