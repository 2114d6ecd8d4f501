"""Forms of one root find each other, whichever is written and whichever is asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbp_site.outputs.families import Families, forms, nasal, roots, stem

FAMILIES = [
    "belajar pembelajaran pelajaran mempelajari mengajar",
    "kunjung kunjungan mengunjungi dikunjungi berkunjung pengunjung",
    "latih latihan pelatihan melatih dilatih",
    "tengah menengahi penengah ditengahi",
    "data mendata pendataan didata pendata",
    "dana pendanaan mendanai didanai",
    "damping mendampingi pendamping pendampingan didampingi",
    "susun menyusun penyusunan penyusun disusun susunan",
    "tulis menulis penulis penulisan ditulis tulisan tertulis",
    "suluh penyuluhan penyuluh menyuluh",
    "pamer pameran memamerkan dipamerkan",
    "pinjam meminjam peminjam pinjaman dipinjam meminjamkan",
    "peta pemetaan memetakan dipetakan",
    "sepakat menyepakati kesepakatan disepakati",
    "tanya bertanya menanyakan pertanyaan ditanyakan",
    "cair pencairan mencairkan dicairkan",
    "mekar pemekaran dimekarkan memekarkan",
    "keluh keluhan mengeluh mengeluhkan dikeluhkan",
    "rencana merencanakan perencanaan direncanakan berencana",
    "catat mencatat pencatatan tercatat catatan",
    "hitung menghitung perhitungan dihitung penghitungan",
    "selesai menyelesaikan penyelesaian diselesaikan",
    "kelola mengelola pengelola pengelolaan dikelola",
    "pakai memakai pemakaian dipakai",
    "kumpul mengumpulkan terkumpul perkumpulan berkumpul",
    "kenal memperkenalkan mengenal pengenalan dikenal",
    "banding membandingkan perbandingan dibandingkan",
    "tanggulang menanggulangi penanggulangan ditanggulangi",
    "terima menerima penerima penerimaan diterima",
    "bantu membantu bantuan dibantu",
    "libat melibatkan dilibatkan terlibat",
    "sambung menyambung menyambungkan disambung",
    "timbang menimbang pertimbangan ditimbang",
    "gesek gesekan bergesekan",
    "selisih perselisihan berselisih",
    "temu bertemu pertemuan menemukan ditemukan temuan",
    "kembang mengembangkan pengembangan berkembang perkembangan",
    "tawar menawarkan penawaran ditawarkan",
    "turun menurunkan penurunan diturunkan",
    "putus memutuskan keputusan diputuskan",
]
"""Words of one root each, as the community writes them."""

STRANGERS = [("warga", "harga"), ("desa", "dana"), ("kota", "kata"), ("peran", "pameran"), ("belajar", "bela")]

SITE = Families(word for family in FAMILIES for word in family.split())
PAIRS = [pair for family in FAMILIES for pair in permutations(family.split(), 2)]
letters = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20)


def finds(asked: str, written: str, families: Families) -> bool:
    """Whether Pagefind, which compares stems, finds a written word by another."""
    return stem(asked) in {stem(form) for form in (written, *families.relatives(written))}


@pytest.mark.parametrize(("asked", "written"), PAIRS)
def test_a_form_is_found_by_every_other(asked: str, written: str) -> None:
    assert finds(asked, written, SITE)


def test_stems_alone_would_not_do() -> None:
    found = sum(stem(asked) == stem(written) for asked, written in PAIRS)
    assert found < 0.7 * len(PAIRS)


@pytest.mark.parametrize(("asked", "written"), STRANGERS)
def test_words_of_other_roots_do_not_find_each_other(asked: str, written: str) -> None:
    families = Families([asked, written])
    assert not finds(asked, written, families)
    assert not finds(written, asked, families)


@pytest.mark.parametrize(
    ("asked", "written"),
    [("kunjungan", "mengunjungi"), ("mengunjungi", "kunjungan"), ("tulisan", "menulis"), ("tengah", "penengah")],
)
def test_a_swallowed_letter_is_given_back_where_no_other_word_helps(asked: str, written: str) -> None:
    assert finds(asked, written, Families([written]))


@pytest.mark.parametrize(
    ("root", "form"),
    [
        ("kunjung", "mengunjung"), ("tulis", "menulis"), ("susun", "menyusun"), ("pakai", "memakai"),
        ("bantu", "membantu"), ("data", "mendata"), ("ajar", "mengajar"), ("hitung", "menghitung"),
        ("latih", "melatih"), ("program", "memprogram"),
    ],
)  # fmt: skip
def test_the_nasal_follows_the_first_letter(root: str, form: str) -> None:
    assert f"me{nasal(root)}" == form
    assert root in roots(form)


@pytest.mark.parametrize(
    ("text", "inflected"),
    [
        ("Di Kalimantan Tengah.", "."),
        ("Kalimantan Tengah, lalu di tengah warga", ", lalu di tengah warga"),
        ("Tengah hari", "Tengah hari"),
        ("Warga Selat Tengah menengahi", "Warga menengahi"),
        ("Kalimantan\nTengah", "Kalimantan\nTengah"),
        ("Komunitas Belajar Perkotaan", "Komunitas Belajar Perkotaan"),
    ],
)
def test_the_names_of_places_have_no_forms(text: str, inflected: str) -> None:
    families = Families([], ["Kalimantan Tengah", "di Selat Tengah"])
    assert families.inflected(text).strip() == inflected


def test_words_that_the_site_does_not_say_have_no_forms() -> None:
    assert Families(["rapat"]).relatives("community") == ()


@given(letters)
def test_any_word_has_a_root_and_forms(word: str) -> None:
    families = Families([word])
    assert len(families.relatives(word)) < len(list(forms("kunjung")))
    assert stem(word) not in {stem(form) for form in families.relatives(word)}


@given(st.lists(letters, max_size=8))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    one, other = Families(words), Families(reversed(words))
    assert [one.relatives(word) for word in words] == [other.relatives(word) for word in words]


def test_many_threads_stem_as_one_does() -> None:
    """Documents are made in several threads, and Snowball's program holds the word that it is at."""
    words = [form for family in FAMILIES for root in family.split()[:1] for form in forms(root)] * 40
    stem.cache_clear()
    alone = list(map(stem, words))
    with ThreadPoolExecutor(8) as executor:
        for _ in range(5):
            stem.cache_clear()
            assert list(executor.map(stem, words, chunksize=1)) == alone
