"""The site's drawn forms as pixels: the rattan weaves and the logo, as the theme has them in CSS and SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from math import hypot
from typing import NamedTuple

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
Point = tuple[float, float]

PAPER, RIVER, BRICK, REED = (253, 251, 246), (31, 92, 77), (181, 83, 47), (195, 154, 77)
THREADS: tuple[Colour, ...] = ((61, 130, 112), (184, 101, 63), (195, 154, 77), (100, 128, 155))
"""Moss, brick, reed and dusk in the light (`theme/assets/kbp/kbp.css`)."""

SIDE = 36
"""The side of a weave's tile in the theme, in its own units."""

FINE = 4
"""Everything is drawn so many times larger and made smaller, which makes its edges smooth."""


class Strand(NamedTuple):
    """Lines of one colour, strength and width; ``dash`` is (length, gap, beginning) along each line."""

    colour: Colour
    strength: float
    width: float
    lines: Sequence[Sequence[Point]]
    dash: tuple[float, float, float] | None = None


WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def _lying(*places: Point) -> list[list[Point]]:
    """Return the middle lines of bars, 20 long and 16 wide, whose corner stands at each place."""
    return [[(x, y + 8), (x + 20, y + 8)] for x, y in places]


def _standing(*places: Point) -> list[list[Point]]:
    return [[(x + 8, y), (x + 8, y + 20)] for x, y in places]


def _angles(*tops: float) -> list[list[Point]]:
    return [[(-4, top + 22), (18, top), (40, top + 22)] for top in tops]


SPLITS: list[list[Point]] = [
    [(0, 6.5), (18, 6.5)],
    [(0, 11.5), (18, 11.5)],
    [(18, 24.5), (36, 24.5)],
    [(18, 29.5), (36, 29.5)],
    [(24.5, 0), (24.5, 18)],
    [(29.5, 0), (29.5, 18)],
    [(6.5, 18), (6.5, 36)],
    [(11.5, 18), (11.5, 36)],
]
SLOPES: list[list[Point]] = [[(-9, 9), (9, -9)], [(-9, 45), (45, -9)], [(27, 45), (45, 27)]]
FALLS: list[list[Point]] = [[(-18, -18), (54, 54)], [(-36, 0), (18, 54)], [(0, -36), (54, 18)]]
SHADE: list[list[Point]] = [[(0, 18), (36, 18)]]

PLAIN = (
    Strand(BLACK, 0.24, SIDE, SHADE),
    Strand(WHITE, 0.2, 16, _standing((19, -1), (1, 17), (1, -19))),
    Strand(WHITE, 0.4, 16, _lying((-1, 1), (17, 19), (-19, 19))),
    Strand(BLACK, 0.13, 1, SPLITS),
)
TWILL = (
    Strand(BLACK, 0.14, SIDE, SHADE),
    Strand(WHITE, 0.18, 8, SLOPES),
    Strand(WHITE, 0.4, 8, FALLS, (17, 8.456, 4.2)),
)
ZIGZAG = (
    Strand(WHITE, 0.4, 5, _angles(0, 36, -36)),
    Strand(BLACK, 0.16, 5, _angles(12, -24)),
    Strand(WHITE, 0.18, 5, _angles(24, -12)),
)
BINDINGS = (PLAIN, ZIGZAG, TWILL, PLAIN, TWILL, PLAIN, ZIGZAG, TWILL, ZIGZAG, TWILL, PLAIN, ZIGZAG)
"""The binding of each of the twelve weaves; its thread goes through the four colours in turn."""


@cache
def weave_tile(pattern: int, side: int) -> Image.Image:
    """Return the tile of a weave (0 to 11), ``side`` pixels wide."""
    scale = side * FINE / SIDE
    tile = Image.new("RGB", (side * FINE, side * FINE), THREADS[pattern % len(THREADS)])
    for strand in BINDINGS[pattern]:
        form = Image.new("L", tile.size)
        draw = ImageDraw.Draw(form)
        for line in strand.lines:
            for piece in _dashes(line, strand.dash) if strand.dash else [line]:
                points = [(x * scale, y * scale) for x, y in piece]
                draw.line(points, fill=round(255 * strand.strength), width=round(strand.width * scale), joint="curve")
        tile.paste(strand.colour, mask=form)
    return tile.resize((side, side), Image.Resampling.LANCZOS)


def _dashes(line: Sequence[Point], dash: tuple[float, float, float]) -> Iterator[list[Point]]:
    (x, y), (to_x, to_y) = line
    length, (on, off, at) = hypot(to_x - x, to_y - y), dash
    across, down = (to_x - x) / length, (to_y - y) / length
    while at < length:
        yield [(x + across * reach, y + down * reach) for reach in (at, at + on)]
        at += on + off


def draw_weave(pattern: int, width: int, height: int, side: int) -> Image.Image:
    """Return a surface of a weave, its tiles ``side`` pixels wide."""
    tile = weave_tile(pattern, side)
    surface = Image.new("RGB", (width, height))
    for x in range(0, width, side):
        for y in range(0, height, side):
            surface.paste(tile, (x, y))
    return surface


def draw_logo(side: int, *, corner: float = 7, room: float = 1) -> Image.Image:
    """Return the logo (`theme/assets/kbp/logo.svg`) as a picture with clear corners.

    ``corner`` is the corners' radius in the logo's 32 units; ``room`` is the part of the side that the
    logo takes, for icons whose edges a telephone cuts off.
    """
    large = side * FINE
    image = Image.new("RGBA", (large, large))
    draw = ImageDraw.Draw(image)
    scale, edge = large * room / 32, large * (1 - room) / 2

    def box(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        left, top = edge + x * scale, edge + y * scale
        return left, top, left + width * scale - 1, top + height * scale - 1

    draw.rounded_rectangle((0, 0, large - 1, large - 1), corner * large / 32, PAPER)
    for colour, bars in (
        (RIVER, ((4, 5, 15, 6), (13, 21, 15, 6))),
        (BRICK, ((21, 4, 6, 15), (5, 13, 6, 15))),
    ):
        for bar in bars:
            draw.rounded_rectangle(box(*bar), 2 * scale, colour)
    draw.ellipse(box(13.5, 13.5, 5, 5), REED)
    return image.resize((side, side), Image.Resampling.LANCZOS)
