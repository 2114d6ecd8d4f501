"""A tree of before becomes the next site's, and nothing that stood in it stays but what a link would have made."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from trees import read_tree

from kbp_site.content.shelves import NUMBER, Stamp, stamp_at
from kbp_site.site.spare import above, are_on_one_disk, forget, keep, sweep, take_over
from kbp_site.site.standing import stamps

OLD = {"index.html": "beranda", "a/index.html": "a", "a/b/index.html": "b", "c/index.html": "c"}
TAKEN = {"index.html", "a/b/index.html", "c/index.html"}


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files by their names below a folder, and return it."""
    for name, words in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    return folder


def taken(site: Path) -> dict[str, Stamp]:
    """Return the stamps of the files that are taken over from a site."""
    return {name: stamp_at(f"{site}/{name}") for name in TAKEN}


def said(folder: Path) -> dict[str, str]:
    """Return what every file below a folder says."""
    return {name: data.decode() for name, data in read_tree(folder).items()}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Give the site of before."""
    return write(tmp_path / "lama", OLD)


@pytest.fixture
def spare(tmp_path: Path, old: Path) -> Path:
    """Give a tree that was brought up to date with it."""
    take_over(stamps(old), old, tmp_path / "cadangan", tmp_path / "tidak-ada")
    return tmp_path / "cadangan"


def is_taken(site: Path, old: Path) -> bool:
    """Whether a site holds the very files that were to be taken over, and nothing else."""
    folders = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_dir()}
    return (
        said(site) == {name: OLD[name] for name in TAKEN}
        and all(os.path.samefile(site / name, old / name) for name in TAKEN)
        and folders == {"a", "a/b", "c"}
    )


def test_without_a_spare_tree_all_is_linked(tmp_path: Path, old: Path) -> None:
    take_over(taken(old), old, tmp_path / "baru", tmp_path / "tidak-ada")
    assert is_taken(tmp_path / "baru", old)


def rewrite(spare: Path) -> None:
    """Put another file in the place of one."""
    (spare / "index.html").unlink()
    (spare / "index.html").write_text("dicabut", encoding="utf-8")


def link_out(spare: Path) -> None:
    """Put a link to a folder outside in the place of a folder."""
    outside = write(spare.with_name("luar"), {"index.html": "milik orang"})
    (spare / "c/index.html").unlink()
    (spare / "c").rmdir()
    (spare / "c").symlink_to(outside, target_is_directory=True)


def turn_over(spare: Path) -> None:
    """Put a folder in the place of a file."""
    (spare / "index.html").unlink()
    write(spare, {"index.html/x/y.html": "bukan berkas"})


FOUND: dict[str, Callable[[Path], object]] = {
    "as it was": lambda spare: None,
    "more": lambda spare: write(spare, {"dicabut/index.html": "dicabut", "a/x.js": "alert(1)"}),
    "less": lambda spare: (spare / "c/index.html").unlink(),
    "another file": rewrite,
    "a folder for a file": turn_over,
    "a link for a folder": link_out,
    "nothing": forget,
}


@pytest.mark.parametrize("what", FOUND)
def test_whatever_stands_in_a_spare_tree_only_what_a_link_would_make_stays(
    tmp_path: Path, old: Path, spare: Path, what: str
) -> None:
    FOUND[what](spare)
    take_over(taken(old), old, tmp_path / "baru", spare)
    assert is_taken(tmp_path / "baru", old) and not spare.exists()
    assert said(old) == OLD
    assert what != "a link for a folder" or said(tmp_path / "luar") == {"index.html": "milik orang"}


@pytest.mark.parametrize("is_one", [True, False])
def test_on_another_disk_a_number_says_nothing(
    tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch, *, is_one: bool
) -> None:
    spare = write(tmp_path / "cadangan", {"index.html": "milik orang"})
    stamp = list(stamp_at(f"{old}/index.html"))
    stamp[NUMBER] = (spare / "index.html").stat().st_ino
    monkeypatch.setattr("kbp_site.site.spare.are_on_one_disk", lambda *_: is_one)
    take_over({"index.html": tuple(stamp)}, old, tmp_path / "baru", spare)
    assert said(tmp_path / "baru") == {"index.html": "milik orang" if is_one else OLD["index.html"]}


def test_trees_on_one_disk_are_told_from_others(old: Path, spare: Path) -> None:
    assert are_on_one_disk(old, spare) and not are_on_one_disk(old, Path("/dev"))


def test_a_link_in_the_place_of_the_spare_tree_is_not_followed(tmp_path: Path, old: Path) -> None:
    outside = write(tmp_path / "luar", {"x": "milik orang"})
    (tmp_path / "cadangan").symlink_to(outside, target_is_directory=True)
    take_over(taken(old), old, tmp_path / "baru", tmp_path / "cadangan")
    assert is_taken(tmp_path / "baru", old) and said(outside) == {"x": "milik orang"}
    keep(tmp_path / "baru", tmp_path / "cadangan", taken(old))
    assert is_taken(tmp_path / "cadangan", old) and said(outside) == {"x": "milik orang"}


def test_where_the_disk_cannot_link_files_are_copied(
    tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    take_over(taken(old), old, tmp_path / "baru", tmp_path / "tidak-ada")
    assert said(tmp_path / "baru") == {name: OLD[name] for name in TAKEN}


def test_what_a_site_does_not_hold_any_more_does_not_stay_in_the_spare_tree(tmp_path: Path, old: Path) -> None:
    site = tmp_path / "baru"
    take_over(taken(old), old, site, tmp_path / "tidak-ada")
    write(site, {"a/index.html": "a yang lain"})
    assert keep(old, tmp_path / "cadangan", taken(site))
    assert said(tmp_path / "cadangan") == {name: OLD[name] for name in TAKEN}
    assert not old.exists() and read_tree(site).keys() == OLD.keys()


def test_a_tree_that_cannot_be_kept_is_removed(tmp_path: Path, old: Path, spare: Path) -> None:
    (tmp_path / "berkas").write_text("")
    assert not keep(spare, tmp_path / "berkas" / "cadangan", taken(old))
    assert not spare.exists() and said(old) == OLD


def test_what_is_the_same_in_two_trees_is_found(old: Path, spare: Path) -> None:
    assert sweep(spare, taken(old)) == TAKEN
    assert sweep(spare, {"index.html": stamp_at(f"{old}/index.html"), "c/index.html": ()}) == {"index.html"}
    assert list(spare.iterdir()) == [spare / "index.html"]


def test_folders_above_are_found() -> None:
    assert above(["a/b/c.html", "a/d.html", "e.html", "f/g"]) == {"a/", "a/b/", "f/"}
