"""The documents that are indexed: complete, at the pages' addresses, and nothing that is not public."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from small_sites import HIDDEN_WORDS, NASTY, SITE, MakeLibrary, activity

from kbp_site.content.library import Library
from kbp_site.outputs.search import END, SAID_AGAIN, SHOWN, Edition, cut, said_again
from kbp_site.outputs.wording import fold, plain, words

LONG = " ".join(f"kata{'abcdefghij'[number % 10]}{'abcdefghij'[number // 10 % 10]}" for number in range(300))


def documents(library: Library, language: str = "id") -> dict[str, LexborHTMLParser]:
    """Return every document of a language by its address."""
    edition = Edition.of(library, "en" if language == "en" else "id")
    return {name: LexborHTMLParser(html) for name, html in edition.documents()}


def text_of(document: LexborHTMLParser) -> str:
    """Return the words of a document, a paragraph a line."""
    return "\n".join(node.text() for node in document.css("h1, p"))


def facets(document: LexborHTMLParser, sort: str = "filter") -> list[str]:
    """Return what a document can be narrowed by, or (`meta`) what its card shows."""
    found = [node.attributes.get(f"data-pagefind-{sort}") for node in document.css("i")]
    return [value for value in found if value]


def test_every_public_record_with_a_page_has_a_document(full: Library) -> None:
    names = [f"{entry.record.PATH}/{entry.id}/index.html" for entry in full.public if entry.record.PATH]
    assert list(documents(full)) == names


def test_english_documents_stand_at_english_addresses(make_library: MakeLibrary) -> None:
    library = make_library({"activities/a": activity(title="Belajar")}, site={**SITE, "languages": ["id", "en"]})
    found = documents(library, "en")
    assert list(found) == ["en/activities/a/index.html", "en/organizations/kbp/index.html"]
    document = found["en/activities/a/index.html"]
    assert document.css_first("html").attributes["lang"] == "en"
    assert "language:id" in facets(document, "meta")
    assert "kind:Activities" in facets(document)


def test_an_english_place_is_found_by_its_indonesian_name_too(make_library: MakeLibrary) -> None:
    place = {"title": "Kabupaten Hulu", "status": "published", "level": "regency"}
    library = make_library(
        {"places/hulu": place, "places/hulu.en": {"title": "Hulu Regency"}}, site={**SITE, "languages": ["id", "en"]}
    )
    document = documents(library, "en")["en/places/hulu/index.html"]
    shown, after = text_of(document).split(END)
    assert "Kabupaten Hulu" in after and "Kabupaten" not in shown


@pytest.mark.parametrize("word", HIDDEN_WORDS)
def test_nothing_that_is_not_public_is_found(full: Library, word: str) -> None:
    edition = Edition.of(full, "id")
    assert word not in "".join(html for _, html in edition.documents())
    assert word.lower() not in edition.words().decode()


def test_a_document_says_what_the_record_says(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "activities/a": activity(
                title=NASTY, process="**Warga** [rapat](https://a.example) & makan.\n\n- satu", places=["desa"],
                roles=["penengah"], date="2005/2007", sources=[{"title": "Tidak dicari"}],
            ),
            "places/desa": {"title": "Desa Kecil", "level": "village", "part_of": "selat"},
            "places/selat": {"title": "Kecamatan Selat", "level": "district", "part_of": "kapuas"},
            "places/kapuas": {"title": "Kabupaten", "level": "regency"},
            "roles/penengah": {"title": "Penengah", "about": "Menengahi."},
        },
        site={**SITE, "region": "kapuas"},
    )  # fmt: skip
    document = documents(library)["kegiatan/a/index.html"]
    assert document.css_first("h1").text() == NASTY
    assert "Warga rapat & makan." in text_of(document)
    assert "Desa Kecil" in text_of(document)
    assert "Tidak dicari" not in text_of(document)
    assert facets(document) == [
        "kind:Kegiatan", "role:Penengah", "place:Desa Kecil", "place:Kecamatan Selat",
        "year:2005", "year:2006", "year:2007",
    ]  # fmt: skip
    assert facets(document, "meta") == ["kind:Bazar", "when:2005–2007", "where:Desa Kecil"]


def test_codes_and_other_names_are_found_and_not_shown(make_library: MakeLibrary) -> None:
    place = {
        "title": "Desa Kecil", "summary": "Di tepi sungai.", "level": "village", "code_kemendagri": "62.03.01.2011",
        "code_bps": "6203040015", "latitude": "-3.0", "longitude": "114.3", "point": "centroid",
        "point_source": "Titik tengah poligon.", "as_written": ["Ds. Kecil"],
    }  # fmt: skip
    term = {"title": "Garis kemiskinan", "definition": "Batas dalam rupiah.", "also": ["GK"]}
    found = documents(make_library({"places/kecil": place, "terms/gk": term, "activities/a": activity()}))
    shown, _, hidden = text_of(found["tempat/kecil/index.html"]).partition(END)
    assert shown.split() == ["Desa", "Kecil", "Di", "tepi", "sungai."]
    assert {"62.03.01.2011", "6203040015", "Ds.", "poligon."} <= set(hidden.split())
    assert "menengah" not in hidden
    shown, _, hidden = text_of(found["istilah/gk/index.html"]).partition(END)
    assert shown.split() == ["Garis", "kemiskinan", "Batas", "dalam", "rupiah."]
    assert "GK" in hidden


def test_the_name_of_a_place_is_not_found_by_forms_of_its_words(make_library: MakeLibrary) -> None:
    places = {
        "places/kalteng": {"title": "Kalimantan Tengah", "level": "province"},
        "places/kapuas": {"title": "Kapuas", "level": "regency", "part_of": "kalteng", "summary": "Menengahi."},
    }
    found = documents(make_library({**places, "activities/a": activity(process="Di Kalimantan Tengah.")}))
    forms = {name: words(text_of(document).partition(END)[2]) for name, document in found.items()}
    assert "menengah" not in forms["tempat/kalteng/index.html"] + forms["kegiatan/a/index.html"]
    assert "tengah" in forms["tempat/kapuas/index.html"]


def test_english_words_have_no_indonesian_forms(make_library: MakeLibrary) -> None:
    records = {"activities/a": activity(title="Community work")}
    edition = Edition.of(make_library(records, site={**SITE, "languages": ["id", "en"]}), "en")
    assert edition.families.relatives("community") == ()


def test_relatives_and_other_names_come_after_what_is_shown(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "activities/a": activity(title="Mengunjungi KOTAKU", process="Kunjungan."),
            "terms/kotaku": {"title": "KOTAKU", "expansion": "Kota Tanpa Kumuh", "definition": "Program."},
        }
    )
    shown, _, hidden = text_of(documents(library)["kegiatan/a/index.html"]).partition(END)
    assert "kunjung" not in words(shown)
    assert "kunjung" in words(hidden)
    assert "Kota Tanpa Kumuh" in hidden
    assert "kotaku_" in hidden


def test_a_long_text_is_found_by_all_of_its_words_and_shown_in_part(make_library: MakeLibrary) -> None:
    library = make_library({"activities/a": activity(process=LONG)})
    shown, _, hidden = text_of(documents(library)["kegiatan/a/index.html"]).partition(END)
    assert len(words(shown)) < SHOWN + 10
    assert set(LONG.split()) <= set(words(f"{shown} {hidden}"))


@given(st.lists(st.text("ab \n", max_size=600), max_size=4))
def test_cutting_loses_no_word(texts: list[str]) -> None:
    shown, every = " ".join(cut(texts)).split(), " ".join(texts).split()
    assert shown == every[:SHOWN]
    assert words(" ".join(every))[: len(words(" ".join(shown)))] == words(" ".join(shown))


@given(st.lists(st.sampled_from("abcd"), max_size=9), st.lists(st.sampled_from("abcd"), max_size=9))
def test_no_word_is_said_more_often_than_it_counts(seen: list[str], more: list[str]) -> None:
    said = [*seen, *said_again(seen, more)]
    for word in set(more):
        wanted = min([*seen, *more].count(word), max(SAID_AGAIN, seen.count(word)))
        assert said.count(word) == wanted


def test_the_words_are_counted_by_records(make_library: MakeLibrary) -> None:
    library = make_library({f"activities/a{number}": activity(title="Rapat é") for number in range(5)})
    lines = Edition.of(library, "id").words().decode().splitlines()
    assert lines == sorted(lines)
    assert "rapat3" in lines
    assert all(re.fullmatch(r"[^\W\d_]{3,}[1-9]", line) for line in lines)


@pytest.mark.parametrize(
    ("prose", "said"),
    [
        ("**Tebal** dan _miring_", "Tebal dan miring"),
        ("### Judul\n\n> kutipan", "Judul kutipan"),
        ("1. satu\n2. dua\n   - tiga", "satu dua tiga"),
        ("| a | b |\n|---|:-:|\n| c | d |", "a b c d"),
        ("[kata](https://a.example) lain", "kata lain"),
        ("a &amp; b", "a & b"),
        ("berbeda-beda", "berbeda-beda"),
    ],
)
def test_markdown_is_taken_off(prose: str, said: str) -> None:
    assert " ".join(plain(prose).split()) == said


def test_accents_and_capitals_do_not_matter() -> None:
    assert fold("Café ÉCOLE Ａ") == "cafe ecole a"
