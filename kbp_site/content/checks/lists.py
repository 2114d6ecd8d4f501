"""A list in a text is read as one: else its items run on as one paragraph (K207, a warning)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kbp_site.content.checks.content import Content
from kbp_site.content.problems import Fault, Problem, Severity
from kbp_site.content.records.shape import values_of
from kbp_site.content.records.values import ProseType
from kbp_site.content.source import Source
from kbp_site.locale import text

ITEM = re.compile(r"\n([ ]*(?:[•·‣–—*+-]|(?:\d{1,2}|[a-z])[.)])[ \u00a0].*)")
"""A line that is meant as an item of a list."""

READ = re.compile(r"[ ]*(?:[*+-]|\d+\.|>)[ ]")
"""How a block begins that Markdown reads as a list, or as a quote with its own lines."""

BLANK = re.compile(r"\n[ ]*\n")


def check_lists(content: Content) -> Iterator[Problem]:
    """Tell lists in the texts of every record that are read as no list."""
    for entry in [*([content.site] if content.site else []), *content.readable()]:
        yield from lists_in(entry.source, entry.record)


def lists_in(source: Source, record: Any) -> Iterator[Problem]:
    """Tell the lists of one record, or of its translation, each text once.

    A single line that begins like an item may go on a sentence: "tanggal / 17. Lalu". Two are a list.
    """
    for location, _, prose in values_of(record, ProseType):
        if len(ITEM.findall(f"\n{prose}")) < 2:
            continue
        for block in BLANK.split(prose):
            items = ITEM.findall(f"\n{block}")
            if len(items) > 1 and not READ.match(block):
                fault = Fault("K207", RUN_ON, APART, needle=items[0].strip())
                yield source.problem(location, fault, severity=Severity.WARNING)
                break


RUN_ON = text("butir-butir ini tidak terbaca sebagai daftar, jadi bersambung menjadi satu paragraf")
APART = text('awali setiap butir dengan "- " atau "1. ", dan beri satu baris kosong sebelum butir pertama')
