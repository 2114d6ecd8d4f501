"""The parts of pages: what a page says in another language than its own is marked as such."""

from __future__ import annotations

from dataclasses import replace

import pytest
from few_records import SITE, MakeLibrary, activity
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kbp_site.locale import Language
from kbp_site.pages.plan import plan_pages
from kbp_site.pages.render import render_page

MARK = "WARTA"
"""Stands in every text below that has no English; nothing that the program says holds it."""

SOURCE = {
    "title": f"Judul {MARK}",
    "url": "https://sumber.example/a",
    "author": f"Penulis {MARK}",
    "publisher": f"Penerbit {MARK}",
    "accessed": "2026-11-01",
    "note": f"Catatan {MARK}",
}
ENVELOPE = {
    "sources": [SOURCE],
    "credits": {"author": f"Tim {MARK}"},
    "corrections": [{"on": "2026-11-02", "what": f"Diubah {MARK}", "why": f"Sebab {MARK}"}],
}
CLAIM = {"about": "Orang", "stated_total": "5", "status": "single_source"}
ENGLISH = {
    "title": "Story",
    "summary": "Short.",
    "process": "On.",
    "claims": [{"about": "People"}],
    "follow_ups": [{"what": "Later"}],
}
RECORDS = {
    "site": {**SITE, "languages": ["id", "en"]},
    "places/desa": {
        "title": f"Desa {MARK}",
        "status": "published",
        "level": "village",
        "latitude": "-3.0",
        "longitude": "114.0",
        "point_source": f"Dihitung {MARK}",
        "as_written": [f"Ds. {MARK}"],
    },
    "places/desa.en": {"title": "Village"},
    "organizations/kbp": {
        "title": "KBP",
        "short": f"K {MARK}",
        "status": "published",
        "kind": "kbp",
        "contact": {"office": f"Balai {MARK}"},
    },
    "organizations/kbp.en": {"title": "KBP"},
    "activities/a": activity(**ENVELOPE, claims=[CLAIM], follow_ups=[{"what": "Nanti"}], places=["desa"]),
    "activities/a.en": ENGLISH,
    "activities/b": activity(
        f"Dua {MARK}",
        summary=f"Ringkas {MARK}",
        process=f"Jalan {MARK}",
        parties=[f"Warga {MARK}"],
        participants={"total": "3", "groups": [f"Pemuda {MARK}"]},
        funding=[{"source": f"Kas {MARK}"}],
        follow_ups=[{"what": f"Nanti {MARK}", "who": f"Ketua {MARK}", "due": "2027"}],
    ),
}


def spoken_language(node: LexborNode | None) -> str:
    """Return the language that a node's words are marked as; nothing where it is the page's."""
    while node is not None:
        if language := node.attributes.get("lang"):
            return language
        node = node.parent
    return ""


def told(markdown: str, mark: str) -> list[tuple[str, str]]:
    """Return the texts that hold a mark, each with the language that it is marked as."""
    body = markdown.replace("<!--kbp:id-->", '<div lang="id">').replace("<!--kbp:/-->", "</div>")
    tree = LexborHTMLParser(body.partition("---\n")[2].partition("---\n")[2])
    assert tree.body is not None
    texts = [(node.text_content or "", node.parent) for node in tree.body.traverse(include_text=True)]
    return [(text.strip(), spoken_language(parent)) for text, parent in texts if mark in text]


@pytest.mark.parametrize(("language", "marked"), [("en", "id"), ("id", "")])
@pytest.mark.parametrize("path", ["kegiatan/a/", "kegiatan/b/", "tempat/desa/", "organisasi/kbp/", ""])
def test_what_has_no_english_is_marked_as_indonesian(
    path: str, language: Language, marked: str, make_library: MakeLibrary
) -> None:
    pages = plan_pages(make_library(RECORDS))
    page = next(page for page in pages if (page.path, page.language) == (path, language))
    found = told(render_page(replace(page, crumbs=())), MARK)
    assert found and [row for row in found if row[1] != marked] == []


def test_every_meaning_leads_back_to_where_its_term_was_read(make_library: MakeLibrary) -> None:
    terms = {
        f"terms/{name}": {"title": name.upper(), "status": "published", "definition": "x"} for name in ("blm", "bkm")
    }
    library = make_library({**terms, "activities/a": activity(process="BLM dan BKM. Lalu BLM lagi.")})
    page = next(page for page in plan_pages(library) if page.path == "kegiatan/a/")
    tree = LexborHTMLParser(render_page(page))
    back = {link.attributes["href"]: link.attributes["aria-label"] for link in tree.css(".kbp-back a")}
    assert back == {"#baca-bkm": "Kembali ke bacaan: BKM", "#baca-blm": "Kembali ke bacaan: BLM"}
    assert [node.attributes["id"] for node in tree.css("a.kbp-term")] == ["baca-blm", "baca-bkm"]
