"""Any words from outside become prose that shows exactly them, and that the checks accept."""

from __future__ import annotations

import re
from html import unescape

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kbp_site.content.markup import MARKDOWN_EXTENSIONS, judge_prose
from kbp_site.editing.imports.plain import as_markdown, clean, conceal, shorten

MARKED = st.text(alphabet="ab1 \n#*_-+=~`[](){}<>!&|\\.:;/\t\u200e'\"", max_size=60)


@settings(deadline=None)
@example("a|b\n--|--\n1|2")
@example("```\nx\n```")
@example("[a]: b\n[a]")
@example("&lt;b&gt; &#106; <b>x</b>")
@given(st.one_of(MARKED, st.text(max_size=60)))
def test_any_words_are_accepted_and_shown(words: str) -> None:
    prose = as_markdown(words)
    assert judge_prose(prose) == []
    html = markdown.markdown(prose, extensions=list(MARKDOWN_EXTENSIONS))
    assert set(re.findall(r"<(\w+)", html)) <= {"p"}
    shown = unescape(re.sub(r"</?p>", "\n", html))
    assert shown.split() == clean(words).split()


@given(st.text(max_size=60))
def test_clean_words_are_stable(words: str) -> None:
    once = clean(words)
    assert clean(once) == once


def test_personal_numbers_are_covered() -> None:
    words, count = conceal("Hubungi Budi 0812-3456-7890\natau budi@contoh.id, ya")
    assert count == 2
    assert words == "Hubungi Budi (nomor atau alamat pribadi ditutup)\natau (nomor atau alamat pribadi ditutup), ya"
    assert conceal("Dana Rp5.000.000 tahun 2006") == ("Dana Rp5.000.000 tahun 2006", 0)


@pytest.mark.parametrize("words", ["0812,3456,7890", "1.6203011405900001", "81234567890", "6203,0114,0590,0001"])
def test_personal_numbers_are_covered_however_they_are_typed(words: str) -> None:
    assert conceal(words)[1] == 1


def test_long_words_are_shortened() -> None:
    assert shorten("satu\ndua  tiga") == "satu dua tiga"
    assert shorten("a" * 90) == "a" * 79 + "…"
