"""Workers of a cluster beside local processes: how many times as long they take, and whether that holds the bar."""

from __future__ import annotations

from benchmarks.builds import Measure
from benchmarks.cluster import HERE, PAGE, THERE, table
from benchmarks.cost import Cost


def test_each_is_told_as_a_ratio_and_judged() -> None:
    whole = [Measure(what, 10, 3, Cost(seconds, 1, 1, 1)) for what, seconds in ((HERE, 10.0), (THERE, 14.0))]
    rows = list(table({HERE: 2.0, THERE: 2.5}, whole))
    assert "| the shares alone | 2.00 | 2.50 | 1.25 |" in rows
    assert "| the shares alone | at most 1.3 × | 1.25 × | holds |" in rows
    assert "| kbp build, nothing kept | at most 1.3 × | 1.40 × | **misses** |" in rows


def test_what_was_measured_last_holds() -> None:
    measured = PAGE.read_text("utf-8")
    assert measured.count("| holds |") == 2 and "misses" not in measured
