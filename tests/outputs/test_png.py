"""Pictures that are put together of strips are whole pictures: every checksum holds, every pixel is where it was."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kbp_site.outputs.png import join, pack

PALETTE = bytes(number % 256 for number in range(3 * 256))
WIDTH = 50


def rows(pixels: bytes) -> bytes:
    """Return pixels as PNG has them, whole rows only."""
    whole = (pixels[start : start + WIDTH] for start in range(0, len(pixels), WIDTH))
    return b"".join(b"\0" + row.ljust(WIDTH, b"\1") for row in whole)


def packed(png: bytes) -> bytes:
    """Return what stands in the chunks of pixels."""
    data, at = b"", 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4])
        data += png[at + 8 : at + 8 + size] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += size + 12
    return data


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=2_000), min_size=1, max_size=5), st.sampled_from([1, 6, 9]))
def test_strips_are_one_picture(parts: list[bytes], level: int) -> None:
    strips = [rows(part) for part in parts]
    whole = b"".join(strips)
    png = join(WIDTH, len(whole) // (WIDTH + 1), PALETTE, (pack(strip, level) for strip in strips))
    Image.open(BytesIO(png)).verify()
    image = Image.open(BytesIO(png))
    assert rows(image.tobytes()) == whole and image.getpalette() == list(PALETTE)
    assert zlib.decompress(packed(png)) == whole


def test_long_strips_keep_the_checksum() -> None:
    """Sums that go over many times."""
    strip = rows(b"\xff" * WIDTH * 9_000)
    png = join(WIDTH, 27_000, PALETTE, [pack(strip, 1)] * 3)
    assert zlib.decompress(packed(png)) == strip * 3


@pytest.mark.parametrize("level", [1, 9])
def test_a_strip_looks_back_at_nothing(level: int) -> None:
    first, second = rows(bytes(range(250))), rows(bytes(250))
    swapped = join(WIDTH, 10, PALETTE, [pack(second, level), pack(first, level)])
    assert zlib.decompress(packed(swapped)) == second + first
