"""What a page tells search engines about itself: schema.org data as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from urllib.parse import urljoin

from kbp_site.content.dates import PartialDate
from kbp_site.content.library import E, Entry, Library
from kbp_site.content.records.activities import Activity
from kbp_site.content.records.base import Envelope, Story
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.content.records.lessons import Lesson
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.places import Place
from kbp_site.content.records.study_visits import StudyVisit, VisitState
from kbp_site.content.records.terms import Term
from kbp_site.content.records.topics import Topic
from kbp_site.locale import Language, text
from kbp_site.outputs.stamps import last_change
from kbp_site.pages.covers import cover_of
from kbp_site.pages.page import Page, absolute, localized, path_of
from kbp_site.pages.parts import places_of

Node = dict[str, object]

UNSAFE = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
"""What could end a script, or a line of one; JSON reads the escapes as the marks themselves."""


def linked_data(library: Library, entry: Entry[E] | None, path: str, *, language: Language = "id") -> Node | None:
    """Return what a page says of itself; ``None`` where schema.org has no fitting word.

    ``entry`` is the record that the page shows, ``None`` for home, the glossary and the open data,
    which are known by their ``path``. A record that is not public says nothing.
    """
    if entry is None:
        node = _section(library, path, language)
    elif library.find("/".join(entry.key)) is None:
        return None
    else:
        node = _record(library, entry, language)
    return {"@context": "https://schema.org", **_known(node)} if node else None


def breadcrumbs(library: Library, page: Page) -> Node | None:
    """Return the way from home to a page, as its frame shows it; ``None`` where it shows none."""
    if not page.crumbs:
        return None
    here = absolute(library, page.address)
    home = text("Beranda").say(page.language), absolute(library, localized("", page.language))
    steps = [home, *((crumb.text, urljoin(here, crumb.href)) for crumb in page.crumbs), (page.title, here)]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(steps, 1)
        ],
    }


def script(data: Mapping[str, object]) -> str:
    """Return the data as one line of HTML that no word in it can end or break."""
    written = json.dumps(data, ensure_ascii=False).translate(UNSAFE)
    return f'<script type="application/ld+json">{written}</script>'


def _known(node: Node) -> Node:
    """Leave out what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def _section(library: Library, path: str, language: Language) -> Node | None:
    site, url = library.site_entry.said(language), absolute(library, localized(path, language))
    if path == "":
        return {
            "@type": "WebSite",
            "@id": url,
            "url": url,
            "name": site.title,
            "description": site.tagline,
            "inLanguage": language,
            "publisher": _owner(library, language),
            "license": _licence(library),
        }
    if path == f"{Term.PATH}/":
        return _terms(library, language)
    return _dataset(library, url, language) if path == "data/" else None


def _terms(library: Library, language: Language) -> Node:
    url = absolute(library, localized(f"{Term.PATH}/", language))
    name = text("Istilah di {title}", title=_title(library, language)).say(language)
    return {"@type": "DefinedTermSet", "@id": url, "url": url, "name": name, "inLanguage": language}


def _title(library: Library, language: Language) -> str:
    return library.site_entry.said(language).title


def _dataset(library: Library, url: str, language: Language) -> Node:
    file = absolute(library, "data/records.json")
    return {
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "name": text("Data terbuka {title}", title=_title(library, language)).say(language),
        "description": text(
            "Semua catatan yang terbit di {title}: cerita, pelajaran, dana, lembaga, tempat, dan istilah.",
            title=_title(library, language),
        ).say(language),
        "inLanguage": "id",
        "isAccessibleForFree": True,
        "creator": _owner(library, language),
        "license": _licence(library),
        "distribution": [{"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": file}],
    }


def _record(library: Library, entry: Entry[E], language: Language) -> Node | None:
    """Return the record's node, by its kind; roles, topics and allocations have no fitting word."""
    record: Envelope = entry.said(language)
    url = absolute(library, localized(path_of(entry), language))
    # The thing is the same in every language, and so is its name (@id); a text is another one.
    node: Node = {
        "@id": absolute(library, path_of(entry)),
        "url": url,
        "name": record.title,
        "description": record.summary,
    }
    spoken = language if entry.speaks(language) else "id"
    if isinstance(record, Story | Lesson) and (cover := cover_of(library, entry, language)):
        node["image"] = absolute(library, cover.path)
    match record:
        case StudyVisit() | Exhibition():
            return {**node, **_event(library, record, language), "inLanguage": spoken}
        case Activity() | Lesson():
            original = {"@type": "Article", "@id": node["@id"]} if spoken != "id" else None
            own = {"@id": url, "translationOfWork": original} if original else {}
            return {**node, **_article(library, record, language), **own, "inLanguage": spoken}
        case Organization():
            return {**node, **_organization(library, record, language)}
        case Place():
            return {**node, **_place(library, record, language)}
        case Term():
            return {**node, **_term(library, record, language)}
    return None


def _article(library: Library, record: Envelope, language: Language) -> Node:
    change = last_change(record, library)
    moment = record.date if isinstance(record, Story) else None
    people = [record.credits.author, record.credits.editor] if record.credits else []
    return {
        "@type": "Article",
        "headline": record.title,
        "publisher": _owner(library, language),
        "author": _owner(library, language),
        "creditText": ", ".join(filter(None, people)),
        "datePublished": record.publish_on.isoformat() if record.publish_on else None,
        "dateModified": change.isoformat() if change else None,
        "temporalCoverage": "/".join(_ends(moment)) if moment else None,
        "contentLocation": _nodes(library, language, "Place", places_of(library, record)),
        "keywords": [topic.said(language).title for topic in library.named(Topic, record.topics)],
        "citation": [
            _known({"@type": "CreativeWork", "name": source.title, "url": source.url}) for source in record.sources
        ],
        "license": _licence(library),
    }


def _event(library: Library, record: StudyVisit | Exhibition, language: Language) -> Node:
    ends = _ends(record.date)
    return {
        "@type": "Event" if isinstance(record, StudyVisit) else "ExhibitionEvent",
        "startDate": ends[0] if ends else None,
        "endDate": ends[-1] if ends else None,
        "eventStatus": f"https://schema.org/{_status(record)}",
        "location": _nodes(library, language, "Place", places_of(library, record)),
        "organizer": _organizer(library, record, language),
        "attendee": _nodes(
            library, language, "Organization", library.named(Organization, getattr(record, "guests", ()))
        ),
    }


def _status(record: StudyVisit | Exhibition) -> str:
    cancelled = isinstance(record, StudyVisit) and record.state is VisitState.CANCELLED
    return "EventCancelled" if cancelled else "EventScheduled"


def _organizer(library: Library, record: StudyVisit | Exhibition, language: Language) -> list[Node]:
    """Name the organizer: a record of ours, or words where there is none of that id."""
    name = record.host if isinstance(record, StudyVisit) else record.organizer
    if name and not library.knows(Organization.FOLDER, name):
        return [{"@type": "Organization", "name": name}]
    return _nodes(library, language, "Organization", library.named(Organization, [name] if name else []))


def _ends(moment: PartialDate) -> list[str]:
    """Return the first and last day, month or year as written; nothing that is only about right.

    schema.org cannot say "about", so an approximate date would be told as a sure one.
    """
    return moment.text.split("/") if moment.is_known and not moment.is_approximate else []


def _organization(library: Library, record: Organization, language: Language) -> Node:
    ends = _ends(record.formed) if record.formed else []
    contact = record.contact
    return {
        "@type": "Organization",
        "alternateName": record.short,
        "foundingDate": ends[0] if ends else None,
        "areaServed": _nodes(library, language, "Place", library.named(Place, record.area)),
        "email": contact.email if contact else None,
        "telephone": contact.phone if contact else None,
        "sameAs": contact.url if contact else None,
        "parentOrganization": _nodes(
            library, language, "Organization", library.named(Organization, filter(None, [record.parent]))
        ),
    }


def _term(library: Library, record: Term, language: Language) -> Node:
    return {
        "@type": "DefinedTerm",
        "description": record.definition,
        "alternateName": [*filter(None, [record.expansion]), *record.also],
        "inDefinedTermSet": _terms(library, language),
    }


def _place(library: Library, record: Place, language: Language) -> Node:
    point: Node | None = None
    if record.latitude is not None and record.longitude is not None:
        degrees = {"latitude": float(record.latitude), "longitude": float(record.longitude)}
        point = {"@type": "GeoCoordinates", **degrees}
    codes = [("Kemendagri", record.code_kemendagri), ("BPS", record.code_bps)]
    return {
        "@type": "Place",
        "alternateName": list(record.as_written),
        "geo": point,
        "containedInPlace": _nodes(library, language, "Place", library.named(Place, filter(None, [record.part_of]))),
        "identifier": [{"@type": "PropertyValue", "propertyID": name, "value": code} for name, code in codes if code],
    }


def _nodes(library: Library, language: Language, type_: str, entries: Iterable[Entry[E]]) -> list[Node]:
    """Point to other records by their address, with their names."""
    return [
        {"@type": type_, "@id": absolute(library, path_of(entry)), "name": entry.said(language).title}
        for entry in entries
    ]


def _owner(library: Library, language: Language) -> Node:
    owner = library.get(Organization, library.site.organization)
    if owner:
        return _nodes(library, language, "Organization", [owner])[0]
    return {"@type": "Organization", "name": library.site.title}


def _licence(library: Library) -> Node | None:
    licence = library.site.licence
    return {"@type": "CreativeWork", "name": licence} if licence else None
