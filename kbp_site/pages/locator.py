"""Where in Indonesia the places of a site are: one mark on the coast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kbp_site.content.records.places import Place
from kbp_site.pages.coast import HEIGHT, WIDTH, coast, on_coast
from kbp_site.pages.map_names import Label
from kbp_site.pages.parts import View
from kbp_site.pages.surface import Spot, are_far


@dataclass(frozen=True)
class Locator:
    """Where in Indonesia the places of a sketch are."""

    view_box: str
    path: str
    x: str
    y: str
    label: Label | None


def locate(view: View, spots: Sequence[Spot]) -> Locator | None:
    """Show where in Indonesia spots are; nothing without one, beyond the drawing, or when they lie far apart."""
    if not spots or are_far(spots):
        return None
    found = on_coast(
        sum(spot.latitude for spot in spots) / len(spots), sum(spot.longitude for spot in spots) / len(spots)
    )
    if found is None:
        return None
    x, y = found
    return Locator(f"0 0 {WIDTH} {HEIGHT}", coast(), f"{x:.0f}", f"{y:.0f}", _region_label(view, x, y))


def _region_label(view: View, x: float, y: float) -> Label | None:
    region = view.library.get(Place, view.library.site.region)
    if region is None:
        return None
    words = region.said(view.language).title
    half = len(words) * 10 / 2
    at = min(max(x, half), WIDTH - half)
    return Label(f"{at:.0f}", f"{y + 32 if y < HEIGHT - 40 else y - 20:.0f}", "middle", words, view.foreign(region))
