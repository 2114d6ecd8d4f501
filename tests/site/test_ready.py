"""Pages that need no Markdown have the HTML that Markdown would make of them."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kbp_site.content.markup import MARKDOWN_SETTINGS
from kbp_site.pages.render import read_front_matter
from kbp_site.site.ready import ready_html
from kbp_site.site.record_page import KNOWN

MARKUP = [
    '<h2 id="masalah">Masalah</h2>',
    '<header class="kbp-hero">\n<p>Kegiatan</p>\n<h1>Judul &#40;1&#41;</h1>\n</header>',
    '<ul class="kbp-next">\n<li><a href="../b/">B</a></li>\n</ul>',
    '<figure><svg viewBox="0 0 4 4"><path d="M0 0h4"/></svg><img src="a.png" alt=""></figure>',
    "<!--kbp:id-->",
    "<!--kbp:/-->",
    '<script type="application/ld+json">{"@id": "https://kbp.example/"}</script>',
    '<dl>\n<div><dt>Tempat</dt><dd>Kapuas</dd></div>\n</dl>\n<p class="kbp-all"><a href="b/">Semua</a></p>',
]
PARAGRAPHS = [
    "Warga mencatat harga bahan bangunan.",
    "Warga mencatat\nharga bahan bangunan (semen, pasir): naik 12,5 %.",
    '<a class="kbp-term" href="#istilah-bkm" title="Badan &#40;warga&#41;">BKM</a> memutuskan.',
    "“Kami setuju,” kata mereka… dan pulang; esok kembali.",
    "12 warga menuliskan yang *penting* sekali: *air bersih*, dan 3 jalan.",
]
POINTS = [
    "- satu",
    "- Ibu-ibu mencatat.\n- 12 warga *menunggu*; 3,5 jam.\n- “Setuju,” kata mereka.",
    '- <a class="kbp-term" href="#istilah-bkm" title="Badan">BKM</a> memutuskan\n- dua',
]
OTHERS = [
    "- satu\n  dua",
    "- satu\n\n- dua",
    "- satu\n* dua",
    "- 1. satu",
    "**penting** sekali",
    "* penting* sekali",
    "1. satu",
    "### Bagian",
    "> kutipan",
    "| a | b |\n|---|---|\n| 1 | 2 |",
]
LOOSE = st.text(alphabet=" \n-*_#>|`~![]()<>&;:.,=+\\1aB“é", max_size=30)


def made(body: str) -> str:
    """Return the HTML that Python-Markdown makes with the host's extensions."""
    return markdown.markdown(body, extensions=sorted(KNOWN), extension_configs=dict(MARKDOWN_SETTINGS))


@given(st.lists(st.sampled_from(MARKUP + PARAGRAPHS), min_size=1, max_size=8), st.sampled_from(POINTS))
def test_markup_plain_paragraphs_and_points_need_no_markdown(pieces: list[str], points: str) -> None:
    body = "\n\n".join([*pieces, points, *pieces])
    assert ready_html(body) == made(body)


@pytest.mark.parametrize("other", OTHERS)
def test_what_has_marks_is_left_to_markdown(other: str) -> None:
    assert ready_html("\n\n".join([MARKUP[0], other])) is None


BROKEN = [
    "<ul>\n<li>a\n</ul>",
    "<div>\n\nx\n\n</div>",
    "<p>a</p>\n</div>",
    "<p>a</p> b",
    '<p title="\t">a</p>',
    "<div>\n \n</div>",
]


@pytest.mark.parametrize("broken", BROKEN)
def test_markup_that_does_not_end_where_it_begins_is_left_to_markdown(broken: str) -> None:
    assert ready_html(broken) is None


@given(st.lists(LOOSE | st.sampled_from(MARKUP + PARAGRAPHS + POINTS + OTHERS), max_size=6))
@example(["Baris  \nberikut"])
@example(["Judul\n---"])
@example(["Baris\n    kode"])
@example(["Baris "])
@example(["- satu", "    dua"])
@example(["- satu", "<!--kbp:id-->", "- dua"])
@example(["- satu", "- dua"])
@example(["*a **b* c* d"])
@example(["*a*b*c"])
@example(["a*\u00a0*b"])
@example(["*a*_b_"])
@example(["1.  a", "2 . b"])
@example(["A <b>tebal</b>"])
@example(['A <b title="*x*">tebal</b>'])
def test_whatever_is_told_at_a_glance_is_what_markdown_makes(pieces: list[str]) -> None:
    body = "\n\n".join(pieces)
    found = ready_html(body)
    assert found is None or found == made(body)


def test_most_pages_of_a_site_are_told_at_a_glance(built: Path) -> None:
    kept = list((built.parent / ".cache" / "kbp" / "pages").rglob("*.md"))
    told = [ready_html(read_front_matter(path.read_text(encoding="utf-8"))[1]) is not None for path in kept]
    assert len(kept) > 50
    assert sum(told) > len(kept) * 0.8
