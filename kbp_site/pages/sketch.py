"""A sketch of places by their points, as SVG: a drawing made when the site is made, without tiles."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kbp_site.locale import Language
from kbp_site.pages.coast import BOX, UNITS, coast, on_coast
from kbp_site.pages.map_names import Circle, Label, labels
from kbp_site.pages.page import Link, path_of
from kbp_site.pages.parts import View, count_stories, number
from kbp_site.pages.surface import DEGREE, FOOT, MARGIN, MOST_HEIGHT, WIDTH, Spot, Surface, are_far, surface_of

SMALLEST, LARGEST = 6.0, 16.0
"""Radii: a place with the fewest stories, one with the most."""

HIT = 14.0
"""A finger's radius: 24 pixels across on a phone of 360 pixels, where two circles leave that much room."""

CROWD = 40
"""How many circles of a neighbourhood are asked how near they are: where more lie, there is no room anyway."""


@dataclass(frozen=True)
class Mark:
    """A place with stories: a circle that is a link with its words, and how far around it a finger finds it."""

    x: str
    y: str
    radius: str
    reach: str
    link: Link


@dataclass(frozen=True)
class Scale:
    """A line as long as it says: `path` draws it."""

    path: str
    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Coast:
    """The coast below places that lie far apart."""

    path: str
    transform: str


@dataclass(frozen=True)
class Sketch:
    """A drawn map; ``dots`` are the places without stories, as one path of points."""

    view_box: str
    coast: Coast | None
    dots: str
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    scale: Scale | None


def draw(view: View, spots: Sequence[Spot], *, most_height: float = MOST_HEIGHT) -> Sketch | None:
    """Draw spots: east to the right, north up, in the same scale both ways; nothing without a spot."""
    if not spots:
        return None
    surface = surface_of(spots, most_height)
    circles = _circles(surface, spots)
    ordered = sorted(circles, key=lambda circle: (-circle.radius, circle.spot.entry.id))
    storied = [circle for circle in ordered if circle.radius]
    return Sketch(
        f"0 0 {WIDTH} {surface.height:.0f}",
        _coast(surface, spots),
        "".join(f"M{circle.x:.1f} {circle.y:.1f}h0" for circle in ordered if not circle.radius),
        tuple(_mark(view, circle, reach) for circle, reach in zip(storied, _reaches(storied), strict=True)),
        tuple(labels(view, circles, surface.height - FOOT)),
        _scale(surface, view.language),
    )


def _coast(surface: Surface, spots: Sequence[Spot]) -> Coast | None:
    """Return the coast laid on a surface, where spots lie far apart and all in its reach."""
    if not are_far(spots) or not all(on_coast(spot.latitude, spot.longitude) for spot in spots):
        return None
    x, y, scale = surface.x(BOX[0]), surface.y(BOX[3]), surface.scale / UNITS
    return Coast(coast(), f"translate({x:.1f} {y:.1f}) scale({scale * surface.shrink:.4f} {scale:.4f})")


def _circles(surface: Surface, spots: Sequence[Spot]) -> list[Circle]:
    most = max(spot.stories for spot in spots)
    return [
        Circle(spot, surface.x(spot.longitude), surface.y(spot.latitude), _radius(spot.stories, most)) for spot in spots
    ]


def _radius(stories: int, most: int) -> float:
    """Return a radius whose circle's area grows with the stories."""
    return SMALLEST + (LARGEST - SMALLEST) * math.sqrt(stories / most) if stories else 0.0


def _mark(view: View, circle: Circle, reach: float) -> Mark:
    spot = circle.spot
    words = f"{spot.entry.said(view.language).title}: {count_stories(view, spot.stories)}"
    link = Link(words, view.to(path_of(spot.entry)), language=view.foreign(spot.entry))
    return Mark(f"{circle.x:.1f}", f"{circle.y:.1f}", f"{circle.radius:.1f}", f"{reach:.1f}", link)


def _reaches(circles: Sequence[Circle]) -> Iterator[float]:
    """Yield how far around each circle a finger finds it: never nearer to another's middle than to its own."""
    cells: dict[tuple[int, int], list[Circle]] = {}
    for circle in circles:
        cells.setdefault(_cell(circle), []).append(circle)
    for circle in circles:
        column, row = _cell(circle)
        near = [
            math.dist((circle.x, circle.y), (other.x, other.y))
            for across, down in product((-1, 0, 1), repeat=2)
            for other in cells.get((column + across, row + down), [])[:CROWD]
            if other is not circle
        ]
        yield max(circle.radius, min([HIT, *(distance / 2 for distance in near)]))


def _cell(circle: Circle) -> tuple[int, int]:
    return int(circle.x // (2 * HIT)), int(circle.y // (2 * HIT))


def _scale(surface: Surface, language: Language) -> Scale | None:
    """Return a line of 1, 2 or 5 metres or kilometres, times a power of ten; none where all is one point."""
    if not surface.scale:
        return None
    most = WIDTH / 4 / surface.scale * DEGREE * 1000
    power = 10 ** math.floor(math.log10(most))
    metres = max(step * power for step in (1, 2, 5) if step * power <= most)
    long, y = metres / 1000 / DEGREE * surface.scale, surface.height - 14
    words = f"{number(int(metres), language)} m" if metres < 1000 else f"{number(int(metres) // 1000, language)} km"
    return Scale(
        f"M{MARGIN / 2:.0f} {y - 5:.0f}v5h{long:.1f}v-5", f"{MARGIN / 2 + long + 6:.1f}", f"{y + 1:.0f}", words
    )
