"""A cell becomes a value as an editor would write it, or stays words that somebody has to look at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from kbp_site.content.dates import FIRST_YEAR, LAST_YEAR, MONTHS, DateFault, meant_date, parse_date
from kbp_site.content.records.values import Choice, DateType, DayType, NumberType, ProseType, RefType
from kbp_site.editing.imports.columns import Target
from kbp_site.editing.imports.plain import as_markdown, clean
from kbp_site.locale import Text, text

CLOCK = re.compile(r"[ ,T]+\d{1,2}[.:]\d{2}(?:[.:]\d{2}(?:\.\d+)?)?(?: ?[AP]M)?(?: ?(?:WIB|WITA|WIT))?$", re.I)
WEEKDAY = re.compile(r"^(?:hari )?(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*[,/]?\s*", re.I)
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
NAMED_DAY = re.compile(r"(\d{1,2})[ /.-]+([a-z]{3,9})\.?[ /.,-]+'?(\d{4}|\d{2})", re.I)
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
AMOUNT = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:[.,]\d{3})+|\d+)(?:,-|,00|\.00)?(\s*[a-z/ ]{1,20})?\.?", re.I)
PIECES = re.compile(r"\s*[;\n]\s*")
REFERENCES = re.compile(r"\s*(?:[;\n,]|\bdan\b)\s*")


@dataclass(frozen=True)
class Reading:
    """What became of a cell: its value (``None`` when it could not be read), and what is to be known of it."""

    value: object
    remarks: tuple[Text, ...] = ()
    rest: str = ""


def words_of(cell: object) -> str:
    """Return a cell's value as people read it."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ", "seconds")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(str(cell)) if cell is not None else ""


def read_cell(cell: object, target: Target, titles: Mapping[str, Mapping[str, str]], *, is_1904: bool) -> Reading:
    """Read a cell for a field; ``titles`` are ids of records by kind and what they are called."""
    words = words_of(cell)
    match target.type:
        case DateType() | DayType():
            return _read_date(cell, words, is_1904=is_1904)
        case NumberType():
            return _read_number(words)
        case ProseType():
            return Reading("\n\n".join(as_markdown(line) for line in words.split("\n") if line))
        case RefType() as kind:
            return _read_references(words, kind, target, titles)
        case type() as choice:
            return _read_choice(words, choice)
    if target.is_list:
        return Reading([piece for piece in PIECES.split(words) if piece])
    return Reading(" ".join(words.split()))


def _read_date(cell: object, words: str, *, is_1904: bool) -> Reading:
    if isinstance(cell, datetime | date):
        return Reading(cell.strftime("%Y-%m-%d"))
    if SERIAL.fullmatch(words):
        day = from_excel(float(words), CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900)
        if isinstance(day, datetime) and FIRST_YEAR <= day.year <= LAST_YEAR:
            said = day.date().isoformat()
            return Reading(said, (text("angka {number} dibaca sebagai tanggal Excel {day}", number=words, day=said),))
    plain = WEEKDAY.sub("", CLOCK.sub("", words))
    if found := SLASHED.fullmatch(plain):
        return _read_slashed(plain, *found.groups())
    if (found := NAMED_DAY.fullmatch(plain)) and (month := MONTHS.get(found[2][:3].lower())):
        whole, remarks = _whole_year(found[3])
        return _in_calendar(plain, f"{whole}-{month:02d}-{int(found[1]):02d}", remarks)
    day_ = meant_date(plain)
    return Reading(day_ or None, rest="" if day_ else words)


def _read_slashed(words: str, first: str, second: str, year: str) -> Reading:
    """Read 17/08/2006 with the day first, as Indonesians write; a month first is recognised where it must be one."""
    whole, remarks = _whole_year(year)
    day, month = int(first), int(second)
    if month > 12 >= day:
        day, month = month, day
        remarks.append(text("{words} dibaca bulan dahulu", words=words))
    elif day <= 12 and day != month:
        remarks.append(text("{words} dibaca tanggal {day} bulan {month}; periksa", words=words, day=day, month=month))
    return _in_calendar(words, f"{whole}-{month:02d}-{day:02d}", remarks)


def _whole_year(year: str) -> tuple[str, list[Text]]:
    whole = year if len(year) == 4 else f"20{year}"
    return whole, [] if len(year) == 4 else [text("tahun {short} dibaca {year}", short=year, year=whole)]


def _in_calendar(words: str, meant: str, remarks: Sequence[Text]) -> Reading:
    """Return a day when there is one; else what was written, and why it is none."""
    try:
        parse_date(meant)
    except DateFault as error:
        return Reading(None, (text('"{words}" tidak terbaca: {why}', words=words, why=error.fault.hint),), words)
    return Reading(meant, tuple(remarks))


def _read_number(words: str) -> Reading:
    found = AMOUNT.fullmatch(words)
    if not found:
        return Reading(None, rest=words)
    number = re.sub(r"\D", "", found.group(1))
    remarks = (text('"{words}" dibaca {number}', words=words, number=number),) if number != words else ()
    return Reading(number, remarks)


def _read_choice(words: str, choice: type[Choice]) -> Reading:
    meant = {member.label.casefold(): member.value for member in choice} | {one.value: one.value for one in choice}
    near = get_close_matches(words.casefold(), list(meant), n=1, cutoff=0.8)
    if not near:
        return Reading(None, rest=words)
    value = meant[near[0]]
    exact = near[0] == words.casefold()
    return Reading(value, () if exact else (text('"{words}" dibaca {value}', words=words, value=value),))


def _read_references(words: str, kind: RefType, target: Target, titles: Mapping[str, Mapping[str, str]]) -> Reading:
    found, lost = list[str](), list[str]()
    pieces = REFERENCES.split(words) if target.is_list else [words]
    whole = next((name for one in kind.kinds if (name := titles.get(one, {}).get(words.casefold()))), "")
    for piece in [words] if whole else filter(None, pieces):
        ids = [(one, titles.get(one, {}).get(piece.casefold(), "")) for one in kind.kinds]
        hits = [name if len(kind.kinds) == 1 else f"{one}/{name}" for one, name in ids if name]
        (found if len(hits) == 1 else lost).append(hits[0] if len(hits) == 1 else piece)
    remarks = [text('"{words}" belum punya catatan di content/{kind}', words=one, kind=kind.kinds[0]) for one in lost]
    if kind.or_line and not found:
        return Reading(words)
    value: object = (list(dict.fromkeys(found)) if target.is_list else found[0]) if found else None
    return Reading(value, tuple(remarks), "; ".join(lost))
