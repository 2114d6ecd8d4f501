"""A page: where it stands, which template shows it, and all that it may show.

A page is known by its *path*, which is the same in every language ("kegiatan/x/"); its *address* is where
readers find it in one of them ("kegiatan/x/", "en/activities/x/").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from kbp_site.content.library import E, Entry, Library
from kbp_site.content.records.base import Kind
from kbp_site.content.sections import ENGLISH
from kbp_site.locale import Language

INNER = (
    (re.compile(r"/hal/(\d+/)$"), r"/page/\1"),
    (re.compile(r"^kegiatan/jenis/(?=.)"), "kegiatan/kinds/"),
    (re.compile(r"^tahun/belum-tercatat/"), "tahun/not-recorded/"),
)
"""What stands inside addresses, below a section, and is said in English ones too."""


@dataclass(frozen=True)
class Page:
    """One page of the site.

    ``path`` names the page in every language ("" for home, "kegiatan/x/"); ``template`` a file of
    `templates/`; ``context`` plain frozen values and nothing else, so that the page's Markdown is a pure
    function of it. ``source`` is the file an editor would change, from the root. ``editions`` are the
    other languages that the page exists in, ``copies`` those of them that only repeat it. ``is_original``
    is false where a page only repeats, in another language's frame, what was not translated. ``updated`` is
    the day of the last change, for machines and in words; both are empty where it is not known.
    """

    path: str
    template: str
    title: str
    description: str
    context: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    language: Language = "id"
    crumbs: tuple[Link, ...] = ()
    editions: tuple[Language, ...] = ()
    copies: tuple[Language, ...] = ()
    is_original: bool = True
    cover: Cover | None = None
    updated: tuple[str, str] = ("", "")

    @property
    def address(self) -> str:
        """The page's public address below the site's own."""
        return localized(self.path, self.language)

    @property
    def file(self) -> str:
        """Where the page's Markdown stands below the folder of pages."""
        return file_of(self.path, self.language)

    @property
    def is_section(self) -> bool:
        """Whether the page is a section's first, which stands in the navigation."""
        return is_section(self.path)


@dataclass(frozen=True)
class Planned:
    """A page that can be made: where it will stand, and all that ``make`` knows beside what it looks at in the library.

    ``given`` are plain frozen values: while they and what was looked at are the same, so is the page. ``is_original``
    is as in `Page`.
    """

    path: str
    language: Language
    make: Callable[[], Page]
    given: object = ()
    is_original: bool = True

    @property
    def file(self) -> str:
        """Where the page's Markdown will stand below the folder of pages."""
        return file_of(self.path, self.language)


@dataclass(frozen=True)
class Link:
    """A link as a template sees it: words, and where they lead from the page they stand on.

    ``language`` is that of the words where it is not the page's.
    """

    text: str
    href: str
    note: str = ""
    language: str = ""


class Drawing(NamedTuple):
    """What a drawn cover says, and the number of its weave."""

    title: str
    label: str
    site: str
    pattern: int


@dataclass(frozen=True)
class Cover:
    """The picture that stands for a page when it is shared; one without a ``drawing`` is a photo."""

    path: str
    width: int
    height: int
    alt: str
    drawing: Drawing | None = None


def href(origin: str, target: str) -> str:
    """Return the relative address from one page's path to another's (or to a file's).

    The only place that knows how one page links to another: addresses are relative, so that the
    site works below any folder, and end in "/" for pages.
    """
    address, hash_, anchor = target.partition("#")
    if address == origin and hash_:
        return f"#{anchor}"
    here, there = origin.split("/")[:-1], address.split("/")
    shared = 0
    for ours, theirs in zip(here, there[:-1], strict=False):
        if ours != theirs:
            break
        shared += 1
    relative = "../" * (len(here) - shared) + "/".join(there[shared:])
    return f"{relative or './'}{hash_}{anchor}"


def is_section(path: str) -> bool:
    """Whether a path is a section's first page, which stands in the navigation."""
    return path.count("/") <= 1


def file_of(path: str, language: Language) -> str:
    """Return where a page's Markdown stands below the folder of pages."""
    address = localized(path, language)
    return f"{address}index.md" if is_section(path) else f"{address.rstrip('/')}.md"


def path_of(entry: Entry[Kind]) -> str:
    """Return the path of a record's own page: a function of the record, never of others."""
    return f"{entry.record.PATH}/{entry.id}/"


def planned_record(
    plan: Callable[[Library, Entry[E], Language], Page], library: Library, entry: Entry[E], language: Language
) -> Planned:
    """Return the plan of a record's own page, which ``plan`` makes."""
    make = partial(plan, library, entry, language)
    return Planned(path_of(entry), language, make, is_original=entry.speaks(language))


def localized(path: str, language: Language) -> str:
    """Return the public address of a page's path in a language; Indonesian addresses are the paths."""
    if language == "id":
        return path
    for pattern, words in INNER:
        path = pattern.sub(words, path)
    section, slash, rest = path.partition("/")
    return f"{language}/{ENGLISH.get(section, section)}{slash}{rest}"


def site_url(library: Library) -> str | None:
    """Return the site's own address with a "/" at its end; ``None`` when the site has not said it."""
    url = library.site.url
    return f"{url.rstrip('/')}/" if url and url.startswith(("https://", "http://")) else None


def base_of(url: str | None) -> str:
    """Return the path that a site with this public address stands below: "/" or "/kbp/"."""
    return f"{urlsplit(url or '').path.rstrip('/')}/"


def absolute(library: Library, path: str) -> str:
    """Return the address of a path below the site; it begins with "/" while the site has no address."""
    return (site_url(library) or "/") + quote(path)
