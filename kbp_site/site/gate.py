"""The gate reads the built site as a stranger would, and refuses what must not be public (K7xx).

It knows nothing of the host: it parses HTML with lexbor and looks at files. K701 what is public is not
what should be, K702 a link that leads nowhere, K703 a page's build, K704 something foreign or active.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from selectolax.lexbor import LexborHTMLParser

from kbp_site.content.problems import Fault, Problem
from kbp_site.content.shelves import Stamp
from kbp_site.locale import text
from kbp_site.outputs.headers import POLICY, SECURITY
from kbp_site.pages.page import base_of
from kbp_site.site.files import judge_files
from kbp_site.site.foreign import REMOVE, addresses, find_foreign, find_refreshes, read_elements
from kbp_site.site.leaks import Leak, find_in_files, find_in_page, leak_of
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
) -> Iterator[Problem]:
    """Yield every problem of the built site; ``name`` is how messages call its folder.

    ``files`` are the `stamps` of all that stands in it, where they are known. ``former`` is the site that was judged
    last, by the same rules (`ground_of_judgement`), and ``known`` what was read in its pages, by their paths. What a
    file of it holds is not looked at again, nor is where the links of such a page lead while what they led to is there;
    which files there are is.
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
    judged = (
        *judge_files(out, files, expected.media, same=same),
        *judge_programs(out, files, expected.own, same=same),
    )
    yield from (_problem(name, path, fault) for path, fault in judged)
    for path, line, finding in find_in_files(out, files, same=same, before=former.read):
        leak = leak_of(finding)
        if not leak.may_stand(expected.allowed):
            yield _problem(name, path, leak.fault, line=line)
    ground = Ground(files.keys(), anchors, base_of(expected.url))
    unasked, sound = links_known(known, former.names, ground) if former.names else (), set[str]()
    for reading in readings:
        leaks = (leak.fault for leak in reading.personal if not leak.may_stand(expected.allowed))
        yield from (_problem(name, reading.path, fault) for fault in (*reading.faults, *leaks))
        target = expected.redirects.get(reading.path)
        if reading.refreshes != (() if target is None else (f"0; url={target}",)):
            fault = Fault("K704", text("halaman ini mengantar pembaca ke alamat yang tidak direncanakan"), REMOVE)
            yield _problem(name, reading.path, fault)
        is_known = reading.path in unasked and known[reading.path].digest == reading.digest
        for target in () if is_known else lost_targets(reading, ground, sound):
            fault = Fault(
                "K702",
                text('tautan "{target}" tidak menuju ke mana pun', target=target),
                text("periksa alamatnya, atau halaman yang dituju"),
            )
            yield _problem(name, reading.path, fault)


def _problem(name: str, path: str, fault: Fault, *, line: int = 1) -> Problem:
    return Problem(f"{name}/{path}", line, 1, fault.code, fault.message, fault.hint)
