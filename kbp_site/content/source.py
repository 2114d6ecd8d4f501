"""YAML text becomes values with the line and column of every key and item; what is dangerous is refused.

PyYAML enters the program here and nowhere else. Only its events are used: nothing is constructed,
every scalar stays the text that stands in the file, and the limits hold before a value exists.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import yaml

from kbp_site.content.changes import Change, Edit
from kbp_site.content.marks import TOP, Mark, Span, problem_at
from kbp_site.content.misread import glued_items, wide_name
from kbp_site.content.problems import Fault, Problem, Severity
from kbp_site.content.slips import GENERAL, name_slip
from kbp_site.content.text_files import UNSEEN, decode, unescaped, unseen_characters
from kbp_site.locale import Text, text

MAX_DEPTH = 12
MAX_NODES = 20_000
"""Limits of one file: nesting, and keys and values together; a record of ours needs a hundredth of them."""

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Location = tuple[str | int, ...]

CONFLICT = re.compile(r"\n(?:<<<<<<<|=======|>>>>>>>)(?: .*)?(?=\n)")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})

PACKING = (1, zlib.DEFLATED, 13, 7)
"""Little effort, and a window of 8 KB: zlib by itself makes ready for 32, which takes longer than to pack."""


@dataclass(frozen=True)
class Source:
    """One file as read: its values, and where each of them stands.

    It is kept and sent to others as its text alone, from which the rest is found again when it is asked for. That is
    packed: few of a large site's texts are asked for, and they were a tenth of its memory.
    """

    path: str
    packed: bytes

    @classmethod
    def of(cls, path: str, written: str) -> Source:
        """Return the source of a file that was read just now."""
        packer = zlib.compressobj(*PACKING)
        source = cls(path, packer.compress(written.encode("utf-8", "surrogatepass")) + packer.flush())
        source.__dict__["written"] = written  # it is asked for at once
        return source

    def __getstate__(self) -> dict[str, str | bytes]:
        return {"path": self.path, "packed": self.packed}

    @cached_property
    def written(self) -> str:
        """The file's text as it stands there."""
        return zlib.decompress(self.packed).decode("utf-8", "surrogatepass")

    @cached_property
    def text(self) -> str:
        """The file's text, with a space for each character that cannot be seen."""
        return self.written if self._is_printable else UNSEEN.sub(" ", self.written)

    @cached_property
    def _is_printable(self) -> bool:
        return self.written.replace("\n", " ").isprintable()  # far quicker than to look for what is not

    @cached_property
    def flow(self) -> str:
        """The text on one line: no word of it is broken, wherever it stands."""
        return " ".join(self.text.split())

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines as they stand in the file."""
        return tuple(self.written.split("\n"))

    @cached_property
    def _reader(self) -> _Reader:
        reader = _Reader(self.path, self.text, self.lines)
        reader.read()
        return reader

    @property
    def values(self) -> dict[str, Value]:
        """All fields and what stands in them; only of a record."""
        assert isinstance(self._reader.top, dict)
        return self._reader.top

    @cached_property
    def spans(self) -> dict[Location, Span]:
        """Where each value stands."""
        places = self._reader.places.items()
        return {location: Span(_mark(key), _mark(start), _mark(end)) for location, (key, start, end) in places}

    @property
    def is_record(self) -> bool:
        """Whether the file can be read and holds one record; ``faults`` say why not."""
        return isinstance(self._reader.top, dict)

    @property
    def faults(self) -> list[Problem]:
        """What is wrong with the file's form."""
        return self._reader.problems

    def unseen(self) -> list[Problem]:
        """Return the problems of characters that cannot be seen."""
        return [] if self._is_printable else list(unseen_characters(self.path, self.lines))

    def span(self, location: Location) -> Span:
        """Return where ``location`` stands, or its nearest ancestor that stands in the file."""
        for length in range(len(location), 0, -1):
            if (span := self.spans.get(location[:length])) is not None:
                return span
        return TOP

    def key_problem(self, location: Location, fault: Fault, *, severity: Severity = Severity.ERROR) -> Problem:
        """Tell a fault at a key (or, in a list, at the item)."""
        mark, name = self.span(location).key, str(location[-1]) if location else ""
        width = 0
        edit: Edit = ()
        for written in (name, f'"{name}"', f"'{name}'") if fault.instead else ():
            if self.lines[mark.line - 1].startswith(written, mark.column - 1):
                width = len(written)
                edit = (Change(*mark, width, fault.instead),)
        return problem_at(self.path, self.lines, mark, fault, width=width, severity=severity, edit=edit)

    def problem(
        self, location: Location, fault: Fault, *, severity: Severity = Severity.ERROR, edit: Edit = ()
    ) -> Problem:
        """Tell a fault at a value, as near as its needle can be found in the file."""
        span = self.span(location)
        mark = span.start if self._is_written(span) else span.key
        width = span.end.column - span.start.column if span.start.line == span.end.line else 0
        if fault.needle and (found := self._find(fault.needle, span)):
            mark, width = found, len(fault.needle.split("\n")[0])
        if fault.instead and location in self.spans:
            edit = self._replace(span, fault.instead)
        return problem_at(self.path, self.lines, mark, fault, width=width, severity=severity, edit=edit)

    def _replace(self, span: Span, written: str) -> Edit:
        """Return the edit that writes another text in a value's place; none where it fills several lines."""
        start, end = span.start, span.end
        if start.line != end.line or start == end:
            return ()
        quoted = self.lines[start.line - 1][start.column - 1] in "\"'"
        return (Change(start.line, start.column + quoted, end.column - start.column - 2 * quoted, written),)

    @staticmethod
    def _is_written(span: Span) -> bool:
        return span.start != span.end

    def _find(self, needle: str, span: Span) -> Mark | None:
        for number in range(span.start.line, min(span.end.line, len(self.lines)) + 1):
            begin = span.start.column - 1 if number == span.start.line else 0
            if (at := self.lines[number - 1].find(needle, begin)) >= 0:
                return Mark(number, at + 1)
        return None


def parse(path: str, data: bytes) -> tuple[Source | None, list[Problem]]:
    """Turn a file's bytes into a `Source`; ``None`` when nothing can be made of it."""
    decoded, problems = decode(path, data)
    if decoded is None:
        return None, problems
    source = Source.of(path, decoded)
    problems += source.unseen()
    if found := CONFLICT.search(f"\n{source.text}\n"):
        fault = Fault(
            "K111",
            text("penanda bentrokan penggabungan (merge) masih ada"),
            text("pilih satu dari dua versi, lalu hapus baris <<<<<<<, =======, dan >>>>>>>"),
        )
        mark = Mark(source.text.count("\n", 0, found.start()) + 1, 1)
        return None, [*problems, problem_at(path, source.lines, mark, fault)]
    if slip := wide_name(source.lines, source.text):
        return None, [*problems, problem_at(path, source.lines, slip.mark, slip.fault, edit=slip.edit)]
    return (source if source.is_record else None), problems + source.faults


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read; marks are YAML's own here, as most are never asked for."""

    value: dict[str, Value] | list[Value]
    location: Location
    start: Any
    key: str | None = None
    key_mark: Any = None
    skips: bool = False
    keys: dict[str, Any] | None = None
    """Of a mapping, the keys so far and where each stands; none for a list."""


class _Stop(Exception):
    """Nothing more can be read of this file."""


class _Reader:
    """Builds the values of one file from YAML's events, with every fault on the way."""

    def __init__(self, path: str, whole: str, lines: tuple[str, ...]) -> None:
        self.path = path
        self.text = whole
        self.lines = lines
        self.problems: list[Problem] = []
        self.places: dict[Location, tuple[Any, Any, Any]] = {}
        self.open: list[_Open] = []
        self.top: Value = None
        self.nodes = 0
        self.documents = 0

    def read(self) -> None:
        take: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._begin_mapping,
            yaml.SequenceStartEvent: self._begin_list,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._refuse_reference,
            yaml.DocumentStartEvent: self._begin_document,
        }
        try:
            for event in iter(yaml.CBaseLoader(self.text).get_event, None):
                if taken := take.get(type(event)):
                    taken(event)
        except _Stop:
            self.top = None
        except yaml.YAMLError as error:
            self._tell_unreadable(error)
            self.top = None
        else:
            if not isinstance(self.top, dict):
                self._tell(
                    TOP.start,
                    "K108",
                    text("berkas ini tidak berisi satu catatan"),
                    text('isi dengan baris "kolom: nilai", misalnya title: Judul catatan'),
                )

    def _tell_unreadable(self, error: yaml.YAMLError) -> None:
        if not isinstance(error, yaml.MarkedYAMLError):
            self._tell(TOP.start, "K104", text("berkas ini tidak dapat dibaca sebagai YAML"), GENERAL)
            return
        mark = _mark(error.problem_mark) if error.problem_mark else TOP.start
        began = _mark(error.context_mark) if error.context_mark else mark
        slip = name_slip(self.lines, mark, began, problem=error.problem or "", context=error.context or "")
        self.problems.append(problem_at(self.path, self.lines, self._within(slip.mark), slip.fault, edit=slip.edit))

    def _within(self, mark: Mark) -> Mark:
        """Return a mark in the file: YAML sees its end in the line behind it where the last one has none."""
        return mark if mark.line <= len(self.lines) else Mark(len(self.lines), len(self.lines[-1]) + 1)

    def _tell(self, mark: Mark, code: str, message: Text, hint: Text, edit: Edit = ()) -> None:
        self.problems.append(problem_at(self.path, self.lines, mark, Fault(code, message, hint), edit=edit))

    def _begin_document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            mark = _mark(event.start_mark)
            is_last = not "".join(self.lines[mark.line :]).strip()
            self._tell(
                mark,
                "K108",
                text("baris --- memulai catatan kedua dalam berkas yang sama"),
                text("hapus baris --- ini; catatan kedua disimpan di berkasnya sendiri"),
                edit=(Change(*mark, len("---"), ""),) if is_last else (),
            )
            raise _Stop

    def _refuse_reference(self, event: yaml.Event) -> None:
        self._tell(
            _mark(event.start_mark),
            "K106",
            text("jangkar, alias, tanda (!) dan << dari YAML tidak dipakai di sini"),
            text("tulis nilainya langsung; teks yang berawal &, *, atau ! diberi tanda kutip"),
        )
        raise _Stop

    def _count(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, depth: int) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_reference(event)
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            self._tell(
                _mark(event.start_mark),
                "K107",
                text("isi berkas bertingkat terlalu dalam atau terlalu banyak"),
                text("paling dalam {depth} tingkat dan paling banyak {nodes} bagian", depth=MAX_DEPTH, nodes=MAX_NODES),
            )
            raise _Stop

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._count(event, len(self.open))
        value, style = event.value, event.style
        parent = self.open[-1] if self.open else None
        if parent is not None and parent.keys is not None and parent.key is None:
            self._key(parent, parent.keys, value, event.start_mark, plain=not style)
        elif style == '"':
            self._put(self._quoted(value, event), event.start_mark, event.end_mark)
        else:
            if not style and parent is not None and parent.keys is None:
                self._refuse_glued(_mark(event.start_mark), _mark(event.end_mark))
            self._put(None if not style and value in NULLS else value, event.start_mark, event.end_mark)

    def _refuse_glued(self, start: Mark, end: Mark) -> None:
        if start.line < end.line and (slip := glued_items(self.lines, start, end.line)):
            self.problems.append(problem_at(self.path, self.lines, slip.mark, slip.fault, edit=slip.edit))
            raise _Stop

    def _quoted(self, value: str, event: yaml.ScalarEvent) -> str:
        if value.isascii() and value.isprintable():
            return value  # as nearly all are
        if unseen := UNSEEN.search(value):
            self._tell(
                _mark(event.start_mark),
                "K103",
                text("ada karakter yang tidak tampak (U+{code})", code=f"{ord(unseen.group()):04X}"),
                text("hapus penulisan karakter itu"),
            )
        return unescaped(value)

    def _key(self, parent: _Open, keys: dict[str, Any], name: str, place: Any, *, plain: bool) -> None:
        if plain and name == "<<":
            self._tell(
                _mark(place),
                "K106",
                text("penggabungan << dari YAML tidak dipakai di sini"),
                text("tulis isinya langsung"),
            )
            raise _Stop
        parent.key, parent.key_mark, parent.skips = name, place, name in keys
        if parent.skips:
            self._tell(
                _mark(place),
                "K105",
                text(
                    'kolom "{name}" ditulis dua kali (sudah ada di baris {line})', name=name, line=keys[name].line + 1
                ),
                text("gabungkan keduanya atau hapus salah satu"),
            )
        else:
            keys[name] = place

    def _begin_mapping(self, event: yaml.MappingStartEvent) -> None:
        self._begin(event, {}, {})

    def _begin_list(self, event: yaml.SequenceStartEvent) -> None:
        self._begin(event, [], None)

    def _end(self, event: yaml.CollectionEndEvent) -> None:
        done = self.open.pop()
        self._put(done.value, done.start, event.end_mark)

    def _begin(
        self, event: yaml.CollectionStartEvent, value: dict[str, Value] | list[Value], keys: dict[str, Any] | None
    ) -> None:
        self._count(event, len(self.open) + 1)
        parent = self.open[-1] if self.open else None
        if parent is None:
            self.open.append(_Open(value, (), event.start_mark, keys=keys))
            return
        if parent.keys is not None and parent.key is None:
            self._tell(
                _mark(event.start_mark), "K201", text("nama kolom harus satu kata"), text("tulis seperti title: Judul")
            )
            raise _Stop
        location = (*parent.location, len(parent.value) if parent.key is None else parent.key)
        self.open.append(_Open(value, location, event.start_mark, keys=keys))

    def _put(self, value: Value, start: Any, end: Any) -> None:
        if not self.open:
            self.top = value
            return
        parent = self.open[-1]
        within, key = parent.value, parent.key
        if isinstance(within, list):
            self.places.setdefault((*parent.location, len(within)), (start, start, end))
            within.append(value)
            return
        assert key is not None, "a value follows its key"
        if not parent.skips:
            self.places.setdefault((*parent.location, key), (parent.key_mark, start, end))
            within[key] = value
        parent.key = None


def _mark(mark: Any) -> Mark:
    """Return a mark of ours; the C parser's marks have no type of their own in the stubs."""
    return Mark(mark.line + 1, mark.column + 1)
