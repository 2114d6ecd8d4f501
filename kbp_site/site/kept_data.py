"""The open data, in which a record is told again only when what it looks at changed.

What is told of the others is cut out of the files of the last site, which stand as they were judged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

from kbp_site.content.kept_results import Fresh, KeptResults, Result, read_results
from kbp_site.content.library import Entry
from kbp_site.content.records.base import Envelope
from kbp_site.content.watched import WatchedLibrary
from kbp_site.content.workers import spread
from kbp_site.outputs.open_data import BETWEEN, PUBLIC_KINDS, RECORDS, Told, opening, table_of, tell
from kbp_site.outputs.tables import write_head

RECORDS_OF_A_PART = 500
"""Records that a worker tells at a time."""


class Stood(NamedTuple):
    """Where a record stands in the files: from where to where its line and its row; and a fingerprint of both."""

    line: int
    line_end: int
    row: int
    row_end: int
    digest: str


def read_data(path: Path) -> KeptResults[Stood]:
    """Return what is known of records that were told."""
    return read_results(path, classes=(Stood,))


class Telling:
    """Every public record as it is told, one after another, and what is to be known of them once all were.

    None is held: of a large site they take as much memory as the records themselves.
    """

    def __init__(
        self, library: WatchedLibrary, before: KeptResults[Stood], read: Callable[[str], bytes], *, jobs: int
    ) -> None:
        """Tell so many records at a time as there are ``jobs``.

        ``before`` is what is known of the last site, and ``read`` gives the bytes of a file of it by its path, or
        nothing.
        """
        self._library, self._before, self._jobs = library, before, jobs
        self._names = ["/".join(entry.key) for entry in library.public]
        self._last = _Last(read)
        current = before.current(library, dict.fromkeys(self._names, ""))
        self._current = {name: kept for name, kept in current.items() if self._last.holds(name, kept.value)}
        self._kept: dict[str, Result[Stood]] = {}
        self._fresh: list[Fresh[Stood]] = []

    def __iter__(self) -> Iterator[Told]:
        """Yield all records, kind by kind, as `write_data` takes them."""
        stale = [name for name in self._names if name not in self._current]
        fresh = spread(partial(_tell_some, self._library), stale, jobs=self._jobs, size=RECORDS_OF_A_PART)
        line, between, self._kept, self._fresh = len(opening(self._library)), len(b"\n"), {}, []
        for kind in PUBLIC_KINDS:
            row = len(write_head(kind))
            for entry in self._library.of(kind):
                name = "/".join(entry.key)
                if kept := self._current.get(name):
                    told, digest = self._last.told(name, kept.value), kept.value.digest
                else:
                    made = next(fresh)
                    told, digest = made.value, _digest(made.value)
                line += between
                stood = Stood(line, line + len(told.line), row, row + len(told.row), digest)
                line, between, row = stood.line_end, len(BETWEEN), stood.row_end
                if kept:
                    self._kept[name] = kept._replace(value=stood)
                else:
                    self._fresh.append(Fresh(name, stood, made.given, made.looked_at))
                yield told

    def renewed(self) -> KeptResults[Stood]:
        """Return what is known of all records once they were told."""
        return self._before.renewed(self._library, self._kept, self._fresh)


class _Last:
    """The files of the last site, out of which records are cut that would be told the same."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._lines, self._tables = read(RECORDS), {kind.FOLDER: read(table_of(kind)) for kind in PUBLIC_KINDS}

    def told(self, name: str, stood: Stood) -> Told:
        table = self._tables[name.partition("/")[0]]
        return Told(self._lines[stood.line : stood.line_end], table[stood.row : stood.row_end])

    def holds(self, name: str, stood: Stood) -> bool:
        """Whether a record stands there as it stood when it was told."""
        return _digest(self.told(name, stood)) == stood.digest


def _tell_some(library: WatchedLibrary, names: Sequence[str]) -> list[Fresh[Told]]:
    fresh = []
    for name in names:
        kind, _, own = name.partition("/")
        with library.noting() as looked_at:
            told = tell(library, cast("Entry[Envelope]", library.by_key[kind, own]))
        fresh.append(Fresh(name, told, "", frozenset(looked_at)))
    return fresh


def _digest(told: Told) -> str:
    return hashlib.blake2b(told.line + told.row, digest_size=12).hexdigest()
