"""The index of the search page: what can be found, and which words are searched together.

It is loaded whole, which is fit for a community's site: 0.3 MB at 1,000 records before compression.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Envelope
from kbp_site.content.records.terms import Term
from kbp_site.pages.page import path_of
from kbp_site.pages.parts import kind_label, places_of

SUMMARY_LIMIT = 160


def export_search(library: Library) -> bytes:
    """Return `search.json`: version, groups of synonyms, and a row for every public record with a page."""
    data = {
        "version": 1,
        "synonyms": list(synonyms(library)),
        "records": [row(library, entry) for entry in library.public if entry.record.PATH],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def row(library: Library, entry: Entry[Envelope]) -> list[str]:
    """Return title, kind, path, summary and further words of a record."""
    record = entry.record
    summary = record.summary or getattr(record, "definition", "") or ""
    more = [place.title for place in places_of(library, record)]
    if isinstance(record, Term):
        more += [record.expansion or "", *record.also]
    short = summary if len(summary) <= SUMMARY_LIMIT else f"{summary[:SUMMARY_LIMIT].rpartition(' ')[0]} …"
    return [record.title, kind_label(record, "id"), path_of(entry), short, " ".join(filter(None, more))]


def synonyms(library: Library) -> Iterator[list[str]]:
    """Yield a searched word with all that it stands for, folded as the page's script folds."""
    groups = {name: list(others) for name, others in library.site.search_synonyms.items()}
    for entry in library.of(Term):
        if entry.record.expansion:
            groups.setdefault(entry.record.title, []).append(entry.record.expansion)
    for name, others in sorted(groups.items()):
        folded = [fold(each) for each in (name, *others)]
        if re.fullmatch(r"\w+", folded[0]):
            yield list(dict.fromkeys(folded))


def fold(text: str) -> str:
    """Return the text without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
