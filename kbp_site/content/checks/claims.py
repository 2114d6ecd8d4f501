"""Figures: a sum that does not hold is declared and explained, or it is an error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kbp_site.content.checks.content import Content
from kbp_site.content.library import Entry
from kbp_site.content.problems import Fault, Problem
from kbp_site.content.records.allocations import Allocation
from kbp_site.content.records.base import Claim, ClaimStatus, Participants
from kbp_site.locale import text

CONFLICTS = frozenset({ClaimStatus.CONFLICT_UNRESOLVED, ClaimStatus.CONFLICT_RESOLVED})


def check_claims(content: Content) -> Iterator[Problem]:
    """Tell sums that do not hold (K401), parts above their total (K403), conflicts without a note."""
    for entry in content.entries.values():
        for index, claim in enumerate(getattr(entry.record, "claims", ())):
            for field, fault in judge_claim(claim, sources=len(entry.record.sources)):
                yield entry.source.problem(("claims", index, field), fault)
        if participants := getattr(entry.record, "participants", None):
            yield from _check_participants(entry, participants)
        if isinstance(entry.record, Allocation):
            yield from _check_allocation(entry, entry.record)


def judge_claim(claim: Claim, *, sources: int) -> Iterator[tuple[str, Fault]]:
    """Yield (field, fault) for all that is wrong with one figure of a record with that many sources."""
    total = sum(part.value for part in claim.parts)
    declared = claim.status in CONFLICTS
    if claim.parts and claim.stated_total is not None and total != claim.stated_total and not declared:
        yield (
            "stated_total",
            Fault(
                "K401",
                text("rinciannya berjumlah {total}, bukan {stated}", total=total, stated=claim.stated_total),
                text("periksa sumbernya; bila sumber memang begitu, tulis status: conflict_unresolved dan note"),
            ),
        )
    if declared and not claim.note:
        yield (
            "note",
            Fault(
                "K202",
                text("angka yang bertentangan memerlukan note"),
                text("jelaskan pertentangannya dalam satu kalimat"),
            ),
        )
    if claim.source >= max(sources, 1):
        yield (
            "source",
            Fault(
                "K301",
                text("sumber nomor {number} tidak ada", number=claim.source),
                text("nomor sumber dihitung dari 0 menurut urutan sources"),
            ),
        )


def _check_participants(entry: Entry[Any], participants: Participants) -> Iterator[Problem]:
    parts = (participants.women or 0) + (participants.men or 0)
    if participants.total is not None and parts > participants.total:
        yield entry.source.problem(
            ("participants", "total"),
            Fault(
                "K403",
                text(
                    "perempuan dan laki-laki {parts} orang, melebihi jumlah {total}",
                    parts=parts,
                    total=participants.total,
                ),
                text("periksa ketiga angkanya"),
            ),
        )


def _check_allocation(entry: Entry[Any], allocation: Allocation) -> Iterator[Problem]:
    total = allocation.revised if allocation.revised is not None else allocation.budget
    paid = sum(stage.amount or 0 for stage in allocation.stages)
    if total is not None and paid > total:
        yield entry.source.problem(
            ("stages",),
            Fault(
                "K403",
                text("jumlah semua tahap {paid}, melebihi anggaran {total}", paid=paid, total=total),
                text("periksa angka tahap dan anggarannya"),
            ),
        )
