"""The search index: Pagefind's program reads the thin documents, and its files go to `pagefind/` of the site.

The documents lie outside the site. An index is made again only when one of them changed.
"""

from __future__ import annotations

import gc
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import cbor2
from pagefind_bin import get_executable

from kbp_site.content.library import Library
from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.locale import LANGUAGES, Language, text
from kbp_site.outputs.search import Edition
from kbp_site.site.prepare import write_changed

FOLDER = "pagefind"
"""Where the index stands in the site; Pagefind takes the folder above it for the site's root."""

KEPT = ("pagefind.js", "pagefind-entry.json", "wasm.??.pagefind", "*.pf_meta")
"""What our page needs of the files that the program writes; the rest are interfaces of its own."""

MARK = b"pagefind_dcd"
"""What every file of an index begins with, once it is unpacked."""

PARTS, FILTERS = 2, 3
"""Where the names of the index's parts and of the filters' files stand in the meta file."""

PART_SIZE = 16 * 1024
"""Bytes of a part, before it is packed: about 6 KB over the network. A part has one word at least."""

NAME_LENGTH = 10

NUMBERS = re.compile(
    rb"(?>[\x00-\x17\x20-\x37\x80-\x97]++|[\x18\x38\x98].|[\x19\x39\x99]..|[\x1a\x3a\x9a].{4})*+", re.DOTALL
)
LIST_OF_3, TEXT, ONE_BYTE = 0x83, 3, 24
"""How CBOR (RFC 8949, 3) writes numbers and how lists begin; a list of three, a text, a size that stands apart."""

OF_A_LANGUAGE = re.compile(rf"[/.]({'|'.join(LANGUAGES)})[._]")
"""How the name of a file says that it serves one language: "fragment/id_….pf_fragment", "words.id.txt"."""


class Word(NamedTuple):
    """A word of an index: how it is written, and where it stands in its part."""

    name: str
    start: int
    end: int


def write_search(library: Library, site: Path, work: Path) -> None:
    """Write the index of a library's records below ``site``; ``work`` keeps documents and index between builds.

    Raises `KbpError` (exit 3) when Pagefind's program fails.
    """
    editions = [Edition.of(library, language) for language in library.languages]
    written = dict(_write_documents(editions, work / "documents"))
    key = hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()
    index, key_file = work / FOLDER, work / "key"
    if not (key_file.is_file() and key_file.read_text(encoding="ascii") == key):
        key_file.unlink(missing_ok=True)
        run_pagefind(work / "documents", index)
        for edition in editions:
            (index / f"words.{edition.language}.txt").write_bytes(edition.words())
        key_file.write_text(key, encoding="ascii")
    copy_search(work, site)


def copy_search(work: Path, site: Path) -> bool:
    """Copy the index that was made last to ``site``; false when none was."""
    if not (work / "key").is_file():
        return False
    shutil.copytree(work / FOLDER, site / FOLDER, dirs_exist_ok=True, copy_function=shutil.copyfile)
    return True


def serves(path: str, language: Language) -> bool:
    """Whether searching in a language needs the file at ``path`` of a site: its own, or one for all languages."""
    named = OF_A_LANGUAGE.search(path)
    return path.startswith(f"{FOLDER}/") and (named is None or named[1] == language)


def _write_documents(editions: Iterable[Edition], folder: Path) -> Iterator[tuple[str, str]]:
    """Write every document, remove those of before, and yield each one's name and fingerprint."""
    kept = set()
    for edition in editions:
        for name, html in edition.documents():
            kept.add(write_changed(folder / name, html))
            yield name, hashlib.sha256(html.encode()).hexdigest()
    for path in folder.rglob("*.html"):
        if path not in kept:
            path.unlink()


def run_pagefind(documents: Path, index: Path) -> None:
    """Index a folder of HTML into a new folder ``index``: the same bytes for the same documents."""
    shutil.rmtree(index, ignore_errors=True)
    made = index.with_name(f"{index.name}.new")
    shutil.rmtree(made, ignore_errors=True)
    settings = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command = [get_executable(), "--site", documents.resolve(), "--output-path", made.resolve(), "--silent"]
    try:
        # Pagefind reads settings from the folder that it runs in: there are none in ours.
        done = subprocess.run(command, cwd=documents, env=settings, capture_output=True, text=True, check=False)
    except OSError as error:
        message = text("Pagefind tidak dapat dijalankan: {reason}", reason=error)
        raise KbpError(message, exit_code=ExitCode.SYSTEM) from error
    if done.returncode:
        reason = (done.stderr or done.stdout).strip().partition("\n")[0] or str(done.returncode)
        raise KbpError(text("Pagefind gagal menyusun indeks: {reason}", reason=reason), exit_code=ExitCode.SYSTEM)
    with uncollected():
        put_in_order(made)
    kept = {path for pattern in KEPT for path in made.glob(pattern)}
    for path in made.iterdir():
        if path.is_file() and path not in kept:
            path.unlink()
    made.rename(index)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python's collector of circles from its work, where many lists are made that hold none.

    It looks through all that is alive, records included, so that its work grows with the square of the site.
    """
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()


def put_in_order(index: Path) -> None:
    """Put the values of filters in order, and cut the parts of the index smaller.

    Pagefind 1.5.2 writes a filter's values as a hash map happens to hold them, and puts words together
    until a part has 20,000 places, which is 20 to 60 KB for one word that a reader asks for. A file is named
    by its content, and that name stands in another (filter, part → meta → entry), so those change too.
    """
    entry_file = index / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text(encoding="utf-8"))
    for name, language in entry["languages"].items():
        meta_file = index / f"pagefind.{language['hash']}.pf_meta"
        meta = read_part(meta_file)
        parts = [index / "index" / f"{file}.pf_index" for _, _, file in meta[PARTS]]
        meta[PARTS] = [row for path in parts for row in _cut(path, name)]
        filters = [(facet, index / "filter" / f"{file}.pf_filter") for facet, file in meta[FILTERS]]
        meta[FILTERS] = [[facet, _replace(path, _ordered(read_part(path)), name)] for facet, path in sorted(filters)]
        language["hash"] = _replace(meta_file, meta, name)
    entry_file.write_text(json.dumps(entry, sort_keys=True, separators=(",", ":")), encoding="utf-8")


def _ordered(part: list[Any]) -> list[Any]:
    """Return a filter (its name, and rows of value and pages) with its values by the alphabet."""
    name, rows = part
    return [name, sorted(rows)]


def _cut(path: Path, language: str) -> Iterator[list[str]]:
    """Cut a part of the index (words by the alphabet), and yield each piece's first word, last word and name."""
    data = _unpacked(path)
    words = words_of(data)
    begun = words[0].start
    for _, piece in groupby(words, key=lambda word: (word.end - begun) // PART_SIZE):
        first, *others = piece
        last = others[-1] if others else first
        opening = cbor2.dumps([[None] * (1 + len(others))])[: -1 - len(others)]
        yield [first.name, last.name, _write(path, opening + data[first.start : last.end], language)]
    path.unlink()


def words_of(data: bytes) -> list[Word]:
    """Find the words of a part: each is a list of its name, its pages (numbers), and its spellings with theirs.

    Nothing is read but names: all but a thousandth of a part is numbers, and to read and write them takes as
    long as Pagefind does. A list that begins with a name is a word when it is of three, a spelling when of two.
    """
    found, at = [], _end_of_numbers(data, 0)
    while at < len(data):
        name, end = _text(data, at)
        if data[at - 1] == LIST_OF_3:
            found.append((name, at - 1))
        at = _end_of_numbers(data, end)
    ends = [*(start for _, start in found[1:]), len(data)]
    return [Word(name, start, end) for (name, start), end in zip(found, ends, strict=True)]


def _end_of_numbers(data: bytes, start: int) -> int:
    found = NUMBERS.match(data, start)
    return found.end() if found else start


def _text(data: bytes, start: int) -> tuple[str, int]:
    """Return a text that begins at a place, and where it ends."""
    kind, size = data[start] >> 5, data[start] & 31
    assert kind == TEXT, "a list holds numbers, lists and texts"
    begins = start + 1
    if size >= ONE_BYTE:
        begins += 1 << (size - ONE_BYTE)
        size = int.from_bytes(data[start + 1 : begins])
    return data[begins : begins + size].decode(), begins + size


def _replace(path: Path, part: list[Any], language: str) -> str:
    """Write a part anew in the place of an old one, and return what its name says of its content."""
    path.unlink()
    return _write(path, cbor2.dumps(part), language)


def _write(path: Path, data: bytes, language: str) -> str:
    """Write CBOR beside ``path`` under the name that its content gives it, and return that."""
    packed = gzip.compress(MARK + data, compresslevel=6, mtime=0)
    name = f"{language}_{hashlib.sha256(packed).hexdigest()[:NAME_LENGTH]}"
    before = "pagefind." if path.suffix == ".pf_meta" else ""
    path.with_name(f"{before}{name}{path.suffix}").write_bytes(packed)
    return name


def read_part(path: Path) -> list[Any]:
    """Return what a file of an index holds: gzip, a mark, and CBOR."""
    part: list[Any] = cbor2.loads(_unpacked(path))
    return part


def _unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()).removeprefix(MARK)
