"""A text as a reader takes it: references decoded, digits of every script plain, nothing unseen between them.

Whoever looks for numbers of people looks at this reading, and tells them where they are written.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

WRITTEN = re.compile(
    r"([&%\\](?:(?<=&)(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})(?:;|(?=&)|(?![A-Za-z0-9=]))"
    r"|(?<=%)[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*|(?<=\\)u[0-9a-fA-F]{4}))"
)
"""Characters written in another way: as HTML's references, in an address, or as JSON and YAML escape them.

One set of characters begins it, for which Python looks four times as fast as for three alternatives."""

FILLERS = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0\ufffe"), "")
"""Letters by their category that nobody sees."""

SIGNS = {".": "·•∙⋅‧・。", "/": "⁄∕", "-": "−⁃˗", " ": "⠀", "…": "…", "I": "İ"}
MARKS = {ord(mark): sign for sign, many in SIGNS.items() for mark in many}


class _Fold(dict[int, str]):
    """What each character is read as; found when it is met first."""

    def __missing__(self, code: int) -> str:
        folded = "".join(map(_fold, unicodedata.normalize("NFKC", chr(code))))
        self[code] = folded
        return folded


def _fold(char: str) -> str:
    """Return one character in its plain form: a digit, a hyphen, a space, nothing, or itself."""
    category = unicodedata.category(char)
    if (digit := unicodedata.digit(char, None)) is not None:  # figures in circles, too
        return str(digit)
    if category in {"Cf", "Mn", "Me"}:
        return ""
    return {"Pd": "-", "Zs": " "}.get(category, char)


_FOLD = _Fold({**{code: chr(code) for code in range(128)}, **FILLERS, **MARKS})


def as_read(written: str) -> str:
    """Return a text as a reader takes it; it may be shorter or longer than what is written."""
    found = written
    if "&" in written or "%" in written or "\\" in written:
        parts = WRITTEN.split(written)
        parts[1::2] = map(_decode, parts[1::2])
        found = "".join(parts)
    return found if found.isascii() else _FOREIGN.sub(lambda match: match.group().translate(_FOLD), found)


def in_flow(written: str) -> str:
    """Return prose as it flows on a page: a line that goes on in the next, and any spaces, are one space."""
    return _SPACES.sub(" ", written)


_SPACES = re.compile(r"[^\S\n]*\n[^\S\n]*(?!\s|[-*+#]+\s|[>|]|\d+[.)]\s)|[^\S\n]{2,}|\t")
"""Spaces, and the end of a line; not before an item, a quote, a row of a table, or a new paragraph."""

_FOREIGN = re.compile("[^\x00-\x7f][^\x00-\x7f]*")  # Python looks quickly for a single character of a set


def places(written: str) -> tuple[list[int], list[int]]:
    """Return, for every character of `as_read`, where it begins and ends in what is written."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end, read in _pieces(written):
        starts += [start] * len(read)
        ends += [end] * len(read)
    return starts, ends


def _pieces(written: str) -> Iterator[tuple[int, int, str]]:
    position = 0
    for match in WRITTEN.finditer(written):
        for at in range(position, match.start()):
            yield at, at + 1, written[at].translate(_FOLD)
        yield match.start(), match.end(), _decode(match.group()).translate(_FOLD)
        position = match.end()
    for at in range(position, len(written)):
        yield at, at + 1, written[at].translate(_FOLD)


@lru_cache(maxsize=4096)
def _decode(reference: str) -> str:
    """Return the characters that a reference means; one that means nothing stays as it is. Pages repeat a few."""
    if reference.startswith("&"):
        meant = html.unescape(reference)
        return " " if meant.isspace() else meant  # a browser shows a tab and the end of a line as one
    if reference.startswith("%"):
        return unquote(reference, errors="replace")
    return chr(int(reference[2:], 16))
