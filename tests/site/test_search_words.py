"""Words of an index's parts are found without reading them, and written as CBOR has it."""

from __future__ import annotations

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbp_site.site.search_words import (
    LIST,
    NUMBER,
    head,
    pack,
    read_table,
    read_words,
    words_of,
    write_first,
    write_word,
)

ANY = st.integers(-70_000, 70_000) | st.sampled_from([0x60, 0x83, -24, -25, 255, 256, 2**32 - 1])
STEP = st.integers(0, 70_000)
SAID = st.lists(st.tuples(STEP, st.lists(ANY, max_size=30), st.lists(ANY, max_size=2)), max_size=30)
NAMES = st.text(min_size=1, max_size=20) | st.integers(20, 300).map("a".__mul__)
WORDS = st.lists(st.tuples(NAMES, SAID, st.lists(st.tuples(NAMES, SAID), max_size=2)), min_size=1, max_size=30)


@settings(deadline=None, max_examples=10)
@given(WORDS)
def test_the_words_of_a_part_are_found_without_reading_it(words: list[tuple[str, list[object], list[object]]]) -> None:
    found = words_of(cbor2.dumps([words]))
    assert [(word.name, word.is_spelt) for word in found] == [(name, bool(spelt)) for name, _, spelt in words]
    assert [word.data for word in found] == [cbor2.dumps(word) for word in words]


@settings(deadline=None, max_examples=10)
@given(WORDS)
def test_a_word_is_written_as_it_was_read(
    words: list[tuple[str, list[tuple[int, object, object]], list[object]]],
) -> None:
    for word, (name, pages, spelt) in zip(read_words(cbor2.dumps([words]), {}), words, strict=True):
        steps = [step for step, _, _ in pages]
        assert (word.name, word.pages, word.first, word.last) == (name, len(pages), sum(steps[:1]), sum(steps))
        joined = [write_first(7), word.rest] if pages else []
        written = cbor2.loads(write_word(name, word.pages, joined, word.spelt))
        assert written[:2] == cbor2.loads(cbor2.dumps([name, [*((7, *page[1:]) for page in pages[:1]), *pages[1:]]]))
        assert bool(written[2]) == bool(spelt)


def test_a_field_gets_the_number_that_it_has_among_all() -> None:
    spelt = [["café", [[3, [5], [-1, 9]]]]]
    [word] = read_words(cbor2.dumps([[["cafe", [[1, [2], [-2, 4]], [2, [5], [-1, 9]]], spelt]]]), {0: 2, 1: 0})
    written = cbor2.loads(write_word(word.name, word.pages, [write_first(word.first), word.rest], word.spelt))
    assert written == ["cafe", [[1, [2], [-1, 4]], [2, [5], [-3, 9]]], [["café", [[3, [5], [-3, 9]]]]]]


@pytest.mark.parametrize("size", [0, 23, 24, 255, 256, 65_535, 65_536])
def test_numbers_are_begun_as_cbor_has_it(size: int) -> None:
    assert head(NUMBER, size) == cbor2.dumps(size)
    assert head(LIST, size) + b"\xf6" * size == cbor2.dumps([None] * size)


def test_a_file_is_packed_the_same_every_time() -> None:
    assert pack(b"\x81\x01") == pack(b"\x81\x01")
    assert read_table(pack(b"\x81\x01")) == [1]
