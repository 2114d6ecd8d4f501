"""What is remembered from one reading of the content to the next: a preview looks again only at what changed."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbp_site.content.problems import Problem
from kbp_site.content.source import Source

SETTLED = 2 * 10**9
"""Nanoseconds after which a file's time tells whether it changed: some systems count in steps of two seconds."""

Stamp = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class FileReading:
    """What one file gave: its source and its record, as far as they are sound, and what is wrong with it."""

    source: Source | None
    record: Any
    problems: tuple[Problem, ...]


class Memory:
    """Files as they were read, and what the rules for one record alone said of them.

    A new one knows nothing: everything is read. One that is kept from reading to reading holds all of the content.
    """

    def __init__(self) -> None:
        self._readings: dict[str, tuple[Stamp, FileReading]] = {}
        self._judged: dict[str, tuple[Source, tuple[Problem, ...]]] = {}
        self._ground: object = None

    @property
    def count(self) -> int:
        """How many files were read so far."""
        return len(self._readings)

    def recall(self, root: Path, path: str, read: Callable[[], FileReading]) -> FileReading:
        """Return what a file gave last time if it is as it was, else what ``read`` says."""
        stamp = _stamp(root / path)
        before, reading = self._readings.get(path, ((), None))
        if reading is None or stamp != before:
            reading = read()
        self._readings[path] = (stamp if _is_settled(stamp) else (), reading)
        return reading

    def unjudged(self, sources: Iterable[Source], *, ground: object) -> tuple[Source, ...]:
        """Return the sources whose records must be judged; all of them when the ``ground`` of judgement moved."""
        if ground != self._ground:
            self._judged, self._ground = {}, ground
        return tuple(source for source in sources if self._judged.get(source.path, (None,))[0] is not source)

    def judge(self, sources: Iterable[Source], problems: Iterable[Problem]) -> None:
        """Remember what the rules said of these sources."""
        found: dict[str, list[Problem]] = defaultdict(list)
        for problem in problems:
            found[problem.path].append(problem)
        for source in sources:
            self._judged[source.path] = (source, tuple(found[source.path]))

    def judgements(self, sources: Sequence[Source]) -> tuple[Problem, ...]:
        """Return all that the rules said of these sources."""
        return tuple(problem for source in sources for problem in self._judged[source.path][1])


def _stamp(path: Path) -> Stamp:
    """Return what changes with a file; nothing for one that cannot be asked, which is then read again."""
    try:
        found = os.lstat(path)
    except OSError:
        return ()
    return (found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _is_settled(stamp: Stamp) -> bool:
    """Whether a file's time lies so far back that another change would be seen in it."""
    return bool(stamp) and time.time_ns() - max(stamp[3:]) > SETTLED
