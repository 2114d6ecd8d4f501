"""What stands in a picture's file beside its pixels is found, whichever way it was written."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from kbp_site.content.photo_metadata import PictureError, metadata_of

PLACE = Image.Exif()
PLACE[0x8825] = {1: "S", 2: (3.0, 0.0, 22.0)}
CAMERA = Image.Exif()
CAMERA[0x010F] = "Kamera"


def picture(format_: str, **settings: object) -> bytes:
    """Return a small picture; the settings are Pillow's."""
    data = BytesIO()
    Image.new("RGB", (8, 8)).save(data, format_, **settings)  # type: ignore[arg-type]
    return data.getvalue()


def words() -> PngImagePlugin.PngInfo:
    """Return an author's name as PNG holds it."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Budi")
    return info


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (picture("JPEG"), ()),
        (picture("JPEG", progressive=True, dpi=(300, 300), icc_profile=b"profil"), ()),
        (picture("PNG", dpi=(300, 300)), ()),
        (picture("WEBP"), ()),
        (picture("JPEG", comment=b"oleh Budi"), ("comment",)),
        (picture("JPEG", exif=CAMERA), ("EXIF",)),
        (picture("JPEG", exif=PLACE), ("EXIF", "GPS")),
        (picture("PNG", exif=PLACE), ("EXIF", "GPS")),
        (picture("WEBP", exif=PLACE), ("EXIF", "GPS")),
        (picture("JPEG", xmp=b"<x:xmpmeta/>"), ("XMP",)),
        (picture("WEBP", xmp=b"<x:xmpmeta/>"), ("XMP",)),
        (picture("PNG", pnginfo=words()), ("text",)),
    ],
)
def test_all_that_is_no_pixel_is_found(data: bytes, found: tuple[str, ...]) -> None:
    assert metadata_of(data) == found


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff", picture("PNG")[:30]])
def test_what_is_no_picture_is_told(data: bytes) -> None:
    with pytest.raises(PictureError):
        metadata_of(data)
