"""Places in a file, and problems told at them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kbp_site.content.changes import Edit
from kbp_site.content.problems import Fault, Problem, Severity


class Mark(NamedTuple):
    """A place in a file; both count from 1."""

    line: int
    column: int


class Span(NamedTuple):
    """Where a value begins and ends, and where its key stands (the value itself in a list)."""

    key: Mark
    start: Mark
    end: Mark


TOP = Span(Mark(1, 1), Mark(1, 1), Mark(1, 1))


def problem_at(
    path: str,
    lines: Sequence[str],
    mark: Mark,
    fault: Fault,
    *,
    width: int = 0,
    severity: Severity = Severity.ERROR,
    edit: Edit = (),
) -> Problem:
    """Tell a fault at a mark, with the line it stands in; ``width`` 0 means to the line's end."""
    excerpt = lines[mark.line - 1] if mark.line <= len(lines) else ""
    width = width or len(fault.needle.split("\n")[0]) or len(excerpt) - mark.column + 1
    return Problem(
        path,
        *mark,
        fault.code,
        fault.message,
        fault.hint,
        severity=severity,
        excerpt=excerpt,
        width=max(width, 1),
        edit=edit,
    )
