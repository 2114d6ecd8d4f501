"""Addresses and lasting names of what the outputs speak of."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from kbp_site.content.library import E, Entry, Library
from kbp_site.locale import Language
from kbp_site.pages.page import absolute, localized, path_of, site_url


def page_path(entry: Entry[E], language: Language = "id") -> str | None:
    """Return the public path of a record's own page; ``None`` for kinds without one (observances)."""
    return localized(path_of(entry), language) if entry.record.PATH else None


def page_address(library: Library, entry: Entry[E], language: Language = "id") -> str | None:
    """Return the address of a record's own page; ``None`` for kinds without one."""
    path = page_path(entry, language)
    return None if path is None else absolute(library, path)


def uuid_of(library: Library, name: str = "") -> UUID:
    """Return what a name (`kind/id`) is called everywhere and always; without a name, the site itself.

    It follows from the site's address (else its title), so that two communities' records differ.
    """
    return uuid5(NAMESPACE_URL, f"{site_url(library) or library.site.title} {name}")
