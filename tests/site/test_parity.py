"""However the site is made, it is the same site: by workers, by plain MkDocs, by MkDocs without our plugin."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from running import DAY, kbp, mkdocs, run
from selectolax.lexbor import LexborHTMLParser
from trees import Tree, first_difference, read_tree

from kbp_site.content.load import load
from kbp_site.pages.plan import plan_pages
from kbp_site.site.prepare import SiteSettings, write_pages
from kbp_site.site.publish import MARKER
from kbp_site.site.shares import cut

STOCK = """
import sys

class WithoutUs:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "kbp_site":
            raise ImportError("kbp_site is not to be found here")

sys.meta_path.insert(0, WithoutUs())
from mkdocs.__main__ import cli
cli()
"""
"""MkDocs as it stands where our plugin is not installed."""

NAV_LIMIT = 60
"""Links that a page's navigation may hold at most, however many records there are."""


def build_with(root: Path, out: Path, jobs: int) -> Tree:
    """Build by so many workers, and return the site."""
    done = kbp("--root", root, "build", "--today", DAY, "--out", out, "--jobs", str(jobs))
    assert done.returncode == 0, done.stderr
    return read_tree(out)


def test_two_workers_really_share_the_work(corpus: Path, tmp_path: Path) -> None:
    library = load(corpus, today=date.fromisoformat(DAY)).library
    assert library is not None
    pages = plan_pages(library)
    files = write_pages(library, pages, tmp_path)
    assert len(cut(SiteSettings.of(library, pages, tmp_path), files, jobs=2)) == 2


def test_two_workers_make_the_same_site(corpus: Path, by_one: Tree, tmp_path: Path) -> None:
    assert first_difference(by_one, build_with(corpus, tmp_path / "situs", 2)) == ""


def test_plain_mkdocs_makes_the_same_site(corpus: Path, by_one: Tree, tmp_path: Path) -> None:
    done = mkdocs("build", "--strict", "-f", corpus / "mkdocs.yml", "-d", tmp_path / "situs")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    assert (tmp_path / "situs" / MARKER).is_file()
    assert first_difference(by_one, read_tree(tmp_path / "situs")) == ""


def test_what_kbp_render_writes_is_built_by_stock_mkdocs(stock: Path, built: Path) -> None:
    assert sorted(read_tree(stock, ".html")) == sorted(read_tree(built, ".html"))


def test_old_paths_lead_on_however_the_site_is_made(stock: Path, built: Path, tmp_path: Path) -> None:
    done = mkdocs("build", "--strict", "-f", built.parent / "mkdocs.yml", "-d", tmp_path / "plain")
    assert done.returncode == 0, done.stderr
    names = ["berita/parit.html", "en/activities/Parit-Lama/index.html", "tentang-kbp/index.html", "_redirects"]
    for name in names:
        ours = (built / name).read_bytes()
        assert {ours} == {(other / name).read_bytes() for other in (stock, tmp_path / "plain")}, name
    assert b"mediasi-parit" in (built / names[0]).read_bytes()
    assert first_difference(read_tree(built), read_tree(tmp_path / "plain")) == ""


def test_what_kbp_render_writes_is_found_by_the_same_index(full_tree: Path, built: Path) -> None:
    wanted = read_tree(built / "pagefind")
    assert len(wanted) > 10
    assert first_difference(wanted, read_tree(full_tree / "docs" / "pagefind")) == ""


def test_stock_mkdocs_shows_the_same_words(stock: Path, built: Path) -> None:
    page = Path("kegiatan/mediasi-parit/index.html")
    assert words_of(stock / page) == words_of(built / page)


def words_of(page: Path) -> Sequence[str]:
    """Return the words of a page's own text; the link for editing is the plugin's."""
    article = LexborHTMLParser(page.read_bytes()).css_first("article")
    assert article is not None
    return re.findall(r"\w+", article.text(separator=" "))


@pytest.fixture(scope="module")
def full_tree(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the full site as a tree for any other host."""
    tree = tmp_path_factory.mktemp("render") / "pohon"
    done = kbp("--root", built.parent, "render", "--out", tree, "--today", DAY)
    assert done.returncode == 0, done.stderr
    return tree


@pytest.fixture(scope="module")
def stock(full_tree: Path) -> Path:
    """Give what MkDocs without our plugin makes of that tree, without a warning."""
    done = run(sys.executable, "-c", STOCK, "build", "--strict", "-f", full_tree / "mkdocs.yml")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return full_tree / "site"


def test_no_record_enters_the_navigation(by_one: Tree) -> None:
    page = by_one["kegiatan/cerita-000100/index.html"]
    links = [node.attributes.get("href") or "" for node in LexborHTMLParser(page).css("nav a, header a")]
    assert 10 < len(links) <= NAV_LIMIT
    assert not [link for link in links if re.search(r"cerita-|kunjungan-|pameran-|pelajaran-", link)]


def test_a_page_is_not_larger_on_a_larger_site(by_one: Tree, built: Path) -> None:
    def links(html: bytes) -> int:
        return len(LexborHTMLParser(html).css("nav.kbp-menu a, header nav a"))

    assert links(by_one["kegiatan/cerita-000100/index.html"]) == links(
        (built / "kegiatan" / "rapat-lama" / "index.html").read_bytes()
    )
