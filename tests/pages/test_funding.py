"""Funding: what is missing is not zero, and what is in conflict enters no total."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kbp_site.content.library import Library
from kbp_site.pages.funding import plan_funding

LoadSite = Callable[[str], Library]


@pytest.fixture
def context(load_site: LoadSite) -> dict[str, Any]:
    """Return the context of the table's first sheet."""
    return dict(next(plan_funding(load_site("full"), "id")).make().context)


def test_totals_are_of_what_is_known_and_not_in_conflict(context: dict[str, Any]) -> None:
    told = {(total.year, total.source): total.amounts for total in context["totals"]}
    share = "dari 1 di antara 2 catatan"
    assert told == {
        ("2006", "APBD kabupaten/kota"): (
            ("Rp10.000.000", share),
            ("Rp9.000.000", share),
            ("Rp0", share),
            ("belum tercatat", ""),
        ),
        ("tahun belum tercatat", "Swadaya warga"): (("belum tercatat", ""),) * 4,
    }


def test_a_row_carries_its_notes(context: dict[str, Any]) -> None:
    rows = {row.link.text: (row.is_open, row.notes) for row in context["rows"]}
    assert rows == {
        "Dana jalan 2006": (True, ("Dua sumber menyebut angka yang berbeda.",)),
        "Dana parit 2006": (False, ()),
        "Dana lama": (False, ()),
    }
