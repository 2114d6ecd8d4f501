"""A drawing of seconds by stories, both in powers of ten: growth is a line's slope, and a ratio is a distance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 60, 500, 30, 370
LINE = 18
"""The least distance between the names of two lines."""

COLOURS = ("#4d4d4d", "#8c6d00", "#1f5fa8", "#b3261e", "#1b7f4b", "#7a3fa0", "#b0479b")

Points = Sequence[tuple[float, float]]


def draw(lines: Mapping[str, Points], *, across: str, up: str) -> str:
    """Return the SVG of some lines, each named at its end; ``across`` and ``up`` say what the axes tell.

    There are as many colours as lines may be.
    """
    xs = [x for points in lines.values() for x, _ in points]
    ys = [y for points in lines.values() for _, y in points]
    right, high = _Scale(xs, LEFT, RIGHT), _Scale(ys, BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="16">{escape(up)}</text>',
        f'<text x="{RIGHT}" y="{BOTTOM + 40}" text-anchor="end">{escape(across)}</text>',
    ]
    for power in _powers(ys):
        y = high(10**power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:,g}</text>')
    for x in sorted(set(xs)):
        parts.append(f'<path d="M{right(x):.1f} {TOP}V{BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{right(x):.1f}" y="{BOTTOM + 20}" text-anchor="middle">{x:,g}</text>')
    ends = {name: high(points[-1][1]) for name, points in lines.items()}
    places = _apart(ends)
    for (name, points), colour in zip(lines.items(), COLOURS[: len(lines)], strict=True):
        parts.extend(_line(name, [(right(x), high(y)) for x, y in points], places[name], colour))
    return "\n".join([*parts, "</svg>", ""])


def _line(name: str, points: Points, place: float, colour: str) -> Iterator[str]:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points)
    x, y = points[-1]
    yield f'<path d="M{x:.1f} {y:.1f}L{RIGHT + 12} {place:.1f}" stroke="{colour}" stroke-dasharray="2 3"/>'
    yield f'<text x="{RIGHT + 16}" y="{place + 4:.1f}" fill="{colour}">{escape(name)}</text>'


class _Scale:
    """Where on an axis a value stands, by its logarithm."""

    def __init__(self, values: Sequence[float], begin: float, end: float) -> None:
        powers = _powers(values)
        self.begin, self.first = begin, powers[0]
        self.unit = (end - begin) / max(1, powers[-1] - powers[0])

    def __call__(self, value: float) -> float:
        return self.begin + (log10(value) - self.first) * self.unit


def _powers(values: Sequence[float]) -> list[int]:
    return list(range(floor(log10(min(values))), ceil(log10(max(values))) + 1))


def _apart(ends: Mapping[str, float]) -> dict[str, float]:
    """Return where each name stands: at its line's end, or as far below the one above it as it needs."""
    places: dict[str, float] = {}
    lowest = float("-inf")
    for name, y in sorted(ends.items(), key=lambda row: row[1]):
        lowest = places[name] = max(y, lowest + LINE)
    return places
