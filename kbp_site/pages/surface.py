"""The surface that a sketch of places is drawn on: how the earth is laid on it, and how long a kilometre is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.places import Place, PlaceLevel

WIDTH, MARGIN, FOOT = 320, 26, 30
"""A unit is about a pixel on a phone; the foot holds the scale."""

LEAST_HEIGHT, MOST_HEIGHT = 130, 400
WIDE = frozenset({PlaceLevel.PROVINCE, PlaceLevel.REGENCY})
"""Areas whose middle says little: they are left out where smaller places are known."""

FAR = 4.0
"""Degrees between the outermost places from which the coast is drawn below them; nearer, it is too coarse."""

DEGREE = 111.32
"""Kilometres of a degree of latitude, on the mean meridian."""


@dataclass(frozen=True)
class Spot:
    """A place on the earth, and how many stories it has."""

    entry: Entry[Place]
    latitude: float
    longitude: float
    stories: int


@dataclass(frozen=True)
class Surface:
    """How the earth is laid on the sketch: equirectangular, a degree of longitude shrunk by ``shrink``."""

    west: float
    north: float
    shrink: float
    scale: float
    left: float
    top: float
    height: float

    def x(self, longitude: float) -> float:
        """Return how far to the right a longitude lies."""
        return self.left + (longitude - self.west) * self.shrink * self.scale

    def y(self, latitude: float) -> float:
        """Return how far down a latitude lies."""
        return self.top + (self.north - latitude) * self.scale


def spots_of(library: Library) -> tuple[Spot, ...]:
    """Return the places that can be drawn, in the library's order."""
    known = [entry for entry in library.of(Place) if entry.record.latitude and entry.record.longitude]
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


def surface_of(spots: Sequence[Spot], most_height: float = MOST_HEIGHT) -> Surface:
    """Return the surface that spots (at least one) fit on."""
    middle = (max(s.latitude for s in spots) + min(s.latitude for s in spots)) / 2
    shrink = math.cos(math.radians(middle))
    west, north = min(s.longitude for s in spots), max(s.latitude for s in spots)
    across = (max(s.longitude for s in spots) - west) * shrink
    down = north - min(s.latitude for s in spots)
    scale = min(
        (WIDTH - 2 * MARGIN) / across if across else math.inf, (most_height - 2 * MARGIN) / down if down else math.inf
    )
    scale = 0.0 if math.isinf(scale) else scale
    height = max(LEAST_HEIGHT, down * scale + 2 * MARGIN)
    left, top = (WIDTH - across * scale) / 2, (height - down * scale) / 2
    return Surface(west, north, shrink, scale, left, top, height + FOOT)


def are_far(spots: Sequence[Spot]) -> bool:
    """Whether spots lie so far apart that the coast between them tells something."""
    latitudes, longitudes = [s.latitude for s in spots], [s.longitude for s in spots]
    return max(max(latitudes) - min(latitudes), max(longitudes) - min(longitudes)) >= FAR
