"""Measure what a reader's phone gets: the weight of a first view, and what Lighthouse says of it.

The real content is built with the address that it is served at, so that canonical links are true, and served
compressed. Without figures of builds, from the project's folder:

    python -m benchmarks.reader
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, ViewportSize, sync_playwright

from benchmarks.serve import serving
from kbp_site.site.build import Order, build

PROJECT = Path(__file__).resolve().parents[1]
LIGHTHOUSE = PROJECT / "benchmarks" / "node_modules" / ".bin" / "lighthouse"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE: ViewportSize = {"width": 360, "height": 740}
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js"}
"""The browser's name for what was asked for, and ours; anything else is "other"."""

PHOTOS = ("image/jpeg", "image/webp", "image/avif", "image/png")
SCORE_BARS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
PAINT_BAR, STORY_BAR, STORY_HTML_BAR, PHOTO_BAR = 1.5, 90.0, 8.0, 60.0
"""Seconds until the largest paint, and KB (1,000 bytes, compressed) of a story, of its HTML, of one photo."""


@dataclass(frozen=True)
class Answer:
    """One answer that a page's first view waited for: its address, its kind, its type, and bytes as they travelled."""

    url: str
    kind: str
    type: str
    size: int


@dataclass(frozen=True)
class Weight:
    """What a first view weighs, in KB by kind, with how many requests it took and how many of them left the site."""

    page: str
    sizes: Mapping[str, float]
    largest_photo: float
    requests: int
    elsewhere: int

    @property
    def without_photos(self) -> float:
        """Everything but photos, in KB."""
        return sum(size for kind, size in self.sizes.items() if kind != "photos")


@dataclass(frozen=True)
class Score:
    """What Lighthouse says of a page: the medians of several runs, and what cost points in any of them."""

    page: str
    points: Mapping[str, float]
    paint: float
    costs: tuple[str, ...]


def weigh(page: str, answers: Sequence[Answer], site: str) -> Weight:
    """Add up the answers of a first view of a page of ``site`` (an address)."""
    sizes = dict.fromkeys((*KINDS.values(), "other", "photos"), 0.0)
    photos = [answer.size / 1000 for answer in answers if answer.type in PHOTOS]
    for answer in answers:
        kind = "photos" if answer.type in PHOTOS else KINDS.get(answer.kind, "other")
        sizes[kind] += answer.size / 1000
    elsewhere = sum(urlsplit(answer.url).netloc != urlsplit(site).netloc for answer in answers)
    return Weight(page, sizes, max(photos, default=0.0), len(answers), elsewhere)


def score(page: str, reports: Sequence[Mapping[str, Any]]) -> Score:
    """Take the medians of Lighthouse's reports on one page."""
    points = {name: median(100 * report["categories"][name]["score"] for report in reports) for name in CATEGORIES}
    paint = median(report["audits"]["largest-contentful-paint"]["numericValue"] for report in reports) / 1000
    costs = {
        f"{name}: {audit['id']}"
        for report in reports
        for name in CATEGORIES
        for audit in report["categories"][name]["auditRefs"]
        if audit["weight"] and (report["audits"][audit["id"]]["score"] or 0) < 0.9
    }
    return Score(page, points, paint, tuple(sorted(costs)))


def build_copy(root: Path, out: Path, url: str) -> None:
    """Build the project's content as a site that has ``url`` for its address; raises when that fails."""
    for name in ("content", "docs"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copyfile(PROJECT / "mkdocs.yml", root / "mkdocs.yml")
    record = root / "content" / "site.yml"
    written, count = re.subn(r"(?m)^url: .*$", f"url: {url}", record.read_text(encoding="utf-8"))
    record.write_text(written if count else f"{written}url: {url}\n", encoding="utf-8")
    built = build(Order(root, out, date.today(), jobs=os.cpu_count() or 1), lambda step: None)
    if not built.pages:
        raise RuntimeError([problem.message.say("en") for problem in built.problems if problem.is_error])


def pages_of(out: Path) -> dict[str, str]:
    """Return the pages that are measured, by name; of the stories, the largest."""
    stories = (path for path in (out / "kegiatan").glob("*/index.html") if path.parent.name not in {"jenis", "hal"})
    largest = max(stories, key=lambda path: (path.stat().st_size, path))
    return {"home": "", "story": f"kegiatan/{largest.parent.name}/", "listing": "kegiatan/", "search": "cari/"}


def answers_of(browser: Browser, url: str) -> list[Answer]:
    """Return every answer of a first view on a phone; what a service worker stores afterwards is left out."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, service_workers="block")
    page = context.new_page()
    session: CDPSession = context.new_cdp_session(page)
    seen: dict[str, tuple[str, str, str]] = {}
    found: list[Answer] = []

    def begun(event: Any) -> None:
        response = event["response"]
        seen[event["requestId"]] = (response["url"], event["type"], response["mimeType"])

    def ended(event: Any) -> None:
        if event["requestId"] in seen and not seen[event["requestId"]][0].startswith("data:"):
            found.append(Answer(*seen[event["requestId"]], int(event["encodedDataLength"])))

    session.on("Network.responseReceived", begun)
    session.on("Network.loadingFinished", ended)
    session.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    context.close()
    return found


def find_browser() -> str:
    """Return the browser's path: `KBP_CHROMIUM`, or the first that is installed."""
    names = filter(None, (os.environ.get("KBP_CHROMIUM"), *PROGRAMS))
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        raise RuntimeError("No Chromium found: run `make browser`, or set KBP_CHROMIUM to its path.")
    return found


def ask_lighthouse(url: str, browser: str) -> Mapping[str, Any]:
    """Return Lighthouse's report on a page: a phone on a simulated slow 4G, its defaults."""
    command = [
        str(LIGHTHOUSE),
        url,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}",
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "CHROME_PATH": browser}
    )
    report: Mapping[str, Any] = json.loads(done.stdout)
    return report


def measure_reader() -> Iterator[str]:
    """Build, serve and measure; yield the lines of the report."""
    program = find_browser()
    with tempfile.TemporaryDirectory() as folder:
        root, out = Path(folder) / "root", Path(folder) / "out"
        with serving(out) as site:
            build_copy(root, out, site)
            pages = pages_of(out)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
                version = browser.version
                weights = [weigh(name, answers_of(browser, site + path), site) for name, path in pages.items()]
                browser.close()
            scores = [
                score(name, [ask_lighthouse(site + path, program) for _ in range(RUNS)]) for name, path in pages.items()
            ]
    yield from report_weights(weights, version)
    yield from report_scores(scores)


def judged(figure: str, *, is_kept: bool) -> str:
    """Return a figure of a table; one that misses its bar is bold."""
    return figure if is_kept else f"**{figure}**"


def report_weights(weights: Sequence[Weight], version: str) -> Iterator[str]:
    """Yield the table of weights."""
    yield f"First views at {PHONE['width']} px in Chromium {version}: KB (1,000 bytes) as they travel, by gzip. Bars: a"
    yield f"story at most {STORY_BAR:g} without photos and {STORY_HTML_BAR:g} of HTML, a photo at most {PHOTO_BAR:g},"
    yield "nothing from elsewhere. A figure in **bold** misses its bar."
    yield ""
    yield "| page | HTML | CSS | JS | other | without photos | photos | largest photo | requests | elsewhere |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for weight in weights:
        is_story = weight.page == "story"
        cells = [
            weight.page,
            judged(f"{weight.sizes['html']:.1f}", is_kept=not is_story or weight.sizes["html"] <= STORY_HTML_BAR),
            *(f"{weight.sizes[kind]:.1f}" for kind in ("css", "js", "other")),
            judged(f"{weight.without_photos:.1f}", is_kept=not is_story or weight.without_photos <= STORY_BAR),
            f"{weight.sizes['photos']:.1f}",
            judged(f"{weight.largest_photo:.1f}", is_kept=weight.largest_photo <= PHOTO_BAR),
            str(weight.requests),
            judged(str(weight.elsewhere), is_kept=weight.elsewhere == 0),
        ]
        yield f"| {' | '.join(cells)} |"
    yield ""


def report_scores(scores: Sequence[Score]) -> Iterator[str]:
    """Yield the table of Lighthouse's points, and what cost some."""
    version = json.loads((LIGHTHOUSE.parents[1] / "lighthouse" / "package.json").read_text(encoding="utf-8"))["version"]
    yield f"Lighthouse {version}: a phone on a simulated slow 4G, median of {RUNS} runs. The bars stand in the heads."
    yield ""
    heads = [f"{name} (≥ {bar})" for name, bar in SCORE_BARS.items()]
    yield f"| page | {' | '.join(heads)} | largest paint (≤ {PAINT_BAR} s) |"
    yield f"|---|{'---|' * (len(heads) + 1)}"
    for found in scores:
        cells = [
            judged(f"{found.points[name]:.0f}", is_kept=found.points[name] >= bar) for name, bar in SCORE_BARS.items()
        ]
        paint = judged(f"{found.paint:.2f} s", is_kept=found.paint <= PAINT_BAR)
        yield f"| {found.page} | {' | '.join(cells)} | {paint} |"
    yield ""
    for found in scores:
        if found.costs:
            yield f"- What cost points on {found.page}, in any run: {', '.join(found.costs)}."


if __name__ == "__main__":
    for line in measure_reader():
        sys.stdout.write(f"{line}\n")
