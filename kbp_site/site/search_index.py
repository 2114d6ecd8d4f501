"""The search index: Pagefind's program reads the thin documents, and its files go to `pagefind/` of the site.

The documents lie outside the site, in pieces whose indexes become one (`search_merge.py`): so Pagefind's memory does
not grow with the site, and a piece is indexed again only when one of its documents changed.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path

from pagefind_bin import get_executable

from kbp_site.content.library import Library
from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.locale import LANGUAGES, Language, text
from kbp_site.outputs.search import Edition, findable
from kbp_site.site.prepare import write_changed
from kbp_site.site.search_merge import merge

FOLDER = "pagefind"
"""Where the index stands in the site; Pagefind takes the folder above it for the site's root."""

KEPT = ("pagefind.js", "wasm.??.pagefind")
"""What our page needs of the programs that Pagefind brings; the rest are interfaces of its own."""

RECIPE = ("2", version("pagefind_bin"))
"""How indexes are made: what is kept of one that was made otherwise is made again."""

AT_ONCE = 2_000
"""Documents of a piece, about: Pagefind's memory grows with what it reads, 0.14 MB a document."""

OF_A_LANGUAGE = re.compile(rf"[/.]({'|'.join(LANGUAGES)})[._]")
"""How the name of a file says that it serves one language: "fragment/id_….pf_fragment", "words.id.txt"."""


def write_search(library: Library, site: Path, work: Path) -> None:
    """Write the index of a library's records below ``site``; ``work`` keeps documents and index between builds.

    Raises `KbpError` (exit 3) when Pagefind's program fails.
    """
    editions = [Edition.of(library, language) for language in library.languages]
    written = _write_documents(editions, work / "documents")
    pieces = [work / "pieces" / str(number) for number in range(len(written))]
    for number, piece in enumerate(pieces):
        _make(piece, written[number], partial(run_pagefind, work / "documents" / str(number), piece))
    for old in set((work / "pieces").iterdir()) - {path for piece in pieces for path in (piece, _key_file(piece))}:
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    _make(work / FOLDER, written, partial(_write_index, editions, pieces, work / FOLDER))
    copy_search(work, site)


def _make(folder: Path, source: object, make: Callable[[], None]) -> None:
    """Make a folder, unless it was made of the same before."""
    key, file = hashlib.sha256(json.dumps([RECIPE, source], sort_keys=True).encode()).hexdigest(), _key_file(folder)
    if not (file.is_file() and file.read_text(encoding="ascii") == key):
        file.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        make()
        file.write_text(key, encoding="ascii")


def _key_file(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.key")


def _write_index(editions: Iterable[Edition], pieces: Sequence[Path], index: Path) -> None:
    """Write the index of all pieces, the programs that read it, and the words that slips are mended by."""
    with uncollected():
        merge(pieces, index)
    for path in {path.name: path for pattern in KEPT for piece in pieces for path in piece.glob(pattern)}.values():
        shutil.copyfile(path, index / path.name)
    for edition in editions:
        (index / f"words.{edition.language}.txt").write_bytes(edition.words())


def copy_search(work: Path, site: Path) -> bool:
    """Copy the index that was made last to ``site``; false when none was."""
    if not _key_file(work / FOLDER).is_file():
        return False
    shutil.copytree(work / FOLDER, site / FOLDER, dirs_exist_ok=True, copy_function=shutil.copyfile)
    return True


def serves(path: str, language: Language) -> bool:
    """Whether searching in a language needs the file at ``path`` of a site: its own, or one for all languages."""
    named = OF_A_LANGUAGE.search(path)
    return path.startswith(f"{FOLDER}/") and (named is None or named[1] == language)


def _write_documents(editions: Sequence[Edition], folder: Path) -> list[dict[str, str]]:
    """Write every document, remove those of before, and return for each piece its documents' fingerprints by name.

    Which piece a document is in follows from its name, so that an edit changes one of them.
    """
    count = sum(len(list(findable(edition.library))) for edition in editions)
    pieces: list[dict[str, str]] = [{} for _ in range(0, max(count, 1), AT_ONCE)]
    kept = set()
    for edition in editions:
        for name, html in edition.documents():
            number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) % len(pieces)
            kept.add(write_changed(folder / str(number) / name, html))
            pieces[number][name] = hashlib.sha256(html.encode()).hexdigest()
    for path in folder.rglob("*.html"):
        if path not in kept:
            path.unlink()
    return pieces


def run_pagefind(documents: Path, index: Path) -> None:
    """Index a folder of HTML into a new folder ``index``, as Pagefind does it."""
    documents.mkdir(parents=True, exist_ok=True)
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
