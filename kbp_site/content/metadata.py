"""What a file says beside its contents: where a photo was taken, whose telephone it was, who typed a document.

Pictures are judged by the parts that they are made of: whatever is needed to show pixels may stay, everything else
is named. So nothing has to be known about what cameras and programs may write there. Only heads and ends are read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO
from xml.etree import ElementTree

from kbp_site.content.archives import ArchiveFault, read_part, safe_archive
from kbp_site.content.picture_parts import has_too_many_parts
from kbp_site.locale import Language, text

JPEG_PARTS = {0xC0 + n for n in range(16)} | {0xDA, 0xDB, 0xDD, 0xEE}
"""Frames, tables, the scan, and Adobe's mark for the order of colours (ITU T.81, table B.1)."""

PNG_PARTS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP mDCV cLLI acTL fcTL fdAT".split()
)  # PNG (third edition), section 11
WEBP_PARTS = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"])  # RFC 9649, section 2.7

NAMES = {0xE1: "EXIF/XMP", 0xED: "IPTC", 0xFE: "COM", b"eXIf": "EXIF", b"EXIF": "EXIF", b"XMP ": "XMP"}
AFTER, PARTS = "trailer", "parts"
MOST_NAMES = 20
EOI = b"\xff\xd9"
"""The mark that ends a JPEG; its pixels cannot hold it."""

LABELS = {
    "EXIF/XMP": text("letak, waktu, dan merek telepon (EXIF/XMP)"),
    "EXIF": text("letak, waktu, dan merek telepon (EXIF)"),
    "XMP": text("keterangan program gambar (XMP)"),
    "IPTC": text("keterangan foto (IPTC)"),
    "COM": text("komentar"),
    AFTER: text("data di belakang gambar"),
    PARTS: text("ribuan bagian yang bukan gambarnya"),
    "creator": text("nama pembuat"),
    "initial-creator": text("nama pembuat"),
    "lastModifiedBy": text("nama penyunting terakhir"),
    "Company": text("nama kantor"),
}
"""What a person calls these parts; others keep their technical name."""

PEOPLE = frozenset({"creator", "lastModifiedBy", "initial-creator", "Manager", "Company", "printed-by"})
"""Properties of office documents that name somebody (ECMA-376 part 2, core properties; ODF 1.3 part 3, 4.3.2)."""

PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
PICTURES = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True)
class Details:
    """What was found in a file, in words."""

    names: tuple[str, ...]

    def say(self, language: Language) -> str:
        """Return the words in ``language``."""
        said = [LABELS[name].say(language) if name in LABELS else name for name in self.names]
        return ", ".join(dict.fromkeys(said))


def picture_metadata(file: BinaryIO) -> tuple[str, ...]:
    """Name everything in a picture that is not needed to show its pixels; empty for a clean one, or no picture."""
    if has_too_many_parts(file):
        return (PARTS,)
    file.seek(0)
    head = file.read(12)
    if head.startswith(b"\xff\xd8"):
        found = _in_jpeg(file)
    elif head.startswith(b"\x89PNG\r\n\x1a\n"):
        found = _in_png(file)
    elif head.startswith(b"RIFF") and head.endswith(b"WEBP"):
        found = _in_webp(file, int.from_bytes(head[4:8], "little") + 8)
    else:
        found = iter(())
    return _first(found)


def _first(found: Iterator[str]) -> tuple[str, ...]:
    """Return the first names, each once: a person reads no more, and a hostile file may hold millions."""
    names: dict[str, None] = {}
    for name in found:
        names[name] = None
        if len(names) == MOST_NAMES:
            break
    return tuple(names)


def _in_jpeg(file: BinaryIO) -> Iterator[str]:
    file.seek(2)
    while len(mark := file.read(2)) == 2 and mark[0] == 0xFF:
        if mark[1] == 0xFF:
            fill = file.read(65536).lstrip(b"\xff")  # any number of these bytes may stand before a mark
            file.seek(-len(fill) - 1, 1)
            continue
        size = int.from_bytes(file.read(2), "big") - 2
        if size < 0:
            return
        kind, begin = mark[1], file.read(min(size, 12))
        is_plain = (kind == 0xE0 and begin.startswith(b"JFIF\0") and size == 14) or (
            kind == 0xE2 and begin.startswith(b"ICC_PROFILE\0")
        )
        if kind not in JPEG_PARTS and not is_plain:
            yield NAMES.get(kind, f"APP{kind - 0xE0}" if 0xE0 <= kind <= 0xEF else f"{kind:02X}")
        if kind == 0xDA:
            break
        file.seek(size - len(begin), 1)
    scan, end = file.tell(), file.seek(0, 2)
    file.seek(max(scan, end - 65536))
    if not file.read().rstrip(b"\0").endswith(EOI):
        file.seek(scan)
        if EOI in file.read():  # a picture without its end was cut off, which another rule tells
            yield AFTER


def _in_png(file: BinaryIO) -> Iterator[str]:
    file.seek(8)
    while len(head := file.read(8)) == 8:
        kind = head[4:]
        if kind not in PNG_PARTS:
            yield NAMES.get(kind, kind.decode("ascii", "replace"))
        file.seek(int.from_bytes(head[:4], "big") + 4, 1)
        if kind == b"IEND":
            if file.read(1):
                yield AFTER
            return


def _in_webp(file: BinaryIO, end: int) -> Iterator[str]:
    while file.tell() < end and len(head := file.read(8)) == 8:
        if head[:4] not in WEBP_PARTS:
            yield NAMES.get(head[:4], head[:4].decode("ascii", "replace"))
        size = int.from_bytes(head[4:], "little")
        file.seek(size + size % 2, 1)
    file.seek(end)
    if file.read(1):
        yield AFTER


def document_metadata(file: BinaryIO) -> tuple[str, ...]:
    """Name what an office document (OOXML, ODF) says of people: its properties, and what its photos hold.

    PDF is not read: its properties may be packed. Empty for what is no such document.
    """
    try:
        with safe_archive(file) as archive:
            return _first(_in_document(archive))
    except ArchiveFault:
        return ()


def _in_document(archive: zipfile.ZipFile) -> Iterator[str]:
    names = set(archive.namelist())
    for name in PROPERTIES:
        if name in names:
            try:
                properties = ElementTree.fromstring(read_part(archive, name))
            except ElementTree.ParseError:
                continue
            for element in properties.iter():
                kind = element.tag.rpartition("}")[2]
                if kind in PEOPLE and (element.text or "").strip():
                    yield kind
    for name in sorted(names):
        if name.lower().endswith(PICTURES) and (found := picture_metadata(BytesIO(read_part(archive, name)))):
            yield f"{name.rpartition('/')[2]} ({', '.join(found)})"
