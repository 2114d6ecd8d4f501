"""The day of the build: named by the environment, else the day in Western Indonesia."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.site.clock import ZONE, read_clock


@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        ("0", date(1970, 1, 1)),
        ("1795392000", date(2026, 11, 23)),
        ("1795391999", date(2026, 11, 22)),
        (" 1795392000\n", date(2026, 11, 23)),
        ("-1", date(1969, 12, 31)),
    ],
)
def test_the_day_that_is_named(epoch: str, day: date) -> None:
    assert read_clock({"SOURCE_DATE_EPOCH": epoch}) == day


@pytest.mark.parametrize("epoch", ["", "besok", "2026-11-23", "1.5", "99999999999999999999", "1e9"])
def test_what_is_not_a_number_of_seconds(epoch: str) -> None:
    with pytest.raises(KbpError, match="SOURCE_DATE_EPOCH") as caught:
        read_clock({"SOURCE_DATE_EPOCH": epoch})
    assert caught.value.exit_code == ExitCode.USAGE


def test_the_day_of_western_indonesia() -> None:
    before = datetime.now(ZONE).date()
    found = read_clock({"TZ": "Pacific/Kiritimati"})
    assert before <= found <= datetime.now(ZONE).date()
