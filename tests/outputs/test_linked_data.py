"""JSON-LD is read back out of HTML by programs that are not ours."""

from __future__ import annotations

import json
from typing import Any, cast

import extruct
import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF
from small_sites import NASTY, MakeLibrary, activity, visit

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.activities import Activity
from kbp_site.outputs.linked_data import linked_data, script
from kbp_site.pages.page import path_of

SITE = "https://kbp.example/situs/"
SCHEMA = Namespace("https://schema.org/")


def told(library: Library, name: str) -> dict[str, Any]:
    """Return what a record's page tells, as a search engine reads it."""
    entry = library.find(name)
    assert entry is not None
    data = linked_data(library, entry, path_of(entry))
    assert data is not None
    return read(script(data))


def read(line: str) -> dict[str, Any]:
    """Take the data out of a page made by the host's Markdown."""
    html = markdown.markdown(f"# Judul\n\nKata.\n\n{line}\n", extensions=["tables"])
    [found] = extruct.extract(f"<html><body>{html}</body></html>", syntaxes=["json-ld"])["json-ld"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("name", "type_", "path"),
    [
        ("activities/pasar", "Article", "kegiatan/pasar/"),
        ("lessons/sabar", "Article", "pelajaran/sabar/"),
        ("study_visits/rentang", "Event", "studi-banding/rentang/"),
        ("exhibitions/hari", "ExhibitionEvent", "pameran/hari/"),
        ("organizations/kbp", "Organization", "organisasi/kbp/"),
        ("places/selat", "Place", "tempat/selat/"),
        ("terms/blm", "DefinedTerm", "istilah/blm/"),
    ],
)
def test_each_kind_has_its_type_title_and_address(full: Library, name: str, type_: str, path: str) -> None:
    data, entry = told(full, name), full.find(name)
    assert entry is not None
    assert (data["@type"], data["name"], data["url"]) == (type_, entry.title, SITE + path)


def test_kinds_without_a_fitting_word_say_nothing(full: Library) -> None:
    for name in ("roles/mediator", "topics/air", "allocations/dana"):
        entry = full.find(name)
        assert entry is not None and linked_data(full, entry, path_of(entry)) is None


def test_an_article_tells_its_source_and_last_change(full: Library) -> None:
    data = told(full, "activities/pasar")
    assert data["headline"] == NASTY
    assert data["dateModified"] == "2026-02-03" and "datePublished" not in data
    assert data["temporalCoverage"] == "2006-08"
    assert data["creditText"] == "Tim penyusun"
    assert data["citation"] == [
        {"@type": "CreativeWork", "name": 'Laporan; "lama"', "url": "https://contoh.example/?a=1&b=2"}
    ]


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("2006-08-30/2006-09-01", ("2006-08-30", "2006-09-01")),
        ("2006-08-17", ("2006-08-17", "2006-08-17")),
        ("2006-08", ("2006-08", "2006-08")),
        ("2006~", (None, None)),
        ("unknown", (None, None)),
    ],
)
def test_an_event_has_no_day_that_nobody_knows(
    make_library: MakeLibrary, written: str, ends: tuple[str | None, str | None]
) -> None:
    data = told(make_library({"study_visits/a": visit(date=written)}), "study_visits/a")
    assert (data.get("startDate"), data.get("endDate")) == ends


def test_a_cancelled_visit_says_so(full: Library) -> None:
    assert told(full, "study_visits/batal")["eventStatus"] == SCHEMA.EventCancelled.toPython()
    assert told(full, "study_visits/rencana")["eventStatus"] == SCHEMA.EventScheduled.toPython()


def test_an_organizer_is_a_record_or_words_but_never_a_draft(full: Library) -> None:
    assert told(full, "exhibitions/hari")["organizer"][0]["name"] == "Panitia kabupaten"
    assert told(full, "study_visits/rentang")["organizer"][0]["@id"] == f"{SITE}organisasi/kbp/"
    assert "organizer" not in told(full, "exhibitions/tersembunyi")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own parser
def test_a_place_is_read_as_a_graph(full: Library) -> None:
    data = told(full, "places/selat") | {"@context": {"@vocab": str(SCHEMA)}}
    graph = Graph().parse(data=json.dumps(data), format="json-ld")
    place = URIRef(f"{SITE}tempat/selat/")
    geo = graph.value(place, SCHEMA.geo)
    assert (place, RDF.type, SCHEMA.Place) in graph
    assert float(str(graph.value(geo, SCHEMA.latitude))) == -2.9996
    assert float(str(graph.value(geo, SCHEMA.longitude))) == 114.3786
    assert (None, SCHEMA.value, Literal("0203040")) in graph


def test_a_place_in_another_points_to_it(full: Library) -> None:
    data = told(full, "places/desa")
    assert data["containedInPlace"] == [{"@type": "Place", "@id": f"{SITE}tempat/selat/", "name": "Selat"}]
    assert "geo" not in data


@pytest.mark.parametrize(("path", "type_"), [("", "WebSite"), ("istilah/", "DefinedTermSet"), ("data/", "Dataset")])
def test_sections_that_have_a_fitting_word(full: Library, path: str, type_: str) -> None:
    data = linked_data(full, None, path)
    assert data is not None
    assert read(script(data))["@type"] == type_ and data["url"] == SITE + path


def test_other_sections_say_nothing(full: Library) -> None:
    assert linked_data(full, None, "kegiatan/") is None


def test_a_record_that_is_not_public_says_nothing(make_library: MakeLibrary) -> None:
    library = make_library({"activities/konsep": activity(status="draft")})
    entry = cast("Entry[Activity]", library.by_key["activities", "konsep"])
    assert linked_data(library, entry, path_of(entry)) is None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_word_ends_the_script(words: str) -> None:
    line = script({"name": words})
    inside = line.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(inside) == {"name": words}
    assert not set(inside) & set("<>&\n\r\u2028\u2029")


@pytest.mark.parametrize(
    "words", ["</script><script>alert(1)</script>", "<!--", "]]>", "`*a*` &amp; {{ x }}", "a\n\n# b"]
)
def test_words_survive_the_page(words: str) -> None:
    assert read(script({"@type": "Thing", "name": words}))["name"] == words
