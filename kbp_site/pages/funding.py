"""Funding: every allocation with what is known of its money, totals of what is known, each one's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.allocations import Allocation
from kbp_site.content.records.base import ClaimStatus
from kbp_site.locale import Language, text
from kbp_site.pages.endings import ending
from kbp_site.pages.page import Link, Page, Planned, path_of, planned_record
from kbp_site.pages.parts import (
    Fact,
    View,
    described,
    envelope_facts,
    fact,
    moment,
    organizations,
    rupiah,
    see_also,
    translation_notes,
    words_in,
)
from kbp_site.pages.sheets import Sheet, cut, pager, planned_sheet, title_of
from kbp_site.pages.terms import Annotator

PER_SHEET = 50
AMOUNTS = ("budget", "revised", "disbursed", "realised")


@dataclass(frozen=True)
class Row:
    """One allocation in the table, with the notes that go wherever its figures go."""

    link: Link
    year: str
    source: str
    recipients: tuple[Link, ...]
    amounts: tuple[str, ...]
    notes: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True)
class Total:
    """What is known together of one year and source, each amount with how many records it is from."""

    year: str
    source: str
    amounts: tuple[tuple[str, str], ...]


def plan_funding(library: Library, language: Language) -> Iterator[Planned]:
    """Plan the table of all allocations, sheet by sheet, and each one's own page."""
    entries = library.of(Allocation)
    for sheet in cut(f"{Allocation.PATH}/", entries, size=PER_SHEET):
        view, keys = View(library, sheet.path, language), [entry.key for entry in sheet.items]
        yield planned_sheet(view, sheet, _plan_sheet, keys)
    for entry in entries:
        yield planned_record(_plan_allocation, library, entry, language)


def _plan_sheet(view: View, sheet: Sheet[Entry[Allocation]]) -> Page:
    is_first = sheet.number == 1
    title = view.say(text("Dana"))
    summary = view.say(text("Dana untuk kegiatan warga menurut tahun dan sumbernya, sejauh tercatat."))
    said = title_of(view, title, sheet)
    context = {
        "label": view.site.title,
        "summary": summary if is_first else "",
        "totals": _totals(view) if is_first else (),
        "rows": tuple(_row(view, entry) for entry in sheet.items),
        "pages": pager(view, sheet),
        "empty": view.say(text("Belum ada dana yang tercatat.")),
    }
    crumbs = () if is_first else view.crumbs((title, sheet.base))
    description = summary if is_first else f"{said}. {summary}"
    return Page(
        sheet.path, "funding.md.jinja", said, described(description), context, language=view.language, crumbs=crumbs
    )


def _row(view: View, entry: Entry[Allocation]) -> Row:
    record = entry.said(view.language)
    return Row(
        view.link(entry),
        year_of(view, record),
        record.source.say(view.language),
        organizations(view, [record.recipient]),
        tuple(rupiah(getattr(record, name), view.language) for name in AMOUNTS),
        tuple(claim.note for claim in record.claims if claim.note),
        is_open(record),
    )


def year_of(view: View, record: Allocation) -> str:
    """Say the fiscal year; an unknown one is a year, not a date."""
    return record.fiscal_year.say(view.language) if record.fiscal_year.is_known else view.say(NO_YEAR)


NO_YEAR = text("tahun belum tercatat")


def is_open(record: Allocation) -> bool:
    """Whether a figure of the allocation is in conflict and unresolved: such a one enters no total."""
    return any(claim.status is ClaimStatus.CONFLICT_UNRESOLVED for claim in record.claims)


def _totals(view: View) -> tuple[Total, ...]:
    groups: dict[tuple[str, str], list[Allocation]] = {}
    for entry in view.library.of(Allocation):
        record = entry.record
        key = (year_of(view, record), record.source.say(view.language))
        groups.setdefault(key, []).append(record)
    return tuple(
        Total(year, source, tuple(_amount(view, records, name) for name in AMOUNTS))
        for (year, source), records in groups.items()
    )


def _amount(view: View, records: Sequence[Allocation], name: str) -> tuple[str, str]:
    """Add up what is known and not in conflict; say from how many of how many records."""
    known = [value for record in records if not is_open(record) and (value := getattr(record, name)) is not None]
    if not known:
        return rupiah(None, view.language), ""
    share = text("dari {known} di antara {all} catatan", known=len(known), all=len(records))
    return rupiah(sum(known), view.language), view.say(share)


def _plan_allocation(library: Library, entry: Entry[Allocation], language: Language) -> Page:
    path = path_of(entry)
    view = View(library, path, language)
    record = entry.said(view.language)
    terms = Annotator(view)
    sections = terms.section(entry, "untuk-apa", text("Untuk apa"), "purpose")
    fallback = text(
        "{title}: dana dari {source}, {year}.", title=record.title, source=record.source, year=record.fiscal_year
    )
    return Page(
        path,
        "allocation.md.jinja",
        record.title,
        described(record.summary or view.say(fallback)),
        {
            "label": view.say(Allocation.LABEL_ONE),
            "summary": record.summary or "",
            "facts": _facts(view, record),
            "language": view.foreign(entry),
            "notes": translation_notes(view, entry, sections),
            "sections": sections,
            "stages": _stages(view, record),
            "lists": see_also(view, record),
            "ending": ending(view, record),
            "meanings": terms.meanings(),
        },
        source=entry.source.path,
        language=language,
        is_original=entry.speaks(language),
        crumbs=view.crumbs((view.say(text("Dana")), f"{Allocation.PATH}/")),
    )


def _facts(view: View, record: Allocation) -> tuple[Fact, ...]:
    language = view.language
    return (
        *fact(view, text("Tahun anggaran"), year_of(view, record)),
        *fact(view, text("Sumber dana"), record.source.say(language)),
        *fact(view, text("Penerima"), *organizations(view, [record.recipient])),
        *fact(view, text("Penyalur"), *organizations(view, [record.channel])),
        *fact(view, text("Anggaran"), rupiah(record.budget, language)),
        *fact(view, text("Anggaran perubahan"), rupiah(record.revised, language)),
        *fact(view, text("Dicairkan"), rupiah(record.disbursed, language)),
        *fact(view, text("Realisasi"), rupiah(record.realised, language)),
        *fact(view, text("Dasar hukum"), words_in(view.untranslated, record.legal_basis)),
        *envelope_facts(view, record),
    )


@dataclass(frozen=True)
class StageView:
    """One payment as it is shown."""

    number: str
    when: str
    amount: str


def _stages(view: View, record: Allocation) -> tuple[StageView, ...]:
    unknown = view.say(text("tanggal belum tercatat"))
    return tuple(
        StageView(
            str(stage.n or place),
            moment(view, stage.date).text or unknown,
            rupiah(stage.amount, view.language),
        )
        for place, stage in enumerate(record.stages, 1)
    )
