"""What is remembered from one reading of the content to the next: only what changed is looked at again."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from kbp_site.content.problems import Problem
from kbp_site.content.shelves import (
    SHELVES,
    FileReading,
    Ground,
    Known,
    Stamp,
    read_shelves,
    shelf_of,
    stamp_at,
    write_shelves,
)
from kbp_site.content.source import Source

SETTLED = 2 * 10**9
"""Nanoseconds after which a file's time tells whether it changed: some systems count in steps of two seconds."""


class Memory:
    """Files as they were read, and what the rules for one record alone said of them.

    A new one knows nothing: everything is read. One that is kept from reading to reading holds all of the content,
    and with a folder it begins with what an earlier run has kept there. Nothing is written before `keep`.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._readings: dict[str, tuple[Stamp, FileReading]] = {}
        self._judged: dict[str, tuple[Source, tuple[Problem, ...]]] = {}
        self._ground: Ground = None
        self._changed: set[int] = set()
        self._stamps: dict[str, Stamp] = {}
        if folder is not None:
            for shelf in read_shelves(folder):
                self._ground = shelf.ground
                for path, (stamp, reading, judged) in shelf.known.items():
                    self._readings[path] = (stamp, reading)
                    if reading.source is not None and judged is not None:
                        self._judged[path] = (reading.source, judged)

    @property
    def count(self) -> int:
        """How many files were read so far."""
        return len(self._readings)

    def recall(self, root: Path, path: str, read: Callable[[], FileReading]) -> FileReading:
        """Return what a file gave last time if it is as it was, else what ``read`` says."""
        stamp = self._stamps.pop(path, None) or stamp_at(os.path.join(root, path))
        before, reading = self._readings.get(path, ((), None))
        if reading is None or stamp != before:
            reading = read()
            self._changed.add(shelf_of(path))
        self._readings[path] = (stamp if _is_settled(stamp) else (), reading)
        return reading

    def unread(self, root: Path, paths: Iterable[str]) -> tuple[str, ...]:
        """Return those of the files that must be read."""
        self._stamps = {path: stamp_at(os.path.join(root, path)) for path in paths}
        return tuple(path for path, now in self._stamps.items() if self._readings.get(path, ((),))[0] != (now or None))

    def take(self, other: Memory) -> None:
        """Remember what another one knows, on the ground that it stands on."""
        self._stand_on(other._ground)
        self._readings |= other._readings
        self._judged |= other._judged
        self._changed |= other._changed

    def unjudged(self, sources: Iterable[Source], *, ground: Ground) -> tuple[Source, ...]:
        """Return the sources whose records must be judged; all of them when the ``ground`` of judgement moved."""
        self._stand_on(ground)
        return tuple(source for source in sources if self._judged.get(source.path, (None,))[0] is not source)

    def _stand_on(self, ground: Ground) -> None:
        if ground != self._ground:
            self._judged, self._ground = {}, ground
            self._changed = set(range(SHELVES))

    def judge(self, sources: Iterable[Source], problems: Iterable[Problem]) -> None:
        """Remember what the rules said of these sources."""
        found: dict[str, list[Problem]] = defaultdict(list)
        for problem in problems:
            found[problem.path].append(problem)
        for source in sources:
            self._judged[source.path] = (source, tuple(found[source.path]))
            self._changed.add(shelf_of(source.path))

    def judgements(self, sources: Sequence[Source]) -> tuple[Problem, ...]:
        """Return all that the rules said of these sources."""
        return tuple(problem for source in sources for problem in self._judged[source.path][1])

    def forget_others(self, paths: Iterable[str]) -> None:
        """Forget all files but these."""
        gone = self._readings.keys() - set(paths)
        self._changed.update(map(shelf_of, gone))
        for path in gone:
            self._readings.pop(path)
            self._judged.pop(path, None)

    def keep(self) -> None:
        """Keep all that is known in the folder, for the next run."""
        if self._folder is not None:
            write_shelves(self._folder, self._ground, self._known(), self._changed)
            self._changed = set()

    def _known(self) -> Iterator[tuple[str, Known]]:
        for path, (stamp, reading) in self._readings.items():
            source, judged = self._judged.get(path, (None, ()))
            yield path, (stamp, reading, judged if source is reading.source else None)


def _is_settled(stamp: Stamp) -> bool:
    """Whether a file's time lies so far back that another change would be seen in it."""
    return bool(stamp) and time.time_ns() - max(stamp[3:]) > SETTLED
