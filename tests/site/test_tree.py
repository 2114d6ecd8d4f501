"""The tree for any other host; that stock MkDocs builds it is shown in `test_parity.py`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from copies import write_fault
from running import DAY
from trees import read_tree

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.site.cache import cache_folder
from kbp_site.site.publish import locked
from kbp_site.site.tree import render_tree

TODAY = date.fromisoformat(DAY)


def test_the_tree_holds_pages_outputs_theme_and_settings(full: Path, tmp_path: Path) -> None:
    assert render_tree(full, tmp_path / "pohon", today=TODAY) == ()
    names = set(read_tree(tmp_path / "pohon"))
    assert {"mkdocs.yml", "theme/main.html", "docs/index.md", "docs/kegiatan/mediasi-parit.md"} <= names
    assert {"docs/tentang/index.md", "docs/feed.xml", "docs/data/records.json"} <= names
    assert not names & {"docs/sitemap.xml", "docs/robots.txt"}
    assert not [name for name, data in read_tree(tmp_path / "pohon").items() if b"TERSEMBUNYI" in data]


def test_the_same_tree_comes_again(full: Path, tmp_path: Path) -> None:
    render_tree(full, tmp_path / "pohon", today=TODAY)
    before = read_tree(tmp_path / "pohon")
    render_tree(full, tmp_path / "pohon", today=TODAY)
    assert read_tree(tmp_path / "pohon") == before


def test_errors_change_nothing(minimal: Path, tmp_path: Path) -> None:
    render_tree(minimal, tmp_path / "pohon", today=TODAY)
    before = read_tree(tmp_path / "pohon")
    write_fault(minimal)
    assert [problem.code for problem in render_tree(minimal, tmp_path / "pohon", today=TODAY)] == ["K205"]
    assert read_tree(tmp_path / "pohon") == before


def test_an_old_path_in_a_pages_place_changes_nothing(minimal: Path, tmp_path: Path) -> None:
    path = minimal / "content" / "activities" / "gotong-royong.yml"
    path.write_text(f"{path.read_text('utf-8')}aliases: [Tentang/A]\n", encoding="utf-8")
    (minimal / "docs" / "tentang" / "a.md").write_text("# A\n", encoding="utf-8")
    assert [problem.code for problem in render_tree(minimal, tmp_path / "pohon", today=TODAY)] == ["K305"]
    assert not (tmp_path / "pohon").exists()


@pytest.mark.parametrize("place", ["content/pohon", "docs", ""])
def test_a_place_among_the_sources_is_refused(minimal: Path, place: str) -> None:
    with pytest.raises(KbpError):
        render_tree(minimal, minimal / place, today=TODAY)


def test_a_link_among_the_documents_is_refused(minimal: Path, tmp_path: Path) -> None:
    (minimal / "docs" / "rahasia.md").symlink_to("/etc/passwd")
    with pytest.raises(KbpError, match="symbolic link"):
        render_tree(minimal, tmp_path / "pohon", today=TODAY)
    assert not (tmp_path / "pohon").exists()


def test_the_lock_of_the_place_is_kept(minimal: Path, tmp_path: Path) -> None:
    with locked(cache_folder(minimal) / "locks", tmp_path / "pohon"), pytest.raises(KbpError) as caught:
        render_tree(minimal, tmp_path / "pohon", today=TODAY)
    assert caught.value.exit_code == ExitCode.LOCKED
