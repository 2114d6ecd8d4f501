"""The words in media files: what cameras and programs wrote beside a picture, and what a document says.

Pictures are made anew, but their originals stay in the folder; documents are given as they are.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kbp_site.content.media import PICTURES, ending, open_media
from kbp_site.content.pictures import metadata_of

OFFICE = frozenset({".docx", ".odt", ".xlsx", ".ods"})
PLAIN = frozenset({".csv", ".txt"})
MOST_PART, MOST_BYTES = 32 * 1024 * 1024, 20 * 1024 * 1024
"""Bytes of one part of an office file, unpacked, and of a file: what is larger is no document of ours (K602)."""

BREAK = re.compile(r"</(?:w:p|text:p|table:table-cell|si|c|w:tc)>")
"""Where a paragraph or a cell of an office file ends; within one, marks part nothing."""


def media_names(folder: Path) -> Iterator[str]:
    """Yield the names of all files below a folder, in order; what a link leads to is not looked at."""
    for path, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            yield (Path(path) / name).relative_to(folder).as_posix()


def media_words(folder: Path, name: str) -> Iterator[tuple[int, str]]:
    """Yield (line, words) of all that can be read in a file; nothing of what cannot be opened (the checks say why).

    A line is counted in plain text only. PDF is not read: its words are drawn, not written.
    """
    kind = ending(name)
    if kind not in PICTURES and kind not in OFFICE and kind not in PLAIN:
        return
    try:
        with open_media(folder, name) as file:
            if os.fstat(file.fileno()).st_size > MOST_BYTES:
                return
            if kind in PICTURES:
                yield from ((1, words) for words in metadata_of(file))
            elif kind in OFFICE:
                yield from ((1, words) for words in _office_words(file))
            else:
                yield from enumerate(file.read().decode("utf-8", "replace").split("\n"), 1)
    except OSError:
        return


def _office_words(file: BinaryIO) -> Iterator[str]:
    """Yield every paragraph and cell of an office file (a zip of XML)."""
    try:
        with zipfile.ZipFile(file) as parts:
            for part in parts.infolist():
                if part.filename.endswith(".xml") and part.file_size <= MOST_PART:
                    words = parts.read(part).decode("utf-8", "replace")
                    yield from (re.sub(r"<[^>]*>", "", piece) for piece in BREAK.split(words))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        return
