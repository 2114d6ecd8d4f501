"""Who watches a terminal sees how far long work has come; nobody else reads a word of it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from running import DAY, kbp

from kbp_site.content.workers import PROGRESS, run
from kbp_site.locale import text
from kbp_site.progress import Line

HTML = "Membuat HTML"


def in_a_terminal(root: Path, variables: Mapping[str, str]) -> str:
    """Return what a build writes into a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kbp_site", "--root", root, "build", "--today", DAY, "--jobs", "1"]
    known = {name: value for name, value in os.environ.items() if name not in {"CI", "NO_COLOR"}}
    with subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL, env={**known, **variables}) as process:
        os.close(theirs)
        read = b""
        while piece := _read(ours):
            read += piece
        assert process.wait() == 0
    os.close(ours)
    return read.decode()


def _read(file: int) -> bytes:
    try:
        return os.read(file, 65536)
    except OSError:  # the terminal's other end was closed
        return b""


@pytest.mark.parametrize(("variables", "is_shown"), [({"TERM": "xterm"}, True), ({"CI": "true"}, False)])
def test_a_terminal_shows_the_step_that_goes_on(minimal: Path, variables: dict[str, str], is_shown: bool) -> None:
    said = in_a_terminal(minimal, variables)
    assert f"{HTML}: " in said, "what is done is told either way"
    assert ("━" in said, "\x1b[2K" in said) == (is_shown, is_shown)


def test_a_pipe_gets_what_is_done_and_nothing_else(minimal: Path) -> None:
    said = kbp("--root", minimal, "build", "--today", DAY).stderr
    assert f"{HTML}: " in said and "━" not in said and "\x1b" not in said


def test_parts_that_are_done_are_counted() -> None:
    seen: list[tuple[int, int]] = []
    line = Line(StringIO(), "id")
    line.advance = lambda done, total: seen.append((done, total))  # type: ignore[method-assign]
    token = PROGRESS.set(line)
    try:
        with ThreadPoolExecutor(1) as executor:
            assert list(run(executor, abs, [(-1,), (-2,), (-3,)])) == [1, 2, 3]
    finally:
        PROGRESS.reset(token)
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_line_speaks_the_language_of_who_called() -> None:
    line = Line(StringIO(), "en")
    line.begin(text("Membuat HTML"))
    assert [task.description for task in line._progress.tasks] == ["Making HTML"]
    line.advance(1, 2)
    assert [task.percentage for task in line._progress.tasks] == [50]
    line.end()
    assert line._progress.tasks == []
