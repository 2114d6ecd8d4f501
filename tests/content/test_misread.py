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


def test_all_items_below_are_mended_at_once() -> None:
    _, [problem] = parse("x.yml", b"a:\n  - x\n   - y\n    - z\n")
    assert [(change.line, change.width) for change in problem.edit] == [(3, 1), (4, 2)]
