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
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

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

OF_A_LANGUAGE = re.compile(rf"[/.]({'|'.join(LANGUAGES)})[._]")
"""How the name of a file says that it serves one language: "fragment/id_….pf_fragment", "words.id.txt"."""


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
    [words] = read_part(path)
    written = [cbor2.dumps(word) for word in words]
    sizes = accumulate(map(len, written))
    pieces = groupby(zip(words, written, sizes, strict=True), key=lambda row: row[2] // PART_SIZE)
    for piece in (list(rows) for _, rows in pieces):
        # The words are joined as they are written: writing them again would take as long as Pagefind does.
        count = len(piece)
        opening = cbor2.dumps([[None] * count])[:-count]
        data = opening + b"".join(word for _, word, _ in piece)
        yield [piece[0][0][0], piece[-1][0][0], _write(path, data, language)]
    path.unlink()


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
    part: list[Any] = cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(MARK))
    return part
