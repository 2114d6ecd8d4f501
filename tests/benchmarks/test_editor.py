"""The benchmark of an editor's waits runs, on sites that are small enough for a test."""

from __future__ import annotations

import re

import pytest

from benchmarks import editor


def test_every_wait_is_measured_beside_its_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, small in (("CHECKED", 12), ("PREVIEWED", 12), ("RUNS", 1), ("SETTLED", 0)):
        monkeypatch.setattr(editor, name, small)
    rows = [line for line in editor.measure_editor() if line.startswith("| kbp")]
    assert [row.split(" | ")[-1] for row in rows] == ["6 |", "1.5 |", "1 |", "1 |"]
    assert all(re.search(r"\| (?:\*\*)?\d+\.\d\d(?:\*\*)? \|", row) for row in rows)


@pytest.mark.parametrize(("seconds", "shown"), [(0.5, "0.50"), (1.0, "1.00"), (1.004, "**1.00**")])
def test_a_figure_that_misses_its_bar_is_bold(seconds: float, shown: str) -> None:
    assert editor._figure(seconds, 1) == shown
