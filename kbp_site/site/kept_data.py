"""The open data, in which a record is told again only when what it looks at changed.

What is told of the others is cut out of the files of the last site, which stand as they were judged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple, cast

from kbp_site.content.kept_results import Fresh, KeptResults, read_results
from kbp_site.content.library import Entry, Key
from kbp_site.content.records.base import Envelope
from kbp_site.content.watched import WatchedLibrary
from kbp_site.content.workers import spread
from kbp_site.outputs.open_data import PUBLIC_KINDS, RECORDS, Told, lines_of, table_of, tell
from kbp_site.outputs.tables import write_head

RECORDS_OF_A_PART = 500
"""Records that a worker tells at a time."""


class Stood(NamedTuple):
    """Where a record stands in the files: the number of its line, from where to where its row, and a fingerprint."""

    line: int
    start: int
    end: int
    digest: str


def read_data(path: Path) -> KeptResults[Stood]:
    """Return what is known of records that were told."""
    return read_results(path, classes=(Stood,))


def tell_all(
    library: WatchedLibrary, before: KeptResults[Stood], read: Callable[[str], bytes], *, jobs: int
) -> tuple[dict[Key, Told], KeptResults[Stood]]:
    """Tell every public record, by so many processes, and return what is to be known of them the next time.

    ``read`` gives the bytes of a file of the last site by its path, or nothing.
    """
    keys = {"/".join(entry.key): entry.key for entry in library.public}
    current = before.current(library, dict.fromkeys(keys, ""))
    cut = dict(_cut({name: row.value for name, row in current.items()}, read))
    stale = [name for name in keys if name not in cut]
    fresh = list(spread(partial(_tell_some, library), stale, jobs=jobs, size=RECORDS_OF_A_PART))
    made = {one.name: one.value for one in fresh}
    told = {key: cut.get(name) or made[name] for name, key in keys.items()}
    stands = _stands(library, told, {name: current[name].value.digest for name in cut})
    kept = {name: current[name]._replace(value=stands[name]) for name in cut}
    return told, before.renewed(
        library, kept, (Fresh(one.name, stands[one.name], one.given, one.looked_at) for one in fresh)
    )


def _cut(stood: Mapping[str, Stood], read: Callable[[str], bytes]) -> Iterator[tuple[str, Told]]:
    """Yield those records that stand in the last site's files as they stood when they were told there."""
    lines, tables = lines_of(read(RECORDS)), {kind.FOLDER: read(table_of(kind)) for kind in PUBLIC_KINDS}
    for name, (number, start, end, digest) in stood.items():
        told = Told(lines[number], tables[name.partition("/")[0]][start:end]) if number < len(lines) else None
        if told and _digest(told) == digest:
            yield name, told


def _tell_some(library: WatchedLibrary, names: Sequence[str]) -> list[Fresh[Told]]:
    fresh = []
    for name in names:
        kind, _, own = name.partition("/")
        with library.noting() as looked_at:
            told = tell(library, cast("Entry[Envelope]", library.by_key[kind, own]))
        fresh.append(Fresh(name, told, "", frozenset(looked_at)))
    return fresh


def _stands(library: WatchedLibrary, told: Mapping[Key, Told], digests: Mapping[str, str]) -> dict[str, Stood]:
    """Return where each record will stand in the files that are made of all; some fingerprints are known already."""
    found, line = {}, count()
    for kind in PUBLIC_KINDS:
        start = len(write_head(kind))
        for entry in library.of(kind):
            one, name = told[entry.key], "/".join(entry.key)
            found[name] = Stood(next(line), start, start + len(one.row), digests.get(name) or _digest(one))
            start += len(one.row)
    return found


def _digest(told: Told) -> str:
    return hashlib.blake2b(told.line + told.row, digest_size=12).hexdigest()
