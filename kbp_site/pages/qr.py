"""An address as a QR code, drawn as one path; zxing-cpp enters the program here and nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import zxingcpp

QUIET = 4
"""Empty modules around the code (ISO/IEC 18004)."""

MASK = 2
"""One mask for all codes: to try all eight, as encoders do, takes 0.6 ms a code instead of 0.1. Any mask can be read;
this one has the least penalty (ISO/IEC 18004, 7.8.3) on average over addresses such as ours, 1,560 against up to
1,680, and no code was worse than 1,760."""

RUN = re.compile(rb"[\xff\n]*\0+")
"""Dark modules that follow each other in a row, and all between them and the ones before."""


@dataclass(frozen=True)
class QrCode:
    """A drawn code: its width in modules, the quiet zone included, and the path of its dark modules.

    The path is meant to be stroked one module wide.
    """

    size: int
    path: str


def draw_qr(address: str) -> QrCode:
    """Return an address's code. A seventh of it may be soiled (level M), as paper on a notice board is."""
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M", data_mask=MASK)
    image = zxingcpp.write_barcode_to_image(code, add_quiet_zones=False)
    size, modules = image.shape[0], bytes(image)  # type: ignore[call-overload]  # a buffer, as its stub does not say
    rows = b"\n".join(modules[start : start + size] for start in range(0, len(modules), size))
    strokes = "".join(map(_strokes(size).__getitem__, RUN.findall(rows)))
    return QrCode(size + 2 * QUIET, f"M{QUIET} {QUIET}.5{strokes}")


class _Strokes(dict[bytes, str]):
    """The strokes of codes of one size, by their runs: each goes on by a step from where the one before ended."""

    def __init__(self, size: int) -> None:
        self.size = size

    def __missing__(self, run: bytes) -> str:
        down = run.count(b"\n")
        stroke = self[run] = f"m{run.count(0xFF) - down * self.size} {down}h{run.count(0)}"
        return stroke


_strokes = cache(_Strokes)
