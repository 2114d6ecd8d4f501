"""Nothing is published anew where nothing changed; whatever changed is noticed, in the releases too."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from copies import copy_site
from running import DAY

from kbp_site.site import publishing, seal
from kbp_site.site.build import Order
from kbp_site.site.published import LastPublication, published_before, read_publication, write_publication
from kbp_site.site.publishing import Published, publish_site
from kbp_site.site.releases import MANIFEST, OWN, Known, add_release, current_release, switch, verify
from kbp_site.site.standing import digests_of, stamps

SITE = {"index.html": "beranda", "kegiatan/index.html": "kegiatan", "assets/gaya.css": "h1 {}"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a place with a release of a small site that readers see, and how it stood kept beside it."""
    for name, words in SITE.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(words, encoding="utf-8")
    (tmp_path / "terbitan" / OWN).mkdir(parents=True)
    added = add_release(tmp_path / "site", tmp_path / "terbitan", beside={})
    switch(tmp_path / "terbitan", added.release)
    write_publication(tmp_path / "terbitan", "standing", added.standing)
    return tmp_path / "terbitan"


def put_back(path: Path) -> None:
    """Change a file in its place, as large and as old as it was."""
    before, data = path.stat(), path.read_bytes()
    path.write_bytes(b"x" * len(data))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def another(place: Path) -> Path:
    """Return a folder for one more release, beside the current one."""
    return place / "releases" / "0009-0123456789ab"


def test_the_release_of_a_site_that_did_not_change_is_told(place: Path) -> None:
    last = read_publication(place)
    added = published_before(last, place, "standing")
    assert added and (added.release, added.files, added.is_new) == (current_release(place), len(SITE), False)
    assert published_before(last, place, "another") is None
    assert published_before(last, place, "") is None
    assert published_before(LastPublication(), place, "") is None


@pytest.mark.parametrize(
    "change",
    [
        lambda place: put_back(place / "current/site/index.html"),
        lambda place: (place / "current/site/index.html").unlink(),
        lambda place: (place / "current/site/jahat.js").touch(),
        lambda place: put_back(place / "current" / MANIFEST),
        lambda place: shutil.copytree(place / "current", another(place)),
        lambda place: (place / "current").unlink(),
    ],
    ids=["a page", "a page that is gone", "a file too many", "the manifest", "another release", "the link"],
)
def test_whatever_changed_in_the_releases_is_noticed(place: Path, change: Callable[[Path], object]) -> None:
    change(place)
    assert published_before(read_publication(place), place, "standing") is None


def test_what_is_kept_elsewhere_tells_nothing(place: Path) -> None:
    copied = Path(shutil.copytree(place, place.with_name("salinan"), symlinks=True))
    assert read_publication(copied) == LastPublication() != read_publication(place)
    (place / "current").unlink()
    write_publication(place, "standing", {})
    assert read_publication(place) == LastPublication()


def test_a_damaged_file_is_not_taken_into_the_next_release(place: Path) -> None:
    site, last = place.with_name("site"), read_publication(place)
    first = current_release(place)
    assert first
    put_back(first.site / "index.html")
    (site / "baru.html").write_text("baru", encoding="utf-8")
    added = add_release(site, place, beside={}, known=Known(digests_of(site, stamps(site), {}), last.files))
    assert list(verify(added.release)) == [] and added.fresh == 2
    assert os.path.samefile(first.site / "assets/gaya.css", added.release.site / "assets/gaya.css")


def test_a_file_of_other_bytes_is_not_linked_whatever_it_is_called(place: Path) -> None:
    site, last = place.with_name("site"), read_publication(place)
    (site / "index.html").write_text("berandA", encoding="utf-8")
    added = add_release(site, place, beside={}, known=Known(digests_of(site, stamps(site), {}), last.files))
    assert (added.release.site / "index.html").read_text(encoding="utf-8") == "berandA"
    assert list(verify(added.release)) == [] and added.fresh == 1


def test_a_release_that_stands_as_it_was_made_is_read_by_nobody(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, last = place.with_name("site"), read_publication(place)
    known = Known(digests_of(site, stamps(site), {}), last.files)
    monkeypatch.setattr("kbp_site.site.releases.read_file", lambda path: pytest.fail(str(path)))
    monkeypatch.setattr("kbp_site.site.releases.verify", lambda release: pytest.fail(release.name))
    added = add_release(site, place, beside={}, known=known)
    assert (added.is_new, added.release) == (False, current_release(place))


def test_a_second_publication_builds_nothing_and_a_damaged_release_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "SETTLED", 0)
    root = copy_site("minimal", tmp_path / "akar")
    told: list[object] = []

    def publish() -> Published:
        told.clear()
        return publish_site(Order(root, root / "site", date.fromisoformat(DAY), 1), root / "terbitan", told.append)

    first = publish()
    assert first.added and told
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "build", lambda order, tell: pytest.fail("nothing changed"))
        second = publish()
    assert second.added and not second.added.is_new and not told and second.problems == first.problems
    assert (second.added.release, second.added.files) == (first.added.release, first.added.files)
    put_back(first.added.release.site / "index.html")
    third = publish()
    assert third.added and third.added.mends == first.added.release
    assert list(verify(third.added.release)) == []
    assert read_publication(root / "terbitan").files == stamps(third.added.release.folder)
