"""All files together: complete, the same every time, and holding nothing that is not public."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from small_sites import FULL, HIDDEN_WORDS, MakeLibrary, Plan

from kbp_site.content.library import Library
from kbp_site.outputs.export import export_all
from kbp_site.outputs.linked_data import linked_data, script
from kbp_site.outputs.open_data import PUBLIC_KINDS
from kbp_site.outputs.xml_text import add, document, root
from kbp_site.pages.page import path_of


def test_every_promised_file_is_there(full: Library, plan: Plan) -> None:
    assert set(dict(export_all(full, plan(full)))) == {
        "feed.xml", "feed.json", "calendar.ics", "sitemap.xml", "robots.txt", "manifest.webmanifest",
        "data/records.json", "data/places.geojson", "data/datapackage.json",
        *(f"data/{kind.FOLDER}.csv" for kind in PUBLIC_KINDS),
    }  # fmt: skip
    assert "data/consents.csv" not in dict(export_all(full, plan(full)))


@pytest.mark.parametrize("word", HIDDEN_WORDS)
def test_nothing_that_is_not_public_reaches_a_file(full: Library, plan: Plan, word: str) -> None:
    files = dict(export_all(full, plan(full)))
    data = [linked_data(full, entry, path_of(entry)) for entry in full.public if entry.record.PATH]
    files["pages"] = "\n".join(script(one) for one in data if one).encode()
    assert [path for path, content in files.items() if word.encode() in content] == []


def test_the_hidden_words_would_be_found(make_library: MakeLibrary, plan: Plan) -> None:
    revealed = {
        name: {**fields, "status": "published", "publish_on": ""}
        for name, fields in FULL.items()
        if not name.startswith("consents/")
    }
    library = make_library(revealed, is_sound=False)
    found = b"".join(dict(export_all(library, plan(library))).values()).decode()
    consents = {"Sekretaris", "izin-dicabut", "Wajah dicabut"}
    assert [word for word in HIDDEN_WORDS if word not in found and word not in consents] == []


def test_the_same_content_gives_the_same_bytes(make_library: MakeLibrary, plan: Plan) -> None:
    first = make_library(FULL, is_sound=False)
    second = make_library(dict(list(FULL.items())[::-1]), is_sound=False)
    assert dict(export_all(first, plan(first))) == dict(export_all(second, list(reversed(plan(second)))))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_xml_is_well_formed_whatever_is_said(words: str) -> None:
    feed = root("feed", "http://www.w3.org/2005/Atom")
    add(feed, "title", f"x{words}x", label=words)
    [title] = etree.fromstring(document(feed))
    said = title.text
    assert [c for c in said if c not in "\r\n"] == [c for c in f"x{words}x" if c in said and c not in "\r\n"]


@pytest.mark.parametrize("words", ["a & b", "<b>", "]]>", '"kutip"', "😀", "العربية", "dua\nbaris"])
def test_words_come_back_from_xml(words: str) -> None:
    feed = root("feed", "http://www.w3.org/2005/Atom")
    add(feed, "title", words)
    assert etree.fromstring(document(feed))[0].text == words


def test_what_xml_cannot_hold_is_left_out() -> None:
    feed = root("feed", "http://www.w3.org/2005/Atom")
    add(feed, "title", "a\x00b\x0bc\ufffe")
    assert etree.fromstring(document(feed))[0].text == "abc"
