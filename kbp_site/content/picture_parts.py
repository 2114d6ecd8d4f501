"""How many parts a picture's file is made of, counted before anybody reads them one by one.

Pillow, and our own look at metadata, take their time for each part; and a JPEG's decoder goes over the whole picture
again for each scan, however little that says. Heads of parts are read here and nothing else, each once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice, repeat
from typing import BinaryIO

MOST_PARTS, MOST_SCANS = 10_000, 100
"""A camera writes some twenty parts, a PNG of 20 MB a few thousand; a progressive JPEG has ten scans."""

FILL = 100
"""Bytes FF before a mark that cost as much as a part."""

SCAN, END = 0xDA, 0xD9
AT_ONCE = frozenset([0xC0, 0xC1])
"""Frames that are no progressive ones; when their first scan holds all colours, a decoder ends with it."""

MARK = re.compile(rb"\xff[^\0\xff\xd0-\xd7]")
"""A mark among the pixels of a JPEG: not a byte FF of theirs (with a zero behind it), nor where to begin anew."""


def has_too_many_parts(file: BinaryIO) -> bool:
    """Whether a picture has more parts before its pixels than any that shows something; ``False`` for no picture."""
    file.seek(0)
    head = file.read(12)
    found: Iterator[object] = iter(())
    if head.startswith(b"\xff\xd8"):
        found = _jpeg_parts(file)
    elif head.startswith(b"\x89PNG\r\n\x1a\n"):
        found = _chunks(file, 8, lambda chunk: 12 + int.from_bytes(chunk[:4], "big"))
    elif head.startswith(b"RIFF"):
        found = _chunks(file, 12, lambda chunk: 8 + (int.from_bytes(chunk[4:], "little") + 1 & ~1))
    return any(number >= MOST_PARTS for number, _ in enumerate(found))


def has_too_many_scans(file: BinaryIO) -> bool:
    """Whether a JPEG has more scans than are decoded; one of too many parts is not looked at."""
    file.seek(0)
    if file.read(2) != b"\xff\xd8":
        return False
    kind, begin, frame, colours = 0, b"", 0, 0
    for kind, begin in islice(_jpeg_parts(file), MOST_PARTS):
        if 0xC0 <= kind <= 0xCF and kind not in {0xC4, 0xC8, 0xCC}:  # not tables
            frame, colours = kind, begin[5] if len(begin) > 5 else 0
    if kind != SCAN or (frame in AT_ONCE and begin[:1] == bytes([colours])):
        return False
    pixels = file.read()
    return pixels.count(b"\xff\xda") >= MOST_SCANS and _count_scans(pixels) > MOST_SCANS


def _count_scans(pixels: bytes) -> int:
    """Count the scans of a JPEG from the first one's pixels on, to one more than may be."""
    scans, at = 1, 0
    for _ in range(MOST_PARTS):
        found = MARK.search(pixels, at)
        if not found or found[0][1] == END or scans > MOST_SCANS:
            return scans
        scans += found[0][1] == SCAN
        at = found.end() + int.from_bytes(pixels[found.end() : found.end() + 2], "big")
    return MOST_SCANS + 1


def _jpeg_parts(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield each part's kind and beginning, through the first scan's; then stand where its pixels begin."""
    at = 2
    while True:
        file.seek(at)
        head = file.read(4)
        if head[1:2] == b"\xff":  # any number of these bytes may stand before a mark
            fill = _fill(file, at)
            yield from repeat((0xFF, b""), fill // FILL)
            at += fill
            file.seek(at)
            head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF:
            return
        begin = file.read(6)
        at += 2 + int.from_bytes(head[2:], "big")
        file.seek(at)
        yield head[1], begin
        if head[1] == SCAN:
            return


def _fill(file: BinaryIO, at: int) -> int:
    """Return how many bytes FF stand before the one that begins a mark; more are read at a time as they go on."""
    length, size = 0, 64
    file.seek(at)
    while piece := file.read(size):
        rest = piece.lstrip(b"\xff")
        length += len(piece) - len(rest)
        if rest:
            break
        size = min(2 * size, 65536)
    return length - 1


def _chunks(file: BinaryIO, at: int, length: Callable[[bytes], int]) -> Iterator[bytes]:
    """Yield the first eight bytes of each chunk from a place on; ``length`` says by them how long it is."""
    file.seek(at)
    while len(head := file.read(8)) == 8:
        yield head
        at += length(head)
        file.seek(at)
