"""Numbers as people write them, with marks, words and units."""

from __future__ import annotations

import re

from kbp_site.content.suggestions import Guess
from kbp_site.locale import Text, text

GROUPED = re.compile(
    r"(?:Rp\.?\s*)?(?P<whole>\d{1,3}(?:[.,  ]\d{3})+|\d+)(?P<fraction>[.,]\d{1,2}|,-)?"
    r"(?:\s+(?P<scale>ribu|juta|miliar|milyar))?(?:\s+(?:orang|rupiah|jiwa|peserta))?",
    re.ASCII | re.IGNORECASE,
)
ABOUT = re.compile(
    r"(?:(?:sekitar|kira-kira|kurang lebih|lebih kurang|lebih dari|hampir|±|~)\s*)?(?P<number>\d+)\s*(?:-?an|\+)?"
    r"(?:\s+(?:orang|jiwa|peserta))?",
    re.ASCII | re.IGNORECASE,
)
"""A number of which only the size is known: "sekitar 40 orang", "40-an"."""

ZEROS = {"": "", "ribu": "000", "juta": "000000", "miliar": "000000000", "milyar": "000000000"}


def digits_in(written: str) -> Guess:
    """Return the whole number that was written with marks, words or a unit; empty when there is none.

    It is sure when nothing is lost, as a fraction would be, and when it can be read in one way: "1,500" is one and a
    half to who writes points for thousands.
    """
    found = GROUPED.fullmatch(written)
    scale = ((found and found["scale"]) or "").lower()
    if not found or (scale and not found["whole"].isdigit()):  # "1.500 juta" may be either
        return Guess("", is_sure=False)
    fraction = found["fraction"] or ""
    if fraction not in {"", ",00", ",-"} and (scale or found["whole"].isdigit()):
        return Guess("", is_sure=False)
    is_open = found["whole"].count(",") == 1 and "." not in found["whole"]
    return Guess(re.sub(r"\D", "", found["whole"]) + ZEROS[scale], is_sure=not fraction.strip(".,-0") and not is_open)


def number_hint(written: str, digits: str) -> Text:
    """Return what to type for a number that is none; ``digits`` are those it was read as, if it was."""
    if digits:
        return text("tulis angkanya saja tanpa titik, koma, atau satuan, misalnya {value}", value=digits)
    found = ABOUT.fullmatch(written)
    return text(
        "tulis satu bilangan dengan angka, misalnya {value}; bila tidak diketahui, hapus baris ini",
        value=found["number"] if found else "5000000",
    )
