"""Any words in every plain field of every kind, shown by all that we make, and read back by parsers of others."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_plus
from xml.etree import ElementTree

import markdown
import yaml
from hypothesis import strategies as st
from icalendar import Calendar
from pydantic import BaseModel
from selectolax.lexbor import LexborHTMLParser

from kbp_site.content.library import Entry, Library
from kbp_site.content.load import load
from kbp_site.content.markup import MARKDOWN_SETTINGS
from kbp_site.content.records.shape import slots
from kbp_site.content.records.values import LineType, RefType
from kbp_site.kiosk.data import index_data, screen_data
from kbp_site.kiosk.data import script as script_of
from kbp_site.kiosk.onefile import compose
from kbp_site.kiosk.pages import make_screens, plan_screens
from kbp_site.kiosk.press.documents import draft_sheet
from kbp_site.kiosk.press.printing import A3, edition_of
from kbp_site.kiosk.selection import find_exhibition, select
from kbp_site.outputs.export import export_all
from kbp_site.outputs.search import Edition as SearchEdition
from kbp_site.pages.plan import plan_pages
from kbp_site.site.prepare import render_all

SITES = Path(__file__).parent / "sites"
TODAY = date(2026, 11, 23)
PIECES = (
    *("</title><script>alert(1)</script>", "<b>", "<!--", "-->", "]]>", "&lt;script&gt;", "&amp;", "&#65;", "&copy;"),
    *("&", '"', "'", "\\", "`", "``", "*", "_", "**", "[x](javascript:a)", "![x](y)", "[^1]", "[^1]:", "](", "~~~"),
    *("```", "# ", "- ", "1. ", "> ", "|", "---", "===", "{{ 7*7 }}", "{% raw %}", "{#", "${x}", "{: .a }", "$x$"),
    *("=1+1", "@SUM", ";", ",", ":", "\\n", "\\u2028", "%3Cb%3E", "%", "+", "//x.example", "javascript:a", "!!! note"),
    *(
        "data:text/html,x",
        "</script>",
        "<?x",
        "#let",
        "@import",
        "é漢😀",
        "العربية",
        "é",
        "www.x.example",
        "a@b.example",
    ),
)
WORDS = st.lists(
    st.one_of(
        st.sampled_from(PIECES),
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp", "Zs"]), max_size=6),
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
BATCHES = st.lists(WORDS, min_size=30, max_size=30)
END = re.compile(r"(?<=[ +])z(\d+)z|(?<=%20)z(\d+)z")
"""What the words of a field end with, wherever they were not made a name of (an anchor, a file)."""


class Filled:
    """A library whose plain fields all hold given words, between a beginning and an end that each has of its own.

    The beginning keeps their order, and first letters, whatever they are; the end says whose words stand somewhere.
    """

    def __init__(self, library: Library, batch: Sequence[str]) -> None:
        self.texts: list[str] = []
        self.fields: set[tuple[type[BaseModel], str]] = set()
        self.hidden: set[int] = set()
        self._batch = batch
        entries = [self._entry(entry, library) for entry in library.by_key.values()]
        self.own = len(self.texts)
        """From here on words are those of the site's own record, which stand in the frame of pages."""
        site = replace(library.site_entry, record=self._fill(library.site), translations={})
        self.library = Library(site, entries, today=library.today, media=library.media)

    def _entry(self, entry: Entry[Any], library: Library) -> Entry[Any]:
        before = len(self.texts)
        filled = replace(entry, record=self._fill(entry.record), translations={})
        if not library.shows(entry):
            self.hidden.update(range(before, len(self.texts)))
        return filled

    def _next(self) -> str:
        number = len(self.texts)
        words = self._batch[number % len(self._batch)]
        self.texts.append(" ".join(f"Q{number:04} {words} z{number}z".split()))
        return self.texts[-1]

    def _fill(self, record: BaseModel) -> BaseModel:
        made: dict[str, object] = {}
        for slot in slots(type(record)):
            value = getattr(record, slot.name)
            if is_plain(slot.type):
                self.fields.add((type(record), slot.name))
                made[slot.name] = tuple(self._next() for _ in value or "x") if slot.is_list else self._next()
            elif isinstance(slot.type, type) and value:
                made[slot.name] = tuple(map(self._fill, value)) if slot.is_list else self._fill(value)
        return record.model_copy(update=made)


def is_plain(type_: object) -> bool:
    """Whether what stands in a field is shown to readers as it is written."""
    return isinstance(type_, LineType) or (isinstance(type_, RefType) and type_.or_line)


def plain_fields(model: type[BaseModel]) -> Iterator[tuple[type[BaseModel], str]]:
    """Yield every plain field of a kind and its parts."""
    for slot in slots(model):
        if is_plain(slot.type):
            yield model, slot.name
        elif isinstance(slot.type, type):
            yield from plain_fields(slot.type)


def strings(value: object) -> Iterator[str]:
    """Yield every text of a value that JSON or YAML gave."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from (str(key), *strings(inner))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def in_html(html: str) -> Iterator[str]:
    """Yield every text of a page: what its elements say, their attributes, and the data in it."""
    tree = LexborHTMLParser(html)
    for node in tree.css("*"):
        yield from (value or "" for value in node.attributes.values())
        if node.attributes.get("type") == "application/ld+json":
            yield from strings(json.loads(node.text()))
        elif node.tag != "script":
            yield "".join(part.text(deep=False) for part in node.iter(include_text=True) if part.tag == "-text")


def shape(html: str) -> Counter[str]:
    """Return what a page is made of: its elements and their attributes, but the names that a map has room for."""
    nodes = LexborHTMLParser(html).css(":not(svg text)")
    return Counter(f"{node.tag} {sorted(node.attributes)}" for node in nodes)


Told = dict[str, tuple[list[str], Counter[str]]]
"""What stands in each output: its texts, and what it is made of."""


def tell(library: Library) -> Told:
    """Make everything of a library, and read it back with parsers of others."""
    media = Pictures()
    told: Told = {}
    pages = [page for page in plan_pages(library) if page.language == "id"]
    for name, written in render_all(library, pages):
        _, front, body = written.split("---\n", 2)
        html = markdown.markdown(body, extensions=["tables", "toc"], extension_configs=MARKDOWN_SETTINGS)
        told[name] = ([*strings(yaml.safe_load(front)), *in_html(html)], shape(html))
    for name, data in export_all(library, pages):
        told[name] = (list(READERS[name.rpartition(".")[2]](data.decode())), Counter())
    edition = SearchEdition.of(library, "id")
    told |= {f"pagefind/{name}": (list(in_html(html)), shape(html)) for name, html in edition.documents()}
    exhibition = find_exhibition(library, "pameran-kemerdekaan")
    chosen = select(library, exhibition)
    screens = make_screens(plan_screens(chosen, ["id"]), media)
    told |= {screen.file: (list(in_html(screen.html)), shape(screen.html)) for screen in screens.screens}
    for name, value in {
        "data.js": screen_data(chosen, exhibition, screens.screens, ["id"]),
        "indeks.js": index_data(chosen, screens.screens, ["id"]),
    }.items():
        code = script_of("var KBP", value).decode()
        assert "</script" not in code.lower() and "\u2028" not in code
        told[name] = (list(strings(json.loads(code.partition("=")[2].strip().rstrip(";")))), Counter())
    html = compose(library, "id", media).decode()
    told["onefile"] = (list(in_html(html)), shape(html))
    paper, story = edition_of(library, "id"), library.find("activities/mediasi-parit")
    assert story is not None
    for name, draft in {"poster": A3, "lembar": draft_sheet}.items():
        told[name] = (list(strings(draft(paper, story).values)), Counter())
    return told


GUARDED = re.compile(r";'(?=\s*[=+\-@\t＝＋－＠])")


def in_table(written: str) -> Iterator[str]:
    """Yield every cell of a table, without what keeps words behind a semicolon from being a formula."""
    for cell in (cell for row in csv.reader(io.StringIO(written)) for cell in row):
        yield from strings(json.loads(cell)) if cell.startswith(("[", "{")) else [GUARDED.sub(";", cell)]


def in_xml(written: str) -> Iterator[str]:
    """Yield every text of XML; what stands as HTML in a feed is read as HTML."""
    for element in ElementTree.fromstring(written).iter():
        yield from element.attrib.values()
        said = element.text or ""
        yield from in_html(said) if element.get("type") == "html" else [said]


def in_calendar(written: str) -> Iterator[str]:
    """Yield every value of a calendar; of its name, which is text too (RFC 7986), the reader takes no escapes out."""
    for part in Calendar.from_ical(written).walk():
        for name, value in part.items():
            yield re.sub(r"\\(.)", r"\1", value) if name in {"NAME", "X-WR-CALNAME"} else str(value)


def in_feed(written: str) -> Iterator[str]:
    """Yield every text of JSON; what stands as HTML in a feed is read as HTML."""
    for said in strings(json.loads(written)):
        yield from in_html(said) if said.startswith("<") else [said]


READERS: Mapping[str, Callable[[str], Iterator[str]]] = {
    **dict.fromkeys(("json", "geojson", "webmanifest"), in_feed),
    **{"csv": in_table, "xml": in_xml, "ics": in_calendar, "txt": lambda written: iter([written])},
}


class Pictures(dict[str, Path]):
    """Every picture that a page may show; what is in them does not count here."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Path:
        return Path(__file__)


@cache
def base() -> Library:
    """Return a small site that holds every kind with every plain field."""
    library = load(SITES / "full", today=TODAY).library
    assert library is not None
    return library


@cache
def plain() -> Told:
    """Return what is told of harmless words; whatever the words are, pages are made of the same."""
    return tell(Filled(base(), ["x"]).library)


def is_whole(words: str, said: str) -> bool:
    """Whether words stand in a text as they are; an address writes them in its own way."""
    return any(words in " ".join(read.split()) for read in (said, unquote(said), unquote_plus(said)))


def find_faults(filled: Filled, told: Told, expected: Told) -> Iterator[str]:
    """Yield what is shown otherwise than written, made of words, hidden, or nowhere to be seen."""
    seen: set[int] = set()
    for name, (texts, made) in told.items():
        if made != expected[name][1]:
            yield f"{name}: made of words: {made - expected[name][1]}, missing: {expected[name][1] - made}"
        for said in texts:
            for found in END.finditer(said):
                number = int(found[1] or found[2])
                seen.add(number)
                if not is_whole(filled.texts[number], said):
                    yield f"{name}: {filled.texts[number]!r} is shown as {said[:300]!r}"
    yield from (f"{filled.texts[number]!r} is not public" for number in sorted(seen & filled.hidden))
    unseen = set(range(filled.own)) - filled.hidden - seen
    yield from (f"{filled.texts[number]!r} is nowhere" for number in sorted(unseen))


def judge(batch: Sequence[str]) -> None:
    """See that all of these words are shown as written, wherever they stand, and make nothing."""
    filled = Filled(base(), batch)
    assert list(find_faults(filled, tell(filled.library), plain())) == []
