"""Results that need not be worked out again: each is kept with what it was made of, and made anew when that changed.

What a result looked at in the library is noted while it is made (`WatchedLibrary`), so nobody has to say what it
follows from. What is kept is for one program with one set of libraries; whatever cannot be read counts as nothing.
"""

from __future__ import annotations

import hashlib
import os
import sys
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from kbp_site.content.shelves import PROGRAM, add_files, read_own, uncollected, write_own
from kbp_site.content.watched import Fact, WatchedLibrary

V = TypeVar("V")

PARTS = ("content", "locale", "outputs", "pages")
"""The parts of the program that a result follows from."""

DESCRIBED = (".dist-info", ".egg-info")
"""How the folder ends in which an installer describes what it installed ("jinja2-3.1.6.dist-info", PEP 376)."""

SOURCES = frozenset({".jinja", ".json", ".po", ".py"})


class Result(NamedTuple, Generic[V]):
    """A result, the fingerprint of what it was given, and the numbers of the facts that it looked at.

    These are packed, four bytes each: a large site's pages look at half a million, and each would be an object.
    """

    value: V
    given: str
    packed: bytes

    @property
    def looked_at(self) -> Iterable[int]:
        """The numbers of the facts."""
        return memoryview(self.packed).cast("I")


class Fresh(NamedTuple, Generic[V]):
    """A result that was made just now: its name, what it was given, and what it looked at."""

    name: str
    value: V
    given: str
    looked_at: frozenset[Fact]


@dataclass(frozen=True)
class KeptResults(Generic[V]):
    """What is known of results, by their names, and of the facts that they looked at.

    A fact is known by its number, and told by its fingerprint; where there is none, no result looks at it any more.
    """

    program: str = ""
    facts: Sequence[tuple[Fact, str] | None] = ()
    results: Mapping[str, Result[V]] = field(default_factory=dict)

    def current(self, library: WatchedLibrary, given: Mapping[str, str]) -> dict[str, Result[V]]:
        """Return those results that would be the same; ``given`` are the fingerprints of what each is given now."""
        changed = {
            number for number, known in enumerate(self.facts) if known is None or library.tell(known[0]) != known[1]
        }
        found = {}
        for name, now in given.items():
            kept = self.results.get(name)
            if kept and kept.given == now and changed.isdisjoint(kept.looked_at):
                found[name] = kept
        return found

    def renewed(
        self, library: WatchedLibrary, current: Mapping[str, Result[V]], fresh: Iterable[Fresh[V]]
    ) -> KeptResults[V]:
        """Return what is known once results were made anew; of those and facts that are gone nothing stays."""
        used = {number for kept in current.values() for number in kept.looked_at}
        facts = [known if number in used else None for number, known in enumerate(self.facts)]
        free = [number for number, known in enumerate(facts) if known is None]
        numbers = {known[0]: number for number, known in enumerate(facts) if known}
        results = dict(current)
        for name, value, given, looked_at in fresh:
            # `looked_at - numbers.keys()` would go through all facts, for each result.
            for fact in sorted(fact for fact in looked_at if fact not in numbers):
                if not free:
                    free.append(len(facts))
                    facts.append(None)
                numbers[fact] = free.pop()
                facts[numbers[fact]] = (fact, library.tell(fact))
            results[name] = Result(value, given, array("I", sorted(map(numbers.__getitem__, looked_at))).tobytes())
        return KeptResults(program(), facts, results)


def fingerprint(given: object) -> str:
    """Return the fingerprint of plain frozen values that a result is given."""
    return hashlib.blake2b(repr(given).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@cache
def program() -> str:
    """Return the fingerprint of all that makes a result, our own program and the libraries that it uses."""
    seen = hashlib.sha256(repr((sys.version, installed())).encode())
    paths = (path for part in PARTS for path in (PROGRAM / part).rglob("*") if path.suffix in SOURCES)
    add_files(seen, PROGRAM, paths)
    return seen.hexdigest()


@cache
def installed() -> list[str]:
    """Return the name and version of all that is installed, as the folders are called in which installers describe it.

    To read what stands in these takes longer than all else that a seal asks for.
    """
    found = list[str]()
    for folder in sys.path:
        with suppress(OSError):  # some are no folders, and nothing is read from those that cannot be
            found += (name for name in os.listdir(folder) if name.endswith(DESCRIBED))
    return sorted(found)


def read_results(path: Path, *, classes: Collection[type] = ()) -> KeptResults[V]:
    """Return the results that this program kept; ``classes`` are those that stand in them."""
    with suppress(Exception), uncollected():  # whatever is wrong with it: all is made again
        kept = read_own(path, classes=classes)
        if isinstance(kept, KeptResults) and kept.program == program():
            return kept
    return KeptResults()


def write_results(path: Path, kept: KeptResults[V]) -> None:
    """Keep results; where nothing can be written, they are made again next time."""
    with suppress(OSError):
        write_own(path, kept)
