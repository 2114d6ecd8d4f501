"""What a page costs, and where: 1,000 made-up stories built with cProfile in every process. From the folder:

python -m benchmarks.profile [STORIES]

Seconds are those of processors; waiting costs nothing. The profiler counts each call, which makes small functions look
dearer than they are: the order of the rows and large differences count.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from multiprocessing import util
from pathlib import Path
from time import process_time

from benchmarks.corpus import Size, write_corpus
from benchmarks.measure import made_on, replace_part
from kbp_site.site.build import Order, build

PAGE = Path(__file__).parent / "profile.md"
HEADING = "What a page costs"

GROUPS = {
    "YAML is read into values": r"/yaml/|kbp_site/content/(source|rows|marks|indents)\.py",
    "records are typed": r"/pydantic|kbp_site/content/records/",
    "records are checked and gathered": r"kbp_site/content/",
    "pages are planned": r"kbp_site/pages/.*\.py",
    "pages are written as Markdown and HTML blocks": r"kbp_site/pages/templates/|kbp_site/site/(prepare|cache)\.py",
    "texts are put into a language": r"kbp_site/locale/|/gettext\.py",
    "Python-Markdown makes HTML": r"/markdown/|/pymdownx/|/html/parser\.py|/_markupbase\.py",
    "the theme's templates": r"kbp_site/site/theme/|/material/templates/",
    "Jinja itself": r"/jinja2/|/markupsafe/",
    "MkDocs around them": r"/mkdocs/|/material/|mkdocs_plugin\.py|kbp_site/site/(host|frame)\.py",
    "the gate reads and judges": r"kbp_site/site/(gate|leaks|foreign|readable|withheld|figures)\.py|/selectolax/",
    "the search is indexed": r"kbp_site/(outputs/(search|families|synonyms|plain)|site/search_\w+)\.py|cbor2",
    "pictures, feeds and open data": r"kbp_site/outputs/|/PIL/",
    "the build's own steps": r"kbp_site/",
}
"""Whose a file is, by the first pattern that is found in its path; what fits none is paid by those who call it."""

HOW = (
    "Milliseconds of processors under Python's profiler, all processes together: shares count. What C and the standard",
    "library do is paid by who calls it; Pagefind's program, which is not Python, is not among it.",
)
NOBODY = "what nobody of these calls"
DEPTH = 12
"""Calls of the standard library among itself that are followed up to one of the groups."""

Function = tuple[str, int, str]
Callers = Mapping[Function, tuple[int, int, float, float]]
Stats = Mapping[Function, tuple[int, int, float, float, Callers]]


def profile(stories: int) -> tuple[Mapping[str, float], int]:
    """Build a made-up site and return the seconds of each group in all processes, and the number of pages."""
    with tempfile.TemporaryDirectory() as folder:
        root, kept = Path(folder) / "root", Path(folder) / "kept"
        kept.mkdir()
        write_corpus(root, Size(stories))
        profiles = Profiles(kept)
        with profiles.main:
            built = build(Order(root, root / "site", date.today(), os.cpu_count() or 1), lambda _: None)
        profiles.main.dump_stats(kept / "main")
        spent: defaultdict[str, float] = defaultdict(float)
        for path in kept.iterdir():
            for group, seconds in spend(pstats.Stats(str(path)).stats).items():  # type: ignore[attr-defined]
                spent[group] += seconds
    return spent, built.pages


class Profiles:
    """The profile of this process, and one of each that it forks, which is kept in a folder when that one ends."""

    def __init__(self, kept: Path) -> None:
        self.kept, self.main = kept, cProfile.Profile(process_time)
        util.register_after_fork(self, Profiles.begin)

    def begin(self) -> None:
        """Profile a worker from its first moment."""
        self.main.disable()
        profiler = cProfile.Profile(process_time)
        util.Finalize(None, lambda: profiler.dump_stats(self.kept / str(os.getpid())), exitpriority=0)
        profiler.enable()


def group_of(function: Function) -> str:
    """Return the group whose file a function stands in; nothing for Python's own and those of the standard library."""
    path = function[0].replace(os.sep, "/")
    return next((group for group, pattern in GROUPS.items() if re.search(pattern, path)), "")


def spend(stats: Stats) -> Mapping[str, float]:
    """Return the seconds of each group; what belongs to none is shared among the callers by the time they gave it."""
    payers = find_payers(stats)
    spent: defaultdict[str, float] = defaultdict(float)
    for function, (_, _, own, _, _) in stats.items():
        paid = payers[function]
        for group, share in paid.items():
            spent[group] += own * share
        spent[NOBODY] += own * (1 - sum(paid.values()))
    return spent


def find_payers(stats: Stats) -> Mapping[Function, Mapping[str, float]]:
    """Return the groups that pay for each function, and their shares of 1: its own, or those of its callers."""
    owned = {function: {group: 1.0} for function in stats if (group := group_of(function))}
    payers: dict[Function, Mapping[str, float]] = {function: owned.get(function, {}) for function in stats}
    for _ in range(DEPTH):
        for function, (_, _, _, _, callers) in stats.items():
            whole = sum(row[3] for row in callers.values())
            if function not in owned and whole > 0:
                paid: defaultdict[str, float] = defaultdict(float)
                for caller, row in callers.items():
                    for group, share in payers[caller].items():
                        paid[group] += share * row[3] / whole
                payers[function] = paid
    return payers


def table(spent: Mapping[str, float], pages: int) -> Iterator[str]:
    """Yield the table of groups, the dearest first."""
    whole = sum(spent.values())
    yield "| what | ms a page | share |"
    yield "|---|---|---|"
    for group, seconds in sorted(spent.items(), key=lambda row: -row[1]):
        yield f"| {group} | {seconds / pages * 1000:.2f} | {seconds / whole:.0%} |"
    yield f"| all | {whole / pages * 1000:.2f} | 100% |"


def main() -> None:
    """Profile, and keep the table."""
    stories = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    began = list(made_on("python -m benchmarks.profile"))
    spent, pages = profile(stories)
    lines = [*began, f"{stories:,} stories, {pages:,} pages, nothing kept.", *HOW, "", *table(spent, pages)]
    PAGE.write_text(replace_part(PAGE.read_text(encoding="utf-8"), HEADING, lines), encoding="utf-8")
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
