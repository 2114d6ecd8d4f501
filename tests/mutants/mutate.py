"""Takes every guard of `guards.toml` away, one at a time, and sees that a test fails: `make mutants`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from time import perf_counter

PROJECT = Path(__file__).parents[2]
GUARDS = Path(__file__).with_name("guards.toml")
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "site-packages", "*.egg-info", "terbitan")
AT_ONCE, SECONDS = 2, 60
"""Mutants that are tried at a time, and how long the tests of one may take."""

PASSED, FAILED = 0, 1
"""How pytest ends; any other end says nothing about the guard."""


@dataclass(frozen=True)
class Mutant:
    """A guard that is taken away: the promise that it keeps, where it stands, and the tests of which one must fail."""

    id: str
    promise: int
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def apply(self, root: Path) -> str:
        """Change the guard in a copy of the project, and return the file as it was; raises `ValueError`."""
        path = root / self.file
        written = path.read_text(encoding="utf-8")
        if written.count(self.old) != 1:
            raise ValueError(f"{self.id}: `old` stands {written.count(self.old)} times in {self.file}")
        path.write_text(written.replace(self.old, self.new), encoding="utf-8")
        return written


def read_mutants() -> tuple[Mutant, ...]:
    """Return all mutants of the list."""
    rows = tomllib.loads(GUARDS.read_text(encoding="utf-8"))["mutant"]
    return tuple(Mutant(**{**row, "tests": tuple(row["tests"])}) for row in rows)


def run_tests(root: Path, tests: Iterable[str], *options: str, seconds: int = SECONDS) -> int | None:
    """Run tests in a copy of the project, and return how pytest ended; ``None`` when it took too long."""
    around = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, *tests]
    with subprocess.Popen(
        words, cwd=root, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            return process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            return None


def judge(root: Path, mutant: Mutant) -> str:
    """Try one mutant in a copy of the project; return "killed", "survived", or why nothing can be said."""
    try:
        written = mutant.apply(root)
    except ValueError as error:
        return str(error)
    try:
        ended = run_tests(root, mutant.tests, "-x")
    finally:
        (root / mutant.file).write_text(written, encoding="utf-8")
    if ended is None or ended == FAILED or ended < 0:  # to hang or to crash is to be noticed
        return "killed"
    return "survived" if ended == PASSED else f"pytest ended with {ended}"


def judge_all(mutants: Sequence[Mutant], roots: Sequence[Path]) -> Iterator[tuple[Mutant, str]]:
    """Yield each mutant and what came of it, in the list's order; as many at a time as there are copies."""
    free: SimpleQueue[Path] = SimpleQueue()
    for root in roots:
        free.put(root)

    def judge_in_a_free_copy(mutant: Mutant) -> str:
        root = free.get()
        try:
            return judge(root, mutant)
        finally:
            free.put(root)

    with ThreadPoolExecutor(len(roots)) as executor:
        yield from zip(mutants, executor.map(judge_in_a_free_copy, mutants), strict=True)


def main(words: Sequence[str]) -> int:
    """Try all mutants, or those whose ids are given; 1 when one survives or cannot be judged."""
    began = perf_counter()
    mutants = [mutant for mutant in read_mutants() if not words or mutant.id in words]
    if unknown := set(words) - {mutant.id for mutant in mutants}:
        print(f"no such mutants: {', '.join(sorted(unknown))}")
        return 1
    with tempfile.TemporaryDirectory(prefix="kbp-mutants-") as folder:
        roots = [Path(folder, str(number)) for number in range(AT_ONCE)]
        for root in roots:
            shutil.copytree(PROJECT, root, ignore=LEFT_OUT, symlinks=True)
        tests = sorted({test for mutant in mutants for test in mutant.tests})
        if run_tests(roots[0], tests, "-n", str(AT_ONCE), seconds=600) != PASSED:
            print("the tests of the list fail without any mutant, so they would prove nothing")
            return 1
        bad = 0
        for mutant, verdict in judge_all(mutants, roots):
            bad += verdict != "killed"
            print(f"{mutant.promise:>2} {mutant.id}: {verdict}", flush=True)
    print(f"{len(mutants) - bad} of {len(mutants)} killed in {perf_counter() - began:.0f} s")
    return 1 if bad or not mutants else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
