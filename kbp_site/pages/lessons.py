"""Lessons: the library of them, and each one's page: when it helps, what to do, why, and where it was tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.lessons import Lesson
from kbp_site.locale import Language, text
from kbp_site.pages.covers import cover_of
from kbp_site.pages.drafts import mark_of
from kbp_site.pages.endings import ending
from kbp_site.pages.facets import lesson_facets
from kbp_site.pages.openings import opening
from kbp_site.pages.page import Link, Page, Planned, path_of, planned_record
from kbp_site.pages.parts import (
    Section,
    View,
    date_of,
    described,
    envelope_facts,
    organizations,
    pattern_of,
    see_also,
    translation_notes,
)
from kbp_site.pages.share import share_of
from kbp_site.pages.sheets import Sheet, cut, pager, planned_sheet, title_of
from kbp_site.pages.terms import Annotator


@dataclass(frozen=True)
class TrialView:
    """A story in which a lesson was tried, and how it went."""

    story: Link
    outcome: str
    note: str


@dataclass(frozen=True)
class LessonCard:
    """A lesson in a list: what was seen, what to try, and how it went where it was tried."""

    title: str
    href: str
    seen: str
    advice: str
    trials: tuple[TrialView, ...]
    pattern: int
    language: str
    mark: str = ""


def lesson_card(view: View, entry: Entry[Lesson]) -> LessonCard:
    """Return a lesson's card."""
    record = entry.said(view.language)
    return LessonCard(
        record.title,
        view.to(path_of(entry)),
        opening(record.context),
        opening(record.advice),
        trials_of(view, record),
        pattern_of(entry.id),
        view.foreign(entry),
        mark_of(view.library, entry, view.language),
    )


def plan_lesson(library: Library, entry: Entry[Lesson], language: Language) -> Page:
    """Plan the page of one lesson."""
    path = path_of(entry)
    view = View(library, path, language)
    record = entry.said(view.language)
    terms = Annotator(view)
    sections = _sections(entry, terms)
    fallback = text("Pelajaran dari {site}: {title}", site=view.site.title, title=record.title)
    return Page(
        path,
        "lesson.md.jinja",
        record.title,
        described(record.summary or view.say(fallback)),
        {
            "label": view.say(Lesson.LABEL_ONE),
            "summary": record.summary or "",
            "pattern": pattern_of(entry.id),
            "language": view.foreign(entry),
            "notes": translation_notes(view, entry, sections),
            "facts": envelope_facts(view, record),
            "sections": sections,
            "learned_from": _stories(view, record.learned_from),
            "trials": trials_of(view, record),
            "ask": organizations(view, [record.ask]),
            "lists": see_also(view, record),
            "share": share_of(view, entry),
            "ending": ending(view, record),
            "meanings": terms.meanings(),
        },
        source=entry.source.path,
        language=language,
        is_original=entry.speaks(language),
        crumbs=view.crumbs((view.say(text("Pelajaran")), f"{Lesson.PATH}/")),
        cover=cover_of(library, entry, view.language),
    )


def plan_lessons(library: Library, language: Language) -> Iterator[Planned]:
    """Plan the library of lessons, sheet by sheet, and every lesson's page."""
    entries = library.of(Lesson)
    for sheet in cut(f"{Lesson.PATH}/", entries):
        view, keys = View(library, sheet.path, language), [entry.key for entry in sheet.items]
        yield planned_sheet(view, sheet, _plan_sheet, keys)
    for entry in entries:
        yield planned_record(plan_lesson, library, entry, language)


def _plan_sheet(view: View, sheet: Sheet[Entry[Lesson]]) -> Page:
    is_first = sheet.number == 1
    title = view.say(text("Pelajaran"))
    summary = view.say(text("Saran yang dipetik dari cerita, supaya yang pernah terjadi berguna di tempat lain."))
    said = title_of(view, title, sheet)
    context = {
        "label": view.site.title,
        "summary": summary if is_first else "",
        "facets": lesson_facets(view) if is_first else (),
        "lessons": tuple(lesson_card(view, entry) for entry in sheet.items),
        "pages": pager(view, sheet),
        "empty": view.say(text("Belum ada pelajaran yang tercatat.")),
    }
    return Page(
        sheet.path,
        "lessons.md.jinja",
        said,
        described(summary if is_first else f"{said}. {summary}"),
        context,
        language=view.language,
        crumbs=() if is_first else view.crumbs((title, sheet.base)),
    )


LESSON_SECTIONS = (
    ("keadaan", text("Kapan berguna"), "context"),
    ("saran", text("Saran"), "advice"),
    ("sebab", text("Sebab"), "because"),
)
"""The texts of a lesson: id, heading and field of each."""


def _sections(entry: Entry[Lesson], terms: Annotator) -> tuple[Section, ...]:
    return tuple(found for row in LESSON_SECTIONS for found in terms.section(entry, *row))


def _stories(view: View, names: tuple[str, ...]) -> tuple[Link, ...]:
    found = [entry for name in names if (entry := view.library.find(name))]
    dates = [date_of(entry.record) for entry in found]
    return tuple(
        view.link(entry, date.say(view.language) if date else "") for entry, date in zip(found, dates, strict=True)
    )


def trials_of(view: View, record: Lesson) -> tuple[TrialView, ...]:
    """Return where a lesson was tried, as far as readers may see it."""
    found = ((trial, view.library.find(trial.story)) for trial in record.tried_at)
    return tuple(
        TrialView(view.link(entry), trial.outcome.say(view.language), trial.note or "")
        for trial, entry in found
        if entry
    )
