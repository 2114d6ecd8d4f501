"""The words in media files: what cameras and programs wrote beside a picture, and what a document says.

Pictures are made anew, but their originals stay in the folder; documents are given as they are.
"""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from kbp_site.content.archives import PACKED, unpacked
from kbp_site.content.media import PICTURES, ending, open_media
from kbp_site.content.personal import find
from kbp_site.content.pictures import metadata_of
from kbp_site.content.problems import Fault
from kbp_site.locale import text

OFFICE = frozenset({".docx", ".odt", ".xlsx", ".ods"})
PLAIN = frozenset({".csv", ".txt"})
MOST_WORDS, MOST_BYTES = 32 * 1024 * 1024, 20 * 1024 * 1024
"""Bytes of all words of an office file, unpacked, and of a file: what is larger is no document of ours (K602)."""

MOST_INSIDE = 2
"""How deep documents may lie in one another: a sheet in a letter, and a chart's numbers in that."""

OLE = b"\xd0\xcf\x11\xe0"
"""How the older office files begin that newer ones may hold; what can be read of them is read."""

MOST_TEXT, PIECE = 1_000_000, 8
"""Characters of words in one document, a book of 500 pages, since every one is looked at (K602); a line or a
cell counts for so many at least."""

MOST_PARTS = 5_000
"""Files in one office file; a report of 300 photos has a tenth of them."""

BREAK = re.compile(r"</(?:w:p|text:p|table:table-cell|si|c|w:tc)>")
"""Where a paragraph or a cell of an office file ends; within one, marks part nothing."""

ADDRESS = re.compile(r"""\b(?:Target|xlink:href)=["']((?:https?|tel|sms|mailto|whatsapp):[^"<>]*)""")
"""Where a link of an office file leads: a telephone may stand there and nowhere in its words."""

MARK = re.compile(r"<!\[CDATA\[|\]\]>|<[^<>]*>")
"""A mark of XML; words that are quoted whole (CDATA) stay. None holds another, so that many open ones cost little."""

SAID = re.compile(
    r"""(?:\s(?:descr|title|alt|display|prompt|error|(?:w:)?tooltip|w:val|w:instr|(?:\w+:)?name|office:string-value)"""
    r"""|<[sn](?: u="1")? v)=(?:"([^"<>]*)"|'([^'<>]*)')"""
)
"""What attributes of an office file say to people: of a picture, a field, and of a cell that a pivot table remembers
when the list that it was made of is long deleted."""

CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f]")
"""Bytes that no text has (XML 1.0, 2.2), and that pictures, sounds and fonts have at once."""

WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How text of two bytes a letter begins."""

NAMED_TEXT = (".xml", ".rels", ".txt", ".csv", ".htm", ".html", ".rtf")
ENDS, BEGINS = re.compile(r"(?:^|[^\w])(?P<digits>[+\d][\d .()\-]*)$"), re.compile(r" *(?P<digits>\d[\d .()\-]{0,40})")
MOST_DIGITS, MOST_LINES = 40, 4
"""Digits at the end of a line of text, and at the beginning of the next: a number may go on there, over so many lines;
and characters of one line that are looked at."""

UNREADABLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error)
"""How `zipfile` answers what is damaged, locked, or packed in a way that no office program uses."""


def media_names(folder: Path) -> Iterator[str]:
    """Yield the names of all files below a folder, in order; what a link leads to is not looked at."""
    for path, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            yield (Path(path) / name).relative_to(folder).as_posix()


def media_words(folder: Path, name: str) -> Iterator[tuple[int, str]]:
    """Yield (line, words) of all that can be read in a file; nothing of what cannot be opened (the checks say why).

    A line is counted in plain text only. PDF is not read: its words are drawn, not written. What goes on beyond
    `MOST_TEXT` is refused: a document by `judge_length`, a picture for holding words at all (K604).
    """
    kind = ending(name)
    if kind not in PICTURES and kind not in OFFICE and kind not in PLAIN:
        return
    try:
        with open_media(folder, name) as file:
            if os.fstat(file.fileno()).st_size > MOST_BYTES:
                return
            left = MOST_TEXT
            for line, words in _words(name, file):
                yield line, words[:left]
                left -= max(len(words), PIECE)
                if left <= 0:
                    break
            if kind == ".txt":
                file.seek(0)
                yield from _over_lines(_lines(file))
    except OSError:
        return


def plain_text(data: bytes) -> str:
    """Return bytes as the text that a program shows: two or four bytes a letter where the first bytes say so.

    Excel saves "Unicode Text" with two. Zeros between letters are left out where nothing says what they are.
    """
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return data.decode("utf-32", "replace")
    if data.startswith(WIDE):
        return data.decode("utf-16", "replace")
    return data.replace(b"\0", b"").decode("utf-8", "replace")


def _words(name: str, file: BinaryIO) -> Iterator[tuple[int, str]]:
    file.seek(0)
    if ending(name) in PICTURES:
        yield from ((1, words) for words in metadata_of(file))
    elif ending(name) in OFFICE:
        yield from ((1, words) for words in _office_words(file))
    else:
        yield from enumerate(_lines(file), 1)


def _lines(file: BinaryIO) -> list[str]:
    return plain_text(file.read(4 * MOST_TEXT + 1)).replace("\t", " ").split("\n")


def _over_lines(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield digits that end one line and go on in the next ones, which are one number to whoever reads them."""
    for at, line in enumerate(lines[: MOST_TEXT // PIECE]):
        if not (found := ENDS.search(line.rstrip()[-MOST_DIGITS:])):
            continue
        parts = [found["digits"]]
        for following in lines[at + 1 : at + MOST_LINES]:
            if not (begun := BEGINS.match(following)):
                break
            parts.append(begun["digits"].strip())
            if following[begun.end() :].strip():
                break
        if len(parts) > 1 and not any(map(find, parts)):  # each of a list is told by itself
            yield at + 1, " ".join(parts)


def judge_length(name: str, file: BinaryIO) -> Fault | None:
    """Say that an open document holds more words than are looked at (K602); ``None`` when it does not."""
    length = 0
    for _, words in _words(name, file):
        length += max(len(words), PIECE)
        if length > MOST_TEXT:
            return TOO_LONG
    return None


def _office_words(file: BinaryIO) -> Iterator[str]:
    """Yield every paragraph, cell and link of an office file, and of those in it; nothing of one that is refused."""
    try:
        for data in _written_parts(file):
            words = plain_text(data)
            start = 0
            for end in BREAK.finditer(words):  # one by one, since whoever asks may have enough of them
                yield MARK.sub("", words[start : end.start()])
                start = end.end()
            yield MARK.sub("", words[start:])
            yield from (found[1] for found in ADDRESS.finditer(words))
            yield from (found[1] or found[2] or "" for found in SAID.finditer(words))
    except (*UNREADABLE, TooLargeError):
        return


def judge_office(file: BinaryIO) -> Fault | None:
    """Say why the words of an office file cannot be read (K602, K603); ``None`` when they can.

    Such a file is given to readers as it is, so it may hold nothing that was not looked at.
    """
    try:
        for _ in _written_parts(file):
            pass
    except TooLargeError:
        return TOO_LARGE
    except UNREADABLE:
        return UNREAD
    return None


TOO_LARGE = Fault(
    "K602",
    text("isi dokumen ini lebih dari {limit} MB bila dibuka", limit=MOST_WORDS // 1024**2),
    text("bagi menjadi beberapa dokumen, atau simpan sebagai PDF"),
)
TOO_LONG = Fault(
    "K602",
    text(
        "isi dokumen ini terlalu panjang untuk diperiksa: lebih dari {letters} juta huruf, atau {cells} ribu baris "
        "atau sel",
        letters=MOST_TEXT // 1_000_000,
        cells=MOST_TEXT // PIECE // 1_000,
    ),
    text("bagi menjadi beberapa berkas, misalnya satu berkas untuk setiap tahun"),
)
UNREAD = Fault(
    "K603",
    text("dokumen ini rusak atau dikunci, sehingga isinya tidak dapat diperiksa"),
    text("buka di Word atau LibreOffice, lalu simpan ulang tanpa kata sandi"),
)


class TooLargeError(Exception):
    """An office file that holds more than is looked at."""


def _written_parts(file: BinaryIO, depth: int = 0) -> Iterator[bytes]:
    """Yield the parts of an office file in which words may stand, and those of the office files in it.

    Raises `TooLargeError`, and what `zipfile` raises.
    """
    with zipfile.ZipFile(file) as archive:
        if len(archive.infolist()) > MOST_PARTS or depth > MOST_INSIDE:
            raise TooLargeError
        if any(part.compress_type not in PACKED for part in archive.infolist()):
            raise NotImplementedError
        parts = [part for part in archive.infolist() if not part.is_dir() and _may_hold_words(archive, part)]
        if sum(part.file_size for part in parts) > MOST_WORDS:
            raise TooLargeError
        for part in parts:
            data = unpacked(archive, part)
            if data.startswith(b"PK\x03\x04"):
                yield from _written_parts(BytesIO(data), depth + 1)
            else:
                yield data


def _may_hold_words(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part is XML, other text, or a document itself, whatever its name says; pictures and sounds are not."""
    with archive.open(part) as opened:
        beginning = opened.read(1024)
    plain = beginning.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    is_named = part.filename.lower().endswith(NAMED_TEXT)
    return is_named or beginning.startswith((b"PK\x03\x04", OLE, *WIDE)) or not CONTROL.search(plain)
