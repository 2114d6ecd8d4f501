"""Prose as plain nodes that a page is set from: the parsed HTML of a text, and no markup of the typesetter."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NotRequired, TypedDict, Unpack

from kbp_site.content.markup import to_html


class Attributes(TypedDict):
    """What a page shows of an element's attributes."""

    level: NotRequired[int]
    start: NotRequired[int]
    href: NotRequired[str]
    lang: NotRequired[str]


class Element(Attributes):
    """An element: its tag, and what stands in it."""

    tag: str
    inner: list[Element | str]


Nodes = list[Element | str]


HOLDERS = frozenset(["ul", "ol", "blockquote", "table", "thead", "tbody", "tr", ""])
"""What holds only elements: spaces between them mean nothing."""

EMPTY = frozenset(["br", "hr"])
SCHEME = re.compile(r"^(?:https?://|mailto:|tel:)", re.IGNORECASE)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
ABOVE = 2
"""The level of the heading that stands over every text."""


def element(tag: str, *inner: Element | str, **attributes: Unpack[Attributes]) -> Element:
    """Return an element with what stands in it."""
    return {"tag": tag, "inner": list(inner), **attributes}


def nodes_of(prose: str) -> Nodes:
    """Return a record's Markdown as nodes; headings in it never skip a level."""
    return parse(to_html(prose), above=ABOVE)


def parse(html: str, *, above: int = 0) -> Nodes:
    """Return HTML of ours as nodes: what `markup.ALLOWED` names, and all else by its words alone.

    ``above`` is the level of the heading that it will stand under.
    """
    reader = _Reader(above)
    reader.feed(html)
    reader.close()
    return reader.root["inner"]


def words_of(nodes: Nodes) -> str:
    """Return the words of nodes without their form."""
    return "".join(node if isinstance(node, str) else words_of(node["inner"]) for node in nodes)


def address_in_words(address: str) -> str:
    """Return an address as a reader of paper types it: without what every browser adds by itself."""
    return SCHEME.sub("", address).rstrip("/")


class _Reader(HTMLParser):
    """Builds nodes from HTML that is whole: every element in it is closed."""

    def __init__(self, above: int) -> None:
        super().__init__(convert_charrefs=True)
        self.root: Element = {"tag": "", "inner": []}
        self.open = [self.root]
        self.above, self.levels = above, list[int]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element: Element = {"tag": tag, "inner": []}
        values = dict(attrs)
        if tag in HEADINGS:
            element["tag"], element["level"] = "heading", self._level(HEADINGS[tag])
        if tag == "b":
            element["tag"] = "key" if values.get("class") == "code" else "strong"
        if tag == "ol":
            element["start"] = int(values.get("start") or 1)
        if tag == "a":
            element["href"] = values.get("href") or ""
        self.open[-1]["inner"].append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in EMPTY or len(self.open) == 1:
            return
        closed = self.open.pop()
        address = address_in_words(closed.get("href", ""))
        if address and words_of(closed["inner"]) not in {address, closed.get("href")}:
            self.open[-1]["inner"].append(f" ({address})")

    def handle_data(self, data: str) -> None:
        words = " ".join(f".{data}.".split())[1:-1]  # one space for many, at the ends too
        if words and (words.strip() or self.open[-1]["tag"] not in HOLDERS):
            self.open[-1]["inner"].append(words)

    def _level(self, written: int) -> int:
        """Return a heading's level: that of the writer, where no level between it and the one above is left out."""
        self.levels = [level for level in self.levels if level < written]
        self.levels.append(written)
        return self.above + len(self.levels)
