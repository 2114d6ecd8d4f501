"""Covers, drawn: a title on paper below a band of its record's weave, for pages that have no photo to be shared.

Few colours, and every letter drawn once: thousands of covers take seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from kbp_site.outputs.drawing import PAPER, draw_logo, draw_weave
from kbp_site.pages.page import Drawing
from kbp_site.pages.renditions import COVER_HEIGHT, COVER_WIDTH

FONT = Path(__file__).parent / "fonts" / "SourceSerif4_600SemiBold.ttf"
INK, CLAY, SOFT = (29, 39, 35), (156, 66, 33), (84, 96, 90)
BAND, MARGIN, FOOT = 176, 72, 552
"""The height of the band of weave, the space at the sides, and where the site's name stands."""

TILE, LOGO = 56, 46
SITE_LEFT = MARGIN + LOGO + 16
LABEL_TOP, LABEL_SIZE, SITE_SIZE = 206, 34, 34
TITLE_TOP, TITLE_ROOM = 256, 272
TITLE_SIZES = (76, 68, 60, 52, 46, 40, 34)
LINE = 1.16
"""The height of a line, by the size of its letters."""

COLOURS, SHADES = 48, 8
"""Of what lies below the words, and of each colour of words (smooth edges need no more)."""


def draw_cover(drawing: Drawing) -> bytes:
    """Return a cover as PNG. The title is as large as it fits; letters that the font lacks are left out."""
    ground = _ground(drawing.pattern, drawing.site)
    image = ground.copy()
    width = COVER_WIDTH - 2 * MARGIN
    if label := next(_wrap(drawing.label, LABEL_SIZE, width), ""):
        _write(image, (MARGIN, LABEL_TOP), label, LABEL_SIZE, COLOURS + SHADES)
    size, lines = _fitted(drawing.title, width)
    for number, line in enumerate(lines):
        _write(image, (MARGIN, TITLE_TOP + round(number * size * LINE)), line, size, COLOURS)
    file = BytesIO()
    image.save(file, "PNG", compress_level=1)
    return file.getvalue()


def _fitted(title: str, width: int) -> tuple[int, list[str]]:
    """Return the largest size in which a title fits, and its lines; what is still too long is cut."""
    for size in TITLE_SIZES:
        lines, room = list(_wrap(title, size, width)), int(TITLE_ROOM / (size * LINE))
        if len(lines) <= room:
            return size, lines
    return size, [*lines[: room - 1], f"{lines[room - 1][:-1]}…"]


def _wrap(words: str, size: int, width: int) -> Iterator[str]:
    """Yield the lines of words that are no wider than ``width``; a word too long for a line is broken."""
    line = ""
    for word in "".join(filter(_is_known, words)).split():
        longer = f"{line} {word}" if line else word
        if _length(longer, size) <= width:
            line = longer
            continue
        if line:
            yield line
        while _length(word, size) > width:
            cut = next(at for at in range(len(word) - 1, 0, -1) if at == 1 or _length(word[:at], size) <= width)
            yield word[:cut]
            word = word[cut:]
        line = word
    if line:
        yield line


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Return our font; laid out by Pillow alone, since the machine's Raqm may be another."""
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


class Glyph(NamedTuple):
    """A letter's form, and where it stands from the line's top."""

    form: Image.Image
    left: int
    top: int


@lru_cache(maxsize=4096)
def _glyph(letter: str, size: int) -> Glyph:
    """Return a letter's form: drawing one takes a tenth of a millisecond, and titles have the same ones."""
    left, top, right, bottom = _font(size).getbbox(letter)
    form = Image.new("L", (max(1, int(right - left)), max(1, int(bottom - top))))
    ImageDraw.Draw(form).text((-left, -top), letter, font=_font(size), fill=255)
    return Glyph(form, int(left), int(top))


@lru_cache(maxsize=65536)
def _step(letter: str, following: str, size: int) -> float:
    """Return how far it is from a letter to the following one; pairs stand nearer or farther than each alone."""
    return _font(size).getlength(letter + following) - _font(size).getlength(following)


def _length(words: str, size: int) -> float:
    return sum(_step(letter, following, size) for letter, following in zip(words, f"{words[1:]} ", strict=True))


@lru_cache(maxsize=4096)
def _is_known(letter: str) -> bool:
    """Whether the font has a letter: it draws the same box for all that it lacks."""
    lacking, form = _glyph("\U0010ffff", LABEL_SIZE).form, _glyph(letter, LABEL_SIZE).form
    return letter.isspace() or form.tobytes() != lacking.tobytes()


@cache
def _shades(first: int) -> list[int]:
    """Return the colour's number for each strength of ink."""
    return [first + strength * (SHADES - 1) // 255 for strength in range(256)]


def _write(image: Image.Image, at: tuple[int, int], words: str, size: int, first: int) -> None:
    """Write a line of words in the colours that begin at a number."""
    ink = Image.new("L", (image.width - at[0], round(size * 1.5)))
    x = 0.0
    for letter, following in zip(words, f"{words[1:]} ", strict=True):
        glyph = _glyph(letter, size)
        ink.paste(255, (round(x) + glyph.left, glyph.top), glyph.form)
        x += _step(letter, following, size)
    image.paste(ink.point(_shades(first)), at, ink.point([255 * (strength > 16) for strength in range(256)]))


@lru_cache(maxsize=24)
def _ground(pattern: int, site: str) -> Image.Image:
    """Return what lies below the words: paper, the weave, the site's logo and name."""
    ground = Image.new("RGB", (COVER_WIDTH, COVER_HEIGHT), PAPER)
    ground.paste(draw_weave(pattern, COVER_WIDTH, BAND, TILE))
    if site:
        logo = draw_logo(LOGO)
        ground.paste(logo, (MARGIN, FOOT), logo)
    flat = ground.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = (flat.getpalette() or [])[: COLOURS * 3]
    palette += [0] * (COLOURS * 3 - len(palette))
    for colour in (INK, CLAY, SOFT):
        palette += [
            round(p + (c - p) * shade / (SHADES - 1))
            for shade in range(SHADES)
            for p, c in zip(PAPER, colour, strict=True)
        ]
    flat.putpalette(palette)
    if name := next(_wrap(site, SITE_SIZE, COVER_WIDTH - MARGIN - SITE_LEFT), ""):
        _write(flat, (SITE_LEFT, FOOT + 2), name, SITE_SIZE, COLOURS + 2 * SHADES)
    return flat
