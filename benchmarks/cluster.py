"""Measure two Dask workers on this machine beside two local processes, into benchmarks/cluster.md. From the folder:

python -m benchmarks.cluster [STORIES]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.builds import KBP, RUNS
from benchmarks.corpus import Size, write_corpus
from benchmarks.cost import watched
from benchmarks.measure import made_on, replace_part
from benchmarks.tables import Bar, figure
from kbp_site.content.library import Library
from kbp_site.content.load import load
from kbp_site.pages.plan import plan_pages
from kbp_site.site.build import make_shares
from kbp_site.site.cluster import connected
from kbp_site.site.executors import Processes, Workers
from kbp_site.site.prepare import SiteSettings, write_pages
from kbp_site.site.shares import Share, cut

PAGE = Path(__file__).parent / "cluster.md"
HEADING = "Two workers of a cluster beside two processes"
STORIES, WORKERS, PORT = 1000, 2, 18786
DAY = date(2026, 11, 27)
HERE, THERE = "two local processes", "two Dask workers"

HOW = (
    "The same made-up stories, in interleaved rounds, medians. The scheduler and its workers run on this machine too,",
    "so that nothing is gained and all that travels is paid. The shares alone are the HTML of all pages, without what",
    "a build does before and after them. Seconds of processors are those of all processes together, the scheduler and",
    "its workers too: what else the machine does changes them less.",
)


@dataclass(frozen=True)
class Spent:
    """Seconds of the clock, and of processors."""

    clock: float
    processor: float


Found = Mapping[str, Sequence[Spent]]
"""What each round took, here and there."""


@contextmanager
def dask() -> Iterator[tuple[str, Sequence[int]]]:
    """Run a scheduler with workers, and give its address and their processes."""
    program, address = str(Path(sys.executable).parent / "dask"), f"127.0.0.1:{PORT}"
    quiet = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")
    worker = [program, "worker", f"tcp://{address}", "--nthreads", "1", "--no-nanny", *quiet]
    commands = [[program, "scheduler", "--host", "127.0.0.1", "--port", str(PORT), *quiet], *[worker] * WORKERS]
    running = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for command in commands]
    try:
        yield address, [process.pid for process in running]
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait()


def processor(processes: Iterable[int]) -> float:
    """Return the seconds of processors that we and our ended children have used, and those of other processes."""
    ticks = (Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13] for process in processes)
    others = sum(int(tick) for both in ticks for tick in both) / os.sysconf("SC_CLK_TCK")
    return sum(os.times()[:4]) + others


def measure(works: Mapping[str, Callable[[], object]], processes: Sequence[int]) -> Found:
    """Do all works, then all again, and return what each round took."""
    found: dict[str, list[Spent]] = {name: [] for name in works}
    for _ in range(RUNS):
        for name, work in works.items():
            clock, used = perf_counter(), processor(processes)
            work()
            found[name].append(Spent(perf_counter() - clock, processor(processes) - used))
            print(f"{name}: {found[name][-1]}", file=sys.stderr, flush=True)
    return found


def library_of(root: Path) -> Library:
    """Return what a site knows; raises `RuntimeError` where it cannot be read."""
    library = load(root, today=DAY, jobs=WORKERS).library
    if library is None:
        raise RuntimeError(f"{root} cannot be read")
    return library


def plan(library: Library, root: Path, kept: Path) -> Sequence[Share]:
    """Return the shares of a site for so many workers."""
    pages = plan_pages(library)
    files = write_pages(library, pages, kept)
    return cut(SiteSettings.of(library, pages, root / "docs"), files, jobs=WORKERS)


def measure_shares(root: Path, address: str, processes: Sequence[int]) -> Found:
    """Measure the shares alone; raises `RuntimeError` when not all workers came."""
    shares, out = plan(library_of(root), root, root / "simpanan"), root / "hasil"

    def make(workers: Workers) -> None:
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        make_shares(root / "mkdocs.yml", shares, out, workers)

    with connected(address) as cluster:
        if cluster.count != WORKERS:
            raise RuntimeError(f"{cluster.count} workers came")
        return measure({HERE: partial(make, Processes(WORKERS)), THERE: partial(make, cluster)}, processes)


def measure_builds(root: Path, address: str, processes: Sequence[int]) -> Found:
    """Measure whole builds."""
    command = [*KBP, "build", "--full", "--jobs", str(WORKERS), "--today", DAY.isoformat()]
    there = [*command, "--executor", f"dask://{address}"]
    return measure({HERE: partial(watched, command, cwd=root), THERE: partial(watched, there, cwd=root)}, processes)


def table(shares: Found, builds: Found) -> Iterator[str]:
    """Yield the tables of what was measured and what was promised."""
    bars = []
    yield f"| what | {HERE} | {THERE} | × |"
    yield "|---|---|---|---|"
    for what, found in (("the shares alone", shares), ("kbp build, nothing kept", builds)):
        for unit in ("clock", "processor"):
            here, there = (median(getattr(spent, unit) for spent in found[name]) for name in (HERE, THERE))
            yield f"| {what}, seconds of the {unit} | {figure(here)} | {figure(there)} | {figure(there / here)} |"
            if unit == "clock":
                bars.append(Bar(what, 1.3, "×", there / here))
    yield from ("", "| what | bar | measured | |", "|---|---|---|---|", *(bar.row() for bar in bars))


def main() -> None:
    """Measure as many stories as the command line says, and write the page."""
    stories = int(sys.argv[1]) if len(sys.argv) > 1 else STORIES
    head = list(made_on("python -m benchmarks.cluster"))
    with tempfile.TemporaryDirectory(prefix="kbp-bench-") as name, dask() as (address, processes):
        root = Path(name)
        write_corpus(root, Size(stories))
        shares = measure_shares(root, address, processes)
        builds = measure_builds(root, address, processes)
    lines = [*head, *HOW, "", f"{stories:,} stories, {RUNS} rounds:", "", *table(shares, builds)]
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    PAGE.write_text(replace_part(before, HEADING, lines), encoding="utf-8")


if __name__ == "__main__":
    main()
