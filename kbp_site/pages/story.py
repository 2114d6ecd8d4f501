"""A story's page: an activity, a study visit or an exhibition."""

from __future__ import annotations

from dataclasses import dataclass

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.activities import Activity
from kbp_site.content.records.base import Money, Story
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.content.records.lessons import Lesson
from kbp_site.content.records.observances import Observance
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.study_visits import DelegationMember, StudyVisit
from kbp_site.locale import Language, text
from kbp_site.pages.covers import cover_of
from kbp_site.pages.endings import ending
from kbp_site.pages.page import Link, Page, path_of
from kbp_site.pages.parts import (
    Fact,
    Section,
    View,
    Words,
    described,
    envelope_facts,
    fact,
    follow_up_view,
    kind_label,
    moment,
    number,
    organizations,
    pattern_of,
    places_of,
    rupiah,
    translation_notes,
    words_in,
)
from kbp_site.pages.photos import document_views, material_views, photo_views
from kbp_site.pages.related import related_to
from kbp_site.pages.render import Prose
from kbp_site.pages.share import share_of
from kbp_site.pages.terms import Annotator


def plan_story(library: Library, entry: Entry[Story], language: Language) -> Page:
    """Plan the page of one story."""
    path = path_of(entry)
    view = View(library, path, language)
    record = entry.said(language)
    terms = Annotator(view)
    sections = _sections(entry, terms)
    lessons = _lessons_of(library, entry)
    return Page(
        path,
        "story.md.jinja",
        record.title,
        described(record.summary),
        {
            "label": kind_label(record, language),
            "summary": record.summary,
            "pattern": pattern_of(entry.id),
            "language": view.foreign(entry),
            "notes": translation_notes(view, entry, sections),
            "facts": _facts(view, entry),
            "sections": sections,
            "agenda": _agenda(record),
            "materials": material_views(view, record),
            "photos": photo_views(view, record.photos),
            "documents": document_views(view, record.documents),
            "replication": _replication(view, record, terms),
            "follow_ups": tuple(follow_up_view(view, item) for item in record.follow_ups),
            "lessons": view.links(lessons),
            "ending": ending(view, record),
            "share": share_of(view, entry),
            "related": related_to(view, entry, beside=lessons),
            "meanings": terms.meanings(),
        },
        source=entry.source.path,
        language=language,
        crumbs=view.crumbs((record.LABEL.say(language), f"{record.PATH}/")),
        is_original=entry.speaks(language),
        cover=cover_of(library, entry, language),
    )


def _lessons_of(library: Library, entry: Entry[Story]) -> tuple[Entry[Lesson], ...]:
    """Return the lessons that were learned from a story or tried in it."""
    names = (r.origin.id for r in library.references_to(entry) if r.origin.kind == Lesson.FOLDER)
    return library.named(Lesson, dict.fromkeys(names))


SECTIONS = (
    ("masalah", text("Masalah"), "problem"),
    ("tujuan", text("Tujuan"), "purpose"),
    ("tujuan", text("Tujuan"), "goals"),
    ("proses", text("Proses"), "process"),
    ("hasil", text("Hasil"), "result"),
)
"""The texts of a story: id, heading and field of each."""


def _sections(entry: Entry[Story], terms: Annotator) -> tuple[Section, ...]:
    rows = (terms.section(entry, *row) for row in SECTIONS)
    return tuple(found for row in rows for found in row)


def _facts(view: View, entry: Entry[Story]) -> tuple[Fact, ...]:
    record = entry.said(view.language)
    return (
        *fact(view, text("Tanggal"), moment(view, record.date)),
        *fact(view, text("Tempat"), *view.links(places_of(view.library, record))),
        *_kind_facts(view, record, view.foreign(entry)),
        *envelope_facts(view, record),
    )


def _kind_facts(view: View, record: Story, said: str) -> tuple[Fact, ...]:
    """Return the rows of a kind of story, whose own words are in the language ``said``."""
    if isinstance(record, Activity):
        return _activity_facts(view, record, said)
    if isinstance(record, StudyVisit):
        return (
            *fact(view, text("Keadaan"), record.state.say(view.language)),
            *fact(view, text("Tuan rumah"), *organizations(view, [record.host])),
            *fact(view, text("Tamu"), *organizations(view, record.guests)),
            *fact(view, text("Rombongan"), *(_member(view, m, said) for m in record.delegation)),
        )
    assert isinstance(record, Exhibition)
    return _exhibition_facts(view, record, said)


def _member(view: View, member: DelegationMember, said: str) -> Words | str | None:
    count = "" if member.count is None else f" ({number(member.count, view.language)})"
    return words_in(said, f"{member.office}{count}")


def _activity_facts(view: View, record: Activity, said: str) -> tuple[Fact, ...]:
    language = view.language
    people = record.participants
    counted = [
        text("{count} orang", count=number(people.total, language)).say(language)
        if people and people.total is not None
        else None,
        text("{count} perempuan", count=number(people.women, language)).say(language)
        if people and people.women is not None
        else None,
        text("{count} laki-laki", count=number(people.men, language)).say(language)
        if people and people.men is not None
        else None,
        *(words_in(said, group) for group in (people.groups if people else ())),
    ]
    return (
        *fact(view, text("Lembaga"), *organizations(view, record.organizations)),
        *fact(view, text("Tahap siklus"), record.cycle_step and record.cycle_step.say(language)),
        *fact(view, text("Tingkat"), record.level and record.level.say(language)),
        *fact(view, text("Pihak"), *(words_in(said, party) for party in record.parties)),
        *fact(view, text("Hasil akhir"), record.outcome and record.outcome.say(language)),
        *fact(view, text("Peserta"), *counted),
        *fact(view, text("Dana"), *(words_in(said, _money(view, money)) for money in record.funding)),
    )


def _money(view: View, money: Money) -> str:
    said = f"{money.source}: {rupiah(money.amount, view.language)}"
    return f"{said} ({money.note})" if money.note else said


def _exhibition_facts(view: View, record: Exhibition, said: str) -> tuple[Fact, ...]:
    language, library = view.language, view.library
    day = library.get(Observance, record.commemorates)
    organizer = library.get(Organization, record.organizer)
    visitors = record.visitors
    counted = number(visitors.count if visitors else None, language)
    if visitors and visitors.count is not None and visitors.method:
        counted = f"{counted} ({visitors.method.say(language)})"
    return (
        *fact(view, text("Acara"), words_in(said, record.event)),
        *fact(view, text("Memperingati"), words_in(view.foreign(day), day.said(language).title) if day else None),
        *fact(view, text("Penyelenggara"), view.link(organizer) if organizer else words_in(said, record.organizer)),
        *fact(view, text("Ikut sebagai"), record.our_role and record.our_role.say(language)),
        *fact(view, text("Pengunjung"), counted),
    )


def _agenda(record: Story) -> tuple[tuple[str, str, str], ...]:
    agenda = record.agenda if isinstance(record, StudyVisit) else ()
    return tuple((item.time or "", item.topic, item.place or "") for item in agenda)


@dataclass(frozen=True)
class ReplicationView:
    """How to repeat an activity elsewhere."""

    prerequisites: tuple[str, ...]
    steps: tuple[str, ...]
    adapt: Prose
    contact: tuple[Link, ...]


def _replication(view: View, record: Story, terms: Annotator) -> ReplicationView | None:
    replication = getattr(record, "replication", None)
    if replication is None:
        return None
    return ReplicationView(
        replication.prerequisites,
        replication.steps,
        terms.prose(replication.adapt),
        organizations(view, [replication.contact]),
    )
