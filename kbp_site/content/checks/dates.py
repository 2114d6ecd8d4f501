"""Dates make sense together (a single date is judged where it is read)."""

from __future__ import annotations

from collections.abc import Iterator

from kbp_site.content.checks.content import Content
from kbp_site.content.problems import Fault, Problem
from kbp_site.content.records.consents import Consent
from kbp_site.locale import text


def check_dates(content: Content) -> Iterator[Problem]:
    """Tell consents that end before they begin (K402)."""
    for entry in content.entries.values():
        if not isinstance(entry.record, Consent):
            continue
        for field in ("valid_until", "withdrawn_on"):
            day = getattr(entry.record, field)
            if day is not None and day < entry.record.given_on:
                fault = Fault(
                    "K402",
                    text("{day} lebih awal daripada hari persetujuan diberikan", day=day),
                    text("periksa given_on dan {field}", field=field),
                )
                yield entry.source.problem((field,), fault)
