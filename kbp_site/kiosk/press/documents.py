"""What each printed document shows: a template, its values and pictures, and what is left out when room is short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.activities import Activity, ActivityKind
from kbp_site.content.records.base import Story
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.content.records.study_visits import StudyVisit
from kbp_site.kiosk.data import staff_code
from kbp_site.kiosk.press.pictures import code_of, photo_for_paper
from kbp_site.kiosk.press.prose import element, parse, words_of
from kbp_site.kiosk.press.told import Chapter, Told, address_of, tell_record
from kbp_site.kiosk.press.weave import draw_weave_svg
from kbp_site.kiosk.selection import kiosk_of, shown_first
from kbp_site.kiosk.volunteers import read_me
from kbp_site.locale import Language, Text, text
from kbp_site.pages.parts import NOT_RECORDED, pattern_of
from kbp_site.site.host import THEME

LOGO = THEME / "assets" / "kbp" / "logo.svg"
IN_HAND, AT_A_STAND, ACROSS_A_ROOM = 300.0, 700.0, 1500.0
"""How far a camera is from a code, in millimetres: from a sheet, an A3 poster and an A1 poster."""

WORDS: Mapping[str, Text] = {
    "read_on": text("Baca cerita lengkapnya di ponsel"),
    "read_more": text("Cerita lain ada di situs kami"),
    "scan": text("Arahkan kamera ponsel ke kode ini, atau ketik alamatnya:"),
    "credit": text("Foto"),
    "questions": text("Pertanyaan untuk dibahas"),
    "meeting": text("Catatan rapat"),
    "notes": text("Catatan"),
    "contents": text("Isi buku"),
    "book": text("Buku saku pameran"),
    "page": text("Halaman"),
    "cut": text("Teks ini dipendekkan supaya muat. Lengkapnya ada di situs."),
}

QUESTIONS: Mapping[object, Text] = {
    ActivityKind.MEDIATION: text("Siapa di tempat kita yang dipercaya kedua pihak untuk menengahi?"),
    ActivityKind.DATA_ADVOCACY: text("Data apa tentang warga kita yang perlu diperiksa, dan siapa yang memegangnya?"),
    ActivityKind.TRAINING: text("Keterampilan apa yang paling kita perlukan, dan siapa yang dapat mengajarkannya?"),
    ActivityKind.BAZAAR: text("Rencana atau hasil apa yang dapat kita tunjukkan kepada orang banyak?"),
    ActivityKind.FIELD_VISIT: text("Tempat mana yang perlu kita kunjungi lebih dahulu, dan apa yang akan kita lihat?"),
    StudyVisit: text("Apa yang ingin kita pelajari dari tetangga, dan apa yang dapat kita bagikan?"),
    Exhibition: text("Apa yang ingin kita tunjukkan bila ada pameran di tempat kita?"),
}
HAPPENED = text("Apakah hal seperti ini pernah terjadi di tempat kita? Apa yang kita lakukan waktu itu?")
ALWAYS = (
    text("Bagian mana yang dapat kita tiru, dan apa yang perlu disesuaikan?"),
    text("Apa langkah pertama kita, siapa yang mengerjakan, dan kapan?"),
)


@dataclass(frozen=True)
class Draft:
    """A document before it is set.

    ``pages`` is how many it must have, if that is fixed: it is set in the first of ``sizes`` in which it has as many.
    Where none will do, the values under the names of ``may_be_cut`` are made shorter.
    """

    template: str
    values: Mapping[str, Any]
    files: Mapping[str, bytes]
    pages: int | None = None
    sizes: Sequence[float] = ()
    may_be_cut: tuple[str, ...] = ()
    is_tagged: bool = field(default=True, kw_only=True)


@dataclass(frozen=True)
class Edition:
    """What is printed from, and in which language; ``library`` shows what paper may show."""

    library: Library
    language: Language

    def say(self, sentence: Text) -> str:
        """Say a sentence in the edition's language."""
        return sentence.say(self.language)

    def tell(self, entry: Entry[Any]) -> Told:
        """Return a record as it is told on paper."""
        return tell_record(self.library, entry, self.language)


def draft_poster(edition: Edition, entry: Entry[Any], *, width: float, height: float, distance: float) -> Draft:
    """Return a story's or a lesson's poster."""
    told = edition.tell(entry)
    values, files = _base(edition, told, across=13 if width > height else 12, down=2, distance=distance)
    values |= {
        "width": width,
        "height": height,
        "title_size": _title_size(told.title, largest=72, smallest=46),
        "openings": [{"heading": h, "words": words, "language": said} for h, words, said in told.openings[-3:]],
        "figures": told.figures,
    }
    return Draft("poster", values, files, 1, (1.25, 1.12, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4))


def draft_leaflet(edition: Edition, entry: Entry[Any]) -> Draft:
    """Return a story's or an exhibition's leaflet; an exhibition's tells of the stories that are shown there."""
    told = edition.tell(entry)
    values, files = _base(edition, told, across=24, down=4, distance=IN_HAND)
    first = told.of("masalah", "tujuan")[:1]
    back = told.without(*(chapter.name for chapter in first), *SMALL)
    if entry.kind == Exhibition.FOLDER:
        back = (*back, *_shown(edition, entry))
    values |= {
        "title_size": _title_size(told.title, largest=30, smallest=22),
        "front": _chapters(first),
        "back": _chapters(back or _unknown(edition, told)),
        "small": _chapters(told.of("arti", "sumber")),
        "cut": False,
    }
    sizes = (14, 13.5, 13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9)
    return Draft("leaflet", values, files, 2, sizes, ("front", "back", "small"))


SMALL = ("arti", "sumber", "pembetulan", "penyusun")
ON_SHEET = ("masalah", "tujuan", "proses", "hasil", "angka", "mengulang", "pelajaran")


def draft_sheet(edition: Edition, entry: Entry[Story]) -> Draft:
    """Return a story's sheet for a meeting: what happened, how to repeat it, and what to talk about."""
    told = edition.tell(entry)
    values, files = _base(edition, told, across=36, down=1, distance=IN_HAND)
    known = told.of(*ON_SHEET)
    values |= {
        "title_size": _title_size(told.title, largest=24, smallest=19),
        "back": _chapters((*known, *_unknown(edition, told))),
        "small": _chapters(told.of("sumber") or _missing(edition, "sumber", text("Sumber"))),
        "questions": [edition.say(question) for question in _questions(entry.record)],
        "cut": False,
    }
    return Draft("sheet", values, files, 1, (11.5, 11, 10.5, 10, 9.5, 9, 8.5), ("small", "back"))


def _questions(record: Story) -> Iterator[Text]:
    own = QUESTIONS.get(record.kind if isinstance(record, Activity) else type(record))
    yield from (HAPPENED, *([own] if own else []), *ALWAYS)


def _unknown(edition: Edition, told: Told) -> tuple[Chapter, ...]:
    """Return the chapters that a meeting asks for and nobody has written down."""
    return (
        *(() if told.of("hasil") else _missing(edition, "hasil", text("Hasil"))),
        *(() if told.of("mengulang") else _missing(edition, "mengulang", text("Mengulang di tempat lain"))),
    )


def _missing(edition: Edition, name: str, heading: Text) -> tuple[Chapter, ...]:
    said = edition.say(NOT_RECORDED)
    return (Chapter(name, edition.say(heading), [element("p", f"{said[:1].upper()}{said[1:]}.")]),)


def draft_book(edition: Edition, exhibition: Entry[Exhibition]) -> Draft:
    """Return the pocket book of an exhibition: the stories and lessons of its screen, and ``blank`` pages for notes."""
    told = edition.tell(exhibition)
    values, files = _base(edition, told, across=12, down=7, distance=IN_HAND, path="")
    records: list[dict[str, Any]] = []
    meanings: dict[str, Any] = {}
    for number, entry in enumerate(read_in_book(edition.library, exhibition)):
        one = edition.tell(entry)
        meanings |= {words_of([item]): item for chapter in one.of("arti") for item in _items(chapter)}
        record, pictures = _record(edition, one, number)
        records.append(record)
        files |= pictures
    ends = [_chapter(chapter) for chapter in _glossary(edition, meanings)]
    licence = edition.library.site.licence
    values |= {
        "title_size": _title_size(told.title, largest=22, smallest=16),
        "licence": edition.say(text("Teks: {licence}", licence=licence)) if licence else "",
        "records": records,
        "ends": ends,
        "blank": 0,
    }
    return Draft("book", values, files)


def read_in_book(library: Library, exhibition: Entry[Exhibition]) -> tuple[Entry[Any], ...]:
    """Return what a pocket book holds: stories and lessons of the exhibition's screen, in their order."""
    return tuple(entry for entry in shown_first(library, exhibition) if entry.kind in TOLD)


TOLD = frozenset(["activities", "study_visits", "exhibitions", "lessons"])


def draft_imposed(edition: Edition, book: bytes, pages: int, *, title: str) -> Draft:
    """Return a book of so many pages on A4 sheets: the outermost four pages first, front and back."""
    pairs = [
        pair
        for sheet in range(pages // 4)
        for pair in (
            (pages - 2 * sheet, 2 * sheet + 1),
            (2 * sheet + 2, pages - 2 * sheet - 1),
        )
    ]
    values = {**_shared(edition, edition.say(text("{title}: untuk dilipat", title=title))), "pairs": pairs}
    return Draft("imposed", values, {"buku.pdf": book}, is_tagged=False)


def draft_volunteers(edition: Edition, exhibition: Entry[Exhibition]) -> Draft:
    """Return the page for volunteers at a stand, which says what `BACA-SAYA.html` says."""
    library = edition.library
    code = staff_code(exhibition)
    html = read_me(exhibition, library, code=code, version=library.today.isoformat()).decode()
    body = html.partition("<body>")[2].partition("</body>")[0]
    values = {
        **_shared(Edition(library, "id"), f"BACA SAYA: {exhibition.title}"),
        "nodes": parse(body),
    }
    sizes = (15, 14, 13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9)
    return Draft("volunteers", values, _drawings(pattern_of(exhibition.id), 36, 1), 1, sizes, ())


def _shown(edition: Edition, exhibition: Entry[Exhibition]) -> tuple[Chapter, ...]:
    """Return the stories that an exhibition names for its screen, each with its summary."""
    named = read_in_book(edition.library, exhibition) if kiosk_of(exhibition).playlist else ()
    nodes: list[Any] = []
    for entry in named:
        record = entry.said(edition.language)
        summary = [f": {record.summary}"] if record.summary else []
        nodes.append(element("p", element("strong", record.title), *summary))
    return (Chapter("cerita", edition.say(text("Yang dapat dibaca di stan")), nodes),) if nodes else ()


def _items(chapter: Chapter) -> Iterable[Any]:
    return (item for node in chapter.nodes if not isinstance(node, str) for item in node["inner"])


def _glossary(edition: Edition, meanings: Mapping[str, Any]) -> tuple[Chapter, ...]:
    rows = [meanings[words] for words in sorted(meanings, key=str.casefold)]
    return (Chapter("arti", edition.say(text("Arti istilah")), [element("ul", *rows)]),) if rows else ()


def _record(edition: Edition, told: Told, number: int) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return a story of a book, with its pictures."""
    files: dict[str, bytes] = {}
    code = code_of(told.address, edition.language, distance=IN_HAND * 0.8, name=f"kode-{number}.svg")
    if code:
        files[f"kode-{number}.svg"] = code.svg
    photo = _photo(edition, told, files, f"foto-{number}.jpg")
    sources = told.of("sumber")
    return {
        **_head(told),
        "code": code.values if code else None,
        "photo": photo,
        "chapters": _chapters(told.without(*SMALL)),
        "sources": _chapter(sources[0]) if sources else None,
    }, files


def _head(told: Told) -> dict[str, Any]:
    return {
        "title": told.title,
        "label": told.label,
        "when_and_where": told.when_and_where,
        "summary": told.summary,
        "foreign": told.language,
        "notes": list(told.notes),
    }


def _shared(edition: Edition, title: str) -> dict[str, Any]:
    site = edition.library.site_entry.said(edition.language)
    return {
        "language": edition.language,
        "title": title,
        "author": site.title,
        "site": {"title": site.title, "tagline": site.tagline or ""},
        "words": {name: edition.say(sentence) for name, sentence in WORDS.items()},
        "size": 1,
    }


def _base(
    edition: Edition, told: Told, *, across: float, down: float, distance: float, path: str | None = None
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the values and pictures of a document about one record; its code leads there, or to ``path``."""
    files = _drawings(told.pattern, across, down)
    address = told.address if path is None else address_of(edition.library, path, edition.language)
    code = code_of(address, edition.language, distance=distance)
    if code:
        files["kode.svg"] = code.svg
    photo = _photo(edition, told, files, "foto.jpg")
    facts = [{"label": label, "nodes": nodes} for label, nodes in told.facts]
    values = {
        **_shared(edition, told.title),
        **_head(told),
        "facts": facts,
        "code": code.values if code else None,
        "photo": photo,
    }
    return values, files


def _photo(edition: Edition, told: Told, files: dict[str, bytes], name: str) -> dict[str, str] | None:
    """Return a record's first photo that may be printed, and put its pixels among the files."""
    if not told.photos:
        return None
    photo = told.photos[0]
    files[name] = photo_for_paper(edition.library, photo)
    return {"file": name, "alt": photo.alt, "caption": photo.caption or "", "credit": photo.credit or ""}


def _drawings(pattern: int, across: float, down: float) -> dict[str, bytes]:
    return {"anyaman.svg": draw_weave_svg(pattern, across, down), "logo.svg": LOGO.read_bytes()}


def _chapters(chapters: Iterable[Chapter]) -> list[dict[str, Any]]:
    return [_chapter(chapter) for chapter in chapters]


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {"heading": chapter.heading, "nodes": chapter.nodes, "language": chapter.language}


def _title_size(title: str, *, largest: float, smallest: float) -> float:
    """Return the size of a title: large for thirty letters or fewer, small for a hundred or more."""
    part = min(1.0, max(0.0, (len(title) - 30) / 70))
    return round(largest - (largest - smallest) * part, 1)
