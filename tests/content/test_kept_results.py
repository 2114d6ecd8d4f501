"""A page that is kept is the one that would be made: whatever changes, no page that shows it is taken for current."""

from __future__ import annotations

import shutil
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from known_edits import EDITS, TODAY, Edited, remove

from kbp_site.content.kept_results import KeptResults, installed, write_results
from kbp_site.content.showing import needs_consent, photos_of
from kbp_site.pages.page import Page, path_of
from kbp_site.pages.plan import plan_all
from kbp_site.site.prepare import Made, Workshop, current_pages, make_pages, read_plans


class Known(Edited):
    """A site of which all pages were made."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.folder = root / "halaman"
        self.kept = make_pages(self.library(), self.folder, KeptResults(), jobs=1).kept


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """Give a site with records of every kind whose pages are kept."""
    return Known(tmp_path_factory.mktemp("dikenal"))


def made_of(made: Made) -> tuple[Page, str]:
    """Return a page and its Markdown's fingerprint, wherever its file stands."""
    return made.page, made.digest


@pytest.mark.parametrize("name", EDITS)
def test_what_is_current_is_what_would_be_made(known: Known, name: str) -> None:
    edit, day = EDITS[name]
    with known.after(edit):
        library = known.library(day)
        planned = {page.file: page for page in plan_all(library)}
        current = current_pages(library, planned, known.folder, known.kept)
        workshop = Workshop(library, planned, known.root / "lain")
        assert {page: made_of(workshop.make_one(page).value) for page in current} == {
            page: made_of(kept.value) for page, kept in current.items()
        }
        assert len(current) < len(known.kept.results), "an edit that changes no page shows nothing"


def test_where_nothing_changed_nothing_is_made(known: Known) -> None:
    library = known.library()
    planned = {page.file: page for page in plan_all(library)}
    current = current_pages(library, planned, known.folder, known.kept)
    assert current.keys() == planned.keys() == known.kept.results.keys()


def test_on_the_next_day_only_pages_that_show_what_comes_or_needs_a_consent_are_made_again(known: Known) -> None:
    library = known.library(TODAY + timedelta(days=1))
    planned = {page.file: page for page in plan_all(library)}
    stale = planned.keys() - current_pages(library, planned, known.folder, known.kept).keys()
    shows_people = {
        f"{path_of(entry).rstrip('/')}.md" for entry in library.public if any(map(needs_consent, photos_of(entry)))
    }
    assert "index.md" in stale and len(stale) * 10 < len(planned)
    assert {name for name in stale if name.startswith("kegiatan/") and name.count("/") == 1} <= {
        "kegiatan/index.md",
        *shows_people,
    }


def test_an_edit_of_one_record_leaves_pages_alone_that_do_not_look_at_it(known: Known) -> None:
    looked_at = {
        name: dict(fact for number in kept.looked_at if (fact := known.kept.facts[number]))
        for name, kept in known.kept.results.items()
    }
    story = ("record", "activities", "mediasi-parit")
    assert story in looked_at["kegiatan/mediasi-parit.md"] and story in looked_at["kegiatan/index.md"]
    assert story not in looked_at["istilah/blm.md"].keys() | looked_at["cari/index.md"].keys()
    assert known.library().tell(story) == looked_at["kegiatan/mediasi-parit.md"][story]


def test_a_page_whose_file_was_changed_is_made_again(known: Known, tmp_path: Path) -> None:
    folder, library = tmp_path / "halaman", known.library()
    shutil.copytree(known.folder, folder)
    kept = make_pages(library, folder, KeptResults(), jobs=1).kept
    (folder / "cari" / "index.md").write_text("lain", encoding="utf-8")
    (folder / "peta" / "index.md").unlink()
    planned = {page.file: page for page in plan_all(library)}
    assert planned.keys() - current_pages(library, planned, folder, kept).keys() == {"cari/index.md", "peta/index.md"}


def test_nothing_stays_of_what_is_gone(known: Known) -> None:
    with known.after(remove("terms/tiga-jalan")):
        library = known.library()
        planned = {page.file: page for page in plan_all(library)}
        current = current_pages(library, planned, known.folder, known.kept)
        workshop = Workshop(library, planned, known.root / "lain")
        renewed = known.kept.renewed(library, current, workshop.make([name for name in planned if name not in current]))
        assert "tiga-jalan" in repr(known.kept) and "tiga-jalan" not in repr(renewed)
        assert renewed.results.keys() == planned.keys()
        again = current_pages(library, planned, known.root / "lain", renewed)
        assert again.keys() == planned.keys() - current.keys()


def test_what_is_kept_is_read_back_by_the_same_program_alone(
    known: Known, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_results(tmp_path / "rencana", known.kept)
    assert read_plans(tmp_path / "rencana") == known.kept
    monkeypatch.setattr("kbp_site.content.kept_results.program", lambda: "lain")
    assert read_plans(tmp_path / "rencana") == KeptResults()
    (tmp_path / "rencana").write_bytes(b"rusak")
    assert read_plans(tmp_path / "rencana") == KeptResults()


def test_another_version_of_anything_installed_is_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jinja2-3.1.6.dist-info").mkdir()
    (tmp_path / "berkas.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "tidak-ada"), str(tmp_path / "berkas.py"), ""])
    told = []
    for version in ("3.1.6", "3.1.7"):
        next(tmp_path.glob("*.dist-info")).rename(tmp_path / f"jinja2-{version}.dist-info")
        installed.cache_clear()
        told.append(installed())
    installed.cache_clear()
    assert told == [["jinja2-3.1.6.dist-info"], ["jinja2-3.1.7.dist-info"]]
