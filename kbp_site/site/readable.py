"""The words in any file of a built site or a cache, unpacked and decoded, as one line of small letters."""

from __future__ import annotations

import gzip
import html
import re
from pathlib import Path
from urllib.parse import unquote

from kbp_site.site.last_release import words_of
from kbp_site.site.leaks import SENT_ON, TAG

BINARY = frozenset([".jpg", ".jpeg", ".png", ".webp", ".avif", ".pdf", ".woff2", ".lock"])
"""Endings of files in which no words are looked for; their names, bytes and pixels are compared instead."""

ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt\"/\\,;])")
PACKED = b"\x1f\x8b"


def read_text(path: Path) -> str:
    """Return a file's text, unpacked (the search index), with escapes and references decoded; empty for pictures."""
    if path.suffix in BINARY:
        return ""
    data = path.read_bytes()
    if data.startswith(PACKED):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError):
            return ""
    written = data.decode("utf-8", "ignore")
    if path.suffix == ".ics":
        written = SENT_ON.sub("", written)
    written = ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", written)
    return unquote(html.unescape(written), errors="ignore") if "%" in written else html.unescape(written)


def words_in(text: str) -> str:
    """Return the words of a text twice: without its tags, as they are read, and with them, for what attributes say."""
    bare = words_of(TAG.sub(" ", text)) if "<" in text else ""
    return f" {bare} | {words_of(text)} "
