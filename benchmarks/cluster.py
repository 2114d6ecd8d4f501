"""Measure two Dask workers on this machine beside two local processes, into benchmarks/cluster.md. From the folder:

python -m benchmarks.cluster [STORIES]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.builds import KBP, RUNS, Measure, Step, measure_in_rounds
from benchmarks.corpus import Size, write_corpus
from benchmarks.measure import made_on, replace_part
from benchmarks.tables import Bar, figure
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
    "a build does before and after them.",
)


@contextmanager
def dask() -> Iterator[str]:
    """Run a scheduler with workers, and give its address."""
    program, address = str(Path(sys.executable).parent / "dask"), f"127.0.0.1:{PORT}"
    quiet = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")
    worker = [program, "worker", f"tcp://{address}", "--nthreads", "1", *quiet]
    commands = [[program, "scheduler", "--host", "127.0.0.1", "--port", str(PORT), *quiet], *[worker] * WORKERS]
    running = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for command in commands]
    try:
        yield address
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait()


def plan(root: Path, kept: Path) -> Sequence[Share]:
    """Return the shares of a site for so many workers."""
    library = load(root, today=DAY).library
    if library is None:
        raise RuntimeError(f"{root} cannot be read")
    pages = plan_pages(library)
    files = write_pages(library, pages, kept)
    return cut(SiteSettings.of(library, pages, root / "docs"), files, jobs=WORKERS)


def seconds_of_shares(root: Path, address: str) -> dict[str, float]:
    """Return how long the shares alone take."""
    shares, out = plan(root, root / "simpanan"), root / "hasil"
    found: dict[str, list[float]] = {HERE: [], THERE: []}
    with connected(address) as cluster:
        if cluster.count != WORKERS:
            raise RuntimeError(f"{cluster.count} workers came")
        makers: dict[str, Workers] = {HERE: Processes(WORKERS), THERE: cluster}
        for _ in range(RUNS):
            for name, workers in makers.items():
                shutil.rmtree(out, ignore_errors=True)
                out.mkdir()
                began = perf_counter()
                make_shares(root / "mkdocs.yml", shares, out, workers)
                found[name].append(perf_counter() - began)
    return {name: median(seconds) for name, seconds in found.items()}


def builds(root: Path, address: str, stories: int) -> list[Measure]:
    """Measure whole builds."""
    command = [*KBP, "build", "--full", "--jobs", str(WORKERS), "--today", DAY.isoformat()]
    steps = [Step(HERE, command, root), Step(THERE, [*command, "--executor", f"dask://{address}"], root)]
    return list(measure_in_rounds([[step] for step in steps], stories, lambda told: print(told, file=sys.stderr)))


def table(shares: dict[str, float], whole: Sequence[Measure]) -> Iterator[str]:
    """Yield the tables of what was measured and what was promised."""
    both = {"the shares alone": shares, "kbp build, nothing kept": {one.what: one.cost.seconds for one in whole}}
    yield f"| what | {HERE}, s | {THERE}, s | × |"
    yield "|---|---|---|---|"
    for what, seconds in both.items():
        ratio = seconds[THERE] / seconds[HERE]
        yield f"| {what} | {figure(seconds[HERE])} | {figure(seconds[THERE])} | {figure(ratio)} |"
    yield from ("", "| what | bar | measured | |", "|---|---|---|---|")
    yield from (Bar(what, 1.3, "×", seconds[THERE] / seconds[HERE]).row() for what, seconds in both.items())


def main() -> None:
    """Measure as many stories as the command line says, and write the page."""
    stories = int(sys.argv[1]) if len(sys.argv) > 1 else STORIES
    head = list(made_on("python -m benchmarks.cluster"))
    with tempfile.TemporaryDirectory(prefix="kbp-bench-") as name, dask() as address:
        root = Path(name)
        write_corpus(root, Size(stories))
        shares = seconds_of_shares(root, address)
        whole = builds(root, address, stories)
    lines = [*head, *HOW, "", f"{stories:,} stories, {RUNS} rounds:", "", *table(shares, whole)]
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    PAGE.write_text(replace_part(before, HEADING, lines), encoding="utf-8")


if __name__ == "__main__":
    main()
