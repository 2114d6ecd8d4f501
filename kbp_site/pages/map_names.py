"""The names on a sketch of places: as many as find room, and never one on another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kbp_site.content.records.places import PlaceLevel
from kbp_site.pages.parts import View, number
from kbp_site.pages.surface import WIDTH, Spot

MOST_LABELS = 40
LETTER, LINE = 8.0, 15.0
"""How wide a letter of a wide font (DejaVu Sans) and how high a line of a label is, about."""


@dataclass(frozen=True)
class Label:
    """A name beside a circle."""

    x: str
    y: str
    anchor: str
    text: str
    language: str = ""


@dataclass(frozen=True)
class Circle:
    """A spot on the sketch's surface; its radius is nought without stories."""

    spot: Spot
    x: float
    y: float
    radius: float


Box = tuple[float, float, float, float]


def labels(view: View, circles: Sequence[Circle], height: float) -> Iterator[Label]:
    """Yield names that find room, those of places with most stories first; the list names all.

    A name never lies on another or on a named circle, and on as few other circles as can be.
    """
    named = [c for c in circles if c.spot.stories or c.spot.entry.record.level is PlaceLevel.DISTRICT]
    named.sort(key=lambda circle: (-circle.spot.stories, circle.spot.entry.id))
    named = named[:MOST_LABELS]
    dots = [_box_of(circle) for circle in circles]
    taken = [_box_of(circle) for circle in named]
    for circle in named:
        free = [
            (sum(_touch(box, dot) for dot in dots), label, box)
            for label, box in _places_for(circle, _name(view, circle.spot), view.foreign(circle.spot.entry))
            if _is_inside(box, height) and not any(_touch(box, other) for other in taken)
        ]
        if free:
            _, label, box = min(free, key=lambda row: row[0])
            taken.append(box)
            yield label


def _name(view: View, spot: Spot) -> str:
    title = spot.entry.said(view.language).title
    return f"{title} ({number(spot.stories, view.language)})" if spot.stories else title


def _box_of(circle: Circle) -> Box:
    radius = circle.radius or 2.0
    return circle.x - radius, circle.y - radius, circle.x + radius, circle.y + radius


def _places_for(circle: Circle, words: str, language: str) -> Iterator[tuple[Label, Box]]:
    """Yield where a name could stand: right, left, below, above; the last two stay inside the edges."""
    wide, gap, half = len(words) * LETTER, (circle.radius or 2.0) + 3, LINE / 2
    x, y = circle.x, circle.y
    middle = min(max(x, wide / 2), WIDTH - wide / 2)
    for anchor, at, base, box in (
        ("start", x + gap, y + 4, (x + gap, y - half, x + gap + wide, y + half)),
        ("end", x - gap, y + 4, (x - gap - wide, y - half, x - gap, y + half)),
        ("middle", middle, y + gap + 10, (middle - wide / 2, y + gap, middle + wide / 2, y + gap + LINE)),
        ("middle", middle, y - gap - 3, (middle - wide / 2, y - gap - LINE, middle + wide / 2, y - gap)),
    ):
        yield Label(f"{at:.1f}", f"{base:.1f}", anchor, words, language), box


def _is_inside(box: Box, height: float) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= height


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
