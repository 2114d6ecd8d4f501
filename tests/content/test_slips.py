"""Slips that people really make: told where they are, in words that can be typed, and mended where that is sure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kbp_site.content.changes import apply_edits, changed_line
from kbp_site.content.load import load
from kbp_site.content.problems import Problem
from kbp_site.content.rows import quoted, row_of, without_curly
from kbp_site.content.source import parse
from kbp_site.editing.mend import mend

SLIPS = sorted((Path(__file__).parents[1] / "cases" / "slips").glob("*.yml"))
TODAY = date(2026, 11, 23)
WriteSite = Callable[..., Path]

every_slip = pytest.mark.parametrize("path", SLIPS, ids=lambda path: path.stem)


def read_slip(path: Path) -> dict[str, Any]:
    """Return a slip: a file, its problems, and whether it is mended or what a person types."""
    slip: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return slip


def test_there_are_more_than_forty_slips_and_most_are_mended() -> None:
    assert len(SLIPS) >= 40
    assert sum(read_slip(path)["mends"] for path in SLIPS) >= 40


@every_slip
def test_what_mends_a_slip_makes_its_file_pass(path: Path, write_site: WriteSite) -> None:
    slip = read_slip(path)
    root = write_site(slip["files"])
    mended = mend(root, today=TODAY)
    assert bool(mended.after) is slip["mends"]
    if slip["mends"]:
        assert not mended.loaded.problems
        assert mended.after.keys() <= slip["files"].keys()
        for name, data in mended.after.items():
            (root / name).write_bytes(data)
        assert not load(root, today=TODAY).problems and not mend(root, today=TODAY).after


@every_slip
def test_what_a_hint_says_makes_the_file_pass_when_it_is_typed(path: Path, write_site: WriteSite) -> None:
    slip = read_slip(path)
    assert bool(slip.get("typed")) is not slip["mends"]
    root = write_site(slip["files"])
    hints = " ".join(problem.hint.say("id") for problem in load(root, today=TODAY).problems if problem.hint)
    for words in slip.get("says", ()):
        assert words in hints
    if slip["mends"]:
        return
    file = root / next(iter(slip["files"]))
    lines = file.read_text(encoding="utf-8").split("\n")
    typed = [slip["typed"].get(number, line) for number, line in enumerate(lines, 1)]
    file.write_text("\n".join(line for line in typed if line is not None), encoding="utf-8")
    assert not load(root, today=TODAY).problems


@every_slip
def test_a_hint_shows_what_its_edit_writes(path: Path, write_site: WriteSite) -> None:
    for problem in load(write_site(read_slip(path)["files"]), today=TODAY).problems:
        written = " ".join(change.text for change in problem.edit)
        if len(problem.edit) == 1 and (words := re.findall(r"\w[\w./:-]*", written)):
            assert problem.hint is not None
            for language in ("id", "en"):
                assert [word for word in words if word not in problem.hint.say(language)] == [], problem.hint


def test_a_slip_far_from_where_yaml_stumbles_is_told_where_it_is() -> None:
    assert places(b"title: A\noutcome:partly\n\n\nsummary: B\n") == [(2, 8)]
    assert places(b"title:A\n# B\n\nsummary: B\n") == [(1, 6)]
    assert places(b'title: "A\nsummary: "B"\n') == [(1, 8)]


@pytest.mark.parametrize(
    "body",
    [
        b"title: &a [*a]\n",
        b"a: [b, {c: d]\n",
        b"title: {A} b\n",
        b'title: "A\\x\' b"\n',
        b"participants:\n  total: 1\n women: 1\n",
        b"process: A.\n\nB c.\nkind: x\n",
        b'title: "A\n\n  b: c\n',
        b'summary: A: "b"\n  c\n',
    ],
)
def test_what_needs_a_person_has_no_edit(body: bytes) -> None:
    source, problems = parse("x.yml", body)
    assert source is None and problems
    assert [problem.edit for problem in problems] == [()]


def places(body: bytes) -> list[tuple[int, int]]:
    """Return where the problems of a file are told."""
    return [(problem.line, problem.column) for problem in parse("x.yml", body)[1]]


WORDS = st.lists(
    st.sampled_from(["title", "outcome", ":", ": ", " ", "  ", "\n", "\n  ", "- ", "–", "“", "”", '"', "'", "A", "é"])
    | st.sampled_from(["=", " = ", "\t", "\u00a0", "[", "]", "#", " # ", "@", "*", "\\", "|", ",", "---", "b c"]),
    max_size=30,
).map("".join)
MARKS = re.compile(r"[\s\"'\\“”„‘’«»–—•·‣*\-:=\],.;\u00a0\u200b]")


@given(WORDS)
@settings(max_examples=600, deadline=None, derandomize=True)
def test_an_edit_changes_marks_and_spaces_and_never_a_word(body: str) -> None:
    data = body.encode()
    for problem in parse("x.yml", data)[1]:
        if problem.edit:
            mended = apply_edits(data, [problem.edit]).decode()
            assert MARKS.sub("", mended) == MARKS.sub("", body)
            assert problem_is_inside(problem, body)


def problem_is_inside(problem: Problem, body: str) -> bool:
    """Whether a problem is told at a place of the text."""
    lines = body.split("\n")
    return problem.line <= len(lines) and problem.column <= len(lines[problem.line - 1]) + 1


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=40))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_quoted_text_is_read_back_as_it_was(value: str) -> None:
    value = value.strip() or "x"
    source, problems = parse("x.yml", f"title: {quoted(value)}\n".encode())
    assert source is not None and not problems
    assert source.values["title"] == unicodedata.normalize("NFC", value)


@pytest.mark.parametrize(
    ("line", "name", "column", "value"),
    [
        ("title: A b  # c", "title", 8, "A b"),
        ("  - title: A", "title", 12, "A"),
        ("  - A: b", "A", 8, "b"),
        ("  - Langkah satu: b", "", 5, "Langkah satu: b"),
        ("process:", "process", 9, ""),
        ('title: "A # b"', "title", 8, '"A # b"'),
    ],
)
def test_a_row_knows_its_value(line: str, name: str, column: int, value: str) -> None:
    row = row_of(line)
    assert (row.name, row.column, row.value) == (name, column, value)


def test_curly_marks_come_off_in_pairs() -> None:
    assert [without_curly(value) for value in ("“a”", "„a“", "‘a’", "“a", "a”", "“", "a")] == [
        "a",
        "„a“",
        "a",
        "“a",
        "a”",
        "“",
        "a",
    ]


def test_a_changed_line_is_shown_alone() -> None:
    problem = parse("x.yml", b"title: A\noutcome:partly\n")[1][0]
    assert changed_line("outcome:partly", 2, problem.edit) == "outcome: partly"
