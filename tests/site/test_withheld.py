"""What an old release shows that may not be shown any more."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from copies import copy_site
from running import DAY

from kbp_site.content.load import load
from kbp_site.site.withheld import find_withheld

Change = Callable[[Path], None]


def edited(name: str, old: str, new: str) -> Change:
    """Return a change of a record."""

    def change(root: Path) -> None:
        path = root / "content" / name
        written = path.read_text(encoding="utf-8")
        assert old in written
        path.write_text(written.replace(old, new, 1), encoding="utf-8")

    return change


def deleted(name: str) -> Change:
    """Return a change that takes a file away."""
    return lambda root: (root / "content" / name).unlink()


def renamed(name: str, to: str, alias: str) -> Change:
    """Return a change that renames a record and keeps its old address."""

    def change(root: Path) -> None:
        path = root / "content" / name
        written = path.read_text(encoding="utf-8")
        path.unlink()
        path.with_stem(to).write_text(f"{written}aliases: [{alias}]\n", encoding="utf-8")

    return change


LESSON = "lessons/dengarkan-dahulu"
CASES: dict[str, tuple[Change, str]] = {
    "nothing": (lambda root: None, ""),
    "withdrawn": (
        edited(f"{LESSON}.yml", "status: published", "status: withdrawn"),
        "lessons/dengarkan-dahulu",
    ),
    "back to a draft": (
        edited(f"{LESSON}.yml", "status: published", "status: draft"),
        "lessons/dengarkan-dahulu",
    ),
    "deleted": (deleted(f"{LESSON}.yml"), LESSON),
    "renamed": (renamed(f"{LESSON}.yml", "mendengar", "pelajaran/dengarkan-dahulu"), ""),
    "a photo's consent withdrawn": (lambda root: withdraw(root), "activities/mediasi-parit"),
    "a photo deleted": (lambda root: drop_photo(root), "activities/mediasi-parit"),
}


def withdraw(root: Path) -> None:
    """Withdraw every consent that holds."""
    for path in (root / "content" / "consents").glob("*.yml"):
        written = path.read_text(encoding="utf-8")
        if "withdrawn_on" not in written:
            path.write_text(f"{written}withdrawn_on: {DAY}\n", encoding="utf-8")


def drop_photo(root: Path) -> None:
    """Delete the files of the photos of people, and what the record says of them."""
    path = root / "content" / "activities" / "mediasi-parit.yml"
    written = path.read_text(encoding="utf-8")
    before, _, after = written.partition("photos:\n")
    rest = after.splitlines(keepends=True)
    kept = next((number for number, line in enumerate(rest) if line[:1] not in " -#\n"), len(rest))
    path.write_text(before + "".join(rest[kept:]), encoding="utf-8")
    shutil.rmtree(root / "content" / "media" / "parit", ignore_errors=True)


@pytest.mark.parametrize("case", CASES)
def test_what_was_taken_back_is_found_in_an_old_site(case: str, built: Path, tmp_path: Path) -> None:
    change, expected = CASES[case]
    root = copy_site("full", tmp_path / "akar")
    change(root)
    library = load(root, today=date.fromisoformat(DAY)).library
    assert library is not None
    found = sorted({record for record, _ in find_withheld(built, library)})
    assert found == ([expected] if expected else [])


def test_a_site_whose_records_cannot_be_read_is_told(tmp_path: Path, built: Path) -> None:
    library = load(copy_site("full", tmp_path / "akar"), today=date.fromisoformat(DAY)).library
    assert library is not None
    assert [record for record, _ in find_withheld(tmp_path, library)] == ["data/records.json"]
