"""The documents that can be found, each made again only when what it looks at changed.

Beside what it looks at in the library, a document follows from the words of all others: it names the relatives of its
own words (`outputs/families.py`). So the words of each are kept, and where the words of the whole site changed, the
relatives of a document's words are looked up again, which takes a tenth of the time of making it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kbp_site.content.kept_results import Fresh, KeptResults, Result, fingerprint, read_results
from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Envelope
from kbp_site.content.records.places import Place
from kbp_site.content.watched import WatchedLibrary
from kbp_site.content.workers import spread
from kbp_site.locale import Language
from kbp_site.outputs.search import Edition, address_of, document, findable, relatives, said_by
from kbp_site.outputs.synonyms import synonyms_of
from kbp_site.outputs.wording import wording, words

DOCUMENTS_OF_A_PART = 500
"""Documents that a worker makes at a time."""


class Document(NamedTuple):
    """A document to be found: the address of its page's file, the SHA-256 of its HTML, and what gives the HTML."""

    name: str
    digest: str
    html: Callable[[], str]


@dataclass(frozen=True)
class Finding:
    """What can be found in a language: a document for every page, and the words that slips are mended by."""

    language: Language
    documents: Sequence[Document]
    words: bytes


class Told(NamedTuple):
    """What is known of a document: its SHA-256, its words, those whose relatives it names, and which these were.

    Words stand in one text, each once; the relatives, and the edition that they are from, are told by fingerprints.
    """

    digest: str
    said: str
    asked: str
    kin: str
    edition: str


def read_documents(path: Path) -> KeptResults[Told]:
    """Return what is known of documents that were made."""
    return read_results(path, classes=(Told,))


def find(edition: Edition) -> Finding:
    """Return what can be found in an edition, of which nothing is known."""
    documents = [
        Document(name, hashlib.sha256(html.encode()).hexdigest(), html.__str__) for name, html in edition.documents()
    ]
    return Finding(edition.language, documents, edition.words())


def find_all(
    library: WatchedLibrary, before: KeptResults[Told], folder: Path, *, jobs: int
) -> tuple[list[Finding], KeptResults[Told]]:
    """Return what can be found in each language, and what is to be known of the documents the next time.

    ``folder`` is a new one, which holds the HTML of the documents that are made for as long as it is asked for.
    """
    folder.mkdir()
    entries = {
        language: {address_of(entry, language): entry for entry in findable(library)} for language in library.languages
    }
    given: dict[str, str] = {}
    for language, named in entries.items():
        given |= dict.fromkeys(named, _given(library, language))
    current, made, findings = before.current(library, given), dict[str, Made](), []
    for language, named in entries.items():
        maker = Maker(library, _edition(library, language, named, current), named, folder)
        still = {name: told for name in named if name in current and (told := maker.still(current[name].value))}
        stale = [name for name in named if name not in still]
        made |= {one.fresh.name: one for one in spread(maker.make, stale, jobs=jobs, size=DOCUMENTS_OF_A_PART)}
        current = {name: row for name, row in current.items() if name not in named or name in still}
        current |= {name: current[name]._replace(value=told) for name, told in still.items()}
        documents = [
            Document(name, still[name].digest, partial(maker.html, name))
            if name in still
            else Document(name, made[name].fresh.value.digest, made[name].html)
            for name in named
        ]
        findings.append(Finding(language, documents, maker.edition.words()))
    return findings, before.renewed(library, current, (one.fresh for one in made.values()))


def _given(library: Library, language: Language) -> str:
    """Return the fingerprint of what all documents of a language are given: names that are no words, and synonyms."""
    names = [(place.record.title, place.record.as_written) for place in library.of(Place)]
    return fingerprint((names, synonyms_of(library, language).groups))


def _edition(
    library: Library, language: Language, entries: Mapping[str, Entry[Envelope]], known: Mapping[str, Result[Told]]
) -> Edition:
    counts: Counter[str] = Counter()
    for name, entry in entries.items():
        kept = known.get(name)
        counts.update(kept.value.said.split(" ") if kept else set(words(wording(library, entry, language).whole)))
    del counts[""]
    return Edition.counted(library, language, counts)


class Made(NamedTuple):
    """A document that was made, and what reads its HTML, which is too much to be held for all of them."""

    fresh: Fresh[Told]
    html: Callable[[], str]


def _read(path: Path, start: int, size: int) -> str:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(size).decode()


class Maker:
    """Makes the documents of an edition."""

    def __init__(
        self, library: WatchedLibrary, edition: Edition, entries: Mapping[str, Entry[Envelope]], folder: Path
    ) -> None:
        """Make documents of these entries, by their names; ``folder`` is where their HTML is written."""
        self.library, self.edition, self.entries, self.folder = library, edition, entries, folder
        self.given, self.told = _given(library, edition.language), fingerprint(sorted(edition.counts))

    def html(self, name: str) -> str:
        """Return a document's HTML."""
        entry = self.entries[name]
        return document(self.edition, entry, said_by(self.edition, entry))

    def still(self, told: Told) -> Told | None:
        """Return what is known of a document where it names the same as before; else ``None``."""
        if told.edition == self.told:
            return told
        return told._replace(edition=self.told) if self._kin(told.asked.split(" ")) == told.kin else None

    def make(self, names: Sequence[str]) -> list[Made]:
        """Make documents, and tell what they looked at, by their names; their HTML comes into one file."""
        path, made = self.folder / fingerprint(list(names)), []
        with path.open("wb") as file:
            for name in names:
                fresh, html = self._make(name)
                made.append(Made(fresh, partial(_read, path, file.tell(), file.write(html))))
        return made

    def _make(self, name: str) -> tuple[Fresh[Told], bytes]:
        entry = self.entries[name]
        with self.library.noting() as looked_at:
            said = said_by(self.edition, entry)
            html = document(self.edition, entry, said).encode()
        digest = hashlib.sha256(html).hexdigest()
        told = Told(digest, " ".join(sorted(said.words)), " ".join(said.asked), self._kin(said.asked), self.told)
        return Fresh(name, told, self.given, frozenset(looked_at)), html

    def _kin(self, asked: Iterable[str]) -> str:
        return fingerprint(list(relatives(self.edition, asked)))
