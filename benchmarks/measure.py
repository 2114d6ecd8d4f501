"""Measure builds of made-up sites as whole processes (wall time, largest process), editors' waits and readers' pages.

Figures of builds depend on the machine; what counts are ratios within one run. From the project's folder:

    make bench                                       # 1,000 stories, into benchmarks/results.md
    python -m benchmarks.measure 1000 10000
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from benchmarks.corpus import Size, write_corpus
from benchmarks.editor import measure_editor
from benchmarks.reader import measure_reader

RESULTS = Path(__file__).parent / "results.md"
RUNS = 3


@dataclass(frozen=True)
class Measure:
    """One command on one site: the median of `RUNS` runs in seconds, and the largest process in MB."""

    what: str
    stories: int
    seconds: float
    megabytes: float


def measure(what: str, command: Sequence[str], stories: int) -> Measure:
    """Run a command several times in processes of its own; raises when one fails."""
    runs = sorted(timed(command) for _ in range(RUNS))
    return Measure(what, stories, runs[len(runs) // 2][0], max(megabytes for _, megabytes in runs))


def timed(command: Sequence[str]) -> tuple[float, float]:
    """Return wall seconds and the peak memory (MB) of the largest process that a command starts.

    Each run is watched by a small Python process, because the system's count of children never falls.
    """
    began = perf_counter()
    watcher = [sys.executable, "-c", WATCHER, *command]
    done = subprocess.run(watcher, capture_output=True, text=True, check=True, env={**os.environ, **QUIET})
    return perf_counter() - began, int(done.stdout.split()[-1]) / 1024


QUIET = {"NO_MKDOCS_2_WARNING": "1"}
WATCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def measures(sizes: Sequence[int]) -> Iterator[Measure]:
    """Yield the measures of every size: check, build with one worker and with all, plain MkDocs."""
    kbp = [sys.executable, "-m", "kbp_site"]
    for stories in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root, out = Path(folder) / "root", Path(folder) / "out"
            write_corpus(root, Size(stories))
            site = [*kbp, "--root", str(root)]
            yield measure("kbp check", [*site, "check"], stories)
            yield measure("kbp build --jobs 1", [*site, "build", "--jobs", "1", "--out", str(out)], stories)
            yield measure("kbp build", [*site, "build", "--out", str(out)], stories)
            settings = str(root / "mkdocs.yml")
            plain = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", settings, "-d", str(Path(folder) / "plain")]
            yield measure("mkdocs build", plain, stories)


def report(found: Sequence[Measure], editor: Iterable[str], reader: Iterable[str]) -> str:
    """Return the tables that are kept beside this module; the lines of the second and third part are given."""
    cores = os.cpu_count()
    memory = resource.getpagesize() * os.sysconf("SC_PHYS_PAGES") // 1024**3
    rows = [f"| {m.what} | {m.stories:,} | {m.seconds:.1f} | {m.megabytes:.0f} |" for m in found]
    return "\n".join(
        [
            "# Results",
            "",
            f"Made by `make bench` on {date.today().isoformat()} with Python {platform.python_version()}, on",
            f"{cores} cores and {memory} GB ({processor()}). The machine was shared.",
            "",
            "## Builds of made-up sites",
            "",
            f"Whole processes, median of {RUNS} runs; the largest process of all counts for memory. Ratios count,",
            "single figures do not.",
            "",
            "| command | stories | seconds | MB |",
            "|---|---|---|---|",
            *rows,
            "",
            "## What an editor waits for",
            "",
            *editor,
            "",
            "## What a reader's phone gets",
            "",
            "The real content, built with the address that it was served at.",
            "",
            *reader,
            "",
        ]
    )


def processor() -> str:
    """Return the processor's name, as far as the system tells it."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        told = []
    names = (line.partition(":")[2].strip() for line in told if line.startswith("model name"))
    return next(names, platform.machine())


def main() -> None:
    """Measure the sizes that are named, what editors wait for, and the reader's pages, and keep the tables."""
    sizes = [int(word) for word in sys.argv[1:]] or [1000]
    written = report(list(measures(sizes)), measure_editor(), measure_reader())
    RESULTS.write_text(written, encoding="utf-8")
    sys.stdout.write(written)


if __name__ == "__main__":
    main()
