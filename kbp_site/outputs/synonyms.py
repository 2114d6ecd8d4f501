"""Other names for the same thing: whoever asks by one name finds the pages that use another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kbp_site.content.library import Library
from kbp_site.content.records.terms import Term
from kbp_site.locale import Language

WORD = re.compile(r"\w+")
BETWEEN = {number: " " for number in range(128) if not WORD.match(chr(number))}
"""All of ASCII that stands between words; a text of it is cut up in half of a pattern's time."""

Name = tuple[str, ...]
"""A name as its words, in small letters unless it is an abbreviation."""


class Synonyms:
    """Groups of names for one thing each, found in a text by their first word."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self.groups = tuple(map(tuple, groups))
        self._by_first: dict[str, list[tuple[Name, tuple[str, ...]]]] = {}
        for group in self.groups:
            for name in group:
                if words := tuple(map(compared, WORD.findall(name))):
                    others = tuple(other for other in group if other != name)
                    self._by_first.setdefault(words[0], []).append((words, others))

    def others(self, text: str) -> tuple[str, ...]:
        """Return the other names of all that a text names, each once."""
        found: dict[str, None] = {}
        if not self._by_first:
            return ()
        words = list(map(compared, text.translate(BETWEEN).split() if text.isascii() else WORD.findall(text)))
        for place in [place for place, word in enumerate(words) if word in self._by_first]:
            for name, others in self._by_first[words[place]]:
                if name == tuple(words[place : place + len(name)]):
                    found.update(dict.fromkeys(others))
        return tuple(found)


@lru_cache(maxsize=16384)
def compared(word: str) -> str:
    """Return how a word is compared: an abbreviation by its capitals ("PS"), any other without regard to them."""
    return word if word.isupper() and len(word) > 1 else word.casefold()


def synonyms_of(library: Library, language: Language) -> Synonyms:
    """Return what a site's record and its glossary say: terms with their expansions and other names."""
    groups = [(name, *others) for name, others in library.site.search_synonyms.items()]
    for entry in library.of(Term):
        term = entry.said(language)
        names = (term.title.partition(" (")[0], *term.also, *filter(None, [term.expansion]))
        groups.append(tuple(dict.fromkeys(names)))
    return Synonyms(group for group in groups if len(group) > 1)
