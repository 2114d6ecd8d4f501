"""The glossary inside every text: the first use of a term on a page carries its meaning.

A term becomes a link to its meaning at the page's end, with the meaning as the link's title: it works
by tap, by hover, on paper, and without JavaScript. From the meaning a link leads back to where it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from kbp_site.content.library import E, Entry, Library
from kbp_site.content.records.terms import Confidence, Term
from kbp_site.content.watched import fact
from kbp_site.locale import Text
from kbp_site.pages.page import Link
from kbp_site.pages.parts import Section, View
from kbp_site.pages.render import Prose, escape

WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
SKIPPED = re.compile(r"\[[^\[\]\n]{0,300}\]\(https?://[^\s()<>\"'\\]*\)|^ {0,3}#+ .*$|https?://\S+", re.MULTILINE)
"""What is left alone: simple links, headings, addresses."""

MOST_NAMES = 20
"""Other names of a term that are looked for; more would only make every page slow."""

LOOSE = re.compile(r"[\[\]`\\!&]")
PARAGRAPHS = re.compile(r"(\n[ \t]*\n)")

PLAIN = bytes(code if code < 128 and chr(code).isalnum() else ord(" ") for code in range(256))
"""Letters and digits of ASCII; all else parts them."""


@dataclass(frozen=True)
class Meaning:
    """What a term means, as shown at the end of a page that uses it."""

    id: str
    term: str
    expansion: str
    definition: str
    is_uncertain: bool
    link: Link
    language: str
    expansion_language: str


Names = tuple[tuple[tuple[str, ...], Entry[Term]], ...]
"""The names that begin with one word, longest first, each as its words, with the term that it means."""


class Index(dict[str, Names]):
    """The names of all terms by their first word; remembers the answer for every spelling asked for."""

    def __init__(self, names: dict[str, Names]) -> None:
        super().__init__()
        self.names = names
        self._beginnings = frozenset(b"".join(_plain_words(word)[:1]) for word in names)

    def __missing__(self, word: str) -> Names:
        found = self[word] = self.names.get(_key(word), ())
        return found

    def may_begin_in(self, text: str) -> bool:
        """Whether a name may begin in a text: ten times as quick as to look at each word, and most texts hold none."""
        is_sure = b"" in self._beginnings  # of a name without a letter of ASCII this cannot be told
        return is_sure or not self._beginnings.isdisjoint(_plain_words(text))


def _plain_words(text: str) -> list[bytes]:
    """Return the letters and digits of ASCII in a text, small, as they stand together."""
    return text.casefold().encode("ascii", "replace").translate(PLAIN).split()


def index_of(library: Library) -> Index:
    """Return all names of terms by their first word; single acronyms keep their case."""
    library.looks_at("names-of-terms")
    return library.shared(_find_names)


@fact("names-of-terms")
def _tell_names(library: Library) -> str:
    names = index_of(library).names
    return repr([(key, [(words, entry.id) for words, entry in names[key]]) for key in sorted(names)])


def _find_names(library: Library) -> Index:
    names: dict[str, list[tuple[tuple[str, ...], Entry[Term]]]] = {}
    for entry in library.of(Term):
        for name in _names(entry.record):
            words = tuple(WORD.findall(name))
            if words and _is_distinct(words):
                names.setdefault(_key(words[0]), []).append((words, entry))
    return Index({key: tuple(sorted(many, key=lambda row: -len(row[0]))) for key, many in names.items()})


def _names(term: Term) -> Iterator[str]:
    """Yield what a term is called in texts; an expansion with remarks in brackets is not a name."""
    for name in (term.title, *term.also[:MOST_NAMES]):
        yield name.partition(" (")[0]
    if term.expansion and " " in term.expansion and "(" not in term.expansion:
        yield term.expansion


def _is_distinct(words: tuple[str, ...]) -> bool:
    """A single word is a name when it is longer than two letters, or an acronym."""
    return len(words) > 1 or len(words[0]) > 2 or (len(words[0]) == 2 and words[0].isupper())


def _key(word: str) -> str:
    return word if word.isupper() else word.casefold()


def _are_close(before: re.Match[str], after: re.Match[str]) -> bool:
    """Whether one space or line's end stands between two words, and nothing else."""
    return after.start() - before.end() == 1 and before.string[before.end()].isspace()


@dataclass
class Annotator:
    """Marks the first use of each term in a page's texts, and remembers the meanings."""

    view: View
    found: dict[str, Entry[Term]] = field(default_factory=dict)

    def prose(self, markdown: str | None) -> Prose:
        """Return prose with the first uses of terms marked; Markdown stays Markdown."""
        if not markdown:
            return Prose("")
        return Prose("".join(self._paragraph(paragraph) for paragraph in PARAGRAPHS.split(markdown)))

    def section(self, entry: Entry[E], name: str, heading: Text, field: str) -> tuple[Section, ...]:
        """Return a record's text under a heading, its terms marked; none where the record has none."""
        said = getattr(entry.said(self.view.language), field, None)
        if not said:
            return ()
        return (Section(name, self.view.say(heading), self.prose(said), self.view.foreign_text(entry, field)),)

    def _paragraph(self, markdown: str) -> str:
        """Mark a paragraph's terms, unless it holds loose marks, which a link of ours could close."""
        pieces, begin = [], 0
        if not index_of(self.view.library).may_begin_in(markdown) or LOOSE.search(SKIPPED.sub("", markdown)):
            return markdown
        for skipped in SKIPPED.finditer(markdown):
            pieces += [self._mark(markdown[begin : skipped.start()]), skipped.group()]
            begin = skipped.end()
        return "".join([*pieces, self._mark(markdown[begin:])])

    def _mark(self, plain: str) -> str:
        index = index_of(self.view.library)
        hits = [position for position, word in enumerate(WORD.findall(plain)) if index[word]]
        words = list(WORD.finditer(plain)) if hits else []
        pieces, begin = [], 0
        for position in hits:
            start = words[position].start()
            entry, length = self._match(index, words, position) if start >= begin else (None, 0)
            if entry is not None:
                end = words[position + length - 1].end()
                pieces += [plain[begin:start], self._link(entry, plain[start:end])]
                begin = end
        return "".join([*pieces, plain[begin:]])

    def _match(self, index: Index, words: list[re.Match[str]], position: int) -> tuple[Entry[Term] | None, int]:
        for names, entry in index[words[position].group()]:
            if entry.id in self.found:
                continue
            used = words[position : position + len(names)]
            is_close = all(_are_close(before, after) for before, after in pairwise(used))
            spelled = [_key(word.group()) for word in used]
            if is_close and spelled == [_key(name) for name in names]:
                return entry, len(names)
        return None, 0

    def _link(self, entry: Entry[Term], shown: str) -> str:
        self.found[entry.id] = entry
        meaning = self._meaning(entry)
        title = escape(meaning.expansion or meaning.definition)
        spoken = f' lang="{meaning.language}"' if meaning.language else ""
        ways = f'id="baca-{entry.id}" href="#istilah-{entry.id}"'
        return f'<a class="kbp-term" {ways} title="{title}"{spoken}>{escape(shown)}</a>'

    def _meaning(self, entry: Entry[Term]) -> Meaning:
        term = entry.said(self.view.language)
        uncertain = term.confidence is Confidence.LOW
        link, language = self.view.link(entry), self.view.foreign(entry)
        expansion_language = self.view.foreign_text(entry, "expansion")
        expansion = term.expansion or ""
        return Meaning(entry.id, term.title, expansion, term.definition, uncertain, link, language, expansion_language)

    def meanings(self) -> tuple[Meaning, ...]:
        """Return the meanings of all terms marked so far, by term."""
        return tuple(sorted((self._meaning(entry) for entry in self.found.values()), key=lambda m: m.term.casefold()))
