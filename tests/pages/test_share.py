"""What helps to pass a page on: the message, the citation, the address."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from few_records import MakeLibrary, Records, activity

from kbp_site.content.library import Library
from kbp_site.content.records.activities import Activity
from kbp_site.content.records.lessons import Lesson
from kbp_site.locale import Language
from kbp_site.pages.page import path_of
from kbp_site.pages.parts import View
from kbp_site.pages.render import render_page
from kbp_site.pages.share import SENTENCE_LIMIT, Share, first_sentence, share_of
from kbp_site.pages.story import plan_story

HOME = {"title": "KBP Contoh", "organization": "kbp", "url": "https://kbp.example/situs"}
STORY = activity(
    "Rapat & “temu” 100%",
    summary="Warga bertemu di Jl. Merdeka dan sepakat. Lalu pulang.",
    places=["desa"],
    credits={"author": "Warga"},
)
PLACE = {"title": "Desa Hulu", "status": "published", "level": "village"}
LESSON = {
    "title": "Dengar dulu",
    "status": "published",
    "learned_from": ["activities/a"],
    "context": "Ada.",
    "advice": "Dengar.",
    "because": "Perlu.",
}
RECORDS: Records = {"activities/a": STORY, "places/desa": PLACE, "lessons/dengar": LESSON}


def share_in(library: Library, kind: type[Activity] | type[Lesson] = Activity, language: Language = "id") -> Share:
    """Return what the first record of a kind needs to be passed on."""
    entry = library.of(kind)[0]
    return share_of(View(library, path_of(entry), language), entry)


def test_the_message_says_what_when_where_and_the_address_last(make_library: MakeLibrary) -> None:
    share = share_in(make_library({"site": HOME, **RECORDS}))
    parts = urlsplit(share.whatsapp)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "wa.me", "/")
    assert parse_qs(parts.query)["text"][0].splitlines() == [
        "Rapat & “temu” 100%",
        "2006 · Desa Hulu",
        "Warga bertemu di Jl. Merdeka dan sepakat.",
        "https://kbp.example/situs/kegiatan/a/",
    ]


@pytest.mark.parametrize(
    ("fields", "line"),
    [({"places": ["desa"]}, "Desa Hulu"), ({"places": []}, "Bazar · KBP Contoh")],
)
def test_a_date_that_is_not_known_is_left_out(fields: dict[str, object], line: str, make_library: MakeLibrary) -> None:
    share = share_in(make_library({**RECORDS, "site": HOME, "activities/a": {**STORY, "date": "unknown", **fields}}))
    assert share.message.splitlines()[1] == line
    assert share.citation == "“Rapat & “temu” 100%”. KBP Contoh"


def test_an_english_page_shares_its_own_address(make_library: MakeLibrary) -> None:
    share = share_in(make_library({"site": {**HOME, "languages": ["id", "en"]}, **RECORDS}), language="en")
    assert share.address == "https://kbp.example/situs/en/activities/a/"
    assert share.whatsapp.endswith("en%2Factivities%2Fa%2F")


def test_without_an_address_there_is_only_the_text(make_library: MakeLibrary) -> None:
    share = share_in(make_library(RECORDS))
    assert (share.whatsapp, share.address, share.code) == ("", "", None)
    assert share.message.endswith("sepakat.\n") and "\n\n" not in share.message


def test_a_lesson_says_whose_it_is(make_library: MakeLibrary) -> None:
    share = share_in(make_library({"site": HOME, **RECORDS}), Lesson)
    assert share.message.splitlines() == ["Dengar dulu", "Pelajaran · KBP Contoh"]


def test_the_citation_names_author_title_date_and_site(make_library: MakeLibrary) -> None:
    story, lesson = (share_in(make_library(RECORDS), kind) for kind in (Activity, Lesson))
    assert (story.author, story.citation) == ("Warga", "“Rapat & “temu” 100%” (2006). KBP Contoh")
    assert (lesson.author, lesson.citation) == ("", "“Dengar dulu”. KBP Contoh")


@pytest.mark.parametrize(
    ("summary", "sentence"),
    [
        ("Satu kalimat tanpa titik", "Satu kalimat tanpa titik"),
        ("Satu. Dua.", "Satu."),
        ("Benarkah? Ya.", "Benarkah?"),
        ("Uang BLM cair lewat BKM. Lalu habis.", "Uang BLM cair lewat BKM."),
        ("Drs. H. Anu dari Kec. Selat datang. Lalu pulang.", "Drs. H. Anu dari Kec. Selat datang."),
        ("Senilai Rp1.500.000 untuk jalan. Selesai.", "Senilai Rp1.500.000 untuk jalan."),
        ("Dua\nbaris. Lalu.", "Dua baris."),
        ("", ""),
    ],
)
def test_a_summary_is_cut_at_its_first_sentence(summary: str, sentence: str) -> None:
    assert first_sentence(summary) == sentence


def test_a_long_sentence_is_cut_at_a_words_end() -> None:
    cut = first_sentence("panjang, " * 40)
    assert len(cut) <= SENTENCE_LIMIT and cut.endswith("panjang…")


@pytest.mark.parametrize("words", ["<b>", '"x', "a`b", "baris\n\nkosong"])
def test_no_word_of_a_record_becomes_markup(make_library: MakeLibrary, words: str) -> None:
    """The block stands inside HTML that Markdown reads: no empty line, and nothing that would end an attribute."""
    library = make_library(RECORDS)
    page = plan_story(library, library.of(Activity)[0], "id")
    share = page.context["share"]
    assert isinstance(share, Share)
    message = f"{words}\n".replace("\n\n", "\n")
    markdown = render_page(
        replace(page, context={**page.context, "share": replace(share, message=message, citation=words)})
    )
    block = markdown[markdown.index('<section class="kbp-share"') : markdown.index("</section>")]
    assert "\n\n" not in block and "<b>" not in block and '="x' not in block
