"""One index out of several pieces: it says what that of all documents together says, and changes where they do."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import cbor2
import pytest

from kbp_site.site import search_merge
from kbp_site.site.search_files import keep_packed
from kbp_site.site.search_merge import merge, merge_parts, name_fragments
from kbp_site.site.search_piece import ENTRY, Piece, make_piece, run_pagefind
from kbp_site.site.search_words import FIELDS, FILTERS, PAGES, PARTS, read_table, unpack

WORDS = ["warga", "rapat", "café", "cafe", "jalan", "Jalan", "keluhan", "dikeluhkan", "résumé", "resume", "parit"]
BODY = '<html lang="id"><body data-pagefind-body>'
TOLD = ("title", "zaman", "abjad")
Files = dict[str, bytes]


def write_documents(numbers: Iterable[int], *, also: str = "") -> list[tuple[str, str]]:
    """Write documents with facets; ``also`` is a field that every second has."""
    documents = []
    for number in numbers:
        chance = random.Random(number)
        said = " ".join(chance.choices(WORDS, k=40))
        field = f'<i data-pagefind-meta="{also}:Rapat warga"></i>' if also and number % 2 else ""
        html = (
            f"{BODY}<h1>Kata {number}</h1>{field}"
            f'<i data-pagefind-filter="place:tempat {chance.randrange(9)}"></i><p>{said} {"ya " * (number % 2)}</p>'
        )
        documents.append((f"k{number}/index.html", html))
    return documents


def piece_of(documents: Iterable[tuple[str, str]], folder: Path) -> tuple[Piece, Files]:
    """Return the piece of documents, and their fragments by SHA-256."""
    made = make_piece(documents, TOLD, folder)
    digests = (fragment.digest for fragment in made.piece.fragments)
    return made.piece, dict(zip(digests, made.fragments, strict=True))


def merged(pieces: Sequence[tuple[Piece, Files]], work: Path) -> Files:
    """Return the files of the index of pieces by their paths."""
    only = [piece for piece, _ in pieces]
    names = name_fragments("id", only)
    whole = merge("id", names, only, TOLD, partial(map, partial(keep_packed, work)))
    files = {path: (work / stored.path).read_bytes() for path, stored in whole.files.items()}
    packed = [data for _, each in pieces for data in each.values()]
    files |= {f"fragment/{name}.pf_fragment": data for name, data in zip(names, packed, strict=True)}
    return files | {ENTRY: json.dumps({"languages": {"id": {"hash": whole.name, "page_count": len(names)}}}).encode()}


def said_by(files: Files) -> list[Any]:
    """Return what an index says, with every number replaced by what it means."""
    [row] = json.loads(files[ENTRY])["languages"].values()
    meta = read_table(files[f"pagefind.{row['hash']}.pf_meta"])
    assert row["page_count"] == len(meta[PAGES])
    packed = [files[f"fragment/{file}.pf_fragment"] for file, _ in meta[PAGES]]
    urls = [json.loads(unpack(each))["url"] for each in packed]

    def of_pages(pages: list[Any]) -> dict[Any, Any]:
        number, said = 0, {}
        for step, places, told in pages:
            number += step
            said[urls[number]] = (places, [meta[FIELDS][-1 - each] if each < 0 else each for each in told])
        assert len(said) == len(pages)
        return said

    words, filters = {}, {}
    for _, _, file in meta[PARTS]:
        for word, pages, spelt in read_table(files[f"index/{file}.pf_index"])[0]:
            words[word] = (of_pages(pages), {spelling: of_pages(each) for spelling, each in spelt})
    for facet, file in meta[FILTERS]:
        rows = read_table(files[f"filter/{file}.pf_filter"])[1]
        filters[facet] = {value: {urls[page] for page in pages} for value, pages in rows}
    return [dict(zip(urls, (words for _, words in meta[PAGES]), strict=True)), words, filters]


@pytest.mark.parametrize("also", ["", "abjad", "zaman"])
def test_the_index_of_pieces_says_what_that_of_all_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, also: str
) -> None:
    """A field that only some pieces have stands before the others by the alphabet, or behind them."""
    monkeypatch.setattr(search_merge, "PART_SIZE", 300)
    few = [write_documents(range(30)), write_documents([30]), write_documents(range(31, 80), also=also)]
    whole = run_pagefind([document for documents in few for document in documents], tmp_path)
    pieces = [piece_of(documents, tmp_path) for documents in few]
    files = merged(pieces, tmp_path)
    assert said_by(files) == said_by(whole)
    assert sum(path.startswith("index/") for path in files) > 10
    assert merged(pieces, tmp_path / "anew") == files


def test_the_parts_of_an_index_are_small_and_hold_every_word_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_merge, "PART_SIZE", 200)
    words = [f"kata{a}{b}" for a in "abcdefghjk" for b in "abcdefghjk"]
    documents = [*write_documents(range(5)), ("x.html", f"{BODY}{' '.join(words)}")]
    parts = list(merge_parts([piece_of(documents, tmp_path)[0]]))
    held = [[word for word, *_ in cbor2.loads(data)[0]] for _, _, data in parts]
    assert [(part[0], part[-1]) for part in held] == [(first, last) for first, last, _ in parts]
    found = [word for part in held for word in part]
    assert found == sorted(set(found))
    assert set(words) <= set(found)
    assert len(parts) > 10
    assert max(len(data) for _, _, data in parts) < 400


def test_a_new_word_changes_only_the_parts_near_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_merge, "PART_SIZE", 100)
    words = " ".join(f"kata{number}" for number in range(1000, 2000))
    before, after = (
        {data for _, _, data in merge_parts([piece_of([("x.html", f"{BODY}{said}")], tmp_path)[0]])}
        for said in (words, f"{words} kata1002a")
    )
    assert len(before) > 100
    assert 0 < len(before - after) < 10 * search_merge.ANEW


def test_two_fragments_never_have_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pagefind names them by 28 bits: of 10,000 pages, two had the same in every sixth site."""
    monkeypatch.setattr(search_merge, "NAME_LENGTH", 1)
    piece, _ = piece_of(write_documents(range(40)), tmp_path)
    names = name_fragments("id", [piece])
    assert len(set(names)) == 40
    whole = (f"id_{fragment.digest}" for fragment in piece.fragments)
    assert all(digest.startswith(name) for name, digest in zip(names, whole, strict=True))
