"""A record as it is told on paper: its title and facts, and chapters of plain nodes, in the order they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Envelope, Photo
from kbp_site.content.records.lessons import Lesson
from kbp_site.content.showing import may_show, photos_of
from kbp_site.kiosk.press.prose import Element, Nodes, element, nodes_of
from kbp_site.locale import Language, Text, text
from kbp_site.pages.endings import Ending
from kbp_site.pages.lessons import LESSON_SECTIONS, plan_lesson
from kbp_site.pages.openings import opening
from kbp_site.pages.page import Link, absolute, localized, path_of, site_url
from kbp_site.pages.parts import NOT_RECORDED, ClaimView, Fact, Moment, View, Words
from kbp_site.pages.share import when_and_where
from kbp_site.pages.story import SECTIONS, plan_story


@dataclass(frozen=True)
class Chapter:
    """A heading and what stands under it; ``language`` is the text's where it is not the document's."""

    name: str
    heading: str
    nodes: Nodes
    language: str = ""


@dataclass(frozen=True)
class Told:
    """A record in one language; ``address`` is empty while the site has none."""

    entry: Entry[Envelope]
    title: str
    label: str
    when_and_where: str
    summary: str
    language: str
    pattern: int
    facts: tuple[tuple[str, Nodes], ...]
    chapters: tuple[Chapter, ...]
    notes: tuple[str, ...]
    photos: tuple[Photo, ...]
    address: str
    figures: Nodes
    """The notes on its figures, for where the story is told but its figures are not set out."""

    openings: tuple[tuple[str, str, str], ...]
    """How each text begins: its heading, its first sentences, and their language."""

    def of(self, *names: str) -> tuple[Chapter, ...]:
        """Return the chapters of these names, in the order of the names."""
        return tuple(chapter for name in names for chapter in self.chapters if chapter.name == name)

    def without(self, *names: str) -> tuple[Chapter, ...]:
        """Return all other chapters, in the record's order."""
        return tuple(chapter for chapter in self.chapters if chapter.name not in names)


def tell_record(library: Library, entry: Entry[Any], language: Language) -> Told:
    """Return a public story or lesson as it is told on paper; ``library`` is the edition for paper."""
    record = entry.said(language)
    is_lesson = isinstance(record, Lesson)
    rows = LESSON_SECTIONS if is_lesson else SECTIONS
    page = (plan_lesson if is_lesson else plan_story)(library, entry, language)
    view, context = View(library, page.path, language), page.context
    told: Any = context  # a template's context is a mapping of objects; what stands in it is the page's own
    chapters = [
        *_texts(view, entry, rows),
        *(_of_lesson(view, told) if is_lesson else _of_story(view, record, told)),
        *_ends(view, told),
    ]
    return Told(
        entry,
        record.title,
        told["label"],
        when_and_where(view, record),
        told["summary"],
        told["language"],
        told["pattern"],
        tuple((fact.label, _joined(_value(value) for value in fact.values)) for fact in _facts(view, told["facts"])),
        tuple(chapter for chapter in chapters if chapter.nodes),
        tuple(told["notes"]),
        tuple(photo for photo in photos_of(entry) if may_show(library, photo) and library.media.info(photo.file)),
        address_of(library, path_of(entry), language),
        [_figure(view, claim) for claim in told["ending"].claims if claim.note],
        tuple(
            (view.say(heading), begun, view.foreign_text(entry, field))
            for _, heading, field in rows
            if (begun := opening(getattr(record, field, None) or ""))
        ),
    )


def address_of(library: Library, path: str, language: Language) -> str:
    """Return the public address of a page; empty while the site has none."""
    return absolute(library, localized(path, language)) if site_url(library) else ""


def _facts(view: View, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the rows of a facts box; where a story's place is not known, paper says so."""
    date, place = view.say(text("Tanggal")), view.say(text("Tempat"))
    has_place = any(fact.label == place for fact in facts)
    for fact in facts:
        yield fact
        if fact.label == date and not has_place:
            yield Fact(place, (view.say(NOT_RECORDED),))


def _value(value: Link | Moment | Words | str) -> Element | str:
    match value:
        case str():
            return value
        case Moment():
            return value.text
    return spoken(value.text, value.language)


def spoken(words: str, language: str) -> Element | str:
    """Return words in a language, where it is not the document's."""
    return element("span", words, lang=language) if language else words


def _joined(nodes: Iterable[Element | str], between: str = ", ") -> Nodes:
    """Return nodes in a row with something between them."""
    found: Nodes = []
    for node in nodes:
        found += [between, node] if found else [node]
    return found


def _texts(view: View, entry: Entry[Any], rows: Iterable[tuple[str, Text, str]]) -> Iterator[Chapter]:
    for name, heading, field in rows:
        if said := getattr(entry.said(view.language), field, None):
            yield Chapter(name, view.say(heading), nodes_of(said), view.foreign_text(entry, field))


def _list(items: Iterable[Element | str | Nodes], tag: str = "ul") -> Nodes:
    rows = [element("li", *(item if isinstance(item, list) else [item])) for item in items]
    return [element(tag, *rows)] if rows else []


def _links(links: Iterable[Link]) -> Nodes:
    return _list([spoken(link.text, link.language), *([f" ({link.note})"] if link.note else [])] for link in links)


def _of_story(view: View, record: Any, told: Any) -> Iterator[Chapter]:
    rows = [element("tr", *(element("td", spoken(cell, told["language"])) for cell in row)) for row in told["agenda"]]
    head = [element("th", view.say(word)) for word in (text("Jam"), text("Acara"), text("Tempat"))]
    agenda: Nodes = [element("table", element("thead", element("tr", *head)), element("tbody", *rows))] if rows else []
    yield Chapter("acara", view.say(text("Susunan acara")), agenda)
    shown = _list(_named(item.kind, item.title, told["language"]) for item in told["materials"])
    yield Chapter("bahan", view.say(text("Yang dipamerkan")), shown)
    yield Chapter("angka", view.say(text("Angka dan catatannya")), _claims(view, told["ending"].claims))
    yield Chapter("pelajaran", view.say(text("Pelajaran dari cerita ini")), _links(told["lessons"]))
    promises = _list(_follow_up(item, told["language"]) for item in told["follow_ups"])
    yield Chapter("tindak-lanjut", view.say(text("Tindak lanjut")), promises)
    yield Chapter(
        "mengulang", view.say(text("Mengulang di tempat lain")), _replication(view, record, told), told["language"]
    )


def _of_lesson(view: View, told: Any) -> Iterator[Chapter]:
    yield Chapter("dipetik-dari", view.say(text("Dipetik dari")), _links(told["learned_from"]))
    tried = _list(
        [spoken(trial.story.text, trial.story.language), ": ", element("strong", trial.outcome), *_noted(trial.note)]
        for trial in told["trials"]
    )
    never = element("p", view.say(text("Belum ada catatan bahwa pelajaran ini dicoba di tempat lain.")))
    yield Chapter("dicoba-di", view.say(text("Dicoba di")), tried or [never])
    yield Chapter("bertanya", view.say(text("Tempat bertanya")), _links(told["ask"]))


def _named(kind: str, title: str, language: str) -> Nodes:
    return [*([f"{kind}: "] if kind else []), spoken(title, language)]


def _noted(note: str) -> Nodes:
    return [f" ({note})"] if note else []


def _follow_up(item: Any, language: str) -> Nodes:
    aside = " · ".join(filter(None, (item.who, item.due)))
    return [element("strong", item.state), ": ", spoken(item.what, language), *_noted(aside)]


def _replication(view: View, record: Any, told: Any) -> Nodes:
    plan = told["replication"]
    if plan is None:
        return []
    adapt = record.replication.adapt
    nodes: Nodes = []
    for heading, items, tag in (
        (text("Yang perlu ada"), plan.prerequisites, "ul"),
        (text("Langkah demi langkah"), plan.steps, "ol"),
    ):
        if items:
            nodes += [element("heading", view.say(heading), level=3), *_list(items, tag)]
    if adapt:
        nodes += [element("heading", view.say(text("Yang perlu disesuaikan")), level=3), *nodes_of(adapt)]
    if plan.contact:
        named = _joined(spoken(link.text, link.language) for link in plan.contact)
        nodes.append(element("p", view.say(text("Tempat bertanya")), ": ", *named))
    return nodes


def _claims(view: View, claims: Iterable[ClaimView]) -> Nodes:
    return [element("div", *_claim(view, claim)) for claim in claims]


def _claim(view: View, claim: ClaimView) -> Iterator[Element]:
    """Yield a figure with its parts and the note that goes wherever the figure goes."""
    said = claim.source_language
    unit: Nodes = [" (", spoken(claim.unit, said), ")"] if claim.unit else []
    yield element("p", element("strong", spoken(claim.about, said), *unit))
    rows = [
        *((spoken(label, said), value) for label, value in claim.parts),
        *([(view.say(text("Jumlah rincian")), claim.parts_total)] if claim.parts else []),
        *([(view.say(text("Disebut di sumber")), claim.stated_total)] if claim.stated_total else []),
    ]
    if rows:
        yield element("table", *(element("tr", element("td", label), element("td", value)) for label, value in rows))
    aside: Nodes = [". ", spoken(claim.note, said)] if claim.note else []
    yield element("p", element("em", claim.status, *aside))
    if claim.source:
        yield element("p", view.say(text("Sumber")), ": ", spoken(claim.source, said))


def _figure(view: View, claim: ClaimView) -> Element:
    said = claim.source_language
    status = f" ({claim.status}): "
    return element("p", element("strong", spoken(claim.about, said)), status, spoken(claim.note, said))


def _ends(view: View, told: Any) -> Iterator[Chapter]:
    meanings = _list(
        [
            element("strong", spoken(item.link.text, item.link.language)),
            *([" (", spoken(item.expansion, item.expansion_language), ")"] if item.expansion else []),
            ": ",
            spoken(item.definition, item.language),
            *([f" {view.say(text('Arti ini belum dapat dipastikan.'))}"] if item.is_uncertain else []),
        ]
        for item in told["meanings"]
    )
    yield Chapter("arti", view.say(text("Arti istilah")), meanings)
    ending: Ending = told["ending"]
    yield Chapter("sumber", view.say(text("Sumber")), _list((_source(ending, one) for one in ending.sources), "ol"))
    mended = _list(
        [element("strong", day.text), ": ", spoken(what, ending.language), *_noted(why)]
        for day, what, why in ending.corrections
    )
    yield Chapter("pembetulan", view.say(text("Pembetulan")), mended)
    if ending.credits:
        yield Chapter("penyusun", view.say(text("Penyusun")), [element("p", spoken(ending.credits, ending.language))])


def _source(ending: Ending, source: Any) -> Nodes:
    title = spoken(source.title, ending.language)
    note: Nodes = [". ", element("em", spoken(source.note, ending.language))] if source.note else []
    made = " · ".join(filter(None, (source.makers, source.dates)))
    return [
        element("a", title, href=source.url) if source.url else title,
        *([f" ({source.host})"] if source.host else []),
        *([f". {made}"] if made else []),
        *note,
    ]
