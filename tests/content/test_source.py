"""YAML becomes values with their places; whatever the bytes are, nothing else escapes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kbp_site.content.marks import Mark, Span
from kbp_site.content.problems import Fault, Problem
from kbp_site.content.source import Location, Source, Value, parse
from kbp_site.content.text_files import read_bytes
from kbp_site.locale import text

PATH = "content/topics/x.yml"


def read(written: str) -> Source:
    source, problems = parse(PATH, written.encode())
    assert source is not None and problems == []
    return source


VALUES: list[tuple[str, dict[str, Value]]] = [
    ("a: no", {"a": "no"}),
    ("a: 010", {"a": "010"}),
    ("a: 12:30", {"a": "12:30"}),
    ("a: 1.000", {"a": "1.000"}),
    ("a: 62.03", {"a": "62.03"}),
    ("a: +62812", {"a": "+62812"}),
    ("a: 2026-02-30", {"a": "2026-02-30"}),
    ("a: true", {"a": "true"}),
    ("a: .nan", {"a": ".nan"}),
    ("a: '~'", {"a": "~"}),
    ("a: ~", {"a": None}),
    ("a: null", {"a": None}),
    ("a: 'null'", {"a": "null"}),
    ("a:", {"a": None}),
    ("a: ''", {"a": ""}),
    ("a: [x, 'y', ~]", {"a": ["x", "y", None]}),
    ("a: {b: {c: d}}", {"a": {"b": {"c": "d"}}}),
    ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
    ("a: >\n  x\n  y\n", {"a": "x y\n"}),
    ('a: "x\\ry\\r\\nz"', {"a": "x\ny\nz"}),
    ('a: "e\\u0301"', {"a": "é"}),
    ("a: e\u0301", {"a": "é"}),
    ("a: x # y", {"a": "x"}),
    ("a: x\r\nb: y\rc: z\n", {"a": "x", "b": "y", "c": "z"}),
    ("{}", {}),
]


@pytest.mark.parametrize(("written", "values"), VALUES)
def test_every_scalar_stays_the_text_that_stands_in_the_file(written: str, values: dict[str, Value]) -> None:
    assert read(written).values == values


NESTED = """\
title: Judul 🎪 panjang
group:
  one: satu
  list:
    - kind: a
      what: "dua tiga"
    - {kind: b, what: empat}
flow: [x, [y, z]]
block: |
  baris satu
  baris dua
"""

SPANS: list[tuple[Location, Span]] = [
    (("title",), Span(Mark(1, 1), Mark(1, 8), Mark(1, 23))),
    (("group", "one"), Span(Mark(3, 3), Mark(3, 8), Mark(3, 12))),
    (("group", "list", 0), Span(Mark(5, 7), Mark(5, 7), Mark(7, 5))),
    (("group", "list", 0, "what"), Span(Mark(6, 7), Mark(6, 13), Mark(6, 23))),
    (("group", "list", 1, "what"), Span(Mark(7, 17), Mark(7, 23), Mark(7, 28))),
    (("flow", 1, 0), Span(Mark(8, 12), Mark(8, 12), Mark(8, 13))),
]


@pytest.mark.parametrize(("location", "span"), SPANS)
def test_every_key_and_item_has_its_place(location: Location, span: Span) -> None:
    assert read(NESTED).span(location) == span


@pytest.mark.parametrize(
    ("location", "ancestor"),
    [(("group", "none"), ("group",)), (("flow", 9), ("flow",)), (("group", "list", 0, "x", 3), ("group", "list", 0))],
)
def test_what_is_not_written_stands_at_its_nearest_ancestor(location: Location, ancestor: Location) -> None:
    source = read(NESTED)
    assert source.span(location) == source.span(ancestor)


def test_what_has_no_ancestor_stands_at_the_top() -> None:
    assert read(NESTED).span(("none",)) == Span(Mark(1, 1), Mark(1, 1), Mark(1, 1))


@pytest.mark.parametrize(
    ("location", "needle", "place", "width"),
    [
        (("title",), "panjang", (1, 16), 7),
        (("title",), "", (1, 8), 15),
        (("title",), "tidak ada", (1, 8), 15),
        (("block",), "dua", (11, 9), 3),
        (("block",), "baris", (10, 3), 5),
        (("group", "list", 0, "what"), "tiga", (6, 18), 4),
    ],
)
def test_a_problem_points_at_its_needle(location: Location, needle: str, place: tuple[int, int], width: int) -> None:
    problem = read(NESTED).problem(location, Fault("K207", text("x"), needle=needle))
    assert (problem.line, problem.column, problem.width) == (*place, width)
    assert problem.excerpt == NESTED.split("\n")[place[0] - 1]


def test_a_problem_of_a_key_points_at_the_key() -> None:
    problem = read(NESTED).key_problem(("group", "one"), Fault("K201", text("x")))
    assert (problem.line, problem.column) == (3, 3)


def test_the_first_of_two_equal_keys_counts_with_its_place() -> None:
    source, problems = parse(PATH, b"a: {b: satu}\na: {b: dua, c: tiga}\nd: x\n")
    assert source is not None and [(p.code, p.line, p.column) for p in problems] == [("K105", 2, 1)]
    assert source.values == {"a": {"b": "satu"}, "d": "x"}
    assert source.span(("a", "b")).start == Mark(1, 8)


def test_a_file_that_is_missing_is_the_systems_failure(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_bytes(tmp_path, "x.yml")


def test_bytes_are_read_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes(b"a: \xff\r\n")
    assert read_bytes(tmp_path, "x.yml") == b"a: \xff\r\n"


MARKS = "abc:-?[]{}#&*!|>'\"%@`,~<=\\ \t\n\r0é\u200b\u2028\x85\ufeff\x00"
LINES = st.sampled_from(
    [
        "a: b",
        "a:",
        "  c: [x, y]",
        "  - d: e",
        "- f",
        "a: |",
        "   teks",
        "g: {h: i}",
        "\tj: k",
        "'l': \"m",
        "&n o",
        "<<: p",
    ]
)
YAML_LIKE = st.one_of(st.lists(LINES, max_size=12).map("\n".join), st.text(MARKS, max_size=60)).map(str.encode)


def look_for_faults(data: bytes) -> Source | None:
    """Parse bytes; nothing but a source and problems may come of it, and problems stand inside the file."""
    source, problems = parse(PATH, data)
    assert source is not None or problems
    for problem in problems:
        assert (isinstance(problem, Problem) and problem.code.startswith("K1")) or problem.code == "K201"
        assert 1 <= problem.line <= data.count(b"\n") + data.count(b"\r") + 1
        assert problem.column >= 1 and problem.message.say("id")
    return source


@given(st.one_of(st.binary(max_size=200), YAML_LIKE))
@example(b"[").via("YAML tells the end of a file in a line behind it")
@settings(max_examples=600, deadline=None, derandomize=True)
def test_any_bytes_give_a_source_or_problems(data: bytes) -> None:
    source = look_for_faults(data)
    if source is not None:
        assert all(source.span(location) for location in source.spans)


WORDS = st.text("abcxyzéꦲ🎪 0123456789", min_size=1, max_size=12).map(str.strip).filter(bool)
KEYS = st.text("abcdefgh", min_size=1, max_size=5)
TREES: st.SearchStrategy[object] = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3), st.dictionaries(KEYS, inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


def flow(value: object) -> str:
    """Write a value in YAML's flow style, every text in single quotes."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
    return f"'{value}'"


def leaves(value: object, location: Location = ()) -> list[tuple[Location, str]]:
    match value:
        case dict():
            return [leaf for key, inner in value.items() for leaf in leaves(inner, (*location, key))]
        case list():
            return [leaf for index, inner in enumerate(value) for leaf in leaves(inner, (*location, index))]
    return [(location, str(value))]


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_every_span_points_at_the_text_it_claims(values: dict[str, object]) -> None:
    written = "\n".join(f"{key}: {flow(value)}" for key, value in values.items())
    source, problems = parse(PATH, written.encode())
    assert source is not None and not problems and source.values == values
    for location, said in leaves(values):
        key, start, end = source.span(location)
        line = source.lines[start.line - 1]
        assert line[start.column - 1 : end.column - 1] == f"'{said}'"
        if isinstance(location[-1], str):
            assert source.lines[key.line - 1][key.column - 1 :].startswith(f"{location[-1]}:")
