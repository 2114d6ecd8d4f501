"""Pages are written when they change, left alone when they do not, and removed when they are not planned."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from trees import first_difference, read_tree

from kbp_site.content.kept_results import KeptResults
from kbp_site.content.library import Library
from kbp_site.content.watched import WatchedLibrary
from kbp_site.pages.page import Page
from kbp_site.pages.plan import plan_pages
from kbp_site.site import prepare
from kbp_site.site.prepare import PageFile, SiteSettings, keep_pages, make_pages, write_pages

OLD = 1_000_000_000
"""A time long ago: what is written anew has another."""


@pytest.fixture
def library(load_site: Callable[[str], Library]) -> Library:
    """Give the full site's library."""
    return load_site("full")


@pytest.fixture
def pages(library: Library) -> tuple[Page, ...]:
    """Give the full site's pages."""
    return plan_pages(library)


def set_back(files: tuple[PageFile, ...]) -> None:
    """Set the files' time to long ago."""
    for file in files:
        os.utime(file.path, (OLD, OLD))


def test_every_page_is_written_under_its_name(library: Library, pages: tuple[Page, ...], tmp_path: Path) -> None:
    files = write_pages(library, pages, tmp_path)
    assert [file.uri for file in files] == [page.file for page in pages]
    assert set(read_tree(tmp_path)) == {page.file for page in pages}
    assert all(file.path == tmp_path / file.uri for file in files)
    assert {file.uri for file in files if file.is_section} >= {"index.md", "kegiatan/index.md"}


def test_a_record_carries_its_linked_data(library: Library, pages: tuple[Page, ...], tmp_path: Path) -> None:
    write_pages(library, pages, tmp_path)
    assert 'type="application/ld+json"' in (tmp_path / "kegiatan" / "mediasi-parit.md").read_text("utf-8")


def test_an_unchanged_page_is_not_written_again(library: Library, pages: tuple[Page, ...], tmp_path: Path) -> None:
    files = keep_pages(library, pages, tmp_path)
    set_back(files)
    changed = tmp_path / "kegiatan" / "mediasi-parit.md"
    before = changed.read_bytes()
    changed.write_text("lain", encoding="utf-8")
    assert keep_pages(library, pages, tmp_path) == files
    assert [file.path for file in files if file.path.stat().st_mtime != OLD] == [changed]
    assert changed.read_bytes() == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_processes_write_what_one_would(
    library: Library, pages: tuple[Page, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(prepare, "PAGES_OF_A_PART", 20)
    alone = write_pages(library, pages, tmp_path / "satu")
    (tmp_path / "banyak").mkdir()
    (tmp_path / "banyak" / "lama.md").touch()
    planned, files, _ = make_pages(WatchedLibrary(library), tmp_path / "banyak", KeptResults(), jobs=jobs)
    assert planned == tuple(replace(page, context={}) for page in pages)
    assert [(file.uri, file.is_section) for file in files] == [(file.uri, file.is_section) for file in alone]
    assert first_difference(read_tree(tmp_path / "satu"), read_tree(tmp_path / "banyak")) == ""


def test_what_is_not_planned_any_more_is_removed(library: Library, pages: tuple[Page, ...], tmp_path: Path) -> None:
    keep_pages(library, pages, tmp_path)
    fewer = tuple(page for page in pages if not page.path.startswith("istilah/"))
    keep_pages(library, fewer, tmp_path)
    assert set(read_tree(tmp_path)) == {page.file for page in fewer}


def test_no_half_written_page_is_left(
    library: Library, pages: tuple[Page, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_pages(library, pages, tmp_path)
    before = read_tree(tmp_path)
    (tmp_path / "index.md").write_text("lama", encoding="utf-8")

    def refuse(self: Path, target: Path) -> Path:
        raise OSError("no room")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no room"):
        keep_pages(library, pages, tmp_path)
    monkeypatch.undo()
    keep_pages(library, pages, tmp_path)
    assert {name: data for name, data in read_tree(tmp_path).items() if name.endswith(".md")} == before


def test_the_host_knows_the_site_by_its_record(load_site: Callable[[str], Library], tmp_path: Path) -> None:
    assert SiteSettings.of(load_site("minimal"), (), tmp_path) == SiteSettings("KBP Contoh", "", "", "")
    full = SiteSettings.of(load_site("full"), (), tmp_path)
    assert full.repository == "https://git.example/kbp-muara/situs"
    assert full.url == "https://kbp-muara.example/"
