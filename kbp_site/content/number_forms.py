"""Forms in which people write numbers beyond the plain ones: in lists, cells and sheets, in words, of other lands.

Patterns for texts in small letters, as they are read; `content/personal.py` has the plain forms, and judges all.
What is found is the last group. Separators are bounded, so that no row of digits is gone over again and again.
"""

from __future__ import annotations

import re

from kbp_site.content.identity import is_built_like_nik

DIGIT_WORDS = r"nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
BETWEEN = r"[ ,.\-]{1,2}"

OPERATOR = r"8(?:1[1-9]|2[1-38]|3[1-38]|5[1-35-9]|7[5789]|8[1-9]|9[1-9])"
"""How a mobile number begins without its zero; no round amount does so by chance."""

MOBILE = r"(?:\+?62[ .\-]?|0)8\d\d[ .\-]?\d{3,4}[ .\-]?\d{3,5}"
NIK = r"(?:[1-9]\d{3}(?:[ .\-]?\d{4}){3}|[1-9]\d{5}[ .\-]\d{6}[ .\-]\d{4})"
"""As people group them."""

NO_DECIMAL = r"(?!\d)(?!\.\d{3})"
"""Two decimals are what a spreadsheet adds; three digits go on."""

ITEM = r"(?:(?<![\d.,+\-°])|(?<=[a-z]\.))[1-9]\d{0,2}[.)\-] ?"
"""The number of an item, a household or a day right before; a minus or a zero makes it a decimal."""

LISTED_NIK = re.compile(rf"{ITEM}({NIK}){NO_DECIMAL}")
TAILED_NIK = re.compile(rf"(?<!\d)(?<!\d\.)(?<!\b0,)({NIK})(?=\.\d{{1,2}}(?!\d))")
LISTED_MOBILE = re.compile(rf"(?!9[5-9]|\d{{3}}){ITEM}({MOBILE}){NO_DECIMAL}")
"""Degrees of longitude are no items."""

TAILED_MOBILE = re.compile(rf"(?<![\d+])(?<!\d[.\-])(?<!\b0,)({MOBILE})(?=(?:[/, ]{{1,3}}\d{{1,3}}|\.\d{{1,2}})(?!\d))")
CELL = re.compile(rf'(?<![^;,\t|"\n\0]) ?({OPERATOR}\d{{7,9}})(?<!00) ?(?![^;,\t|"\n\0])')
"""A whole cell or line that a spreadsheet took the zero from; amounts of money are round."""

CALLED = re.compile(
    rf"\b(?:hub|hubungi|nomor|nomornya|nomer|nomernya|cp|japri|contact|call|chat)\b[^\d\n]{{0,4}}"
    rf"(?=8\d\d[ .\-]?\d)({OPERATOR}[ .\-]?\d{{3,4}}[ .\-]?\d{{3,5}}){NO_DECIMAL}(?!/)"
)

SIGN = r"[,;'\"=+→◦x×]"
PARTED_ROW = rf"(?<=[0-9]{{4}}){SIGN} ?"
"""Marks that part the groups of one number; beside shorter groups they part what is counted."""

PART = rf"(?:{SIGN} ?|[()]| {{0,3}}\| {{0,3}}|\n ?[-*+] ?)"
PARTED_MOBILE = re.compile(rf"(?<![\d.])(?<!\d[,;])(08\d\d{PART}\d{{3,4}}{PART}\d{{3,5}})(?!\d)")
PARTED_NIK = re.compile(
    rf"(?<![\d.])(?<!\d[,;])([1-9]\d{{3}}(?:{PART}\d{{4}}){{3}}|[1-9]\d{{5}}{PART}\d{{6}}{PART}\d{{4}}"
    rf"|[1-9]\d{{7}}{PART}\d{{8}})(?!\d)"
)

IN_WORDS = re.compile(
    rf"\b(?:nol|kosong){BETWEEN}delapan{BETWEEN}(?:{DIGIT_WORDS})(?:{BETWEEN}(?:{DIGIT_WORDS}|\d{{1,8}})\b){{2,13}}"
    rf"|\bdelapan(?:{BETWEEN}(?:{DIGIT_WORDS})\b){{8,12}}"
)

AREA = re.compile(
    r"(?<![\w.+/\-])(?:\(0[2-79]\d{1,2}\)[ \-]?\d{3,4}[ \-]?\d{2,4}|0[2-79]\d{1,2}-\d{5,8})(?![\d/\-])(?!\.\d)"
)
"""A fixed line without a word beside it: the code of an area, in brackets or before a hyphen."""

ABROAD = re.compile(
    r"(?<![\w+])\+(?:60|61|63|65|66|670|673|675|84|852|886|966|971)(?!\d?(?:\.\d{3})+(?!\d))"
    r"(?:[ .\-()]{0,2}\d){7,11}(?!\d)"
)
"""Telephones of neighbours, and of where people of Indonesia work; a sum with a plus is grouped by dots."""

ACCOUNT = re.compile(
    r"\b(?:rek|norek|rekening)\b(?![^\n]{0,40}\bkode (?:desa|kel|kec|bps|wilayah|pos|kemendagri))"
    r"[^\n]{0,40}?(?<![\d.,/\-])(\d{10,16})(?![\d,/])(?!\.\d)"
    r"|\b(?:bpd|va|virtual account|(?:transfer|tf) ke)\b[^\d\n]{0,4}"
    r"(\d(?:[ \-]?\d){10,15}|(?<=ke )\d{10})(?!\d)(?!\.\d)"
    r"|\bbank\b[^\d\n]{0,12}\bkode:? \d{3}[ :)\-]{1,3}(\d{10,16})(?!\d)"
    r"|\bmandiri\b[^\d\n]{0,8}(1\d\d[ \-]?\d\d[ \-]?\d{7}[ \-]?\d)(?!\d)"
)

ACCOUNT_OF = re.compile(r"(?<!\d)(?<!\d[.,\-])(\d(?:[ .\-]?\d){8,15}) {0,2}\(?an\. ?[a-z]")
GROUPED_ACCOUNT = re.compile(r"\b(?:rek|norek|rekening)\b[^\d\n]{0,40}(\d{3}(?: \d{3}){2,4})(?![\d,/]| ?\d)(?!\.\d)")

MAILER = r"(?:gmail|yahoo|ymail|hotmail|outlook)"
NAMED = r"(?<![\w.+\-])[\w.+\-]{1,64}"
BY_MAILER = re.compile(rf"{NAMED} (?:at|et) {MAILER} ?\.? ?(?:com|co\.id)\b")
BROKEN_MAIL = re.compile(rf"{NAMED} ?@ ?[\w\-]{{1,63}} \.(?:com|co|id|net|org|go|or|ac|sch|web)\b(?:\.id\b)?")
BRACKETED_A = re.compile(rf"{NAMED}[(\[{{]a[)\]}}][\w\-]{{1,63}}(?:\.[a-z]{{2,}}){{1,3}}\b")

COORDINATES = (
    r"(?<![\d.])-?(?:\d|1[01])\.\d{3,17}°?[,;/ ]{1,3}(?:9[5-9]|1[0-4]\d)\.\d{3,17}(?!\d)"
    r"|(?<![\d.])(?:9[5-9]|1[0-4]\d)\.\d{3,17}°?[,;/ ]{1,3}-?(?:\d|1[01])\.\d{3,17}(?!\d)"
    r"|\b(?:lat|lon|lng|latitude|longitude|lintang|bujur|koordinat)\b[^\d\n]{0,12}-?\d{1,3}[.,]\d+"
)
"""Degrees of latitude and longitude in Indonesia, and any that are called so."""


def is_parted_nik(value: str) -> bool:
    """Whether groups with odd marks between them are one NIK: a later group begins with 0, as no count or year does."""
    return bool(re.search(r"\D0", value)) and is_built_like_nik(re.sub(r"\D+", "", value))


def is_parted_mobile(value: str) -> bool:
    """Whether groups with odd marks between them are one mobile number, and neither years nor a list of prefixes."""
    first, *later = re.findall(r"\d+", value)
    return 10 <= len(first + "".join(later)) <= 13 and not any(re.match(r"08|(?:19|20)\d\d$", part) for part in later)


def is_in_words(value: str) -> bool:
    """Whether what is said in words, or half so, has as many digits as a mobile number: nine to fourteen."""
    return 9 <= sum(len(part) if part.isdigit() else 1 for part in re.findall(r"\w+", value)) <= 14
