"""Photos become pictures for the web: upright, in sRGB, small, and without a word about camera, place or people.

Nothing but pixels goes from the original into a rendition: they are copied into a new picture, and what is
written from that holds no EXIF, XMP, comment, colour profile or thumbnail.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple
from functools import cache
from io import BytesIO
from math import log
from pathlib import Path

import PIL
from PIL import Image, ImageCms, features

from kbp_site.content.media import Media, MediaInfo, changed, ending, open_media
from kbp_site.content.pictures import decode_picture, open_picture, orientation
from kbp_site.content.problems import KbpError
from kbp_site.content.shelves import write_whole
from kbp_site.pages.renditions import RECIPE, Rendition

QUALITIES = (65, 55, 45, 35, 25, 15, 5)
"""Tried from the best on, until a rendition is within its limit."""

GAIN = {"avif": 1.6, "webp": 1.2, "jpg": 1.3}
"""By how much a picture shrinks from one of the qualities to the next (measured): so rungs are left out that
would not do."""

SOFTNESS = (1, 2, 4, 8, 16)
"""Where even the last quality is too large (pure noise), detail is given up: a picture of half its size, and so on."""

OPTIONS: dict[str, dict[str, object]] = {
    "avif": {"speed": 9, "max_threads": 1},
    "webp": {"method": 4},
    "jpg": {"optimize": True, "progressive": True},
}
"""How each format is written. AVIF by one thread: several give other bytes."""

PICTURES, COVERS, DOCUMENTS = "foto", "sampul", "berkas"
"""The folders of what is kept: made of photos, drawn, and documents as they were judged."""

ENCODERS = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
PAPER = (255, 255, 255)
"""What shows through a picture's clear parts."""

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright again, by its EXIF orientation."""

STRIP = 1024
"""Rows of a picture that are worked on at once."""

DECODING = threading.Lock()
"""Only one original is in memory at a time, however many workers there are."""


def make_renditions(folder: Path, info: MediaInfo, wanted: Sequence[Rendition], cache_: Path) -> dict[str, Path]:
    """Return path → file of a picture's renditions, from small to large; what is kept is not made again.

    ``folder`` is that of the media. Raises `PictureError` when the picture cannot be decoded, and `KbpError` when it
    is another by now. All are made or none, so that their bytes do not depend on what was kept.
    """
    files = {
        one.path: kept_file(own_folder(cache_, info), [info.digest, *astuple(one)[1:]], one.format) for one in wanted
    }
    if not all(is_kept(file) for file in files.values()):
        pixels, rungs = read_pixels(folder, info, wanted), dict.fromkeys(ENCODERS, 0)
        for one in wanted:  # a quality that was too large for a smaller one is not tried again
            data, rungs[one.format] = encode(_shaped(pixels, one), one.format, one.limit, begin=rungs[one.format])
            keep(files[one.path], data)
    return files


def own_folder(cache_: Path, info: MediaInfo) -> Path:
    """Return where all that is made of one file is kept, so that all of it can be forgotten together."""
    return cache_ / (PICTURES if info.is_picture else DOCUMENTS) / info.digest[:32]


def keep_document(folder: Path, info: MediaInfo, cache_: Path) -> Path:
    """Return a document as it was judged; ``folder`` is that of the media. Raises `KbpError` when it is another by now.

    The original is not copied to the site later: by then something else may stand in its place.
    """
    file = own_folder(cache_, info) / f"dokumen{ending(info.name)}"
    if not is_kept(file):
        keep(file, Media(folder).read(info))
    return file


def is_kept(file: Path) -> bool:
    """Whether something is in the cache as we put it there."""
    if file.is_symlink() or not file.is_file():
        return False
    with suppress(KbpError):
        return file.parent.parent.name != DOCUMENTS or bool(read_kept(file))
    return False


def read_kept(file: Path) -> bytes:
    """Return the bytes of what is kept; a document's are those that were judged, since its folder is named by them.

    Raises `KbpError` when they are others, or when a link stands in the file's place.
    """
    data = b""
    with suppress(OSError), open_media(file.parent, file.name) as kept:
        data = kept.read()
    is_document = file.parent.parent.name == DOCUMENTS
    if not data or (is_document and not hashlib.sha256(data).hexdigest().startswith(file.parent.name)):
        raise changed(f"{file.parent.name}/{file.name}")
    return data


@cache
def versions() -> list[str]:
    """Return what the bytes depend on beside content and recipe: our libraries' versions."""
    names = ("avif", "webp", "libjpeg_turbo", "zlib", "freetype2", "littlecms2")
    return [RECIPE, PIL.__version__, *(str(features.version(name)) for name in names)]


def kept_file(cache_: Path, what: object, format_: str) -> Path:
    """Return where something made is kept: a name that follows from all that it is made of."""
    key = hashlib.sha256(json.dumps([versions(), what, format_]).encode()).hexdigest()[:32]
    return cache_ / key[:2] / f"{key[2:]}.{format_}"


def keep(file: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    if file.parent.is_symlink():
        file.parent.unlink()  # what we keep goes nowhere else
    write_whole(file, data)


def read_pixels(folder: Path, info: MediaInfo, wanted: Sequence[Rendition]) -> Image.Image:
    """Return a picture upright and in sRGB, as large as the largest rendition needs it."""
    with DECODING:
        image = open_picture(BytesIO(Media(folder).read(info)))
        turn = orientation(image)
        size = _needed(info, wanted, image.size)
        image.draft("RGB", size)
        decode_picture(image)
        small = smaller(image, size)
        profile = image.info.get("icc_profile")
    pixels = in_srgb(small, profile)
    return pixels.transpose(TURNS[turn]) if turn in TURNS else pixels


def _needed(info: MediaInfo, wanted: Sequence[Rendition], size: tuple[int, int]) -> tuple[int, int]:
    """Return the size, lying as the file lies, from which all renditions can be made without enlarging."""
    scale = min(1.0, max(max(one.width / info.width, one.height / info.height) for one in wanted))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def smaller(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return a decoded picture in a size, on paper.

    It is gone through in strips, each on paper and already smaller: so no second picture of its size is in memory.
    """
    factor = max(1, min(image.width // size[0], image.height // size[1]) // 2)
    strip = STRIP // factor * factor
    parts = [
        _on_paper(image.crop((0, top, image.width, min(top + strip, image.height)))).reduce(factor)
        for top in range(0, image.height, strip)
    ]
    whole = Image.new(parts[0].mode, (parts[0].width, sum(part.height for part in parts)))
    top = 0
    for part in parts:
        whole.paste(part, (0, top))
        top += part.height
    return whole.resize(size, Image.Resampling.LANCZOS)


def _on_paper(image: Image.Image) -> Image.Image:
    """Return a picture in a mode that can be made smaller; clear parts lie on white."""
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        paper = Image.new("RGB", clear.size, PAPER)
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    if image.mode.startswith("I"):
        # 16 bits of grey; Pillow would cut off what is above 8 bits instead of scaling it.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture's colours as every screen takes them; a profile that is broken is left out."""
    if profile:
        try:
            found = ImageCms.profileToProfile(
                image, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            found = None
        image = found or image
    plain = image.convert("RGB")
    return Image.frombytes("RGB", plain.size, plain.tobytes())


def _shaped(pixels: Image.Image, rendition: Rendition) -> Image.Image:
    """Return the picture in a rendition's size, its sides cut off where the shape asks for it."""
    size = (rendition.width, rendition.height)
    box = (0.0, 0.0, float(pixels.width), float(pixels.height))
    if rendition.is_cut:
        scale = min(pixels.width / rendition.width, pixels.height / rendition.height)
        left, top = (pixels.width - rendition.width * scale) / 2, (pixels.height - rendition.height * scale) / 2
        box = (left, top, left + rendition.width * scale, top + rendition.height * scale)
    return pixels.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def encode(image: Image.Image, format_: str, limit: int, *, begin: int = 0) -> tuple[bytes, int]:
    """Return a picture's bytes in the best quality that is within the limit, and that quality's rung.

    ``begin`` is the first rung to try.
    """
    data, last = b"", len(QUALITIES) - 1
    for softness in SOFTNESS:
        soft, rung = _softened(image, softness), begin
        while rung <= last:
            file = BytesIO()
            soft.save(file, ENCODERS[format_], quality=QUALITIES[rung], **OPTIONS[format_])
            data = file.getvalue()
            if len(data) <= limit:
                return data, rung
            step = max(1, int(log(len(data) / limit, GAIN[format_])))
            rung = min(rung + step, max(last, rung + 1))
    return data, last


def _softened(image: Image.Image, softness: int) -> Image.Image:
    if softness == 1:
        return image
    small = image.reduce(softness)
    return small.resize(image.size, Image.Resampling.BICUBIC)
