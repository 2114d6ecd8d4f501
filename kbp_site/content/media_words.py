"""The words in media files: what cameras and programs wrote beside a picture, and what a document says.

Pictures are made anew, but their originals stay in the folder; documents are given as they are.
"""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kbp_site.content.media import PICTURES, ending, open_media
from kbp_site.content.pictures import metadata_of
from kbp_site.content.problems import Fault
from kbp_site.locale import text

OFFICE = frozenset({".docx", ".odt", ".xlsx", ".ods"})
PLAIN = frozenset({".csv", ".txt"})
MOST_WORDS, MOST_BYTES = 32 * 1024 * 1024, 20 * 1024 * 1024
"""Bytes of all words of an office file, unpacked, and of a file: what is larger is no document of ours (K602)."""

MOST_TEXT, PIECE = 2_000_000, 8
"""Characters of words in one document, a book of a thousand pages, since every one is looked at (K602); a line or a
cell counts for so many at least."""

MOST_PARTS = 5_000
"""Files in one office file; a report of 300 photos has a tenth of them."""

BREAK = re.compile(r"</(?:w:p|text:p|table:table-cell|si|c|w:tc)>")
"""Where a paragraph or a cell of an office file ends; within one, marks part nothing."""

MARK = re.compile(r"<!\[CDATA\[|\]\]>|<[^<>]*>")
"""A mark of XML; words that are quoted whole (CDATA) stay. None holds another, so that many open ones cost little."""

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
                    return
    except OSError:
        return


def _words(name: str, file: BinaryIO) -> Iterator[tuple[int, str]]:
    file.seek(0)
    if ending(name) in PICTURES:
        yield from ((1, words) for words in metadata_of(file))
    elif ending(name) in OFFICE:
        yield from ((1, words) for words in _office_words(file))
    else:
        yield from enumerate(file.read(4 * MOST_TEXT + 1).decode("utf-8", "replace").split("\n"), 1)


def judge_length(name: str, file: BinaryIO) -> Fault | None:
    """Say that an open document holds more words than are looked at (K602); ``None`` when it does not."""
    length = 0
    for _, words in _words(name, file):
        length += max(len(words), PIECE)
        if length > MOST_TEXT:
            return TOO_LONG
    return None


def _office_words(file: BinaryIO) -> Iterator[str]:
    """Yield every paragraph and cell of an office file (a zip of XML); nothing where `judge_office` tells a fault."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = _parts_with_words(archive)
            if sum(part.file_size for part in parts) > MOST_WORDS:
                return
            for part in parts:
                words = archive.read(part).replace(b"\0", b"").decode("utf-8", "replace")
                start = 0
                for end in BREAK.finditer(words):  # one by one, since whoever asks may have enough of them
                    yield MARK.sub("", words[start : end.start()])
                    start = end.end()
                yield MARK.sub("", words[start:])
    except UNREADABLE:
        return


def judge_office(file: BinaryIO) -> Fault | None:
    """Say why the words of an office file cannot be read (K602, K603); ``None`` when they can.

    Such a file is given to readers as it is, so it may hold nothing that was not looked at.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = _parts_with_words(archive)
            if len(archive.infolist()) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_WORDS:
                return TOO_LARGE
            for part in parts:
                archive.read(part)
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


def _parts_with_words(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the parts of an office file that are XML, whatever their names say; none of too many."""
    if len(archive.infolist()) > MOST_PARTS:
        return []
    found = []
    for part in archive.infolist():
        with archive.open(part) as opened:
            beginning = opened.read(1024).replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        if part.file_size and (not beginning or beginning.startswith(b"<")):
            found.append(part)
    return found
