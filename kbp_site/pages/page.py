"""A page: where it stands, which template shows it, and all that it may show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kbp_site.content.library import Entry
from kbp_site.content.records.base import Kind
from kbp_site.locale import Language


@dataclass(frozen=True)
class Page:
    """One page of the site.

    ``path`` is the public address below the site's own ("" for home, "kegiatan/x/"); ``template`` a
    file of `templates/`; ``context`` plain frozen values and nothing else, so that the page's Markdown
    is a pure function of it. ``source`` is the file an editor would change, from the root.
    """

    path: str
    template: str
    title: str
    description: str
    context: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    language: Language = "id"
    crumbs: tuple[Link, ...] = ()
    is_listed: bool = True

    @property
    def file(self) -> str:
        """Where the page's Markdown stands below the folder of pages."""
        return f"{self.path.rstrip('/')}.md" if self.path and not self.is_section else f"{self.path}index.md"

    @property
    def is_section(self) -> bool:
        """Whether the page is a section's first, which stands in the navigation."""
        return self.path.count("/") <= 1


@dataclass(frozen=True)
class Link:
    """A link as a template sees it: words, and where they lead from the page they stand on."""

    text: str
    href: str
    note: str = ""


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


def path_of(entry: Entry[Kind], language: Language = "id") -> str:
    """Return the public path of a record's own page: a function of the record, never of others."""
    record = entry.record
    return f"{record.PATH}/{entry.id}/" if language == "id" else f"{language}/{record.PATH_EN}/{entry.id}/"
