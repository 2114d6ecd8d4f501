"""The names on a sketch of places: as many as find room, and never one on another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kbp_site.content.records.places import PlaceLevel
from kbp_site.pages.parts import View, number
from kbp_site.pages.surface import WIDTH, Spot

MOST_LABELS = 40
LETTER, LINE, GAP = 7.2, 15.0, 3.0
"""How wide a letter of a wide font (DejaVu Sans) and how high a line of a label is, about; its distance to a circle."""

STEPS = (0.0, 14.0, 28.0, 42.0)
"""How far a name may stand away when there is no room at its circle; a line leads to it."""

DIRECTIONS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, -1), (1, 1), (-1, 1))
"""Right, left, below, above, then the corners."""


@dataclass(frozen=True)
class Label:
    """A name beside a circle; ``line`` leads to one that stands away from it."""

    x: str
    y: str
    anchor: str
    text: str
    language: str = ""
    line: str = ""


@dataclass(frozen=True)
class Circle:
    """A spot on the sketch's surface; its radius is nought without stories."""

    spot: Spot
    x: float
    y: float
    radius: float


Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Place:
    """Where a name could stand: its box, how its text is anchored there, and how far from its circle."""

    box: Box
    anchor: str
    away: float


def labels(view: View, circles: Sequence[Circle], height: float) -> Iterator[Label]:
    """Yield names that find room, those of places with most stories first; the list names all.

    A name never lies on another or on a named circle, on as few other circles as can be, and nearer to no other
    named circle than to its own, if it can.
    """
    named = [c for c in circles if c.spot.stories or c.spot.entry.record.level is PlaceLevel.DISTRICT]
    named.sort(key=lambda circle: (-circle.spot.stories, circle.spot.entry.id))
    named = named[:MOST_LABELS]
    taken = [_box_of(circle) for circle in named]
    for circle in named:
        words = _name(view, circle.spot)
        wide = len(words) * LETTER
        near = [other for other in circles if other is not circle and _is_near(circle, other, wide)]
        free = [
            place
            for place in _places_for(circle, wide)
            if _is_inside(place.box, height) and not any(_touch(place.box, other) for other in taken)
        ]
        if free:
            best = min(free, key=lambda place: (_in_the_way(circle, place, near), place.away))
            taken.append(best.box)
            yield _label(circle, best, words, view.foreign(circle.spot.entry))


def _name(view: View, spot: Spot) -> str:
    title = spot.entry.said(view.language).title
    return f"{title} ({number(spot.stories, view.language)})" if spot.stories else title


def _box_of(circle: Circle) -> Box:
    radius = _radius(circle)
    return circle.x - radius, circle.y - radius, circle.x + radius, circle.y + radius


def _radius(circle: Circle) -> float:
    return circle.radius or 2.0


def _is_near(circle: Circle, other: Circle, wide: float) -> bool:
    """Whether a circle may be in the way of another's name."""
    reach = _radius(circle) + _radius(other) + GAP + STEPS[-1] + LINE
    return abs(circle.x - other.x) < reach + wide and abs(circle.y - other.y) < reach


def _places_for(circle: Circle, wide: float) -> Iterator[_Place]:
    """Yield where a name could stand, the nearest first; above and below it stays inside the edges."""
    for away, (right, down) in product(STEPS, DIRECTIONS):
        out = (_radius(circle) + GAP + away) * (math.sqrt(0.5) if right and down else 1)
        x, y = circle.x + right * out, circle.y + down * out
        top = y - LINE / 2 + down * LINE / 2
        if right:
            left = x if right > 0 else x - wide
            yield _Place((left, top, left + wide, top + LINE), "start" if right > 0 else "end", away)
        else:
            left = min(max(x - wide / 2, 0.0), WIDTH - wide)
            anchor = "start" if left > x - wide / 2 else "end" if left < x - wide / 2 else "middle"
            yield _Place((left, top, left + wide, top + LINE), anchor, away)


def _in_the_way(circle: Circle, place: _Place, near: Sequence[Circle]) -> int:
    """Count the circles that a name or its line would lie on, and those it would seem to be the name of."""
    own, end = _gap(circle, place.box), _nearest(circle, place.box)
    return sum(
        _touch(place.box, _box_of(other))
        or (place.away > 0 and _lies_on(circle, end, other))
        or (bool(other.radius) and _gap(other, place.box) < own)
        for other in near
    )


def _nearest(circle: Circle, box: Box) -> tuple[float, float]:
    """Return the point of a box that is nearest to a circle's middle."""
    return min(max(circle.x, box[0]), box[2]), min(max(circle.y, box[1]), box[3])


def _gap(circle: Circle, box: Box) -> float:
    return math.dist((circle.x, circle.y), _nearest(circle, box)) - _radius(circle)


def _lies_on(circle: Circle, end: tuple[float, float], other: Circle) -> bool:
    """Whether the line from a circle's middle to a point comes upon another circle."""
    across, down = end[0] - circle.x, end[1] - circle.y
    along = ((other.x - circle.x) * across + (other.y - circle.y) * down) / (across**2 + down**2)
    foot = (circle.x + across * min(max(along, 0.0), 1.0), circle.y + down * min(max(along, 0.0), 1.0))
    return math.dist(foot, (other.x, other.y)) < _radius(other) + 1


def _label(circle: Circle, place: _Place, words: str, language: str) -> Label:
    left, _, right, bottom = place.box
    x = {"start": left, "middle": (left + right) / 2, "end": right}[place.anchor]
    end, line = _nearest(circle, place.box), ""
    if place.away:
        share = _radius(circle) / math.dist((circle.x, circle.y), end)
        start = (circle.x + (end[0] - circle.x) * share, circle.y + (end[1] - circle.y) * share)
        line = f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"
    return Label(f"{x:.1f}", f"{bottom - 3.5:.1f}", place.anchor, words, language, line)


def _is_inside(box: Box, height: float) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= height


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
