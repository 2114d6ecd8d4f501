"""How a text begins, in plain words."""

from __future__ import annotations

import pytest

from kbp_site.pages.openings import LIMIT, opening


@pytest.mark.parametrize(
    ("prose", "words"),
    [
        ("Satu kalimat.", "Satu kalimat."),
        ("Satu.\nDua.\n\nParagraf lain.", "Satu. Dua."),
        ("### Judul\n\n- butir\n\n> kutipan\n\n1. nomor\n\nIsi *tebal* dan `kode`.", "Isi tebal dan kode."),
        ("Lihat [situs kami](https://contoh.id/a) dulu.", "Lihat situs kami dulu."),
        ("Pastikan dahulu. Ada tiga hal:\n\n- satu", "Pastikan dahulu."),
        ("Ada tiga hal:\n\n- satu", "Ada tiga hal…"),
        ("- hanya\n- daftar", ""),
        (r"Harga 5\*3 naik.", "Harga 5*3 naik."),
    ],
)
def test_the_first_paragraph_in_plain_words(prose: str, words: str) -> None:
    assert opening(prose) == words


def test_as_many_sentences_as_fit() -> None:
    sentence = "Kalimat ini cukup panjang untuk diukur di sini. "
    assert opening(sentence * 9) == (sentence * 3).strip()
    assert len(opening(sentence * 9)) <= LIMIT


def test_one_endless_sentence_is_cut_at_a_word() -> None:
    cut = opening("kata " * 200)
    assert cut.endswith("kata…") and len(cut) <= 2 * LIMIT
