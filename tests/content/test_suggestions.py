"""What was probably meant: near words, labels, and otherwise all there is."""

from __future__ import annotations

import pytest

from kbp_site.content.suggestions import Guess, Names, guess, guess_called, id_like, suggest

LABELS = {"solved": "Selesai", "partly": "Selesai sebagian", "open": "Belum selesai"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("solvd", 'mungkin maksudnya "solved"'),
        ("Selesai sebagian", 'mungkin maksudnya "partly"'),
        ("belum selesay", 'mungkin maksudnya "open"'),
        ("xyz", "pilihan yang ada: solved (Selesai), partly (Selesai sebagian), open (Belum selesai)"),
    ],
)
def test_a_label_means_its_value(written: str, said: str) -> None:
    assert suggest(written, list(LABELS), LABELS).say("id") == said


def test_choices_are_said_in_the_language_that_asks() -> None:
    assert suggest("xyz", ["yes"], {"yes": "Selesai"}).say("en") == "choices: yes (Settled)"


def test_without_labels_the_values_stand_alone() -> None:
    assert suggest("xyz", ["check", "build"]).say("id") == "pilihan yang ada: check, build"


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("Solved", ["solved", "partly"], Guess("solved", is_sure=True)),
        ("“solved”,", ["solved", "partly"], Guess("solved", is_sure=True)),
        ("field visit", ["field_visit", "field_facilitation"], Guess("field_visit", is_sure=True)),
        ("sumary", ["summary", "status"], Guess("summary", is_sure=True)),
        ("recognizable", ["recognisable", "unrecognisable"], Guess("recognisable", is_sure=False)),
        ("dana-jalan-2005", ["dana-jalan-2006", "dana-jalan-2007"], Guess("dana-jalan-2006", is_sure=False)),
        ("dana-jalan-2007", ["dana-jalan-2006", "x"], Guess("dana-jalan-2006", is_sure=False)),
        ("dana-jalann-2006", ["dana-jalan-2006", "x"], Guess("dana-jalan-2006", is_sure=True)),
        ("kbp-barito-timur", ["kbp-barito-utara", "x"], Guess("kbp-barito-utara", is_sure=False)),
        ("kecamatan-selat", ["kecamatan-selatan"], Guess("kecamatan-selatan", is_sure=False)),
        ("kelompok-a", ["kelompok-b"], Guess("kelompok-b", is_sure=False)),
        ("kecamatan-selta", ["kecamatan-selat"], Guess("kecamatan-selat", is_sure=True)),
        ("kbpcontoh", ["kbp-contoh"], Guess("kbp-contoh", is_sure=True)),
        ("xyz", ["solved"], None),
        ("x", [], None),
    ],
)
def test_only_one_that_is_clearly_nearest_is_sure(written: str, known: list[str], meant: Guess | None) -> None:
    assert guess(written, known) == meant


def test_the_nearest_of_many_names_is_found_by_beginning_and_by_ending() -> None:
    names = Names([f"kegiatan-{n:04d}" for n in range(5000)] + ["rembug-warga", "pasar-warga"])
    assert names.guess("rembug-wagra") == Guess("rembug-warga", is_sure=True)
    assert names.guess("xembug-warga") == Guess("rembug-warga", is_sure=True)
    assert names.guess("zzz") is None and Names([]).guess("a") is None
    assert [id_like(name) for name in ("Kota Contoh", "É_b.", "…")] == ["kota-contoh", "e-b", ""]


@pytest.mark.parametrize(
    "written", ["sumur-lma", "Sumur lama dibuka kembali", "sumur lama di buka", "activities/sumur_lama"]
)
def test_a_value_is_meant_by_any_of_its_names(written: str) -> None:
    meant = "activities/sumur-lama"
    names = {meant: [meant, "sumur-lama", "Sumur lama dibuka kembali"], "activities/parit": ["parit"]}
    near = guess_called(written, names)
    assert near and near.value == meant
    assert guess_called("qqq", names) is None
