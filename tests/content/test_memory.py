"""What a preview remembers: after any edits, reading with a memory gives what reading from nothing gives."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from copies import copy_site

from kbp_site.content import load as loading
from kbp_site.content.load import Loaded, load
from kbp_site.content.memory import FileReading, Memory
from kbp_site.content.problems import Problem

TODAY = date(2026, 11, 23)
STORY = "content/activities/pasar-warga.yml"


def write(name: str, words: str) -> Callable[[Path], None]:
    """Return an edit that writes a file."""

    def edit(root: Path) -> None:
        (root / name).write_text(words, encoding="utf-8")

    return edit


def change(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return an edit that puts words in the place of others in a file."""

    def edit(root: Path) -> None:
        words = (root / name).read_text(encoding="utf-8")
        assert old in words
        (root / name).write_text(words.replace(old, new), encoding="utf-8")

    return edit


EDITS = [
    change(STORY, "title: ", "title: Baru "),
    write("content/terms/istilah-baru.yml", "title: Baru\nstatus: published\ndefinition: Arti baru.\n"),
    write("content/terms/istilah-baru.yml", "title: Baru\nstatus: published\ndefinition: Telp 0812 3456 7890.\n"),
    write("content/terms/istilah-baru.en.yml", "title: New\n"),
    write("content/terms/rusak.yml", "title: [\n"),
    lambda root: (root / "content/terms/rusak.yml").unlink(),
    lambda root: (root / "content/roles/mediator.yml").rename(root / "content/roles/penengah.yml"),
    change("content/site.yml", "title: ", "title: Situs "),
    lambda root: (root / "content/terms/istilah-baru.yml").unlink(),
]


def told(loaded: Loaded) -> object:
    """Return all that a reading says, for comparison."""
    library = loaded.library
    records = {key: (entry.record, entry.translations) for key, entry in library.by_key.items()} if library else None
    return [(p.path, p.line, p.column, p.code, p.message.say("id")) for p in loaded.problems], records


def test_a_memory_says_what_reading_from_nothing_says(tmp_path: Path) -> None:
    root, memory = copy_site("full", tmp_path / "akar"), Memory()
    assert told(load(root, today=TODAY, memory=memory)) == told(load(root, today=TODAY))
    for edit in EDITS:
        edit(root)
        found = told(load(root, today=TODAY, memory=memory))
        assert found == told(load(root, today=TODAY))
    later = date(2031, 1, 1)
    assert told(load(root, today=later, memory=memory)) == told(load(root, today=later))


def test_a_contact_that_was_allowed_is_judged_anew_everywhere(tmp_path: Path) -> None:
    root, memory = copy_site("minimal", tmp_path / "akar"), Memory()
    office = "title: Kantor\nkind: kbp\nabout: Telp 0812 3456 7890.\n"
    write("content/organizations/kantor.yml", office)(root)
    assert [p.code for p in load(root, today=TODAY, memory=memory).problems if p.is_error] == ["K502"]
    site = (root / "content/site.yml").read_text(encoding="utf-8")
    allowed = "privacy:\n  allowed_contacts:\n    - value: 0812 3456 7890\n      reason: kantor\n"
    (root / "content/site.yml").write_text(site + allowed, encoding="utf-8")
    assert not [p for p in load(root, today=TODAY, memory=memory).problems if p.is_error]


def test_only_what_changed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, memory = copy_site("full", tmp_path / "akar"), Memory()
    long_ago = 1_700_000_000
    for path in (root / "content").rglob("*.yml"):
        os.utime(path, (long_ago, long_ago))
    monkeypatch.setattr("kbp_site.content.memory.SETTLED", -(10**18))  # a file's inner time is always now
    load(root, today=TODAY, memory=memory)
    read: list[str] = []
    plain = loading.read_file

    def reading(path: str, data: bytes | Problem, model: type) -> FileReading:
        read.append(path)
        return plain(path, data, model)

    monkeypatch.setattr(loading, "read_file", reading)
    change(STORY, "title: ", "title: Baru ")(root)
    load(root, today=TODAY, memory=memory)
    assert read == [STORY]


def test_a_file_that_was_just_written_is_not_trusted(tmp_path: Path) -> None:
    root, memory, times = copy_site("minimal", tmp_path / "akar"), Memory(), []
    path = "content/site.yml"

    def read() -> FileReading:
        times.append(1)
        return FileReading(None, None, ())

    memory.recall(root, path, read)
    memory.recall(root, path, read)
    assert len(times) == 2
    assert memory.count == 1
