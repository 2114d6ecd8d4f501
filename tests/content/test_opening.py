"""What is put in a file's place after it was looked at is not read."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any

import pytest

from kbp_site.content import opening
from kbp_site.content.opening import open_below
from kbp_site.content.problems import Problem
from kbp_site.content.text_files import read_bytes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a file in a folder, and something that must stay unread beside it."""
    (tmp_path / "akar" / "dalam").mkdir(parents=True)
    (tmp_path / "akar" / "dalam" / "a.yml").write_text("isi")
    (tmp_path / "luar").mkdir()
    (tmp_path / "luar" / "a.yml").write_text("rahasia")
    return tmp_path / "akar"


def swap(monkeypatch: pytest.MonkeyPatch, at: Path, instead: Path) -> None:
    """Put a link in the place of ``at`` at the last moment: just before it is opened."""
    really = os.open

    def open_(path: str | Path, flags: int, *, dir_fd: int | None = None) -> int:
        if Path(path).name == at.name and not at.is_symlink():
            at.rename(at.with_name("dulu"))
            at.symlink_to(instead)
        return really(path, flags, dir_fd=dir_fd)

    monkeypatch.setattr(opening.os, "open", open_)


def test_a_file_is_opened_where_it_lies(folder: Path) -> None:
    handle = open_below(folder, "dalam/a.yml")
    assert os.fstat(handle).st_ino == (folder / "dalam" / "a.yml").stat().st_ino
    assert os.read(handle, 9) == b"isi" and stat.S_ISREG(os.fstat(handle).st_mode)
    os.close(handle)


def test_what_is_put_in_a_files_place_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap(monkeypatch, folder / "dalam" / "a.yml", folder.parent / "luar" / "a.yml")
    with pytest.raises(OSError):
        open_below(folder, "dalam/a.yml")


def test_what_is_put_in_a_folders_place_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap(monkeypatch, folder / "dalam", folder.parent / "luar")
    with pytest.raises(OSError):
        open_below(folder, "dalam/a.yml")


def test_a_record_that_is_swapped_for_a_link_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap(monkeypatch, folder / "dalam" / "a.yml", folder.parent / "luar" / "a.yml")
    told = read_bytes(folder.parent, "akar/dalam/a.yml")
    assert isinstance(told, Problem) and told.code == "K110"


class Failing(RawIOBase):
    """A file whose disk gives its beginning and fails behind it, as a bad sector or a lost network does."""

    def __init__(self) -> None:
        super().__init__()
        self.given = False

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        if self.given:
            raise OSError(errno.EIO, "Input/output error")
        self.given = True
        room[:2] = b"is"
        return 2


def test_a_file_that_cannot_be_read_to_its_end_is_not_taken_for_a_shorter_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fdopen", lambda *_, **__: BufferedReader(Failing()))
    with pytest.raises(OSError, match="Input/output"):
        read_bytes(folder.parent, "akar/dalam/a.yml")


def test_no_handle_stays_open(folder: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for name in ("dalam/a.yml", "dalam/tidak-ada", "tidak-ada/a.yml", "dalam/a.yml/x"):
        try:
            os.close(open_below(folder, name))
        except OSError:
            continue
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("name", ["tidak-ada", "lain/tidak-ada"])
def test_what_is_not_there_is_named_whole(folder: Path, name: str) -> None:
    with pytest.raises(OSError) as told:
        open_below(folder, name)
    assert told.value.filename == f"{folder}/{name}"
