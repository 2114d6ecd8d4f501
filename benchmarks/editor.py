"""What an editor waits for: a check of many records, and an edit that shows in the preview. From the project's folder:

python -m benchmarks.editor
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from urllib.error import HTTPError
from urllib.request import urlopen

from benchmarks.corpus import Size, write_corpus
from benchmarks.cost import AROUND
from kbp_site.content.load import load
from kbp_site.content.memory import SETTLED
from kbp_site.site.cache import remembered
from kbp_site.site.clock import read_clock

RECORDS, CHECKED, PREVIEWED = 10_000, 8_774, 2_000
"""The bars name records for a check and stories for a preview; so many stories make so many records."""

RUNS = 5
PATIENCE = 120
"""Seconds after which a preview that does not answer is given up."""

KBP = [sys.executable, "-m", "kbp_site"]


def measure_editor() -> list[str]:
    """Return the lines of the tables: seconds of whole checks, and of edits, with their bars."""
    cold, warm = measure_check(CHECKED)
    story, listing = measure_preview(PREVIEWED)
    rows = [
        (f"kbp check, {RECORDS:,} records ({CHECKED:,} stories), nothing kept", cold, 6),
        (f"kbp check, {RECORDS:,} records ({CHECKED:,} stories), after a build or preview", warm, 1.5),
        (f"kbp serve, {PREVIEWED:,} stories: an edit shows on the story's page", story, 1),
        (f"kbp serve, {PREVIEWED:,} stories: an edit shows on the first page", listing, 1),
    ]
    return [
        f"Medians of {RUNS} runs, in seconds of the clock; a figure in **bold** misses its bar.",
        "",
        "| what | seconds | bar |",
        "|---|---|---|",
        *(f"| {what} | {_figure(seconds, bar)} | {bar} |" for what, seconds, bar in rows),
    ]


def _figure(seconds: float, bar: float) -> str:
    return f"**{seconds:.2f}**" if seconds > bar else f"{seconds:.2f}"


def measure_check(stories: int) -> tuple[float, float]:
    """Return how long a check takes when nothing is kept, and after a build has read the same records."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_corpus(root, Size(stories))
        cold = median(_timed([*KBP, "--root", folder, "check"]) for _ in range(RUNS))
        sleep(SETTLED / 10**9)  # a file that was just written is read again
        memory = remembered(root)
        load(root, today=read_clock(os.environ, root), memory=memory)
        memory.keep()
        return cold, median(_timed([*KBP, "--root", folder, "check"]) for _ in range(RUNS))


def _timed(command: Sequence[str]) -> float:
    began = perf_counter()
    subprocess.run(command, check=True, env=AROUND, stdout=subprocess.DEVNULL)
    return perf_counter() - began


def measure_preview(stories: int) -> tuple[float, float]:
    """Return how long it takes from saving a story until its page, and the first page, show its new title."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_corpus(root, Size(stories))
        path = _newest(root)
        waits: dict[str, list[float]] = {"": [], f"kegiatan/{path.stem}/": []}
        with _preview(root) as address:
            for number in range(RUNS):
                for page, seconds in waits.items():
                    seconds.append(_edit(path, f"Judul baru {number}{len(page)}", f"{address}{page}"))
        first, story = (median(seconds) for seconds in waits.values())
        return story, first


def _newest(root: Path) -> Path:
    """Return the file of a story that the first page shows."""
    memory = remembered(root)
    library = load(root, today=read_clock(os.environ, root), memory=memory).library
    assert library is not None
    return root / next(story for story in library.stories if story.kind == "activities").source.path


def _edit(path: Path, title: str, address: str) -> float:
    """Save a story under another title, and return the seconds until a page shows it."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    began = perf_counter()
    path.write_text("".join([f"title: {title}\n", *(line for line in lines if not line.startswith("title:"))]))
    _until(title, address)
    return perf_counter() - began


def _until(words: str, address: str) -> None:
    """Ask for a page until it is there and holds some words."""
    began = perf_counter()
    while perf_counter() - began < PATIENCE:
        with suppress(HTTPError), urlopen(address, timeout=PATIENCE) as answer:
            if words in answer.read().decode():
                return
        sleep(0.02)
    raise TimeoutError(address)


@contextmanager
def _preview(root: Path) -> Iterator[str]:
    """Run a preview and yield its address once it answers."""
    command = [*KBP, "--root", str(root), "serve"]
    with subprocess.Popen(command, env=AROUND, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        try:
            words = (word for line in serving.stdout for word in line.split())
            address = next(word for word in words if word.startswith("http://"))
            _until("</html>", address)
            yield address
        finally:
            serving.terminate()


if __name__ == "__main__":
    sys.stdout.write("\n".join([*measure_editor(), ""]))
