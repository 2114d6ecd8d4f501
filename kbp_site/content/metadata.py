"""What a file says beside its contents: where a photo was taken, whose telephone it was, who typed a document.

Pictures are judged by the parts that they are made of: whatever is needed to show pixels may stay, everything else
is named. So nothing has to be known about what cameras and programs may write there. Pixels are not unpacked.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO
from xml.etree import ElementTree

from kbp_site.content.archives import declares, limited_archive, read_part
from kbp_site.content.picture_parts import has_too_many_parts
from kbp_site.locale import Language, text

JPEG_PARTS = {0xC0 + n for n in range(16)} | {0xDA, 0xDB, 0xDD, 0xEE}
"""Frames, tables, the scan, and Adobe's mark for the order of colours (ITU T.81, table B.1)."""

PNG_PARTS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP mDCV cLLI acTL fcTL fdAT".split()
)  # PNG (third edition), section 11
WEBP_PARTS = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"])  # RFC 9649, section 2.7

FRAME_HEAD = 16
"""Bytes of a frame of WebP before its parts (RFC 9649, section 2.7.1.1)."""

NAMES = {0xE1: "EXIF/XMP", 0xED: "IPTC", 0xFE: "COM", b"eXIf": "EXIF", b"EXIF": "EXIF", b"XMP ": "XMP"}
AFTER, PARTS = "trailer", "parts"
MOST_NAMES = 20
SOS, EOI = 0xDA, 0xD9
"""The marks that begin a scan of a JPEG, and end the whole."""

JFIF = re.compile(rb"JFIF\0.{9}", re.DOTALL)
JPEG_MARK = re.compile(rb"\xff+[^\x00\xff]")
AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""The part that says nothing; a mark, before which fill bytes may stand; and the first that is none of a scan's own."""

MOST_BYTES = 64 * 1024 * 1024
MOST_PARTS = 10_000
"""So much of a picture is looked through, and so many of its parts; what a record names is smaller (K602)."""

LABELS = {
    "EXIF/XMP": text("letak, waktu, dan merek telepon (EXIF/XMP)"),
    "EXIF": text("letak, waktu, dan merek telepon (EXIF)"),
    "XMP": text("keterangan program gambar (XMP)"),
    "IPTC": text("keterangan foto (IPTC)"),
    "COM": text("komentar"),
    "ICC": text("data lain di tempat profil warna"),
    AFTER: text("data di belakang gambar"),
    PARTS: text("ribuan bagian yang bukan gambarnya"),
    "creator": text("nama pembuat"),
    "initial-creator": text("nama pembuat"),
    "lastModifiedBy": text("nama penyunting terakhir"),
    "Company": text("nama kantor"),
    "author": text("nama penulis komentar atau perubahan"),
    "custom": text("nama orang di antara properti khusus"),
}
"""What a person calls these parts; others keep their technical name."""

PEOPLE = frozenset({"creator", "lastModifiedBy", "initial-creator", "Manager", "Company", "printed-by"})
"""Properties of office documents that name somebody (ECMA-376 part 2, core properties; ODF 1.3 part 3, 4.3.2)."""

PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
HEADS = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")
"""How pictures in documents begin, whatever their names say."""

AUTHOR = re.compile(r"""\b(?:w\d*:)?author=["']([^"']*)["']|<(?:\w+:)?(?:author|creator)>([^<]*)<""")
"""Who wrote a comment or changed a text (ECMA-376 part 1, 17.13; ODF 1.3 part 3, 4.3.2.5)."""

PERSON = re.compile(r"""<(?:\w+:)?person\b[^>]*\b(?:displayName|author)=["']([^"']*)["']""")
NAMING = ("author", "creator", "displayName")
"""One of these stands in whatever `AUTHOR` and `PERSON` find; to look for them is far quicker."""

NOBODY = frozenset({"", "author", "penulis", "pengarang", "unknown", "unknown author", "tidak dikenal"})
"""What office programs put in place of a name that was taken out; Excel names a thread of comments `tc={…}`."""

CUSTOM = "docProps/custom.xml"
CUSTOM_PEOPLE = frozenset(
    {
        "author",
        "checked-by",
        "client",
        "editor",
        "forward-to",
        "manager",
        "nama",
        "owner",
        "pembuat",
        "pemilik",
        "penulis",
        "penyunting",
        "recorded-by",
        "telephone-number",
        "typist",
    }
)
"""Those properties that Word proposes for people, and how people here call them; programs leave others there."""


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
    """Name the parts of a JPEG, those between its scans too, and whatever follows its end: another picture, say."""
    file.seek(0)
    data, at, profile = file.read(MOST_BYTES), 2, b""
    for _ in range(MOST_PARTS):
        mark = JPEG_MARK.match(data, at)
        kind = data[mark.end() - 1] if mark else EOI
        at = mark.end() if mark else len(data)
        size = max(int.from_bytes(data[at : at + 2], "big"), 2)
        if kind == EOI:
            break
        is_cut, part, at = at + size > len(data), data[at + 2 : at + size], min(at + size, len(data))
        if kind == 0xE2 and part.startswith(b"ICC_PROFILE\0"):
            profile += part[14:]
        elif kind not in JPEG_PARTS and not (kind == 0xE0 and (is_cut or JFIF.fullmatch(part))):
            yield NAMES.get(kind, f"APP{kind - 0xE0}" if 0xE0 <= kind <= 0xEF else f"{kind:02X}")
        if kind == SOS:
            following = AFTER_SCAN.search(data, at)
            at = following.start() if following else len(data)
    if profile and not (profile[36:40] == b"acsp" and int.from_bytes(profile[:4], "big") == len(profile)):
        yield "ICC"
    if data[at:].strip(b"\0"):
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
    for _ in range(MOST_PARTS):
        if file.tell() >= end or len(head := file.read(8)) < 8:
            break
        if head[:4] not in WEBP_PARTS:
            yield NAMES.get(head[:4], head[:4].decode("ascii", "replace"))
        size = int.from_bytes(head[4:], "little")
        # A frame holds parts itself, which come next.
        file.seek(FRAME_HEAD if head[:4] == b"ANMF" else size + size % 2, 1)
    file.seek(end)
    if file.read(1):
        yield AFTER


def document_metadata(file: BinaryIO) -> tuple[str, ...]:
    """Name what an office document (OOXML, ODF) says of people: its properties, and what its photos hold.

    PDF is not read: its properties may be packed. Properties that cannot be read are named as they are. Raises
    `ArchiveFault` for what is no such document, or cannot be opened.
    """
    with limited_archive(file) as archive:
        return _first(_in_document(archive))


def _in_document(archive: zipfile.ZipFile) -> Iterator[str]:
    names = set(archive.namelist())
    for name in PROPERTIES:
        if name in names:
            data = read_part(archive, name)
            try:
                properties = None if declares(data) else ElementTree.fromstring(data)
            except ElementTree.ParseError:
                properties = None
            if properties is None:
                yield name
                continue
            for element in properties.iter():
                kind = element.tag.rpartition("}")[2]
                if kind in PEOPLE and (element.text or "").strip():
                    yield kind
    if CUSTOM in names:
        written = read_part(archive, CUSTOM).decode("utf-8", "replace")
        if any(_is_for_people(name) for name in re.findall(r"""\bname=["']([^"']*)["']""", written)):
            yield "custom"
    for name in sorted(names):
        data = read_part(archive, name)
        if data.startswith(HEADS):
            if found := picture_metadata(BytesIO(data)):
                yield f"{name.rpartition('/')[2]} ({', '.join(found)})"
        elif name not in PROPERTIES and name.lower().endswith(".xml") and _has_author(data):
            yield "author"


def _is_for_people(name: str) -> bool:
    return name.strip().lower().replace(" ", "-") in CUSTOM_PEOPLE


def _has_author(data: bytes) -> bool:
    """Whether comments, changes or a list of persons in a part name somebody."""
    written = data.replace(b"\0", b"").decode("utf-8", "replace")
    if not any(word in written for word in NAMING):
        return False
    names = (name for pattern in (AUTHOR, PERSON) for found in pattern.finditer(written) for name in found.groups())
    return any(
        name is not None and name.strip().lower() not in NOBODY and not name.startswith("tc={") for name in names
    )
