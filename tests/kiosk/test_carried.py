"""A page that travels leads only to what travels with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from kbp_site.kiosk.carried import choose_picture, read_leaf, target_of

PAGE = "kegiatan/parit/index.html"
THERE = {PAGE, "index.html", "kegiatan/index.html", "data/a b.csv", "assets/kbp.css", "foto/x-800.webp"}


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("../", "kegiatan/index.html"),
        ("..", "kegiatan/index.html"),
        ("../..", "index.html"),
        ("./", PAGE),
        ("../../data/a%20b.csv", "data/a b.csv"),
        ("../lain/#bagian", "kegiatan/lain/index.html"),
        ("../lain/?x=1", "kegiatan/lain/index.html"),
        ("#bagian", None),
        ("", None),
        ("https://contoh.example/", None),
        ("//contoh.example/", None),
        ("mailto:kantor@contoh.example", None),
    ],
)
def test_addresses_name_files(address: str, target: str | None) -> None:
    assert target_of(PAGE, address) == target


def leaf_of(tmp_path: Path, body: str) -> tuple[str, frozenset[str]]:
    """Return what becomes of a page's body, and the files that go along with it."""
    path = tmp_path / PAGE
    path.parent.mkdir(parents=True)
    path.write_text(f"<!doctype html><html><head><title>x</title></head><body>{body}</body></html>", encoding="utf-8")
    leaf = read_leaf(tmp_path, PAGE, THERE)
    tree = LexborHTMLParser(leaf.html)
    assert tree.body
    return tree.body.inner_html or "", leaf.files


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('<a href="../#a">x</a>', '<a href="../index.html#a">x</a>'),
        ('<a href="#a">x</a>', '<a href="#a">x</a>'),
        ('<a href="https://c.example/">x</a>', '<a href="https://c.example/">x</a>'),
        ('<p>Lihat <a href="../../cari/">pencarian</a>.</p>', "<p>Lihat pencarian.</p>"),
        ('<p><a href="../../cari/" aria-label="Cari"></a></p>', "<p></p>"),
        ('<nav><ul><li><a href="../../cari/">Cari</a></li></ul></nav>', "<nav><ul></ul></nav>"),
        ('<ul><li><a href="../../cari/">Cari</a></li></ul>', "<ul><li>Cari</li></ul>"),
        ('<script src="x.js"></script><button hidden>Salin</button>', ""),
    ],
)
def test_links_lead_to_what_travels_along(tmp_path: Path, written: str, read: str) -> None:
    assert leaf_of(tmp_path, written) == (read, frozenset())


def test_what_a_page_shows_and_gives_travels_along(tmp_path: Path) -> None:
    _, files = leaf_of(tmp_path, '<a href="../../data/a%20b.csv">x</a><img src="../../foto/x-800.webp">')
    assert files == {"data/a b.csv", "foto/x-800.webp"}


SOURCE = '<source type="image/webp" srcset="x-400.webp 400w, x-800.webp 800w">'


@pytest.mark.parametrize(
    ("width", "chosen"), [(400, "x-400.webp"), (799, "x-400.webp"), (2000, "x-800.webp"), (10, "x-400.webp")]
)
def test_a_picture_travels_in_one_format_and_size(width: int, chosen: str) -> None:
    tree = LexborHTMLParser(
        f'<picture><source type="image/avif" srcset="x.avif 400w">{SOURCE}'
        '<img src="x.jpg" srcset="x.jpg 400w" sizes="9rem" alt="Parit"></picture>'
    )
    image = choose_picture(tree.css("picture")[0], width)
    assert image is not None
    assert tree.body and tree.body.inner_html == f'<picture><img src="{chosen}" alt="Parit"></picture>'


def test_a_picture_without_webp_is_left_out() -> None:
    tree = LexborHTMLParser('<p><picture><img src="x.jpg" alt="Parit"></picture></p>')
    assert choose_picture(tree.css("picture")[0], 400) is None
    assert tree.body and tree.body.inner_html == "<p></p>"
