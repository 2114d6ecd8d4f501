"""The coast behind the map, made again from Natural Earth's land: cut to Indonesia, and coarse.

Run as a program, with the path of `land-50m.json` from npm's `world-atlas` 2.0.2, this module prints
`kbp_site/pages/coast.json`.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from kbp_site.pages.coast import BOX, UNITS

ORIGIN = {
    "title": "Natural Earth 4.1.0, land, 1:50m",
    "package": "npm world-atlas 2.0.2, land-50m.json",
    "sha256": "619477ff690c086885e45cb91707d783805561bd75ae8e437b7d4694b0204e0f",
    "licence": "public domain (Natural Earth); ISC (world-atlas)",
}
COARSE, LEAST_AREA = 0.8, 4.0
"""How far a line may stray, and how large an island must be to stay, in units and square units."""

Point = tuple[float, float]


def make_coast(atlas: bytes) -> str:
    """Return the coast's file; raises ``ValueError`` where the atlas is not the one that it is known to be from."""
    if hashlib.sha256(atlas).hexdigest() != ORIGIN["sha256"]:
        raise ValueError(f"not {ORIGIN['package']}")
    rings = (_simple(_clipped(_projected(ring))) for ring in _rings(json.loads(atlas)))
    path = "".join(_path(ring) for ring in rings if len(ring) > 2 and abs(_area(ring)) >= LEAST_AREA)
    return json.dumps({"origin": ORIGIN, "path": path}, indent=1) + "\n"


def _rings(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield the rings of all land, as longitudes and latitudes (https://github.com/topojson/topojson-specification)."""
    (across, down), (left, top) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in topology["arcs"]:
        x = y = 0
        arcs.append([])
        for dx, dy in arc:
            x, y = x + dx, y + dy
            arcs[-1].append((x * across + left, y * down + top))
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                yield [point for name in ring for point in (arcs[name] if name >= 0 else arcs[~name][::-1])[:-1]]


def _projected(ring: Sequence[Point]) -> list[Point]:
    west, _, _, north = BOX
    return [((x - west) * UNITS, (north - y) * UNITS) for x, y in ring]


def _clipped(ring: list[Point]) -> list[Point]:
    """Cut a ring at the box's edges, one after the other (Sutherland and Hodgman)."""
    west, south, east, north = BOX
    for axis, limit, sign in (
        (0, 0.0, 1),
        (0, (east - west) * UNITS, -1),
        (1, 0.0, 1),
        (1, (north - south) * UNITS, -1),
    ):
        kept: list[Point] = []
        for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
            was, is_ = (sign * (before[axis] - limit) >= 0), (sign * (point[axis] - limit) >= 0)
            if was != is_:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if is_:
                kept.append(point)
        ring = kept
    return ring


def _simple(ring: list[Point]) -> list[tuple[int, int]]:
    """Leave out the points of a ring that change it little, and round the others."""
    if len(ring) < 3:
        return []
    far = max(range(len(ring)), key=lambda place: math.dist(ring[0], ring[place]))
    halves = [*_fewer(ring[: far + 1])[:-1], *_fewer([*ring[far:], ring[0]])[:-1]]
    rounded = [(round(x), round(y)) for x, y in halves]
    return [point for before, point in zip([rounded[-1], *rounded], rounded, strict=False) if point != before]


def _fewer(line: list[Point]) -> list[Point]:
    """Leave out the points of a line that are near the straight way (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    place = max(range(1, len(line) - 1), key=lambda place: _stray(line[0], line[-1], line[place]))
    if _stray(line[0], line[-1], line[place]) <= COARSE:
        return [line[0], line[-1]]
    return [*_fewer(line[: place + 1])[:-1], *_fewer(line[place:])]


def _stray(start: Point, end: Point, point: Point) -> float:
    length = math.dist(start, end)
    if not length:
        return math.dist(start, point)
    return abs((end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (end[1] - start[1])) / length


def _area(ring: Sequence[tuple[int, int]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _path(ring: Sequence[tuple[int, int]]) -> str:
    """Return a ring as SVG writes it, each point from the last."""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(ring)]
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(f'{x} {y}' for x, y in steps)}z".replace(" -", "-")


if __name__ == "__main__":
    sys.stdout.write(make_coast(Path(sys.argv[1]).read_bytes()))
