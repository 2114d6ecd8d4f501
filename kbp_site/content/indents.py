"""How far lines stand in from the left, and the edits that put them where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kbp_site.content.changes import Change, Edit
from kbp_site.content.marks import Mark
from kbp_site.content.rows import row_of

WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
WIDE_INDENT = re.compile(rf"[ ]*[{WIDE}][ {WIDE}]*")
ITEM = re.compile(r" *- +(?=[A-Za-z])")
ITEM_BELOW = re.compile(r" *-(?: |$)")


def indent_of(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def block(lines: Sequence[str], number: int, indent: int) -> Iterator[int]:
    """Yield the lines from one on that stand as deep as it or deeper; blank lines and comments do not end them."""
    for at, line in enumerate(lines[number - 1 :], number):
        if indent_of(line) >= indent and line.strip():
            yield at
        elif line.strip() and not line.lstrip().startswith("#"):
            return


def moved(numbers: Iterable[int], by: int) -> Edit:
    """Return the edit that puts lines deeper."""
    return tuple(Change(number, 1, 0, " " * by) for number in numbers)


def plain_indent(lines: Sequence[str], number: int) -> Edit:
    """Return the edit that writes ordinary spaces before a line, and wherever a line's first character is another.

    Behind an ordinary space a wide one may be a text's own.
    """
    return tuple(
        Change(at, 1, len(found.group()), " " * len(found.group()))
        for at, line in enumerate(lines, 1)
        if (found := WIDE_INDENT.match(line)) and (at == number or not line.startswith(" "))
    )


def as_items(lines: Sequence[str], number: int, indent: int) -> Edit:
    """Return the edit that makes a list of a group of fields: "- " before its first field wherever that recurs."""
    first = row_of(lines[number - 1]).name

    def begins(at: int) -> bool:
        row = row_of(lines[at - 1])
        return row.name == first and len(row.lead) == indent

    return tuple(Change(at, indent + 1, 0, "- " if begins(at) else "  ") for at in block(lines, number, indent))


class Shallow(NamedTuple):
    """Fields of a list's item that do not stand in line with its first field: their lines, and what they lack."""

    numbers: tuple[int, ...]
    lack: int
    beside: str


def shallow_fields(lines: Sequence[str], number: int) -> Shallow | None:
    """Return the fields around a line that came off from the item above them; ``None`` when it is none of those.

    "- file: …" begins an item, and "alt: …" below it stands under the hyphen or the space behind it. Where the list
    stands under the hyphen of its own name too, such a line may be the next field of the whole: then it counts only
    when nothing of the item stands deeper.
    """
    indent = indent_of(lines[number - 1])
    if not row_of(lines[number - 1]).name or "-" in row_of(lines[number - 1]).lead:
        return None
    first, deeper = number, False
    for at in range(number - 1, 0, -1):
        line = lines[at - 1]
        item = ITEM.match(line)
        if item and indent_of(line) <= indent < item.end():
            if deeper and not _is_below_its_name(lines, at):
                return None
            run = [n for n in block(lines, first, indent) if n < _next_item(lines, first, indent_of(line))]
            return Shallow(tuple(run), item.end() - indent, row_of(line).name)
        if not line.strip() or indent_of(line) > indent:
            deeper = deeper or bool(line.strip())
        elif indent_of(line) == indent and row_of(line).name and not item:
            first, deeper = at, False
        else:
            return None
    return None


def _next_item(lines: Sequence[str], number: int, indent: int) -> int:
    """Return the line of the next hyphen at an indent; behind the last line when there is none."""
    for at, line in enumerate(lines[number - 1 :], number):
        if ITEM.match(line) and indent_of(line) == indent:
            return at
    return len(lines) + 1


def _is_below_its_name(lines: Sequence[str], number: int) -> bool:
    """Whether a list stands deeper than the field that it belongs to."""
    indent = indent_of(lines[number - 1])
    above = (line for line in reversed(lines[: number - 1]) if line.strip() and indent_of(line) <= indent)
    owner = next((line for line in above if indent_of(line) < indent or not ITEM.match(line)), "")
    return indent_of(owner) < indent


def deeper_items(lines: Sequence[str], first: Mark, last: int) -> dict[int, int]:
    """Return the items that YAML reads as more of the text of an item above: their lines, and by how much too deep.

    That text begins at ``first``, and as YAML reads it ends in the line ``last``.
    """
    lead = lines[first.line - 1][: first.column - 1].rstrip()
    indents = {
        at: indent_of(lines[at - 1]) for at in range(first.line + 1, last + 1) if ITEM_BELOW.match(lines[at - 1])
    }
    return {at: indent - len(lead) + 1 for at, indent in indents.items()} if lead.endswith("-") else {}


def text_without_bar(lines: Sequence[str], number: int) -> int | None:
    """Return the line of the field whose text a line belongs to, where it stands below it and no "|" announces it."""
    indent = indent_of(lines[number - 1])
    if row_of(lines[number - 1]).name.islower():
        return None  # a field among others, of which one lacks its colon
    for at in range(number - 1, 0, -1):
        row = row_of(lines[at - 1])
        if lines[at - 1].strip() and indent_of(lines[at - 1]) < indent:
            begin = next(line for line in lines[at:] if line.strip())
            is_text = bool(row.name) and not row.value and not row_of(begin).name and not ITEM_BELOW.match(begin)
            return at if is_text else None
    return None
