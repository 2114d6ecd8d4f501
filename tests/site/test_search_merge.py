"""One index out of several: it says what that of all documents together says, and words are found without reading."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import read_tree

from kbp_site.site import search_merge
from kbp_site.site.search_index import run_pagefind
from kbp_site.site.search_merge import (
    ENTRY,
    FIELDS,
    FILTERS,
    LIST,
    MARK,
    NUMBER,
    PAGES,
    PARTS,
    head,
    merge,
    read_part,
    words_of,
)

ANY = st.integers(-70_000, 70_000) | st.sampled_from([0x60, 0x83, -24, -25, 255, 256, 2**32 - 1])
SAID = st.lists(st.tuples(ANY, st.lists(ANY, max_size=30), st.lists(ANY, max_size=2)), max_size=30)
NAMES = st.text(min_size=1, max_size=20) | st.integers(20, 300).map("a".__mul__)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(NAMES, SAID, st.lists(st.tuples(NAMES, SAID), max_size=2)), min_size=1, max_size=30))
def test_the_words_of_a_part_are_found_without_reading_it(words: list[tuple[str, list[object], list[object]]]) -> None:
    data = cbor2.dumps([words])
    found = words_of(data)
    assert [(word.name, word.is_spelt) for word in found] == [(name, bool(spelt)) for name, _, spelt in words]
    assert [data[word.start : word.end] for word in found] == [cbor2.dumps(word) for word in words]


@pytest.mark.parametrize("size", [0, 23, 24, 255, 256, 65_535, 65_536])
def test_numbers_are_begun_as_cbor_has_it(size: int) -> None:
    assert head(NUMBER, size) == cbor2.dumps(size)
    assert head(LIST, size) + b"\xf6" * size == cbor2.dumps([None] * size)


WORDS = ["warga", "rapat", "café", "cafe", "jalan", "Jalan", "keluhan", "dikeluhkan", "résumé", "resume", "parit"]


def write_documents(folder: Path, numbers: range, *, also: str = "") -> Path:
    """Write documents of two languages with facets; ``also`` are a field's letters that every second has."""
    for number in numbers:
        chance = random.Random(number)
        language = "en" if number % 3 == 0 else "id"
        said = " ".join(chance.choices(WORDS, k=40))
        field = f'<i data-pagefind-meta="{also}:Rapat warga"></i>' if also and number % 2 else ""
        path = folder / f"k{number}" / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(
            f'<html lang="{language}"><body data-pagefind-body><h1>Kata {number}</h1>{field}'
            f'<i data-pagefind-filter="place:tempat {chance.randrange(9)}"></i><p>{said} {"ya " * (number % 2)}</p>'
        )
    return folder


def said_by(index: Path) -> dict[str, Any]:
    """Return what an index says, with every number replaced by what it means."""
    languages = json.loads((index / ENTRY).read_text())["languages"]
    return {language: said_in(index, row["hash"], row["page_count"]) for language, row in languages.items()}


def said_in(index: Path, name: str, count: int) -> list[Any]:
    """Return what an index says in a language."""
    meta = read_part(index / f"pagefind.{name}.pf_meta")
    assert count == len(meta[PAGES])
    packed = [(index / "fragment" / f"{file}.pf_fragment").read_bytes() for file, _ in meta[PAGES]]
    urls = [json.loads(gzip.decompress(each).removeprefix(MARK))["url"] for each in packed]

    def of_pages(pages: list[Any]) -> dict[Any, Any]:
        number, said = 0, {}
        for step, places, told in pages:
            number += step
            said[urls[number]] = (places, [meta[FIELDS][-1 - each] if each < 0 else each for each in told])
        assert len(said) == len(pages)
        return said

    words, filters = {}, {}
    for _, _, file in meta[PARTS]:
        for word, pages, spelt in read_part(index / "index" / f"{file}.pf_index")[0]:
            words[word] = (of_pages(pages), {spelling: of_pages(each) for spelling, each in spelt})
    for facet, file in meta[FILTERS]:
        rows = read_part(index / "filter" / f"{file}.pf_filter")[1]
        filters[facet] = {value: {urls[page] for page in pages} for value, pages in rows}
    return [dict(zip(urls, (words for _, words in meta[PAGES]), strict=True)), set(meta[FIELDS]), words, filters]


@pytest.mark.parametrize("also", ["", "abjad", "zaman"])
def test_the_index_of_pieces_says_what_that_of_all_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, also: str
) -> None:
    """A field that only some pieces have stands before the others by the alphabet, or behind them."""
    monkeypatch.setattr(search_merge, "PART_SIZE", 300)
    for name, numbers, field in (
        ("all", range(80), also), ("0", range(30), ""), ("1", range(30, 31), ""), ("2", range(31, 80), also)
    ):  # fmt: skip
        if name == "all" and also:
            write_documents(tmp_path / "documents all", range(31))
            write_documents(tmp_path / "documents all", range(31, 80), also=also)
        else:
            write_documents(tmp_path / f"documents {name}", numbers, also=field)
        run_pagefind(tmp_path / f"documents {name}", tmp_path / name)
    merge([tmp_path / "all"], tmp_path / "whole")
    merge([tmp_path / name for name in "012"], tmp_path / "merged")
    assert said_by(tmp_path / "merged") == said_by(tmp_path / "whole")
    assert len(list((tmp_path / "merged" / "index").iterdir())) > 10
    merge([tmp_path / name for name in "012"], tmp_path / "again")
    assert read_tree(tmp_path / "again") == read_tree(tmp_path / "merged")
