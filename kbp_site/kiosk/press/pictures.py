"""Pictures as paper takes them: codes and weaves as lines, photos as pixels and nothing else."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

from kbp_site.content.library import Library
from kbp_site.content.media import changed
from kbp_site.content.records.base import Photo
from kbp_site.kiosk.press.prose import address_in_words
from kbp_site.locale import Language, text
from kbp_site.outputs.images import read_pixels
from kbp_site.pages.qr import QUIET, draw_qr
from kbp_site.pages.renditions import full_rendition

QUALITY = 85


class Code(NamedTuple):
    """An address's QR code for a template, and the picture that it is drawn in."""

    values: dict[str, object]
    svg: bytes


def code_of(address: str, language: Language, *, distance: float, name: str = "kode.svg") -> Code | None:
    """Return an address's code, as wide as a camera needs it so many millimetres away; none for no address.

    A tenth of the distance is counted without the empty zone around the code.
    """
    if not address:
        return None
    drawn = draw_qr(address)
    side = drawn.size
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path fill="#fff" d="M0 0h{side}v{side}'
        f'H0z"/><path fill="none" stroke="#000" d="{drawn.path}"/></svg>'
    )
    words = address_in_words(address)
    alt = text("Kode QR menuju {address}", address=words)
    width = round(distance / 10 * side / (side - 2 * QUIET), 1)
    return Code(
        {"file": name, "width": width, "address": words, "href": address, "alt": alt.say(language)}, svg.encode()
    )


def photo_for_paper(library: Library, photo: Photo) -> bytes:
    """Return a photo as JPEG, upright and in sRGB, without a word about camera, place or people.

    Nothing of it is kept: a consent may end. Raises `PictureError` when it cannot be decoded, and `KbpError` when it is
    another by now.
    """
    info = library.media.info(photo.file)
    if info is None:
        raise changed(photo.file)
    pixels = read_pixels(library.media.folder, info, [full_rendition(info)])
    file = BytesIO()
    pixels.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()
