"""Open data of which most is cut out of the last site's files is what would be told from nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from known_edits import EDITS, TODAY, Edited
from trees import read_tree

from kbp_site.content.kept_results import KeptResults
from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Envelope
from kbp_site.outputs import open_data
from kbp_site.outputs.open_data import RECORDS, Told, export_data, write_data
from kbp_site.site import kept_data
from kbp_site.site.kept_data import Stood, Telling


class Known(Edited):
    """A site whose open data was told, and the files that it went to."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        telling = Telling(self.library(), KeptResults(), lambda name: b"", jobs=1)
        self.files, self.kept = export_data(self.library(), telling), telling.renewed()

    def told_on(self, day: date, read: Callable[[str], bytes]) -> tuple[dict[str, bytes], KeptResults[Stood]]:
        """Return the files that are made of what is known, and what is known then."""
        library = self.library(day)
        telling = Telling(library, self.kept, read, jobs=1)
        return export_data(library, telling), telling.renewed()

    def read(self, name: str) -> bytes:
        """Return a file of the last site."""
        return self.files[name]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """Give a site with records of every kind whose open data is kept."""
    return Known(tmp_path_factory.mktemp("dikenal"))


@pytest.mark.parametrize("name", EDITS)
def test_after_any_edit_the_data_is_as_if_told_from_nothing(known: Known, name: str) -> None:
    edit, day = EDITS[name]
    with known.after(edit):
        files, kept = known.told_on(day, known.read)
        assert files == export_data(known.library(day))
        again = Telling(known.library(day), kept, files.__getitem__, jobs=1)
        assert export_data(known.library(day), again) == files


def test_only_what_changed_is_told_again(known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def tell(library: Library, entry: Entry[Envelope]) -> Told:
        told.append("/".join(entry.key))
        return open_data.tell(library, entry)

    monkeypatch.setattr(kept_data, "tell", tell)
    assert known.told_on(TODAY, known.read)[0] == known.files
    assert told == []
    edit, day = EDITS["a story's title"]
    with known.after(edit):
        known.told_on(day, known.read)
    assert told == ["activities/mediasi-parit"]


def damaged(name: str, data: bytes) -> bytes:
    """Change one letter in the middle."""
    return data[: len(data) // 2] + b"#" + data[len(data) // 2 + 1 :]


LAST: dict[str, Callable[[str, bytes], bytes]] = {
    "gone": lambda name, data: b"",
    "short": lambda name, data: data[: len(data) // 2],
    "of another order": lambda name, data: b"\n".join(reversed(data.split(b"\n"))),
    "damaged": damaged,
    "longer": lambda name, data: b"x" + data if name != RECORDS else b"\n" + data,
}


@pytest.mark.parametrize("what", LAST)
def test_what_does_not_stand_as_it_was_told_is_told_again(known: Known, what: str) -> None:
    files, _ = known.told_on(TODAY, lambda name: LAST[what](name, known.files[name]))
    assert files == known.files


def test_processes_tell_what_one_would(known: Known, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """They begin as copies of a process that has files open for writing."""
    monkeypatch.setattr(kept_data, "RECORDS_OF_A_PART", 5)
    telling = Telling(known.library(), KeptResults(), lambda name: b"", jobs=2)
    (tmp_path / "data").mkdir()
    write_data(known.library(), telling, lambda name: (tmp_path / name).open("wb"))
    assert read_tree(tmp_path) == known.files
    assert telling.renewed().results == known.kept.results
