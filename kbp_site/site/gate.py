"""The gate reads the built site as a stranger would, and refuses what must not be public (K7xx).

It knows nothing of the host: it parses HTML with lexbor and looks at files. K701 what is public is not
what should be, K702 a link that leads nowhere, K703 a page's build, K704 something foreign or active.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from kbp_site.content.problems import Fault, Problem
from kbp_site.locale import text

LOADING = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href", "object": "data", "embed": "src"}
"""Elements that fetch something by themselves, and the attribute that says what."""

HARMLESS_RELATIONS = frozenset({"canonical", "alternate", "prev", "next", "license", "author"})


@dataclass(frozen=True)
class PageReading:
    """What a stranger sees in one page: its anchors, where it leads to, and its own faults."""

    path: str
    anchors: frozenset[str]
    targets: tuple[str, ...]
    faults: tuple[Fault, ...]


def read_page(path: str, html: bytes) -> PageReading:
    """Read one built page; ``path`` is its place below the site ("kegiatan/index.html")."""
    tree = LexborHTMLParser(html)
    ids = [node.attributes.get("id") or "" for node in tree.css("[id]")]
    faults = [*_structure(tree, ids), *_foreign(tree)]
    targets = [
        value
        for node in tree.css("[href], [src]")
        for name in ("href", "src")
        if (value := node.attributes.get(name)) is not None
    ]
    return PageReading(path, frozenset(ids), tuple(dict.fromkeys(targets)), tuple(faults))


def _structure(tree: LexborHTMLParser, ids: list[str]) -> Iterator[Fault]:
    for name, wanted in (("title", "head > title"), ("h1", "h1")):
        if (count := len(tree.css(wanted))) != 1:
            yield Fault(
                "K703",
                text("halaman ini punya {count} <{name}>, seharusnya satu", count=count, name=name),
                text("periksa templat halaman ini"),
            )
    for name, count in Counter(ids).items():
        if count > 1:
            yield Fault(
                "K703",
                text('penanda id "{name}" dipakai {count} kali', name=name, count=count),
                text("ubah judul bagian yang sama di halaman ini"),
            )


def _foreign(tree: LexborHTMLParser) -> Iterator[Fault]:
    for node in tree.css(", ".join(LOADING)):
        address = node.attributes.get(LOADING[node.tag or ""]) or ""
        relation = set((node.attributes.get("rel") or "").split())
        if _is_foreign(address) and not (node.tag == "link" and relation <= HARMLESS_RELATIONS):
            yield Fault(
                "K704",
                text('halaman ini memuat "{address}" dari tempat lain', address=address),
                text("simpan berkasnya di situs sendiri"),
            )
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            if name.startswith("on") or (value or "").strip().lower().startswith(("javascript:", "vbscript:")):
                yield Fault(
                    "K704",
                    text('halaman ini menjalankan perintah di "{name}"', name=name),
                    text("hapus perintah itu"),
                )


def _is_foreign(address: str) -> bool:
    return bool(urlsplit(address).netloc) or address.startswith(("\\", "//"))


def judge_site(
    out: Path, name: str, readings: Sequence[PageReading], planned: Collection[str]
) -> Iterator[Problem]:
    """Yield every problem of the built site; ``name`` is how messages call its folder.

    ``planned`` are the pages that must be there, no more and no less ("kegiatan/index.html").
    """
    anchors = {reading.path: reading.anchors for reading in readings}
    for missing in sorted(set(planned) - set(anchors)):
        fault = Fault("K701", text("halaman ini seharusnya ada tetapi tidak dibuat"), None)
        yield _problem(name, missing, fault)
    for extra in sorted(set(anchors) - set(planned)):
        fault = Fault("K701", text("halaman ini ada tetapi tidak seharusnya terbit"), None)
        yield _problem(name, extra, fault)
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    for reading in readings:
        yield from (_problem(name, reading.path, fault) for fault in reading.faults)
        for target in reading.targets:
            if not leads_somewhere(reading.path, target, files, anchors):
                fault = Fault(
                    "K702",
                    text('tautan "{target}" tidak menuju ke mana pun', target=target),
                    text("periksa alamatnya, atau halaman yang dituju"),
                )
                yield _problem(name, reading.path, fault)


def leads_somewhere(
    origin: str, target: str, files: Collection[str], anchors: dict[str, frozenset[str]]
) -> bool:
    """Whether a link on a page leads to a file of the site and an anchor that is there (or outside)."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return True
    if not parts.path:
        path = origin
    else:
        folder = "" if parts.path.startswith("/") else posixpath.dirname(origin)
        path = posixpath.normpath(posixpath.join(folder, unquote(parts.path).lstrip("/") or "."))
        if parts.path.endswith(("/", ".")):
            path = posixpath.normpath(posixpath.join(path, "index.html"))
    if path not in files:
        return False
    return not parts.fragment or path not in anchors or unquote(parts.fragment) in anchors[path]


def _problem(name: str, path: str, fault: Fault) -> Problem:
    return Problem(f"{name}/{path}", 1, 1, fault.code, fault.message, fault.hint)
