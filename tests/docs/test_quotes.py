"""What hand-written pages quote of a check is what the check says of such a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from copies import PROJECT

from kbp_site.editing.scaffold import create_site
from pictures.drawn import DOCS
from pictures.walk import steps_of, type_in

PAGES = [PROJECT / "README.md", *sorted(DOCS.rglob("*.md"))]
SHOWN = re.compile(r"^ *(\d+) [|-] (.+)$", re.MULTILINE)
"""A line of the file, as a report shows it with its number, or as it was before it was mended."""


def quotes(pattern: str) -> list[str]:
    """Return the blocks without a language in which a pattern is found, over all pages."""
    steps = (step for page in PAGES for step in steps_of(page.read_text("utf-8")) if step.kind == "answer")
    return sorted({step.words for step in steps if re.search(pattern, step.words, re.MULTILINE)})


def said_of(root: Path, path: str, lines: Mapping[int, str], command: str) -> str:
    """Return what a command says in a new site with a file that has these lines where they are wanted."""
    create_site(root)
    known = {1: "title: Rembug", **lines}
    written = [known.get(number, "#") for number in range(1, max(lines) + 1)]
    (root / path).write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
    return type_in(root, command, "id")


@pytest.mark.parametrize("block", quotes(r"^  --> content/"), ids=lambda block: block[:12])
def test_a_quoted_problem_is_told_in_these_words(tmp_path: Path, block: str) -> None:
    [path] = re.findall(r"--> ([\w./-]+):\d+:\d+", block)
    command = "kbp --lang en check" if block.startswith("error") else "kbp check"
    said = said_of(tmp_path, path, {int(number): line for number, line in SHOWN.findall(block)}, command)
    assert block.partition("\n\n")[0] in said


def test_problems_are_quoted_in_several_places() -> None:
    assert len(quotes(r"^  --> content/")) > 4


def test_a_quoted_mending_is_told_in_these_words(tmp_path: Path) -> None:
    [block] = quotes(r"^Diperbaiki: ")
    path = block.partition("\n")[0]
    lines = {int(number): line for number, line in SHOWN.findall(block)}
    assert said_of(tmp_path, path, lines, "kbp check --fix").startswith(block)
