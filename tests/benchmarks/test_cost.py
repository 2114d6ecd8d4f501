"""What a command costs, as seen from outside."""

from __future__ import annotations

import sys

import pytest

from benchmarks.cost import watched

EATS = "import time; end = time.process_time() + 0.2\nwhile time.process_time() < end: pass"
TWO = (
    "import subprocess, sys, time; kept = bytearray(b'x') * 60_000_000\n"
    "subprocess.run([sys.executable, '-c', 'import time; kept = bytearray(b\"x\") * 60_000_000; time.sleep(2)'])"
)


def test_a_command_and_what_it_starts_are_counted() -> None:
    cost = watched([sys.executable, "-c", TWO])
    assert cost.seconds >= 2 and 0 < cost.processor < cost.seconds
    assert 60 < cost.largest < 110 < cost.together < 220


def test_time_of_processors_counts() -> None:
    assert 0.2 <= watched([sys.executable, "-c", EATS]).processor < 2


def test_a_command_that_fails_is_told_in_its_own_words() -> None:
    with pytest.raises(RuntimeError, match="so sad"):
        watched([sys.executable, "-c", "raise SystemExit('so sad')"])
