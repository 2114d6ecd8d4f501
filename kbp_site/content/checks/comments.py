"""No words get lost behind a number sign: "Rapat warga #2" without quotes ends before the sign (K104, a warning)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kbp_site.content.checks.content import Content
from kbp_site.content.marks import Mark, problem_at
from kbp_site.content.problems import Fault, Problem, Severity
from kbp_site.content.records.shape import values_of
from kbp_site.content.records.values import LineType, ProseType
from kbp_site.content.rows import quoted
from kbp_site.content.source import Source
from kbp_site.locale import text

COMMENT = re.compile(r"\s+(?P<words>#\S.*)")
"""A comment that may be meant as text, as in "RT #2"; one with a space behind its sign is a comment."""

SIGN = re.compile(r"#\S")


def check_comments(content: Content) -> Iterator[Problem]:
    """Tell comments behind texts that readers would see."""
    for entry in [*([content.site] if content.site else []), *content.readable()]:
        yield from comments_in(entry.source, entry.record)


def comments_in(source: Source, record: Any) -> Iterator[Problem]:
    """Tell the comments behind the texts of one record, or of its translation."""
    for kind in (LineType, ProseType) if SIGN.search(source.text) else ():
        for location, _, _ in values_of(record, kind):
            _, start, end = source.span(location)
            line = source.lines[end.line - 1] if end.line <= len(source.lines) else ""
            if source.lines[start.line - 1][start.column - 1] in "\"'|>":
                continue
            if found := COMMENT.match(line, end.column - 1):
                hint = BESIDE
                if start.line == end.line:
                    hint = text(
                        "bila tanda # termasuk teksnya, tulis {line}; bila keterangan, beri spasi sesudah #",
                        line=quoted(line[start.column - 1 :].strip()),
                    )
                mark = Mark(end.line, found.start("words") + 1)
                yield problem_at(source.path, source.lines, mark, Fault("K104", LOST, hint), severity=Severity.WARNING)


LOST = text("teks sesudah tanda # tidak dibaca")
BESIDE = text(
    "bila tanda # termasuk teksnya, tulis | di belakang nama kolom dan mulai teksnya di baris berikutnya; "
    "bila keterangan, beri spasi sesudah #"
)
