"""What the last release had is not lost unnoticed: a renamed record keeps its old address (K705).

The last release is the site that is about to be replaced; its open data tells what it had. A record that
is still there and not public was taken back on purpose, so nothing is said of it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kbp_site.content.library import Entry, Key, Library
from kbp_site.content.old_paths import old_file
from kbp_site.content.problems import Fault, Problem, Severity
from kbp_site.content.records.base import Envelope
from kbp_site.locale import text
from kbp_site.outputs.open_data import RECORDS
from kbp_site.outputs.plain import plain_record
from kbp_site.outputs.redirects import plan_redirects
from kbp_site.pages.page import path_of
from kbp_site.site.publish import MARKER

VERSION = b'{"version": 1,'
"""How the file begins that this module can read; a later one is left alone."""

SENTENCE_WORDS = 4
"""Words that a sentence has at least, so that it can tell one record from another."""


@dataclass(frozen=True)
class Former:
    """A record as the last release had it, and the addresses that nothing answers at any more."""

    key: Key
    fields: Mapping[str, object]
    addresses: tuple[str, ...]
    lost: tuple[str, ...]


def judge_last_release(out: Path, library: Library) -> tuple[Problem, ...]:
    """Return a problem for every address that the site in ``out`` has and the library would lose.

    An error where another record seems to have taken the old one's place, a warning elsewhere; nothing
    where ``out`` holds no site of ours, or one that cannot be read.
    """
    redirects = {redirect.file: redirect.entry for redirect in plan_redirects(library)}
    answered = {old_file(path_of(entry)) for entry in library.public if entry.record.PATH} | redirects.keys()
    known: set[Key] = set()
    formers = []
    for former in read_formers(out, answered):
        known.add(former.key)
        if former.lost:
            formers.append(former)
    gone = [former for former in formers if former.key not in library.by_key]
    heirs: dict[Key, list[Former]] = {}
    told = [*_dropped(library, formers)]
    for former, heir in find_heirs(library, gone, known):
        heir = redirects.get(old_file(former.addresses[0]), heir)
        if heir is None:
            told.append(_deleted(former))
        else:
            heirs.setdefault(heir.key, []).append(former)
    return tuple(sorted([*told, *(_renamed(library, key, many) for key, many in heirs.items())]))


def read_formers(out: Path, answered: Iterable[str]) -> Iterator[Former]:
    """Yield every record of the last release that had a page; ``answered`` are the files that there will be."""
    if not has_records(out):
        return
    for line in read_lines(out):
        yield from read_former(line, answered)


def has_records(out: Path) -> bool:
    """Whether a folder holds a site of ours with open data."""
    return (out / MARKER).is_file() and (out / RECORDS).is_file()


def read_lines(out: Path) -> Iterator[bytes]:
    """Yield the lines of a release's open data, of which each holds one record."""
    with (out / RECORDS).open("rb") as lines:
        if next(lines, b"").startswith(VERSION):
            yield from lines


def read_former(line: bytes, answered: Iterable[str]) -> Iterator[Former]:
    """Read one line, which holds one record; what is damaged says nothing."""
    try:
        read = json.loads(line.strip().removesuffix(b","))
        key, fields = (str(read["kind"]), str(read["id"])), read["fields"]
        addresses = (read["path"], *fields["aliases"])
        lost = tuple(address for address in addresses if old_file(address) not in answered)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return
    yield Former(key, fields, addresses, lost)


def find_heirs(
    library: Library, gone: Sequence[Former], known: set[Key]
) -> Iterator[tuple[Former, Entry[Envelope] | None]]:
    """Yield each record that is gone, and the new one of its kind that seems to have taken its place.

    That is the one in which at least half of its sentences stand, else the one of the same title. A
    sentence that several new records share tells nothing, so every sentence is looked up once.
    """
    titles: dict[tuple[str, str], Entry[Envelope]] = {}
    owners: dict[tuple[str, str], Entry[Envelope] | None] = {}
    for entry in library.public if gone else ():
        if entry.key in known:
            continue
        titles.setdefault((entry.kind, words_of(entry.title)), entry)
        for sentence in sentences(plain_record(library, entry)):
            owners[entry.kind, sentence] = None if (entry.kind, sentence) in owners else entry
    for former in gone:
        kind, said = former.key[0], sentences(former.fields)
        shared = Counter(owner for sentence in sorted(said) if (owner := owners.get((kind, sentence))))
        heir, count = next(iter(shared.most_common(1)), (None, 0))
        alike = heir if count * 2 >= len(said) else None
        yield former, alike or titles.get((kind, words_of(str(former.fields.get("title")))))


def sentences(value: object) -> set[str]:
    """Return the sentences of a plain record, without case and marks; short ones are left out."""
    if isinstance(value, str):
        found = (words_of(piece) for piece in re.split(r"[.!?\n]+", value))
        return {words for words in found if words.count(" ") >= SENTENCE_WORDS - 1}
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return {sentence for item in inner for sentence in sentences(item)}


def words_of(written: str) -> str:
    """Return the words of a text, without case and marks."""
    return " ".join(re.findall(r"\w+", written.casefold()))


def _renamed(library: Library, key: Key, formers: Sequence[Former]) -> Problem:
    heir = library.by_key[key]
    written = getattr(heir.record, "aliases", ())
    lost = [address for former in formers for address in former.lost]
    message = text(
        "alamat {lost} ada di terbitan sebelumnya, tetapi sekarang hilang; catatan ini tampaknya penggantinya",
        lost=", ".join(lost),
    )
    hint = text(
        "tulis aliases: [{aliases}]; bila bukan penggantinya, kembalikan berkas lamanya dengan status: withdrawn",
        aliases=as_aliases([*written, *lost]),
    )
    return heir.source.key_problem(("aliases",) if written else ("title",), Fault("K705", message, hint))


def _deleted(former: Former) -> Problem:
    path = f"content/{'/'.join(former.key)}.yml"
    message = text("alamat {lost} ada di terbitan sebelumnya, tetapi catatannya dihapus", lost=", ".join(former.lost))
    hint = text(
        "bila ditarik, kembalikan berkasnya dengan status: withdrawn; "
        "bila pindah, tulis aliases: [{aliases}] di catatan penggantinya",
        aliases=as_aliases(former.lost),
    )
    return Problem(path, 1, 1, "K705", message, hint, Severity.WARNING)


def _dropped(library: Library, formers: Sequence[Former]) -> Iterator[Problem]:
    """Yield a warning for every public record that had old addresses and has them no more."""
    for former in formers:
        entry = library.find("/".join(former.key))
        if entry:
            message = text("alamat {lost} tidak lagi mengantar pembaca ke catatan ini", lost=", ".join(former.lost))
            hint = text("kembalikan ke aliases, kecuali bila alamat itu tidak pernah dibagikan")
            yield entry.source.key_problem(("aliases",), Fault("K705", message, hint), severity=Severity.WARNING)


def as_aliases(addresses: Iterable[str]) -> str:
    """Return addresses as an editor lists them."""
    return ", ".join(address.strip("/") for address in addresses)
