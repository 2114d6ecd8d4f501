"""How problems are printed: for people, as the contract's JSON, and for GitHub and GitLab."""

from __future__ import annotations

import json
import random

import pytest

from kbp_site.content.marks import Mark, problem_at
from kbp_site.content.problems import (
    TEXT_LIMIT,
    ExitCode,
    Fault,
    KbpError,
    Problem,
    Severity,
    counts,
    has_errors,
    print_json,
    print_text,
    printable,
    summary,
)
from kbp_site.locale import text

DATE = problem_at(
    "content/activities/mediasi-blm.yml",
    ["title: Mediasi", "", "", "date: 2026-02-30"],
    Mark(4, 7),
    Fault(
        "K205",
        text('tanggal "{value}" tidak ada di kalender', value="2026-02-30"),
        text("Februari 2026 berakhir pada tanggal 28, misalnya 2026-02-28"),
    ),
    width=10,
)
OLD = Problem("content/a.yml", 1, 1, "K404", text("terjemahan tua"), severity=Severity.WARNING)


def test_the_text_shows_the_line_with_a_caret_and_what_to_type() -> None:
    assert print_text([DATE], "id") == (
        'galat[K205]: tanggal "2026-02-30" tidak ada di kalender\n'
        "  --> content/activities/mediasi-blm.yml:4:7\n"
        "   |\n"
        " 4 | date: 2026-02-30\n"
        "   |       ^^^^^^^^^^\n"
        "   = saran: Februari 2026 berakhir pada tanggal 28, misalnya 2026-02-28\n"
        "\n"
        "Jumlah galat: 1. Jumlah peringatan: 0."
    )


def test_a_problem_without_line_or_hint_is_two_lines() -> None:
    assert print_text([OLD], "id").split("\n") == [
        "peringatan[K404]: terjemahan tua",
        "  --> content/a.yml:1:1",
        "",
        "Jumlah galat: 0. Jumlah peringatan: 1.",
    ]


def test_nothing_wrong_is_said_too() -> None:
    assert print_text([], "id") == "Isi situs dalam keadaan baik: tidak ada masalah."


def test_the_json_is_the_object_of_the_contract() -> None:
    assert json.loads(print_json([DATE, OLD], "id")) == {
        "version": 1,
        "problems": [
            {
                "code": "K404",
                "severity": "warning",
                "path": "content/a.yml",
                "line": 1,
                "column": 1,
                "message": "terjemahan tua",
                "hint": "",
            },
            {
                "code": "K205",
                "severity": "error",
                "path": "content/activities/mediasi-blm.yml",
                "line": 4,
                "column": 7,
                "message": 'tanggal "2026-02-30" tidak ada di kalender',
                "hint": "Februari 2026 berakhir pada tanggal 28, misalnya 2026-02-28",
            },
        ],
        "counts": {"error": 1, "warning": 1},
    }
    assert json.loads(print_json([], "id")) == {"version": 1, "problems": [], "counts": {"error": 0, "warning": 0}}


def test_problems_come_by_path_line_column_and_code() -> None:
    places = [
        ("a", 1, 1, "K101"),
        ("a", 1, 1, "K205"),
        ("a", 1, 2, "K101"),
        ("a", 2, 1, "K101"),
        ("a", 10, 1, "K101"),
        ("b", 1, 1, "K101"),
    ]
    problems = [Problem(*place, text("x")) for place in places]
    shuffled = random.Random(1).sample(problems, len(problems))
    rows = json.loads(print_json(shuffled, "id"))["problems"]
    assert [(row["path"], row["line"], row["column"], row["code"]) for row in rows] == places
    assert [line for line in print_text(shuffled, "id").split("\n") if "-->" in line] == [
        f"  --> {path}:{line}:{column}" for path, line, column, _ in places
    ]


@pytest.mark.parametrize(("number", "rest"), [(TEXT_LIMIT, None), (TEXT_LIMIT + 1, 1), (10_000, 9_800)])
def test_the_text_shows_200_problems_and_counts_the_rest(number: int, rest: int | None) -> None:
    problems = [Problem("a", line, 1, "K201", text("x")) for line in range(1, number + 1)]
    said = print_text(problems, "id")
    assert said.count("galat[") == 200
    assert (f"… dan {rest} masalah lagi." in said) is (rest is not None)
    assert said.endswith(f"Jumlah galat: {number}. Jumlah peringatan: 0.")
    assert len(json.loads(print_json(problems, "id"))["problems"]) == number


HOSTILE = "x\x1b[31m\u202e\n::error::y\r\x9b\u200b\x07\u2028"


def hostile(**more: str) -> Problem:
    words = {"path": f"content/{HOSTILE}.yml", "excerpt": f"title: {HOSTILE}", **more}
    return Problem(
        words["path"],
        1,
        8,
        "K201",
        text("kolom {name}", name=HOSTILE),
        text("hapus {name}", name=HOSTILE),
        excerpt=words["excerpt"],
        width=5,
    )


def test_nothing_in_the_text_steers_a_terminal() -> None:
    said = print_text([hostile()], "id")
    assert all(char.isprintable() for line in said.split("\n") for char in line)
    assert len(said.split("\n")) == 8
    assert "\\x1b[31m\\u202e\\n::error::y\\r\\x9b\\u200b\\x07\\u2028" in said


@pytest.mark.parametrize("column", [1, 30, 49, 50, 51, 200, 5_000])
@pytest.mark.parametrize("char", ["a", "\u202e", "\x1b"])
def test_a_long_line_is_cut_around_the_fault(column: int, char: str) -> None:
    excerpt = char * (column - 1) + "SALAH" + char * 60_000
    said = print_text([Problem("a", 1, column, "K201", text("x"), excerpt=excerpt, width=5)], "id").split("\n")
    assert len(said[3]) < 700 and len(said[4]) < 700
    assert said[3][said[4].index("^")] == "S"


def test_a_caret_never_reaches_past_the_line() -> None:
    said = print_text([Problem("a", 1, 7, "K201", text("x"), excerpt="title: x", width=500)], "id").split("\n")
    assert said[4] == "   |       ^^"
    beyond = print_text([Problem("a", 1, 9, "K201", text("x"), excerpt="title: x", width=5)], "id").split("\n")
    assert beyond[4] == "   |         ^"


def test_printable_leaves_letters_of_all_scripts() -> None:
    assert printable("é ꦲ ع 🎪") == "é ꦲ ع 🎪"
    assert printable("\udcff") == "\\udcff"


def test_warnings_stop_nothing() -> None:
    assert not has_errors([OLD]) and has_errors([OLD, DATE])
    assert counts([OLD, DATE, DATE]) == {"error": 2, "warning": 1}
    assert summary([OLD]).say("id") == "Jumlah galat: 0. Jumlah peringatan: 1."


def test_a_place_past_the_last_line_has_no_excerpt() -> None:
    problem = problem_at("a", ["x"], Mark(2, 1), Fault("K104", text("x")))
    assert (problem.excerpt, problem.width) == ("", 1)


def test_an_operators_mistake_has_words_and_an_exit_code() -> None:
    error = KbpError(text("tidak ada {what}", what="apa-apa"), exit_code=ExitCode.SYSTEM)
    assert (str(error), error.exit_code, error.message.say("id")) == ("tidak ada apa-apa", 3, "tidak ada apa-apa")
    assert KbpError(text("x")).exit_code == 2
