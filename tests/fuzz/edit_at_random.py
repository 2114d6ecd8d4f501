"""Edits a site at random and builds it in place each time, against builds from nothing: `make edits`.

`EDITS` (200) says after how many edits to end, `SEED` repeats a run; what fails is told by the steps that led to it.
"""

from __future__ import annotations

import os
import random

from edits import Edits
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

STEPS = 25
"""How many edits one site gets, before another begins."""


def main() -> None:
    """Edit until there were enough edits; raises what was found."""
    number = int(os.environ.get("SEED") or random.randrange(2**32))
    wanted = int(os.environ.get("EDITS") or 200)
    options = settings(
        # The first example of Hypothesis is always its simplest: it comes beside those that are counted on.
        max_examples=1 + -(-wanted // STEPS),
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    print(f"seed {number}", flush=True)
    try:
        run_state_machine_as_test(seed(number)(Edits), settings=options)
    finally:
        print(f"{Edits.edits} edits, {Edits.comparisons} comparisons with a build from nothing", flush=True)


if __name__ == "__main__":
    main()
