"""What is made to break a reader gives its codes in time and memory: every input of `hostile.py`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hostile import GROUPS
from running import run

SECONDS, MEGABYTES = 2, 256
"""What one input may take: processor time, and memory beside the program's own."""

PARTS = 2
"""How many tests share a group's inputs."""


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("group", GROUPS)
def test_every_input_gives_its_codes_in_time_and_memory(group: str, part: int) -> None:
    program = Path(__file__).with_name("hostile.py")
    done = run(sys.executable, program, group, str(part), str(PARTS))
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    expected = [*GROUPS[group].items()][part::PARTS]
    assert [(row["name"], row["ended"], row.get("codes")) for row in told] == [
        (name, 0, sorted(hostile.codes.split())) for name, hostile in expected
    ]
    assert [row for row in told if row["seconds"] >= SECONDS or row["megabytes"] >= MEGABYTES] == []
