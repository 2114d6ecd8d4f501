"""Pictures on hand-written pages: their room is kept free, and they are fetched when a reader comes near them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote

from kbp_site.content.pictures import PictureError, measure

PICTURE = re.compile(r'<img (?=[^>]*?src="([^"]*)")(?![^>]*\b(?:width|height|loading)=)')
"""The beginning of a picture as Markdown makes it, and its address; one that somebody sized is left as it is."""


def size_pictures(html: str, address: str, read: Callable[[str], bytes]) -> str:
    """Return a page's HTML with width, height and lazy loading at each picture of the site.

    ``address`` is the page's own ("panduan/formulir/"); ``read`` returns what stands at an address of the site.
    """

    def sized(found: re.Match[str]) -> str:
        size = _size(read(posixpath.normpath(posixpath.join(address, unquote(found[1])))))
        return f'<img loading="lazy" width="{size[0]}" height="{size[1]}" ' if size else found[0]

    return PICTURE.sub(sized, html)


def _size(data: bytes) -> tuple[int, int] | None:
    """Return a picture's size; ``None`` for drawings (SVG) and what is no picture: the browser finds out."""
    try:
        return measure(BytesIO(data))
    except PictureError:
        return None
