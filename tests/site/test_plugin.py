"""Plain MkDocs with our plugin: its edit links, its languages, and how it ends on faulty content."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from copies import write_fault
from running import mkdocs
from selectolax.lexbor import LexborHTMLParser
from trees import read_tree

from kbp_site.mkdocs_plugin import edit_address, folders_in, heading_id

EDIT = "https://git.example/kbp-muara/situs/edit/main/"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "galat[K205]"),
        ({"KBP_LANG": "en"}, "error[K205]"),
    ],
)
def test_errors_in_content_end_the_build_in_our_words(
    minimal: Path, environment: Mapping[str, str], expected: str
) -> None:
    write_fault(minimal)
    done = mkdocs("build", "-f", minimal / "mkdocs.yml", environment=environment)
    assert done.returncode == 1
    assert expected in done.stderr
    assert "content/activities/salah-tanggal.yml:4:7" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (minimal / "site").exists()


def test_a_day_that_is_none_ends_the_build_in_our_words(minimal: Path) -> None:
    done = mkdocs("build", "-f", minimal / "mkdocs.yml", environment={"SOURCE_DATE_EPOCH": "besok"})
    assert done.returncode == 1
    assert 'SOURCE_DATE_EPOCH "besok" bukan jumlah detik' in done.stderr
    assert "Traceback" not in done.stderr


def test_what_the_gate_refuses_ends_the_build_in_our_words(minimal: Path) -> None:
    page = minimal / "docs" / "tentang" / "index.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("# Tentang\n\n<img src='https://lain.example/x.png' alt=''>\n", encoding="utf-8")
    done = mkdocs("build", "-f", minimal / "mkdocs.yml")
    assert done.returncode == 1
    assert "galat[K704]" in done.stderr
    assert "site/tentang/index.html" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_old_path_where_something_stands_ends_the_build_in_our_words(minimal: Path) -> None:
    with (minimal / "content" / "activities" / "gotong-royong.yml").open("a", encoding="utf-8") as file:
        file.write("aliases: [404.html]\n")
    done = mkdocs("build", "-f", minimal / "mkdocs.yml")
    assert done.returncode == 1
    assert "galat[K305]" in done.stderr and "gotong-royong.yml:7:11" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_root_without_content_ends_the_build_in_our_words(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme: material\nplugins: [kbp]\n", encoding="utf-8")
    done = mkdocs("build", "-f", tmp_path / "mkdocs.yml")
    assert done.returncode == 1
    assert "kbp init" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ("kegiatan/mediasi-parit", "content/activities/mediasi-parit.yml"),
        ("organisasi/kbp-muara", "content/organizations/kbp-muara.yml"),
        ("tentang", "docs/tentang/index.md"),
        ("", "content/site.yml"),
    ],
)
def test_a_page_leads_to_what_an_editor_would_change(built: Path, page: str, source: str) -> None:
    assert f"{EDIT}{source}" in links_of(built / page / "index.html")


@pytest.mark.parametrize("page", ["kegiatan", "tahun/2006", "cari"])
def test_a_page_that_nobody_wrote_leads_to_no_source(built: Path, page: str) -> None:
    assert not [link for link in links_of(built / page / "index.html") if link.startswith(EDIT)]


def links_of(page: Path) -> list[str]:
    """Return where a page's links lead."""
    return [node.attributes.get("href") or "" for node in LexborHTMLParser(page.read_bytes()).css("a")]


def test_a_site_without_repository_has_no_edit_links(minimal: Path) -> None:
    done = mkdocs("build", "--strict", "-f", minimal / "mkdocs.yml")
    assert done.returncode == 0, done.stderr
    assert not [name for name, html in read_tree(minimal / "site", ".html").items() if b"/edit/" in html]


def test_what_only_materials_own_search_needs_is_left_out(built: Path) -> None:
    assert not [name for name in read_tree(built) if "lunr" in name or "javascripts/workers" in name]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Apa itu BLM?", "bagian-apa-itu-blm"),
        ("__config", "bagian-__config"),
        ("Ké-2", "bagian-ke-2"),
        ("😀", "bagian-"),
    ],
)
def test_a_heading_cannot_take_a_name_that_a_script_reads(heading: str, expected: str) -> None:
    assert heading_id(heading, "-") == expected


@pytest.mark.parametrize("repository", ["https://git.example/a/b", "https://git.example/a/b/"])
def test_where_a_file_is_edited(repository: str) -> None:
    assert edit_address(repository, "docs/x.md") == "https://git.example/a/b/edit/main/docs/x.md"


def test_what_a_navigation_lists_keeps_the_title_that_it_has_there() -> None:
    nav = ["index.md", {"Kegiatan": [{"Satu": "kegiatan/satu.md"}, {"Lagi": [{"Dua": "kegiatan/dua/isi.md"}]}]}]
    assert set(folders_in(nav)) == {"index", ".", "kegiatan/satu", "kegiatan", "kegiatan/dua/isi", "kegiatan/dua"}
