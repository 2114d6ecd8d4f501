"""Each type of value reads what is meant for it and says what is wrong with the rest."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from kbp_site.content.problems import Fault
from kbp_site.content.records.activities import Outcome
from kbp_site.content.records.values import (
    FAULTS,
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
    suggest,
)

ANY = RefType(("activities", "places"))
ONE = RefType(("places",))
PATTERN = PatternType(r"\d\d", "12")

READ: list[tuple[ValueType, str, object]] = [
    (LineType(), " Judul ", "Judul"),
    (LineType(), "satu\n  dua\t tiga", "satu dua tiga"),
    (LineType(), "A & B \"k\" 'x' 50% | #1 [y](z) *b* {d} !", "A & B \"k\" 'x' 50% | #1 [y](z) *b* {d} !"),
    (LineType(3), "abc", "abc"),
    (ProseType(), "\n\nsatu\n\ndua  \n", "satu\n\ndua"),
    (ProseType(), "a" * 65_536, "a" * 65_536),
    (DayType(), " 2006-08-17 ", date(2006, 8, 17)),
    (NumberType(), "0", 0),
    (NumberType(), "007", 7),
    (NumberType(), " 15 ", 15),
    (NumberType(), "１５", 15),
    (NumberType(), "1000000000000000", 10**15),
    (NumberType(20, 60), "20", 20),
    (DegreesType(90), "-2.9996", "-2.9996"),
    (DegreesType(90), "-3.00", "-3.00"),
    (DegreesType(90), "90", "90"),
    (AddressType(), "https://contoh.id/a?b=1#c", "https://contoh.id/a?b=1#c"),
    (AddressType(), "http://contoh.id", "http://contoh.id"),
    (AddressType(), "HTTPS://contoh.id", "HTTPS://contoh.id"),
    (AddressType(), "tel:112", "tel:112"),
    (PATTERN, "12", "12"),
    (YesNoType(), "yes", True),
    (YesNoType(), "Tidak", False),
    (ZoneType(), "Asia/Jayapura", "Asia/Jayapura"),
    (ANY, "places/kota", "places/kota"),
    (FileType(), "a/b.jpg", "a/b.jpg"),
]


@pytest.mark.parametrize(("kind", "written", "known"), READ)
def test_a_type_reads_what_is_meant_for_it(kind: ValueType, written: str, known: object) -> None:
    assert kind.read(written) == known


def faults_of(kind: ValueType, written: object) -> list[Fault]:
    with pytest.raises(PydanticCustomError) as caught:
        kind.read(written)
    assert caught.value.context is not None
    return list(caught.value.context[FAULTS])


REFUSED: list[tuple[ValueType, object, list[str], str]] = [
    (LineType(), "", ["K202"], "isi nilainya"),
    (LineType(), " \n", ["K202"], "isi nilainya"),
    (LineType(), None, ["K202"], "isi nilainya"),
    (LineType(), ["a"], ["K203"], "satu teks"),
    (LineType(), {"a": "b"}, ["K203"], "satu teks"),
    (LineType(3), "abcd", ["K204"], "singkatkan 1 karakter"),
    (LineType(3), "ab>cd", ["K207", "K204"], "hapus tanda itu"),
    (ProseType(), "a" * 65_537, ["K204"], "pecah"),
    (ProseType(), "é" * 32_769, ["K204"], "pecah"),
    (ProseType(), "# satu", ["K207"], "###"),
    (DateType(), "besok", ["K205"], "tulis misalnya"),
    (DayType(), "2006", ["K205"], "2026-08-17"),
    (NumberType(), "1.000", ["K203"], "misalnya 1000"),
    (NumberType(), "1 000", ["K203"], "misalnya 1000"),
    (NumberType(), "Rp 1.500.000,-", ["K203"], "misalnya 1500000"),
    (NumberType(), "Rp1.500.000,00", ["K203"], "misalnya 1500000"),
    (NumberType(), "12,5", ["K203"], "misalnya 5000000"),
    (NumberType(), "½", ["K203"], "misalnya 5000000"),
    (NumberType(), "5²", ["K203"], "misalnya 5"),
    (NumberType(), "-1", ["K203"], "misalnya 5000000"),
    (NumberType(), "1000000000000001", ["K203"], "0 sampai"),
    (NumberType(), "1" + "0" * 30, ["K203"], "0 sampai"),
    (NumberType(), "1" + "0" * 300, ["K203"], "0 sampai"),
    (NumberType(), "9" * 300, ["K203"], "0 sampai"),
    (NumberType(20, 60), "19", ["K203"], "20 sampai 60"),
    (DegreesType(90), "91", ["K203"], "-3.0038"),
    (DegreesType(90), "3,5", ["K203"], "tulis seperti 3.5"),
    (DegreesType(180), "nan", ["K203"], "-3.0038"),
    (DegreesType(180), "1e2", ["K203"], "-3.0038"),
    (AddressType(), "contoh.id", ["K206"], "https://"),
    (AddressType(), "https://", ["K206"], "https://"),
    (AddressType(), "https://a:b@contoh.id", ["K206"], "https://"),
    (AddressType(), "https://@contoh.id", ["K206"], "https://"),
    (AddressType(), "https://contoh.id\\@jahat.id", ["K206"], "https://"),
    (AddressType(), "java\nscript:x", ["K206"], "https://"),
    (AddressType(), "mailto://contoh.id", ["K206"], "https://"),
    (AddressType(), "mailto:", ["K206"], "https://"),
    (AddressType(), "data:text/html,x", ["K206"], "https://"),
    (AddressType(), "javascript://contoh.id/%0aalert(1)", ["K206"], "https://"),
    (AddressType(), "ftp://contoh.id/a", ["K206"], "https://"),
    (AddressType(), "https://[", ["K206"], "https://"),
    (PATTERN, "123", ["K203"], "tulis seperti 12"),
    (YesNoType(), "mungkin", ["K203"], "yes atau no"),
    (ZoneType(), "WIB", ["K203"], "Asia/Jakarta"),
    (ZoneType(), "Mars/Base", ["K203"], "Asia/Jakarta"),
    (ZoneType(), "../../etc/passwd", ["K203"], "Asia/Jakarta"),
    (ZoneType(), "/etc/localtime", ["K203"], "Asia/Jakarta"),
    (ZoneType(), "Asia", ["K203"], "Asia/Jakarta"),
    (ANY, "a" * 161, ["K204"], "singkatkan"),
    (FileType(), "<x>.jpg", ["K207"], "hapus"),
]


@pytest.mark.parametrize(("kind", "written", "codes", "hint"), REFUSED)
def test_a_type_refuses_the_rest_and_says_what_to_type(
    kind: ValueType, written: object, codes: list[str], hint: str
) -> None:
    faults = faults_of(kind, written)
    assert [fault.code for fault in faults] == codes
    assert faults[0].hint is not None and hint in faults[0].hint.say("id")


@pytest.mark.parametrize(
    ("written", "said"),
    [("1" + "0" * 30, "1" + "0" * 30), ("1" * 300, "1" * 40 + "…"), ("00" + "9" * 16, "9" * 16)],
)
def test_a_number_out_of_range_is_told_by_its_own_digits(written: str, said: str) -> None:
    [fault] = faults_of(NumberType(), written)
    assert fault.message.say("id") == f"{said} di luar jangkauan"


@pytest.mark.parametrize(
    ("kind", "written", "target"),
    [
        (ONE, "kota", ("places", "kota")),
        (ONE, "places/kota", ("places", "kota")),
        (ANY, "activities/rapat", ("activities", "rapat")),
        (ANY, "rapat", ("", "rapat")),
        (ANY, "../places/kota", ("../places", "kota")),
    ],
)
def test_a_reference_names_a_kind_and_an_id(kind: RefType, written: str, target: tuple[str, str]) -> None:
    assert kind.target(written) == target


def test_a_choice_is_typed_in_english_and_read_in_both_languages() -> None:
    assert Outcome.SOLVED.value == "solved"
    assert Outcome.SOLVED.say("id") == "Selesai"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("titel", 'mungkin maksudnya "title"'),
        (" TITLE ", 'mungkin maksudnya "title"'),
        ("x", "pilihan yang ada: title, date"),
    ],
)
def test_what_was_meant_is_suggested(written: str, said: str) -> None:
    assert suggest(written, ["title", "date"]).say("id") == said


KINDS: list[ValueType] = [
    LineType(),
    ProseType(),
    DateType(),
    DayType(),
    NumberType(),
    DegreesType(90),
    AddressType(),
    PATTERN,
    YesNoType(),
    ZoneType(),
    ANY,
    FileType(),
]
VALUES = st.one_of(
    st.none(), st.text(max_size=40), st.text("0123456789.,-/:@ <>[]()#`", max_size=40), st.lists(st.text(), max_size=2)
)


@given(st.sampled_from(KINDS), VALUES)
@settings(max_examples=600, deadline=None, derandomize=True)
def test_any_value_is_read_or_refused_with_words(kind: ValueType, written: object) -> None:
    try:
        kind.read(written)
    except PydanticCustomError as error:
        assert error.context is not None and error.context[FAULTS]
        for fault in error.context[FAULTS]:
            assert fault.code.startswith(("K2", "K4")) and fault.message.say("id")
