"""Workers of a cluster beside local processes: how many times as long they take, and whether that holds the bar."""

from __future__ import annotations

import os

from benchmarks.cluster import HERE, THERE, Spent, measure, processor, table


def test_each_is_told_as_a_ratio_and_judged() -> None:
    shares = {HERE: [Spent(2, 4), Spent(9, 9), Spent(1, 1)], THERE: [Spent(2.5, 5)]}
    rows = list(table(shares, {HERE: [Spent(10, 20)], THERE: [Spent(14, 20)]}))
    assert "| the shares alone, seconds of the clock | 2.00 | 2.50 | 1.25 |" in rows
    assert "| the shares alone | at most 1.3 × | 1.25 × | holds |" in rows
    assert "| kbp build, nothing kept | at most 1.3 × | 1.40 × | **misses** |" in rows
    assert "| kbp build, nothing kept, seconds of the processor | 20.0 | 20.0 | 1.00 |" in rows


def test_rounds_are_interleaved() -> None:
    done: list[str] = []
    found = measure({HERE: lambda: done.append("here"), THERE: lambda: done.append("there")}, [])
    assert done == ["here", "there"] * 3 and [len(rounds) for rounds in found.values()] == [3, 3]


def test_the_processors_of_other_processes_are_counted() -> None:
    own = processor([])
    assert 0 < own < processor([os.getpid()])
