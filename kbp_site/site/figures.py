"""Pictures on hand-written pages: their room is kept free, and they are fetched when a reader comes near them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from kbp_site.content.pictures import PictureError, measure

PICTURE = re.compile(r'<img (?=[^>]*?src="([^"]*)")(?![^>]*\b(?:width|height|loading)=)')
"""The beginning of a picture as Markdown makes it, and its address; one that somebody sized is left as it is."""


def size_pictures(html: str, address: str, files: Mapping[str, Path]) -> str:
    """Return a page's HTML with width, height and lazy loading at each picture of the site.

    ``address`` is the page's own ("panduan/formulir/"); ``files`` are the site's files by their addresses.
    """

    def sized(found: re.Match[str]) -> str:
        path = files.get(posixpath.normpath(posixpath.join(address, unquote(found[1]))))
        size = _size(path) if path else None
        return f'<img loading="lazy" width="{size[0]}" height="{size[1]}" ' if size else found[0]

    return PICTURE.sub(sized, html)


def _size(path: Path) -> tuple[int, int] | None:
    """Return a picture's size; ``None`` for drawings (SVG) and what is no picture: the browser finds out."""
    try:
        with path.open("rb") as file:
            return measure(file)
    except PictureError:
        return None
