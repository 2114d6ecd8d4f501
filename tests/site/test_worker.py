"""The worker that keeps the site, and the lists of what can be saved: complete, within bounds, the same every time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from releases import release_of
from selectolax.lexbor import LexborHTMLParser

from kbp_site.site.worker import (
    CORE_LIMIT,
    SiteFile,
    choose_core,
    language_of,
    rank_of,
    read_files,
    version_of,
    write_farewell,
    write_worker,
)


def test_the_core_is_there_and_small(built: Path) -> None:
    core = release_of(built)["core"]
    sizes = [
        (built / unquote(path) / "index.html" if path.endswith("/") or not path else built / path) for path in core
    ]
    assert sum(path.stat().st_size for path in sizes) <= CORE_LIMIT
    assert {"", "en/", "luring/", "en/offline/", "kegiatan/", "tentang/", "assets/kbp/kbp.css"} <= set(core)
    assert not {"404.html", "sw.js", "search.json", "kegiatan/mediasi-parit/"} & set(core)


@pytest.mark.parametrize(
    ("path", "rank"),
    [
        ("assets/kbp/kbp.js", 0), ("manifest.webmanifest", 0), ("gaya.css", 0), ("pagefind/pagefind.js", None),
        ("luring/", 1), ("en/offline/", 1), ("", 2), ("en/", 2), ("kegiatan/", 3), ("tentang/", 3),
        ("en/activities/", None), ("kegiatan/x/", None), ("404.html", None), ("data/records.json", None),
    ],
)  # fmt: skip
def test_what_matters_most_is_kept_first(path: str, rank: int | None) -> None:
    assert rank_of(SiteFile(path, 1, "")) == rank


def test_what_does_not_fit_is_left_out_in_a_fixed_order() -> None:
    files = [SiteFile("c/", 40, ""), SiteFile("a/", 50, ""), SiteFile("", 60, ""), SiteFile("b/", 41, "")]
    for order in (files, files[::-1]):
        assert [file.path for file in choose_core(order, limit=151)] == ["", "a/", "b/"]
        assert [file.path for file in choose_core(order, limit=105)] == ["", "b/"]
        assert [file.path for file in choose_core(order, limit=100)] == ["", "c/"]


@pytest.mark.parametrize(("page", "language"), [("luring", "id"), ("en/offline", "en")])
def test_core_and_list_hold_every_page_of_a_language(built: Path, page: str, language: str) -> None:
    listed = json.loads((built / page / "daftar.json").read_text(encoding="utf-8"))
    files = {file.path: file for file in read_files(built)}
    assert listed["version"] == release_of(built)["version"]
    paths = [path for path, _, _ in listed["pages"]]
    assert {*paths, *release_of(built)["core"]} >= {
        path
        for path, file in files.items()
        if file.is_page and language_of(path) == language and not leads_on(built / path / "index.html")
    }
    assert {language_of(path) for path in paths} == {language}
    assert all((files[path].size, files[path].digest) == (size, digest) for path, size, digest in listed["pages"])
    core = [files[path] for path in release_of(built)["core"]]
    pages = sum(file.is_page and language_of(file.path) == language for file in core)
    assert listed["core"] == [pages, sum(file.size for file in core)]


@pytest.mark.parametrize(("page", "language", "other"), [("luring", "id", "en"), ("en/offline", "en", "id")])
def test_the_list_holds_all_that_search_needs_in_a_language(built: Path, page: str, language: str, other: str) -> None:
    listed = json.loads((built / page / "daftar.json").read_text(encoding="utf-8"))
    paths = {path for path, _, _ in listed["search"]}
    every = {path.relative_to(built).as_posix() for path in (built / "pagefind").rglob("*") if path.is_file()}
    assert paths <= every
    assert {f"pagefind/words.{language}.txt", f"pagefind/wasm.{language}.pagefind", "pagefind/pagefind.js"} <= paths
    left = {path.split("/")[-1] for path in every - paths}
    assert left and all(re.match(rf"(pagefind\.|words\.|wasm\.)?{other}[._]", name) for name in left)


def leads_on(page: Path) -> bool:
    """Whether a page only leads on to another."""
    return b'http-equiv="refresh"' in page.read_bytes()


def test_old_addresses_are_not_kept_but_known(built: Path) -> None:
    assert leads_on(built / "tentang-kbp" / "index.html")
    assert "tentang-kbp" not in (built / "sw.js").read_text(encoding="utf-8")
    listed = json.loads((built / "luring" / "daftar.json").read_text(encoding="utf-8"))
    assert listed["old"]["tentang-kbp/"] == "organisasi/kbp-muara/"
    assert not set(listed["old"]) & {path for path, _, _ in listed["pages"]}


def test_the_version_follows_from_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "luring").mkdir()
    (tmp_path / "luring" / "index.html").write_text("a")
    first = version_of(read_files(tmp_path))
    write_worker(tmp_path)
    assert version_of(read_files(tmp_path)) == first == release_of(tmp_path)["version"]
    (tmp_path / "luring" / "index.html").write_text("b")
    assert version_of(read_files(tmp_path)) != first


def test_a_preview_says_farewell_to_an_earlier_worker(tmp_path: Path) -> None:
    write_farewell(tmp_path)
    assert "unregister" in (tmp_path / "sw.js").read_text(encoding="utf-8")


def test_every_page_can_tell_of_a_new_release_in_its_language(built: Path) -> None:
    for page, words in (("index.html", "Muat versi baru"), ("en/index.html", "Load the new version")):
        bar = LexborHTMLParser((built / page).read_bytes()).css_first(".kbp-release[role=status] > p[hidden]")
        assert bar is not None and words in bar.text()
