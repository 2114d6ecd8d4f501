"""The calendar is read back by a library that is not ours."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar
from small_sites import MakeLibrary, visit

from kbp_site.content.library import Library
from kbp_site.outputs.calendar import escape, export_calendar, fold

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="".join(map(chr, [*range(32), 127]))))


def events(library: Library) -> dict[str, Any]:
    """Return the calendar's events by title."""
    calendar = Calendar.from_ical(export_calendar(library))
    assert isinstance(calendar, Calendar)
    assert calendar["VERSION"] == "2.0"
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def test_only_exactly_known_days_are_in_it(full: Library) -> None:
    assert set(events(full)) == {
        "Kunjungan, tiga hari", "Rencana", "Batal", "Pameran sehari", "Hari Kemerdekaan", "Hari kabisat",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "first", "last", "status"),
    [
        ("Kunjungan, tiga hari", date(2006, 8, 30), date(2006, 9, 1), "CONFIRMED"),
        ("Rencana", date(2027, 3, 1), date(2027, 3, 1), "TENTATIVE"),
        ("Batal", date(2025, 3, 1), date(2025, 3, 1), "CANCELLED"),
        ("Pameran sehari", date(2006, 8, 17), date(2006, 8, 17), None),
    ],
)
def test_events_last_from_first_to_last_day(
    full: Library, title: str, first: date, last: date, status: str | None
) -> None:
    event = events(full)[title]
    assert event.decoded("DTSTART") == first
    assert event.decoded("DTEND") == last + timedelta(days=1), "the end is the day after"
    assert event.get("STATUS") == status


def test_an_event_tells_where_and_what(full: Library) -> None:
    event = events(full)["Kunjungan, tiga hari"]
    assert event["LOCATION"] == "Selat"
    assert event["DESCRIPTION"] == ("Ringkas; " * 20).strip()
    assert event["URL"] == "https://kbp.example/situs/studi-banding/rentang/"


def test_yearly_days_come_every_year(full: Library) -> None:
    event = events(full)["Hari Kemerdekaan"]
    assert event.decoded("DTSTART") == date(2000, 8, 17)
    assert event["RRULE"]["FREQ"] == ["YEARLY"]


def test_names_are_stable_and_apart(make_library: MakeLibrary) -> None:
    before = events(make_library({"study_visits/a": visit(title="A", date="2006-08-01")}))
    after = events(make_library({"study_visits/b": visit(title="B", date="2006-08-01")}))
    assert before["A"]["UID"] == after["A"]["UID"] != after["B"]["UID"]
    assert before["A"].decoded("DTSTAMP") == after["A"].decoded("DTSTAMP")


def test_lines_end_and_break_as_the_standard_says(full: Library) -> None:
    written = export_calendar(full)
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert max(map(len, written.split(b"\r\n"))) <= 75


@given(TEXT)
@example("é😀" * 60)
def test_no_character_is_cut_by_a_fold(words: str) -> None:
    folded = fold(words)
    assert folded.replace("\r\n ", "") == words
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))


@given(TEXT, TEXT)
def test_words_come_back_as_they_were(first: str, second: str) -> None:
    words = f"x{first}\n{second}x"
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", fold(f"SUMMARY:{escape(words)}"), "END:VEVENT", "END:VCALENDAR", ""]
    calendar = Calendar.from_ical("\r\n".join(lines).encode())
    assert str(calendar.walk("VEVENT")[0]["SUMMARY"]) == words


def test_control_characters_start_no_line_of_their_own() -> None:
    assert escape("a\x00b\x0bc\rd\x7fe") == "a b c\\nd e"
