"""Releases stand side by side, are never changed, and readers see one of them, whole."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from trees import read_tree

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.site.releases import (
    CURRENT,
    KEPT,
    MANIFEST,
    OWN,
    SPARE,
    Forgotten,
    Release,
    add_release,
    current_release,
    find_release,
    forget_old,
    judge_current,
    judge_release,
    judge_releases,
    releases_in,
    standing_of,
    switch,
    verify,
)

BESIDE = {"nginx.conf": b"# nginx"}
PAGES = {"index.html": "beranda", "kegiatan/index.html": "kegiatan", "assets/gaya.css": "h1 {}"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a place for releases that is ours and still empty."""
    (tmp_path / "terbitan" / OWN).mkdir(parents=True)
    return tmp_path / "terbitan"


def site_of(place: Path, **pages: str) -> Path:
    """Write a built site beside the place and return it."""
    site = place.with_name("site")
    for name, words in {**PAGES, **pages}.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    return site


def add(place: Path, **pages: str) -> Release:
    """Add a release and let readers see it."""
    added = add_release(site_of(place, **pages), place, beside=BESIDE)
    switch(place, added.release)
    return added.release


def test_readers_see_what_was_built(place: Path) -> None:
    release = add(place)
    assert read_tree(place / CURRENT / "site") == {name: words.encode() for name, words in PAGES.items()}
    assert current_release(place) == release
    assert not os.path.isabs(os.readlink(place / CURRENT)), "the place can be moved"
    assert (place / CURRENT / "nginx.conf").read_bytes() == b"# nginx"
    manifest = json.loads((release.folder / MANIFEST).read_bytes())
    assert set(manifest["files"]) == set(PAGES)
    assert manifest["files"]["index.html"][1] == len("beranda")


def test_the_same_site_is_the_same_release(place: Path) -> None:
    first = add(place)
    added = add_release(site_of(place), place, beside=BESIDE)
    assert (added.release, added.fresh, added.is_new) == (first, 0, False)
    assert releases_in(place) == (first,)


def test_other_settings_are_another_release(place: Path) -> None:
    first = add(place)
    added = add_release(site_of(place), place, beside={"nginx.conf": b"# other"})
    assert (added.release > first, added.fresh, added.is_new, added.mends) == (True, 0, True, None)


@pytest.mark.parametrize("name", ["site/index.html", "nginx.conf"])
def test_the_same_site_mends_a_damaged_release(place: Path, name: str) -> None:
    first = add(place)
    (first.folder / name).unlink()
    added = add_release(site_of(place), place, beside=BESIDE)
    assert (added.release.number, added.is_new, added.mends) == (2, True, first)
    assert list(verify(added.release)) == []
    switch(place, added.release)
    assert current_release(place) == added.release


@pytest.mark.parametrize("way", ["another folder", "an absolute way", "a folder", "nothing"])
def test_a_link_that_leads_elsewhere_shows_no_release(place: Path, way: str) -> None:
    release = add(place)
    assert judge_current(place) is None
    other = place.with_name("lain") / release.name
    other.mkdir(parents=True)
    (place / CURRENT).unlink()
    if way == "a folder":
        (place / CURRENT).mkdir()
    elif way != "nothing":
        (place / CURRENT).symlink_to(f"../lain/{release.name}" if way == "another folder" else other)
    assert current_release(place) is None
    assert judge_current(place) is not None


def test_a_file_that_did_not_change_is_the_same_file(place: Path) -> None:
    first = add(place)
    added = add_release(site_of(place, **{"index.html": "beranda baru"}), place, beside={})
    assert (added.files, added.fresh) == (3, 1)
    second = added.release
    assert (second.number, second.name[:5]) == (2, "0002-")
    assert os.path.samefile(first.site / "assets/gaya.css", second.site / "assets/gaya.css")
    assert not os.path.samefile(first.site / "index.html", second.site / "index.html")
    assert (first.site / "index.html").read_text("utf-8") == "beranda"


def test_a_site_that_only_lost_files_is_a_release_too(place: Path) -> None:
    first = add(place)
    (place.with_name("site") / "index.html").unlink()
    added = add_release(place.with_name("site"), place, beside={})
    assert (added.fresh, added.is_new) == (0, True)
    assert added.release > first


def test_a_damaged_file_is_not_taken_over(place: Path) -> None:
    first = add(place)
    (first.site / "index.html").write_text("rusak!!", encoding="utf-8")
    second = add(place, **{"assets/gaya.css": "h2 {}"})
    assert list(verify(second)) == []


def test_where_a_file_system_knows_no_links_files_are_copied(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    add(place)
    monkeypatch.setattr(os, "link", refuse)
    added = add_release(site_of(place, **{"index.html": "baru"}), place, beside={})
    assert added.fresh == 3
    assert list(verify(added.release)) == []


def test_everybody_may_read_a_release(place: Path) -> None:
    mask = os.umask(0o077)
    try:
        release = add(place)
    finally:
        os.umask(mask)
    rights = {path.stat().st_mode & 0o777 for path in (release.folder, *release.folder.rglob("*"))}
    assert rights == {0o755, 0o644}


def test_a_link_in_a_site_is_refused_and_nothing_is_left(place: Path) -> None:
    site = site_of(place)
    (site / "rahasia.txt").symlink_to("/etc/hostname")
    with pytest.raises(KbpError, match=r"rahasia\.txt"):
        add_release(site, place, beside={})
    assert releases_in(place) == () and list((place / "releases").iterdir()) == []


def test_a_release_that_cannot_be_finished_leaves_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> None:
        assert (folder / MANIFEST).is_file(), "all of it was written"
        raise OSError("no room")

    monkeypatch.setattr("kbp_site.site.releases.settle", refuse)
    with pytest.raises(OSError, match="no room"):
        add_release(site_of(place), place, beside={})
    assert releases_in(place) == () and list((place / "releases").iterdir()) == []


def test_what_an_interrupted_publication_left_is_removed(place: Path) -> None:
    add(place)
    left = place / "releases" / "0002.new" / "site"
    left.mkdir(parents=True)
    (place / "current.new").symlink_to("releases/0002.new")
    second = add(place, **{"index.html": "baru"})
    assert [path.name for path in (place / "releases").iterdir() if path.name not in {second.name}] == [
        release.name for release in releases_in(place) if release != second
    ]
    assert not (place / "current.new").is_symlink()


def test_the_last_five_stay_and_the_one_that_readers_see(place: Path) -> None:
    made = [add(place, **{"index.html": f"beranda {number}"}) for number in range(KEPT + 2)]
    switch(place, made[0])
    assert forget_old(place, standing={}) == Forgotten((made[1],), standing_of(made[0]))
    assert releases_in(place) == (made[0], *made[2:])
    assert current_release(place) == made[0]
    assert forget_old(place, unfit=[made[3], made[0]], standing={}).releases == (made[3],), "never what readers see"


def test_how_a_release_stands_is_known_without_another_look(place: Path) -> None:
    """Also once others went, with links to its files: of the last that goes they stay, of all others they go."""
    went = list[int]()
    for number in range(2 * KEPT):
        added = add_release(site_of(place, **{"index.html": f"beranda {number}"}), place, beside=BESIDE)
        assert added.standing == standing_of(added.release)
        switch(place, added.release)
        unfit = releases_in(place)[1:3] if number == KEPT + 2 else ()
        gone, standing = forget_old(place, unfit, standing=added.standing)
        assert standing == standing_of(added.release), number
        went.append(len(gone))
    assert went == [0] * KEPT + [1, 1, 3, 0, 0]


def test_of_the_last_that_goes_only_what_readers_see_stays_and_the_next_release_is_made_in_it(place: Path) -> None:
    spare = place / OWN / SPARE
    add(place, **{"dicabut.html": "dicabut"})
    place.with_name("site").joinpath("dicabut.html").unlink()
    for number in range(KEPT):
        add(place, **{"index.html": f"beranda {number}"})
    forget_old(place, standing={})
    assert read_tree(spare).keys() == PAGES.keys() - {"index.html"}
    tree = spare.stat().st_ino
    (spare / "lain.html").write_text("milik orang")
    release = add(place, **{"kegiatan/index.html": "yang baru"})
    assert read_tree(release.site).keys() == PAGES.keys()
    assert release.site.stat().st_ino == tree and not spare.exists()
    assert next(verify(release), None) is None


def test_the_release_before_is_found_and_any_by_its_number_or_name(place: Path) -> None:
    with pytest.raises(KbpError, match="belum ada terbitan"):
        find_release(place, None)
    first = add(place)
    with pytest.raises(KbpError, match="tidak ada terbitan yang lebih lama"):
        find_release(place, None)
    second = add(place, **{"index.html": "baru"})
    assert find_release(place, None) == first
    assert find_release(place, "2") == find_release(place, "0002") == find_release(place, second.name) == second
    with pytest.raises(KbpError, match=first.name):
        find_release(place, "12")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("changed", ("index.html", "berubah sejak terbit")),
        ("missing", ("index.html", "hilang")),
        ("added", ("jahat.js", "tidak ada saat terbit")),
        ("link", ("index.html", "bukan lagi berkas biasa")),
        ("folder", ("index.html", "bukan lagi berkas biasa")),
        ("settings", ("nginx.conf", "berubah sejak terbit")),
        ("other settings", ("lain.conf", "tidak ada saat terbit")),
        ("linked site", ("site", "bukan lagi folder biasa")),
        ("manifest", (MANIFEST, "berubah sejak terbit")),
        ("no manifest", (MANIFEST, "tidak dapat dibaca")),
        ("no json", (MANIFEST, "tidak dapat dibaca")),
        ("another manifest", (MANIFEST, "berubah sejak terbit")),
    ],
)
def test_whatever_was_changed_is_told(place: Path, damage: str, told: tuple[str, str]) -> None:
    release = add(place)
    assert list(verify(release)) == []
    page, manifest = release.site / "index.html", release.folder / MANIFEST
    match damage:
        case "changed":
            page.write_text("lain", encoding="utf-8")
        case "missing":
            page.unlink()
        case "added":
            (release.site / "jahat.js").write_text("alert(1)", encoding="utf-8")
        case "link":
            page.unlink()
            page.symlink_to("kegiatan/index.html")
        case "folder":
            page.unlink()
            page.mkdir()
        case "settings":
            (release.folder / "nginx.conf").write_text("# other", encoding="utf-8")
        case "other settings":
            (release.folder / "lain.conf").touch()
        case "linked site":
            release.site.rename(place / "lain")
            release.site.symlink_to(place / "lain")
        case "manifest":
            manifest.write_text(manifest.read_text("utf-8").replace('"version": 1', '"version":  1'), encoding="utf-8")
        case "no manifest":
            manifest.unlink()
        case "another manifest":
            manifest.write_text('{"files": ["index.html"]}', encoding="utf-8")
        case "no json":
            manifest.write_text("{", encoding="utf-8")
    assert [(path, fault.say("id")) for path, fault in verify(release)] == [told]
    with pytest.raises(KbpError, match="tidak utuh lagi") as caught:
        judge_release(release)
    assert caught.value.exit_code == ExitCode.SYSTEM


def test_a_folder_of_others_is_no_place_for_releases(tmp_path: Path) -> None:
    (tmp_path / "akar" / "content").mkdir(parents=True)
    other = tmp_path / "milik-orang"
    other.mkdir()
    judge_releases(other, tmp_path / "akar")
    (other / "surat.txt").touch()
    for place in (other, tmp_path / "akar" / "content", tmp_path / "akar"):
        with pytest.raises(KbpError):
            judge_releases(place, tmp_path / "akar")
