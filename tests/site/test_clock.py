"""The day of the build: named by the environment, else the day in the site's own time zone."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.site.clock import read_clock, zone_of

WEST = "Asia/Jakarta"


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
def test_the_day_that_is_named(tmp_path: Path, epoch: str, day: date) -> None:
    assert read_clock({"SOURCE_DATE_EPOCH": epoch}, tmp_path) == day


@pytest.mark.parametrize("epoch", ["", "besok", "2026-11-23", "1.5", "99999999999999999999", "1e9"])
def test_what_is_not_a_number_of_seconds(tmp_path: Path, epoch: str) -> None:
    with pytest.raises(KbpError, match="SOURCE_DATE_EPOCH") as caught:
        read_clock({"SOURCE_DATE_EPOCH": epoch}, tmp_path)
    assert caught.value.exit_code == ExitCode.USAGE


@pytest.mark.parametrize("zone", [WEST, "Asia/Jayapura", "Pacific/Kiritimati", "Pacific/Niue"])
def test_the_day_is_that_of_the_sites_zone(tmp_path: Path, zone: str) -> None:
    write_site(tmp_path, f"title: Uji\ntime_zone: {zone}\n")
    before = datetime.now(ZoneInfo(zone)).date()
    found = read_clock({"TZ": "Pacific/Kiritimati"}, tmp_path)
    assert before <= found <= datetime.now(ZoneInfo(zone)).date()


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("title: Uji\n", WEST),
        ("time_zone: Asia/Makassar\n", "Asia/Makassar"),
        ('time_zone: " Asia/Jayapura "\n', "Asia/Jayapura"),
        ("time_zone:\n", WEST),
        ("time_zone: WIB\n", WEST),
        ("time_zone: ../../etc/passwd\n", WEST),
        ("time_zone: /etc/localtime\n", WEST),
        ("time_zone: [Asia/Makassar]\n", WEST),
        ("time_zone: Asia/Makassar\n  ini: [rusak\n", WEST),
        ("", WEST),
    ],
)
def test_the_zone_that_a_sites_record_names(tmp_path: Path, words: str, zone: str) -> None:
    write_site(tmp_path, words)
    assert zone_of(tmp_path).key == zone


def test_the_zone_of_a_site_without_a_record(tmp_path: Path) -> None:
    assert zone_of(tmp_path / "tidak-ada").key == WEST
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yml").symlink_to("/etc/hostname")
    assert zone_of(tmp_path).key == WEST


def write_site(root: Path, words: str) -> None:
    """Write a site's record of these words."""
    (root / "content").mkdir()
    (root / "content" / "site.yml").write_text(words, encoding="utf-8")
