"""Measure the libraries that make a site alone, beside bare Hugo on the same stories, into benchmarks/profile.md.

python -m benchmarks.floor [STORIES]

What MkDocs and Pagefind take as we use them, with all that they read made ready before, comes before any work of ours.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.builds import HUGO, RUNS, hugo_program
from benchmarks.cluster import WORKERS, Found, library_of, measure, plan
from benchmarks.corpus import Size, write_corpus
from benchmarks.measure import made_on, replace_part
from benchmarks.others import write_hugo
from benchmarks.profile import PAGE
from benchmarks.tables import BARRED, figure
from kbp_site.content.library import Library
from kbp_site.content.shelves import uncollected
from kbp_site.outputs.search import Edition
from kbp_site.site.executors import Processes
from kbp_site.site.gate import PageReading
from kbp_site.site.host import Templates, make_html
from kbp_site.site.search_documents import find
from kbp_site.site.search_index import cut
from kbp_site.site.search_piece import run_pagefind
from kbp_site.site.shares import Share

HEADING = "What libraries take alone"
HTML, SEARCH = "MkDocs makes the HTML of all pages", "Pagefind indexes all records"
BOTH = "both, if no core ever waited"

HOW = (
    "In interleaved rounds, medians. Pages' Markdown and the search's documents are made before; nobody reads the",
    "HTML, merges the index, draws a cover, tells data or puts a release together. Two processes, and as in a build",
    "our theme and plugin, shares and pieces. Both at once could take no less than their processors' seconds, halved.",
)

Piece = Sequence[tuple[str, str]]
"""The address and the HTML of each document of a piece of the search index."""


def pieces_of(library: Library) -> list[Piece]:
    """Return all that can be found in a site, in pieces as a build cuts them."""
    findings = [find(Edition.of(library, language)) for language in library.languages]
    shares = (share for finding in findings for share in cut(finding.language, finding.documents))
    return [[(document.name, document.html()) for document in share.documents] for share in shares]


def index(pieces: Sequence[Piece]) -> int:
    """Let Pagefind index all pieces, so many at once as there are processes, and return how many files came of it."""
    with uncollected(), ThreadPoolExecutor(WORKERS) as executor:
        return sum(map(len, executor.map(run_pagefind, pieces)))


_templates = Templates()
"""A worker's own, as in a build."""


def make_alone(config_file: Path, share: Share, out: Path) -> list[PageReading]:
    """Make one share's HTML, which nobody reads."""
    make_html(config_file, share, out, templates=None if share.is_first else _templates)
    return []


def make_pages(config_file: Path, shares: Sequence[Share], folder: Path) -> Path:
    """Let MkDocs make all shares in a new folder below another one, and return it.

    Nothing is removed between rounds: on some disks files are made slowly just after many went.
    """
    out = Path(tempfile.mkdtemp(dir=folder))
    Processes(WORKERS).make(make_alone, [(config_file, share, out / str(n)) for n, share in enumerate(shares)])
    return out


def run_hugo(root: Path, folder: Path) -> None:
    """Let Hugo make its site in a new folder below another one."""
    command = [hugo_program(), "build", "--quiet", "--destination", tempfile.mkdtemp(dir=folder)]
    subprocess.run(command, cwd=root, check=True)


def table(found: Found) -> Iterator[str]:
    """Yield what each took, Hugo first, and what both would take with all processors busy."""
    clock, used = (
        {what: median(getattr(spent, unit) for spent in spents) for what, spents in found.items()}
        for unit in ("clock", "processor")
    )
    used[BOTH] = used[HTML] + used[SEARCH]
    clock[BOTH] = used[BOTH] / WORKERS
    yield "| what | seconds | × Hugo | processor, s |"
    yield "|---|---|---|---|"
    for what in (HUGO, HTML, SEARCH, BOTH):
        yield f"| {what} | {figure(clock[what])} | {figure(clock[what] / clock[HUGO])} | {figure(used[what])} |"


def main() -> None:
    """Measure as many stories as the command line says, and write their part of the page."""
    stories = int(sys.argv[1]) if len(sys.argv) > 1 else BARRED
    head = list(made_on("python -m benchmarks.floor"))
    with tempfile.TemporaryDirectory(prefix="kbp-bench-") as name:
        folder = Path(name)
        root, hugo = folder / "kbp", folder / "hugo"
        write_corpus(root, Size(stories))
        write_hugo(hugo, Size(stories))
        library = library_of(root)
        shares, pieces = plan(library, root, root / "simpanan"), pieces_of(library)
        works: dict[str, Callable[[], object]] = {
            HUGO: partial(run_hugo, hugo, folder),
            HTML: partial(make_pages, root / "mkdocs.yml", shares, folder),
            SEARCH: partial(index, pieces),
        }
        found = measure(works, [])
    lines = [*head, *HOW, "", f"{stories:,} stories, {RUNS} rounds:", "", *table(found)]
    PAGE.write_text(replace_part(PAGE.read_text(encoding="utf-8"), HEADING, lines), encoding="utf-8")


if __name__ == "__main__":
    main()
