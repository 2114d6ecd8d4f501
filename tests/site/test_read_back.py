"""What the built site tells programs is read back by parsers that are not ours, and compared with the records."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import extruct
import feedparser
import html5lib
import pytest
from copies import PROJECT, TESTS
from frictionless import Package, system
from icalendar import Calendar
from lxml import etree
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF
from running import DAY

from kbp_site.content.library import Entry, Library
from kbp_site.content.load import load
from kbp_site.content.records.activities import Activity
from kbp_site.content.records.base import Envelope
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.content.records.lessons import Lesson
from kbp_site.content.records.observances import Observance
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.places import Place
from kbp_site.content.records.study_visits import StudyVisit
from kbp_site.content.records.terms import Term
from kbp_site.locale import Language
from kbp_site.site.clock import read_clock

SCHEMA = Namespace("https://schema.org/")
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
TYPES = {
    Activity: "Article",
    Lesson: "Article",
    StudyVisit: "Event",
    Exhibition: "ExhibitionEvent",
    Organization: "Organization",
    Place: "Place",
    Term: "DefinedTerm",
}
ENGLISH = {
    "kegiatan": "activities", "studi-banding": "study-visits", "pameran": "exhibitions", "pelajaran": "lessons",
    "dana": "funding", "organisasi": "organizations", "tempat": "places", "peran": "roles", "istilah": "glossary",
    "topik": "topics",
}  # fmt: skip


@dataclass(frozen=True)
class Head:
    """What a page's head says: its language, and the values of its meta and link elements."""

    language: str
    title: str
    meta: Mapping[str, str]
    canonical: str
    editions: Mapping[str, str]


class BuiltSite:
    """A built site, and the records that it was built from."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder, self.library = folder, library
        self.url = f"{(library.site.url or '').rstrip('/')}/"

    def addresses(self, language: Language) -> Iterator[tuple[str, Entry[Envelope]]]:
        """Yield where each public record stands, and the record."""
        for entry in self.library.public:
            if path := entry.record.PATH:
                yield (f"{path}/{entry.id}/" if language == "id" else f"en/{ENGLISH[path]}/{entry.id}/"), entry

    def html(self, address: str) -> str:
        """Return a page."""
        return (self.folder / address / "index.html").read_text(encoding="utf-8")

    @cached_property
    def heads(self) -> Mapping[str, Head]:
        """Every page's head by its address, but for those at old paths and 404."""
        found = {}
        for path in sorted(self.folder.rglob("index.html")):
            head = read_head(path.read_text(encoding="utf-8"))
            if head.meta.get("robots") != "noindex":
                found[path.relative_to(self.folder).as_posix().removesuffix("index.html")] = head
        return found

    @cached_property
    def told(self) -> Mapping[str, list[dict[str, Any]]]:
        """The linked data of every page by its address."""
        return {address: read_data(self.html(address)) for address in self.heads}

    def graph(self, language: str) -> Graph:
        """Return all that the pages of a language say; copies of pages of another language are left out."""
        own = [address for address, head in self.heads.items() if head.canonical == self.url + address]
        nodes = [
            {name: value for name, value in node.items() if name != "@context"}
            for address in own
            if self.heads[address].language == language
            for node in self.told[address]
        ]
        document = {"@context": {"@vocab": str(SCHEMA)}, "@graph": nodes}
        return Graph().parse(data=json.dumps(document), format="json-ld")


def read_head(html: str) -> Head:
    """Read a page's head as a browser does."""
    tree = html5lib.parse(html.partition("</head>")[0], namespaceHTMLElements=False)
    metas = {meta.get("property") or meta.get("name"): meta.get("content") for meta in tree.iter("meta")}
    links = [dict(link.attrib) for link in tree.iter("link")]
    [canonical] = [link["href"] for link in links if link["rel"] == "canonical"]
    editions = {link["hreflang"]: link["href"] for link in links if "hreflang" in link}
    return Head(tree.get("lang"), tree.find(".//title").text, metas, canonical, editions)


def read_data(html: str) -> list[dict[str, Any]]:
    """Read a page's linked data as a search engine does."""
    found: list[dict[str, Any]] = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
    return found


@pytest.fixture(scope="module", params=["full", "real"])
def site(request: pytest.FixtureRequest, built: Path, real_site: Path) -> BuiltSite:
    """Give a built site: the tests' own, and the real one."""
    if request.param == "full":
        folder, root, today = built, TESTS / "sites" / "full", date.fromisoformat(DAY)
    else:
        folder, root, today = real_site, PROJECT, read_clock({}, PROJECT)
    library = load(root, today=today).library
    assert library is not None
    return BuiltSite(folder, library)


def test_every_record_has_a_page_that_names_it(site: BuiltSite) -> None:
    for language in site.library.languages:
        for address, entry in site.addresses(language):
            head, record = site.heads[address], entry.said(language)
            assert head.language == language
            assert head.meta["og:title"] == record.title, address
            assert head.title.startswith(f"{record.title} – ")
            if record.summary and not isinstance(record, Term):
                assert head.meta["description"].startswith(record.summary[:100]), address


def test_heads_agree_with_themselves(site: BuiltSite) -> None:
    assert len(site.heads) > 50
    for address, head in site.heads.items():
        original = site.heads[head.canonical.removeprefix(site.url)]
        assert head.meta["og:url"] == head.canonical == original.canonical, address
        assert head.meta["og:description"] == head.meta["description"] != "", address
        assert head.meta["og:locale"].partition("_")[0] == head.language
        assert head.meta["og:site_name"] == site.library.site_entry.said("en" if head.language == "en" else "id").title


def test_editions_name_each_other(site: BuiltSite) -> None:
    assert [head for head in site.heads.values() if len(head.editions) == 2]
    for address, head in site.heads.items():
        if head.editions:
            assert head.editions[head.language] == site.url + address == head.canonical
        for language, target in head.editions.items():
            other = site.heads[target.removeprefix(site.url)]
            assert (other.language, other.editions) == (language, head.editions), address


def test_the_sitemap_lists_every_page_once_and_no_copy(site: BuiltSite) -> None:
    listed = [found.text for found in etree.parse(site.folder / "sitemap.xml").iterfind("s:url/s:loc", SITEMAP)]
    assert sorted(listed) == sorted({head.canonical for head in site.heads.values()})
    robots = (site.folder / "robots.txt").read_text(encoding="utf-8")
    assert f"Sitemap: {site.url}sitemap.xml\n" in robots


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.FOLDER)
def test_a_page_says_what_its_record_is(site: BuiltSite, kind: type[Envelope]) -> None:
    assert site.library.of(kind)
    for language in site.library.languages:
        for address, entry in site.addresses(language):
            if isinstance(entry.record, kind):
                node, way = site.told[address]
                record = entry.said(language)
                assert node["@type"] == TYPES[kind]
                assert (node["name"], node["url"]) == (record.title, site.heads[address].canonical)
                assert way["@type"] == "BreadcrumbList"


def test_kinds_without_a_fitting_word_say_only_where_they_stand(site: BuiltSite) -> None:
    others = [address for address, entry in site.addresses("id") if type(entry.record) not in TYPES]
    assert others
    for address in others:
        assert [node["@type"] for node in site.told[address]] in ([], ["BreadcrumbList"])


def test_the_way_from_home_is_the_one_that_readers_see(site: BuiltSite) -> None:
    for address, nodes in site.told.items():
        for node in nodes:
            if node["@type"] == "BreadcrumbList":
                steps = [(item["position"], item["name"], item["item"]) for item in node["itemListElement"]]
                assert [position for position, _, _ in steps] == list(range(1, len(steps) + 1))
                *above, (_, name, own) = steps
                assert (name, own) == (site.heads[address].meta["og:title"], site.url + address)
                assert above[0][1:] == (("Beranda", site.url) if own.find("/en/") < 0 else ("Home", f"{site.url}en/"))
                for _, words, target in above:
                    assert target.removeprefix(site.url) in site.heads, address
                    assert f">{words}</a></li>" in site.html(address), address


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own parser
def test_the_pages_together_say_what_the_records_say(site: BuiltSite) -> None:
    for language in site.library.languages:
        graph = site.graph(language)
        for name in set(graph.subjects(SCHEMA.name)):
            if isinstance(name, URIRef):
                assert len(set(graph.objects(name, SCHEMA.name))) == 1, f"{name} has one name"
        for (here, entry), (name, _) in zip(site.addresses(language), site.addresses("id"), strict=True):
            if site.heads[here].canonical == site.url + here:
                check_record(site, graph, URIRef(site.url + name), entry)


def check_record(site: BuiltSite, graph: Graph, name: URIRef, entry: Entry[Envelope]) -> None:
    """Compare what is said of a record with the record."""

    def said(word: str) -> set[str]:
        return {str(value) for value in graph.objects(name, SCHEMA[word])}

    def at(kind: str, path: str, *ids: str | None) -> set[str]:
        return {f"{site.url}{path}/{id_}/" for id_ in ids if id_ and site.library.find(f"{kind}/{id_}")}

    record = entry.record
    if isinstance(record, Place):
        assert said("containedInPlace") == at("places", "tempat", record.part_of)
        assert said("alternateName") == set(record.as_written)
        points = [
            tuple(float(str(graph.value(point, SCHEMA[word]))) for word in ("latitude", "longitude"))
            for point in graph.objects(name, SCHEMA.geo)
        ]
        known = record.latitude is not None and record.longitude is not None
        assert points == ([(float(record.latitude or 0), float(record.longitude or 0))] if known else [])
        for code in filter(None, (record.code_bps, record.code_kemendagri)):
            assert (None, SCHEMA.value, Literal(code)) in graph
    elif isinstance(record, Organization):
        assert said("parentOrganization") == at("organizations", "organisasi", record.parent)
        assert said("areaServed") == at("places", "tempat", *record.area)
        assert said("alternateName") == ({record.short} if record.short else set())
    elif isinstance(record, Term):
        [term_set] = graph.objects(name, SCHEMA.inDefinedTermSet)
        assert (term_set, RDF.type, SCHEMA.DefinedTermSet) in graph
        assert str(term_set).removeprefix(site.url) in site.heads
    elif isinstance(record, StudyVisit | Exhibition):
        ends = record.date.text.split("/") if record.date.is_known and not record.date.is_approximate else []
        assert (said("startDate"), said("endDate")) == (set(ends[:1]), set(ends[-1:]))
        assert (name, RDF.type, SCHEMA.Event if isinstance(record, StudyVisit) else SCHEMA.ExhibitionEvent) in graph
        if isinstance(record, StudyVisit):
            assert said("organizer") == at("organizations", "organisasi", record.host)
            assert said("attendee") == at("organizations", "organisasi", *record.guests)
        else:
            assert said("location") == at("places", "tempat", record.venue)


def test_sections_say_what_they_are(site: BuiltSite) -> None:
    for address, type_ in {"": "WebSite", "istilah/": "DefinedTermSet", "data/": "Dataset"}.items():
        [node] = site.told[address]
        assert (node["@type"], node["url"]) == (type_, site.url + address)
        if type_ == "Dataset":
            assert node["distribution"][0]["contentUrl"] == f"{site.url}data/records.json"
        if type_ != "DefinedTermSet":
            owner = site.library.get(Organization, site.library.site.organization)
            assert node["publisher" if address == "" else "creator"]["name"] == (owner and owner.title)


def test_feeds_tell_the_stories_and_lessons_that_there_are(site: BuiltSite) -> None:
    for language in site.library.languages:
        base = "" if language == "id" else f"{language}/"
        records = {site.url + address: entry for address, entry in site.addresses(language)}
        atom = feedparser.parse((site.folder / f"{base}feed.xml").read_bytes())
        plain = json.loads((site.folder / f"{base}feed.json").read_text(encoding="utf-8"))
        assert not atom.bozo and atom.feed.language == plain["language"] == language
        assert (atom.feed.link, atom.feed.id) == (site.url + base, site.url + base)
        assert plain["home_page_url"] == site.url + base
        told = [(entry.link, entry.title, entry.updated) for entry in atom.entries]
        assert told == [(item["url"], item["title"], item["date_modified"]) for item in plain["items"]]
        assert len({entry.id for entry in atom.entries}) == len(atom.entries) > 0
        candidates = [key for key, entry in records.items() if type(entry.record) in list(TYPES)[:4]]
        assert len(told) == min(30, len(candidates)) and {link for link, _, _ in told} <= set(candidates)
        for link, title, _ in told:
            assert title == records[link].said(language).title
            assert (records[link].said(language).summary or "") in plain["items"][
                [item["url"] for item in plain["items"]].index(link)
            ]["content_text"]


def test_the_calendar_has_the_days_of_the_records(site: BuiltSite) -> None:
    calendar = Calendar.from_ical((site.folder / "calendar.ics").read_bytes())
    events = {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}
    exact = [
        entry
        for kind in (StudyVisit, Exhibition)
        for entry in site.library.of(kind)
        if entry.record.date.is_exact and entry.record.date.last
    ]
    yearly = [entry for entry in site.library.of(Observance) if entry.record.day]
    assert len(events) == len(exact) + len(yearly)
    for entry in exact:
        event, moment = events[entry.title], entry.record.date
        assert event.decoded("DTSTART") == moment.first
        assert moment.last and event.decoded("DTEND") == moment.last + timedelta(days=1)
        assert str(event["URL"]).removeprefix(site.url) in site.heads
        assert str(event["DESCRIPTION"]) == entry.record.summary
    for observance in yearly:
        event = events[observance.title]
        assert f"{event.decoded('DTSTART'):%m-%d}" == observance.record.day and event["RRULE"]["FREQ"] == ["YEARLY"]


def test_the_data_package_is_sound_and_its_tables_name_every_record(site: BuiltSite) -> None:
    with system.use_context(trusted=True):
        package = Package(str(site.folder / "data" / "datapackage.json"))
        report = package.validate()
        assert report.valid, report.flatten(["type", "message"])[:5]
        for resource in package.resources:
            rows = resource.read_rows()
            entries = {entry.id: entry for entry in site.library.public if entry.kind == resource.name}
            assert [row["id"] for row in rows] == list(entries)
            assert [row["title"].lstrip("'") for row in rows] == [entry.title for entry in entries.values()]


def test_the_records_of_the_open_data_are_the_pages(site: BuiltSite) -> None:
    read = json.loads((site.folder / "data" / "records.json").read_text(encoding="utf-8"))["records"]
    assert [(record["kind"], record["id"]) for record in read] == [entry.key for entry in site.library.public]
    with_page = {record["path"]: record for record in read if record["path"]}
    assert {site.heads[path].canonical for path in with_page} == {record["url"] for record in with_page.values()}
    for path, record in with_page.items():
        assert record["fields"]["title"] == site.heads[path].meta["og:title"]
    with (site.folder / "data" / "activities.csv").open(encoding="utf-8", newline="") as file:
        assert [row["url"] for row in csv.DictReader(file)] == [
            record["url"] for record in read if record["kind"] == "activities"
        ]


def test_the_places_are_points_of_their_records(site: BuiltSite) -> None:
    read = json.loads((site.folder / "data" / "places.geojson").read_text(encoding="utf-8"))
    assert set(read) == {"type", "features"} and read["type"] == "FeatureCollection", "RFC 7946 knows no other system"
    known = [place for place in site.library.of(Place) if place.record.latitude and place.record.longitude]
    assert [feature["id"] for feature in read["features"]] == [place.id for place in known] != []
    for feature, place in zip(read["features"], known, strict=True):
        east, north = feature["geometry"]["coordinates"]
        assert (feature["type"], feature["geometry"]["type"]) == ("Feature", "Point")
        assert (north, east) == (float(place.record.latitude or 0), float(place.record.longitude or 0))
        assert -90 <= north <= 90 and -180 <= east <= 180
        assert site.heads[feature["properties"]["url"].removeprefix(site.url)].title.startswith(place.title)
