"""The rattan weave of a record as SVG: lines that stay sharp on paper of any size."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from kbp_site.outputs.drawing import BINDINGS, SIDE, THREADS, Colour, Strand


def draw_weave_svg(pattern: int, across: float, down: float) -> bytes:
    """Return a surface of a weave (0 to 11), so many tiles wide and high."""
    width, height = across * SIDE, down * SIDE
    strands = "".join(_strand(strand, ceil(across), ceil(down)) for strand in BINDINGS[pattern])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f'<path fill="{_hex(THREADS[pattern % len(THREADS)])}" d="M0 0h{width:g}v{height:g}H0z"/>{strands}</svg>'
    ).encode()


def _strand(strand: Strand, across: int, down: int) -> str:
    dash = ""
    if strand.dash:
        on, off, at = strand.dash
        dash = f' stroke-dasharray="{on:g} {off:g}" stroke-dashoffset="{-at:g}"'
    return (
        f'<path fill="none" stroke="{_hex(strand.colour)}" stroke-opacity="{strand.strength:g}"'
        f' stroke-width="{strand.width:g}"{dash} d="{"".join(dict.fromkeys(_lines(strand, across, down)))}"/>'
    )


def _lines(strand: Strand, across: int, down: int) -> Iterator[str]:
    """Yield the lines of every tile; those that neighbours share are the same."""
    for column in range(across):
        for row in range(down):
            for line in strand.lines:
                places = (f"{x + column * SIDE:g} {y + row * SIDE:g}" for x, y in line)
                yield f"M{'L'.join(places)}"


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
