"""The glossary in texts: the first use of a term on a page carries its meaning, and nothing else does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from few_records import MakeLibrary

from kbp_site.pages.parts import View
from kbp_site.pages.terms import Annotator

TERMS: dict[str, dict[str, Any]] = {
    "terms/kbp": {"title": "KBP", "expansion": "Komunitas *Belajar* Perkotaan", "definition": "Wadah belajar."},
    "terms/ps": {"title": "PS", "definition": "Pendataan warga.", "also": ["Pemetaan Swadaya", "pemetaan"]},
    "terms/swadaya": {"title": "Swadaya", "definition": "Sumbangan warga.", "confidence": "low"},
    "terms/raskin": {"title": "Raskin (beras miskin)", "definition": "Beras bersubsidi."},
    "terms/draf": {"title": "Rahasia", "definition": "Belum terbit.", "status": "draft"},
}


@pytest.fixture
def annotator(make_library: MakeLibrary) -> Annotator:
    """Return an annotator of a story's page."""
    terms = {name: {"status": "published", **fields} for name, fields in TERMS.items()}
    return Annotator(View(make_library(terms), "kegiatan/x/", "id"))


def marked(annotator: Annotator, prose: str) -> str:
    """Return prose with each marked term as "‹id:words›"."""
    pattern = r'<a class="kbp-term" id="baca-([a-z-]+)" href="#istilah-\1" title="[^"]*">([^<]*)</a>'
    return re.sub(pattern, r"‹\1:\2›", annotator.prose(prose))


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("KBP datang. KBP pulang.", "‹kbp:KBP› datang. KBP pulang."),
        ("kbp dan Kbp bukan singkatan", "kbp dan Kbp bukan singkatan"),
        ("Ikut pemetaan swadaya, lalu PS", "Ikut ‹ps:pemetaan swadaya›, lalu PS"),
        ("pemetaan\nswadaya", "‹ps:pemetaan swadaya›"),
        ("|pemetaan|swadaya|", "|‹ps:pemetaan›|‹swadaya:swadaya›|"),
        ("pemetaan, swadaya", "‹ps:pemetaan›, ‹swadaya:swadaya›"),
        ("PS saja sudah cukup, P tidak", "‹ps:PS› saja sudah cukup, P tidak"),
        ("keswadayaan dan swadaya-murni", "keswadayaan dan swadaya-murni"),
        ("(Swadaya).", "(‹swadaya:Swadaya›)."),
        ("**KBP** dan *swadaya*", "**‹kbp:KBP›** dan *‹swadaya:swadaya›*"),
        ("[KBP](https://kbp.example/KBP) lalu KBP", "[KBP](https://kbp.example/KBP) lalu ‹kbp:KBP›"),
        ("[KBP][a] dan [KBP]\n\n[KBP]: https://x.example", "[KBP][a] dan [KBP]\n\n[KBP]: https://x.example"),
        ("[tentang\nKBP](https://x.example)", "[tentang\nKBP](https://x.example)"),
        ("### KBP\n\nKBP", "### KBP\n\n‹kbp:KBP›"),
        ("`KBP` KBP\n\nhttps://x.example/KBP KBP", "`KBP` KBP\n\nhttps://x.example/KBP ‹kbp:KBP›"),
        ("[a](java&#9;script:x//KBP( ya", "[a](java&#9;script:x//KBP( ya"),
        ("Raskin dibagi", "‹raskin:Raskin› dibagi"),
        ("Rahasia", "Rahasia"),
        ("", ""),
    ],
)
def test_the_first_use_is_marked(annotator: Annotator, prose: str, expected: str) -> None:
    assert marked(annotator, prose) == expected


@pytest.mark.parametrize("name", ["Écoute", "Сбор", "Dayak Ngaju", "ñ77"])
def test_a_name_of_any_letters_is_found(make_library: MakeLibrary, name: str) -> None:
    """Most paragraphs are passed over at a glance; one that holds a name never is."""
    terms = {"terms/x": {"title": name, "definition": "Wadah belajar.", "status": "published"}}
    annotator = Annotator(View(make_library(terms), "kegiatan/x/", "id"))
    assert marked(annotator, f"tanpa nama\n\n“dan”_{name}…") == f"tanpa nama\n\n“dan”_‹x:{name}›…"


def test_a_term_is_marked_once_a_page(annotator: Annotator) -> None:
    assert "kbp-term" in annotator.prose("KBP")
    assert "kbp-term" not in annotator.prose("KBP lagi")


def test_the_meaning_is_the_link_s_title(annotator: Annotator) -> None:
    assert 'title="Komunitas &#42;Belajar&#42; Perkotaan"' in annotator.prose("KBP")


def test_meanings_are_told_by_term_with_their_doubt(annotator: Annotator) -> None:
    annotator.prose("Swadaya, KBP")
    told = [(meaning.term, meaning.is_uncertain, meaning.link.href) for meaning in annotator.meanings()]
    assert told == [("KBP", False, "../../istilah/kbp/"), ("Swadaya", True, "../../istilah/swadaya/")]
