"""What together points at one person, though no word alone does (K506): who with where they live or what they suffer.

The rule is modest, so that it can be told to an editor. In one paragraph of a story or a lesson it is a warning when

- a person is named (`Ibu Siti`, `bernama Siti`) beside a house (RT, RW, a street with a number) or a sensitive trait
  (age, illness, poverty, aid, debt, family, belief);
- one household stands without a name (`seorang janda`, `satu keluarga`) beside a house and a sensitive trait;
- a person is named in a mediation at all: its parties are told by their role.

It knows no names: a capital letter after a form of address, that is no office's, is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbp_site.content.checks.content import Content
from kbp_site.content.checks.privacy import scalars
from kbp_site.content.library import Entry
from kbp_site.content.problems import Fault, Problem, Severity
from kbp_site.content.records.activities import Activity, ActivityKind
from kbp_site.content.records.base import Envelope, Status, Story
from kbp_site.content.records.lessons import Lesson
from kbp_site.content.source import Location
from kbp_site.locale import Text, text

OFFICES = (
    "Bapak|Ibu|Bupati|Wakil|Camat|Lurah|Kepala|Kades|Ketua|Sekretaris|Bendahara|Gubernur|Wali|Walikota|Menteri|Presiden|Guru|Bidan"
    "|Dokter|Kader|Penengah|Mediator|Fasilitator|Pengurus|Anggota|Warga|Kota|Rumah|RT|RW|PKK|Dan|Atau|Itu|Ini|Yang|Desa"
)
"""Words after a form of address that name an office or a group (`Ibu PKK`, `Bapak Camat`), not a person."""

NAMED = re.compile(
    rf"\b(?:[Bb]apak|[Pp]ak|[Ii]bu|[Bb]u|[Ss]audar[ai]|[Ss]dr[i]?|[Tt]n|[Nn]y|[Nn]n|Haji|Hajah|Mr|Mrs|Ms)\b\.? "
    rf"(?!(?:{OFFICES})\b)(?:H\. |Hj\. )?[A-Z][a-z]+"
    r"|\b(?:[Ss]eorang|[Ww]arga|ibu|bapak|anak|lansia|man|woman|child)(?: \w+)? (?:bernama|named|called) [A-Z]\w*"
    r"|\b(?:atas nama|berinisial) [A-Z]\w*"
)
STREET = r" [A-Z][\w ]{0,30}?(?:[Nn]o\.?|[Nn]omor) ?\d"
AFTER = {
    **dict.fromkeys(("RT", "RW"), r"\.? ?\d"),
    **dict.fromkeys(("Jalan", "jalan", "Gang", "gang"), STREET),
    **dict.fromkeys(("Jl", "Gg"), rf"\.?{STREET}"),  # only what is shortened has a dot that does not end a sentence
    **dict.fromkeys(("rumahnya", "alamatnya", "nomor rumah", "house number"), r"\b"),
}
HOUSES = {word: re.compile(rf"{word}(?<!\w{word}){after}") for word, after in AFTER.items()}
"""How a house is told: a word, and what follows it. Each begins with its letters, since that is quick to look for."""

TRAIT = re.compile(
    r"\b(?:berusia|berumur|umur|usia|aged) (?:sekitar )?\d|\b\d{1,2} (?:tahun|years old)\b(?= ?[,.)]|$)"
    r"|\b(?:sakit|penyakit|TBC?|HIV|AIDS|kusta|stroke|kanker|lumpuh|gangguan jiwa|ODGJ|difabel|disabilitas|cacat|hamil"
    r"|miskin|melarat|penerima (?:bantuan|BLT|raskin|PKH)|berutang|utangnya|menunggak|janda|duda|cerai|bercerai"
    r"|putus sekolah|buta huruf|narapidana|korban|dipukul|agamanya|sukunya|illness|disabled|poor|widow(?:er)?|debt)\b",
)
HOUSEHOLD = re.compile(
    r"\b(?i:seorang|satu|sebuah|salah satu) (?:\w+ )?(?:keluarga|janda|duda|ibu|bapak|lansia|warga|anak)\b"
)

SPLIT = re.compile(r"\n\s*\n|\n\s*[-*] ")
NOT_TOLD = frozenset({"sources", "credits", "documents", "corrections"})
"""Fields in which names of authors may stand."""

READ = frozenset({Status.REVIEW, Status.PUBLISHED})
"""How far a record is when others than who wrote it read it."""

NAMED_PARTY = text("nama orang di catatan mediasi; pihak disebut menurut perannya")
POINTING = text("nama orang disebut bersama tempat tinggal atau keadaan pribadinya")
HOUSEHOLD_TOLD = text("satu orang atau keluarga mudah dikenali dari rumah dan keadaannya")
FORMS = ["pak", "bu", "saudara", "saudari", "sdr", "sdri", "tn", "ny", "nn", "haji", "hajah", "mr", "mrs", "ms"]
BEFORE = "|".join(rf"(?<={form}{after} ..)" for form in FORMS for after in ("", r"\."))
LAST = "".join(sorted({form[-1] for form in FORMS}))
ADDRESSED = re.compile(rf" [A-Z][a-z.](?<=[{LAST}{LAST.upper()}.] ..)(?i:{BEFORE})")
CALLED = ("bernama ", "named ", "called ", "atas nama ", "berinisial ")
"""Wherever somebody is `NAMED`, a form of address or one of these stands before a capital letter: to look for a space
between a letter that a form ends with and a capital is far quicker."""

HINT = text("sebut perannya saja, atau wilayah yang lebih besar; baca panduan Menulis dengan hormat")


def check_identifying(content: Content) -> Iterator[Problem]:
    """Tell paragraphs of stories and lessons that point at one person, once they are given to another to read."""
    for entry in content.readable():
        if isinstance(entry.record, Story | Lesson) and entry.record.status in READ:
            yield from _judge(entry)


def _judge(entry: Entry[Envelope]) -> Iterator[Problem]:
    is_mediation = isinstance(entry.record, Activity) and entry.record.kind is ActivityKind.MEDIATION
    if "\\" not in entry.source.text and not _may_point(entry.source.flow):
        return  # in most files nothing of the kind stands, however it is broken into lines
    told = [(location, value) for location, value in scalars(entry.source.values) if location[0] not in NOT_TOLD]
    for location, value in told:
        if _may_point(value):
            for paragraph in SPLIT.split(value):
                if found := pointing(paragraph, is_mediation=is_mediation):
                    yield _tell(entry, location, *found)


def _may_point(words: str) -> bool:
    return _may_name(words) or _has_house(words)


def _may_name(words: str) -> bool:
    return any(word in words for word in CALLED) or ADDRESSED.search(words) is not None


def _has_house(words: str) -> bool:
    return any(word in words and pattern.search(words) for word, pattern in HOUSES.items())


def pointing(paragraph: str, *, is_mediation: bool = False) -> tuple[Text, str] | None:
    """Say why a paragraph points at one person, and which words do; ``None`` when it does not."""
    named, house, trait = NAMED.search(paragraph), _has_house(paragraph), TRAIT.search(paragraph)
    if named and is_mediation:
        return NAMED_PARTY, named.group()
    if named and (house or trait):
        return POINTING, named.group()
    if house and trait and (household := HOUSEHOLD.search(paragraph)):
        return HOUSEHOLD_TOLD, household.group()
    return None


def _tell(entry: Entry[Envelope], location: Location, message: Text, words: str) -> Problem:
    fault = Fault("K506", message, HINT, needle=words)
    return entry.source.problem(location, fault, severity=Severity.WARNING)
