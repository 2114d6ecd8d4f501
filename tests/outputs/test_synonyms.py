"""A page that uses one name is found by the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_sites import SITE, MakeLibrary

from kbp_site.outputs.synonyms import Synonyms, synonyms_of

GROUPS = [
    ("KBP", "Komunitas Belajar Perkotaan"),
    ("PS", "Pemetaan Swadaya", "pendataan warga"),
    ("keluhan", "pengaduan"),
]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Rapat KBP Kapuas", ["Komunitas Belajar Perkotaan"]),
        ("Sebuah komunitas belajar perkotaan.", ["KBP"]),
        ("Hasil Pemetaan Swadaya (PS)", ["PS", "pendataan warga", "Pemetaan Swadaya"]),
        ("Keluhan warga", ["pengaduan"]),
        ("Komunitas belajar", []),
        ("ps, catatan tambahan", []),
        ("", []),
    ],
)
def test_other_names_of_what_a_text_names(text: str, others: list[str]) -> None:
    assert list(Synonyms(GROUPS).others(text)) == others


def test_the_site_and_its_glossary_say_which_names_mean_the_same(make_library: MakeLibrary) -> None:
    library = make_library(
        {"terms/ksm": {"title": "KSM", "expansion": "Kelompok Swadaya", "definition": "Kelompok.", "also": ["grup"]}},
        site={**SITE, "search_synonyms": {"pameran": ["expo"]}},
    )
    synonyms = synonyms_of(library, "id")
    assert synonyms.others("Expo KSM") == ("pameran", "grup", "Kelompok Swadaya")


def test_a_name_of_marks_only_is_no_name() -> None:
    assert Synonyms([("–", "tanda")]).others("– tanda") == ("–",)


@given(st.text(), st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1))))
def test_any_text_can_be_looked_through(text: str, groups: list[tuple[str, str]]) -> None:
    others = Synonyms(groups).others(text)
    assert len(set(others)) == len(others)
    assert set(others) <= {name for group in groups for name in group}
