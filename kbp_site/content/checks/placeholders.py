"""Nothing that stands in a new draft for the editor's own words gets published (K202)."""

from __future__ import annotations

from collections.abc import Iterator

from kbp_site.content.checks.content import Content
from kbp_site.content.problems import Fault, Problem
from kbp_site.content.records.shape import values_of
from kbp_site.content.records.values import EXAMPLE_MARK, PLACEHOLDER, LineType, ProseType
from kbp_site.locale import text


def check_placeholders(content: Content) -> Iterator[Problem]:
    """Tell published records that still hold the words of `kbp new`, or an example behind which it says so."""
    for entry in content.published():
        for name in entry.source.values if EXAMPLE_MARK in entry.source.text else ():
            line = entry.source.span((name,)).start.line
            if entry.source.lines[line - 1].rstrip().endswith(EXAMPLE_MARK):
                fault = Fault(
                    "K202",
                    text('kolom "{name}" masih berisi contoh', name=name),
                    text("tulis isi yang sebenarnya dan hapus tulisan di belakangnya, atau tulis status: draft"),
                )
                yield entry.source.problem((name,), fault)
        for kind in (LineType, ProseType):
            for location, _, value in values_of(entry.record, kind):
                if value.rstrip(".") == PLACEHOLDER:
                    fault = Fault(
                        "K202",
                        text('kolom "{name}" masih berisi contoh', name=location[-1]),
                        text("ganti dengan isi yang sebenarnya, atau tulis status: draft"),
                    )
                    yield entry.source.problem(location, fault)
