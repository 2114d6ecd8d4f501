"""What prose may contain, and with which words the rest is refused."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kbp_site.content.markup import ALLOWED as ALLOWED_TAGS
from kbp_site.content.markup import judge_link, judge_prose, to_html

ALLOWED = [
    "Satu alinea.\n\nDua alinea.",
    "*miring* _miring_ **tebal** __tebal__ `kode`",
    "- satu\n- dua\n    - dua a\n- tiga",
    "1. satu\n2. dua",
    "2026. Kami mulai.",
    "> kutipan\n\n> > dalam kutipan",
    "### Judul kecil\n\n#### Lebih kecil",
    "Judul\n\n---\n\nsesudah garis",
    "- - - - - -",
    "| a | b |\n|:--|--:|\n| 1 | 2 |",
    "[contoh](https://contoh.id) [contoh](http://contoh.id/a_b?c=d&e=f 'judul')",
    "[telepon](tel:112)",
    "[daftar] tanpa tautan, (kurung) dan [ ] kotak",
    "A & B, 5 < 6, 7 > 6, 50% | 'x' \"y\" #1 &amp; &copy;",
    "baris satu  \nbaris dua",
    "baris satu\\\nbaris dua",
    "{{ 7*7 }} {% raw %} {# x #} {{ config }}",
    "--8<-- \"/etc/passwd\"\n\n;--8<--\n\n{!x!}\n\n{% include 'x' %}",
    '!!! note\n\n??? x\n\n=== "T"\n\n: def\n\n*[HTML]: x\n\n[TOC]\n\n:smile: ++k++ ~~x~~ ^^y^^',
    'teks {onerror=alert(1)} {: style="position:fixed" onclick=x}',
    "www.contoh.id (c) --> 1/2 $x$",
    "ꦲꦏ꧀ꦱꦫ ᬩᬮᬶ العربية 🎪 ʼ",
    "---\ntemplate: redirect.html\nlocation: https://contoh.id",
    "",
]


@pytest.mark.parametrize("prose", ALLOWED)
def test_such_prose_is_allowed(prose: str) -> None:
    assert judge_prose(prose) == []


REFUSED: list[tuple[str, list[tuple[str, str]]]] = [
    ("[a](javascript:alert(1))", [("K206", "javascript:alert(1)")]),
    ("[a](JaVaScRiPt:x)", [("K206", "JaVaScRiPt:x")]),
    ("[a](java&#10;script:x)", [("K206", "java\nscript:x")]),
    ("[a](&#106;avascript:x)", [("K206", "javascript:x")]),
    ("[a](&#x6A;avascript:x)", [("K206", "javascript:x")]),
    ("[a](java&Tab;script:x)", [("K206", "java\tscript:x")]),
    ("[a](vbscript:x)", [("K206", "vbscript:x")]),
    ("[a](data:text/html,x)", [("K206", "data:text/html,x")]),
    ("[a](file:///etc/passwd)", [("K206", "file:///etc/passwd")]),
    ("[a](blob:https://x)", [("K206", "blob:https://x")]),
    ("[a](ftp://contoh.id)", [("K206", "ftp://contoh.id")]),
    ("[a](//jahat.id)", [("K206", "//jahat.id")]),
    ("[a](\\\\\\\\jahat.id)", [("K206", "\\\\jahat.id")]),
    ("[a](https:\\\\jahat.id)", [("K206", "https:\\jahat.id")]),
    ("[a](https:jahat.id)", [("K206", "https:jahat.id")]),
    ("[a](https://contoh.id\\jahat)", [("K206", "https://contoh.id\\jahat")]),
    ("[a](https://)", [("K206", "https://")]),
    ("[a](https://budi@contoh.id)", [("K206", "https://budi@contoh.id")]),
    ("[a](../lain/)", [("K206", "../lain/")]),
    ("[a](/kegiatan/)", [("K206", "/kegiatan/")]),
    ("[a](#bagian)", [("K206", "#bagian")]),
    ("[a](?x)", [("K206", "?x")]),
    ("[a]()", [("K206", "")]),
    ("[a](mailto:)", [("K206", "mailto:")]),
    ("[a][1]\n\n[1]: javascript:x", [("K206", "javascript:x")]),
    ("biasa\n\n[1]: javascript:x", [("K206", "javascript:x")]),
    ("biasa\n\n[1]: <javascript:x>", [("K206", "<javascript:x>"), ("K207", "<javascript:x>")]),
    ("[itu][1]\n\n[1]: https://contoh.id", [("K206", "https://contoh.id")]),
    ("> [a]: java&#9;script:x", [("K206", "java&#9;script:x")]),
    ("- [a]: //contoh.id", [("K206", "//contoh.id")]),
    ("1. []: x", [("K206", "x")]),
    ("Isi.\n\n```", [("K207", "```")]),
    ("> ~~~", [("K207", "> ~~~")]),
    ("Awal &#;", [("K207", "&#")]),
    ("x" + "\t" * 300, [("K207", "")]),
    ("|".join("a" * 50), [("K207", "|".join("a" * 41)[:40])]),
    ("1234567890. " * 9 + "x", [("K207", "1234567890. " * 9)]),
    ("![x](https://contoh.id/x.jpg)", [("K207", "![")]),
    ("![x](javascript:x)", [("K207", "![")]),
    ("![x][1]\n\n[1]: data:image/svg+xml,x", [("K206", "data:image/svg+xml,x"), ("K207", "![")]),
    ("![x](y){onerror=alert(1)}", [("K207", "![")]),
    ("<b>tebal</b>", [("K207", "<b>"), ("K207", "</b>")]),
    ("<b>satu</b> <b>dua</b>", [("K207", "<b>"), ("K207", "</b>")]),
    ("<script>alert(1)</script>", [("K207", "<script>"), ("K207", "</script>")]),
    ("<img src=x onerror=alert(1)>", [("K207", "<img")]),
    ("teks <!-- komentar -->", [("K207", "<!--")]),
    ("<?php ?>", [("K207", "<?php")]),
    ("<https://contoh.id>", [("K207", "<https://contoh.id>")]),
    ("`<b>`", [("K207", "<b>")]),
    ("# satu", [("K207", "# satu")]),
    ("## dua ##", [("K207", "## dua ##")]),
    ("teks\n\nJudul\n=====", [("K207", "Judul")]),
    ("Judul\n-----", [("K207", "Judul")]),
    ("Judul\n-", [("K207", "Judul")]),
    ("satu\n\n    kode", [("K207", "kode")]),
    ("satu\n\n\tkode", [("K207", "kode")]),
    ("```\nkode\n```", [("K207", "```")]),
    ("```python\nkode\n```", [("K207", "```")]),
    ("~~~\nkode\n~~~", [("K207", "~~~")]),
    ("> " * 9 + "x", [("K207", "> > > > > > > > >")]),
    ("[" * 21, [("K207", "")]),
    ("> Judul\n> ---\n> isi", [("K207", "")]),
    (">     kode", [("K207", "")]),
]


@pytest.mark.parametrize(("prose", "faults"), REFUSED)
def test_such_prose_is_refused_with_the_words_it_stands_in(prose: str, faults: list[tuple[str, str]]) -> None:
    found = judge_prose(prose)
    assert [(fault.code, fault.needle) for fault in found] == faults
    assert all(fault.hint is not None for fault in found)


@pytest.mark.parametrize("depth", range(1, 9))
def test_eight_levels_are_enough_for_everybody(depth: int) -> None:
    assert judge_prose("> " * depth + "x") == []
    assert judge_prose("- " * depth + "x") == []


@given(st.sampled_from(["javascript", "data", "vbscript", "file", "blob", "ftp", "about", "ws"]), st.text(max_size=20))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_no_other_scheme_is_ever_a_link(scheme: str, rest: str) -> None:
    assert [fault.code for fault in judge_link(f"{scheme}:{rest}")] == ["K206"]


MARKS = st.text("ab 1.-+*_`~#>|[]()!:\\&;{}=\n\"'/", max_size=60)


BEGINNINGS = (
    "> ",
    "- ",
    "* ",
    "1. ",
    "2) ",
    "0. ",
    "+",
    "***",
    "---",
    "--",
    "-",
    " ",
    "  ",
    "    ",
    "\n",
    "\n\n",
    "a",
    "a.",
)
LINES = st.lists(st.sampled_from(BEGINNINGS), max_size=9)


@given(LINES.map("".join))
@settings(max_examples=1000, deadline=None, derandomize=True)
@example("- a\n-     kode")
def test_what_is_passed_without_being_rendered_makes_nothing_that_is_refused(prose: str) -> None:
    if not judge_prose(prose):
        assert set(re.findall(r"<(\w+)", to_html(prose))) <= ALLOWED_TAGS


@given(st.one_of(st.text(max_size=60), MARKS))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_any_text_is_judged(prose: str) -> None:
    for fault in judge_prose(prose):
        assert fault.code in {"K206", "K207"} and fault.message.say("id")


PIECES = st.sampled_from(
    [*"-=*.)1 \n\naB", "\n- ", "\n1. ", "\n    ", "\n---", "2026. ", "\n-", "17 ", "- - ", "\u00a0"]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_what_needs_no_closer_look_would_pass_it(prose: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kbp_site.content.markup.BEGUN", re.compile(""))
        looked_at = judge_prose(prose)
    assert judge_prose(prose) == looked_at


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("a" * 65_536, []),
        ("a" * 65_537, ["K204"]),
        ("é" * 32_769, ["K204"]),
        ("a\n" * 1_999 + "a", []),
        ("a\n" * 2_000 + "a", ["K204"]),
        ("\\" * 10_000, []),
        ("\\" * 10_001, ["K207"]),
    ],
    ids=[
        "64 KB",
        "a byte more",
        "letters of two bytes",
        "2,000 lines",
        "a line more",
        "10,000 backslashes",
        "one more",
    ],
)
def test_how_long_a_text_may_be(prose: str, expected: list[str]) -> None:
    assert [fault.code for fault in judge_prose(prose)] == expected


SLOW_ELSEWHERE = [
    *("^" * 40 + "a", "^a" * 20, "^^a^" * 12, "~" * 40 + "a", "~a" * 20, "~~a~" * 12, "~~~a~~" * 7),
    *("***a" * 12, "*" * 24 + "a" + "*" * 23, "**a*" * 12, "___a" * 12, "_" * 24 + "a" + "_" * 23, "__a_" * 12),
    *(
        "www." * 12,
        "www.a" + "." * 40,
        "http://" + "a." * 20,
        "https://a/" + "(" * 38,
        "a@" * 24,
        "a" * 30 + "@" + "b." * 9,
    ),
    *("@" * 48, "==a" * 16, "{+ " * 16, "[[" * 24, "`" * 48, "\\" * 48),
]
"""Short texts like those that took extensions of Markdown seconds: emphasis, carets, tildes, bare addresses."""


@pytest.mark.parametrize("prose", SLOW_ELSEWHERE)
def test_short_texts_are_read_in_no_time(prose: str) -> None:
    assert len(prose) < 51
    began = time.process_time()
    judge_prose(f"{prose} <")
    to_html(prose)
    assert time.process_time() - began < 0.1
