"""A page that is kept is the one that would be made: whatever changes, no page that shows it is taken for current."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kbp_site.content.load import load
from kbp_site.content.memory import Memory
from kbp_site.content.watched import WatchedLibrary
from kbp_site.pages.plan import plan_all
from kbp_site.site.kept_pages import KeptPages, read_kept, write_kept
from kbp_site.site.prepare import Workshop, make_pages

SITES = Path(__file__).parents[1] / "sites"
TODAY, LATER = date(2026, 11, 23), date(2027, 6, 1)
"""Two days; on the second a record has appeared that was held back, and a consent has ended."""

Edit = Callable[[Path], object]


class Known:
    """A site of which all pages were made, and its content as it was then."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder, self.memory = root, root / "halaman", Memory()
        self.kept = make_pages(self.library(TODAY), self.folder, KeptPages(), jobs=1).kept

    def library(self, day: date) -> WatchedLibrary:
        library = load(self.root, today=day, memory=self.memory).library
        assert library is not None
        return WatchedLibrary(library)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """Give a site with records of every kind whose pages are kept."""
    root = tmp_path_factory.mktemp("dikenal")
    shutil.copytree(SITES / "full" / "content", root / "content")
    return Known(root)


def rewrite(name: str, old: str, new: str) -> Edit:
    """Return an edit that replaces words in a record."""

    def edit(content: Path) -> None:
        path = content / f"{name}.yml"
        words = path.read_text(encoding="utf-8")
        assert old in words
        path.write_text(words.replace(old, new, 1), encoding="utf-8")

    return edit


def retitle(name: str) -> Edit:
    return rewrite(name, "title: ", "title: Lain lagi ")


def withdraw(name: str) -> Edit:
    return rewrite(name, "status: published", "status: withdrawn")


def remove(name: str) -> Edit:
    return lambda content: (content / f"{name}.yml").unlink()


def copy(name: str, other: str) -> Edit:
    return lambda content: shutil.copyfile(content / f"{name}.yml", content / f"{other}.yml")


EDITS = {
    "a story's title": (retitle("activities/mediasi-parit"), TODAY),
    "a story's English title": (retitle("activities/mediasi-parit.en"), TODAY),
    "a story is withdrawn": (withdraw("activities/mediasi-parit"), TODAY),
    "a story is added": (copy("activities/pasar-warga", "activities/pasar-baru"), TODAY),
    "a lesson is removed": (remove("lessons/dengarkan-dahulu"), TODAY),
    "a place's title": (retitle("places/kecamatan-hilir"), TODAY),
    "a term's title": (retitle("terms/blm"), TODAY),
    "a topic is removed": (remove("topics/air-bersih"), TODAY),
    "an organization's title": (retitle("organizations/kbp-muara"), TODAY),
    "an allocation's title": (retitle("allocations/dana-parit-2006"), TODAY),
    "a consent is removed": (remove("consents/persetujuan-001"), TODAY),
    "the site's title": (retitle("site"), TODAY),
    "the site's address": (rewrite("site", "url: https://", "url: https://lain."), TODAY),
    "one language": (rewrite("site", "languages: [id, en]", "languages: [id]"), TODAY),
    "another day": (lambda content: None, LATER),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_is_current_is_what_would_be_made(known: Known, name: str) -> None:
    edit, day = EDITS[name]
    content, aside = known.root / "content", known.root / "semula"
    shutil.copytree(content, aside)
    try:
        edit(content)
        library = known.library(day)
        planned = {page.file: page for page in plan_all(library)}
        current = known.kept.current(library, planned, known.folder)
        workshop = Workshop(library, planned, known.root / "lain")
        assert {page: workshop.make_one(page).made for page in current} == {
            page: kept.made for page, kept in current.items()
        }
        assert len(current) < len(known.kept.pages), "an edit that changes no page shows nothing"
    finally:
        shutil.rmtree(content)
        aside.rename(content)


def test_where_nothing_changed_nothing_is_made(known: Known) -> None:
    library = known.library(TODAY)
    planned = {page.file: page for page in plan_all(library)}
    assert known.kept.current(library, planned, known.folder).keys() == planned.keys() == known.kept.pages.keys()


def test_an_edit_of_one_record_leaves_pages_alone_that_do_not_look_at_it(known: Known) -> None:
    library = known.library(TODAY)
    looked_at = {
        name: {fact for number in kept.looked_at if (fact := known.kept.facts[number])}
        for name, kept in known.kept.pages.items()
    }
    facts = {name: {fact for fact, _ in many} for name, many in looked_at.items()}
    story = ("record", "activities", "mediasi-parit")
    assert story in facts["kegiatan/mediasi-parit.md"] and story in facts["kegiatan/index.md"]
    assert story not in facts["istilah/blm.md"] | facts["cari/index.md"]
    assert library.tell(story) == dict(looked_at["kegiatan/mediasi-parit.md"])[story]


def test_a_page_whose_file_was_changed_is_made_again(known: Known, tmp_path: Path) -> None:
    folder = tmp_path / "halaman"
    shutil.copytree(known.folder, folder)
    library = known.library(TODAY)
    kept = make_pages(library, folder, KeptPages(), jobs=1).kept
    (folder / "cari" / "index.md").write_text("lain", encoding="utf-8")
    (folder / "peta" / "index.md").unlink()
    planned = {page.file: page for page in plan_all(library)}
    assert planned.keys() - kept.current(library, planned, folder).keys() == {"cari/index.md", "peta/index.md"}


def test_nothing_stays_of_what_is_gone(known: Known) -> None:
    content, aside = known.root / "content", known.root / "semula"
    shutil.copytree(content, aside)
    try:
        remove("terms/tiga-jalan")(content)
        library = known.library(TODAY)
        planned = {page.file: page for page in plan_all(library)}
        current = known.kept.current(library, planned, known.folder)
        workshop = Workshop(library, planned, known.root / "lain")
        renewed = known.kept.renewed(library, current, workshop.make([name for name in planned if name not in current]))
        assert "tiga-jalan" in repr(known.kept) and "tiga-jalan" not in repr(renewed)
        assert renewed.pages.keys() == planned.keys()
        assert renewed.current(library, planned, known.root / "lain").keys() == planned.keys() - current.keys()
    finally:
        shutil.rmtree(content)
        aside.rename(content)


def test_what_is_kept_is_read_back_by_the_same_program_alone(
    known: Known, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_kept(tmp_path / "rencana", known.kept)
    assert read_kept(tmp_path / "rencana") == known.kept
    monkeypatch.setattr("kbp_site.site.kept_pages.program", lambda: "lain")
    assert read_kept(tmp_path / "rencana") == KeptPages()
    (tmp_path / "rencana").write_bytes(b"rusak")
    assert read_kept(tmp_path / "rencana") == KeptPages()
