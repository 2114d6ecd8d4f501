"""A photo as a camera gave it becomes one that can be kept in public: upright, not too large, and only pixels."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import pi_heif
from PIL import Image

from kbp_site.content.metadata import picture_metadata
from kbp_site.content.pictures import FORMATS, PictureError, decode_picture, open_picture, orientation
from kbp_site.content.problems import Fault
from kbp_site.locale import text
from kbp_site.outputs.images import DECODING, TURNS, in_srgb, smaller

LONGEST_SIDE = 2000
"""Pixels of the longest side: what the widest rendition needs, with room to cut (design, editors)."""

ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
WRITING: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 90, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90, "method": 4},
}

pi_heif.register_heif_opener()


@dataclass(frozen=True)
class CleanPicture:
    """A picture's new bytes, the ending of a file's name for them, its size, and what was left out."""

    data: bytes
    ending: str
    width: int
    height: int
    left_out: tuple[str, ...]


def clean_picture(file: BinaryIO) -> CleanPicture:
    """Copy a picture's pixels into a new one, and prove that it holds nothing else.

    PNG and WebP stay what they are; all else becomes JPEG. Raises `PictureError` for what cannot be used.
    """
    file.seek(0)
    with DECODING:
        image = open_picture(file, formats=(*FORMATS, "HEIF"))
        found = picture_metadata(file) if image.format != "HEIF" else _in_heif(image)
        turn = orientation(image)
        scale = min(1.0, LONGEST_SIDE / max(image.size))
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image.draft("RGB", size)
        decode_picture(image)
        profile = image.info.get("icc_profile")
        pixels = in_srgb(smaller(image, size), profile)
    upright = pixels.transpose(TURNS[turn]) if turn in TURNS else pixels
    format_ = image.format if image.format in ENDINGS else "JPEG"
    written = BytesIO()
    upright.save(written, format_, **WRITING[format_])
    _prove(written, upright)
    return CleanPicture(written.getvalue(), ENDINGS[format_], *upright.size, left_out=found)


def _in_heif(image: Image.Image) -> tuple[str, ...]:
    return tuple(label for key, label in (("exif", "EXIF"), ("xmp", "XMP")) if image.info.get(key))


def _prove(written: BytesIO, meant: Image.Image) -> None:
    """Open what was written, as a stranger would; raises `PictureError` when more than pixels is in it."""
    left = picture_metadata(written)
    with open_picture(written) as image:
        is_plain = image.size == meant.size and not image.getexif() and not {"icc_profile", "comment"} & {*image.info}
    if left or not is_plain:
        raise PictureError(Fault("K604", text("foto ini tidak dapat dibersihkan"), text("simpan ulang sebagai JPEG")))
