"""When a record was last changed: from one pass over git's history, and nothing where it is not whole."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from copies import copy_site

from kbp_site.content.history import History, was_ever
from kbp_site.content.load import load
from kbp_site.pages.lookup import Lookup
from kbp_site.pages.render import render_page

STORY = "content/activities/gotong-royong.yml"
WEST, EAST = "Asia/Jakarta", "Asia/Jayapura"


def git(root: Path, *words: str, day: str = "2026-01-01T00:00:00Z") -> None:
    """Run git away from any settings of this machine, on a day."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = {f"GIT_{who}_{what}": "uji" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    days = {"GIT_AUTHOR_DATE": "2000-01-01T00:00:00Z", "GIT_COMMITTER_DATE": day}
    subprocess.run(
        ["git", "-C", root, *words], check=True, capture_output=True, env={**os.environ, **own, **names, **days}
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Give the smallest site in a repository: a first commit, then one that changes its story and renames nothing."""
    root = copy_site("minimal", tmp_path / "repo" / "situs")
    git(root.parent, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "-A")
    git(root, "commit", "--quiet", "-m", "awal")
    (root / STORY).write_text((root / STORY).read_text(encoding="utf-8") + "# ubah\n", encoding="utf-8")
    (root / "content" / "activities" / "cerita ü.yml").write_text("title: x\n", encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "--quiet", "-m", "ubah", day="2026-08-16T16:30:00Z")
    (root / STORY).write_text((root / STORY).read_text(encoding="utf-8") + "# belum\n", encoding="utf-8")
    return root


def test_the_day_is_that_of_the_last_commit_in_the_sites_zone(repository: Path) -> None:
    assert History(repository, WEST).changed(STORY) == date(2026, 8, 16)
    assert History(repository, EAST).changed(STORY) == date(2026, 8, 17)
    assert History(repository, WEST).changed("content/site.yml") == date(2026, 1, 1)
    assert History(repository, WEST).changed("content/activities/tidak-ada.yml") is None


def test_a_shallow_clone_says_nothing(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository.parent}", "dangkal")
    assert History(tmp_path / "dangkal" / "situs", WEST).changed(STORY) is None


def test_without_git_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert History(tmp_path, WEST).changed(STORY) is None
    git(tmp_path, "init", "--quiet")
    assert History(tmp_path, WEST).changed(STORY) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert History(tmp_path, WEST).changed(STORY) is None


def test_a_story_says_when_it_was_last_changed(repository: Path) -> None:
    (repository / "content" / "activities" / "cerita ü.yml").unlink()
    library = load(repository, today=date(2026, 11, 23)).library
    assert library is not None
    lookup = Lookup(library)
    story, home = lookup.page("kegiatan/gotong-royong/"), lookup.page("")
    assert story is not None and home is not None
    assert '"updated": ["2026-08-16", "16 Agustus 2026"]' in render_page(story)
    assert "updated" not in render_page(home)


def test_an_edition_is_as_new_as_its_translation(repository: Path) -> None:
    (repository / "content" / "activities" / "cerita ü.yml").unlink()
    (repository / "content" / "site.yml").write_text(
        (repository / "content" / "site.yml").read_text(encoding="utf-8") + "languages: [id, en]\n", encoding="utf-8"
    )
    (repository / STORY.replace(".yml", ".en.yml")).write_text("title: Working together\n", encoding="utf-8")
    git(repository, "add", "content/site.yml", STORY.replace(".yml", ".en.yml"))
    git(repository, "commit", "--quiet", "-m", "terjemahan", day="2026-10-01T00:00:00Z")
    library = load(repository, today=date(2026, 11, 23)).library
    assert library is not None
    lookup = Lookup(library)
    page, original = lookup.page("en/activities/gotong-royong/"), lookup.page("kegiatan/gotong-royong/")
    assert page is not None and page.updated == ("2026-10-01", "1 October 2026")
    assert original is not None and original.updated == ("2026-08-16", "16 Agustus 2026")


def test_what_was_deleted_is_remembered_and_what_never_was_is_not(repository: Path) -> None:
    (repository / STORY).unlink()
    git(repository, "add", "-A")
    git(repository, "commit", "--quiet", "-m", "hapus")
    assert was_ever(repository, ["content/activities/lain.yml", STORY])
    for path in ("content/activities/gotong.yml", "content/activities/*.yml", "../luar"):
        assert not was_ever(repository, [path])
    assert not was_ever(repository, []) and not was_ever(repository / "tidak-ada", [STORY])
