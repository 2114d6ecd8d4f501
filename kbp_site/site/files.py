"""Which pictures and documents a site may hold: those that were made for it, each what its name says (K701, K703).

Pictures hold only what is needed to show them (K604), also those that were kept from an earlier build.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator
from pathlib import Path

from kbp_site.content.metadata import Details, picture_metadata
from kbp_site.content.problems import Fault
from kbp_site.locale import text

FOLDERS = ("foto/", "sampul/", "berkas/")
"""Where pictures and documents stand; hand-written pages keep theirs elsewhere."""

SIGNATURES = {
    ".avif": (4, b"ftypavif"),
    ".webp": (8, b"WEBPVP8"),
    ".jpg": (0, b"\xff\xd8\xff"),
    ".png": (0, b"\x89PNG\r\n\x1a\n"),
    ".pdf": (0, b"%PDF-"),
    ".docx": (0, b"PK"),
    ".odt": (0, b"PK"),
    ".xlsx": (0, b"PK"),
    ".ods": (0, b"PK"),
    ".csv": (0, b""),
    ".txt": (0, b""),
}
"""The only types that may stand there, and how each begins: (from which byte, bytes)."""


def judge_files(
    out: Path, files: Collection[str], made: Collection[str], *, same: Container[str] = ()
) -> Iterator[tuple[str, Fault]]:
    """Yield (path, fault) for every picture or document that should not be there, is missing, or is of a wrong type.

    ``files`` are all files below ``out``, ``made`` the pictures and documents that were made for the site; those that
    are the ``same`` as when they were judged are not opened again.
    """
    found = {path for path in files if path.startswith(FOLDERS)}
    for path in sorted(found - set(made)):
        yield path, Fault("K701", text("berkas ini ada tetapi tidak seharusnya terbit"))
    for path in sorted(set(made) - found):
        yield path, Fault("K701", text("berkas ini seharusnya ada tetapi tidak dibuat"))
    for path in sorted(path for path in found & set(made) if path not in same):
        if not _is_of_its_type(out / path):
            yield path, Fault("K703", text("isi berkas ini tidak sesuai dengan akhirannya"))
        elif found_in := _more_than_pixels(out / path):
            message = text("foto ini memuat keterangan tersembunyi: {found}", found=Details(found_in))
            yield path, Fault("K604", message, text("bangun ulang dengan kbp build --full"))


AVIF_ITEM = re.compile(rb"infe(?:\x02.{7}|\x03.{9})(?:Exif|mime)", re.DOTALL)
"""A part of an AVIF that holds EXIF or XMP, as its list of parts names it (ISO/IEC 14496-12, 8.11.6)."""


def _more_than_pixels(path: Path) -> tuple[str, ...]:
    """Name what a picture holds beside its pixels; nothing of a document, which is given as it was judged."""
    with path.open("rb") as file:
        if path.suffix == ".avif":
            return ("EXIF/XMP",) if AVIF_ITEM.search(file.read()) else ()
        return picture_metadata(file)


def _is_of_its_type(path: Path) -> bool:
    at, beginning = SIGNATURES.get(path.suffix, (0, None))
    if beginning is None:
        return False
    with path.open("rb") as file:
        file.seek(at)
        return file.read(len(beginning)) == beginning
