"""Whether two pictures show the same, in whatever size, format and name: so a withdrawn photo is found again."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image, ImageOps

from kbp_site.pages.renditions import COVER_HEIGHT, COVER_WIDTH

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
ENDINGS = frozenset([".jpg", ".jpeg", ".png", ".webp", ".avif"])
SIDE = 24
NEARNESS = 6
"""How far shades of grey may lie apart on average, of 255. Renditions of one photo differ by 1 to 3; two photos of one
scene by more than 10."""


def looks(path: Path) -> tuple[bytes, ...]:
    """Return what a picture looks like, whole and cut as a cover is; empty for what is no picture."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path, formats=FORMATS) as image:
            image.draft("L", (SIDE * 8, SIDE * 8))
            upright = ImageOps.exif_transpose(image).convert("L")
    except Exception:  # Pillow answers damaged files with many kinds of errors
        return ()
    cut = ImageOps.fit(upright, (COVER_WIDTH // 4, COVER_HEIGHT // 4))
    return tuple(shape.resize((SIDE, SIDE), Image.Resampling.BOX).tobytes() for shape in (upright, cut))


def find_alike(pictures: Iterable[Path], originals: Iterable[Path], *, others: Iterable[Path] = ()) -> Iterator[Path]:
    """Yield the pictures that show the same as one of the originals, and not rather one of the others.

    One of the others that shows the same pixels as an original is a copy of it: its renditions are found as well.
    """
    wanted = [look for path in originals for look in looks(path)]
    foreign = [look for path in others for look in looks(path)] if wanted else []
    for path in pictures if wanted else ():
        for look in looks(path)[:1]:
            nearest = min(_distance(look, one) for one in wanted)
            limit = min((_distance(look, one) for one in foreign), default=NEARNESS * len(look) + 1)
            if nearest <= NEARNESS * len(look) and nearest <= limit:
                yield path


def _distance(one: bytes, other: bytes) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))
