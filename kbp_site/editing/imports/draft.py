"""What came in becomes a draft of a record: only what is plain is filled in, and what is missing stands in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kbp_site.content.load import read_file
from kbp_site.content.problems import KbpError, Problem
from kbp_site.content.records import KINDS
from kbp_site.content.records.base import Envelope, Kind
from kbp_site.content.records.shape import Slot, slots
from kbp_site.content.records.values import PLACEHOLDER, Choice, LineType, ProseType
from kbp_site.content.source import NULLS, Source
from kbp_site.editing.imports.plain import clean, conceal
from kbp_site.editing.scaffold import kind_by_name, value_lines
from kbp_site.locale import Language, Text, text

Values = Mapping[str, object]
"""Fields as an editor would write them: a text, a list of texts, or a group of fields."""

PLAIN = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")
"""Values that need no quotes: ids, dates and numbers."""

ORIGIN = text("Draf hasil impor dari")
MISSING = text("Belum ada, lengkapi dahulu:")
REST = text("Isi lain dari sumbernya, belum punya kolom:")

UNSURE = ("other", "unknown")
"""Choices that claim nothing."""


@dataclass(frozen=True)
class Kept:
    """Words of the source that no field could take: they stand in the draft as a comment."""

    label: str
    words: str


@dataclass(frozen=True)
class Listed:
    """Sentences in a row."""

    items: tuple[Text, ...]

    def say(self, language: Language) -> str:
        """Return the words in ``language``."""
        return ", ".join(item.say(language) for item in self.items)


@dataclass(frozen=True)
class Draft:
    """A draft's text, and what an editor still has to do."""

    text: str
    missing: tuple[Text, ...] = ()
    refused: tuple[Text, ...] = ()
    problems: tuple[Problem, ...] = ()

    def lacks(self) -> tuple[Text, ...]:
        """Say what an editor still has to do."""
        missing = [text("belum ada: {missing}", missing=Listed(self.missing))] if self.missing else []
        left = [text("masih galat: {why}", why=problem.message) for problem in self.problems]
        return (*missing, *self.refused, *left)


@dataclass
class Contents:
    """What is known for a record: ``origin`` says where it is from, ``kept`` what has no field."""

    kind: type[Kind]
    origin: str
    values: dict[str, object]
    kept: list[Kept] = field(default_factory=list)
    appendix: tuple[str, ...] = ()


def draft_kind(name: str) -> type[Kind]:
    """Return a kind that has drafts; raises `KbpError` for others: they would count at once."""
    kind = kind_by_name(name)
    if not issubclass(kind, Envelope):
        known = ", ".join(one.FOLDER for one in KINDS if issubclass(one, Envelope))
        raise KbpError(text("{kind} tidak punya draf, jadi tidak dapat diimpor; pilih {known}", kind=name, known=known))
    return kind


def compose(contents: Contents, root: Path) -> Draft:
    """Write a draft; a value that its field does not take is moved into a comment, and told."""
    refused: list[Text] = []
    for _ in range(len(contents.values) + 1):
        written = conceal("".join(f"{line}\n" for line in _lines(contents, root)))[0]
        problems, fields = _judge(contents.kind, written)
        wrong = [name for name in fields if name in contents.values]
        if not wrong:
            break
        for name in wrong:
            problem = fields[name]
            refused.append(text("{field} tidak dapat diisi: {why}", field=name, why=problem.message))
            contents.kept.append(Kept(name, flat(contents.values.pop(name))))
    missing = tuple(_missing(contents))
    return Draft(written, missing, tuple(refused), tuple(problems))


def _judge(kind: type[Kind], written: str) -> tuple[list[Problem], dict[str, Problem]]:
    """Return a draft's problems, and the first of each field of the record."""
    read = read_file("draf.yml", written.encode(), kind)
    fields: dict[str, Problem] = {}
    if read.source is None:
        return list(read.problems), fields
    for problem in read.problems:
        fields.setdefault(_field_at(read.source, problem.line), problem)
    return list(read.problems), fields


def _field_at(source: Source, line: int) -> str:
    above = [(source.spans[(name,)].key.line, name) for name in source.values]
    return max((pair for pair in above if pair[0] <= line), default=(0, ""))[1]


def flat(value: object) -> str:
    """Return a value as words for a comment."""
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {flat(inner)}" for name, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(flat(inner) for inner in value)
    return str(value)


def _missing(contents: Contents) -> Iterator[Text]:
    for name, info in contents.kind.model_fields.items():
        if info.is_required() and name not in contents.values:
            yield text("{field} ({label})", field=name, label=Text(info.title or name))


def _lines(contents: Contents, root: Path) -> Iterator[str]:
    yield f"# {ORIGIN.say('id')} {contents.origin}"
    if missing := [sentence.say("id") for sentence in _missing(contents)]:
        yield f"# {MISSING.say('id')} {', '.join(missing)}"
    shapes: dict[str, Slot] = {slot.name: slot for slot in slots(contents.kind)}
    for name, info in contents.kind.model_fields.items():
        value = contents.values.get(name)
        if name == "status":
            yield "status: draft"
        elif value:
            is_prose = name in shapes and isinstance(shapes[name].type, ProseType)
            yield from _written(name, value, is_prose=is_prose)
        elif info.is_required() and isinstance(info.annotation, type) and issubclass(info.annotation, Choice):
            choices = [member.value for member in info.annotation]
            unsure = next((choice for choice in UNSURE if choice in choices), choices[0])
            hint = text("belum dipilih; pilihan: {choices}", choices=", ".join(choices))
            yield f"{name}: {unsure}  # {hint.say('id')}"
        elif info.is_required() and name in shapes and isinstance(shapes[name].type, LineType):
            yield f"{name}: {PLACEHOLDER}"
        elif info.is_required():
            yield from value_lines(name, info, shapes[name], root / "content")
    if contents.kept:
        yield from ("", f"# {REST.say('id')}")
    for kept in contents.kept:
        first, *rest = clean(f"{kept.label}: {kept.words}").split("\n")
        yield from (f"# - {first}", *(f"#   {line}" for line in rest))
    yield from contents.appendix


def _written(name: str, value: object, *, is_prose: bool) -> Iterator[str]:
    if is_prose and isinstance(value, str):
        yield f"{name}: |"
        yield from (f"  {line}" if line else "" for line in value.strip("\n").split("\n"))
    elif isinstance(value, Mapping):
        yield f"{name}:"
        yield from (f"  {inner}: {_scalar(words)}" for inner, words in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield f"{name}:"
        yield from (f"  - {_scalar(words)}" for words in value)
    else:
        yield f"{name}: {_scalar(value)}"


def _scalar(value: object) -> str:
    """Return a value in quotes; lists inside groups in brackets. JSON's quotes are YAML's."""
    is_plain = PLAIN.fullmatch(str(value)) and value not in NULLS
    return str(value) if is_plain else json.dumps(value, ensure_ascii=False)
