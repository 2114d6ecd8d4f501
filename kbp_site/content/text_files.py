"""A file's bytes become text: regular files only, of a size that fits, in UTF-8, with nothing hidden in it."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from kbp_site.content.changes import Change
from kbp_site.content.marks import Mark, problem_at
from kbp_site.content.opening import open_below
from kbp_site.content.problems import Fault, Problem, Severity
from kbp_site.locale import Text, text

MAX_BYTES = 256 * 1024
"""The largest file; 200 KB of `[` crashes a loader that builds values, and a record of ours needs a hundredth."""

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""Control, bidirectional, zero-width, separator and tag characters: they hide or turn text."""

SEPARATORS = frozenset("\x0b\x0c\x85\u2028\u2029")
"""Unseen characters that part words."""


def read_bytes(root: Path, path: str) -> bytes | Problem:
    """Read a regular file below ``root``; a link or a device is K110, too large a file K101.

    The file is opened without following a link and judged by its handle, so that nothing can be
    put in its place between the look and the reading. Raises `OSError` when the system fails.
    """
    handle = -1
    top, _, below = path.partition("/")
    try:
        handle = open_below(root / top, below) if below else open_below(root, top)
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            return _whole_file(path, "K110", text("ini bukan berkas biasa"), REGULAR)
        if found.st_size > MAX_BYTES:
            return _whole_file(
                path,
                "K101",
                text("berkas terlalu besar: {size} KB", size=-(-found.st_size // 1024)),
                text("satu catatan paling besar {size} KB; pecah menjadi beberapa catatan", size=MAX_BYTES // 1024),
            )
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(found.st_size)
    except OSError:
        mode = os.lstat(root / path).st_mode
        if stat.S_ISREG(mode):
            raise
        if stat.S_ISLNK(mode):
            return _whole_file(path, "K110", text("ini tautan (symbolic link), bukan berkas"), REGULAR)
        return _whole_file(path, "K110", text("ini bukan berkas biasa"), REGULAR)
    finally:
        if handle >= 0:
            os.close(handle)


REGULAR = text("simpan sebagai berkas biasa; tautan dan berkas khusus tidak dibaca")


def _whole_file(path: str, code: str, message: Text, hint: Text) -> Problem:
    return Problem(path, 1, 1, code, message, hint)


UTF_8_MARK = b"\xef\xbb\xbf"
UNMARK = (Change(1, 0, 1, ""),)
NO_TEXT = {
    b"PK\x03\x04": text("berkas Word, Excel, atau arsip ZIP"),
    b"\xd0\xcf\x11\xe0": text("berkas Word atau Excel lama"),
    b"{\\rtf": text("berkas RTF dari pengolah kata"),
    b"%PDF-": text("berkas PDF"),
    b"\x89PNG": text("gambar"),
    b"\xff\xd8\xff": text("gambar"),
}
"""Files that are saved under a record's name by mistake, by how they begin."""

MARKED = Fault("K102", text("berkas diawali tanda BOM; tanda itu diabaikan"), text("simpan sebagai UTF-8 tanpa BOM"))


def decode(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """Return a file's text with plain line ends and composed letters; ``None`` for what is no text (K102, K103)."""
    if foreign := next((what for beginning, what in NO_TEXT.items() if data.startswith(beginning)), None):
        hint = text("simpan tulisannya sebagai teks biasa; isi Word dan Excel dibawa masuk dengan kbp import")
        return None, [_whole_file(path, "K102", text("ini bukan berkas teks, melainkan {what}", what=foreign), hint)]
    marked, data = data.startswith(UTF_8_MARK), data.removeprefix(UTF_8_MARK)
    try:
        decoded = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before[before.rfind(b"\n") + 1 :].decode("utf-8")
        mark = Mark(before.count(b"\n") + 1, len(line) + 1)
        fault = Fault(
            "K102",
            text(
                "berkas ini bukan teks UTF-8, mulai baris {line} huruf ke-{column} (bita ke-{offset})",
                line=mark.line,
                column=mark.column,
                offset=error.start,
            ),
            text('simpan ulang dengan pengodean "UTF-8" di editor teks'),
        )
        return None, [problem_at(path, (), mark, fault)]
    if (at := decoded.find("\0")) >= 0:
        mark = Mark(decoded.count("\n", 0, at) + 1, at - decoded.rfind("\n", 0, at))
        return None, [problem_at(path, decoded.split("\n"), mark, NUL)]
    problems = [problem_at(path, (), Mark(1, 1), MARKED, severity=Severity.WARNING, edit=UNMARK)] if marked else []
    return unicodedata.normalize("NFC", decoded.replace("\r\n", "\n").replace("\r", "\n")), problems


NUL = Fault(
    "K103",
    text("ada karakter yang tidak tampak (U+0000), yang tidak ada di berkas teks"),
    text('simpan ulang dengan pengodean "UTF-8" di editor teks; bila masih ada, hapus karakter itu'),
    needle="\0",
)
"""Nothing of a file that holds one is read, or mended: it is mostly no text, or text of two bytes a letter."""


def unseen_characters(path: str, lines: Sequence[str]) -> Iterator[Problem]:
    """Tell each kind of unseen character in a line once (K103)."""
    for number, line in enumerate(lines, 1):
        if line.isprintable():
            continue  # far quicker than to look for each of them
        places: dict[str, list[int]] = {}
        for found in UNSEEN.finditer(line):
            places.setdefault(found.group(), []).append(found.start() + 1)
        for char, columns in places.items():
            fault = Fault(
                "K103",
                text("ada karakter yang tidak tampak (U+{code})", code=f"{ord(char):04X}"),
                text("hapus karakter itu; biasanya ikut terbawa saat menyalin dari tempat lain"),
                needle=char,
            )
            edit = tuple(Change(number, column, 1, " " if char in SEPARATORS else "") for column in columns)
            yield problem_at(path, lines, Mark(number, columns[0]), fault, edit=edit)


def unescaped(value: str) -> str:
    """Undo what an escape in quotes can bring back: unseen characters, bare returns, decomposed letters."""
    return unicodedata.normalize("NFC", UNSEEN.sub(" ", value).replace("\r\n", "\n").replace("\r", "\n"))
