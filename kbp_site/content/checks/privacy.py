"""No personal number stands in a source: identity, telephone, tax and bank numbers, e-mail (K501–K504).

Rules and figures: design, trust, "People" (after the structure of NIK in Permendagri and the numbering
plan of Indonesian mobile networks). Lines are judged after NFKC and without format characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kbp_site.content.checks.content import Content
from kbp_site.content.marks import Mark, problem_at
from kbp_site.content.problems import Fault, Problem
from kbp_site.content.source import Location, Source, Value
from kbp_site.locale import Sayable, Text, text

PROVINCES = frozenset([*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82])
PROVINCES |= frozenset(range(91, 97))

SUSPICIOUS = re.compile(
    r"\d(?:[ .\-()/–]{0,2}\d){8}|@|\b(?i:telp|telepon|telpon|tel|fax|faks|wa|whatsapp|hp|phone)\b[^\n\d]{0,8}\d"
)
"""What every rule needs at least; a text or line without it is not looked at further."""

NIK = re.compile(r"(?<![0-9a-fA-F])(?<!\d[.,])\d(?:[ .\-]?\d){15}(?![0-9a-fA-F])(?![.,]\d)")
MOBILE = re.compile(
    r"(?<![0-9a-fA-F+])(?<!\d[.,\-])\(?(?:\+\s?62|0062|62|0)[ .\-]?(?:\(0\)[ ]?)?8(?:[ .\-()/–]{0,2}\d){7,12}"
    r"(?!\d)(?![.,]\d)"
)
LANDLINE = re.compile(
    r"\b(?:telp|telepon|telpon|tel|fax|faks|wa|whatsapp|hp|phone)\b[\s.:#'\x22]{0,4}"
    r"((?:\+62|0|\(0)[\d ().\-]{6,16}\d)",
    re.IGNORECASE,
)
EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
NPWP = re.compile(r"(?<!\d)\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}(?!\d)")
BANK = re.compile(r"\b(?:rek|rekening|norek|bank)\b[^\n\d]{0,30}(\d(?:[ .\-]?\d){8,15})(?!\d)", re.IGNORECASE)
GROUPED = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
DAY_FIRST = re.compile(r"\d{2}[.\-]\d{2}[.\-](?:19|20)\d{2}")


class Rule(NamedTuple):
    """One sort of personal data: how it is found, when it counts, and what to say."""

    code: str
    pattern: re.Pattern[str]
    counts: Callable[[str], bool]
    message: Text
    hint: Text


def _digits(value: str) -> str:
    return re.sub(r"\D", "", value)


def is_nik(value: str) -> bool:
    """Whether sixteen digits are built like an identity or family card number."""
    if GROUPED.fullmatch(value):
        return False
    digits = _digits(value)
    province, regency, district = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    if province not in PROVINCES or not (1 <= regency <= 35 or 71 <= regency <= 79) or not 1 <= district <= 70:
        return False
    return digits[12:] != "0000" and _is_day(day - 40 if day > 40 else day, month, year)


def _is_day(day: int, month: int, year: int) -> bool:
    for century in (1900, 2000):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


def is_mobile(value: str) -> bool:
    """Whether digits make a mobile number: ten to thirteen of them, counted with a leading 0."""
    national = re.sub(r"^(?:0062|62)0?", "0", _digits(value))
    return 10 <= len(national) <= 13 and not DAY_FIRST.match(value)


def is_account(value: str) -> bool:
    """Whether digits may be an account number: nine to sixteen of them, and no amount of money."""
    return 9 <= len(_digits(value)) <= 16 and not GROUPED.fullmatch(value)


REMOVE = text("hapus dari berkas ini; data pribadi tidak boleh tersimpan, juga tidak sebagai komentar")
OFFICE_CODES = frozenset({"K502", "K503"})
"""What an office may have in public: a telephone and an address, never an identity or account number."""

OFFICE = text("hapus; bila ini milik kantor, daftarkan di site.yml pada privacy.allowed_contacts")

RULES = (
    Rule("K501", NIK, is_nik, text("nomor NIK atau KK ditemukan ({masked})"), REMOVE),
    Rule("K504", NPWP, lambda value: True, text("nomor NPWP ditemukan ({masked})"), REMOVE),
    Rule("K504", BANK, is_account, text("nomor rekening ditemukan ({masked})"), REMOVE),
    Rule("K502", MOBILE, is_mobile, text("nomor telepon ditemukan ({masked})"), OFFICE),
    Rule("K502", LANDLINE, lambda value: len(_digits(value)) >= 7, text("nomor telepon ditemukan ({masked})"), OFFICE),
    Rule("K503", EMAIL, lambda value: True, text("alamat surel ditemukan ({masked})"), OFFICE),
)

CODES = frozenset(rule.code for rule in RULES)


def normalize(value: str) -> str:
    """Return the text as it would be read aloud: compatible forms, no invisible characters."""
    if value.isascii():
        return value
    return "".join(c for c in unicodedata.normalize("NFKC", value) if unicodedata.category(c) != "Cf")


def mask(value: str) -> str:
    """Show only the ends of what was found, so that no message repeats personal data."""
    bare = value.strip()
    if "@" in bare:
        return f"{bare[0]}…@{bare.rpartition('@')[2]}"
    digits = _digits(bare)
    return f"{digits[:4]}…{digits[-4:]}" if len(digits) > 10 else f"{digits[:3]}…{digits[-2:]}"


def find(line: str, allowed: frozenset[str]) -> Iterator[tuple[Rule, str, int]]:
    """Yield (rule, what was found, offset) for all personal data in a normalized line."""
    if not SUSPICIOUS.search(line):
        return
    taken = bytearray(len(line))
    for rule in RULES:
        for found in rule.pattern.finditer(line):
            group = 1 if found.lastindex else 0
            value, (start, end) = found.group(group), found.span(group)
            if any(taken[start:end]):
                continue
            if rule.counts(value) and not (rule.code in OFFICE_CODES and contact_key(value) in allowed):
                taken[start:end] = b"1" * (end - start)
                yield rule, value, start


def contact_key(value: str) -> str:
    """Return what two spellings of one number or address have in common."""
    if "@" in value:
        return value.strip().lower()
    return re.sub(r"^(?:0062|62)0?", "0", _digits(value))


def check_privacy(content: Content) -> Iterator[Problem]:
    """Tell personal data in every source, comments and file names included."""
    listed = content.site.record.privacy.allowed_contacts if content.site else ()
    allowed = frozenset(contact_key(contact.value) for contact in listed)
    for source in content.sources:
        name = source.path.rpartition("/")[2]
        for rule, value, _ in find(normalize(name), allowed):
            yield _tell(source, Mark(1, 1), rule, value)
        seen: set[str] = set()
        if SUSPICIOUS.search(normalize(source.text)):
            for number, line in enumerate(source.lines, 1):
                plain = normalize(line)
                for rule, value, offset in find(plain, allowed):
                    seen.add(contact_key(value))
                    yield _tell(source, Mark(number, offset + 1), rule, value, excerpt=cover(plain))
        yield from _in_values(source, allowed, seen)


def _in_values(source: Source, allowed: frozenset[str], seen: set[str]) -> Iterator[Problem]:
    """Tell what only a value shows and no line of the file: written with escapes, or folded."""
    for location, value in scalars(source.values):
        if SUSPICIOUS.search(plain := normalize(value)):
            for line in plain.split("\n"):
                for rule, found, _ in find(line, allowed):
                    if contact_key(found) not in seen:
                        seen.add(contact_key(found))
                        yield _tell(source, source.span(location).start, rule, found)


def scalars(value: Value, location: Location = ()) -> Iterator[tuple[Location, str]]:
    """Yield every text of a file's values with where it stands."""
    if isinstance(value, str):
        yield location, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from scalars(inner, (*location, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from scalars(inner, (*location, index))


def _tell(source: Source, mark: Mark, rule: Rule, value: str, *, excerpt: str = "") -> Problem:
    fault = Fault(rule.code, text(rule.message.template, masked=mask(value)), rule.hint)
    return replace(problem_at(source.path, (), mark, fault, width=len(value)), excerpt=excerpt)


@lru_cache(maxsize=16)
def cover(line: str) -> str:
    """Return a line, as it would be read, with the middle of all personal data covered.

    A line may have thousands of problems, so the last answers are kept.
    """
    plain = normalize(line)
    covered = list(plain)
    for _, value, offset in find(plain, frozenset()):
        shown = len(value) // 4
        for at in range(offset + shown, offset + len(value) - shown):
            covered[at] = "•"
    return "".join(covered) if "•" in covered else line


def cover_others(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Cover personal data in the excerpts and words of problems of other rules (ours are covered already)."""
    for problem in problems:
        if problem.code in CODES:
            yield problem
            continue
        yield replace(
            problem,
            message=_cover_words(problem.message),
            hint=problem.hint and _cover_words(problem.hint),
            excerpt=cover(problem.excerpt),
        )


def _cover_words(words: Text) -> Text:
    values = tuple((name, value if isinstance(value, Sayable) else cover(str(value))) for name, value in words.values)
    return Text(words.template, values)
