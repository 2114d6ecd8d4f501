"""A kind of records as a table: its columns, its CSV (RFC 4180), and how the columns are described."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kbp_site.content.records.base import Envelope, Part
from kbp_site.content.records.shape import Slot
from kbp_site.content.records.values import DayType, DegreesType, NumberType
from kbp_site.locale import text
from kbp_site.outputs.plain import Plain, open_slots

TYPES = {NumberType: "integer", DegreesType: "number", DayType: "date"}
"""Types of value that a table names by their own type (Frictionless Table Schema)."""

FORMULA = re.compile(r"\s*[=+\-@\t＝＋－＠]")
"""How a line begins that a spreadsheet might take for a formula, after any spaces
(https://owasp.org/www-community/attacks/CSV_Injection)."""

BEHIND_SEMICOLON = re.compile(rf";(?={FORMULA.pattern})")
"""A semicolon behind which such a beginning stands."""

BLANK_START = re.compile(r"[^\S\r\n]*[\r\n]")
"""A cell that begins with an empty line, which spreadsheets may drop."""


@dataclass(frozen=True)
class Column:
    """One column: its name, where its value stands in a plain record, and what it means."""

    name: str
    path: tuple[str, ...]
    type: str
    title: str
    description: str

    def cell(self, values: dict[str, Plain]) -> str:
        """Return the column's cell for a plain record; empty for what is not recorded."""
        value: Plain = values
        for name in self.path:
            value = value.get(name) if isinstance(value, dict) else None
        return write_cell(value)


@cache
def columns(model: type[Envelope]) -> tuple[Column, ...]:
    """Return a kind's columns: its name and address, then its fields in their order.

    A part that stands once becomes one column a field (`visitors_count`).
    """
    own = (
        Column("id", ("id",), "string", text("Nama").say("id"), text("Nama berkas catatan ini.").say("id")),
        Column("url", ("url",), "string", text("Alamat").say("id"), text("Halaman catatan ini.").say("id")),
    )
    return own + tuple(_columns(model, ("fields",), ""))


def _columns(model: type[Part], path: tuple[str, ...], heading: str) -> Iterable[Column]:
    for slot in open_slots(model):
        info = model.model_fields[slot.name]
        here, title = (*path, slot.name), f"{heading}{info.title}"
        if isinstance(slot.type, type) and not slot.is_list:
            yield from _columns(slot.type, here, f"{title}: ")
        else:
            yield Column("_".join(here[1:]), here, _type_of(slot), title, info.description or "")


def _type_of(slot: Slot) -> str:
    if slot.is_list:
        return "array" if isinstance(slot.type, type) else "string"
    return next((name for kind, name in TYPES.items() if isinstance(slot.type, kind)), "string")


def write_cell(value: Plain) -> str:
    """Return a value as a cell: numbers as they are, words made harmless, lists of words joined by "; ".

    A list of parts is JSON, because a joined text could not be taken apart again.
    """
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, int | float):
        return str(value)
    if not value:
        return ""
    if isinstance(value, list) and isinstance(value[0], str):
        return harmless("; ".join(map(str, value)))
    return BEHIND_SEMICOLON.sub(r"\\u003b", json.dumps(value, ensure_ascii=False))


def harmless(words: str) -> str:
    """Return words that no spreadsheet takes for a formula: a "'" before what might begin one.

    Where numbers have decimal commas, as in Indonesia, spreadsheets part cells at semicolons, quoted or not.
    """
    words = BEHIND_SEMICOLON.sub(";'", words)
    lines = words.splitlines(keepends=True)
    if any(map(FORMULA.match, lines)):
        words = "".join(f"'{line}" if FORMULA.match(line) else line for line in lines)
    return f"'{words}" if BLANK_START.match(words) else words


def write_head(model: type[Envelope]) -> bytes:
    """Return the first row of a kind's CSV."""
    return write_row(column.name for column in columns(model))


TO_QUOTE = re.compile(r'[,"\r\n]')


def write_row(cells: Iterable[str]) -> bytes:
    """Return one line of a CSV, as the standard library writes it; that looks at each letter by itself."""
    quoted = ('"' + cell.replace('"', '""') + '"' if TO_QUOTE.search(cell) else cell for cell in cells)
    return f"{','.join(quoted)}\r\n".encode()


def describe_table(model: type[Envelope]) -> dict[str, object]:
    """Return the Table Schema of a kind's CSV."""
    return {
        "fields": [
            {"name": column.name, "type": column.type, "title": column.title, "description": column.description}
            for column in columns(model)
        ],
        "primaryKey": "id",
        "missingValues": [""],
    }
