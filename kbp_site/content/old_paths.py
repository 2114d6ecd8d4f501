"""Old paths that keep working: the file that answers at one, and what two of them are compared by."""

from __future__ import annotations

import re


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
