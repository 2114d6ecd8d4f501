"""Rendering: a value is shown exactly as written, whatever it holds and wherever it stands."""

from __future__ import annotations

from collections.abc import Callable

import html5lib
import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError
from mkdocs.utils.meta import get_data

from kbp_site.content.library import Library
from kbp_site.pages.page import Cover, Link, Page
from kbp_site.pages.plan import plan_pages
from kbp_site.pages.render import Prose, escape, read_front_matter, render_page

NASTY = (
    "*tebal* _miring_ **x** __y__ ***z***",
    "# judul",
    "- butir",
    "1. satu",
    "12) dua",
    "> kutipan",
    "    empat spasi",
    "`kode` ``lagi``",
    "```",
    "~~~",
    "[teks](javascript:alert(1))",
    "[teks][acuan]",
    "[acuan]: https://contoh.example",
    "![gambar](x.png)",
    "<script>alert(1)</script>",
    "</title></header></svg>",
    "<!-- catatan -->",
    "A & B &amp; C &#65; &copy;",
    "\"kutip\" 'x'",
    "100% | C #1 \\ \\*",
    "{{ 7*7 }} {% if x %} {# y #}",
    "---",
    "===",
    "a | b\n---|---\n1 | 2",
    "{: .kelas #id }",
    "https://contoh.example/a_b_c dan surat@contoh.example",
    "*[KBP]: Komunitas",
    "[^1]: catatan kaki[^1]",
    "!!! note",
    "\u00a0spasi\u00a0",
    "emoji 😀 العربية 漢字",
    "$x^2$ :ikon: ==tanda== ++sisip++ ~~coret~~",
    "+ x",
    "1) x",
    "2026. Kami mulai",
    "??? x",
    '=== "T"',
    ": def",
    "[TOC]",
    "[ ] [x]",
    "www.x.com a@b.id",
    "(c) --> 1/2",
    '--8<-- "/etc/passwd"',
)

CONTEXTS: dict[str, Callable[[str], str]] = {
    "block": lambda shown: f"<h1>{shown}</h1>",
    "paragraph": lambda shown: f"<p>{shown}</p>",
    "cell": lambda shown: f"<table><tbody><tr><td>{shown}</td></tr></tbody></table>",
    "item": lambda shown: f"<ul>\n<li>{shown}</li>\n</ul>",
    "markdown": lambda shown: f"awal {shown} akhir",
    "attribute": lambda shown: f'<p title="{shown}">isi</p>',
    "inline attribute": lambda shown: f'awal <a title="{shown}" href="x/">isi</a> akhir',
}


def shown(source: str, context: str) -> str:
    """Return what a reader sees of a value in a context, as a browser reads it."""
    body = markdown.markdown(CONTEXTS[context](str(escape(source))), extensions=["tables", "toc"])
    document = html5lib.parseFragment(body, namespaceHTMLElements=False)
    if "attribute" in context:
        return next(str(value) for element in document.iter() if (value := element.get("title")) is not None)
    return "".join(document.itertext()).strip().removeprefix("awal").removesuffix("akhir").strip()


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("source", NASTY)
def test_a_nasty_value_is_shown_as_written(source: str, context: str) -> None:
    assert shown(source, context).strip() == " ".join(source.split("\n")).strip()


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30).map(str.strip)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(WORDS, st.sampled_from(sorted(CONTEXTS)))
def test_any_value_is_shown_as_written(source: str, context: str) -> None:
    assert shown(source, context) == source


def test_prose_is_passed_on_as_it_is() -> None:
    assert escape(Prose("**tebal** <b>")) == "**tebal** <b>"


def test_a_line_break_in_a_value_becomes_a_space() -> None:
    assert escape("satu\r\n  dua") == "satu dua"


def test_a_name_that_no_one_declared_is_refused() -> None:
    with pytest.raises(UndefinedError):
        render_page(Page("", "term.md.jinja", "Judul", "Keterangan"))


@pytest.mark.parametrize("title", [*NASTY, "a\u2028b\u0085c\ufeffd\x7f"])
def test_front_matter_says_what_the_page_says(title: str) -> None:
    context = {"label": "", "summary": "", "groups": (), "empty": ""}
    cover = Cover("sampul/x.png", 1200, 630, title)
    page = Page(
        "x/", "index.md.jinja", title, title, context, "content/x.yml", crumbs=(Link(title, "../"),), cover=cover
    )
    written = render_page(page)
    front = yaml.safe_load(written[4:].split("\n---\n", 1)[0])
    assert read_front_matter(written)[0] == front
    assert get_data(written) == read_front_matter(written)[::-1]
    assert (front["title"], front["description"]) == (title, title)
    assert front["kbp"] == {
        "template": "index",
        "source": "content/x.yml",
        "language": "id",
        "editions": {},
        "copies": [],
        "original": "",
        "crumbs": [[title, "../"]],
        "cover": ["sampul/x.png", 1200, 630, title],
    }


def test_no_element_is_broken_by_a_blank_line(load_site: Callable[[str], Library]) -> None:
    for page in plan_pages(load_site("full")):
        body = markdown.markdown(render_page(page)[4:].split("\n---\n", 1)[1], extensions=["tables", "toc"])
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        parser.parse(f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>")
        assert not parser.errors, (page.path, parser.errors)
        assert "<p></" not in body and "wzxhzdk" not in body
