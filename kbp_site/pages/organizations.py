"""Organizations: all of them by kind, and each one's own page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.allocations import Allocation
from kbp_site.content.records.organizations import Organization, OrganizationKind
from kbp_site.content.records.places import Place
from kbp_site.locale import Language, text
from kbp_site.pages.endings import ending
from kbp_site.pages.index import plan_index
from kbp_site.pages.listing import Intro, Listing, plan_listing
from kbp_site.pages.page import Link, Page, Planned, path_of
from kbp_site.pages.parts import (
    Fact,
    LinkList,
    View,
    count_stories,
    described,
    envelope_facts,
    fact,
    link_list,
    moment,
    organizations,
    see_also,
    translation_notes,
    words_in,
)
from kbp_site.pages.terms import Annotator


def plan_organizations(library: Library, language: Language) -> Iterator[Planned]:
    """Plan the page of all organizations, and each one's own."""
    view = View(library, f"{Organization.PATH}/", language)
    yield Planned(view.path, language, partial(_plan_index, view))
    for entry in library.of(Organization):
        yield from _plan_organization(library, entry, language)


def _plan_index(view: View) -> Page:
    library = view.library
    by_kind: dict[OrganizationKind, list[Link]] = {}
    for entry in library.of(Organization):
        count = count_stories(view, len(library.stories_of(entry)))
        by_kind.setdefault(entry.record.kind, []).append(view.link(entry, count))
    groups = tuple(
        LinkList(f"jenis-{kind.value.replace('_', '-')}", kind.say(view.language), tuple(by_kind[kind]))
        for kind in OrganizationKind
        if kind in by_kind
    )
    return plan_index(
        view,
        text("Organisasi"),
        text("Komunitas, instansi, dan program yang disebut dalam cerita."),
        groups,
        empty=text("Belum ada organisasi yang tercatat."),
    )


def _plan_organization(library: Library, entry: Entry[Organization], language: Language) -> Iterator[Planned]:
    path = path_of(entry)
    view = View(library, path, language)
    record = entry.said(view.language)
    terms = Annotator(view)
    kind = record.kind.say(view.language)
    stories = library.stories_of(entry)
    fallback = text(
        "{title} ({kind}): {count} dari {site}.",
        title=record.title,
        kind=kind,
        count=count_stories(view, len(stories)),
        site=view.site.title,
    )
    about = terms.section(entry, "tentang", text("Tentang"), "about")
    intro = Intro(
        kind,
        record.summary or "",
        (*_facts(view, entry, record), *_contact(view, record), *envelope_facts(view, record)),
        translation_notes(view, entry, about) if about else (),
        about,
        lists=(*_funding(view, entry), *see_also(view, record)),
        ending=ending(view, record),
        meanings=terms.meanings(),
        language=view.foreign(entry),
    )
    listing = Listing(
        path,
        record.title,
        described(record.summary or view.say(fallback)),
        intro,
        stories,
        text("Cerita tentang lembaga ini"),
        text("Belum ada cerita yang menyebut lembaga ini."),
        ((view.say(text("Organisasi")), f"{Organization.PATH}/"),),
        entry.source.path,
    )
    return plan_listing(library, listing, language)


def _facts(view: View, entry: Entry[Organization], record: Organization) -> tuple[Fact, ...]:
    language = view.language
    return (
        *fact(view, text("Nama pendek"), words_in(view.untranslated, record.short)),
        *fact(view, text("Jenis lembaga"), record.kind.say(language)),
        *fact(view, text("Mulai"), moment(view, record.formed) if record.formed else None),
        *fact(view, text("Keadaan"), record.state and record.state.say(language)),
        *fact(view, text("Wilayah"), *view.links(view.library.named(Place, record.area))),
        *fact(view, text("Bagian dari"), *organizations(view, [record.parent])),
        *fact(view, text("Membawahi"), *_from_field(view, entry, "parent")),
        *fact(view, text("Meneruskan"), *_from_field(view, entry, "successor")),
        *fact(view, text("Dilanjutkan oleh"), *organizations(view, [record.successor])),
    )


def _contact(view: View, record: Organization) -> tuple[Fact, ...]:
    contact = record.contact
    if contact is None:
        return ()
    return (
        *fact(view, text("Kantor"), words_in(view.untranslated, contact.office)),
        *fact(view, text("Surel"), contact.email and Link(contact.email, f"mailto:{contact.email}")),
        *fact(view, text("Telepon"), contact.phone),
        *fact(view, text("Situs"), contact.url and Link(contact.url, contact.url)),
    )


def _from_field(view: View, entry: Entry[Organization], field: str) -> tuple[Link, ...]:
    origins = (r.origin for r in view.library.references_to(entry) if r.field == field)
    return organizations(view, [origin.id for origin in origins if origin.kind == Organization.FOLDER])


def _funding(view: View, entry: Entry[Organization]) -> tuple[LinkList, ...]:
    """Return the allocations that an organization received, and those that went through it."""
    rows = (
        ("recipient", "dana", view.say(text("Dana yang diterima"))),
        ("channel", "dana-disalurkan", view.say(text("Dana yang disalurkan"))),
    )
    return tuple(
        found for field, name, heading in rows for found in link_list(name, heading, _allocations(view, entry, field))
    )


def _allocations(view: View, entry: Entry[Organization], field: str) -> list[Link]:
    names = (r.origin.id for r in view.library.references_to(entry) if r.field == field)
    found = view.library.named(Allocation, names)
    return [view.link(allocation, allocation.record.fiscal_year.say(view.language)) for allocation in found]
