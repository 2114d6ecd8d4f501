"""What is personal in a text: identity, telephone, tax and account numbers, e-mail addresses (K501–K504).

The one detector for sources, imports, documents and the built site. Rules and figures: design, trust, "People"
(after the structure of NIK in the rules of Kemendagri and the numbering plan of Indonesian telephone networks).
Texts are judged as they are read (`as_read`), and told where they are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kbp_site.content import number_forms as forms
from kbp_site.content.as_read import as_read, places
from kbp_site.content.identity import is_nik
from kbp_site.locale import Text, text

GAP = r"[\s.\-_/*~`\\:|]{0,6}"
"""What may stand between two digits of one number: a separator or two, and marks of Markdown."""

SHORT_GAP = r"[ .\-()/_*~`\\]{0,3}"
TELEPHONE = r"telp|tlp|telepon|telpon|telefon|tel|fax|faks|faksimile"
REACHED = rf"{TELEPHONE}|wa|whatsapp|hp|ponsel|phone|sms|kontak|hubungi|narahubung"
NOT_INSIDE = r"(?<!\d)(?<!\d\.)(?<!\b0,)"
NOT_GOING_ON = r"(?!\d)(?!\.\d)"
"""A number that goes on before or after is another one: a decimal, or one grouped by thousands."""

DECIMAL = r"(?<![\d,;])(?!628)[1-9]\d{9,14},\d{1,2}(?![\d,;])"
"""After a comma, decimals, unless more commas say that it is a row of a table; a zero before begins no amount."""

LONG = re.compile(rf"\d(?:(?:[\s.\-_/*~`\\:|()]{{0,6}}|{forms.PARTED_ROW})\d){{8}}")
SHORT = re.compile(r"\d(?:[ .\-()/_]{0,3}\d){4}")
"""Digits in a row: as many as a number without any word needs, and one beside a word."""

ROW = re.compile(r"\d(?:[\s.\-_/*~`\\:|()]{0,6}\d){4}")
"""What every number has: five digits, as far apart as any rule lets them be."""

ROWS = re.compile(rf"0(?:(?:[\s.\-_/*~`\\:|()]{{0,6}}|{forms.PARTED_ROW})0){{4,}}")
DAYS = re.compile(
    r"\b(?:19|20)\d\d-[01]\d(?:-[0-3]\d\b(?:[\s\-]+(?:19|20)\d\d-[01]\d-[0-3]\d\b)*)?",
)
"""Such rows, each to its end, where all digits are written as 0 (`_alike`), since Python looks five times as fast for
one character as for ten; and, as they are written, those that no rule takes for a number: a month, or only days."""

DIGITS, OPENING = "0123456789", "([{<"
"""What is written alike before rows and brackets are looked for: as the first of each."""

BESIDE, NEAR = re.compile(rf"\b(?:{REACHED})(?:\b|_)"), 80
"""The words beside which fewer than nine digits are somebody's, and how many characters they stand before them."""

HARMLESS = re.compile(
    rf"\brp\.? ?(?!0\d)\d[\d.,]*|{DECIMAL}|{forms.COORDINATES}"
    r"|\b(?:isbn|issn)(?:-1[03])?[: ]{0,2}(?:97[89][- ]?)?[\dx](?:[- ]?[\dx]){7,9}\b|\b97[89][- ]?(?:\d[- ]?){9}\d\b"
    r"|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
    r"|\b(?=[0-9a-f]{8,}\b)(?![a-f]?\d{10,16}[a-f]?\b)\d*[a-f][0-9a-f]*\b"
    r"|\b(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:19|20)\d\d\b(?![-./]?\d)"
    r"|\b(?:19|20)\d\d-[01]\d-[0-3]\d\b(?:[t ][0-2]\d[.:][0-5]\d(?:[.:][0-5]\d)?)?"
    r"|\b(?:[01]?\d|2[0-4])[.:][0-5]\d ?-{1,2} ?(?:[01]?\d|2[0-4])[.:][0-5]\d\b(?![.:]?\d)"
    r"|(?<!\d\.)\b[1-9]\d\.\d\d\.\d\d\.[12]\d{3}\b(?![.\-]?\d| \d{6}\b)"
    r"|(?<![\d.])[1-9]\d\.\d\d\.\d\d(?:,? [1-9]\d\.\d\d\.\d\d)+(?!,? ?\d|\.\d)"
    r"|\b(?:timestamp|epoch|unix)\b\W{0,3}[12]\d{9,16}\b",
)
"""Money, book numbers, fingerprints, dates, hours, codes of places, and moments: nobody's numbers."""

BORN = GAP.join((r"[1-9]", r"\d", r"[0-37]", r"\d", r"[0-7]", r"\d", r"[0-7]", r"\d", r"[01]", r"\d"))
"""The first ten digits of a NIK: province, regency, district, day, month. Most rows of digits end the search here."""

PASSED_OVER = re.compile(rf"(?=[a-z]|\d[\d.:/\-a-f]{{2}})(?:{HARMLESS.pattern})")
"""The same; where none of them can begin, none is tried."""

NIK = re.compile(rf"(?=({NOT_INSIDE}{BORN}(?:{GAP}\d){{6}}{NOT_GOING_ON}))")
MOBILE = re.compile(
    rf"(?<![\d+])(?<!\d[.\-])(?<!\b0,)(?!0\.0)\(?(?:\+\s?62|0062|62|\b[o0]|0)[ .\-]?(?:\(?0\)?)?{SHORT_GAP}"
    rf"8(?:{SHORT_GAP}\d){{7,12}}{NOT_GOING_ON}"
)
LANDLINE = re.compile(
    rf"\b(?:{REACHED})(?:\b|_)[^\d\n]{{0,50}}?((?:\+62|\(?0)[\d ().\-/_]{{5,16}}\d)(?!\d)", re.IGNORECASE
)
LOCAL = re.compile(
    rf"\b(?:{TELEPHONE})\b\.? ?[:.]? {{0,2}}(?!(?:19|20)\d\d[ -](?:19|20)\d\d)(\d{{5,8}}|\d{{3,4}}[ -]\d{{3,4}})"
    r"(?![\d.,/]|[ -]{0,2}[a-z])"
)
WITHOUT_ZERO = re.compile(rf"\b(?:{REACHED})\b[^\d\n]{{0,20}}?(8{SHORT_GAP}(?:\d{SHORT_GAP}){{7,10}}\d)(?!\d)")
SPELLED = re.compile(rf"\bnol[ ,.\-]{{1,2}}(?:(?:{forms.DIGIT_WORDS})[ ,.\-]{{1,2}}){{8,14}}(?:{forms.DIGIT_WORDS})\b")

EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]+ ?@ ?[\w\-]+(?:\.[\w\-]+)+")
DOT = r"(?: ?[\[({<] ?(?:dot|titik|\.) ?[\])}>] ?| (?:dot|titik) )"
EMAIL_IN_WORDS = re.compile(
    rf"{forms.NAMED} ?[\[({{<] ?(?:at|et|@) ?[\])}}>] ?[\w\-]{{1,63}}(?:(?:\.|{DOT})[\w\-]{{1,63}}){{1,4}}"
    rf"|{forms.NAMED} (?:at|et) [\w\-]{{1,63}}(?:{DOT}[\w\-]{{1,63}}){{1,4}}",
)
NPWP = re.compile(r"(?<!\d)\d{2}[.\-]\d{3}[.\-]\d{3}[.\-]\d[.\-/]\d{3}[.\-]\d{3}(?!\d)")
NPWP_BY_NAME = re.compile(r"\bnpwp(?:\b|_)[^\d\n]{0,20}(\d(?:[ .\-/_*]{0,2}\d){14,15})(?!\d)")
BANK = re.compile(
    r"\b(?:rek|rekening|norek|bank|bca|bri|bni|btn|bsi)(?:\b|_)"
    r"(?![^\n\d]{0,30}\b(?:kode|tanggal|tahun|pukul)\b)[^\n\d]{0,30}(\d(?:[ .\-_*]{0,2}\d){8,15})(?!\d)",
)
ACCOUNT_OF = re.compile(r"(?<!\d)(?<!\d[.,\-])(\d(?:[ .\-]?\d){8,15}) {0,2}\(?(?:a[./]n|atas nama)\b")

BESIDE_WORDS = frozenset(
    {NPWP_BY_NAME, BANK, LANDLINE, WITHOUT_ZERO, LOCAL, ACCOUNT_OF}
    | {forms.ACCOUNT, forms.ACCOUNT_OF, forms.GROUPED_ACCOUNT, forms.CALLED, forms.ABROAD}
)
"""Numbers that are told by a word or a sign beside them."""

GROUPED = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
YEARS = re.compile(r"(?:(?:19|20)\d\d\D*)+")
DAY_FIRST = re.compile(r"\d{2}[.\-/]\d{2}[.\-/](?:19|20)\d{2}(?!\d)")
HOURS = re.compile(r"[01]\d[.:][0-5]\d(?:[^.:\d]{1,3}[012]\d[.:][0-5]\d)+")
LETTER = re.compile(r"/(?:19[4-9]|20[0-3])\d(?:/|$)")
"""The year in the number of a letter or a case (`0852/2023/001`)."""


class Rule(NamedTuple):
    """One sort of personal data: how it is found, when it counts, and what to say.

    ``signs``: only a text with one of them can hold it; one without signs needs a `LONG` row of digits.
    """

    code: str
    pattern: re.Pattern[str]
    counts: Callable[[str], bool]
    message: Text
    hint: Text
    signs: tuple[str, ...] = ()


def _digits(value: str) -> str:
    return re.sub(r"\D", "", value)


def is_mobile(value: str) -> bool:
    """Whether digits make a mobile number: ten to thirteen of them, counted with a leading 0."""
    national = contact_key(value)
    other = DAY_FIRST.match(value) or HOURS.fullmatch(value) or LETTER.search(value)
    return 10 <= len(national) <= 13 and not other


def is_landline(value: str) -> bool:
    """Whether digits may be a landline's: seven to fourteen of them, and no day."""
    return 7 <= len(_digits(value)) <= 14 and not DAY_FIRST.match(value) and not HOURS.match(value)


def is_account(value: str) -> bool:
    """Whether digits may be an account number: nine to sixteen of them, and no amount of money, years or counts."""
    if not 9 <= len(_digits(value)) <= 16 or not re.search(r"\d{3}", value):
        return False
    return not GROUPED.fullmatch(value) and not YEARS.fullmatch(value)


def _always(value: str) -> bool:
    return True


REMOVE = text("hapus dari berkas ini; data pribadi tidak boleh tersimpan, juga tidak sebagai komentar")
OFFICE_CODES = frozenset({"K502", "K503"})
"""What an office may have in public: a telephone and an address, never an identity or account number."""

OFFICE = text("hapus; bila ini milik kantor, daftarkan di site.yml pada privacy.allowed_contacts")

IDENTITY, TAX = text("nomor NIK atau KK ditemukan ({masked})"), text("nomor NPWP ditemukan ({masked})")
ACCOUNT = text("nomor rekening ditemukan ({masked})")
PHONE, MAIL = text("nomor telepon ditemukan ({masked})"), text("alamat surel ditemukan ({masked})")

BANKS = ("rek", "bank", "bca", "bri", "bni", "btn", "bsi")
ACCOUNTS = ("rek", "bpd", "va", "virtual", "transfer", "tf ke", "bank", "mandiri")
CALLS = ("hub", "nomor", "nomer", "cp", "japri", "contact", "call", "chat")
IN_WORDS = (
    *(f"{mark}{gap}{word}" for mark in "([{<" for gap in ("", " ") for word in ("at", "et", "@")),
    " dot ",
    "titik",
)
WITH_A = ("(a)", "[a]", "{a}")
MAILERS = ("gmail", "yahoo", "ymail", "hotmail", "outlook")
NUMBERS = tuple(REACHED.split("|"))

RULES = (
    Rule("K501", NIK, is_nik, IDENTITY, REMOVE),
    Rule("K504", NPWP, _always, TAX, REMOVE),
    Rule("K504", NPWP_BY_NAME, _always, TAX, REMOVE, ("npwp",)),
    Rule("K504", BANK, is_account, ACCOUNT, REMOVE, BANKS),
    Rule("K502", MOBILE, is_mobile, PHONE, OFFICE),
    Rule("K502", LANDLINE, is_landline, PHONE, OFFICE, NUMBERS),
    Rule("K502", WITHOUT_ZERO, is_mobile, PHONE, OFFICE, NUMBERS),
    Rule("K502", LOCAL, _always, PHONE, OFFICE, tuple(TELEPHONE.split("|"))),
    Rule("K502", SPELLED, _always, PHONE, OFFICE, ("nol",)),
    Rule("K504", ACCOUNT_OF, is_account, ACCOUNT, REMOVE, ("a/n", "a.n", "atas nama")),
    Rule("K501", forms.LISTED_NIK, is_nik, IDENTITY, REMOVE),
    Rule("K501", forms.TAILED_NIK, is_nik, IDENTITY, REMOVE),
    Rule("K501", forms.PARTED_NIK, forms.is_parted_nik, IDENTITY, REMOVE),
    Rule("K504", forms.ACCOUNT, is_account, ACCOUNT, REMOVE, ACCOUNTS),
    Rule("K504", forms.ACCOUNT_OF, is_account, ACCOUNT, REMOVE, ("an.",)),
    Rule("K504", forms.GROUPED_ACCOUNT, _always, ACCOUNT, REMOVE, ("rek",)),
    Rule("K502", forms.LISTED_MOBILE, is_mobile, PHONE, OFFICE),
    Rule("K502", forms.TAILED_MOBILE, is_mobile, PHONE, OFFICE),
    Rule("K502", forms.PARTED_MOBILE, forms.is_parted_mobile, PHONE, OFFICE),
    Rule("K502", forms.CELL, is_mobile, PHONE, OFFICE),
    Rule("K502", forms.CALLED, is_mobile, PHONE, OFFICE, CALLS),
    Rule("K502", forms.AREA, is_landline, PHONE, OFFICE),
    Rule("K502", forms.ABROAD, _always, PHONE, OFFICE, ("+",)),
    Rule("K502", forms.IN_WORDS, forms.is_in_words, PHONE, OFFICE, ("delapan",)),
    Rule("K503", EMAIL, _always, MAIL, OFFICE, ("@",)),
    Rule("K503", forms.BROKEN_MAIL, _always, MAIL, OFFICE, ("@",)),
    Rule("K503", forms.BRACKETED_A, _always, MAIL, OFFICE, WITH_A),
    Rule("K503", forms.BY_MAILER, _always, MAIL, OFFICE, MAILERS),
    Rule("K503", EMAIL_IN_WORDS, _always, MAIL, OFFICE, IN_WORDS),
)

WITHOUT_DIGITS = frozenset(sign for rule in RULES if rule.pattern not in BESIDE_WORDS for sign in rule.signs)
"""One of these stands in whatever is found without a row of digits."""

AT = re.compile(r"@(?:(?<=[\w.+\-]@)|(?<=[\w.+\-] @))")
BRACKETED = re.compile(r"\( ?(?:at|et|@|a[)\]}])")
WORDS = tuple(sorted(sign for sign in WITHOUT_DIGITS if sign[0] not in "@([{<"))
"""The same in three ways of looking, each quick for its own: the @ of an address, which stands behind a name (in linked
data it does not), what stands after an opening bracket where all of them are (, and words."""

CODES = frozenset(rule.code for rule in RULES)


class Finding(NamedTuple):
    """Personal data in a text: by which rule, as it is read, and from where to where it is written."""

    rule: Rule
    value: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """What all spellings of it have in common."""
        return contact_key(self.value)

    @property
    def message(self) -> Text:
        """What to say of it, without repeating it."""
        return text(self.rule.message.template, masked=mask(self.value))

    def may_stand(self, allowed: frozenset[str]) -> bool:
        """Whether it is an office's contact that is listed; ``allowed`` are keys."""
        return self.rule.code in OFFICE_CODES and self.key in allowed


def rules_for(plain: str) -> list[Rule]:
    """Return the rules that a text in small letters can break; most texts can break none."""
    has_long, has_short = LONG.search(plain) is not None, SHORT.search(plain) is not None
    return [rule for rule in RULES if _may_break(rule, plain, has_long=has_long, has_short=has_short)]


def _may_break(rule: Rule, plain: str, *, has_long: bool, has_short: bool) -> bool:
    if not rule.signs:
        return has_long
    needs_digits = rule.pattern in BESIDE_WORDS
    return (has_short or not needs_digits) and any(sign in plain for sign in rule.signs)


def find(written: str) -> list[Finding]:
    """Return all personal data in a text, each once; the work grows with the text's length."""
    plain = as_read(written)
    small = plain.lower()
    rules = [rule for rule in rules_for(small) if rule.pattern.search(small)]
    if not rules:
        return []
    shown = PASSED_OVER.sub(lambda match: "x" * len(match.group()), small)
    taken = bytearray(len(plain))
    found: list[tuple[Rule, int, int]] = []
    for rule in rules:
        at = 0
        while match := rule.pattern.search(shown, at):
            start, end = match.span(match.lastindex or 0)
            at = max(match.end(), start + 1)
            if taken.find(1, start, end) < 0 and rule.counts(shown[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((rule, start, end))
                at = max(at, end)
    if not found:
        return []
    if plain == written:
        return [Finding(rule, plain[start:end], start, end) for rule, start, end in found]
    starts, ends = places(written)
    return [Finding(rule, plain[start:end], starts[start], ends[end - 1]) for rule, start, end in found]


def may_hold(written: str) -> bool:
    """Whether personal data may stand in a text on one line; far quicker than to look for it."""
    read = as_read(written).lower()
    if any(word in read for word in WORDS) or AT.search(read) or BRACKETED.search(_alike(read, OPENING)):
        return True
    return any(_is_suspect(read, *match.span()) for match in ROWS.finditer(_alike(read, DIGITS)))


def _alike(read: str, signs: str) -> str:
    """Return a text with the first of some signs in place of each of them."""
    for sign in signs[1:]:
        read = read.replace(sign, signs[0])
    return read


def _is_suspect(read: str, start: int, end: int) -> bool:
    if DAYS.fullmatch(read, start, end):
        return False
    return LONG.match(read, start, end) is not None or BESIDE.search(read, max(0, start - NEAR), start) is not None


def mask(value: str) -> str:
    """Show only how what was found begins, so that no message repeats personal data; of an address, its domain too."""
    bare = value.strip()
    if "@" in bare:
        return f"{bare[0]}…@{bare.rpartition('@')[2].strip()}"
    digits = _digits(bare)
    return f"{digits[: shown_of(digits)] or bare[:1]}…"


def shown_of(value: str) -> int:
    """Return how many characters of personal data may be shown: a third of it, and never more than four."""
    return min(len(value) // 3, 4)


@lru_cache(maxsize=16)
def contact_key(value: str) -> str:
    """Return what two spellings of one number or address have in common; asked several times for each finding."""
    plain = as_read(value).strip()
    if "@" in plain:
        return plain.replace(" ", "").lower()
    digits = _digits(re.sub(r"^\(?[oO](?=\W*8)", "0", plain))
    return re.sub(r"^8(?=\d{8,11}$)", "08", re.sub(r"^(?:0062|62)0?", "0", digits)) or plain.lower()


@lru_cache(maxsize=16)
def cover(line: str) -> str:
    """Return a line with all personal data covered but its beginning.

    A line may have thousands of problems, so the last answers are kept.
    """
    covered = list(line)
    for finding in find(line):
        for at in range(finding.start + shown_of(finding.value), finding.end):
            covered[at] = "•"
    return "".join(covered)


def find_lines(written: str) -> Iterator[tuple[int, str, Finding]]:
    """Yield (number, line, finding) of every line of a text, counted from 1."""
    lines = written.split("\n")
    for index, finding in find_among(lines):
        yield index + 1, lines[index], finding


APART = "\0"
"""Between two texts that are looked at together; no number goes on across it."""


def find_among(texts: Sequence[str]) -> Iterator[tuple[int, Finding]]:
    """Yield (index, finding) for many texts, in their order; the work is that of looking at them once as one.

    Only those are judged by the rules in which something stands that a finding cannot do without.
    """
    read = as_read(APART.join(texts)).lower()
    is_aligned = read.count(APART) == len(texts) - 1  # an escape may bring another one
    for index in _suspects(read) if is_aligned else range(len(texts)):
        for finding in find(texts[index]):
            yield index, finding


def _suspects(read: str) -> Iterator[int]:
    """Yield which of the texts in ``read`` hold a row of digits, or a word that a rule without digits needs."""
    rows = (match.span() for match in ROWS.finditer(_alike(read, DIGITS)))
    spans = [span for span in rows if _is_suspect(read, *span)]
    spans += (match.span() for match in AT.finditer(read))
    spans += (match.span() for match in BRACKETED.finditer(_alike(read, OPENING)))
    for sign in WORDS:
        at = -1
        while (at := read.find(sign, at + 1)) >= 0:
            spans.append((at, at + 1))
    index, counted, told = 0, 0, -1
    for start, end in sorted(spans):
        index += read.count(APART, counted, start)
        last = index + read.count(APART, start, end)
        yield from range(max(index, told + 1), last + 1)
        counted, told = start, max(told, last)
