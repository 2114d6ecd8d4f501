"""Covers, drawn: a title on paper below a band of its record's weave, for pages that have no photo to be shared.

Few colours, every letter drawn once, and what lies around the words packed once: thousands of covers take seconds.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from kbp_site.outputs.drawing import PAPER, draw_logo, draw_weave
from kbp_site.outputs.png import Strip, join, pack
from kbp_site.pages.page import Drawing
from kbp_site.pages.renditions import COVER_HEIGHT, COVER_WIDTH

RECIPE = ("2", zlib.ZLIB_RUNTIME_VERSION)
"""What a cover's bytes depend on beside its words and what pictures do; a cover that is drawn otherwise has another."""

FONT = Path(__file__).parent / "fonts" / "SourceSerif4_600SemiBold.ttf"
INK, CLAY, SOFT = (29, 39, 35), (156, 66, 33), (84, 96, 90)
BAND, MARGIN, FOOT = 176, 72, 552
"""The height of the band of weave, the space at the sides, and where the site's name stands."""

TILE, LOGO = 56, 46
SITE_LEFT = MARGIN + LOGO + 16
LABEL_TOP, LABEL_SIZE, SITE_SIZE = 206, 34, 34
TITLE_TOP, TITLE_ROOM = 256, 272
TITLE_SIZES = (76, 68, 60, 52, 46, 40, 34)
LINE, TALL = 1.16, 1.5
"""How far lines stand apart, and how far the tallest letters reach below a line's top, by the letters' size."""

COLOURS, SHADES = 48, 8
"""Of what lies around the words, and of each colour of words (smooth edges need no more). The first is paper."""

FAINT = 16
"""Ink of at most this strength is none."""

WORD = re.compile(" ?[^ ]+")
INKED = [255 * (colour > 0) for colour in range(256)]


class Ground(NamedTuple):
    """What lies around the words: the palette, the band of weave above them, and the site's logo and name below."""

    palette: bytes
    band: Strip
    foot: Strip


def draw_cover(drawing: Drawing) -> bytes:
    """Return a cover as PNG. The title is as large as it fits; letters that the font lacks are left out."""
    ground = _ground(drawing.pattern, drawing.site)
    size, lines = _fitted(drawing.title, COVER_WIDTH - 2 * MARGIN)
    room = FOOT - TITLE_TOP
    title = Image.new("L", (COVER_WIDTH, min(room, round((len(lines) - 1) * size * LINE + size * TALL))))
    for number, line in enumerate(lines):
        _write(title, (MARGIN, round(number * size * LINE)), line, size, COLOURS)
    strips = ground.band, _label(drawing.label), _pack(title, level=1), _paper(room - title.height), ground.foot
    return join(COVER_WIDTH, COVER_HEIGHT, ground.palette, strips)


@lru_cache(maxsize=64)
def _label(words: str) -> Strip:
    """Return what stands between the band and the title."""
    image = Image.new("L", (COVER_WIDTH, TITLE_TOP - BAND))
    if label := next(_wrap(words, LABEL_SIZE, COVER_WIDTH - 2 * MARGIN), ""):
        _write(image, (MARGIN, LABEL_TOP - BAND), label, LABEL_SIZE, COLOURS + SHADES)
    return _pack(image, level=9)


@cache
def _paper(height: int) -> Strip:
    """Return rows of nothing but paper."""
    return _pack(Image.new("L", (COVER_WIDTH, height)), level=9)


def _pack(image: Image.Image, level: int) -> Strip:
    """Pack a picture's rows. The column that is added before them is PNG's: they are not filtered."""
    return pack(image.crop((-1, 0, COVER_WIDTH, image.height)).tobytes(), level)


def _fitted(title: str, width: int) -> tuple[int, list[str]]:
    """Return the largest size in which a title fits, and its lines; what is still too long is cut."""
    for size in TITLE_SIZES:
        lines, room = list(_wrap(title, size, width)), int(TITLE_ROOM / (size * LINE))
        if len(lines) <= room:
            return size, lines
    return size, [*lines[: room - 1], f"{lines[room - 1][:-1]}…"]


def _wrap(words: str, size: int, width: int) -> Iterator[str]:
    """Yield the lines of words that are no wider than ``width``; a word too long for a line is broken."""
    line, length = "", 0.0
    for word in "".join(filter(_is_known, words)).split():
        longer = length + _length(f" {word}" if line else word, size)
        if longer <= width:
            line, length = f"{line} {word}" if line else word, longer
            continue
        if line:
            yield line
        while _length(word, size) > width:
            cut = next(at for at in range(len(word) - 1, 0, -1) if at == 1 or _length(word[:at], size) <= width)
            yield word[:cut]
            word = word[cut:]
        line, length = word, _length(word, size)
    if line:
        yield line


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Return our font; laid out by Pillow alone, since the machine's Raqm may be another."""
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


class Form(NamedTuple):
    """The ink of a letter or a word, and where it stands from the beginning and the top of its line."""

    ink: Image.Image
    left: int
    top: int


class Word(NamedTuple):
    """A word in colours, and where in it they stand."""

    colours: Image.Image
    form: Form


@lru_cache(maxsize=4096)
def _glyph(letter: str, size: int) -> Form:
    """Return the strength of ink of a letter: drawing one takes a tenth of a millisecond, and titles have the same."""
    left, top, right, bottom = _font(size).getbbox(letter)
    form = Image.new("L", (max(1, int(right - left)), max(1, int(bottom - top))))
    ImageDraw.Draw(form).text((-left, -top), letter, font=_font(size), fill=255)
    return Form(form, int(left), int(top))


@lru_cache(maxsize=512)
def _word(word: str, size: int, first: int) -> Word:
    """Return a word, with the space before it, in the colours that begin at a number."""
    x, glyphs = 0.0, []
    for letter, following in zip(word, f"{word[1:]} ", strict=True):
        if letter != " ":
            ink, left, top = _glyph(letter, size)
            glyphs.append(Form(ink, round(x) + left, top))
        x += _step(letter, following, size)
    left, top = min(glyph.left for glyph in glyphs), min(glyph.top for glyph in glyphs)
    right = max(glyph.left + glyph.ink.width for glyph in glyphs)
    bottom = max(glyph.top + glyph.ink.height for glyph in glyphs)
    ink = Image.new("L", (right - left, bottom - top))
    for glyph in glyphs:
        ink.paste(255, (glyph.left - left, glyph.top - top), glyph.ink)
    colours = ink.point(_shades(first))
    return Word(colours, Form(colours.point(INKED), left, top))


@lru_cache(maxsize=65536)
def _step(letter: str, following: str, size: int) -> float:
    """Return how far it is from a letter to the following one; pairs stand nearer or farther than each alone."""
    return _font(size).getlength(letter + following) - _font(size).getlength(following)


@lru_cache(maxsize=16384)
def _length(words: str, size: int) -> float:
    return sum(_step(letter, following, size) for letter, following in zip(words, f"{words[1:]} ", strict=True))


@lru_cache(maxsize=4096)
def _is_known(letter: str) -> bool:
    """Whether the font has a letter: it draws the same box for all that it lacks."""
    lacking, form = _glyph("\U0010ffff", LABEL_SIZE).ink, _glyph(letter, LABEL_SIZE).ink
    return letter.isspace() or form.tobytes() != lacking.tobytes()


@cache
def _shades(first: int) -> list[int]:
    """Return the colour's number for each strength of ink."""
    return [first + strength * (SHADES - 1) // 255 if strength > FAINT else 0 for strength in range(256)]


def _write(image: Image.Image, at: tuple[int, int], words: str, size: int, first: int) -> None:
    """Write a line of words in the colours that begin at a number."""
    x = float(at[0])
    for word in WORD.findall(words):
        colours, (form, left, top) = _word(word, size, first)
        image.paste(colours, (round(x) + left, at[1] + top), form)
        x += _length(word, size)


@lru_cache(maxsize=24)
def _ground(pattern: int, site: str) -> Ground:
    """Return what lies around the words."""
    ground = Image.new("RGB", (COVER_WIDTH, COVER_HEIGHT), PAPER)
    ground.paste(draw_weave(pattern, COVER_WIDTH, BAND, TILE))
    if site:
        logo = draw_logo(LOGO)
        ground.paste(logo, (MARGIN, FOOT), logo)
    flat = ground.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    paper = flat.crop((0, BAND, 1, BAND + 1)).tobytes()[0]
    flat = flat.remap_palette([paper, *(number for number in range(COLOURS) if number != paper)])
    palette = (flat.getpalette() or [])[: COLOURS * 3]
    palette += [0] * (COLOURS * 3 - len(palette))
    for colour in (INK, CLAY, SOFT):
        palette += [
            round(p + (c - p) * shade / (SHADES - 1))
            for shade in range(SHADES)
            for p, c in zip(PAPER, colour, strict=True)
        ]
    if name := next(_wrap(site, SITE_SIZE, COVER_WIDTH - MARGIN - SITE_LEFT), ""):
        _write(flat, (SITE_LEFT, FOOT + 2), name, SITE_SIZE, COLOURS + 2 * SHADES)
    above, below = (flat.crop((0, top, COVER_WIDTH, bottom)) for top, bottom in ((0, BAND), (FOOT, COVER_HEIGHT)))
    return Ground(bytes(palette), _pack(above, level=9), _pack(below, level=9))
