"""What can be printed, of which records, and how it comes into a folder: each file whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from kbp_site.content.library import Entry, Library
from kbp_site.content.load import load
from kbp_site.content.problems import KbpError, Problem, has_errors
from kbp_site.content.records.base import Envelope, Kind, Story
from kbp_site.content.records.consents import ConsentScope
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.content.records.lessons import Lesson
from kbp_site.content.shelves import write_whole
from kbp_site.content.suggestions import bare, guess, suggest
from kbp_site.kiosk.press.documents import (
    ACROSS_A_ROOM,
    AT_A_STAND,
    Draft,
    Edition,
    draft_book,
    draft_imposed,
    draft_leaflet,
    draft_poster,
    draft_sheet,
    draft_volunteers,
)
from kbp_site.kiosk.press.fitting import set_draft
from kbp_site.kiosk.press.typeset import Typesetter
from kbp_site.locale import Language, Text, text
from kbp_site.site.cache import remembered

Tell = Callable[[Text], None]
Make = Callable[[Edition, Typesetter, Entry[Any]], Iterator[tuple[str, bytes]]]
"""Makes the documents of one record: what each is called beside the record's name, and its bytes."""


@dataclass(frozen=True)
class Print:
    """Something that can be printed: what it is called in Indonesian, of which kinds of records, and how."""

    label: Text
    kinds: tuple[type[Envelope], ...]
    make: Make


def _one(stem: str, draft: Callable[[Edition, Entry[Any]], Draft]) -> Make:
    def make(edition: Edition, typesetter: Typesetter, entry: Entry[Any]) -> Iterator[tuple[str, bytes]]:
        yield named(stem, entry, edition.language), set_draft(typesetter, draft(edition, entry))

    return make


def _book(edition: Edition, typesetter: Typesetter, entry: Entry[Any]) -> Iterator[tuple[str, bytes]]:
    """Yield an exhibition's pocket book, page by page and for folding."""
    draft = draft_book(edition, entry)
    pages = typesetter.count_pages(draft.template, draft.values, draft.files)
    blank = -pages % 4
    whole = set_draft(typesetter, replace(draft, values={**draft.values, "blank": blank}))
    yield named("buku-saku", entry, edition.language), whole
    folded = draft_imposed(edition, whole, pages + blank, title=entry.said(edition.language).title)
    yield named("buku-saku-lipat", entry, edition.language), set_draft(typesetter, folded)


A3 = partial(draft_poster, width=297, height=420, distance=AT_A_STAND)
A1 = partial(draft_poster, width=594, height=841, distance=ACROSS_A_ROOM)

PRINTS: Mapping[str, Print] = {
    "poster-a3": Print(text("poster A3"), (Story, Lesson), _one("poster-a3", A3)),
    "poster-a1": Print(text("poster A1"), (Story, Lesson), _one("poster-a1", A1)),
    "leaflet": Print(text("selebaran"), (Story,), _one("selebaran", draft_leaflet)),
    "sheet": Print(text("lembar rapat"), (Story,), _one("lembar", draft_sheet)),
    "book": Print(text("buku saku"), (Exhibition,), _book),
    "volunteers": Print(text("petunjuk relawan"), (Exhibition,), _one("BACA-SAYA", draft_volunteers)),
}

LABELS = {name: one.label.template for name, one in PRINTS.items()}

AT_A_FAIR = ("poster-a3", "leaflet", "book")
"""What an exhibition's stick carries to be printed on the spot."""


@dataclass(frozen=True)
class Printed:
    """What came of it: every problem of the content, the files, and letters that our fonts lack."""

    problems: tuple[Problem, ...]
    files: tuple[Path, ...] = ()
    lacking: str = ""


def named(stem: str, entry: Entry[Kind], language: Language) -> str:
    """Return a file's name: what it is and of which record, which no other file is called."""
    edition = "" if language == "id" else f"-{language}"
    return f"{stem}-{entry.record.PATH}-{entry.id}{edition}.pdf"


def print_records(
    root: Path, what: str, name: str | None, out: Path, *, today: date, language: Language, tell: Tell
) -> Printed:
    """Print one record, or without a name all that can be printed in this way, into a folder.

    Raises `KbpError` for the operator's mistakes and `OSError` when the system fails.
    """
    wanted = find_print(what)
    judge_folder(out, root)
    typesetter = Typesetter()
    loaded = load(root, today=today, memory=remembered(root)).as_built()
    if loaded.library is None or has_errors(loaded.problems):
        return Printed(loaded.problems)
    edition = edition_of(loaded.library, language)
    entries = find_records(edition.library, wanted.kinds, name)
    files: list[Path] = []
    for number, entry in enumerate(entries, 1):
        for file, data in wanted.make(edition, typesetter, entry):
            files.append(write_whole(out / file, data))
            tell(text("{number} dari {count}: {file}", number=number, count=len(entries), file=file))
    return Printed(loaded.problems, tuple(files), "".join(sorted(typesetter.lacking)))


def print_for_fair(library: Library, exhibition: Entry[Exhibition], language: Language = "id") -> dict[str, bytes]:
    """Return what an exhibition's stick carries in its folder for printing, by name; nothing without the extra."""
    edition, typesetter = edition_of(library, language), Typesetter()
    return {name: data for what in AT_A_FAIR for name, data in PRINTS[what].make(edition, typesetter, exhibition)}


def print_read_me(library: Library, exhibition: Entry[Exhibition]) -> bytes:
    """Return the page for volunteers at an exhibition's stand."""
    return set_draft(Typesetter(), draft_volunteers(edition_of(library, "id"), exhibition))


def edition_of(library: Library, language: Language) -> Edition:
    """Return what may be printed of a library in a language; raises `KbpError` for one that the site lacks."""
    if language not in library.languages:
        example = ", ".join([*library.languages, language])
        raise KbpError(
            text(
                "situs ini belum memakai bahasa {name}; tulis languages: [{example}] di content/site.yml",
                name=language,
                example=example,
            )
        )
    return Edition(library.limited(library.by_key, ConsentScope.PRINT), language)


def find_print(what: str) -> Print:
    """Return what can be printed under a name; raises `KbpError` with the nearest for one that is not known."""
    if what not in PRINTS:
        raise KbpError(
            text('cetakan "{name}" tidak dikenal; {hint}', name=what, hint=suggest(what, list(PRINTS), LABELS))
        )
    return PRINTS[what]


def find_records(library: Library, kinds: Sequence[type[Kind]], name: str | None) -> tuple[Entry[Any], ...]:
    """Return the public record of a name, or without one all records of the kinds.

    A name is an id, `kind/id`, a file, or a title. Raises `KbpError` with the nearest when it is none of these.
    """
    known = [entry for entry in library.public if isinstance(entry.record, tuple(kinds))]
    if not known:
        raise KbpError(text("belum ada catatan terbit yang dapat dicetak begitu"))
    if name is None:
        return tuple(known)
    written = name.removeprefix("content/").removesuffix(".yml")
    found = [entry for entry in known if written in (entry.id, _whole(entry)) or bare(name) == bare(entry.title)]
    if len(found) > 1:
        named_ = " / ".join(_whole(entry) for entry in found)
        raise KbpError(
            text('ada beberapa catatan bernama "{name}"; sebut salah satu: {names}', name=name, names=named_)
        )
    if not found:
        raise KbpError(_not_found(library, known, name, written))
    return tuple(found)


def _not_found(library: Library, known: Sequence[Entry[Any]], name: str, written: str) -> Text:
    hidden = [entry for entry in library.by_key.values() if written in (entry.id, _whole(entry))]
    for entry in hidden:
        if library.shows(entry):
            return text('"{name}" tidak dapat dicetak begitu; jenis catatannya lain', name=_whole(entry))
        if isinstance(entry.record, Envelope):
            return text('"{name}" belum terbit atau sudah ditarik; hanya yang terbit dicetak', name=_whole(entry))
    near = guess(written.rpartition("/")[2], [entry.id for entry in known], {e.id: e.title for e in known})
    if near:
        return text('tidak ada catatan terbit bernama "{name}"; mungkin maksudnya "{near}"', name=name, near=near.value)
    return text(
        'tidak ada catatan terbit bernama "{name}"; pakai nama berkasnya, misalnya {example}',
        name=name,
        example=known[0].id,
    )


def _whole(entry: Entry[Kind]) -> str:
    return f"{entry.kind}/{entry.id}"


def judge_folder(out: Path, root: Path) -> None:
    """Refuse a folder that holds what records are made of (`KbpError`, nothing is touched)."""
    target = out.resolve()
    sources = [(root / name).resolve() for name in ("content", "docs", ".git")]
    if any(source in (target, *target.parents) for source in sources):
        raise KbpError(text('"{out}" tidak dapat dipakai untuk hasil; pilih folder lain', out=str(out)))
    if out.exists() and not out.is_dir():
        raise KbpError(text('"{out}" adalah berkas, bukan folder', out=str(out)))
