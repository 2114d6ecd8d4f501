"""A site becomes public in one step, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from trees import read_tree

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.site.publish import MARKER, OLD, folder_name, judge_out, locked, publish, staged
from kbp_site.site.standing import stamps


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a site's root with its sources."""
    for name in ("content", "docs", ".git"):
        (tmp_path / "akar" / name).mkdir(parents=True)
    return tmp_path / "akar"


def put(folder: Path, **files: str) -> Path:
    """Write files into a folder, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in files.items():
        (folder / name).write_text(words, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "place", ["", "..", "/", "content", "docs", ".git", "content/x/y", "docs/../content/x", "tautan/x"]
)
def test_sources_and_what_holds_them_are_refused(root: Path, place: str) -> None:
    (root / "tautan").symlink_to(root / "content")
    with pytest.raises(KbpError, match="tidak dapat dipakai untuk hasil") as caught:
        judge_out(root / place, root)
    assert caught.value.exit_code == ExitCode.USAGE


def test_sources_behind_a_link_are_refused(tmp_path: Path, root: Path) -> None:
    (root / "content").rmdir()
    (root / "content").symlink_to(put(tmp_path / "catatan"))
    with pytest.raises(KbpError):
        judge_out(tmp_path / "catatan" / "hasil", root)


@pytest.mark.parametrize("place", ["site", "contents", "a/b/c", "../lain", ".kosong"])
def test_any_other_new_place_will_do(root: Path, place: str) -> None:
    judge_out(root / place, root)
    assert not (root / place).exists(), "judging makes nothing"


def test_only_a_folder_of_ours_is_replaced(root: Path) -> None:
    out = put(root / "hasil", milik="orang")
    with pytest.raises(KbpError, match="bukan buatan kbp"):
        judge_out(out, root)
    put(out, **{MARKER: ""})
    judge_out(out, root)


def test_a_file_is_refused(root: Path) -> None:
    put(root, hasil="milik orang")
    with pytest.raises(KbpError, match="berkas, bukan folder"):
        judge_out(root / "hasil", root)


def test_a_lock_is_held_once(tmp_path: Path) -> None:
    with locked(tmp_path / "kunci", tmp_path / "situs"):
        with pytest.raises(KbpError) as caught, locked(tmp_path / "kunci", tmp_path / "." / "situs"):
            pass
        assert caught.value.exit_code == ExitCode.LOCKED
        with locked(tmp_path / "kunci", tmp_path / "lain"):
            pass
    with locked(tmp_path / "kunci", tmp_path / "situs"):
        pass


def test_a_lock_is_given_back_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no room"), locked(tmp_path, tmp_path / "situs"):
        raise OSError("no room")
    with locked(tmp_path, tmp_path / "situs"):
        pass


def test_a_folder_has_one_name_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = {folder_name(path) for path in (Path("situs"), tmp_path / "situs", tmp_path / "x" / ".." / "situs")}
    assert len(names) == 1
    assert folder_name(tmp_path / "lain") not in names


@pytest.mark.parametrize("fails", [False, True])
def test_what_was_made_beside_is_gone_afterwards(tmp_path: Path, fails: bool) -> None:
    out = tmp_path / "a" / "situs"
    try:
        with staged(out) as folder:
            assert folder.parent == out.parent
            put(folder / "site", halaman="baru")
            if fails:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        assert fails
    assert list(out.parent.iterdir()) == []


def test_what_an_interrupted_build_left_is_removed(tmp_path: Path) -> None:
    for name in (".situs.kbp-abcd", ".situs.milik-orang", ".situs2.kbp-abcd", "situs"):
        put(tmp_path / name, isi="lama")
    with staged(tmp_path / "situs"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == [".situs.milik-orang", ".situs2.kbp-abcd", "situs"]


def test_a_build_that_fell_between_two_renames_is_taken_back(tmp_path: Path) -> None:
    put(tmp_path / ".situs.kbp-abcd" / OLD, index="situs lama")
    with staged(tmp_path / "situs"):
        assert read_tree(tmp_path / "situs") == {"index": b"situs lama"}


def test_an_old_site_never_takes_the_place_of_one_that_stands(tmp_path: Path) -> None:
    put(tmp_path / ".situs.kbp-abcd" / OLD, index="situs lama")
    put(tmp_path / "situs", index="situs baru")
    with staged(tmp_path / "situs"):
        assert read_tree(tmp_path / "situs") == {"index": b"situs baru"}


@pytest.mark.parametrize("stood", [True, False])
def test_a_site_takes_the_place_of_the_old_one(tmp_path: Path, stood: bool) -> None:
    out = tmp_path / "situs"
    if stood:
        put(out, lama="lama")
    with staged(out) as folder:
        told = publish(put(folder / "site", baru="baru"), out)
    assert told == stamps(out)
    assert read_tree(out) == {MARKER: b"", "baru": b"baru"}
    assert [path.name for path in tmp_path.iterdir()] == ["situs"]


def test_everyone_may_read_what_was_published(tmp_path: Path) -> None:
    mask = os.umask(0o077)
    try:
        with staged(tmp_path / "situs") as folder:
            put(folder / "site" / "a", baru="baru")
            told = publish(folder / "site", tmp_path / "situs")
    finally:
        os.umask(mask)
    assert told == stamps(tmp_path / "situs")
    rights = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert rights == {"situs": 0o755, "situs/a": 0o755, "situs/a/baru": 0o644, f"situs/{MARKER}": 0o644}
