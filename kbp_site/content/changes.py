"""Small changes of a text, by line and column: what would mend a fault, and how a file looks with them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

BYTE_ORDER_MARK = "\ufeff"
LINE_END = re.compile("(\r\n|\r|\n)")


class Change(NamedTuple):
    """In one line, ``width`` characters from ``column`` on give way to ``text``.

    Lines and columns count from 1, in the text as it is read: composed letters, and no byte order mark.
    Column 0 of line 1 is that mark. A line end in ``text`` becomes one as the file has them.
    """

    line: int
    column: int
    width: int
    text: str


Edit: TypeAlias = tuple[Change, ...]
"""Changes that mend one fault together."""


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a file's bytes with the edits made; one that meets another edit's place is left out.

    All other bytes stay as they are; a changed line with decomposed letters gets composed ones.
    Raises `UnicodeDecodeError` for what is not UTF-8.
    """
    whole = data.decode("utf-8")
    mark = BYTE_ORDER_MARK if whole.startswith(BYTE_ORDER_MARK) else ""
    pieces = LINE_END.split(whole.removeprefix(mark))
    newline = pieces[1] if len(pieces) > 1 else "\n"
    changes = _without_overlaps(edits)
    for change in sorted(changes, reverse=True):
        if change.column == 0:
            mark = change.text
            continue
        at = 2 * (change.line - 1)
        line = unicodedata.normalize("NFC", pieces[at])
        begin = change.column - 1
        pieces[at] = line[:begin] + change.text.replace("\n", newline) + line[begin + change.width :]
    return (mark + "".join(pieces)).encode()


def _without_overlaps(edits: Iterable[Edit]) -> set[Change]:
    taken: dict[int, list[Change]] = defaultdict(list)
    chosen: set[Change] = set()
    for edit in edits:
        if any(_meet(change, other) for change in edit for other in taken[change.line]):
            continue
        for change in edit:
            taken[change.line].append(change)
        chosen.update(edit)
    return chosen


def _meet(one: Change, other: Change) -> bool:
    """Whether two changes touch one place."""
    first, second = sorted((one, other), key=lambda change: change.column)
    return second.column < first.column + max(first.width, 1)


def changed_line(line: str, number: int, edit: Edit) -> str:
    """Return how a line looks with the changes that an edit makes in it."""
    own = tuple(change._replace(line=1) for change in edit if change.line == number and change.column)
    return apply_edits(line.encode(), [own]).decode()
