"""The search index: Pagefind's program reads the thin documents, and its files go to `pagefind/` of the site.

Documents are in pieces whose indexes become one (`search_merge.py`): so Pagefind's memory does not grow with the site,
and a piece is indexed again only when one of its documents changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

from kbp_site.content.library import Library
from kbp_site.content.shelves import read_own, uncollected, write_own, write_whole
from kbp_site.content.workers import run
from kbp_site.locale import LANGUAGES, Language
from kbp_site.outputs.search import TOLD, Edition
from kbp_site.site.search_documents import Document, Finding, find
from kbp_site.site.search_files import FILES, Stored, keep, keep_packed, lay, remove_others
from kbp_site.site.search_merge import merge, name_fragments
from kbp_site.site.search_piece import ENTRY, Fragment, Piece, make_piece

FOLDER = "pagefind"
"""Where the index stands in the site; Pagefind takes the folder above it for the site's root."""

RECIPE = ("3", version("pagefind_bin"))
"""How indexes are made: what is kept of one that was made otherwise is made again."""

AT_ONCE = 200
"""Documents of a piece at most: to index them again takes a third of a second."""

PIECES, LISTING = "pieces", "listing"
"""Where the cache keeps pieces, and which files the index has."""

OF_A_LANGUAGE = re.compile(rf"[/.]({'|'.join(LANGUAGES)})[._]")
"""How the name of a file says that it serves one language: "fragment/id_….pf_fragment", "words.id.txt"."""


@dataclass(frozen=True)
class Listing:
    """The files of an index by their paths below its folder, and the fingerprint of what they were made of."""

    made_of: str
    files: Mapping[str, Stored]


class Share(NamedTuple):
    """The documents of a piece, by the SHA-256 of their addresses, and the fingerprint of all that it follows from."""

    documents: Sequence[Document]
    key: str


def write_search(library: Library, site: Path, work: Path) -> None:
    """Write the index of a library's records below ``site``; ``work`` keeps what it is made of between builds.

    Raises `KbpError` (exit 3) when Pagefind's program fails.
    """
    findings = [find(Edition.of(library, language)) for language in library.languages]
    lay(make_index(findings, work), work, site)


def make_index(findings: Sequence[Finding], work: Path, *, jobs: int | None = None) -> dict[str, Stored]:
    """Make the index of what can be found, and return its files by their paths in the site.

    So many programs work at once as there are ``jobs``, or processors. Raises as `write_search` does.
    """
    with uncollected():
        return _below_site(_list(findings, work, jobs))


def copy_search(work: Path, site: Path) -> bool:
    """Copy the index that was made last to ``site``; false when none was."""
    if (listing := _read_listing(work)) is None:
        return False
    lay(_below_site(listing), work, site)
    return True


def _below_site(listing: Listing) -> dict[str, Stored]:
    return {f"{FOLDER}/{path}": stored for path, stored in listing.files.items()}


def _list(findings: Sequence[Finding], work: Path, jobs: int | None) -> Listing:
    """Return which files the index has, and let the cache hold these and no others."""
    shares = [list(cut(finding.language, finding.documents)) for finding in findings]
    keys = [share.key for each in shares for share in each]
    made_of = _digest([keys, [hashlib.sha256(finding.words).hexdigest() for finding in findings]])
    listing = _read_listing(work)
    if listing and listing.made_of == made_of:
        return listing
    with ThreadPoolExecutor(jobs or os.cpu_count()) as executor:
        pieces = [list(run(executor, _piece, [(work, share) for share in each])) for each in shares]
        listing = Listing(made_of, dict(_files(findings, shares, pieces, work, executor)))
    write_own(work / LISTING, listing)
    remove_others(work, {PIECES, FILES, LISTING})
    remove_others(work / PIECES, {name for key in keys for name in (key, _fragments(key))})
    remove_others(work / FILES, {Path(stored.path).name for stored in listing.files.values()})
    return listing


def _read_listing(work: Path) -> Listing | None:
    with suppress(Exception):  # whatever is wrong with it: the index is made again
        listing: Listing = read_own(work / LISTING, classes=(Listing, Stored))
        ends = {
            stored.path: stored.end for stored in listing.files.values()
        }  # the last of each file's is where it ends
        if all((work / path).stat().st_size == end for path, end in ends.items()):
            return listing
    return None


def serves(path: str, language: Language) -> bool:
    """Whether searching in a language needs the file at ``path`` of a site: its own, or one for all languages."""
    named = OF_A_LANGUAGE.search(path)
    return path.startswith(f"{FOLDER}/") and (named is None or named[1] == language)


def cut(language: Language, documents: Iterable[Document]) -> Iterator[Share]:
    """Yield the shares of documents of a language: one at least, and none of more than `AT_ONCE`.

    They stand by the SHA-256 of their addresses, and where one begins follows from these alone: so an edit changes one
    share, and a document that is new or gone cuts at most one anew.
    """
    rows = sorted((hashlib.sha256(document.name.encode()).digest(), document) for document in documents)
    for few in _halves(rows, 0, 0) if rows else [[]]:
        told = [(document.name, document.digest) for _, document in few]
        yield Share([document for _, document in few], _digest([RECIPE, TOLD, language, told]))


def _halves(
    rows: Sequence[tuple[bytes, Document]], begin: int, depth: int
) -> Iterator[Sequence[tuple[bytes, Document]]]:
    """Yield rows in groups of those that begin with the same bits, as few bits as it takes; ``begin`` are these."""
    if len(rows) <= AT_ONCE:
        if rows:
            yield rows
        return
    middle = begin << 1 | 1
    border = (middle << 255 - depth).to_bytes(32)
    at = bisect_left(rows, border, key=lambda row: row[0])
    yield from _halves(rows[:at], begin << 1, depth + 1)
    yield from _halves(rows[at:], middle, depth + 1)


def _digest(told: object) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _fragments(key: str) -> str:
    return f"{key}.fragments"


def _piece(work: Path, share: Share) -> Piece:
    """Return the piece of a share: as it was kept, or made and kept.

    Its fragments are kept beside it, one behind the other: what is packed so can be unpacked as one.
    """
    path, beside = work / PIECES / share.key, work / PIECES / _fragments(share.key)
    with suppress(Exception):  # whatever is wrong with it: it is made again
        kept: Piece = read_own(path, classes=(Piece, Fragment))
        is_whole = beside.stat().st_size == sum(fragment.size for fragment in kept.fragments)
        if is_whole and all((work / FILES / digest).is_file() for digest in kept.programs.values()):
            return kept
    (work / PIECES).mkdir(parents=True, exist_ok=True)
    documents = ((document.name, document.html()) for document in share.documents)
    piece, fragments, programs = make_piece(documents, TOLD)
    for data in programs.values():
        keep(work, data)
    write_whole(beside, b"".join(fragments))
    write_own(path, piece)
    return piece


def _files(
    findings: Sequence[Finding],
    shares: Sequence[Sequence[Share]],
    pieces: Sequence[Sequence[Piece]],
    work: Path,
    executor: Executor,
) -> Iterator[tuple[str, Stored]]:
    """Yield the files of the index that pieces make, by their paths below its folder."""
    languages: dict[str, object] = {}
    for finding, cuts, every in zip(findings, shares, pieces, strict=True):
        language = finding.language
        for name, digest in every[0].programs.items():
            yield name, Stored(digest, f"{FILES}/{digest}", 0, (work / FILES / digest).stat().st_size)
        yield f"words.{language}.txt", keep(work, finding.words)
        if finding.documents:
            names = name_fragments(language, every)
            yield from _fragment_files(names, cuts, every)
            merged = merge(language, names, every, TOLD, partial(executor.map, partial(keep_packed, work)))
            yield from merged.files.items()
            languages[language] = {**every[0].of_language, "hash": merged.name, "page_count": len(names)}
    entry = {**pieces[0][0].entry, "languages": languages}
    yield ENTRY, keep(work, json.dumps(entry, sort_keys=True, separators=(",", ":")).encode())


def _fragment_files(
    names: Iterable[str], shares: Iterable[Share], pieces: Iterable[Piece]
) -> Iterator[tuple[str, Stored]]:
    """Yield the fragments of a language, which stand one behind the other beside their piece."""
    name = iter(names)
    for share, piece in zip(shares, pieces, strict=True):
        places = pairwise(accumulate((fragment.size for fragment in piece.fragments), initial=0))
        for fragment, (start, end) in zip(piece.fragments, places, strict=True):
            stored = Stored(fragment.digest, f"{PIECES}/{_fragments(share.key)}", start, end)
            yield f"fragment/{next(name)}.pf_fragment", stored
