"""How an identity or family card number (NIK, KK) is built, and how people write its sixteen digits."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

PROVINCES = frozenset([*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82])
PROVINCES |= frozenset(range(91, 97))
"""First two digits (Kemendagri's codes of provinces, with those that Papua was divided into)."""

CARDS = {(6, 10), (6, 6, 4), (12, 4), (2, 2, 2, 6, 4), (6, 2, 2, 2, 4), (2, 2, 2, 2, 2, 2, 4), (2, 2, 2, 10)}
"""How digits are grouped by what they mean: place, birthday, and serial number."""

GROUPINGS = {*CARDS, (4, 4, 4, 4), (8, 8), (4, 12), (2,) * 8, (4, 4, 8), (8, 4, 4)}
GAPS, MOST_GAPS = re.compile(r"\D+"), max(map(len, GROUPINGS)) - 1
"""What parts digits; where there are more gaps than in any grouping, they must be single, or all the same."""

THOUSANDS = re.compile(r"\d{1,3}(?:[ .]\d{3})+(?: \d{1,3}(?:\.\d{3})+)*")


@lru_cache(maxsize=1024)
def is_nik(value: str) -> bool:
    """Whether sixteen digits, as they are written, are an identity or family card number.

    The last answers are kept: a text that is made to be slow says the same again and again.
    """
    if value.isdigit():
        return is_built_like_nik(value)
    gaps = GAPS.findall(value)
    if len(gaps) > MOST_GAPS and len(set(gaps)) > 1 and any(len(gap) > 1 for gap in gaps):
        return False
    return is_built_like_nik(GAPS.sub("", value)) and not THOUSANDS.fullmatch(value) and _is_one_number(value)


def is_built_like_nik(digits: str) -> bool:
    """Whether digits have the structure of a NIK: a region, a birthday (women's + 40), and a serial number."""
    if int(digits[:2]) not in PROVINCES or digits[12:] == "0000":
        return False
    regency, district = int(digits[2:4]), int(digits[4:6])
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    if not (1 <= regency <= 35 or 71 <= regency <= 79) or not 1 <= district <= 70:
        return False
    return _is_day(day - 40 if day > 40 else day, month, year)


def _is_day(day: int, month: int, year: int) -> bool:
    for century in (1900, 2000):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


def _is_one_number(value: str) -> bool:
    """Whether digits with gaps are one number, and not a row of numbers.

    Single separators may stand anywhere. Wider ones are the same all along, or stand where people group
    a NIK. Lines and cells of a table part numbers, so only groups that mean something reach across them.
    """
    gaps = re.findall(r"\D+", value)
    lengths = tuple(map(len, re.findall(r"\d+", value)))
    if any("|" in gap or "\n" in gap for gap in gaps):
        return lengths in CARDS
    return all(len(gap) == 1 for gap in gaps) or lengths in GROUPINGS or len(set(gaps)) == 1
