"""The tables of the builds that were measured, each beside Hugo's of the same size in the same run, and their bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.builds import COLD, EDIT, ELEVENTY, HUGO, LONG, MKDOCS_LIMIT, PUBLISH, RUNS, SAME, Measure

IN_SHORT = (HUGO, ELEVENTY, COLD, PUBLISH, SAME)
BARRED, LARGE = 10_000, 100_000
"""The size that the bars name, and the one to which a site may grow."""

Found = dict[tuple[str, int], Measure]


@dataclass(frozen=True)
class Bar:
    """What was promised: a figure with its unit, how much it may be, and what it is; ``None`` when not measured."""

    what: str
    limit: float
    unit: str
    is_: float | None

    def row(self) -> str:
        """Return its line in the table."""
        told = "not measured" if self.is_ is None else f"{figure(self.is_)} {self.unit}"
        verdict = "" if self.is_ is None else "holds" if self.is_ <= self.limit else "**misses**"
        return f"| {self.what} | at most {self.limit:g} {self.unit} | {told} | {verdict} |"


def report_builds(measures: Sequence[Measure]) -> Iterator[str]:
    """Yield the lines of the part on builds."""
    found = {(measure.what, measure.stories): measure for measure in measures}
    yield f"Whole processes in interleaved rounds, medians of {RUNS} runs (one where a run took over {LONG} s). Beside"
    yield "Hugo's of the same size in the same run ratios count, single figures do not. The largest process: what the"
    yield "system counted as resident; all processes: sampled, what they share counted once (PSS). Pages and MB: what"
    yield "was made; KBP Site's is everything: listings, facets, search, feeds, open data, and the gate's judgement."
    yield "The bare layouts are in `hugo/` and `eleventy/`: a page for each story, lists of 20, tags. MkDocs with"
    yield "Material names every page in every page's navigation, so its time is quadratic: it is measured up to"
    yield f"{MKDOCS_LIMIT:,} stories."
    yield ""
    yield "![Seconds of each by the number of stories](results.svg)"
    yield from ("", "### In short", "", *in_short(found))
    for size in sorted({measure.stories for measure in measures}):
        yield from ("", f"### {size:,} stories", "", *report_size(found, size))
    yield from ("", "### Bars", "", *report_bars(found))
    yield from (
        "",
        "What `kbp check` takes for 10,000 records (these stories are more), and a preview to show an edit, stands",
        "under “What an editor waits for”; what workers of a cluster cost beside local processes, in",
        "[cluster.md](cluster.md).",
    )


def in_short(found: Found) -> Iterator[str]:
    """Yield the table that README.md shows: a few rows, of the size that the bars name (or the largest there is)."""
    sizes = {size for _, size in found}
    size = BARRED if BARRED in sizes else max(sizes)
    yield f"| {size:,} stories | seconds | × Hugo | largest process, MB |"
    yield "|---|---|---|---|"
    for what in IN_SHORT:
        cost = found[what, size].cost
        yield f"| {what} | {figure(cost.seconds)} | {figure(times(found, what, size))} | {cost.largest:,.0f} |"


def report_size(found: Found, size: int) -> Iterator[str]:
    """Yield the table of one size."""
    yield "| what | runs | seconds | × Hugo | processor, s | largest process, MB | all together, MB | pages | MB made |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for (what, stories), measure in found.items():
        if stories == size:
            cost = measure.cost
            made = f"{measure.pages:,} | {measure.megabytes:.1f}" if measure.pages else "– | –"
            yield (
                f"| {what} | {measure.runs} | {figure(cost.seconds)} | {figure(times(found, what, size))} "
                f"| {figure(cost.processor)} | {cost.largest:,.0f} | {cost.together:,.0f} | {made} |"
            )


def report_bars(found: Found) -> Iterator[str]:
    """Yield the table of what was promised and what is."""
    yield "| what | bar | measured | |"
    yield "|---|---|---|---|"
    yield from (bar.row() for bar in bars(found))


def bars(found: Found) -> Iterator[Bar]:
    """Yield every bar that builds have."""
    at = f", {BARRED:,} stories"
    cold, grown = found.get((COLD, BARRED)), found.get((COLD, LARGE))
    yield Bar(f"{COLD}{at}", 3.0, "× Hugo", ratio(found, COLD))
    yield Bar(f"{COLD}{at}: largest process", 400, "MB", cold.cost.largest if cold else None)
    for what in (PUBLISH, EDIT):
        yield Bar(f"{what}{at}", 0.5, "× Hugo", ratio(found, what))
    same = found.get((SAME, BARRED))
    yield Bar(f"{SAME}{at}", 1.5, "s", same.cost.seconds if same else None)
    both = (cold.cost, grown.cost) if cold and grown else None
    growth = f"growth from {BARRED:,} to {LARGE:,} stories"
    yield Bar(f"{growth}: time", 11, "×", both[1].seconds / both[0].seconds if both else None)
    yield Bar(f"{growth}: largest process", 2, "×", both[1].largest / both[0].largest if both else None)


def ratio(found: Found, what: str) -> float | None:
    """Return how many times as long as Hugo something takes at the size that the bars name."""
    return times(found, what, BARRED) if (what, BARRED) in found else None


def times(found: Found, what: str, size: int) -> float:
    """Return how many times as long as Hugo something takes."""
    return found[what, size].cost.seconds / found[HUGO, size].cost.seconds


def figure(number: float) -> str:
    """Return a figure with two decimals below ten, one below a hundred, and none above."""
    return f"{number:,.{2 if number < 10 else 1 if number < 100 else 0}f}"
