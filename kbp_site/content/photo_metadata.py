"""What a picture's file says beside its pixels: where, when and by whom it was taken, and what a program added."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from kbp_site.content.pictures import PictureError, decode_picture, open_picture

HARMLESS = frozenset(
    {
        *(
            "jfif",
            "jfif_version",
            "jfif_density",
            "jfif_unit",
            "adobe",
            "adobe_transform",
            "progressive",
            "progression",
        ),
        *("dpi", "aspect", "gamma", "chromaticity", "srgb", "icc_profile", "transparency", "interlace"),
        *("background", "loop", "duration", "timestamp"),
    }
)
"""What Pillow tells of a file (`Image.info`) that only says how to show its pixels."""

NAMES = {
    "exif": "EXIF",
    "xmp": "XMP",
    "XML:com.adobe.xmp": "XMP",
    "Raw profile type exif": "EXIF",
    "photoshop": "IPTC",
    "comment": "comment",
    "mp": "MPF",
    "mpoffset": "MPF",
}
"""What people call the ways in which cameras and programs write into a picture."""

GPS = 0x8825
"""The EXIF tag below which the place stands (CIPA DC-008)."""


def metadata_of(data: bytes) -> tuple[str, ...]:
    """Return the names of all metadata in a picture's bytes, in order ("EXIF", "GPS"); nothing for a clean one.

    Raises `PictureError` for what is damaged, moving or too large.
    """
    return tuple(sorted(set(_found(data))))


def _found(data: bytes) -> Iterator[str]:
    image = open_picture(BytesIO(data))
    if image.format == "PNG":
        decode_picture(image)  # PNG may say more behind its pixels
    for name in image.info.keys() - HARMLESS:
        yield NAMES.get(str(name), "text")
    if GPS in image.getexif():
        yield "GPS"


__all__ = ["PictureError", "metadata_of"]
