"""Programs run as their users run them: `kbp` and `mkdocs`, in processes of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TypedDict, Unpack

BIN = Path(sys.executable).parent
DAY = "2026-11-23"
EPOCH = "1795392000"
"""The same day, as `SOURCE_DATE_EPOCH` says it."""

Words = str | Path


class Around(TypedDict, total=False):
    """What is around a program: its folder, its variables (``None`` takes one away), and what it does first."""

    cwd: Path
    environment: Mapping[str, str | None]
    first: Callable[[], None]


def free_port() -> str:
    """Return a port that nothing uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def surroundings(changes: Mapping[str, str | None]) -> dict[str, str]:
    """Return the variables that a program gets: ours, a fixed day, and the changes."""
    fixed = {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1", "KBP_LANG": None, "PYTHONWARNINGS": None}
    merged = {**os.environ, **fixed, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def run(*words: Words, **around: Unpack[Around]) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, and return what it said and how it ended."""
    with start(*words, **around) as process:
        out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(words, process.returncode, out, err)


class Program(subprocess.Popen[str]):
    """A program that ends with its test: one that fails would wait for it forever."""

    def __exit__(
        self, type_: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.kill()
        super().__exit__(type_, error, trace)


def start(*words: Words, **around: Unpack[Around]) -> Program:
    """Start a program as the head of a group of its own."""

    def begin() -> None:
        # Shells let what they start in the background ignore this signal, and so would all that the tests start.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        around.get("first", bool)()

    return Program(
        [str(word) for word in words],
        cwd=around.get("cwd"),
        env=surroundings(around.get("environment", {})),
        preexec_fn=begin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def kbp(*words: Words, **around: Unpack[Around]) -> subprocess.CompletedProcess[str]:
    """Run `kbp`."""
    return run(BIN / "kbp", *words, **around)


def mkdocs(*words: Words, **around: Unpack[Around]) -> subprocess.CompletedProcess[str]:
    """Run plain `mkdocs`."""
    return run(BIN / "mkdocs", *words, **around)
