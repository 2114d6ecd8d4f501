"""What was imported is remembered in the content, and nothing leads out of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from copies import copy_site

from kbp_site.content.problems import KbpError
from kbp_site.editing.imports.ledger import HEADER, PLACE, Ledger, Made, fingerprint
from kbp_site.editing.imports.report import Fate, Report
from kbp_site.editing.imports.session import Session, Wish, read_source
from kbp_site.locale import text

NOTE = "content/activities/a.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the root of the smallest site."""
    return copy_site("minimal", tmp_path / "akar")


def test_the_ledger_is_sorted_and_read_again(root: Path) -> None:
    for key in ("b", "a"):
        ledger = Ledger(root)
        ledger.add(Made(key, "1", NOTE, "2"))
        ledger.save()
    lines = (root / PLACE).read_text("utf-8").splitlines()
    assert lines == [",".join(HEADER), f"a,1,{NOTE},2", f"b,1,{NOTE},2"]
    assert Ledger(root).find("a") == Made("a", "1", NOTE, "2")


@pytest.mark.parametrize("path", ["../luar", "/etc/passwd", "content/../luar", "content", "docs/x/y", "content/a\\b/c"])
def test_a_hostile_ledger_leads_nowhere(root: Path, path: str) -> None:
    (root / PLACE).parent.mkdir()
    (root / PLACE).write_text(f"{','.join(HEADER)}\na,1,{path},2\n", encoding="utf-8")
    assert Ledger(root).find("a") is None


def test_a_hostile_ledger_leads_through_no_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "luar").mkdir()
    (tmp_path / "luar" / "x.yml").write_text("title: X\n", encoding="utf-8")
    (root / "content" / "tautan").symlink_to(tmp_path / "luar")
    digest = fingerprint(b"title: X\n")
    (root / PLACE).parent.mkdir()
    (root / PLACE).write_text(f"{','.join(HEADER)}\na,1,content/tautan/x.yml,{digest}\n", encoding="utf-8")
    with Session(Wish(root, is_undo=True), "a") as session:
        session.settled("a", "1", text("x"))
    assert (tmp_path / "luar" / "x.yml").exists()


def test_no_ledger_is_kept_behind_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "luar").mkdir()
    (root / PLACE).parent.symlink_to(tmp_path / "luar")
    with pytest.raises(KbpError, match="tautan"):
        Session(Wish(root), "a")
    assert list((tmp_path / "luar").iterdir()) == []


def test_a_broken_ledger_is_told(root: Path) -> None:
    (root / PLACE).parent.mkdir()
    (root / PLACE).write_text("<<<<<<< HEAD\n", encoding="utf-8")
    with pytest.raises(KbpError, match="rusak"):
        Ledger(root)


def test_what_was_made_is_remembered_when_an_import_is_interrupted(root: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Session(Wish(root), "a") as session:
        session.write(NOTE, b"title: A\n", key="k", print_="p")
        raise KeyboardInterrupt
    assert Ledger(root).find("k") == Made("k", "p", NOTE, fingerprint(b"title: A\n"))


def test_names_that_are_taken_get_a_number(root: Path) -> None:
    with Session(Wish(root, is_trial=True), "a") as session:
        names = [session.free("content/activities", "gotong-royong", ".yml") for _ in range(2)]
    assert names == ["content/activities/gotong-royong-2.yml", "content/activities/gotong-royong-3.yml"]


def test_nothing_existing_is_overwritten(root: Path) -> None:
    with Session(Wish(root), "a") as session, pytest.raises(FileExistsError):
        session.write("content/activities/gotong-royong.yml", b"x", key="k", print_="p")


def test_a_folder_without_content_is_told(tmp_path: Path) -> None:
    with pytest.raises(KbpError, match="kbp init"):
        Session(Wish(tmp_path), "a")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KbpError, match="tidak ada"):
        read_source(tmp_path / "a.docx")


def test_a_report_counts_everything_once() -> None:
    report = Report("a.csv", is_trial=True)
    report.tell(text("baris"), Fate.IMPORTED, count=3)
    report.tell(text("gambar \x1b[31m"), Fate.SKIPPED, text("rusak"))
    said = report.say("id")
    assert "- 3 baris: masuk\n- gambar \\x1b[31m: tidak masuk\n    rusak\n" in said
    assert "Jumlah bagian: 4 (masuk 3; tidak masuk 1)" in said and "Percobaan" in said
