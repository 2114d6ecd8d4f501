"""Pictures of few colours as PNG, put together of strips: what many pictures share is packed once."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import NamedTuple

SIGNATURE, OPENING, END = b"\x89PNG\r\n\x1a\n", b"\x78\x01", b"\x03\x00"
"""How a PNG begins, and how what zlib packs begins and ends (RFC 1950: its window; RFC 1951: an empty last block)."""

BY_PALETTE = b"\x08\x03\x00\x00\x00"
"""Eight bits a pixel, each a number of the palette; as PNG is always packed and filtered; not interlaced."""

ADLER = 65521


class Strip(NamedTuple):
    """Rows of a picture, packed: their chunk, the checksum of what was packed, and how many bytes it was."""

    chunk: bytes
    check: int
    size: int


def pack(rows: bytes, level: int) -> Strip:
    """Pack rows of pixels; before each stands the number of its filter, 0 for none.

    They end at a whole byte and look back at nothing before them, so that any strip may follow any other.
    """
    packer = zlib.compressobj(level, wbits=-zlib.MAX_WBITS)
    packed = packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH)
    return Strip(_chunk(b"IDAT", packed), zlib.adler32(rows), len(rows))


def join(width: int, height: int, palette: bytes, strips: Iterable[Strip]) -> bytes:
    """Return the PNG of strips, from top to bottom; ``palette`` is red, green and blue of every colour."""
    chunks, low, high = [], 1, 0
    for chunk, check, size in strips:
        chunks.append(chunk)
        # Adler-32 of both together (RFC 1950): a sum of the bytes, and a sum of those sums.
        high = (high + (check >> 16) + size * (low - 1)) % ADLER
        low = (low + (check & 0xFFFF) - 1) % ADLER
    size_ = width.to_bytes(4) + height.to_bytes(4)
    return b"".join(
        [
            SIGNATURE,
            _chunk(b"IHDR", size_ + BY_PALETTE),
            _chunk(b"PLTE", palette),
            _chunk(b"IDAT", OPENING),
            *chunks,
            _chunk(b"IDAT", END + (high << 16 | low).to_bytes(4)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return b"".join([len(data).to_bytes(4), kind, data, zlib.crc32(data, zlib.crc32(kind)).to_bytes(4)])
