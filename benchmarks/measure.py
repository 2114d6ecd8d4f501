"""Measure builds of made-up sites, editors' waits and readers' pages, into benchmarks/results.md. From the folder:

make bench                       # everything, 1,000 and 10,000 stories
make bench BENCH=large           # 100,000 too, which takes hours and some 20 GB of disk
make bench BENCH="builds 2000"   # one part, other sizes; the other parts stay as they are
"""

from __future__ import annotations

import os
import platform
import re
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmarks.builds import COLD, EDIT, ELEVENTY, HUGO, MKDOCS, PUBLISH, SAME, Measure, measure_builds
from benchmarks.editor import measure_editor
from benchmarks.plot import draw
from benchmarks.reader import measure_reader
from benchmarks.tables import BARRED, LARGE, report_builds

RESULTS = Path(__file__).parent / "results.md"
README = Path(__file__).parents[1] / "README.md"
SIZES = (1000, BARRED)
DRAWN = (COLD, EDIT, PUBLISH, SAME, HUGO, ELEVENTY, MKDOCS)


def builds(sizes: Sequence[int]) -> Iterator[str]:
    """Measure builds, draw them, and yield the lines of their part."""
    found = measure_builds(sizes, lambda told: print(told, file=sys.stderr, flush=True))
    RESULTS.with_suffix(".svg").write_text(drawing(found), encoding="utf-8")
    return report_builds(found)


def drawing(found: Sequence[Measure]) -> str:
    """Return the drawing of seconds by stories."""
    lines = {what: [(m.stories, m.cost.seconds) for m in found if m.what == what] for what in DRAWN}
    return draw({what: points for what, points in lines.items() if points}, across="stories", up="seconds")


def editor(_: Sequence[int]) -> Iterable[str]:
    """Measure what an editor waits for."""
    return measure_editor()


def reader(_: Sequence[int]) -> Iterator[str]:
    """Measure the pages of the real content."""
    yield "The real content, built with the address that it was served at."
    yield ""
    yield from measure_reader()


PARTS = {
    "builds": ("Builds of the same stories", builds),
    "editor": ("What an editor waits for", editor),
    "reader": ("What a reader's phone gets", reader),
}


def replace_part(whole: str, heading: str, lines: Iterable[str]) -> str:
    """Return a text with the part under a heading of the second level made anew, or put last when there is none."""
    parts = [part.strip("\n") for part in re.split(r"^(?=## )", whole, flags=re.MULTILINE)]
    begun = [number for number, part in enumerate(parts) if part.startswith(f"## {heading}\n")]
    place = begun[0] if begun else len(parts)
    parts[place : place + 1] = ["\n".join([f"## {heading}", "", *lines]).rstrip("\n")]
    return "\n\n".join(parts) + "\n"


def made_on(command: str = "make bench") -> Iterator[str]:
    """Yield by what, when and on what a part was measured, and how busy that was, as it begins."""
    memory = resource.getpagesize() * os.sysconf("SC_PHYS_PAGES") // 1024**3
    yield f"Made by `{command}` on {date.today().isoformat()} with Python {platform.python_version()}, on"
    yield f"{os.cpu_count()} cores and {memory} GB ({processor()})."
    yield f"As it began, the machine had {os.getloadavg()[0]:.1f} other tasks to do: the more, the rougher the ratios."
    yield ""


def processor() -> str:
    """Return the processor's name, as far as the system tells it."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        told = []
    names = (line.partition(":")[2].strip() for line in told if line.startswith("model name"))
    return next(names, platform.machine())


def short_table(results: str) -> str:
    """Return the table under "In short"; nothing where there is none."""
    found = re.search(r"^### In short\n\n((?:\|.*\n)+)", results, re.MULTILINE)
    return found[1] if found else ""


def keep(name: str, sizes: Sequence[int]) -> None:
    """Measure one part, write it into the results, and its short table into README.md too."""
    heading, measured = PARTS[name]
    lines = [*made_on(), *measured(sizes)]
    before = RESULTS.read_text(encoding="utf-8")
    after = replace_part(before, heading, lines)
    RESULTS.write_text(after, encoding="utf-8")
    if shown := short_table(before):
        README.write_text(README.read_text(encoding="utf-8").replace(shown, short_table(after)), encoding="utf-8")


def asked(words: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the parts and the sizes that a command line asks for; raises `ValueError` for another word."""
    parts = [word for word in words if word in PARTS]
    sizes = [int(word) for word in words if word.isdigit()] or list(SIZES)
    if unknown := [word for word in words if not (word in PARTS or word.isdigit() or word == "large")]:
        raise ValueError(f"not a part or a size: {' '.join(unknown)}; parts are {', '.join(PARTS)}")
    return parts or list(PARTS), [*sizes, *([LARGE] if "large" in words else [])]


def main() -> None:
    """Measure what the command line asks for, and keep each part as it is done."""
    try:
        parts, sizes = asked(sys.argv[1:])
    except ValueError as error:
        sys.exit(str(error))
    for name in parts:
        keep(name, sizes)


if __name__ == "__main__":
    main()
