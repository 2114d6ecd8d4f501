"""The map: a sketch of places by their points, drawn when the site is made, and the same as a list."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.places import Place, PlaceLevel
from kbp_site.locale import Language, text
from kbp_site.pages.page import Link, Page, path_of
from kbp_site.pages.parts import View, count_stories, described, number

PATH = "peta/"
WIDTH, MARGIN = 400, 28
LEAST_HEIGHT, MOST_HEIGHT = 160, 600
HOLLOW, SMALLEST, LARGEST = 3.0, 5.0, 15.0
"""Radii: a place without stories, one with the fewest, one with the most."""

MOST_LABELS = 40
LETTER, LINE = 6.0, 12.0
"""About how wide a letter and how high a line of a label is."""

WIDE = frozenset({PlaceLevel.PROVINCE, PlaceLevel.REGENCY})
"""Areas whose middle says little: they are left out where smaller places are known."""


@dataclass(frozen=True)
class Spot:
    """A place on the earth, and how many stories it has."""

    entry: Entry[Place]
    latitude: float
    longitude: float
    stories: int


@dataclass(frozen=True)
class Mark:
    """A circle of the sketch: a link with its words."""

    x: str
    y: str
    radius: str
    is_hollow: bool
    link: Link


@dataclass(frozen=True)
class Label:
    """A name beside a circle."""

    x: str
    y: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Sketch:
    """A drawn map."""

    view_box: str
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Circle:
    """A spot on the sketch's surface."""

    spot: Spot
    x: float
    y: float
    radius: float


def plan_map(library: Library, language: Language) -> Page:
    """Plan the page of the map."""
    view = View(library, PATH, language)
    spots = spots_of(library)
    summary = view.say(text("Tempat yang disebut dalam cerita. Makin besar lingkarannya, makin banyak ceritanya."))
    missing = len(library.of(Place)) - sum(1 for entry in library.of(Place) if _has_point(entry.record))
    unplaced = text("{count} tempat belum punya titik dan tidak tampil di sini.", count=number(missing, view.language))
    context = {
        "label": view.site.title,
        "summary": summary,
        "sketch": draw(view, spots) if spots else None,
        "places": tuple(_link(view, spot) for spot in sorted(spots, key=lambda spot: -spot.stories)),
        "unplaced": view.say(unplaced) if missing else "",
        "all_places": Link(view.say(text("Semua tempat")), view.to(f"{Place.PATH}/")),
    }
    return Page(PATH, "map.md.jinja", view.say(text("Peta")), described(summary), context, language=language)


def spots_of(library: Library) -> tuple[Spot, ...]:
    """Return the places that can be drawn, in the library's order."""
    known = [entry for entry in library.of(Place) if _has_point(entry.record)]
    small = [entry for entry in known if entry.record.level not in WIDE]
    return tuple(
        Spot(
            entry,
            float(entry.record.latitude or ""),
            float(entry.record.longitude or ""),
            len(library.stories_of(entry)),
        )
        for entry in small or known
    )


def _has_point(place: Place) -> bool:
    return place.latitude is not None and place.longitude is not None


def _link(view: View, spot: Spot) -> Link:
    level = spot.entry.record.level.say(view.language)
    return view.link(spot.entry, f"{level}, {count_stories(view, spot.stories)}")


def draw(view: View, spots: Sequence[Spot]) -> Sketch:
    """Draw spots (at least one): east to the right, north up, in the same scale both ways."""
    circles, height = _project(spots)
    labels = tuple(_labels(view, circles, height))
    ordered = sorted(circles, key=lambda circle: (-circle.radius, circle.spot.entry.id))
    return Sketch(f"0 0 {WIDTH} {height:.0f}", tuple(_mark(view, circle) for circle in ordered), labels)


def _project(spots: Sequence[Spot]) -> tuple[list[Circle], float]:
    """Lay spots on a surface of `WIDTH`, equirectangular; a degree of longitude shrinks with latitude."""
    middle = (max(s.latitude for s in spots) + min(s.latitude for s in spots)) / 2
    shrink = math.cos(math.radians(middle))
    east, north = min(s.longitude for s in spots), max(s.latitude for s in spots)
    across = (max(s.longitude for s in spots) - east) * shrink
    down = north - min(s.latitude for s in spots)
    room = WIDTH - 2 * MARGIN
    scale = min(room / across if across else math.inf, (MOST_HEIGHT - 2 * MARGIN) / down if down else math.inf)
    scale = 1.0 if math.isinf(scale) else scale
    height = max(LEAST_HEIGHT, down * scale + 2 * MARGIN)
    left, top = (WIDTH - across * scale) / 2, (height - down * scale) / 2
    most = max(spot.stories for spot in spots)
    circles = [
        Circle(
            spot,
            left + (spot.longitude - east) * shrink * scale,
            top + (north - spot.latitude) * scale,
            _radius(spot.stories, most),
        )
        for spot in spots
    ]
    return circles, height


def _radius(stories: int, most: int) -> float:
    """Return a radius whose circle's area grows with the stories."""
    return SMALLEST + (LARGEST - SMALLEST) * math.sqrt(stories / most) if stories else HOLLOW


def _mark(view: View, circle: Circle) -> Mark:
    spot = circle.spot
    words = f"{spot.entry.said(view.language).title}: {count_stories(view, spot.stories)}"
    link = Link(words, view.to(path_of(spot.entry)))
    return Mark(f"{circle.x:.1f}", f"{circle.y:.1f}", f"{circle.radius:.1f}", not spot.stories, link)


Box = tuple[float, float, float, float]


def _labels(view: View, circles: Sequence[Circle], height: float) -> Iterator[Label]:
    """Yield names that find room, those of places with most stories first; the list names all.

    A name never lies on another or on a named circle, and on as few other circles as can be.
    """
    named = [c for c in circles if c.spot.stories or c.spot.entry.record.level is PlaceLevel.DISTRICT]
    named.sort(key=lambda circle: (-circle.spot.stories, circle.spot.entry.id))
    named = named[:MOST_LABELS]
    dots = [_box_of(circle) for circle in circles]
    taken = [_box_of(circle) for circle in named]
    for circle in named:
        words = circle.spot.entry.said(view.language).title
        free = [
            (sum(_touch(box, dot) for dot in dots), label, box)
            for label, box in _places_for(circle, words)
            if _is_inside(box, height) and not any(_touch(box, other) for other in taken)
        ]
        if free:
            _, label, box = min(free, key=lambda row: row[0])
            taken.append(box)
            yield label


def _box_of(circle: Circle) -> Box:
    return circle.x - circle.radius, circle.y - circle.radius, circle.x + circle.radius, circle.y + circle.radius


def _places_for(circle: Circle, words: str) -> Iterator[tuple[Label, Box]]:
    """Yield where a name could stand: right, left, below, above; the last two stay inside the edges."""
    wide, gap, half = len(words) * LETTER, circle.radius + 3, LINE / 2
    x, y = circle.x, circle.y
    middle = min(max(x, wide / 2), WIDTH - wide / 2)
    for anchor, at, base, box in (
        ("start", x + gap, y + 4, (x + gap, y - half, x + gap + wide, y + half)),
        ("end", x - gap, y + 4, (x - gap - wide, y - half, x - gap, y + half)),
        ("middle", middle, y + gap + 9, (middle - wide / 2, y + gap, middle + wide / 2, y + gap + LINE)),
        ("middle", middle, y - gap - 2, (middle - wide / 2, y - gap - LINE, middle + wide / 2, y - gap)),
    ):
        yield Label(f"{at:.1f}", f"{base:.1f}", anchor, words), box


def _is_inside(box: Box, height: float) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= height


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
