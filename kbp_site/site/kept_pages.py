"""Pages that need not be made again: each is kept with what it was made of, and is made anew when that changed.

What a page looked at in the library is noted while it is made (`WatchedLibrary`), so nobody has to say what a page
follows from. What is kept is for one program with one set of libraries; whatever cannot be read counts as nothing.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import NamedTuple

from kbp_site.content.shelves import read_own, uncollected, write_own
from kbp_site.content.watched import Fact, WatchedLibrary
from kbp_site.pages.page import Cover, Drawing, Link, Page, Planned

PROGRAM = Path(__file__).parents[1]
PARTS = ("content", "locale", "outputs", "pages")
"""The parts of the program that a page's Markdown follows from."""

SOURCES = frozenset({".jinja", ".json", ".po", ".py"})


class Made(NamedTuple):
    """A page that was made, without what its template was given, and the SHA-256 of its Markdown."""

    page: Page
    digest: str


class KeptPage(NamedTuple):
    """A page, the fingerprint of what it was given, the numbers of the facts that it looked at, how its file stood."""

    made: Made
    given: str
    looked_at: tuple[int, ...]
    stamp: tuple[int, ...]


@dataclass(frozen=True)
class KeptPages:
    """What is known of pages, by the names of their files, and of the facts that they looked at.

    A fact is known by its number, and told by its fingerprint; where there is none, no page looks at it any more.
    """

    program: str = ""
    facts: Sequence[tuple[Fact, str] | None] = ()
    pages: Mapping[str, KeptPage] = field(default_factory=dict)

    def current(self, library: WatchedLibrary, planned: Mapping[str, Planned], folder: Path) -> dict[str, KeptPage]:
        """Return those of the planned pages that would be made the same."""
        changed = {
            number for number, known in enumerate(self.facts) if known is None or library.tell(known[0]) != known[1]
        }
        found = {}
        for name, page in planned.items():
            kept = self.pages.get(name)
            if (
                kept
                and changed.isdisjoint(kept.looked_at)
                and kept.given == fingerprint(page.given)
                and kept.stamp == stamp_of(f"{folder}/{name}")
            ):
                found[name] = kept
        return found

    def renewed(self, library: WatchedLibrary, current: Mapping[str, KeptPage], fresh: Iterable[Fresh]) -> KeptPages:
        """Return what is known once pages were made anew; of pages and facts that are gone nothing stays."""
        used = {number for kept in current.values() for number in kept.looked_at}
        facts = [known if number in used else None for number, known in enumerate(self.facts)]
        free = [number for number, known in enumerate(facts) if known is None]
        numbers = {known[0]: number for number, known in enumerate(facts) if known}
        pages = dict(current)
        for name, made, given, looked_at, stamp in fresh:
            for fact in sorted(looked_at - numbers.keys()):
                if not free:
                    free.append(len(facts))
                    facts.append(None)
                numbers[fact] = free.pop()
                facts[numbers[fact]] = (fact, library.tell(fact))
            pages[name] = KeptPage(made, given, tuple(sorted(map(numbers.__getitem__, looked_at))), stamp)
        return KeptPages(program(), facts, pages)


class Fresh(NamedTuple):
    """A page that was made just now: the name of its file, and what is to be known of it."""

    name: str
    made: Made
    given: str
    looked_at: frozenset[Fact]
    stamp: tuple[int, ...]


def fingerprint(given: object) -> str:
    """Return the fingerprint of what a page was given."""
    return hashlib.blake2b(repr(given).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def stamp_of(path: str) -> tuple[int, ...]:
    """Return how a file stands; nothing for what is no file."""
    try:
        found = os.lstat(path)
    except OSError:
        return ()
    return found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


@cache
def program() -> str:
    """Return the fingerprint of all that makes a page, our own program and the libraries that it uses."""
    seen = hashlib.sha256(repr((sys.version, sorted(f"{one.name} {one.version}" for one in distributions()))).encode())
    for part in PARTS:
        for path in sorted(path for path in (PROGRAM / part).rglob("*") if path.suffix in SOURCES):
            seen.update(f"\0{path.relative_to(PROGRAM)}\0".encode())
            seen.update(path.read_bytes())
    return seen.hexdigest()


def read_kept(path: Path) -> KeptPages:
    """Return what is kept of pages that this program made."""
    with suppress(Exception), uncollected():  # whatever is wrong with it: the pages are made again
        kept = read_own(path, classes=(KeptPages, KeptPage, Made, Page, Link, Cover, Drawing))
        if isinstance(kept, KeptPages) and kept.program == program():
            return kept
    return KeptPages()


def write_kept(path: Path, kept: KeptPages) -> None:
    """Keep what is known of pages; where nothing can be written, they are made again next time."""
    with suppress(OSError):
        write_own(path, kept)
