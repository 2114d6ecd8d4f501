"""Prose becomes nodes: its words and its form, and nothing that a typesetter could run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbp_site.kiosk.press.prose import address_in_words, nodes_of, parse, words_of


def test_headings_never_skip_a_level() -> None:
    nodes = nodes_of("### Satu\n\n##### Dalam\n\nTeks.\n\n### Dua")
    assert [node["level"] for node in nodes if not isinstance(node, str) and "level" in node] == [3, 4, 3]


def test_a_link_on_paper_tells_its_address() -> None:
    (paragraph,) = nodes_of("Baca [laporannya](https://contoh.id/laporan/) di situs.")
    assert words_of([paragraph]) == "Baca laporannya (contoh.id/laporan) di situs."


def test_a_link_that_is_its_address_is_not_told_twice() -> None:
    (paragraph,) = nodes_of("Lihat [contoh.id](https://contoh.id/).")
    assert words_of([paragraph]) == "Lihat contoh.id."


def test_tables_and_lists_keep_their_order() -> None:
    nodes = nodes_of("1. satu\n2. dua\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert [node["tag"] for node in nodes if not isinstance(node, str)] == ["ol", "table"]
    assert words_of(nodes) == "satuduaab12"


@pytest.mark.parametrize(
    ("address", "words"),
    [("https://x.id/", "x.id"), ("mailto:kantor@x.id", "kantor@x.id"), ("http://x.id/a?b=1", "x.id/a?b=1")],
)
def test_addresses_in_words(address: str, words: str) -> None:
    assert address_in_words(address) == words


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"])))
def test_words_come_through_as_they_are(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert words_of(parse(f"<p>{escaped}</p>")) == words
