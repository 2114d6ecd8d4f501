"""One search index out of those of its pieces: Pagefind's files are read, renumbered, put in order, and cut.

Pagefind 1.5.2 writes a filter's values as a hash map happens to hold them, and puts words together until a part has
20,000 places, which is 20 to 60 KB for one word that a reader asks for. Here values go by the alphabet, and parts are
small. A file is named by its content, and that name stands in another (filter, part → meta → entry).
"""

from __future__ import annotations

import gzip
import hashlib
import heapq
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, repeat
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import cbor2

ENTRY = "pagefind-entry.json"
MARK = b"pagefind_dcd"
"""What every file of an index begins with, once it is unpacked."""

VERSION, PAGES, PARTS, FILTERS, _, FIELDS = range(6)
"""What stands in the meta file: pages as (fragment, words), parts as (first word, last word, file), filters as
(name, file), and the names of what pages tell beside their text."""

PART_SIZE = 16 * 1024
"""Bytes of a part, before it is packed: about 6 KB over the network. A part has one word at least."""

NAME_LENGTH = 10

NUMBERS = re.compile(
    rb"(?>[\x00-\x17\x20-\x37\x80-\x97]++|[\x18\x38\x98].|[\x19\x39\x99]..|[\x1a\x3a\x9a].{4})*+", re.DOTALL
)
NUMBER, TEXT, LIST, ONE_BYTE, LIST_OF_3 = 0, 3, 4, 24, 0x83
"""How CBOR (RFC 8949, 3) writes numbers and how lists begin: kinds, the first size that stands apart, a list of 3."""


class Word(NamedTuple):
    """A word of a part: its name, where it stands, and whether it has other spellings."""

    name: str
    start: int
    end: int
    is_spelt: bool


@dataclass(frozen=True)
class Piece:
    """A language of a piece: where it lies, what its meta file says, and what its numbers become in the whole.

    ``first`` is the number of its first page; ``fields`` are the numbers of its fields, empty while they are the same.
    ``lasts`` has the last page that says each word, by the alphabet; it is empty for the only piece.
    """

    folder: Path
    meta: list[Any]
    first: int
    fields: Sequence[int]
    lasts: Sequence[int]


class Said(NamedTuple):
    """A word in one piece: its bytes, whether it has other spellings, and the last page that says it."""

    name: str
    data: bytes
    is_spelt: bool
    piece: Piece
    last: int


def merge(folders: Sequence[Path], index: Path) -> None:
    """Write the index of all pieces into a new folder ``index``; the same bytes for the same pieces."""
    for name in ("fragment", "filter", "index"):
        (index / name).mkdir(parents=True)
    entries = [json.loads((folder / ENTRY).read_text(encoding="utf-8")) for folder in folders]
    languages: dict[str, dict[str, object]] = {}
    for folder, entry in zip(folders, entries, strict=True):
        for path in (folder / "fragment").iterdir():
            _link(path, index / "fragment" / path.name)
        languages |= entry["languages"]
    for language, row in languages.items():
        metas = [
            (folder, read_part(folder / f"pagefind.{entry['languages'][language]['hash']}.pf_meta"))
            for folder, entry in zip(folders, entries, strict=True)
            if language in entry["languages"]
        ]
        meta = _merge_language(language, metas, index)
        digest = _write(index, ".pf_meta", cbor2.dumps(meta), language)
        languages[language] = row | {"hash": digest, "page_count": len(meta[PAGES])}
    whole = json.dumps(entries[0] | {"languages": languages}, sort_keys=True, separators=(",", ":"))
    (index / ENTRY).write_text(whole, encoding="utf-8")


def _link(path: Path, beside: Path) -> None:
    """Let a file of the cache stand in a second place of the cache; a copy where the disk knows no links."""
    try:
        os.link(path, beside)
    except OSError:
        shutil.copyfile(path, beside)


def _merge_language(language: str, metas: Sequence[tuple[Path, list[Any]]], index: Path) -> list[Any]:
    """Write parts and filters of a language, and return what its meta file says."""
    fields = sorted({field for _, meta in metas for field in meta[FIELDS]})
    pieces: list[Piece] = []
    first = 0
    for folder, meta in metas:
        numbers = [] if meta[FIELDS] == fields else [fields.index(field) for field in meta[FIELDS]]
        pieces.append(Piece(folder, meta, first, numbers, _lasts(folder, language, meta) if len(metas) > 1 else []))
        first += len(meta[PAGES])
    pages = [page for piece in pieces for page in piece.meta[PAGES]]
    parts = [[begin, end, _write(index / "index", ".pf_index", data, language)] for begin, end, data in _parts(pieces)]
    filters = [[row[0], _write(index / "filter", ".pf_filter", cbor2.dumps(row), language)] for row in _filters(pieces)]
    return [metas[0][1][VERSION], pages, parts, filters, [], fields]


def _filters(pieces: Iterable[Piece]) -> Iterator[list[Any]]:
    """Yield filters as (name, rows of value and pages), by the alphabet."""
    found: dict[str, dict[str, list[int]]] = {}
    for piece in pieces:
        for name, file in piece.meta[FILTERS]:
            rows = found.setdefault(name, {})
            for value, pages in read_part(piece.folder / "filter" / f"{file}.pf_filter")[1]:
                rows.setdefault(value, []).extend(piece.first + page for page in pages)
    for name, rows in sorted(found.items()):
        yield [name, [list(row) for row in sorted(rows.items())]]


def _parts(pieces: Sequence[Piece]) -> Iterator[tuple[str, str, bytes]]:
    """Yield the parts of the whole as (first word, last word, bytes)."""
    size, names, words = 0, list[str](), list[bytes]()
    for name, rows in groupby(heapq.merge(*map(_said, pieces), key=itemgetter(0)), key=itemgetter(0)):
        word = _join(list(rows))
        if names and (size + len(word)) // PART_SIZE > size // PART_SIZE:
            yield names[0], names[-1], _part(words)
            names, words = [], []
        size += len(word)
        names.append(name)
        words.append(word)
    if names:
        yield names[0], names[-1], _part(words)


def _part(words: Sequence[bytes]) -> bytes:
    return head(LIST, 1) + head(LIST, len(words)) + b"".join(words)


def _said(piece: Piece) -> Iterator[Said]:
    """Yield the words of a piece, by the alphabet; one part of it is in memory at a time."""
    lasts = chain(piece.lasts, repeat(0))
    for data in _parts_of(piece.folder, piece.meta):
        for name, start, end, is_spelt in words_of(data):
            yield Said(name, data[start:end], is_spelt, piece, next(lasts))


def _parts_of(folder: Path, meta: list[Any]) -> Iterator[bytes]:
    return (_unpacked(folder / "index" / f"{file}.pf_index") for _, _, file in meta[PARTS])


def _lasts(folder: Path, language: str, meta: list[Any]) -> list[int]:
    """Return the last page that says each word. To find them takes as long as Pagefind does, so they are kept."""
    file = folder / f"lasts.{language}.json"
    if not file.is_file():
        words = (word for data in _parts_of(folder, meta) for word in cbor2.loads(data)[0])
        file.write_text(json.dumps([sum(page[0] for page in pages) for _, pages, _ in words]), encoding="ascii")
    lasts: list[int] = json.loads(file.read_text(encoding="ascii"))
    return lasts


def _join(rows: Sequence[Said]) -> bytes:
    """Return a word with the pages of all pieces that say it: pages are written as steps from one to the next."""
    if any(row.is_spelt or row.piece.fields for row in rows):
        is_only = len(rows) == 1 and not rows[0].piece.first and not rows[0].piece.fields
        return rows[0].data if is_only else cbor2.dumps(_join_read(rows))
    before, count, joined = 0, 0, []
    for _, data, _, piece, last in rows:
        pages, at = _size(data, _text(data, 1)[1])
        step, after = _size(data, at + 1)
        # All but the first step stays as it is written; at the end stands that there are no other spellings.
        joined.append(data[at : at + 1] + head(NUMBER, piece.first + step - before) + data[after:-1])
        before, count = piece.first + last, count + pages
    opening = rows[0].data[: _text(rows[0].data, 1)[1]]
    return b"".join([opening, head(LIST, count), *joined, head(LIST, 0)])


def _join_read(rows: Sequence[Said]) -> list[Any]:
    """Return what `_join` writes, of words that have to be read: with spellings, or of other fields."""
    every: list[Any] = []
    spelt: dict[str, list[Any]] = {}
    for row in rows:
        _, pages, spellings = cbor2.loads(row.data)
        every += _of_whole(pages, row.piece)
        for spelling, said in spellings:
            spelt.setdefault(spelling, []).extend(_of_whole(said, row.piece))
    return [rows[0].name, list(_steps(every)), [[spelling, list(_steps(said))] for spelling, said in spelt.items()]]


def _of_whole(pages: Iterable[list[Any]], piece: Piece) -> Iterator[list[Any]]:
    """Yield pages with their number in the whole; a field is named by a number below zero before its places."""
    number = piece.first
    for step, places, told in pages:
        number += step
        fields = piece.fields
        yield [number, places, [-1 - fields[-1 - each] if each < 0 and fields else each for each in told]]


def _steps(pages: Iterable[list[Any]]) -> Iterator[list[Any]]:
    before = 0
    for number, *said in pages:
        yield [number - before, *said]
        before = number


def words_of(data: bytes) -> list[Word]:
    """Find the words of a part: each is a list of its name, its pages (numbers), and its spellings with theirs.

    Nothing is read but names: all but a thousandth of a part is numbers, and to read and write them takes as
    long as Pagefind does. A list that begins with a name is a word when it is of three, a spelling when of two.
    """
    found: list[tuple[str, int]] = []
    spelt: set[int] = set()
    at = _end_of_numbers(data, 0)
    while at < len(data):
        name, end = _text(data, at)
        if data[at - 1] == LIST_OF_3:
            found.append((name, at - 1))
        else:
            spelt.add(len(found) - 1)
        at = _end_of_numbers(data, end)
    ends = [*(start for _, start in found[1:]), len(data)]
    rows = zip(found, ends, strict=True)
    return [Word(name, start, end, number in spelt) for number, ((name, start), end) in enumerate(rows)]


def _end_of_numbers(data: bytes, start: int) -> int:
    found = NUMBERS.match(data, start)
    return found.end() if found else start


def _text(data: bytes, start: int) -> tuple[str, int]:
    """Return a text that begins at a place, and where it ends."""
    assert data[start] >> 5 == TEXT, "a list holds numbers, lists and texts"
    size, begins = _size(data, start)
    return data[begins : begins + size].decode(), begins + size


def _size(data: bytes, start: int) -> tuple[int, int]:
    """Return a number, or how long a text or a list is that begins at a place, and where what it says begins."""
    size = data[start] & 31
    if size < ONE_BYTE:
        return size, start + 1
    end = start + 1 + (1 << (size - ONE_BYTE))
    return int.from_bytes(data[start + 1 : end]), end


def head(kind: int, size: int) -> bytes:
    """Return how a number, or a list so long, is begun: what `_size` reads."""
    if size < ONE_BYTE:
        return bytes([kind << 5 | size])
    power = (size > 0xFF) + (size > 0xFFFF)
    return bytes([kind << 5 | ONE_BYTE + power]) + size.to_bytes(1 << power)


def _write(folder: Path, ending: str, data: bytes, language: str) -> str:
    """Write CBOR under the name that its content gives it, and return what that says of its content."""
    packed = gzip.compress(MARK + data, compresslevel=6, mtime=0)
    name = f"{language}_{hashlib.sha256(packed).hexdigest()[:NAME_LENGTH]}"
    before = "pagefind." if ending == ".pf_meta" else ""
    (folder / f"{before}{name}{ending}").write_bytes(packed)
    return name


def read_part(path: Path) -> list[Any]:
    """Return what a file of an index holds: gzip, a mark, and CBOR."""
    part: list[Any] = cbor2.loads(_unpacked(path))
    return part


def _unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()).removeprefix(MARK)
