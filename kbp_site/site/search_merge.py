"""One search index out of its pieces: pages are numbered anew, words put in order, and parts cut.

Pagefind 1.5.2 puts words together until a part has 20,000 places, which is 20 to 60 KB for one word that a reader asks
for; here parts are small, and where one begins follows from the words near it, so that an edit changes few. Filters'
values go by the alphabet. A file is named by its content; that name stands in another (filter, part → meta → entry).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any, NamedTuple
from zlib import crc32

from kbp_site.site.search_files import Stored
from kbp_site.site.search_piece import Piece, Row
from kbp_site.site.search_words import Place, write_first, write_part, write_table, write_word

PART_SIZE = 16 * 1024
"""Bytes of a part, before it is packed: about 6 KB over the network. A part has one word at least."""

ANEW = 8
"""After how many parts, on average, a word begins one whatever stands before it."""

NAME_LENGTH = 10

Put = Callable[[Iterable[bytes]], Iterable[Stored]]
"""Keeps what files hold, and returns where, in the same order."""


class Merged(NamedTuple):
    """The index of a language: the name of its meta file, and all its files but fragments, by their paths."""

    name: str
    files: Mapping[str, Stored]


def merge(language: str, names: Sequence[str], pieces: Sequence[Piece], fields: Sequence[str], put: Put) -> Merged:
    """Merge the pieces of a language; ``names`` are those of all fragments, ``put`` keeps what a file is to hold."""
    parts, filters = list(merge_parts(pieces)), list(merge_filters(pieces))
    words = (fragment.words for piece in pieces for fragment in piece.fragments)
    files: dict[str, Stored] = {}

    def keep(path: str, tables: Iterable[bytes]) -> list[str]:
        kept = list(put(tables))
        called = [f"{language}_{stored.digest[:NAME_LENGTH]}" for stored in kept]
        files.update((path.format(name), stored) for name, stored in zip(called, kept, strict=True))
        return called

    part_files = keep("index/{}.pf_index", (data for _, _, data in parts))
    filter_files = keep("filter/{}.pf_filter", map(write_table, filters))
    meta = [
        pieces[0].entry["version"],
        list(zip(names, words, strict=True)),
        [(first, last, file) for (first, last, _), file in zip(parts, part_files, strict=True)],
        [(name, file) for (name, _), file in zip(filters, filter_files, strict=True)],
        [],
        fields,
    ]
    [name] = keep("pagefind.{}.pf_meta", [write_table(meta)])
    return Merged(name, files)


def name_fragments(language: str, pieces: Iterable[Piece]) -> list[str]:
    """Return a name for the fragment of every page, each another: a longer one where a short one is taken."""
    names: dict[str, None] = {}
    for piece in pieces:
        for digest, _, _ in piece.fragments:
            longer = (f"{language}_{digest[:length]}" for length in range(NAME_LENGTH, len(digest) + 1))
            names[next(name for name in longer if name not in names)] = None
    return list(names)


def merge_filters(pieces: Sequence[Piece]) -> Iterator[tuple[str, list[list[Any]]]]:
    """Yield filters as (name, rows of value and pages), by the alphabet."""
    found: dict[str, dict[str, list[int]]] = {}
    for piece, first in zip(pieces, first_pages(pieces), strict=False):
        for name, values in piece.filters.items():
            rows = found.setdefault(name, {})
            for value, pages in values.items():
                rows.setdefault(value, []).extend(first + page for page in pages)
    for name, rows in sorted(found.items()):
        yield name, [list(row) for row in sorted(rows.items())]


def merge_parts(pieces: Sequence[Piece]) -> Iterator[tuple[str, str, bytes]]:
    """Yield the parts of the whole as (first word, last word, bytes)."""
    size, names, words = 0, list[str](), list[bytes]()
    for name, word in merge_words(pieces):
        is_first = crc32(name.encode()) * ANEW * PART_SIZE < len(word) << 32
        if names and (is_first or (size + len(word)) // PART_SIZE > size // PART_SIZE):
            yield names[0], names[-1], write_part(words)
            names, words = [], []
        size = len(word) + (0 if is_first else size)
        names.append(name)
        words.append(word)
    if names:
        yield names[0], names[-1], write_part(words)


def merge_words(pieces: Sequence[Piece]) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of every word of the whole, by the alphabet."""
    firsts, spelt = list(first_pages(pieces)), merge_spellings(pieces)
    rows = heapq.merge(*(piece.rows(number) for number, piece in enumerate(pieces)))
    for name, said in groupby(rows, key=itemgetter(0)):
        yield name, _join(name, said, firsts, spelt.get(name, {}))


def _join(name: str, said: Iterable[Row], firsts: Sequence[int], spelt: Mapping[str, Sequence[Place]]) -> bytes:
    """Return a word with the pages of all pieces that say it: pages are written as steps from one to the next.

    All but the first step of a piece stays as it is written.
    """
    before, total, joined = 0, 0, list[bytes]()
    for _, number, pages, first, last, rest in said:
        if not pages:
            continue  # the word is said in its other spellings only
        joined += (write_first(firsts[number] + first - before), rest)
        before, total = firsts[number] + last, total + pages
    return write_word(name, total, joined, spelt)


def merge_spellings(pieces: Sequence[Piece]) -> dict[str, dict[str, list[Place]]]:
    """Return the other spellings of words, with where each stands in the whole."""
    spelt: dict[str, dict[str, list[Place]]] = {}
    for piece, first in zip(pieces, first_pages(pieces), strict=False):
        for name, spellings in piece.spelt.items():
            for spelling, places in spellings.items():
                found = spelt.setdefault(name, {}).setdefault(spelling, [])
                found.extend((first + number, at, told) for number, at, told in places)
    return spelt


def first_pages(pieces: Iterable[Piece]) -> Iterator[int]:
    """Yield the number in the whole of each piece's first page, and how many pages there are."""
    return accumulate((len(piece.fragments) for piece in pieces), initial=0)
