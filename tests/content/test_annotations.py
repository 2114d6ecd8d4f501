"""How problems are told to GitHub and GitLab: the most important first, and nothing steers the runner."""

from __future__ import annotations

import json
import re

import pytest

from kbp_site.content.annotations import (
    SUMMARY_BYTES,
    by_importance,
    print_github,
    print_gitlab,
    print_step_summary,
)
from kbp_site.content.problems import Problem, Severity
from kbp_site.locale import text

DATE = Problem("content/activities/m.yml", 4, 7, "K205", text("tidak ada di kalender"), text("misalnya 2026-02-28"))
OLD = Problem("content/a.yml", 1, 1, "K404", text("terjemahan tua"), severity=Severity.WARNING)
HOSTILE = "x\x1b[31m\u202e\n::error::y\r\x9b\u200b\x07\u2028"


def problem(path: str, line: int, code: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(path, line, 1, code, text("x"), severity=severity)


def hostile(path: str) -> Problem:
    return Problem(path, 1, 8, "K201", text("kolom {name}", name=HOSTILE), text("hapus {name}", name=HOSTILE))


def test_no_data_ends_a_command_of_github() -> None:
    said = print_github([hostile("content/a,b:c%0A.yml")], "id")
    assert "\n" not in said and all(char.isprintable() for char in said)
    assert said.startswith("::error file=content/a%2Cb%3Ac%250A.yml,line=1,col=8,title=K201::kolom x\\x1b[31m")
    percent = print_github([Problem("a", 1, 1, "K201", text("{v}", v="100%\n%0A::error::"))], "id")
    assert percent == "::error file=a,line=1,col=1,title=K201::100%25\\n%250A::error::"


def test_github_shows_errors_first() -> None:
    said = print_github([OLD, DATE], "id").split("\n")
    assert [line.partition(" ")[0] for line in said] == ["::error", "::warning"]
    assert said[0].endswith("tidak ada di kalender (misalnya 2026-02-28)")


def test_the_first_ten_tell_of_people_then_of_every_file() -> None:
    many = [problem("content/a.yml", line, "K203") for line in range(1, 40)]
    others = [problem(f"content/b{n}.yml", 3, "K301") for n in range(5)]
    unread, person = problem("content/z.yml", 9, "K104"), problem("content/a.yml", 50, "K501")
    warning = problem("content/0.yml", 1, "K102", Severity.WARNING)
    first = by_importance([warning, *many, *others, unread, person])[:8]
    assert first[0] == person and first[1] == unread
    assert {one.path for one in first[2:7]} == {one.path for one in others}
    assert first[7] == many[0]
    assert by_importance([warning, *many])[-1] == warning


def test_the_summary_of_a_step_lists_all_and_is_plain() -> None:
    said = print_step_summary([hostile("content/a|b_c.yml"), DATE], "id")
    assert said.count("\n| ") == 3 and said.endswith("\n")
    assert "content/a\\|b\\_c.yml:1:8" in said and "misalnya 2026-02-28" in said
    assert all(char.isprintable() or char == "\n" for char in said)
    assert "<" not in said and not re.search(r"(?<!\\)\[", said)
    assert print_step_summary([], "en") == "**The content is in good order: no problems.**\n\n"


def test_the_summary_of_a_step_stays_below_its_limit_and_counts_the_rest() -> None:
    many = [Problem("content/a.yml", line, 1, "K201", text("{v}", v="é" * 900)) for line in range(1, 1001)]
    said = print_step_summary(many, "id")
    assert SUMMARY_BYTES - 4000 < len(said.encode()) <= SUMMARY_BYTES + 100
    shown = said.count("K201")
    assert f"… dan {1000 - shown} masalah lagi." in said


def test_gitlab_has_a_list_of_its_own() -> None:
    first, second = json.loads(print_gitlab([DATE, OLD], "id"))
    assert first.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
    assert (first["check_name"], first["severity"], first["location"]) == (
        "K404",
        "minor",
        {"path": "content/a.yml", "lines": {"begin": 1}},
    )
    assert second["severity"] == "major" and "tidak ada di kalender (misalnya" in second["description"]
    assert json.loads(print_gitlab([], "id")) == []


@pytest.mark.parametrize("number", [2, 50])
def test_fingerprints_of_gitlab_differ_and_outlive_a_moved_line(number: int) -> None:
    before = [problem("content/a.yml", line, "K207") for line in range(1, number + 1)]
    after = [problem("content/a.yml", line + 7, "K207") for line in range(1, number + 1)]
    prints = [[row["fingerprint"] for row in json.loads(print_gitlab(some, "id"))] for some in (before, after)]
    assert prints[0] == prints[1] and len(set(prints[0])) == number
    assert all(re.fullmatch(r"[0-9a-f]{32}", one) for one in prints[0])


def test_gitlab_takes_a_name_that_is_no_text() -> None:
    [row] = json.loads(print_gitlab([hostile("content/\udcff.yml")], "id"))
    assert row["location"]["path"] == "content/\\udcff.yml" and "\x1b" not in row["description"]
