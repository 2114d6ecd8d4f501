"""Pictures as the site gives them: which sizes and formats there are of a file, and under which names.

All of it is a pure function of the files' bytes, so that pages can be planned before pictures are made;
`outputs/images.py` makes them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from kbp_site.content.media import MediaInfo, ending

RECIPE = "1"
"""Part of every picture's name: another way of making them gives other names, so that no reader keeps the old.

Old releases with photos of people are then unfit to be shown again: nothing tells of whom theirs are."""

WIDTHS = (400, 800, 1200)
OLDER_WIDTH = 800
"""The widest WebP and JPEG: only browsers from before 2022 and 2020 take them, most of them old phones."""

LIMIT = 60_000
"""Bytes of a picture at most, at every width ("photos at most 60 KB each at phone width": design, reader, Bars)."""

TALLEST = 4 / 3
"""A picture's height at most, by its width; what is taller is made narrower, or one photo would be a long walk."""

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
FULL_SIDE, FULL_LIMIT = 2400, 2_000_000
"""A picture that is given as a document: scanned words must stay readable."""

COVER_END = "-sampul.jpg"
COVER_WIDTH, COVER_HEIGHT, COVER_LEAST = 1200, 630, 600
"""The size that messengers and social networks show a shared page's picture in, and the least that they show wide."""


@dataclass(frozen=True)
class Rendition:
    """One picture made from a file: where it stands, its format and size, and how many bytes it may have.

    ``is_cut``: what does not fit its shape is cut off, the same on both sides.
    """

    path: str
    width: int
    height: int
    limit: int = LIMIT
    is_cut: bool = False

    @property
    def format(self) -> str:
        """The format, as the path ends in it."""
        return self.path.rpartition(".")[2]


def public_stem(name: str) -> str:
    """Return a file's name as it stands in an address: without folder and ending, in plain letters."""
    stem = name.rpartition("/")[2].rpartition(".")[0]
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "berkas"


def mark_of(digest: str) -> str:
    """Return what stands for a file's SHA-256 in the addresses of all that is given of it."""
    return hashlib.sha256(f"{RECIPE} {digest}".encode()).hexdigest()[:8]


GIVEN = re.compile(
    r"foto/(?P<photo>[a-z0-9-]+)-(?P<photo_mark>[0-9a-f]{8})-(?:\d+|sampul)\.\w+"
    r"|berkas/(?P<mark>[0-9a-f]{8})/(?P<stem>[a-z0-9-]+)\.\w+"
)


def given_of(path: str) -> tuple[str, str] | None:
    """Return (`public_stem`, `mark_of`) of the file that a rendition or document was made of; ``None`` for others."""
    found = GIVEN.fullmatch(path)
    return (found["photo"] or found["stem"], found["photo_mark"] or found["mark"]) if found else None


def _fit(info: MediaInfo, width: int, height: float) -> tuple[int, int]:
    """Return the size of a picture inside a box; it is never enlarged."""
    scale = min(1.0, width / info.width, height / info.height)
    return max(1, round(info.width * scale)), max(1, round(info.height * scale))


def sizes_of(info: MediaInfo) -> tuple[tuple[int, int], ...]:
    """Return the sizes that a picture is given in, from small to large."""
    return tuple(dict.fromkeys(_fit(info, width, width * TALLEST) for width in WIDTHS))


def renditions(info: MediaInfo) -> tuple[Rendition, ...]:
    """Return every rendition of a picture that pages show."""
    stem = f"foto/{public_stem(info.name)}-{mark_of(info.digest)}"
    return tuple(
        Rendition(f"{stem}-{width}.{format_}", width, height)
        for width, height in sizes_of(info)
        for format_ in TYPES
        if format_ == "avif" or width <= OLDER_WIDTH
    )


def full_rendition(info: MediaInfo) -> Rendition:
    """Return the one rendition of a picture that is given as a document."""
    width, height = _fit(info, FULL_SIDE, FULL_SIDE)
    return Rendition(f"berkas/{mark_of(info.digest)}/{public_stem(info.name)}.jpg", width, height, FULL_LIMIT)


def cover_rendition(info: MediaInfo) -> Rendition | None:
    """Return a photo's middle in the shape of a shared page's picture; ``None`` where it is too small or upright."""
    width = round(min(COVER_WIDTH, info.width, info.height * COVER_WIDTH / COVER_HEIGHT))
    if width < COVER_LEAST or info.width < info.height:
        return None
    path = f"foto/{public_stem(info.name)}-{mark_of(info.digest)}{COVER_END}"
    return Rendition(path, width, round(width * COVER_HEIGHT / COVER_WIDTH), is_cut=True)


def is_cover(path: str) -> bool:
    """Whether a path is that of a photo's `cover_rendition`."""
    return path.startswith("foto/") and path.endswith(COVER_END)


def document_path(info: MediaInfo) -> str:
    """Return where a document is given, under a name that people know again."""
    return f"berkas/{mark_of(info.digest)}/{public_stem(info.name)}{ending(info.name)}"
