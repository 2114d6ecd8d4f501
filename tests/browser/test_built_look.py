"""The built pages without a browser: how heavy they are, in which words, and whether all is styled."""

from __future__ import annotations

import gzip
import re
import shutil
from datetime import date
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from kbp_site.pages.render import TEMPLATES
from kbp_site.site.build import Order, build
from kbp_site.site.host import THEME

MINIMAL = Path(__file__).parents[1] / "sites" / "minimal" / "content"
VENDOR = Path(__file__).parent / "vendor"
STYLE = (THEME / "assets" / "kbp" / "kbp.css").read_text(encoding="utf-8")
PREVIEW = (THEME.parent / "live" / "preview.css").read_text(encoding="utf-8")
STORY = "kegiatan/rintisan-kbp-kapuas-2003/index.html"
NAMED = re.compile(r"kbp-[a-z0-9]+(?:-{1,2}[a-z0-9]+|__[a-z0-9]+)*(?![a-z0-9_-])")

ENGLISH = re.compile(
    r"\b(?:search|home ?page|skip to|next|previous|back to top|table of contents|permanent link|permalink|edit this"
    r"|view source|not found|made with|powered by|header|footer|tabs?|navigation|toggle|dark mode|light mode|switch to"
    r"|copy|copied|close|note|warning|danger|tip|read more|loading|last update|created|share|sitemap|breadcrumbs?)\b",
    re.IGNORECASE,
)
"""Words of interfaces that no Indonesian sentence of ours needs."""


INDONESIAN = re.compile(
    r"\b(?:cari|pencarian|halaman|beranda|sebelumnya|berikutnya|daftar|semua|belum|sumber|pembetulan|terkait|tanggal"
    r"|tempat|kegiatan|pelajaran|peran|topik|tahun|istilah|cerita|dana|jumlah|tentang|arti|lihat|kembali|sunting|jalan"
    r"|unduh|berkas|peta|dari|yang|dan|di|menurut|oleh|catatan|rencana)\b",
    re.IGNORECASE,
)
"""Words of ours that no English sentence needs."""


def test_no_english_word_of_an_interface_is_left(built: Path) -> None:
    pages = [path for path in sorted(built.rglob("*.html")) if "en" not in path.relative_to(built).parts]
    assert told(built, pages, ENGLISH, besides="en") == []


def test_no_indonesian_word_of_an_interface_is_left_in_english(built: Path) -> None:
    pages = sorted((built / "en").rglob("*.html"))
    assert len(pages) > 100
    assert told(built, pages, INDONESIAN, besides="id") == []


def told(built: Path, pages: list[Path], words: re.Pattern[str], *, besides: str) -> list[tuple[str, str]]:
    """Return where the interface says one of the words, in what is not marked as of the language ``besides``."""
    return [
        (path.relative_to(built).as_posix(), said)
        for path in pages
        for said in spoken(LexborHTMLParser(path.read_bytes()), besides)
        if words.search(said)
    ]


def spoken(tree: LexborHTMLParser, besides: str) -> list[str]:
    """Return the words that the frame and the templates say: labels, buttons, headings, short texts.

    What an acronym stands for is Indonesian in every language, as is its tooltip.
    """
    tree.strip_tags(["script", "style", "code", "cite"])
    for node in tree.css(f":not(html)[lang={besides}], .kbp-term, dt > span"):
        node.decompose()
    named = [
        node.attributes.get(name) or ""
        for node in tree.css("[aria-label], [title], [alt], [placeholder]")
        for name in ("aria-label", "title", "alt", "placeholder")
    ]
    parts = tree.css(
        ".kbp-top, .kbp-bottom, .kbp-skip, .kbp-crumbs, .kbp-edit, .kbp-pager, h1, h2, h3, dt, caption, th,"
        " button, label, summary, .kbp-hero__label, .kbp-hero__ways, .kbp-more, .kbp-empty, .kbp-note, title"
    )
    return [*named, *(node.text(separator=" ") for node in parts)]


def test_every_class_of_the_templates_is_styled() -> None:
    frames = [*TEMPLATES.glob("*.jinja"), *THEME.rglob("*.html")]
    used = {
        name
        for path in frames
        for value in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8"))
        for name in NAMED.findall(re.sub(r"\{[{%].*?[%}]\}", " ", value))
    }
    assert len(used) > 50
    assert sorted(used - set(NAMED.findall(STYLE)) - set(NAMED.findall(PREVIEW))) == []


def test_a_story_is_light(built: Path) -> None:
    html = (built / STORY).read_bytes()
    first_view = sum(
        len(gzip.compress(data, mtime=0))
        for data in (html, STYLE.encode(), (built / "assets" / "kbp" / "kbp.js").read_bytes())
    )
    assert len(html) <= 20_000
    assert first_view <= 25_000


def test_the_style_loads_nothing() -> None:
    assert [address for address in re.findall(r'url\("([^"]*)', STYLE) if not address.startswith("data:")] == []
    assert "@import" not in STYLE


def test_what_an_author_writes_at_a_pages_head_never_becomes_markup(tmp_path: Path) -> None:
    """MkDocs renders without escaping, and taking tags out of a title would turn `&lt;` into `<`."""
    hostile = '\\"></title></head><script>x</script>&lt;/title&gt;&lt;script&gt;y&lt;/script&gt;'
    shutil.copytree(MINIMAL, tmp_path / "content")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(f'---\ntitle: "{hostile}"\ndescription: "{hostile}"\n---\nIsi.\n')
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme:\n  name: material\n  font: false\nplugins: [kbp]\n")
    made = build(Order(tmp_path, tmp_path / "out", date(2026, 11, 23), jobs=1), lambda sentence: None)
    assert made.pages, [problem.message.say("id") for problem in made.problems]
    html = (tmp_path / "out" / "a" / "index.html").read_text(encoding="utf-8")
    tree = LexborHTMLParser(html)
    assert [script.attributes for script in tree.css("script")] == [{"src": "../assets/kbp/kbp.js"}]
    assert len(tree.css("title")) == len(tree.css("head > meta[name=description]")) == len(tree.css("h1")) == 1
