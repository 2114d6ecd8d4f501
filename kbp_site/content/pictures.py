"""Pictures as people hand them in: opened with care, measured, and judged before anything is decoded.

Pillow enters the program here; `outputs/` only makes and draws pictures with it.
"""

from __future__ import annotations

import warnings
from contextlib import AbstractContextManager
from typing import BinaryIO

from PIL import Image, ImageFile

from kbp_site.content.picture_parts import has_too_many_parts, has_too_many_scans
from kbp_site.content.problems import Fault
from kbp_site.locale import text

FORMATS = ("JPEG", "PNG", "WEBP")
"""The only formats that Pillow may try: among the others are programs, such as EPS."""

MAX_PIXELS, MAX_PIXELS_WEBP = 50_000_000, 20_000_000
"""What the largest cameras of phones give (8160 × 6120). Decoded it fits into 400 MB; a WebP of that size would not,
since its decoder holds a picture three times. A PNG of 100 KB can hold a gigapixel."""

MIN_SIDE, MAX_SHAPE = 4, 20
"""Dots and lines, left over from a web page, show nothing: a picture's shorter side has at least so many pixels, and
its longer one is at most so many times as long. Whether it is large enough to be seen is for people to say."""

ORIENTATION = 0x0112
TURNED = frozenset({5, 6, 7, 8})
"""EXIF orientations whose picture lies on its side."""

Image.MAX_IMAGE_PIXELS = None  # Pillow would warn, or raise at twice its own limit; ours is a problem with a place.

DAMAGED = Fault("K603", text("gambar ini rusak atau terpotong"), text("salin ulang dari aslinya"))


OVERBUILT = Fault(
    "K602",
    text("gambar ini terdiri atas terlalu banyak bagian atau lapis, jauh lebih dari yang ditulis kamera"),
    text("buka di program gambar, lalu simpan ulang sebagai JPEG biasa"),
)
"""Such a file keeps a reader or a decoder busy for minutes, however small it is."""


class PictureError(Exception):
    """A picture that cannot be used; ``fault`` says why, to the editor."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def _quietly() -> AbstractContextManager[object]:
    """Keep Pillow from warning about what a camera wrote badly: nothing of that is used.

    Warnings are one for all threads, so only one at a time may open and decode.
    """
    return warnings.catch_warnings(action="ignore")


def open_picture(file: BinaryIO, *, formats: tuple[str, ...] = FORMATS) -> ImageFile.ImageFile:
    """Open a picture without decoding it; raises `PictureError` for what is damaged, moving or too large."""
    if has_too_many_parts(file) or has_too_many_scans(file):
        raise PictureError(OVERBUILT)
    try:
        with _quietly():
            image = Image.open(file, formats=formats)
            frames = getattr(image, "n_frames", 1)
    except Exception as error:  # Pillow answers damaged files with many kinds of errors.
        raise PictureError(DAMAGED) from error
    limit = MAX_PIXELS_WEBP if image.format == "WEBP" else MAX_PIXELS
    if image.width * image.height > limit:
        raise PictureError(
            Fault(
                "K602",
                text(
                    "gambar ini {width} × {height} piksel, terlalu besar",
                    width=image.width,
                    height=image.height,
                ),
                text("perkecil dahulu; paling banyak {limit} juta piksel", limit=limit // 1_000_000),
            )
        )
    if frames > 1 and image.format not in {"MPO", "HEIF"}:  # phones put small second pictures beside the photo
        raise PictureError(
            Fault("K601", text("gambar bergerak tidak diterima"), text("simpan satu gambar saja dari gambar ini"))
        )
    return image


def decode_picture(image: ImageFile.ImageFile) -> None:
    """Decode an opened picture in its place; raises `PictureError` when its pixels are damaged."""
    try:
        with _quietly():
            image.load()
    except MemoryError:
        raise
    except Exception as error:  # as above
        raise PictureError(DAMAGED) from error


def judge_picture(file: BinaryIO) -> Fault | None:
    """Say what is wrong with a picture, as far as is seen without decoding it; ``None`` when nothing is."""
    try:
        image = open_picture(file)
        return _judge_shape(image) or (None if _is_whole(image, file) else DAMAGED)
    except PictureError as error:
        return error.fault


def _judge_shape(image: ImageFile.ImageFile) -> Fault | None:
    shorter, longer = sorted(image.size)
    least = max(MIN_SIDE, -(-longer // MAX_SHAPE))
    if shorter >= least:
        return None
    return Fault(
        "K602",
        text("gambar ini {width} × {height} piksel, terlalu kecil atau sempit", width=image.width, height=image.height),
        text(
            "pilih gambar yang sisi pendeknya sedikitnya {least} piksel", least=max(MIN_SIDE, -(-longer // MAX_SHAPE))
        ),
    )


def _is_whole(image: ImageFile.ImageFile, file: BinaryIO) -> bool:
    """Whether a file goes on to its end: a copy that was interrupted is the damage that happens."""
    if image.format == "PNG":
        try:
            with _quietly():
                image.verify()
        except Exception:  # as above
            return False
        return True
    size = file.seek(0, 2)
    if image.format == "WEBP":
        file.seek(4)
        return int.from_bytes(file.read(4), "little") + 8 <= size
    # A JPEG ends with a mark that its pixels cannot hold; cameras add things after it.
    begin = image.tile[0].offset if image.tile else 0
    file.seek(max(begin, size - 65536))
    if b"\xff\xd9" in file.read():
        return True
    file.seek(begin)
    return b"\xff\xd9" in file.read()


def orientation(image: Image.Image) -> int:
    """Return how a camera was held (EXIF, 1 to 8); 1 where nothing is said.

    Pillow's own way for PNG decodes the whole picture, to look for what may stand behind the pixels.
    """
    try:
        with _quietly():
            return int(Image.Image.getexif(image).get(ORIENTATION, 1))
    except Exception:  # a faulty EXIF block is no fault of the picture
        return 1


def metadata_of(file: BinaryIO) -> list[str]:
    """Return the words that a picture's file holds beside its pixels: comments, EXIF, XMP, IPTC, texts of PNG.

    Numbers in them are ASCII in every encoding that is used; zeros between letters (UTF-16) are left out.
    """
    if has_too_many_parts(file):
        return []
    try:
        with _quietly():
            written = Image.open(file, formats=FORMATS).info.items()
    except Exception:  # as above
        return []
    words = [value.decode("latin-1") if isinstance(value, bytes) else value for _, value in written]
    return [value.replace("\0", "") for value in words if isinstance(value, str)]


def measure(file: BinaryIO) -> tuple[int, int]:
    """Return width and height of a picture as people see it, upright; raises `PictureError`."""
    image = open_picture(file)
    return image.size if orientation(image) not in TURNED else (image.height, image.width)
