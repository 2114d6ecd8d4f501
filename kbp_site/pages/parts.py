"""The parts that several pages show: cards, facts, figures, sources, lists of links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from babel.numbers import format_decimal

from kbp_site.content.dates import PartialDate
from kbp_site.content.library import E, Entry, Library
from kbp_site.content.records import Site
from kbp_site.content.records.allocations import Allocation
from kbp_site.content.records.base import Claim, ClaimStatus, Envelope, FollowUp, Photo, SourceNote, Story
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.places import Place
from kbp_site.content.records.roles import Role
from kbp_site.content.records.topics import Topic
from kbp_site.content.showing import may_show
from kbp_site.locale import Language, Text, text
from kbp_site.pages.drafts import mark_of
from kbp_site.pages.page import Link, href, localized, path_of
from kbp_site.pages.render import Prose
from kbp_site.pages.renditions import renditions

NOT_RECORDED = text("belum tercatat")
DESCRIPTION_LIMIT = 200
"""What search engines and shared cards show of a description."""


@dataclass(frozen=True)
class View:
    """From where a page looks at the library: its own path, and the language it speaks."""

    library: Library
    path: str
    language: Language

    @property
    def site(self) -> Site:
        """The site's own record in the view's language."""
        return self.library.site_entry.said(self.language)

    def link(self, entry: Entry[E], note: str = "") -> Link:
        """Return a link to a record's page, with its title for words; a preview notes what is not public."""
        notes = ", ".join(filter(None, (note, mark_of(self.library, entry, self.language))))
        return Link(entry.said(self.language).title, self.to(path_of(entry)), notes, self.foreign(entry))

    def foreign(self, entry: Entry[E]) -> str:
        """Return the language of a record's texts where it is not the view's; else nothing."""
        return "" if entry.speaks(self.language) else "id"

    def links(self, entries: Iterable[Entry[E]]) -> tuple[Link, ...]:
        """Return links to several records' pages."""
        return tuple(self.link(entry) for entry in entries)

    def foreign_text(self, entry: Entry[E], field: str) -> str:
        """Return the language of one of a record's texts where it is not the view's; else nothing."""
        said, written = getattr(entry.said(self.language), field, None), getattr(entry.record, field, None)
        return "id" if said is written and self.language != "id" else ""

    @property
    def untranslated(self) -> str:
        """The language of what records never translate, where it is not the view's; else nothing."""
        return "" if self.language == "id" else "id"

    def to(self, path: str) -> str:
        """Return the address of another page from here, in the view's language."""
        page, mark, anchor = path.partition("#")
        return self.to_file(f"{localized(page, self.language)}{mark}{anchor}")

    def to_file(self, path: str) -> str:
        """Return the address from here of what has no language of its own: a file, or the site's root."""
        return href(localized(self.path, self.language), path)

    def say(self, sentence: Text) -> str:
        """Say a sentence in the view's language."""
        return sentence.say(self.language)

    def crumbs(self, *steps: tuple[str, str]) -> tuple[Link, ...]:
        """Return the way here from home: (words, path) of every page above this one."""
        return tuple(Link(words, self.to(path)) for words, path in steps)


def described(words: str) -> str:
    """Return words cut to the length of a description, at a word's end."""
    if len(words) <= DESCRIPTION_LIMIT:
        return words
    return words[: DESCRIPTION_LIMIT - 1].rpartition(" ")[0].rstrip(" ,;:.–-") + "…"


@dataclass(frozen=True)
class Moment:
    """A date in words, and its day for machines where exactly one day is known."""

    text: str
    day: str = ""


def moment(view: View, date: PartialDate | None) -> Moment:
    """Return a date as it is shown; no date has no words."""
    if date is None:
        return Moment("")
    is_day = date.first is not None and date.first == date.last and not date.is_approximate
    return Moment(date.say(view.language), date.first.isoformat() if date.first and is_day else "")


@dataclass(frozen=True)
class Card:
    """A record in a list: enough to choose it, and a pattern that makes it recognisable.

    ``mark`` is for previews: that readers cannot see the record yet.
    """

    title: str
    href: str
    label: str
    when: Moment
    where: str
    summary: str
    pattern: int
    language: str = ""
    photo: Thumb | None = None
    mark: str = ""


@dataclass(frozen=True)
class Thumb:
    """A card's small photo, in three formats; its words stand in the card and on the story's page."""

    avif: str
    webp: str
    src: str
    width: int
    height: int


def _thumb(view: View, record: Envelope) -> Thumb | None:
    """Return the smallest rendition of a record's first photo that readers may see."""
    photos: tuple[Photo, ...] = getattr(record, "photos", ())
    for photo in photos:
        if may_show(view.library, photo) and (info := view.library.media.info(photo.file)):
            avif, webp, jpeg = renditions(info)[:3]
            return Thumb(
                view.to_file(avif.path), view.to_file(webp.path), view.to_file(jpeg.path), jpeg.width, jpeg.height
            )
    return None


def card(view: View, entry: Entry[E]) -> Card:
    """Return a record's card."""
    record = entry.said(view.language)
    return Card(
        record.title,
        view.to(path_of(entry)),
        kind_label(record, view.language),
        moment(view, date_of(record)),
        ", ".join(place.said(view.language).title for place in places_of(view.library, record)),
        record.summary or "",
        pattern_of(entry.id),
        view.foreign(entry),
        _thumb(view, record),
        mark_of(view.library, entry, view.language),
    )


def date_of(record: Envelope) -> PartialDate | None:
    """Return a story's date or an allocation's year; other kinds have none."""
    if isinstance(record, Story):
        return record.date
    return record.fiscal_year if isinstance(record, Allocation) else None


def kind_label(record: Envelope, language: Language) -> str:
    """Return what sort of record it is, as finely as its kind says."""
    kind = getattr(record, "kind", None)
    return str(kind.say(language)) if kind is not None else record.LABEL_ONE.say(language)


def pattern_of(name: str) -> int:
    """Return the number (0 to 11) of the weave that stands for a record without a photo."""
    return sum(position * ord(char) for position, char in enumerate(name, 1)) % 12


def places_of(library: Library, record: Envelope) -> tuple[Entry[Place], ...]:
    """Return the places that a record names, an exhibition's venue included."""
    venue = record.venue if isinstance(record, Exhibition) else None
    return library.named(Place, [*getattr(record, "places", ()), *([venue] if venue else [])])


@dataclass(frozen=True)
class Words:
    """Words of a record in another language than the page's."""

    text: str
    language: str


def words_in(language: str, words: str | None) -> Words | str | None:
    """Return words with their language where there is one to tell; none as none."""
    return Words(words, language) if words and language else words


@dataclass(frozen=True)
class Fact:
    """One row of a facts box: a label, and words or links."""

    label: str
    values: tuple[Link | Moment | Words | str, ...]


def fact(view: View, label: Text, *values: Link | Moment | Words | str | None) -> tuple[Fact, ...]:
    """Return one row, or none where there is nothing to say."""
    known = tuple(value for value in values if value)
    return (Fact(view.say(label), known),) if known else ()


def envelope_facts(view: View, record: Envelope) -> tuple[Fact, ...]:
    """Return the rows that every kind may have: roles and topics."""
    return (
        *fact(view, text("Peran"), *view.links(view.library.named(Role, record.roles))),
        *fact(view, text("Topik"), *view.links(view.library.named(Topic, record.topics))),
    )


def organizations(view: View, names: Iterable[str | None]) -> tuple[Link, ...]:
    """Return links to organizations by id."""
    return view.links(view.library.named(Organization, [name for name in names if name]))


@dataclass(frozen=True)
class LinkList:
    """Links under a heading."""

    id: str
    heading: str
    links: tuple[Link, ...]


def link_list(name: str, heading: str, links: Iterable[Link]) -> tuple[LinkList, ...]:
    """Return one list, or none where there is nothing to link to."""
    known = tuple(links)
    return (LinkList(name, heading, known),) if known else ()


def see_also(view: View, record: Envelope) -> tuple[LinkList, ...]:
    """Return the records that a record names as related."""
    named = [entry for written in record.related if (entry := view.library.find(written))]
    links = (view.link(entry, kind_label(entry.record, view.language)) for entry in named)
    return link_list("terkait", view.say(text("Lihat juga")), links)


@dataclass(frozen=True)
class Section:
    """A text with its heading; ``language`` is the text's where it is not the page's."""

    id: str
    heading: str
    prose: Prose
    language: str = ""


UNTRANSLATED = text("Halaman ini belum diterjemahkan. Isinya masih dalam bahasa Indonesia.")
PARTLY = text("Sebagian halaman ini belum diterjemahkan dan masih dalam bahasa Indonesia.")


def translation_notes(view: View, entry: Entry[E], sections: tuple[Section, ...] = ()) -> tuple[str, ...]:
    """Say what of a record has not been translated into the view's language, if anything."""
    if view.foreign(entry):
        return (view.say(UNTRANSLATED),)
    return (view.say(PARTLY),) if any(section.language for section in sections) else ()


def count_stories(view: View, count: int) -> str:
    """Say how many stories there are."""
    if not count:
        return view.say(text("belum ada cerita"))
    if count == 1:
        return view.say(text("1 cerita"))
    return view.say(text("{count} cerita", count=number(count, view.language)))


def number(value: int | None, language: Language) -> str:
    """Say a whole number with its thousands marked; a missing one is "belum tercatat"."""
    return NOT_RECORDED.say(language) if value is None else str(format_decimal(value, locale=language))


def rupiah(value: int | None, language: Language) -> str:
    """Say an amount of rupiah; a missing one is "belum tercatat", never zero."""
    return NOT_RECORDED.say(language) if value is None else f"Rp{number(value, language)}"


def size_in_words(size: int, language: Language) -> str:
    """Say a number of bytes as telephones do ("1,2 MB", "87 KB")."""
    if size >= 1_000_000:
        return f"{format_decimal(round(size / 1_000_000, 1), locale=language)} MB"
    return f"{max(1, round(size / 1000))} KB"


@dataclass(frozen=True)
class ClaimView:
    """A figure with its parts, and the note that goes wherever the figure goes."""

    about: str
    unit: str
    parts: tuple[tuple[str, str], ...]
    parts_total: str
    stated_total: str
    status: str
    is_open: bool
    note: str
    source: str
    source_language: str


def claim_view(view: View, claim: Claim, sources: tuple[SourceNote, ...]) -> ClaimView:
    """Return a figure as it is shown; its parts are added up so that readers can compare."""
    language = view.language
    total = sum(part.value for part in claim.parts)
    return ClaimView(
        claim.about,
        claim.unit or "",
        tuple((part.label, number(part.value, language)) for part in claim.parts),
        number(total, language) if claim.parts else "",
        number(claim.stated_total, language) if claim.stated_total is not None else "",
        claim.status.say(language),
        claim.status is ClaimStatus.CONFLICT_UNRESOLVED,
        claim.note or "",
        sources[claim.source].title if claim.source < len(sources) else "",
        view.untranslated,
    )


@dataclass(frozen=True)
class FollowUpView:
    """A promise and how far it is."""

    what: str
    who: str
    due: str
    state: str


def follow_up_view(view: View, follow_up: FollowUp) -> FollowUpView:
    """Return a promise as it is shown."""
    due = view.say(text("batas waktu {date}", date=follow_up.due)) if follow_up.due else ""
    return FollowUpView(follow_up.what, follow_up.who or "", due, follow_up.state.say(view.language))
