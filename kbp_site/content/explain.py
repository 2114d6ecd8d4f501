"""What pydantic found wrong with a record's shape, in our words and at the right place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from kbp_site.content.changes import Change, Edit
from kbp_site.content.indents import WIDE_INDENT, as_items, block, moved, plain_indent
from kbp_site.content.marks import Mark, problem_at
from kbp_site.content.problems import Fault, Problem
from kbp_site.content.records.shape import slots
from kbp_site.content.records.translations import TranslatedPart
from kbp_site.content.records.values import FAULTS, ID, Choice, RefType
from kbp_site.content.rows import quoted
from kbp_site.content.slips import BULLETS, EQUAL, GLUE, INNER_COLON, SEMICOLONS, WIDE_SPACES, bullets
from kbp_site.content.source import Location, Source
from kbp_site.content.suggestions import Glossed, choices, guess, id_like
from kbp_site.locale import Text, text

MOST_SLIPS = 200
"""Unknown fields of one record that a near name is looked for: where there are more, they are no slips."""


def explain(model: type[BaseModel], source: Source, details: Sequence[ErrorDetails]) -> Iterator[Problem]:
    """Turn pydantic's errors into problems of ours; one that is misspelt, or astray, is not told as missing too."""
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    lost = {
        location: found
        for location in unknown
        if (found := astray(model, source, location) or separated(model, source, location))
    }
    faults = {
        location: unknown_field(model, location, asks=number < MOST_SLIPS)
        for number, location in enumerate(unknown)
        if location not in lost
    }
    misspelt = {(*location[:-1], fault.instead) for location, fault in faults.items()}
    there = misspelt | {found.location for found in lost.values()}
    for detail in details:
        if found := lost.get(detail["loc"]):
            yield found.problem
        elif fault := faults.get(detail["loc"]):
            yield source.key_problem(detail["loc"], fault)
        elif detail["type"] != "missing" or detail["loc"] not in there:
            yield from problems_of(model, source, detail)


def problems_of(model: type[BaseModel], source: Source, detail: ErrorDetails) -> Iterator[Problem]:
    """Turn one of pydantic's errors, but for unknown fields, into problems of ours."""
    location: Location = detail["loc"]
    while location and location not in source.spans and not isinstance(location[-1], str):
        location = location[:-1]
    match detail["type"]:
        case "kbp":
            for fault in detail["ctx"][FAULTS]:
                if fault.code == "K202":
                    yield source.key_problem(location, fault)
                else:
                    yield _text_expected(source, location, fault, detail["input"])
        case "missing":
            yield source.key_problem(location, missing_field(model, location))
        case "tuple_type":
            yield _list_expected(model, source, location, detail["input"])
        case _:
            yield _fields_expected(model, source, location, detail)


def _text_expected(source: Source, location: Location, fault: Fault, written: object) -> Problem:
    """Tell fields where a text is meant; mostly a colon in it wants quotation marks: "- Langkah: kumpul"."""
    if isinstance(written, dict) and len(written) == 1:
        pair = ": ".join(map(str, *written.items()))
        start = source.span(location).start
        if source.lines[start.line - 1][start.column - 1 :].rstrip() == pair:
            fault = Fault("K203", INNER_COLON.message, text("tulis {line}", line=quoted(pair)))
            edit = (Change(*start, len(pair), quoted(pair)),)
            return source.problem(location, fault, edit=edit)
    return source.problem(location, fault)


def missing_field(model: type[BaseModel], location: Location) -> Fault:
    """Say which required field is missing or empty, and what to type."""
    name = str(location[-1])
    info = part_at(model, location[:-1]).model_fields[name]
    example = (info.examples or ["…"])[0]
    hint = text("isi seperti ini: {name}: {example}", name=name, example=example)
    if isinstance(info.annotation, type) and issubclass(info.annotation, Choice):
        # An example would be typed as it stands: of a photo with people it might say that there are none.
        hint = text(
            "tulis {name}: lalu salah satu dari {choices}",
            name=name,
            choices=Glossed({one.value: one.label for one in info.annotation}),
        )
    message = text('kolom wajib "{name}" ({label}) belum diisi', name=name, label=Text(info.title or name))
    return Fault("K202", message, hint)


def unknown_field(model: type[BaseModel], location: Location, *, asks: bool) -> Fault:
    """Say which field is not known here, and what was probably meant if that ``asks`` for a look."""
    name, part = str(location[-1]), part_at(model, location[:-1])
    own = part.ORIGINAL.model_fields if issubclass(part, TranslatedPart) else part.model_fields
    message = text('kolom "{name}" tidak dikenal', name=name)
    if not asks:
        return Fault("K201", message, choices(list(part.model_fields)))
    original = own is not part.model_fields and guess(
        _latin(name), own, {at: one.title or at for at, one in own.items()}
    )
    if original and original.is_sure and original.value not in part.model_fields:
        return Fault(
            "K201",
            text('kolom "{name}" tidak diterjemahkan', name=name),
            text("hapus kolom ini; isinya diambil dari catatan Indonesianya"),
        )
    labels = {field: (own.get(field) or info).title or field for field, info in part.model_fields.items()}
    near = guess(_latin(name), labels, labels)
    return Fault(
        "K201",
        message,
        text('mungkin maksudnya "{near}"', near=near.value) if near else choices(list(labels), labels),
        instead=near.value if near and near.is_sure else "",
    )


class Astray(NamedTuple):
    """A field that is not read as what it is: where it would stand, and what is told of it."""

    location: Location
    problem: Problem


def astray(model: type[BaseModel], source: Source, location: Location) -> Astray | None:
    """Return what is to say of an unknown field that belongs to the list of groups above it; else ``None``.

    It stands under the hyphen of the group ("- file: …", and "alt: …" below the hyphen), or below a list's name that
    has no hyphen at all.
    """
    *above, name = location
    owner = part_at(model, tuple(above))
    homes = {
        slot.name
        for slot in slots(owner)
        if slot.is_list and isinstance(slot.type, type) and name in slot.type.model_fields
    }
    if not homes:
        return None
    whole: Any = source.values
    for step in above:
        whole = whole[step]
    names = list(whole)
    group = next((other for other in reversed(names[: names.index(name)]) if other in owner.model_fields), "")
    key, written = source.span(location).key, whole.get(group)
    if group not in homes or source.lines[key.line - 1][: key.column - 1].strip():
        return None
    inner = tuple(block(source.lines, key.line + 1, key.column))
    message = text('kolom "{name}" terlepas dari kelompok "{group}" di atasnya', name=name, group=group)
    if not written:
        begins = names[names.index(group) + 1] == name
        edit = (Change(key.line, key.column, 0, "  - " if begins else "    "), *moved(inner, 4))
        hint = text("tambahkan {count} spasi di awal baris ini", count=4)
        if begins:
            hint = text('tulis "- {name}: …" di sini, menjorok dua spasi', name=name)
        home: Location = (*above, group, 0, name)
    elif isinstance(written, list) and isinstance(written[-1], dict) and name not in written[-1]:
        home = (*above, group, len(written) - 1, name)
        by = source.span(home[:-1]).start.column - key.column
        hint = text("tambahkan {count} spasi di awal baris ini", count=by)
        edit = moved((key.line, *inner), by)
    else:
        return None
    return Astray(home, problem_at(source.path, source.lines, key, Fault("K201", message, hint), edit=edit))


SEPARATED = re.compile(r"(?P<name>[a-z][a-z_]*) *(?P<sign>[;=]) *(?P<begin>.*)")


def separated(model: type[BaseModel], source: Source, location: Location) -> Astray | None:
    """Return what is to say of a known field with a wrong sign before a text with a colon: "title; Rembug: satu"."""
    found = SEPARATED.fullmatch(str(location[-1]))
    if not found or found["name"] not in part_at(model, location[:-1]).model_fields:
        return None
    key = source.span(location).key
    value = source.lines[key.line - 1][key.column - 1 + found.start("begin") :].strip()
    message = SEMICOLONS if found["sign"] == ";" else EQUAL.message
    fault = Fault("K201", message, text("tulis {line}", line=f"{found['name']}: {quoted(value)}"))
    mark = Mark(key.line, key.column + found.start("sign"))
    return Astray((*location[:-1], found["name"]), problem_at(source.path, source.lines, mark, fault))


CONFUSABLE = str.maketrans("аеорсухіѕј", "aeopcyxisj")
"""Cyrillic letters that look like Latin ones: a name typed with them looks right and is not."""


def _latin(name: str) -> str:
    return name.translate(CONFUSABLE)


def part_at(model: type[BaseModel], location: Location) -> type[BaseModel]:
    """Return the kind or part that stands at a location."""
    for name in location:
        if isinstance(name, str):
            found = next((slot.type for slot in slots(model) if slot.name == name), None)
            if isinstance(found, type):
                model = found
    return model


def _fields_expected(model: type[BaseModel], source: Source, location: Location, detail: ErrorDetails) -> Problem:
    """Tell a text or list where fields are meant; mostly only a space is missing behind a colon."""
    written = detail["input"]
    glued = re.match(r"([a-z][a-z_]*):(?=\S)", written) if isinstance(written, str) else None
    if glued and glued[1] in part_at(model, location).model_fields:
        start = source.span(location).start
        edit = (Change(start.line, start.column + glued.end(), 0, " "),)
        fault = Fault("K203", GLUE.message, text("tulis {line}", line=f"{glued[0]} {written[glued.end() :]}"))
        return source.problem(location, fault, edit=edit)
    hint = text('tulis "kolom: nilai", menjorok dua spasi')
    if detail["type"] == "dict_type":
        hint = text("tulis di baris berikutnya, menjorok dua spasi")
    return source.problem(location, Fault("K203", text("di sini harus ada kolom-kolom"), hint))


def _list_expected(model: type[BaseModel], source: Source, location: Location, written: object) -> Problem:
    """Tell a text where a list is meant: with bullets that are none, or a single item."""
    name, owner = str(location[-1]), part_at(model, location[:-1])
    kind = next((slot.type for slot in slots(owner) if slot.name == name), None)
    span = source.span(location)
    first_line = span.start.line
    if first_line > span.key.line and (edit := bullets(source.lines, first_line)):
        return source.problem(location, Fault("K203", BULLETS.message, BULLETS.hint), edit=edit)
    if first_line > span.key.line and WIDE_INDENT.match(source.lines[first_line - 1]):
        edit = plain_indent(source.lines, first_line)
        return source.problem(location, Fault("K203", WIDE_SPACES.message, WIDE_SPACES.hint), edit=edit)
    message = text("di sini harus ada daftar")
    if isinstance(kind, type):
        first = next(iter(kind.model_fields))
        hint = text('tulis "- {field}: …" di baris berikutnya, menjorok dua spasi', field=first)
        as_list: Edit = ()
        if isinstance(written, dict) and first_line > span.key.line and set(written) & set(kind.model_fields):
            hint = text(
                'awali kelompok ini dengan tanda hubung, "- {field}: …"; kolomnya yang lain menjorok dua spasi lagi',
                field=next(iter(written)),
            )
            as_list = as_items(source.lines, first_line, span.start.column - 1)
        return source.problem(location, Fault("K203", message, hint), edit=as_list)
    items = _items(written, is_ref=isinstance(kind, RefType))
    if isinstance(written, dict):
        items = list(written)
    rows = ", ".join(f'"- {item}"' for item in items) or '"- …"'
    hint = text("tulis {rows} di baris berikutnya, menjorok dua spasi", rows=rows)
    if isinstance(kind, RefType) and not all(ID.fullmatch(item.rpartition("/")[2]) for item in items):
        hint = text(
            'di baris berikutnya tulis nama berkasnya, misalnya "- {meant}", menjorok dua spasi, bukan judul "{title}"',
            meant=id_like(items[0]),
            title=", ".join(items),
        )
    as_list = () if isinstance(written, dict) else _as_list(source, location, items)
    return source.problem(location, Fault("K203", message, hint), edit=as_list)


def _items(written: object, *, is_ref: bool) -> list[str]:
    """Return the items that a text holds: ids with commas between them are several."""
    if not isinstance(written, str):
        return []
    parts = [part.strip() for part in written.split(",") if part.strip()]
    ids = all(ID.fullmatch(part.rpartition("/")[2]) for part in parts)
    return parts if is_ref and ids else [written.strip()]


def _as_list(source: Source, location: Location, items: list[str]) -> Edit:
    """Return the edit that writes items below their field, each behind a hyphen."""
    key, start, end = source.span(location)
    if not items or not key.line == start.line == end.line:
        return ()
    line = source.lines[key.line - 1]
    between = line[: start.column - 1]
    begin = len(between.rstrip()) + 1
    if not between.rstrip().endswith(":"):
        return ()
    whole = items if len(items) > 1 else [line[start.column - 1 : end.column - 1]]
    rows = "".join(f"\n{' ' * (key.column + 1)}- {item}" for item in whole)
    return (Change(key.line, begin, end.column - begin, rows),)
