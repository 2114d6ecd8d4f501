"""The types of a value: each reads the text that stands in a file, and says what is wrong with it.

A type is also a marker: what may hold a reference, a file or a translation is found by its type.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kbp_site.content.dates import DateFault, PartialDate, parse_date, parse_day
from kbp_site.content.markup import judge_prose
from kbp_site.content.problems import Fault
from kbp_site.content.records.numerals import digits_in, number_hint
from kbp_site.content.rows import without_curly
from kbp_site.content.suggestions import guess, suggest
from kbp_site.locale import Language, text, translate

LINE_LIMIT, SUMMARY_LIMIT, DEFINITION_LIMIT = 160, 400, 600
ID_LIMIT = 80
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)

PLACEHOLDER = "Tulis di sini"
"""What stands in a new draft where the editor's own words belong."""

EXAMPLE_MARK = "# contoh; ganti, lalu hapus tulisan ini"
"""What stands behind a value in a new draft that only an editor can choose."""

FAULTS = "faults"
"""The key under which a pydantic error carries our faults."""


def refuse(*faults: Fault) -> PydanticCustomError:
    """Make the error that carries faults through pydantic."""
    return PydanticCustomError("kbp", "kbp", {FAULTS: faults})


def field(label: str, help: str, *, default: Any = ..., example: str = "") -> Any:
    """Describe a field to the editor, once, for messages, forms, completion and the reference.

    ``label`` and ``help`` are Indonesian; without a default the field is required.
    """
    return Field(default=default, title=label, description=help, examples=[example] if example else None)


def option(value: str, label: str) -> tuple[str, str]:
    """One choice: what the editor types, and what readers see (Indonesian)."""
    return value, label


def as_text(value: object) -> str:
    """Return a scalar's text; refuses emptiness (K202) and what is not one value (K203)."""
    if isinstance(value, str) and value and not value.isspace():
        return value
    if value is None or isinstance(value, str):
        raise refuse(Fault("K202", text("nilai ini kosong"), text("isi nilainya atau hapus barisnya")))
    raise refuse(Fault("K203", text("di sini harus ada satu nilai, bukan daftar"), text("tulis satu teks saja")))


class ValueType:
    """A type of value: ``read`` turns what stands in the file into what the program knows."""

    def read(self, value: object) -> object:
        """Return the value; raises pydantic's error with our faults in it."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)


@dataclass(frozen=True)
class LineType(ValueType):
    """One line of plain text of at most ``limit`` characters, shown exactly as written."""

    limit: int = LINE_LIMIT
    translatable: bool = True

    def read(self, value: object) -> str:
        """Return the text; a folded value becomes one line."""
        line = as_text(value).strip()
        if "\n" in line or "\t" in line:
            line = re.sub(r"\s*[\t\n]\s*", " ", line)
        faults = []
        if ("<" in line or ">" in line) and (mark := re.search("[<>]", line)):
            faults.append(
                Fault(
                    "K207",
                    text("tanda < dan > tidak diterima di sini"),
                    text("hapus tanda itu atau ganti dengan kata"),
                    needle=mark.group(),
                )
            )
        if len(line) > self.limit:
            faults.append(
                Fault(
                    "K204",
                    text("teks ini {length} karakter, paling panjang {limit}", length=len(line), limit=self.limit),
                    text("singkatkan {extra} karakter", extra=len(line) - self.limit),
                )
            )
        if faults:
            raise refuse(*faults)
        return line


REFERENCE = LineType()
"""How a name of something else is read: a record's id, a file's path."""


@dataclass(frozen=True)
class ProseType(ValueType):
    """Markdown of the safe subset, no longer than a page can show."""

    translatable: bool = True

    def read(self, value: object) -> str:
        """Return the text as written, without outer blank lines."""
        prose = as_text(value).strip("\n").rstrip()
        if faults := judge_prose(prose):
            raise refuse(*faults)
        return prose


class DateType(ValueType):
    """A partial date."""

    def read(self, value: object) -> PartialDate:
        """Return the date that is known."""
        try:
            return parse_date(as_text(value).strip())
        except DateFault as error:
            raise refuse(error.fault) from None


class DayType(ValueType):
    """A whole day of the calendar."""

    def read(self, value: object) -> date:
        """Return the day."""
        try:
            return parse_day(as_text(value).strip())
        except DateFault as error:
            raise refuse(error.fault) from None


MOST_DIGITS = 40
"""Digits of a number that are read; more are told by their beginning."""


@dataclass(frozen=True)
class NumberType(ValueType):
    """A whole number, digits only, between ``least`` and ``most``."""

    least: int = 0
    most: int = 10**15

    def read(self, value: object) -> int:
        """Return the number."""
        written = as_text(value).strip()
        if not re.fullmatch(r"[0-9０-９]+", written):
            digits, is_sure = digits_in(without_curly(written))
            raise refuse(
                Fault(
                    "K203",
                    text('"{value}" bukan bilangan', value=as_text(value)),
                    number_hint(written, digits),
                    instead=digits if is_sure else "",
                )
            )
        digits = written.lstrip("0０") or "0"
        number = int(digits[:MOST_DIGITS])
        if len(digits) > MOST_DIGITS or not self.least <= number <= self.most:
            shown = str(number) if len(digits) <= MOST_DIGITS else f"{number}…"
            raise refuse(
                Fault(
                    "K203",
                    text("{value} di luar jangkauan", value=shown),
                    text("pakai {least} sampai {most}", least=self.least, most=self.most),
                )
            )
        return number


DECIMAL_COMMA = re.compile(r"-?\d{1,3},\d{1,10}", re.ASCII)


@dataclass(frozen=True)
class DegreesType(ValueType):
    """A coordinate in decimal degrees (WGS 84); the written text is kept, so no digit is invented."""

    most: int

    def read(self, value: object) -> str:
        """Return the degrees as written."""
        written = as_text(value).strip()
        if not re.fullmatch(r"-?\d{1,3}(?:\.\d{1,10})?", written, re.ASCII) or abs(float(written)) > self.most:
            meant = written.replace(",", ".") if DECIMAL_COMMA.fullmatch(written) else ""
            raise refuse(
                Fault(
                    "K203",
                    text('"{value}" bukan derajat desimal', value=written),
                    text("tulis seperti {value}", value=meant or "-3.0038"),
                    instead=meant,
                )
            )
        return written


BARE_ADDRESS = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s\\<>\"]*)?", re.IGNORECASE)
"""An address whose beginning was left out: "www.contoh.id"."""


@dataclass(frozen=True)
class AddressType(ValueType):
    """A web, mail or telephone address, or one of the web only; never one with a user part."""

    is_web: bool = False

    def read(self, value: object) -> str:
        """Return the address as written."""
        written = as_text(value).strip()
        try:
            parts = urlsplit(written)
            host, user = parts.hostname, parts.username
        except ValueError:
            parts, host, user = urlsplit(""), None, None
        web = parts.scheme in {"http", "https"} and bool(host) and user is None and "@" not in parts.netloc
        direct = not self.is_web and parts.scheme in {"mailto", "tel"} and bool(parts.path) and not parts.netloc
        if not (web or direct) or re.search(r"[\s\\<>\"]", written):
            hint = text("tulis alamat lengkap, misalnya https://contoh.id/berita")
            if re.fullmatch(BARE_ADDRESS, written):
                hint = text("tulis alamat lengkap: {value}", value=f"https://{written}")
            raise refuse(Fault("K206", text('"{value}" bukan alamat yang diterima', value=written), hint))
        return written


@dataclass(frozen=True)
class PatternType(ValueType):
    """A short text of a fixed form, with an example of it."""

    pattern: str
    example: str

    def read(self, value: object) -> str:
        """Return the text as written."""
        written = as_text(value).strip()
        if not re.fullmatch(self.pattern, written):
            raise refuse(
                Fault(
                    "K203",
                    text('"{value}" tidak sesuai bentuknya', value=written),
                    text("tulis seperti {example}", example=self.example),
                )
            )
        return written


class YesNoType(ValueType):
    """Yes or no, in either language."""

    WORDS: ClassVar = {"ya": True, "yes": True, "true": True, "tidak": False, "no": False, "false": False}

    def read(self, value: object) -> bool:
        """Return whether it is yes."""
        written = as_text(value).strip().lower()
        if written not in self.WORDS:
            raise refuse(Fault("K203", text('"{value}" bukan ya atau tidak', value=written), text("tulis yes atau no")))
        return self.WORDS[written]


class ZoneType(ValueType):
    """The name of a time zone."""

    def read(self, value: object) -> str:
        """Return the name as written."""
        written = as_text(value).strip()
        try:
            ZoneInfo(written)
        except (ValueError, OSError, ZoneInfoNotFoundError):
            raise refuse(
                Fault(
                    "K203",
                    text('zona waktu "{value}" tidak dikenal', value=written),
                    text("pakai Asia/Jakarta (WIB), Asia/Makassar (WITA) atau Asia/Jayapura (WIT)"),
                )
            ) from None
        return written


@dataclass(frozen=True)
class RefType(ValueType):
    """A record of one of ``kinds`` (folder names); ``kind/id`` is written where several may stand.

    ``or_line`` allows plain words where no record has that id.
    """

    kinds: tuple[str, ...]
    or_line: bool = False

    def read(self, value: object) -> str:
        """Return the reference as written; whether it leads anywhere is the checks' question."""
        return REFERENCE.read(value)

    def target(self, written: str) -> tuple[str, str]:
        """Return the kind and the id that are meant; the kind is empty when it is not said."""
        kind, slash, name = written.rpartition("/")
        if slash:
            return kind, name
        return (self.kinds[0] if len(self.kinds) == 1 else ""), name


class FileType(ValueType):
    """The path of a photo or document, relative to `content/media/`."""

    def read(self, value: object) -> str:
        """Return the path as written; whether it leads anywhere is the checks' question."""
        return REFERENCE.read(value)


class Choice(StrEnum):
    """One of a few values; ``label`` is what readers see."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Make a member from `option`'s pair."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def say(self, language: Language) -> str:
        """Return the label in ``language``."""
        return translate(self.label, language)

    @classmethod
    def _may_be_mended(cls, value: str) -> bool:
        """Whether a value may be written by a program that is sure what was meant."""
        return True

    @classmethod
    def _read(cls, value: object) -> Self:
        written = as_text(value).strip()
        if written not in cls._value2member_map_:
            labels = {member.value: member.label for member in cls}
            near, hint = guess(written, labels, labels), suggest(written, list(labels), labels)
            instead = near.value if near and near.is_sure and cls._may_be_mended(near.value) else ""
            message = text('"{value}" bukan pilihan yang dikenal', value=written)
            raise refuse(Fault("K203", message, hint, instead=instead))
        return cls(written)  # type: ignore[call-arg]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls._read)


PATH_PART = r"[A-Za-z0-9_~-](?:[A-Za-z0-9_~.-]{0,98}[A-Za-z0-9_~-])?"
"""One name of an old path: nothing that needs escapes (`%20`) or is hidden (`.git`), and short enough for any disk."""

STORY_KINDS = ("activities", "study_visits", "exhibitions")
RECORD_KINDS = (*STORY_KINDS, "lessons", "allocations", "organizations", "places", "roles", "terms", "topics")

Line = Annotated[str, LineType()]
Summary = Annotated[str, LineType(SUMMARY_LIMIT)]
Definition = Annotated[str, LineType(DEFINITION_LIMIT)]
Verbatim = Annotated[str, LineType(translatable=False)]
LongVerbatim = Annotated[str, LineType(SUMMARY_LIMIT, translatable=False)]
Prose = Annotated[str, ProseType()]
Date = Annotated[PartialDate, DateType()]
Day = Annotated[date, DayType()]
Number = Annotated[int, NumberType()]
Rupiah = Annotated[int, NumberType()]
Latitude = Annotated[str, DegreesType(90)]
Longitude = Annotated[str, DegreesType(180)]
Address = Annotated[str, AddressType()]
YesNo = Annotated[bool, YesNoType()]
MediaFile = Annotated[str, FileType()]
Zone = Annotated[str, ZoneType()]
Clock = Annotated[str, PatternType(r"([01]\d|2[0-3]):[0-5]\d(-([01]\d|2[0-3]):[0-5]\d)?", "09:30")]
MonthDay = Annotated[str, PatternType(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "08-17")]
OldPath = Annotated[str, PatternType(rf"(?!.{{201}})/?{PATH_PART}(/{PATH_PART})*/?", "/kegiatan/alamat-lama/")]
Icon = Annotated[str, PatternType(r"[a-z0-9]+(?:[/-][a-z0-9]+)*", "material/handshake")]

StoryRef = Annotated[str, RefType(STORY_KINDS)]
AnyRef = Annotated[str, RefType(RECORD_KINDS)]
OrganizationRef = Annotated[str, RefType(("organizations",))]
OrganizationOrLine = Annotated[str, RefType(("organizations",), or_line=True)]
PlaceRef = Annotated[str, RefType(("places",))]
RoleRef = Annotated[str, RefType(("roles",))]
TopicRef = Annotated[str, RefType(("topics",))]
ObservanceRef = Annotated[str, RefType(("observances",))]
ConsentRef = Annotated[str, RefType(("consents",))]
