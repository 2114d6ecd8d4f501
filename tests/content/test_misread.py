"""What YAML reads otherwise than it is meant is told; what is meant so passes."""

from __future__ import annotations

import pytest

from kbp_site.content.source import parse


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("a:\n- x\n  - y\n", [(3, 3)]),
        ("a:\n  - x\n    y\n     - z\n", [(4, 6)]),
        ("a:\n  - x\n   - y\n    - z\n", [(3, 4)]),
        ("\u00a0a: x\n", [(1, 1)]),
        ("a:\n  - x\n    -\n", [(3, 5)]),
        # Wrapped items, dashes within a line, and all that stands in quotation marks or behind a bar.
        ("a:\n- x\n  y - z\n", []),
        ("a:\n- x\n  -y\n", []),
        ('a:\n- "x\n  - y"\n', []),
        ("a:\n- |\n  x\n  - y\n", []),
        ("a: x\n  - y\n", []),
        ("a: [x\n - y]\n", []),
    ],
)
def test_what_is_read_otherwise_than_it_is_meant(written: str, told: list[tuple[int, int]]) -> None:
    _, problems = parse("x.yml", written.encode())
    found = [(problem.line, problem.column) for problem in problems if problem.code == "K104"]
    assert found == told


def test_what_may_be_a_span_is_left_to_a_person() -> None:
    _, [problem] = parse("x.yml", b"a:\n  - pukul 10\n    - 12 di balai\n")
    assert problem.code == "K104" and problem.edit == ()


def test_a_group_of_fields_of_which_one_lacks_its_colon_is_no_text() -> None:
    _, [problem] = parse("x.yml", b"contact:\n  office Kantor\n  email: kantor@contoh.id\n")
    assert problem.code == "K104" and problem.edit == () and "|" not in problem.hint.say("id")


def test_a_bar_is_put_before_a_comment() -> None:
    _, [problem] = parse("x.yml", b"process:  # isi\n  Warga datang.\n  Hasilnya: baik.\n")
    assert [(change.line, change.column, change.text) for change in problem.edit] == [(1, 9, " |")]


def test_all_items_below_are_mended_at_once() -> None:
    _, [problem] = parse("x.yml", b"a:\n  - x\n   - y\n    - z\n")
    assert [(change.line, change.width) for change in problem.edit] == [(3, 1), (4, 2)]
