"""How Pagefind 1.5.2 writes an index: files of CBOR (RFC 8949), of which words are found without reading their places.

All but a thousandth of a part is numbers, and to read and write them takes as long as Pagefind does.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import cbor2

MARK = b"pagefind_dcd"
"""What every file of an index begins with, once it is unpacked."""

VERSION, PAGES, PARTS, FILTERS, _, FIELDS = range(6)
"""What stands in the meta file: pages as (fragment, words), parts as (first word, last word, file), filters as
(name, file), and the names of what pages tell beside their text."""

NUMBER, TEXT, LIST, ONE_BYTE, LIST_OF_3 = 0, 3, 4, 24, 0x83
"""How CBOR writes numbers and how lists begin: kinds, the first size that stands apart, a list of 3."""

PLAIN = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4})"
BEGUN = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})"
NUMBERS = re.compile(
    rb"(?>[\x00-\x17\x20-\x37\x80-\x97]++|[\x18\x38\x98].|[\x19\x39\x99]..|[\x1a\x3a\x9a].{4})*+", re.DOTALL
)
PAGE = re.compile(rb"\x83(%s)(?:%s(?>%s)*+){2}" % (PLAIN, BEGUN, PLAIN), re.DOTALL)
"""A page that says a word: the step to it from the page before, its places, and what it tells there."""

Place = tuple[int, list[int], list[int]]
"""Where a page says a word: the page's number, its places, and what it tells there."""


class Word(NamedTuple):
    """A word: how many pages say it, the first and last of them, and what is written after the step to the first.

    ``spelt`` are its other spellings, with where each stands.
    """

    name: str
    pages: int
    first: int
    last: int
    rest: bytes
    spelt: Mapping[str, Sequence[Place]]


def read_words(part: bytes, fields: Mapping[int, int]) -> Iterator[Word]:
    """Yield the words of a part; ``fields`` are what the numbers of its fields become, where they become others."""
    for name, end, data, is_spelt in words_of(part):
        said, spelt = data[end:-1], dict[str, Sequence[Place]]()  # at the end stands that there are no spellings
        if is_spelt or fields:
            _, pages, spellings = cbor2.loads(data)
            said = cbor2.dumps([[step, places, _renamed(told, fields)] for step, places, told in pages])
            spelt = {spelling: list(_placed(each, fields)) for spelling, each in spellings}
        count, begins = _size(said, 0)
        steps = PAGE.findall(said, begins)
        assert len(steps) == count, f"every page of {name!r} is a step, its places, and what it tells"
        written = b"".join(steps)
        # Most steps are below 24, written as one byte; where all are, there is nothing to read.
        last = sum(written) if len(written) == count else sum(_size(step, 0)[0] for step in steps)
        first = steps[0] if steps else b"\0"  # a word may be said in its other spellings only
        yield Word(name, count, _size(first, 0)[0], last, said[begins + 1 + len(first) :], spelt)


def _placed(pages: Iterable[Any], fields: Mapping[int, int]) -> Iterator[Place]:
    number = 0
    for step, places, told in pages:
        number += step
        yield number, places, _renamed(told, fields)


def _renamed(told: Sequence[int], fields: Mapping[int, int]) -> list[int]:
    """Return what a page tells; a field is named by a number below zero before its places."""
    return [-1 - fields.get(-1 - each, -1 - each) if each < 0 else each for each in told]


class Found(NamedTuple):
    """A word in a part: its name, its bytes, where in them its name ends, and whether it has other spellings."""

    name: str
    end: int
    data: bytes
    is_spelt: bool


def words_of(part: bytes) -> list[Found]:
    """Find the words of a part: each is a list of its name, its pages (numbers), and its spellings with theirs.

    Nothing is read but names. A list that begins with a name is a word when it is of three, a spelling when of two.
    """
    found: list[tuple[str, int, int]] = []
    spelt: set[int] = set()
    at = _end_of_numbers(part, 0)
    while at < len(part):
        name, end = _text(part, at)
        if part[at - 1] == LIST_OF_3:
            found.append((name, at - 1, end))
        else:
            spelt.add(len(found) - 1)
        at = _end_of_numbers(part, end)
    ends = [*(start for _, start, _ in found[1:]), len(part)]
    rows = enumerate(zip(found, ends, strict=True))
    return [Found(name, end - start, part[start:last], each in spelt) for each, ((name, start, end), last) in rows]


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


def write_word(name: str, count: int, pages: Iterable[bytes], spelt: Mapping[str, Iterable[Place]]) -> bytes:
    """Return a word as a part holds it; ``pages`` are the bytes of those that say it."""
    named = name.encode()
    begun = (bytes([LIST_OF_3]), head(TEXT, len(named)), named, head(LIST, count))
    spellings = [[spelling, list(_stepped(places))] for spelling, places in sorted(spelt.items())]
    return b"".join([*begun, *pages, cbor2.dumps(spellings) if spellings else head(LIST, 0)])


def write_first(step: int) -> bytes:
    """Return how a page begins that stands so many pages behind the one before; the rest of a `Word` follows."""
    return bytes([LIST_OF_3]) + head(NUMBER, step)


def _stepped(places: Iterable[Place]) -> Iterator[list[Any]]:
    before = 0
    for number, *said in places:
        yield [number - before, *said]
        before = number


def write_part(words: Sequence[bytes]) -> bytes:
    """Return a part of words as `write_word` gave them."""
    return head(LIST, 1) + head(LIST, len(words)) + b"".join(words)


def write_table(rows: Sequence[Any]) -> bytes:
    """Return a meta file or a filter, as CBOR."""
    return cbor2.dumps(rows)


def pack(data: bytes) -> bytes:
    """Return a file of an index that holds CBOR: the same bytes for the same."""
    return gzip.compress(MARK + data, compresslevel=6, mtime=0)


def unpack(packed: bytes) -> bytes:
    """Return what a file of an index holds."""
    return gzip.decompress(packed).removeprefix(MARK)


def read_table(packed: bytes) -> list[Any]:
    """Return what a file of an index holds, read as CBOR."""
    table: list[Any] = cbor2.loads(unpack(packed))
    return table
