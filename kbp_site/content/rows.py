"""A row as an editor writes it, "- kolom: nilai", and how a text is put into quotation marks."""

from __future__ import annotations

import re
from typing import NamedTuple

ROW = re.compile(r"(?P<lead> *(?:- +)*)(?:(?P<name>[A-Za-z][A-Za-z_]*) *:(?: +|$))?(?P<value>.*)")
COMMENT = re.compile(r"(?:^|(?<!\s)\s+)#.*|(?<!\s)\s+$")
"""A comment behind a value, or spaces; they are looked for where they begin, lest many take long."""

CURLY = {"“": "”", "„": "”", "‘": "’", "«": "»", "”": "”", "’": "’"}
"""Quotation marks that word processors put in place of ours: by the one that opens, the one that closes."""


class Row(NamedTuple):
    """One line: its lead, the field's name (empty in a list), where the value begins, and the value.

    A comment behind the value is no part of it.
    """

    lead: str
    name: str
    column: int
    value: str


def row_of(line: str) -> Row:
    """Read a line as a row; in a line of another form all is value."""
    found = ROW.fullmatch(line)
    assert found
    value = found["value"]
    if not value.startswith(('"', "'")):
        value = COMMENT.sub("", value, count=1)
    return Row(found["lead"], found["name"] or "", found.start("value") + 1, value)


def quoted(value: str) -> str:
    """Put a text into quotation marks of YAML that do not stand in it, if that can be."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    if "'" not in value:
        return f"'{value}'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def without_curly(value: str) -> str:
    """Return a text without the curly marks around it; as it is when it has none."""
    value = value.strip()
    if len(value) > 1 and CURLY.get(value[0]) in {value[-1]}:
        return value[1:-1].strip()
    return value
