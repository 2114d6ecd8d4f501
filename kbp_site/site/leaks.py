"""Personal numbers in the built site: in texts, attributes and comments of pages, and in every file of words.

Codes are those of the sources (K501–K504). The last wall: what an editor's check did not see is not published.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kbp_site.content.media_words import WIDE, plain_text
from kbp_site.content.personal import OFFICE_CODES, Finding, find_among
from kbp_site.content.problems import Fault
from kbp_site.site.foreign import Element

DRAWN = frozenset("d points viewbox transform x y x1 x2 y1 y2 cx cy r width height style".split())  # noqa: SIM905
"""Attributes that draw: long rows of numbers, and nobody's."""

MARKED = r"-[0-9a-f]{8}(?=(?:-\d{3,4})?\.(?:avif|css|jpg|js|json|png|svg|webp|woff2)\b)"
OURS = (
    (re.compile(r"/[0-9a-f]{8}(?=[-./])"), "/"),
    (re.compile(r"_[0-9a-f]{10}(?=\.pf_)"), "_"),
    (re.compile(rf"{MARKED}|-\d{{3,4}}(?=\.(?:avif|webp|jpg)\b)"), ""),
)
"""Fingerprints and widths in the names that we give to pictures, documents and parts of the index, and what is left of
them; a number at the end of a sentence is none of ours. Each begins with one character, for which Python looks
quickly."""

APART = "\0"
"""Between two texts or attributes, so that one search goes over all of them."""

WITHIN = re.compile(
    r"<!--.*?-->|</?(?:a|abbr|b|bdi|code|del|em|i|mark|s|small|span|strong|sub|sup|u|wbr)\b[^>]*>", re.DOTALL
)
TAG = re.compile(r"<[^>]*>")
"""What stands within a word or number as it is read, and what parts two of them."""

COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
SENT_ON = re.compile(r"\r?\n[ \t]")
"""Where a calendar's line goes on in the next (RFC 5545, 3.1)."""

ACROSS = frozenset([".ics", ".svg"])
FIRST = (*WIDE, b"\0\0")
"""Files whose lines cannot be told by their bytes alone: endings, and beginnings (two or four bytes a letter)."""

WORDS = frozenset([".json", ".geojson", ".csv", ".xml", ".ics", ".txt", ".webmanifest", ".svg"])
"""Endings of files that hold words of records; the names alone of all others are looked at."""


AT_ONCE = 4_000_000
"""Bytes of a file's lines that are read at once: open data is as large as all records together."""

TAIL = 1000
"""Bytes at the end of what was read by which its place in the file of before is found again."""

HARMLESS_LIMIT = 100_000
_harmless: set[str] = set()
"""Short texts that stood on other pages and held nothing: half of a page is its menu, its foot and labels."""


def find_in_page(html: bytes, elements: Sequence[Element]) -> tuple[Finding, ...]:
    """Return all personal data of a page, each once: words as a reader sees them, attributes, and comments."""
    written = html.decode("utf-8", "replace")
    texts = _fresh(TAG.split(WITHIN.sub("", written)))
    shown = " ".join(without_ours(APART.join(texts)).split())  # a browser shows spaces as one, which part no number
    comments = _fresh(COMMENT.findall(written) if "<!--" in written else ())
    named = (element.attributes.items() for element in elements)
    attributes = _fresh(value for items in named for name, value in items if value and name not in DRAWN)
    told = without_ours(APART.join(attributes))
    found = _once(finding for _, finding in find_among((*shown.split(APART), *comments, *told.split(APART))))
    if not found and len(_harmless) < HARMLESS_LIMIT:
        _harmless.update(text for text in (*texts, *comments, *attributes) if len(text) < 200)
    return found


def _fresh(texts: Iterable[str]) -> list[str]:
    """Return those texts, each once and in an order, that did not stand on other pages without harm."""
    return sorted(set(texts) - _harmless)


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple({(finding.rule.code, finding.key): finding for finding in findings}.values())


def without_ours(written: str) -> str:
    """Return a text without what our names for files hold (`OURS`)."""
    for pattern, left in OURS:
        written = pattern.sub(left, written)
    return written


def files_of_words(names: Iterable[str]) -> list[str]:
    """Return the names of those files beside the pages that hold words, in order."""
    return sorted(name for name in names if os.path.splitext(name)[1] in WORDS)


def find_in_names(names: Iterable[str]) -> Iterator[tuple[str, Finding]]:
    """Yield (path, finding) of the names of files."""
    paths = sorted(names)
    bare = without_ours(APART.join(paths)).split(APART)
    yield from ((paths[index], finding) for index, finding in find_among(bare))


def find_in_file(out: Path, name: str, *, before: Callable[[str], bytes]) -> Iterator[tuple[int, Finding]]:
    """Yield (line, finding) of a file of words, but for lines that stood in it ``before``: each is judged by itself."""
    ending = os.path.splitext(name)[1]
    for first, data in _pieces(out / name, ending, partial(before, name)):
        for index, finding in find_among(without_ours(_read(data, ending)).split("\n")):
            yield first + index, finding


def _pieces(path: Path, ending: str, before: Callable[[], bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the number of the first line and the bytes of pieces of a file: whole lines, as many as are read at once.

    Pieces that stood in it before, in the same order, are left out; of others lines that did are empty.
    """
    with path.open("rb") as file:
        if ending in ACROSS or file.peek(2).startswith(FIRST):
            yield 1, file.read()
            return
        last, at, first = before(), 0, 1
        while data := file.read(AT_ONCE) + file.readline():
            if data.endswith(b"\n") and last.startswith(data, at):
                at += len(data)
            else:
                end = _end_of(data, last, at)
                known = set(last[at:end].split(b"\n"))
                yield first, b"\n".join(b"" if line in known else line for line in data.split(b"\n"))
                at = end
            first += data.count(b"\n")


def _end_of(data: bytes, last: bytes, at: int) -> int:
    """Return where in a file of before a piece of whole lines ends that begins ``at`` there; ``at`` if it is not found.

    It is not looked for far away, but behind the next piece: that would take as long for each piece as the file is.
    """
    tail = data[-TAIL:]
    found = last.find(tail, at, at + len(data) + 2 * AT_ONCE) if data.endswith(b"\n") else -1
    return found + len(tail) if found >= 0 else at


def _read(data: bytes, ending: str) -> str:
    """Return what a file of words says."""
    written = plain_text(data)
    if ending == ".ics":
        written = SENT_ON.sub("", written)
    if ending == ".svg":
        written = re.sub(r'\b(?:d|points)="[^"]*"', "", written)
    return written


class Leak(NamedTuple):
    """Something personal that stands in the built site: what to say of it, and what all spellings of it share."""

    fault: Fault
    key: str

    def may_stand(self, allowed: frozenset[str]) -> bool:
        """Whether it is an office's contact that is listed; ``allowed`` are keys."""
        return self.fault.code in OFFICE_CODES and self.key in allowed


def leak_of(finding: Finding) -> Leak:
    """Say that something personal stands in the built site."""
    return Leak(Fault(finding.rule.code, finding.message, finding.rule.hint), finding.key)
