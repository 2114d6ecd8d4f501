"""Run a command and tell what it cost, as one line of JSON (Linux only): python -m benchmarks.cost COMMAND …

It is a small process of its own, because the system's count of finished children never falls, and because a child's
largest memory begins with that of the process that started it.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

EVERY, REST = 0.1, 50
"""Seconds between two looks at the memory of all processes; a look that takes longer is followed by a longer rest."""

KIB = 1024 / 10**6
"""The system counts memory in kibibytes; we tell megabytes."""

AROUND = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""}
"""The variables of what is measured: Python keeps what it compiles, as it does for users, whatever our shell says."""


@dataclass(frozen=True)
class Cost:
    """What a command cost: seconds of the clock and of processors, MB of its largest process and of all together.

    The largest process is counted by the system (resident); all together are sampled, with what processes share counted
    once (proportional set size).
    """

    seconds: float
    processor: float
    largest: float
    together: float


def watched(command: Sequence[str], *, cwd: Path | None = None) -> Cost:
    """Return what a command costs that is run beside; raises `RuntimeError` with its last words when it fails."""
    watcher = [sys.executable, "-m", "benchmarks.cost", *command]
    env = {**AROUND, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    done = subprocess.run(watcher, cwd=cwd, env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr}")
    return Cost(**json.loads(done.stdout))


def watch(command: Sequence[str]) -> Cost:
    """Run a command in a session of its own; raises `RuntimeError` when it fails."""
    with tempfile.TemporaryFile() as words:
        began, together, pause = perf_counter(), 0, EVERY
        process = subprocess.Popen(command, stdout=words, stderr=words, start_new_session=True)
        handle = os.pidfd_open(process.pid)
        try:
            while not select.select([handle], [], [], pause)[0]:
                looked = perf_counter()
                together = max(together, sum(proportional(family(process.pid))))
                pause = max(EVERY, REST * (perf_counter() - looked))
        except KeyboardInterrupt:
            os.killpg(process.pid, signal.SIGTERM)  # a session of its own hears of no Ctrl+C
            raise
        process.wait()
        seconds = perf_counter() - began
        if process.returncode:
            words.seek(0)
            raise RuntimeError(words.read()[-2000:].decode(errors="replace"))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    largest = used.ru_maxrss
    return Cost(seconds, used.ru_utime + used.ru_stime, largest * KIB, max(largest, together) * KIB)


def family(process: int) -> Iterator[int]:
    """Yield a process and all that it started, as far as they still run."""
    yield process
    with suppress(OSError):  # one may end while it is looked at
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from family(int(child))


def proportional(processes: Iterator[int]) -> Iterator[int]:
    """Yield the kibibytes of memory of each process, a part of what it shares with others."""
    for process in processes:
        with suppress(OSError):
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            yield from (int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    try:
        sys.stdout.write(json.dumps(asdict(watch(sys.argv[1:]))))
    except RuntimeError as error:
        sys.exit(str(error))
