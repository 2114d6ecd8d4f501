"""What a value of each type may look like to a YAML language server, with an Indonesian word when it does not."""

from __future__ import annotations

import re
from typing import Any

from kbp_site.content.dates import EXAMPLE, FIRST_YEAR, LAST_YEAR
from kbp_site.content.records.values import (
    ID,
    AddressType,
    DateType,
    DayType,
    DegreesType,
    FileType,
    LineType,
    NumberType,
    PatternType,
    ProseType,
    RefType,
    ValueType,
    YesNoType,
    ZoneType,
)

Schema = dict[str, Any]

SUGGESTED = "defaultSnippets"
"""What completion offers where the values are not a list at the top of a schema (a word of the language server)."""

ONE_TEXT = "di sini harus ada satu teks, bukan daftar atau kelompok kolom"
WHOLE_DAY = "tulis satu hari, tahun-bulan-tanggal, misalnya 2026-08-17"
DIGITS = "tulis angkanya saja tanpa titik, koma, atau satuan, misalnya 5000000"
ADDRESS = "tulis alamat lengkap, misalnya https://contoh.id/berita"
DEGREES = "tulis derajat desimal dengan titik, misalnya -3.0038"
YES_NO = "tulis yes atau no"
ZONE = "pakai Asia/Jakarta (WIB), Asia/Makassar (WITA) atau Asia/Jayapura (WIT)"
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}

YEAR = r"(?:19(?:4[5-9]|[5-9]\d)|20\d\d)"
MONTH = r"(?:0[1-9]|1[0-2])"
DAY = r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2\d)|(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31)"
POINT = rf"{YEAR}(?:-{DAY}|-{MONTH})?"


def any_case(*words: str) -> str:
    """Return a pattern of words in upper or lower case, for engines without flags."""
    return "|".join("".join(f"[{letter}{letter.upper()}]" for letter in re.escape(word)) for word in words)


WEB, DIRECT = rf"(?:{any_case('http', 'https')})://", rf"(?:{any_case('mailto', 'tel')}):"
SIGNS = r"[^\s\\<>\"]"


def unless(rule: Schema, *, empty: bool, truth: bool = False) -> Schema:
    """Return a rule that lets pass what stands in an empty field, or the words true and false.

    Both are words to us, and null or a truth value to the language server. With a list of types at the top of a
    schema, it would offer "null", "true" and "false" for a title; what stands in `if` is not offered.
    """
    types = ["null", "string"] * empty + ["boolean"] * truth
    passing = {"type": types, "maxLength": 0} if empty else {"type": types}
    return {"if": passing, "else": rule} if types else rule


def texts(pattern: str, message: str, *types: str) -> Schema:
    """Return the rule of a text of a form; ``types`` are others that the language server may read it as."""
    kinds: Any = ["string", *types] if types else "string"
    return {
        "type": kinds,
        "errorMessage": message,
        "pattern": rf"^\s*(?:{pattern})\s*$",
        "patternErrorMessage": message,
    }


def value_schema(kind: ValueType, *, is_required: bool) -> Schema:
    """Return the rule of a type of value; an optional one may be left empty."""
    match kind:
        case LineType(limit=limit):
            rule = line(limit)
        case ProseType():
            rule = {"type": ["string", "number"], "errorMessage": ONE_TEXT}
        case FileType() | RefType(or_line=True):
            rule = line(LineType().limit)
        case YesNoType():
            rule = texts(any_case(*YesNoType.WORDS), YES_NO)
        case _:
            return unless(plain_schema(kind), empty=not is_required) | suggested(kind)
    return unless(rule, empty=not is_required, truth=True) | suggested(kind)


def suggested(kind: ValueType) -> Schema:
    """Return what completion offers for a type of value, as far as that can be known."""
    match kind:
        case YesNoType():
            return {SUGGESTED: [{"label": word, "body": word} for word in ("yes", "no")]}
        case ZoneType():
            return {SUGGESTED: [{"label": name, "body": name, "description": word} for name, word in ZONES.items()]}
    return {}


def plain_schema(kind: ValueType) -> Schema:
    """Return the rule of a type whose values have a form of their own."""
    match kind:
        case DateType():
            whole = rf"unknown|{POINT}~?|{POINT}/{POINT}"
            years = {"minimum": FIRST_YEAR, "maximum": LAST_YEAR}
            return texts(whole, EXAMPLE.say("id"), "integer") | years
        case DayType():
            return texts(rf"{YEAR}-{DAY}", WHOLE_DAY)
        case NumberType(least=least, most=most):
            return texts(r"[0-9０-９]+", DIGITS, "integer") | {"minimum": least, "maximum": most}
        case DegreesType(most=most):
            degrees = texts(r"-?\d{1,3}(?:\.\d{1,10})?", DEGREES, "number")
            return degrees | {"minimum": -most, "maximum": most}
        case AddressType(is_web=is_web):
            web = rf"{WEB}[^\s\\<>\"@:/?#][^\s\\<>\"@/?#]*(?:[/?#]{SIGNS}*)?"
            return texts(web if is_web else rf"{web}|{DIRECT}{SIGNS}+", ADDRESS)
        case PatternType(pattern=pattern, example=example):
            return texts(pattern, f"tulis seperti {example}", "number")
        case RefType(kinds=kinds):
            return texts(*reference(kinds), "number")
        case ZoneType():
            return texts(r"[A-Za-z0-9_+/-]+", ZONE)
    raise TypeError(f"no schema for {type(kind).__name__}")


def line(limit: int) -> Schema:
    """Return the rule of one line; blanks in a row count once, since folded lines become one."""
    message = f"tulis satu teks, paling panjang {limit} karakter, tanpa tanda < dan >"
    return texts(rf"(?:[^\s<>]|\s+(?=\S)){{1,{limit}}}", message, "number")


def reference(kinds: tuple[str, ...]) -> tuple[str, str]:
    """Return the form of a reference to records of these kinds, and what to write."""
    folders = "|".join(kinds)
    if len(kinds) == 1:
        message = f"tulis nama berkas di content/{folders}/ tanpa .yml, misalnya nama-catatan"
        return rf"(?:{folders}/)?{ID.pattern}", message
    return rf"(?:{folders})/{ID.pattern}", "tulis jenis dan nama berkas, misalnya activities/nama-catatan"
