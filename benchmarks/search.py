"""Measure the search: what is found on the real content, beside Material's own; bytes, time and memory of an index.

Figures depend on the machine; ratios and bytes do not. From the project's folder:

    python -m benchmarks.search                    # into benchmarks/results-search.md
"""

from __future__ import annotations

import gzip
import json
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import mean
from time import process_time
from typing import Any
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import Page, Response, sync_playwright

from benchmarks.corpus import PROJECT, Size, write_corpus
from kbp_site.content.load import load
from kbp_site.content.records import BY_FOLDER
from kbp_site.outputs.search import Edition
from kbp_site.site.search_documents import find
from kbp_site.site.search_files import lay
from kbp_site.site.search_index import make_index

RESULTS = Path(__file__).parent / "results-search.md"
QUERIES = PROJECT / "tests" / "search" / "queries.yml"
BROWSER = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
DAY = date(2026, 11, 24)
FIRST = 5
PACKED = {".html", ".css", ".js", ".json", ".txt", ".svg"}
"""Files that a server sends compressed; those of an index are compressed already."""

ASKED_ALONE = ("warga", "saluran", "rapat", "memperbaiki sumur", "pelajran")
"""First queries of the made-up site: common and rare words, two words, a slip that needs the list of words."""

OURS = """async ([queries, first]) => {
  const finder = await (await import(new URL("../assets/kbp/search.js", location.href))).open();
  const answers = [];
  for (const query of queries) {
    const { full, part } = await finder.find(query);
    const found = [...full, ...part].slice(0, first).map(async (result) => (await result.data()).raw_url);
    answers.push(await Promise.all(found));
  }
  return answers;
}"""

THEIRS = """async ([queries, first]) => {
  const config = JSON.parse(document.getElementById("__config").textContent);
  const worker = new Worker(new URL(config.search, location.href));
  const answer = (type) => new Promise((resolve) => {
    worker.onmessage = ({ data }) => data.type === type && resolve(data.data);
  });
  const ready = answer(1);
  const index = await (await fetch("search/search_index.json")).json();
  worker.postMessage({ type: 0, data: { ...index, options: { suggest: false } } });
  await ready;
  const answers = [];
  for (const query of queries) {
    const result = answer(3);
    worker.postMessage({ type: 2, data: query });
    const pages = (await result).items.map((group) => "/" + group[0].location.split("#")[0]);
    answers.push([...new Set(pages)].slice(0, first));
  }
  return answers;
}"""
"""Material's own worker, spoken to as its page does: set up (0), ready (1), query (2), result (3)."""


@dataclass(frozen=True)
class Score:
    """How well queries of one kind were answered, between 0 and 1."""

    kind: str
    count: int
    recall: float
    precision: float


@dataclass(frozen=True)
class Weight:
    """What a first query cost: bytes over the network, of them fixed ones, and milliseconds to answer it again."""

    query: str
    total: int
    fixed: int
    milliseconds: float


@dataclass(frozen=True)
class Making:
    """What an index cost: processor seconds, and its size (KB)."""

    stories: int
    documents: float
    pagefind: float
    order: float
    kilobytes: int


class Server(SimpleHTTPRequestHandler):
    """Serves files as a web server does, text compressed, and says nothing."""

    def do_GET(self) -> None:
        """Answer with a file, or with 404."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in PACKED:
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def opened(folder: Path, path: str) -> Iterator[Page]:
    """Serve a folder and open one of its pages in Chromium."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        page = browser.new_page(viewport={"width": 360, "height": 740}, service_workers="block")
        page.goto(f"http://127.0.0.1:{server.server_port}/{path}", wait_until="networkidle")
        yield page
        browser.close()
    server.shutdown()


def queries() -> list[tuple[str, str, set[str]]]:
    """Return (kind, query, addresses of the records that answer it)."""
    rows = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))["queries"]
    return [(row["kind"], row["ask"], {address(name) for name in flat(row["find"])}) for row in rows]


def flat(names: Sequence[Any]) -> Iterator[str]:
    """Yield the names of lists in lists."""
    for name in names:
        yield from [name] if isinstance(name, str) else flat(name)


def address(name: str) -> str:
    """Return where a record's page is."""
    folder, _, stem = name.partition("/")
    return f"/{BY_FOLDER[folder].PATH}/{stem}/"


def scores(page: Page, script: str) -> list[Score]:
    """Ask every query on a page, and return how well each kind was answered, and all of them."""
    asked = queries()
    answers: list[list[str]] = page.evaluate(script, [[query for _, query, _ in asked], FIRST])
    found: dict[str, list[tuple[float, float]]] = {"all": []}
    for (kind, _, wanted), answer in zip(asked, answers, strict=True):
        hits = len(wanted & set(answer))
        row = hits / min(FIRST, len(wanted)), hits / len(answer) if answer else 0.0
        found.setdefault(kind, []).append(row)
        found["all"].append(row)
    return [
        Score(kind, len(rows), *(mean(column) for column in zip(*rows, strict=True))) for kind, rows in found.items()
    ]


def kbp(*words: str | Path) -> None:
    """Run `kbp`."""
    subprocess.run([sys.executable, "-m", "kbp_site", *map(str, words)], check=True, capture_output=True)


def stock_site(folder: Path) -> Path:
    """Build the real content, Indonesian pages only, with stock Material and its search; return the site."""
    tree = folder / "tree"
    kbp("--root", PROJECT, "render", "--out", tree)
    for name in ("en", "pagefind"):
        shutil.rmtree(tree / "docs" / name, ignore_errors=True)
    settings = yaml.safe_load((tree / "mkdocs.yml").read_text(encoding="utf-8"))
    settings.pop("extra", None)
    stock = {**settings, "theme": {"name": "material", "language": "id", "font": False}, "plugins": ["search"]}
    (tree / "stock.yml").write_text(yaml.safe_dump(stock, allow_unicode=True), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(tree / "stock.yml")]
    subprocess.run(command, check=True, capture_output=True)
    return tree / "site"


def weigh(site: Path, query: str) -> Weight:
    """Return what a reader's first query costs, and how long the same query takes once all is there."""
    with opened(site, "cari/") as page:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        sent: dict[str, int] = {}

        def note(response: Response) -> None:
            sent.setdefault(urlsplit(response.url).path, 0)

        page.on("response", note)
        page.locator("#kata").fill(query)
        page.locator("#kata").press("Enter")
        page.wait_for_selector("#hasil > li, #hasil-sebagian > li")
        page.wait_for_load_state("networkidle")
        loaded = {"/assets/kbp/search.js", *sent}
        sizes = {path: packed(site / path.lstrip("/")) for path in loaded}
        fixed = sum(size for path, size in sizes.items() if not path.startswith(("/pagefind/index/", "/pagefind/frag")))
        return Weight(query, sum(sizes.values()), fixed, page.evaluate(AGAIN, query))


AGAIN = """async (query) => {
  const finder = await (await import(new URL("../assets/kbp/search.js", location.href))).open();
  const { show } = await import(new URL("../assets/kbp/finder.js", location.href));
  const times = [];
  for (let run = 0; run < 5; run++) {
    const began = performance.now();
    const { full, part } = await finder.find(query);
    await Promise.all([...full, ...part].slice(0, 10).map(show));
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[2];
}"""


def packed(path: Path) -> int:
    """Return how many bytes of a file a server sends."""
    data = path.read_bytes()
    return len(gzip.compress(data, 6) if path.suffix in PACKED else data)


def making(stories: int, folder: Path) -> Making:
    """Return what the index of a made-up site costs; run it in a process of its own."""
    write_corpus(folder / "root", Size(stories))
    library = load(folder / "root", today=DAY).library
    assert library is not None
    began = process_time()
    findings = [find(Edition.of(library, language)) for language in library.languages]
    written = process_time()
    lay(make_index(findings, folder / "work"), folder / "work", folder / "site")
    done, program = process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    size = sum(path.stat().st_size for path in (folder / "site").rglob("*") if path.is_file()) // 1024
    busy = program.ru_utime + program.ru_stime
    return Making(stories, written - began, busy, done - written, size)


def made_up_site(stories: int, folder: Path) -> Path:
    """Return a made-up site of which only the search is complete: its page, its scripts, its index."""
    root, site = folder / "root", folder / "site"
    write_corpus(root, Size(stories))
    kbp("--root", root, "build", "--out", site)
    return site


def report(ours: list[Score], theirs: list[Score], weights: list[Weight], made: list[Making]) -> str:
    """Return the tables that are kept beside this module."""
    other = {score.kind: score for score in theirs}
    found = [
        f"| {s.kind} | {s.count} | {s.recall:.3f} | {other[s.kind].recall:.3f} | {s.precision:.3f} "
        f"| {other[s.kind].precision:.3f} |"
        for s in ours
    ]
    cost = [f"| {w.query} | {w.total / 1024:.0f} | {w.fixed / 1024:.0f} | {w.milliseconds:.0f} |" for w in weights]
    index = [
        f"| {m.stories:,} | {m.documents:.1f} | {m.pagefind:.1f} | {m.order:.1f} | {m.kilobytes:,} |" for m in made
    ]
    return "\n".join([HEAD.format(python=platform.python_version()), *found, "", COST, *cost, "", INDEX, *index, ""])


HEAD = """# Results of the search

Made by `python -m benchmarks.search` with Python {python}. The machine was shared: bytes and scores count, times
only as an order of magnitude.

## What is found

The queries of `tests/search/queries.yml` on the real content, Indonesian pages. Recall at 5: of the records that
answer a query, five at most, how many stand among the first five results; precision at 5: how many of the (at most
five) first results answer it. A query with one answer cannot have a precision above 0.2 when five are shown.
Material is stock Material with its search plugin over the same Markdown (`kbp render`); its language falls back to
English, which it does by itself for Indonesian.

| queries | count | recall, ours | recall, Material | precision, ours | precision, Material |
|---|---|---|---|---|---|"""
COST = """## What a first query costs at 2,000 stories

KB over the network for all that the search needs, as a server with gzip sends it, ten results shown; of them what
no query changes (scripts, WebAssembly, list of pages; for the slip the list of words too); and the time of the same
query with its results' texts once everything is loaded.

| query | KB | of them fixed | milliseconds |
|---|---|---|---|"""
INDEX = """## What an index costs

Seconds of a processor: for the documents, for Pagefind's program (as many at once as there are cores), and for merging
what it wrote; and the size of what is published. The program's memory follows from the documents of a piece: 46 MB.

| stories | s, documents | s, Pagefind | s, order | KB, index |
|---|---|---|---|---|"""


def main() -> None:
    """Measure everything, and keep the tables; `--making N` prints one size, for a process of its own."""
    if sys.argv[1:2] == ["--making"]:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(making(int(sys.argv[2]), Path(folder)).__dict__))
        return
    with tempfile.TemporaryDirectory() as name:
        below = Path(name)
        kbp("--root", PROJECT, "build", "--out", below / "ours")
        with opened(below / "ours", "cari/") as page:
            ours = scores(page, OURS)
        with opened(stock_site(below), "") as page:
            theirs = scores(page, THEIRS)
        site = made_up_site(2000, below / "large")
        weights = [weigh(site, query) for query in ASKED_ALONE]
    made = [Making(**json.loads(run_alone(stories))) for stories in (1_000, 10_000)]
    written = report(ours, theirs, weights, made)
    RESULTS.write_text(written, encoding="utf-8")
    sys.stdout.write(written)


def run_alone(stories: int) -> str:
    """Measure one size in a process of its own, because the system counts all that a process has begun."""
    command = [sys.executable, "-m", "benchmarks.search", "--making", str(stories)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
