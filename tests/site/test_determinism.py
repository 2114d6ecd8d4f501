"""The same content, settings and day give the same bytes: one difference at a time (all: `test_two_machines.py`)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from running import DAY, kbp
from trees import first_difference, read_tree

from kbp_site.site.build import Order, build

PLAIN: Mapping[str, str | None] = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}


def same(built: Path, out: Path) -> None:
    """Assert that a site is the one that was built first, with the same rights."""
    assert first_difference(read_tree(built), read_tree(out)) == ""
    rights = {path.stat().st_mode & 0o777 for path in out.rglob("*") if path.is_file()}
    assert rights == {0o644}
    assert {path.stat().st_mode & 0o777 for path in (out, *out.rglob("*")) if path.is_dir()} == {0o755}


def let_everybody_write() -> None:
    """Take nothing away from the rights of new files."""
    os.umask(0)


# Whatever leaks differs from the plain site: so differences that do not touch each other share a build.


def test_variables_and_the_mask_of_rights_change_nothing(full: Path, built: Path) -> None:
    # A mask that leaves more than it should; one that leaves less is that of `test_two_machines.py`.
    done = kbp("--root", full, "build", "--today", DAY, environment=PLAIN, first=let_everybody_write)
    assert done.returncode == 0, done.stderr
    same(built, full / "site")


def test_the_language_of_the_system_and_the_folder_one_stands_in_change_nothing(full: Path, built: Path) -> None:
    # The day comes from SOURCE_DATE_EPOCH here.
    changes = {**PLAIN, "LC_ALL": "id_ID.UTF-8", "LANG": "id_ID.UTF-8", "HOME": None}
    done = kbp("--root", "..", "build", "--out", "../hasil/situs", cwd=full / "content", environment=changes)
    assert done.returncode == 0, done.stderr
    same(built, full / "hasil" / "situs")


def test_a_system_of_few_letters_and_building_again_change_nothing(full: Path, built: Path) -> None:
    changes = {**PLAIN, "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "KBP_LANG": "en"}
    for _ in range(2):
        done = kbp("--root", full, "build", "--today", DAY, environment=changes)
        assert done.returncode == 0, done.stderr
    same(built, full / "site")


class Reversed(Iterator[Any]):
    """A folder's listing, last first."""

    def __init__(self, listing: Iterable[Any]) -> None:
        self.entries = sorted(listing, key=lambda entry: str(entry.name))

    def __next__(self) -> Any:
        if not self.entries:
            raise StopIteration
        return self.entries.pop()

    def __enter__(self) -> Reversed:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the listing."""
        self.entries = []


def test_the_order_of_folders_changes_nothing(
    full: Path, built: Path, monkeypatch: pytest.MonkeyPatch, the_day: None
) -> None:
    listdir, scandir = os.listdir, os.scandir
    monkeypatch.setattr(os, "listdir", lambda path=".": sorted(listdir(path), reverse=True))
    monkeypatch.setattr(os, "scandir", lambda path=".": Reversed(scandir(path)))
    assert os.listdir(full) == sorted(listdir(full), reverse=True)
    assert build(Order(full, full / "site", date.fromisoformat(DAY), jobs=1), lambda step: None).pages
    same(built, full / "site")


def test_the_day_does_change_the_site(full: Path, built: Path) -> None:
    assert build(Order(full, full / "site", date(2027, 6, 1), jobs=1), lambda step: None).pages
    page = Path("kegiatan", "belum-terbit", "index.html")
    assert (full / "site" / page).is_file() and not (built / page).exists()
