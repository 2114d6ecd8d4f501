"""Partial dates: what may be written, how it is said, and how it is sorted."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbp_site.content.dates import EXAMPLE, UNKNOWN, DateFault, PartialDate, parse_date, parse_day

SAID = [
    ("2006", "2006", "2006"),
    ("1945", "1945", "1945"),
    ("2099-12-31", "31 Desember 2099", "31 December 2099"),
    ("2006-08", "Agustus 2006", "August 2006"),
    ("2006-08-17", "17 Agustus 2006", "17 August 2006"),
    ("2006-08-07", "7 Agustus 2006", "7 August 2006"),
    ("2024-02-29", "29 Februari 2024", "29 February 2024"),
    ("2006-08-17/2006-08-20", "17–20 Agustus 2006", "17–20 August 2006"),
    ("2006-08-30/2006-09-02", "30 Agustus–2 September 2006", "30 August–2 September 2006"),
    ("2006-12-30/2007-01-02", "30 Desember 2006–2 Januari 2007", "30 December 2006–2 January 2007"),
    ("2006-08-17/2007-08-17", "17 Agustus 2006–17 Agustus 2007", "17 August 2006–17 August 2007"),
    ("2006-08-17/2006-08-17", "17 Agustus 2006", "17 August 2006"),
    ("2006-08/2006-10", "Agustus–Oktober 2006", "August–October 2006"),
    ("2006-08/2007-01", "Agustus 2006–Januari 2007", "August 2006–January 2007"),
    ("2005/2008", "2005–2008", "2005–2008"),
    ("2006-08/2006-08-20", "Agustus 2006–20 Agustus 2006", "August 2006–20 August 2006"),
    ("2006-08-17/2006-09", "17 Agustus 2006–September 2006", "17 August 2006–September 2006"),
    ("2006/2006", "2006", "2006"),
    ("2006~", "sekitar 2006", None),
    ("2006-08~", "sekitar Agustus 2006", None),
    ("2006-08-17~", "sekitar 17 Agustus 2006", None),
    ("unknown", "tanggal belum tercatat", None),
]


@pytest.mark.parametrize(("written", "indonesian", "english"), SAID)
def test_a_date_is_said_in_words(written: str, indonesian: str, english: str | None) -> None:
    known = parse_date(written)
    assert known.text == written
    assert known.say("id") == indonesian
    assert english is None or known.say("en") == english


REFUSED = [
    ("2026-02-30", "K205", "misalnya 2026-02-28"),
    ("2023-02-29", "K205", "misalnya 2023-02-28"),
    ("2026-04-31", "K205", "April 2026 berakhir pada tanggal 30"),
    ("2026-13-01", "K205", "misalnya 2026-12"),
    ("2026-00", "K205", "01 sampai 12"),
    ("2026-01-00", "K205", "misalnya 2026-01-31"),
    ("0000-00-00", "K205", "1945 sampai 2099"),
    ("1944", "K205", "1945 sampai 2099"),
    ("2100", "K205", "1945 sampai 2099"),
    ("1-1-26", "K205", "tulis 2026-01-01"),
    ("2026-1-5", "K205", "tulis 2026-01-05"),
    ("2026/11/23", "K205", "tulis 2026-11-23"),
    ("23/11/2026", "K205", "tulis 2026-11-23"),
    ("23-11-2026", "K205", "tulis 2026-11-23"),
    ("23 11 2026", "K205", "tulis 2026-11-23"),
    ("31/02/2026", "K205", "Februari 2026 berakhir pada tanggal 28"),
    ("08/17/2026", "K205", "tulis 2026-08-17"),
    ("17/13/2026", "K205", "01 sampai 12"),
    ("17 Agustus 2006", "K205", "tulis 2006-08-17"),
    ("Agustus 2006", "K205", "tulis 2006-08"),
    ("sekitar 2006", "K205", "tulis 2006~"),
    ("tidak diketahui", "K205", "tulis unknown"),
    ("2005-2008", "K205", "tulis 2005/2008"),
    ("2006-08-17 s/d 2006-08-20", "K205", "tulis 2006-08-17/2006-08-20"),
    ("2006–08–17", "K205", "tulis 2006-08-17"),
    ("20060817", "K205", "tulis 2006-08-17"),
    ("30 Februari 2006", "K205", "misalnya 2006-02-28"),
    ("31 Juni 2006", "K205", "Juni 2006 berakhir pada tanggal 30"),
    ("17 Agt 2006", "K205", "tulis 2006-08-17"),
    ("17-Agt-2006", "K205", "tulis 2006-08-17"),
    ("17 Agutus 2006", "K205", "tulis 2006-08-17"),
    ("17 Nopember 2006", "K205", "tulis 2006-11-17"),
    ("August 17, 2006", "K205", "tulis 2006-08-17"),
    ("Aug 17th 2006", "K205", "tulis 2006-08-17"),
    ("Agustus 06", "K205", "tulis 2006-08 bila maksudnya Agustus 2006"),
    ("17 Agustus '06", "K205", "tulis 2006-08-17 bila maksudnya"),
    ("tahun 2006", "K205", "tulis 2006"),
    ("sekitar tahun 2006", "K205", "tulis 2006~"),
    ("±2006", "K205", "tulis 2006~"),
    ("2006?", "K205", "tulis 2006~ bila maksudnya sekitar 2006"),
    ("awal 2006", "K205", "tulis 2006 bila maksudnya 2006"),
    ("akhir bulan Agustus 2006", "K205", "tulis 2006-08 bila maksudnya"),
    ("Juni–Juli 2006", "K205", "tulis 2006-06/2006-07"),
    ("Juni 2006-Juli 2007", "K205", "tulis 2006-06/2007-07"),
    ("17 Juni s/d 3 Juli 2006", "K205", "tulis 2006-06-17/2006-07-03"),
    ("desa 2006", "K205", EXAMPLE.say("id")),
    ("awal sekali", "K205", EXAMPLE.say("id")),
    ("", "K205", EXAMPLE.say("id")),
    ("Unknown", "K205", "tulis unknown"),
    ("2006~~", "K205", EXAMPLE.say("id")),
    ("~2006", "K205", EXAMPLE.say("id")),
    ("2006~/2008", "K205", EXAMPLE.say("id")),
    ("2005/", "K205", EXAMPLE.say("id")),
    ("/2005", "K205", EXAMPLE.say("id")),
    ("2005/2006/2007", "K205", EXAMPLE.say("id")),
    ("2006-08-17 ", "K205", "tulis 2006-08-17"),
    ("2006-08-17\n", "K205", "tulis 2006-08-17"),
    ("２００６", "K205", EXAMPLE.say("id")),
    ("2008/2005", "K402", "misalnya 2005/2008"),
    ("2006-08-20/2006-08-17", "K402", "misalnya 2006-08-17/2006-08-20"),
    ("2006-02-30/2006-03-01", "K205", "misalnya 2006-02-28"),
]


@pytest.mark.parametrize(("written", "code", "hint"), REFUSED)
def test_what_is_no_date_is_refused_with_an_example(written: str, code: str, hint: str) -> None:
    with pytest.raises(DateFault) as caught:
        parse_date(written)
    fault = caught.value.fault
    assert fault.code == code
    assert fault.hint is not None and hint in fault.hint.say("id")
    assert str(caught.value) == fault.message.say("id")


@pytest.mark.parametrize(("written", "day"), [("2006-08-17", date(2006, 8, 17)), ("2024-02-29", date(2024, 2, 29))])
def test_a_day_is_a_whole_day(written: str, day: date) -> None:
    assert parse_day(written) == day


@pytest.mark.parametrize("written", ["2006", "2006-08", "2006-08-17/2006-08-18", "2006-08-17~", "unknown", "besok"])
def test_less_or_more_than_a_day_is_no_day(written: str) -> None:
    with pytest.raises(DateFault) as caught:
        parse_day(written)
    assert caught.value.fault.code == "K205"


def test_dates_sort_by_the_earliest_day_and_unknown_ones_come_last() -> None:
    ordered = ["1999", "2005/2008", "2006", "2006-02", "2006-02-02", "2006-08-17/2006-08-20", "2006-12-31", "unknown"]
    keys = [parse_date(written).sort_key for written in ordered]
    assert all(before <= after for before, after in pairwise(keys))
    assert parse_date("2006").sort_key == parse_date("2006-01-01").sort_key == parse_date("2006~").sort_key


@pytest.mark.parametrize(
    ("written", "years"),
    [("unknown", ()), ("2006-08-17", (2006,)), ("2005/2008", (2005, 2006, 2007, 2008)), ("2006~", (2006,))],
)
def test_a_date_touches_its_years(written: str, years: tuple[int, ...]) -> None:
    assert parse_date(written).years == years
    assert parse_date(written).is_known is bool(years)


PIECES = st.sampled_from(["2006", "1999", "2100", "08", "8", "30", "31", "-", "/", "~", ".", " ", "unknown", "٣", "é"])


@given(st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=10).map("".join)))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_any_text_is_a_date_or_a_fault(written: str) -> None:
    try:
        known = parse_date(written)
    except DateFault as error:
        assert error.fault.code in {"K205", "K402"}
        assert error.fault.message.say("id") and error.fault.hint is not None and error.fault.hint.say("en")
    else:
        assert known.text == written and known.say("id") and known.say("en")


DAYS = st.dates(date(1945, 1, 1), date(2099, 12, 31))


@given(DAYS, DAYS, st.sampled_from([4, 7, 10]))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_every_range_in_order_is_read_and_said(one: date, other: date, length: int) -> None:
    first, last = sorted((one, other))
    known = parse_date(f"{first.isoformat()[:length]}/{last.isoformat()[:length]}")
    assert known.first is not None and known.last is not None
    assert known.first <= first <= last <= known.last
    for language in ("id", "en"):
        said = known.say(language)
        assert str(last.year) in said and ("–" in said) is known.is_range


def test_unknown_is_a_date_without_days() -> None:
    assert parse_date("unknown") is UNKNOWN
    assert PartialDate("unknown") == UNKNOWN
