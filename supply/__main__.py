"""Writes the bill of materials for a release, and the page of licences anew: `make sbom`."""

from __future__ import annotations

from supply.components import gather
from supply.locks import PROJECT
from supply.sbom import bill_of_materials
from supply.third_party import third_party

BILL = PROJECT / "build" / "kbp-site.cdx.json"
PAGE = PROJECT / "THIRD-PARTY.md"


def write() -> None:
    """Write both."""
    groups = gather()
    BILL.parent.mkdir(exist_ok=True)
    BILL.write_text(bill_of_materials(groups), encoding="utf-8")
    PAGE.write_text(third_party(groups), encoding="utf-8")


if __name__ == "__main__":
    write()
