"""Partial dates: parse a part of EDTF, sort, and say in words what is known and no more."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from babel.dates import get_month_names

from kbp_site.content.problems import Fault
from kbp_site.content.suggestions import guess
from kbp_site.locale import Language, Text, text

FIRST_YEAR, LAST_YEAR = 1945, 2099
"""From independence on, and before 2100 (records contract; the first bad inputs refuse 2100)."""

Precision = Literal["year", "month", "day"]
PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")

POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
LOOSE_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
LOOSE_LOCAL = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", re.ASCII)
LOOSE_MONTH = re.compile(r"(\d{1,2})[-/. ](\d{4})", re.ASCII)
FIGURES = re.compile(rf"(?<!\d){LOOSE_LOCAL.pattern}(?!\d)", re.ASCII)

COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
NAMED = re.compile(r"(?:(?P<day>\d{1,2})[-/. ]+)?(?P<month>[a-z]{3,9})[-/., ]+(?P<year>\d{4})", re.ASCII)
MONTH_FIRST = re.compile(r"(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})", re.ASCII)
NAMED_DAYS = re.compile(r"(\d{1,2})\s*(?:-|s/d|s\.d\.|sampai|hingga)\s*(\d{1,2}) ([a-z]{3,9}\.?,? \d{4})", re.ASCII)
SHORT_YEAR = re.compile(r"((?:\d{1,2}[-/. ]+)?[a-z]{3,9}[-/., ]+)'?(\d{2})", re.ASCII)
COARSER = re.compile(r"(?:awal|akhir|pertengahan|sebelum|sesudah|setelah)\s+(?:bulan\s+)?(.+)")
YEAR_WORD = re.compile(r"\b(?:tahun|thn\.?|th\.?)\s+(?=\d{4}$)")
WEEKDAY = re.compile(r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,?\s*)?(?:tanggal\s+|tgl\.?\s+)?")
MARKS = " .,;\"'“”‘’"
ABOUT = re.compile(r"(?:(?:sekitar|kira-kira|kurang lebih|circa|ca\.?|c\.)\s+|±\s*)(.+)")
BETWEEN = re.compile(
    r"\s*(?:s/d|s\.d\.|sampai|hingga)\s*|(?<=^\d{4})\s*-\s*(?=\d{4}$)|\s+-\s+"
    r"|(?<=[a-z]|\d)-(?=(?:\d{1,2} )?[a-z]{3,9}\.? \d{4}$)",
    re.ASCII,
)
DASHES = re.compile("[\u2010-\u2015\u2212]")
LONGEST = 100
"""Characters in which a date may be understood; what is longer is none, and would take long to look through."""

NOT_KNOWN = frozenset({"tidak diketahui", "tidak tahu", "belum tercatat", "belum diketahui", "?", "-"})
MONTHS = {
    name: number
    for names in (
        "januari februari maret april mei juni juli agustus september oktober november desember",
        "january february march april may june july august september october november december",
        "jan pebruari mar apr mei jun jul agt sept okt nopember des",
        "jan peb mrt apr mei jun jul agst sep okt nop des",
        "jan peb mar apr mei jun jul ags sep okt nop des",
    )
    for number, name in enumerate(names.split(), 1)
}
"""How people write dates, told back to them as we write them."""

EXAMPLE = text("tulis misalnya 2006, 2006-08, 2006-08-17, 2006-08-17/2006-08-20, atau unknown")


class DateFault(ValueError):
    """A text that is not a date of ours; ``fault`` says why and what to type instead."""

    def __init__(self, code: str, message: Text, hint: Text, instead: str = "") -> None:
        super().__init__(message.say("id"))
        self.fault = Fault(code, message, hint, instead=instead)


@dataclass(frozen=True)
class PartialDate:
    """What is known of a date: from ``first`` to ``last`` day (both ``None`` when unknown).

    ``text`` is what the editor wrote; ``precision`` says how finely the date, or a range's beginning,
    is known, and ``end_precision`` how finely its end is.
    """

    text: str
    first: date | None = None
    last: date | None = None
    precision: Precision = "day"
    end_precision: Precision = "day"
    is_range: bool = False
    is_approximate: bool = False

    @property
    def is_known(self) -> bool:
        """Whether anything at all is known."""
        return self.first is not None

    @property
    def is_exact(self) -> bool:
        """Whether the day, or each end of the range, is known to the day."""
        return self.is_known and not self.is_approximate and self.precision == self.end_precision == "day"

    @property
    def sort_key(self) -> tuple[bool, date]:
        """Order by the earliest day; unknown dates come last."""
        return (self.first is None, self.first or date.max)

    @property
    def years(self) -> tuple[int, ...]:
        """Every year that the date touches; empty when unknown."""
        if self.first is None or self.last is None:
            return ()
        return tuple(range(self.first.year, self.last.year + 1))

    def say(self, language: Language) -> str:
        """Say the date as people do: "17–20 Agustus 2006", "sekitar 2006", "tanggal belum tercatat"."""
        if self.first is None or self.last is None:
            return text("tanggal belum tercatat").say(language)
        first = parts(self.first, self.precision, language)
        if not self.is_range:
            said = " ".join(first)
        else:
            last, tail = parts(self.last, self.end_precision, language), list[str]()
            while 1 < len(first) == len(last) and first[-1] == last[-1]:
                first, last, tail = first[:-1], last[:-1], [last[-1], *tail]
            said = f"{' '.join(first)}–{' '.join([*last, *tail])}"
        return text("sekitar {date}", date=said).say(language) if self.is_approximate else said


def parts(day: date, precision: Precision, language: Language) -> list[str]:
    """Return day, month and year in writing order, as far as they are known."""
    month = month_names(language)[day.month]
    return [str(day.day), month, str(day.year)][2 - PRECISIONS.index(precision) :]


@cache
def month_names(language: Language) -> Mapping[int, str]:
    """Return the names of the months from 1 to 12; asking Babel for each date costs more than the rest."""
    return dict(get_month_names("wide", locale=language))


UNKNOWN = PartialDate("unknown")


def parse_date(written: str) -> PartialDate:
    """Parse a partial date.

    Raises `DateFault` (K205 for what is no date, K402 for a range that runs backwards).
    """
    if written == "unknown":
        return UNKNOWN
    start, slash, end = written.partition("/")
    if slash and POINT.fullmatch(start) and POINT.fullmatch(end):
        return _parse_range(written, start, end)
    first, last, precision = _parse_point(start.removesuffix("~") if not slash else written, written)
    return PartialDate(written, first, last, precision, precision, is_approximate=written.endswith("~"))


def parse_day(written: str) -> date:
    """Parse a whole day (YYYY-MM-DD); raises `DateFault` (K205)."""
    if not POINT.fullmatch(written):
        meant = meant_date(written)
        hint, instead = _advise(written, meant) if len(meant) == len("2026-08-17") else (WHOLE_DAY, "")
        raise DateFault("K205", text('"{value}" bukan hari yang dikenal', value=written), hint, instead)
    first, _, precision = _parse_point(written, written)
    if precision != "day":
        raise DateFault("K205", text('"{value}" belum menyebut harinya', value=written), WHOLE_DAY)
    return first


WHOLE_DAY = text("tulis tahun, bulan, dan hari, misalnya 2026-08-17")


def _parse_range(written: str, start: str, end: str) -> PartialDate:
    first, _, precision = _parse_point(start, written)
    _, last, end_precision = _parse_point(end, written)
    if last < first:
        raise DateFault(
            "K402",
            text('rentang "{value}" berakhir sebelum dimulai', value=written),
            text("tulis tanggal yang lebih awal dahulu, misalnya {value}", value=f"{end}/{start}"),
        )
    return PartialDate(written, first, last, precision, end_precision, is_range=start != end)


def _parse_point(point: str, written: str) -> tuple[date, date, Precision]:
    match = POINT.fullmatch(point)
    if not match:
        raise _not_a_date(written)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateFault(
            "K205",
            text('tahun {year} pada "{value}" di luar jangkauan', year=year, value=written),
            text("tahun yang diterima: {first} sampai {last}", first=FIRST_YEAR, last=LAST_YEAR),
        )
    if month is None:
        return date(year, 1, 1), date(year, 12, 31), "year"
    if not 1 <= month <= 12:
        raise DateFault(
            "K205",
            text('bulan {month} pada "{value}" tidak ada', month=f"{month:02d}", value=written),
            text("bulan ditulis 01 sampai 12, misalnya {value}", value=f"{year}-12"),
        )
    days = calendar.monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, days), "month"
    if not 1 <= day <= days:
        raise _no_such_day(written, date(year, month, days))
    return date(year, month, day), date(year, month, day), "day"


def _not_a_date(written: str) -> DateFault:
    """Tell what is no date of ours, with the date that was meant, the one that it may be, or why it is none."""
    message = text('"{value}" bukan tanggal yang dikenal', value=written)
    if len(written) > LONGEST:
        return DateFault("K205", message, EXAMPLE)
    if meant := meant_date(written):
        return DateFault("K205", message, *_advise(written, meant))
    if likely := _likely_date(written):
        return DateFault("K205", message, _if_meant(likely))
    if point := _point_of(_plain(written)):
        try:
            _parse_point(point, written)
        except DateFault as error:
            return error
    return DateFault("K205", message, EXAMPLE)


def _no_such_day(written: str, last: date) -> DateFault:
    return DateFault(
        "K205",
        text('tanggal "{value}" tidak ada di kalender', value=written),
        text(
            "{month} berakhir pada tanggal {day}, misalnya {value}",
            month=PartialDate(last.isoformat(), last, last, "month", "month"),
            day=last.day,
            value=last.isoformat(),
        ),
    )


def _advise(written: str, meant: str) -> tuple[Text, str]:
    """Return what to say of a date that was probably meant, and the date when there is no doubt."""
    if _is_open(written):
        return _if_meant(meant), ""
    return text("tulis {value}", value=meant), meant


def _if_meant(meant: str) -> Text:
    return text("tulis {value} bila maksudnya {words}", value=meant, words=parse_date(meant))


def _is_open(written: str) -> bool:
    """Whether a date of figures can be read in two ways: day or month first, or a year of two digits first."""
    for day, month, year in FIGURES.findall(written):
        if len(day) == len(year) == 2 or (int(day) != int(month) and int(day) <= 12 and int(month) <= 12):
            return True
    return False


def meant_date(written: str) -> str:
    """Return the date that was probably meant, as we write it; empty when nothing can be understood."""
    if len(written) > LONGEST:
        return ""
    words = _plain(written)
    if words in NOT_KNOWN or words == "unknown":
        return "unknown"
    if POINT.fullmatch(words):
        return _known(words)
    if days := NAMED_DAYS.fullmatch(words):
        return meant_date(f"{days[1]} {days[3]} s/d {days[2]} {days[3]}")
    if about := ABOUT.fullmatch(words):
        inner = meant_date(about.group(1)) or about.group(1)
        return f"{inner}~" if POINT.fullmatch(inner) else ""
    if (ends := BETWEEN.split(words)) and len(ends) == 2:
        if not re.search(r"\d{4}", ends[0]):
            ends[0] += ends[1][-5:]  # "Juni - Juli 2006": both are of the year that is said once
        both = [meant_date(end) or end for end in ends]
        return "/".join(both) if all(POINT.fullmatch(end) for end in both) else ""
    point = _point_of(words)
    return _known(point) if point else ""


def _plain(written: str) -> str:
    """Return what people write, as it is compared: small letters, plain dashes, no weekday."""
    words = WEEKDAY.sub("", DASHES.sub("-", written.lower().strip()).strip(MARKS), count=1)
    return YEAR_WORD.sub("", words)


def _likely_date(written: str) -> str:
    """Return a date that was perhaps meant: one of less than was written, or of a year in two figures."""
    words = _plain(written)
    if coarser := COARSER.fullmatch(words):
        return meant_date(coarser[1])
    if words.endswith("?") and POINT.fullmatch(about := meant_date(words.rstrip("? "))):
        return f"{about}~"
    if short := SHORT_YEAR.fullmatch(words):
        return meant_date(f"{short[1]}{whole_year(short[2])}")
    return ""


def _month(name: str) -> int:
    """Return the month of a name, in full, by its first letters, or with a slip of the pen; 0 for none."""
    if near := next((month for month in MONTHS if month.startswith(name)), ""):
        return MONTHS[near]
    near_name = guess(name, MONTHS)
    return MONTHS[near_name.value] if near_name and near_name.is_sure else 0


def _point_of(words: str) -> str:
    """Return a single date in our form, in the calendar or not; empty when nothing can be understood."""
    if named := NAMED.fullmatch(words) or MONTH_FIRST.fullmatch(words):
        if not (number := _month(named["month"])):
            return ""
        parts = [named["year"], f"{number:02d}", *([f"{int(named['day']):02d}"] if named["day"] else [])]
    elif (iso := LOOSE_ISO.fullmatch(words)) or (iso := COMPACT.fullmatch(words)):
        parts = [iso.group(1), f"{int(iso.group(2)):02d}", f"{int(iso.group(3)):02d}"]
    elif local := LOOSE_LOCAL.fullmatch(words):
        day, month = int(local.group(1)), int(local.group(2))
        if month > 12 >= day:
            day, month = month, day
        parts = [whole_year(local.group(3)), f"{month:02d}", f"{day:02d}"]
    elif month_only := LOOSE_MONTH.fullmatch(words):
        parts = [month_only.group(2), f"{int(month_only.group(1)):02d}"]
    else:
        return ""
    return "-".join(parts)


def whole_year(year: str) -> str:
    """Return a year in four digits; of two digits, the first that we take: "26" is 2026, "98" is 1998."""
    if len(year) == 4:
        return year
    return f"19{year}" if 1900 + int(year) >= FIRST_YEAR else f"20{year}"


def _known(meant: str) -> str:
    """Return a date when it is in the calendar, else nothing."""
    try:
        _parse_point(meant, meant)
    except DateFault:
        return ""
    return meant
