"""The glossary: all terms by letter, and each term's own page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.terms import Confidence, Term
from kbp_site.locale import Language, Text, text
from kbp_site.pages.endings import ending
from kbp_site.pages.page import Link, Page, Planned, path_of, planned_record
from kbp_site.pages.parts import (
    Fact,
    View,
    described,
    envelope_facts,
    fact,
    see_also,
    translation_notes,
    words_in,
)

CATEGORIES: dict[str, Text] = {
    "program": text("Program"),
    "learning": text("Belajar bersama"),
    "community": text("Lembaga warga"),
    "cycle": text("Tahap siklus"),
    "fund": text("Dana"),
    "actor": text("Pelaku"),
    "poverty_data": text("Data kemiskinan"),
    "place": text("Tempat"),
}
"""The words for the groups that the editor's guide names; any other is shown as written."""


@dataclass(frozen=True)
class TermView:
    """A term in the glossary."""

    id: str
    link: Link
    expansion: str
    definition: str
    also: str
    collision: str
    is_uncertain: bool
    language: str
    expansion_language: str


@dataclass(frozen=True)
class Letter:
    """The terms of one first letter."""

    id: str
    letter: str
    terms: tuple[TermView, ...]


def plan_glossary(library: Library, language: Language) -> Iterator[Planned]:
    """Plan the page of all terms, and each term's own."""
    view = View(library, f"{Term.PATH}/", language)
    yield Planned(view.path, language, partial(_plan_letters, view))
    for entry in library.of(Term):
        yield planned_record(_plan_term, library, entry, language)


def _plan_letters(view: View) -> Page:
    summary = view.say(text("Arti singkatan dan istilah yang dipakai di situs ini, dengan kata-kata biasa."))
    context = {
        "label": view.site.title,
        "summary": summary,
        "letters": _letters(view),
        "empty": view.say(text("Belum ada istilah yang tercatat.")),
    }
    title = view.say(text("Istilah"))
    return Page(view.path, "glossary.md.jinja", title, described(summary), context, language=view.language)


def _letters(view: View) -> tuple[Letter, ...]:
    by_letter: dict[str, list[TermView]] = {}
    for entry in view.library.of(Term):
        by_letter.setdefault(_letter(entry.said(view.language).title), []).append(_term_view(view, entry))
    others = view.say(text("Lainnya"))
    return tuple(
        Letter(f"huruf-{letter.lower() or 'lain'}", letter or others, tuple(by_letter[letter]))
        for letter in sorted(by_letter, key=lambda letter: (not letter, letter))
    )


def _letter(title: str) -> str:
    """Return the letter from A to Z that a title begins with, accents aside; else nothing."""
    first = unicodedata.normalize("NFKD", title)[:1].upper()
    return first if "A" <= first <= "Z" else ""


def _term_view(view: View, entry: Entry[Term]) -> TermView:
    term = entry.said(view.language)
    return TermView(
        entry.id,
        view.link(entry),
        term.expansion or "",
        term.definition,
        ", ".join(term.also),
        term.collision or "",
        term.confidence is Confidence.LOW,
        view.foreign(entry),
        view.foreign_text(entry, "expansion"),
    )


UNCERTAIN = text("Arti ini belum dapat dipastikan.")


def _plan_term(library: Library, entry: Entry[Term], language: Language) -> Page:
    path = path_of(entry)
    view = View(library, path, language)
    term = entry.said(view.language)
    uncertain = (view.say(UNCERTAIN),) if term.confidence is Confidence.LOW else ()
    return Page(
        path,
        "term.md.jinja",
        term.title,
        described(f"{term.title}: {term.definition}"),
        {
            "label": view.say(Term.LABEL_ONE),
            "summary": term.expansion or "",
            "summary_language": view.foreign_text(entry, "expansion"),
            "language": view.foreign(entry),
            "definition": term.definition,
            "notes": (*translation_notes(view, entry), *uncertain),
            "facts": _facts(view, entry, term),
            "lists": see_also(view, term),
            "ending": ending(view, term),
        },
        source=entry.source.path,
        language=language,
        is_original=entry.speaks(language),
        crumbs=view.crumbs((view.say(text("Istilah")), f"{Term.PATH}/")),
    )


def _facts(view: View, entry: Entry[Term], term: Term) -> tuple[Fact, ...]:
    category = term.category or ""
    also, collision = (view.foreign_text(entry, field) for field in ("also", "collision"))
    return (
        *fact(view, text("Nama lain"), *(words_in(also, name) for name in term.also)),
        *fact(view, text("Jangan tertukar"), words_in(collision, term.collision)),
        *fact(view, text("Kelompok"), view.say(CATEGORIES[category]) if category in CATEGORIES else category),
        *fact(view, text("Kepastian"), term.confidence and term.confidence.say(view.language)),
        *envelope_facts(view, term),
    )
