"""What is made to break a reader gives its codes in time and memory: every input of `hostile.py`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import process_time

import pytest
from hostile import GROUPS
from running import run

SECONDS, MEGABYTES = 2, 256
"""What one input may take: processor time on a machine of the usual pace, and memory beside the program's own."""

USUAL = 0.25
"""Seconds of processor that `pace` counts for on the machine where the limits were set; others take twice that."""

PARTS = 2
"""How many tests share a group's inputs."""


def pace() -> float:
    """Return how many times as long as usual this machine takes now; at least 1."""
    began = process_time()
    assert sum(number * number for number in range(3_000_000)) > 0
    return max(1.0, (process_time() - began) / USUAL)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("group", GROUPS)
def test_every_input_gives_its_codes_in_time_and_memory(group: str, part: int) -> None:
    program = Path(__file__).with_name("hostile.py")
    before = pace()
    done = run(sys.executable, program, group, str(part), str(PARTS))
    allowed = SECONDS * max(before, pace())
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    expected = [*GROUPS[group].items()][part::PARTS]
    assert [(row["name"], row["ended"], row.get("codes")) for row in told] == [
        (name, 0, sorted(hostile.codes.split())) for name, hostile in expected
    ]
    assert [row for row in told if row["seconds"] >= allowed or row["megabytes"] >= MEGABYTES] == []
