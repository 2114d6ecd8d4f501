"""What in a page is foreign or active: nothing may be fetched from elsewhere or run that we did not ship (K704)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from kbp_site.content.problems import Fault
from kbp_site.locale import text

FETCHING = frozenset(["src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "xlink:href"])
"""Attributes by which any element fetches or sends something by itself."""

LEADING = frozenset({"a", "area"})
"""Elements whose `href` waits for a reader; that of any other is fetched."""

ANIMATING = frozenset({"to", "from", "by", "values"})
"""Attributes of SVG animations, which can put a command into an address later."""

HARMLESS_RELATIONS = frozenset({"canonical", "alternate", "prev", "next", "license", "author"})
COMMANDS = ("javascript:", "vbscript:", "data:", "blob:", "file:", "filesystem:")
DATA_TYPES = frozenset({"application/ld+json", "application/json"})
FORBIDDEN = frozenset({"base", "frame", "applet", "portal"})
UNSEEN = re.compile(r"[\x00-\x20]+")
"""What browsers drop from an address before they read its scheme."""

SUSPECT = re.compile(r"[:\\]|^[\x00-\x20]*/")
"""An address without any of these is a relative one."""

REMOVE = text("hapus bagian itu")


class Element(NamedTuple):
    """One element of a page: its name and its attributes."""

    tag: str
    attributes: Mapping[str, str | None]


def read_elements(tree: LexborHTMLParser) -> list[Element]:
    """Return every element that has attributes, or that matters without them."""
    found = []
    for node in tree.css("*"):
        tag, attributes = node.tag or "", node.attributes
        if attributes or tag in {"script", "style"} or tag in FORBIDDEN:
            found.append(Element(tag, attributes))
    return found


def addresses(element: Element) -> Iterator[str]:
    """Yield every address that an element leads to or fetches."""
    for name, value in element.attributes.items():
        if name in {"srcset", "imagesrcset"}:
            yield from (part.split()[0] for part in re.split(r",\s+|,$", value or "") if part.strip())
        elif name == "ping":
            yield from (value or "").split()
        elif name == "href" or name in FETCHING:
            yield value or ""


def find_refreshes(elements: Sequence[Element]) -> Iterator[str]:
    """Yield what every element says that sends a reader on without being asked."""
    for element in elements:
        if element.tag == "meta" and (element.attributes.get("http-equiv") or "").strip().lower() == "refresh":
            yield element.attributes.get("content") or ""


def find_foreign(elements: Sequence[Element]) -> Iterator[Fault]:
    """Yield a fault for everything foreign or active in a page."""
    for element in elements:
        if (name := _forbidden(element)) is not None:
            yield Fault("K704", text("halaman ini berisi {name}, yang tidak boleh ada", name=name), REMOVE)
        if (name := _running(element)) is not None:
            yield Fault("K704", text('halaman ini menjalankan perintah di "{name}"', name=name), REMOVE)
        if not _waits(element):
            for address in filter(is_foreign, addresses(element)):
                message = text('halaman ini memuat "{address}" dari tempat lain', address=address)
                yield Fault("K704", message, text("simpan berkasnya di situs sendiri"))


def find_in_drawing(svg: bytes) -> Iterator[Fault]:
    """Yield a fault for everything foreign or active in a drawing, which browsers open as a page too."""
    yield from find_foreign(read_elements(LexborHTMLParser(svg)))


def _forbidden(element: Element) -> str | None:
    """Return what makes an element one that no page may hold, if anything."""
    tag, attributes = element
    if tag == "script" and "src" not in attributes and attributes.get("type") not in DATA_TYPES:
        return "<script>"
    if tag == "style" or "style" in attributes:
        return "style"
    return f"<{tag}>" if tag in FORBIDDEN else None


def _running(element: Element) -> str | None:
    """Return the attribute that would run something, if there is one."""
    for name, value in element.attributes.items():
        if name.startswith("on") or name == "srcdoc":
            return name
        if value and ":" in value and (name == "href" or name in FETCHING or name in ANIMATING):
            written = UNSEEN.sub("", value).lower()
            is_picture = element.tag == "img" and written.startswith("data:image/")
            if written.startswith(COMMANDS) and not is_picture:
                return name
    return None


def _waits(element: Element) -> bool:
    """Whether an element's addresses are only followed when a reader asks for it."""
    if element.tag == "link":
        return set((element.attributes.get("rel") or "").lower().split()) <= HARMLESS_RELATIONS
    return element.tag in LEADING and "ping" not in element.attributes


def is_foreign(address: str) -> bool:
    """Whether an address names a host: another site's, as a browser reads it."""
    if SUSPECT.search(address) is None:
        return False
    written = UNSEEN.sub("", address).replace("\\", "/")
    try:
        parts = urlsplit(written)
    except ValueError:
        return True
    return bool(parts.netloc) or written.startswith("//") or parts.scheme in {"http", "https"}
