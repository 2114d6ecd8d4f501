"""The gate reads the built site as a stranger would, and refuses what must not be public (K7xx).

It knows nothing of the host: it parses HTML with lexbor and looks at files. K701 what is public is not
what should be, K702 a link that leads nowhere, K703 a page's build, K704 something foreign or active.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from kbp_site.content.problems import Fault, Problem
from kbp_site.content.shelves import SIZE, Stamp
from kbp_site.content.workers import aside, spread
from kbp_site.locale import text
from kbp_site.outputs.headers import POLICY, SECURITY
from kbp_site.pages.page import base_of
from kbp_site.site.files import judge_files
from kbp_site.site.foreign import REMOVE, addresses, find_foreign, find_refreshes, read_elements
from kbp_site.site.leaks import Leak, files_of_words, find_in_file, find_in_names, find_in_page, leak_of
from kbp_site.site.links import Ground, links_known, lost_targets
from kbp_site.site.programs import judge_programs, rules
from kbp_site.site.standing import Former, stamps


@dataclass(frozen=True)
class PageReading:
    """What a stranger sees in one page: its anchors, where it leads or sends to, its faults, and numbers of people.

    ``digest`` is the SHA-256 of its bytes.
    """

    path: str
    digest: str
    anchors: frozenset[str]
    targets: tuple[str, ...]
    refreshes: tuple[str, ...]
    faults: tuple[Fault, ...]
    personal: tuple[Leak, ...] = ()


@dataclass(frozen=True)
class Expected:
    """What a site should hold: its pages, no more and no less ("kegiatan/index.html"), and what stands beside them.

    ``redirects`` tells those of the pages that send readers on, and where to, as an address seen from there; ``media``
    are the pictures and documents; ``url`` is the site's public address, if it has one; ``allowed`` are the keys of
    offices' contacts; ``own`` are the SHA-256 of the files that the operator put beside the records.
    """

    pages: Collection[str]
    redirects: Mapping[str, str] = field(default_factory=dict)
    media: Collection[str] = ()
    url: str = ""
    allowed: frozenset[str] = frozenset()
    own: Collection[str] = ()


def read_page(path: str, html: bytes) -> PageReading:
    """Read one built page; ``path`` is its place below the site ("kegiatan/index.html")."""
    tree = LexborHTMLParser(html)
    elements = read_elements(tree)
    ids = [element.attributes["id"] or "" for element in elements if "id" in element.attributes]
    targets = dict.fromkeys(address for element in elements for address in addresses(element))
    faults = (*_structure(tree, ids), *_unguarded(tree), *find_foreign(elements))
    personal = tuple(map(leak_of, find_in_page(html, elements)))
    refreshes = tuple(find_refreshes(elements))
    digest = hashlib.sha256(html).hexdigest()
    return PageReading(path, digest, frozenset(ids), tuple(map(sys.intern, targets)), refreshes, faults, personal)


def _structure(tree: LexborHTMLParser, ids: list[str]) -> Iterator[Fault]:
    for name, wanted in (("title", "head > title"), ("h1", "h1")):
        found = tree.css(wanted)
        if len(found) != 1:
            yield Fault(
                "K703",
                text("halaman ini punya {count} <{name}>, seharusnya satu", count=len(found), name=name),
                text("periksa templat halaman ini"),
            )
        elif not found[0].text(strip=True):
            yield Fault("K703", text("<{name}> halaman ini kosong", name=name), text("periksa templat halaman ini"))
    for name, count in Counter(ids).items():
        if count > 1:
            yield Fault(
                "K703",
                text('penanda id "{name}" dipakai {count} kali', name=name, count=count),
                text("ubah judul bagian yang sama di halaman ini"),
            )


def _unguarded(tree: LexborHTMLParser) -> Iterator[Fault]:
    """Yield a fault unless a page says our policy, and before anything that it could be about."""
    for node in tree.css("head > *"):
        if node.tag != "meta":
            break
        if (node.attributes.get("http-equiv") or "").lower() == SECURITY.lower():
            if node.attributes.get("content") == POLICY:
                return
            break
    message = text("halaman ini tidak menyatakan di awal apa yang boleh dimuatnya")
    yield Fault("K704", message, text("biarkan baris {name} di templat halaman seperti aslinya", name=SECURITY))


def ground_of_judgement(ground: str, expected: Expected) -> str:
    """Return the fingerprint of all that the judgement of a file's bytes follows from; nothing where it cannot be told.

    ``ground`` is that of the pages, in which the program stands.
    """
    told = (ground, rules(), sorted(expected.own), sorted(expected.allowed))
    return hashlib.sha256(repr(told).encode()).hexdigest() if ground else ""


NOTHING = Former()
NO_READINGS: Mapping[str, PageReading] = MappingProxyType({})


def judge_site(
    out: Path,
    name: str,
    readings: Sequence[PageReading],
    expected: Expected,
    *,
    files: Mapping[str, Stamp] | None = None,
    former: Former = NOTHING,
    known: Mapping[str, PageReading] = NO_READINGS,
    jobs: int = 1,
) -> Iterator[Problem]:
    """Yield every problem of the built site; ``name`` is how messages call its folder.

    ``files`` are the `stamps` of all that stands in it, where they are known. ``former`` is the site that was judged
    last, by the same rules (`ground_of_judgement`), and ``known`` what was read in its pages, by their paths. What a
    file of it holds is not looked at again, nor is where the links of such a page lead while what they led to is there;
    which files there are is. What is much is looked at by so many processes as ``jobs`` says.
    """
    anchors = {reading.path: reading.anchors for reading in readings}
    for missing in sorted(set(expected.pages) - set(anchors)):
        fault = Fault("K701", text("halaman ini seharusnya ada tetapi tidak dibuat"), None)
        yield _problem(name, missing, fault)
    files = stamps(out) if files is None else files
    pages = {path for path in files if path.endswith(".html")}  # also those that nobody read
    for extra in sorted({*anchors, *pages} - set(expected.pages)):
        fault = Fault("K701", text("halaman ini ada tetapi tidak seharusnya terbit"), None)
        yield _problem(name, extra, fault)
    same = former.same(files)
    beside = Beside(out, files, expected, former, same, files_of_words(name for name in files if name not in same))
    jobs = jobs if beside.is_much else 1
    with aside(partial(beside.judge, jobs=jobs), jobs=jobs) as told:
        ground = Ground(files.keys(), anchors, base_of(expected.url))
        unasked = links_known(known, former.names, ground) if former.names else ()
        sound = {one.path for one in readings if one.path in unasked and known[one.path].digest == one.digest}
        in_pages = list(judge_pages(readings, expected, ground, sound=sound))
        rows = told()
    yield from (_problem(name, path, fault, line=line) for path, line, fault in rows)
    yield from (_problem(name, path, fault) for path, fault in in_pages)


def judge_pages(
    readings: Sequence[PageReading], expected: Expected, ground: Ground, *, sound: Container[str] = ()
) -> Iterator[tuple[str, Fault]]:
    """Yield (path, fault) of what was read in pages; the links of those that are ``sound`` lead where they did."""
    found = set[str]()
    for reading in readings:
        leaks = (leak.fault for leak in reading.personal if not leak.may_stand(expected.allowed))
        yield from ((reading.path, fault) for fault in (*reading.faults, *leaks))
        target = expected.redirects.get(reading.path)
        if reading.refreshes != (() if target is None else (f"0; url={target}",)):
            fault = Fault("K704", text("halaman ini mengantar pembaca ke alamat yang tidak direncanakan"), REMOVE)
            yield reading.path, fault
        for target in () if reading.path in sound else lost_targets(reading, ground, found):
            message = text('tautan "{target}" tidak menuju ke mana pun', target=target)
            yield reading.path, Fault("K702", message, text("periksa alamatnya, atau halaman yang dituju"))


WORTH_SHARING = 16_000_000
"""Bytes of new files of words from which on it is quicker to let several processes look at them."""

Row = tuple[str, int, Fault]
"""The path of a file, a line in it, and what is wrong there."""


class Beside(NamedTuple):
    """What stands in a site that was not judged yet, its pages left to others: all ``files``, and by what they are
    judged. ``same`` are those of the ``former`` site, where nothing is new; ``words`` those of words among the rest."""

    out: Path
    files: Mapping[str, Stamp]
    expected: Expected
    former: Former
    same: Collection[str]
    words: Sequence[str]

    @property
    def is_much(self) -> bool:
        """Whether it is quicker to let several processes look; a file that stood there before has few new lines."""
        new = (name for name in self.words if name not in self.former.files)
        return sum(self.files[name][SIZE] for name in new) > WORTH_SHARING

    def judge(self, *, jobs: int) -> list[Row]:
        """Return what is wrong, by so many processes: each file of words is one's, the rest too."""
        return list(spread(self.look, ["", *self.words], jobs=jobs, size=1))

    def look(self, names: Sequence[str]) -> list[Row]:
        """Return what is wrong in files of words by their names; under "" what is told without a look at words."""
        return [row for name in names for row in (self.look_at(name) if name else self.look_at_all())]

    def look_at(self, name: str) -> Iterator[Row]:
        """Yield what a file of words holds that may not stand there."""
        for line, finding in find_in_file(self.out, name, before=self.former.read):
            if not (leak := leak_of(finding)).may_stand(self.expected.allowed):
                yield name, line, leak.fault

    def look_at_all(self) -> Iterator[Row]:
        """Yield what is wrong with the types of files, programs among them, and with names."""
        judged = (
            *judge_files(self.out, self.files, self.expected.media, same=self.same),
            *judge_programs(self.out, self.files, self.expected.own, same=self.same),
        )
        yield from ((path, 1, fault) for path, fault in judged)
        for path, finding in find_in_names(name for name in self.files if name not in self.same):
            if not (leak := leak_of(finding)).may_stand(self.expected.allowed):
                yield path, 1, leak.fault


def _problem(name: str, path: str, fault: Fault, *, line: int = 1) -> Problem:
    return Problem(f"{name}/{path}", line, 1, fault.code, fault.message, fault.hint)
