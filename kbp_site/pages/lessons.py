"""A lesson's page: when it helps, what to do and why, where it comes from and where it was tried."""

from __future__ import annotations

from dataclasses import dataclass

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.lessons import Lesson, Trial
from kbp_site.locale import Language, text
from kbp_site.pages.covers import cover_of
from kbp_site.pages.page import Link, Page, path_of
from kbp_site.pages.parts import (
    Section,
    View,
    date_of,
    described,
    ending,
    envelope_facts,
    organizations,
    pattern_of,
    see_also,
    translation_notes,
)
from kbp_site.pages.terms import Annotator


@dataclass(frozen=True)
class TrialView:
    """A story in which a lesson was tried, and how it went."""

    story: Link
    outcome: str
    note: str


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
            "label": view.say(text("Pelajaran")),
            "summary": record.summary or "",
            "pattern": pattern_of(entry.id),
            "language": view.foreign(entry),
            "notes": translation_notes(view, entry, sections),
            "facts": envelope_facts(view, record),
            "sections": sections,
            "learned_from": _stories(view, record.learned_from),
            "trials": tuple(found for trial in record.tried_at for found in _trial(view, trial)),
            "ask": organizations(view, [record.ask]),
            "lists": see_also(view, record),
            "ending": ending(view, record),
            "meanings": terms.meanings(),
        },
        source=entry.source.path,
        language=language,
        is_original=entry.speaks(language),
        crumbs=view.crumbs((view.say(text("Pelajaran")), f"{Lesson.PATH}/")),
        cover=cover_of(library, entry, view.language),
    )


def plan_lessons(library: Library, language: Language) -> tuple[Page, ...]:
    """Plan every lesson's page."""
    return tuple(plan_lesson(library, entry, language) for entry in library.of(Lesson))


def _sections(entry: Entry[Lesson], terms: Annotator) -> tuple[Section, ...]:
    return (
        *terms.section(entry, "keadaan", text("Keadaan"), "context"),
        *terms.section(entry, "saran", text("Saran"), "advice"),
        *terms.section(entry, "sebab", text("Sebab"), "because"),
    )


def _stories(view: View, names: tuple[str, ...]) -> tuple[Link, ...]:
    found = [entry for name in names if (entry := view.library.find(name))]
    dates = [date_of(entry.record) for entry in found]
    return tuple(
        view.link(entry, date.say(view.language) if date else "") for entry, date in zip(found, dates, strict=True)
    )


def _trial(view: View, trial: Trial) -> tuple[TrialView, ...]:
    entry = view.library.find(trial.story)
    if entry is None:
        return ()
    return (TrialView(view.link(entry), trial.outcome.say(view.language), trial.note or ""),)
