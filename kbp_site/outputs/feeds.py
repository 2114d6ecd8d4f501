"""What is new, for feed readers: Atom 1.0 (RFC 4287) and JSON Feed 1.1.

While the site has no address of its own (`url` in site.yml), links begin with "/" and names are
UUIDs; feed readers need the address.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Envelope, Story
from kbp_site.content.records.lessons import Lesson
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.topics import Topic
from kbp_site.locale import Language, text
from kbp_site.outputs.addresses import uuid_of
from kbp_site.outputs.stamps import EPOCH, midnight, newness, updated
from kbp_site.outputs.xml_text import add, document, root
from kbp_site.pages.covers import cover_of
from kbp_site.pages.page import absolute, localized, path_of, site_url

LENGTH = 30


@dataclass(frozen=True)
class Item:
    """One story or lesson as a feed tells it."""

    id: str
    url: str
    title: str
    words: str
    updated: date
    published: date | None
    tags: tuple[str, ...]
    image: str


def newest(library: Library, language: Language) -> tuple[Item, ...]:
    """Return the newest stories and lessons: known days first, then undated ones by title."""
    candidates: tuple[Entry[Envelope], ...] = (*library.stories, *library.of(Lesson))
    found = nsmallest(LENGTH, candidates, key=lambda entry: _rank(entry, library))
    return tuple(_item(library, entry, language) for entry in found)


def _rank(entry: Entry[Envelope], library: Library) -> tuple[object, ...]:
    day = newness(entry.record, library)
    return (-day.toordinal() if day else 0, entry.title.casefold(), entry.key)


def _item(library: Library, entry: Entry[Envelope], language: Language) -> Item:
    record, path = entry.said(language), localized(path_of(entry), language)
    url, cover = absolute(library, path), cover_of(library, entry, language)
    return Item(
        url if site_url(library) else uuid_of(library, "/".join(entry.key) if language == "id" else path).urn,
        url,
        record.title,
        _words(record, language),
        updated(record, library),
        record.publish_on,
        tuple(topic.said(language).title for topic in library.named(Topic, record.topics)),
        absolute(library, cover.path) if cover else "",
    )


def _words(record: Envelope, language: Language) -> str:
    """Return what a reader sees of it: its summary, and for stories when it was, as far as known."""
    if isinstance(record, Story):
        return text("{summary} ({date})", summary=record.summary, date=record.date).say(language)
    return record.summary or (record.advice if isinstance(record, Lesson) else "")


def _author(library: Library, language: Language) -> str:
    owner = library.get(Organization, library.site.organization)
    return owner.said(language).title if owner else library.site_entry.said(language).title


def feed_path(name: str, language: Language) -> str:
    """Return where a feed stands: the main language's at the root, any other below its home."""
    return name if language == "id" else f"{language}/{name}"


def export_feeds(library: Library) -> dict[str, bytes]:
    """Return `feed.xml` and `feed.json` of every language by their path."""
    feeds: dict[str, bytes] = {}
    for language in library.languages:
        feeds[feed_path("feed.xml", language)] = export_atom(library, language)
        feeds[feed_path("feed.json", language)] = export_json_feed(library, language)
    return feeds


def export_atom(library: Library, language: Language = "id") -> bytes:
    """Return `feed.xml` of a language."""
    site, items = library.site_entry.said(language), newest(library, language)
    home = localized("", language)
    feed = root("feed", "http://www.w3.org/2005/Atom", **{"xml:lang": language})
    add(feed, "id", absolute(library, home) if site_url(library) else uuid_of(library, home).urn)
    add(feed, "title", site.title)
    if site.tagline:
        add(feed, "subtitle", site.tagline)
    add(feed, "updated", midnight(max((item.updated for item in items), default=EPOCH)))
    add(feed, "link", rel="self", type="application/atom+xml", href=absolute(library, feed_path("feed.xml", language)))
    add(feed, "link", rel="alternate", type="text/html", href=absolute(library, home))
    add(add(feed, "author"), "name", _author(library, language))
    if site.licence:
        add(feed, "rights", site.licence)
    for item in items:
        entry = add(feed, "entry")
        add(entry, "id", item.id)
        add(entry, "title", item.title)
        add(entry, "updated", midnight(item.updated))
        if item.published:
            add(entry, "published", midnight(item.published))
        add(entry, "link", rel="alternate", type="text/html", href=item.url)
        for tag in item.tags:
            add(entry, "category", term=tag)
        add(entry, "summary", item.words)
    return document(feed)


def export_json_feed(library: Library, language: Language = "id") -> bytes:
    """Return `feed.json` of a language."""
    site = library.site_entry.said(language)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title,
        **({"description": site.tagline} if site.tagline else {}),
        "home_page_url": absolute(library, localized("", language)),
        "feed_url": absolute(library, feed_path("feed.json", language)),
        "language": language,
        "authors": [{"name": _author(library, language)}],
        "items": [_json_item(item) for item in newest(library, language)],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"


def _json_item(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_text": item.words,
        **({"date_published": midnight(item.published)} if item.published else {}),
        "date_modified": midnight(item.updated),
        "tags": list(item.tags),
        **({"image": item.image} if item.image else {}),
    }
