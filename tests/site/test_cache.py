"""What can be made again stands in the root, or elsewhere when the root cannot be written."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from copies import copy_site
from trees import read_tree

from kbp_site.site.build import Order, build
from kbp_site.site.cache import cache_folder, remembered
from kbp_site.site.kept import Kept


def test_the_cache_stands_in_the_root(tmp_path: Path) -> None:
    assert cache_folder(tmp_path) == tmp_path / ".cache" / "kbp"
    assert list((tmp_path / ".cache" / "kbp").iterdir()) == []


def test_the_cache_of_a_root_that_cannot_be_written_stands_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # For root every folder can be written; a file in its place cannot become a folder for anyone.
    roots = [tmp_path / "satu", tmp_path / "dua"]
    for root in roots:
        root.mkdir()
        (root / ".cache").touch()
    (tmp_path / "sementara").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "sementara"))
    found = [cache_folder(root) for root in roots]
    assert {folder.parent for folder in found} == {tmp_path / "sementara"}
    assert found[0] != found[1]
    assert [folder.stat().st_mode & 0o777 for folder in found] == [0o700, 0o700]
    assert cache_folder(roots[0]) == found[0]


def test_to_ask_what_is_remembered_writes_nothing(tmp_path: Path) -> None:
    assert remembered(tmp_path).count == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("link", [".cache", ".cache/kbp"])
def test_nothing_is_kept_or_removed_where_a_link_leads(
    link: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, elsewhere, temporary = (tmp_path / name for name in ("akar", "lain", "sementara"))
    (elsewhere / "kbp" / "images").mkdir(parents=True)
    temporary.mkdir()
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(elsewhere)
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    before = sorted(elsewhere.rglob("*"))
    assert cache_folder(root).parent == temporary
    remembered(root).keep()
    Kept.of(root, root / "site").forget()
    assert sorted(elsewhere.rglob("*")) == before


@pytest.mark.parametrize(
    ("link", "target"), [("records", ""), ("images/foto", ""), ("pages/x/a", ""), ("seal", "satu")]
)
def test_a_link_within_the_cache_is_removed_and_what_it_leads_to_stays(link: str, target: str, tmp_path: Path) -> None:
    folder, elsewhere = cache_folder(tmp_path / "akar"), tmp_path / "lain"
    elsewhere.mkdir()
    (elsewhere / "satu").touch()
    (folder / link).parent.mkdir(parents=True, exist_ok=True)
    (folder / link).symlink_to(elsewhere / target)
    assert cache_folder(tmp_path / "akar") == folder
    assert not os.path.lexists(folder / link) and (elsewhere / "satu").exists()


def test_a_build_removes_and_writes_nothing_where_a_link_in_its_cache_leads(tmp_path: Path) -> None:
    root, elsewhere = copy_site("minimal", tmp_path / "akar"), tmp_path / "lain"
    (elsewhere / "tahun-2006").mkdir(parents=True)
    (elsewhere / "tahun-2006" / "foto.jpg").touch()
    for name in ("foto", "sampul"):
        (root / ".cache" / "kbp" / "images").mkdir(parents=True, exist_ok=True)
        (root / ".cache" / "kbp" / "images" / name).symlink_to(elsewhere)
    before = read_tree(elsewhere)
    built = build(Order(root, root / "site", date(2026, 11, 23), 1), lambda step: None)
    assert built.pages and read_tree(elsewhere) == before
