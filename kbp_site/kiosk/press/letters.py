"""The letters that our printing fonts have: what they lack is never left out in silence."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kbp_site.outputs.covers import FONT as TITLE_FONT

FONTS = Path(__file__).parent / "fonts"
LACKING = "\N{BALLOT BOX}"
"""What stands for a letter that the fonts lack."""

BREAK = "\N{ZERO WIDTH SPACE}"
LONG, STEP = 28, 14
"""Letters of the longest word that is never broken, and where a longer one may be."""


def font_files() -> tuple[Path, ...]:
    """Return the fonts that pages are set in; no other is used, whatever the machine has."""
    return (*sorted(FONTS.glob("*.ttf")), TITLE_FONT)


@cache
def known_letters() -> frozenset[str]:
    """Return the letters that every one of the fonts has."""
    return frozenset.intersection(*(frozenset(map(chr, _code_points(path.read_bytes()))) for path in font_files()))


def settable(words: str) -> str:
    """Return words that can be set: `LACKING` for letters that no font has, and places to break very long words."""
    known = known_letters()
    shown = "".join(letter if letter in known or letter.isspace() else LACKING for letter in words)
    return " ".join(_broken(word) if len(word) > LONG else word for word in shown.split(" "))


def lacking_in(words: str) -> frozenset[str]:
    """Return the letters of words that the fonts lack."""
    return frozenset(letter for letter in words if not letter.isspace()) - known_letters()


def _broken(word: str) -> str:
    pieces, since = [], 0
    for letter in word:
        pieces.append(letter)
        since += 1
        if since >= STEP or (letter in "/-_?&=." and since > 3):
            pieces.append(BREAK)
            since = 0
    return "".join(pieces).rstrip(BREAK)


def _code_points(font: bytes) -> Iterator[int]:
    """Yield the code points of a TrueType font (OpenType 1.9, "cmap", formats 4 and 12)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * number) for number in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">L", font, start + 4 + 8 * number + 4)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if form == 12:
            (groups,) = struct.unpack_from(">L", font, start + offset + 12)
            for group in range(groups):
                first, last, _ = struct.unpack_from(">LLL", font, start + offset + 16 + 12 * group)
                yield from range(first, last + 1)
        elif form == 4:
            (double,) = struct.unpack_from(">H", font, start + offset + 6)
            half = double // 2
            ends = struct.unpack_from(f">{half}H", font, start + offset + 14)
            starts = struct.unpack_from(f">{half}H", font, start + offset + 16 + double)
            for first, last in zip(starts, ends, strict=True):
                yield from range(first, min(last, 0xFFFE) + 1)
