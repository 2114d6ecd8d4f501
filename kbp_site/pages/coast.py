"""The coast of Indonesia and its neighbours, coarse, to show where a place is.

Natural Earth's land, in the public domain; `coast.json` names its origin, and
`python -m kbp_site.editing.coast` makes it again.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

BOX = (94.0, -12.0, 142.0, 9.0)
"""West, south, east and north of what is drawn, in degrees."""

UNITS = 10
"""How many units of the drawing are a degree; near the equator, either way."""

WIDTH, HEIGHT = round((BOX[2] - BOX[0]) * UNITS), round((BOX[3] - BOX[1]) * UNITS)


@cache
def coast() -> str:
    """Return the coast as the data of an SVG path, in units from the north-west."""
    found = json.loads(Path(__file__).with_name("coast.json").read_text(encoding="utf-8"))
    return str(found["path"])


def on_coast(latitude: float, longitude: float) -> tuple[float, float] | None:
    """Return where a point lies on the drawing; nothing where it is beyond its edges."""
    west, south, east, north = BOX
    if not (south <= latitude <= north and west <= longitude <= east):
        return None
    return (longitude - west) * UNITS, (north - latitude) * UNITS
