"""What visiting programs are told: `sitemap.xml` and `robots.txt`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from xml.etree.ElementTree import Element

from kbp_site.content.library import Library
from kbp_site.outputs.stamps import last_change
from kbp_site.outputs.xml_text import add, document, root
from kbp_site.pages.page import Page, absolute, localized, path_of, site_url

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LIMIT = 50_000
"""The most addresses that one sitemap may hold (sitemaps.org)."""


def export_sitemap(library: Library, pages: Sequence[Page], documents: Sequence[str] = ()) -> dict[str, bytes]:
    """Return `sitemap.xml`; beyond 50,000 pages it is an index of `sitemap-1.xml` and so on.

    ``documents`` are the paths of hand-written pages, which no plan knows.

    A sitemap can only hold whole addresses. While the site has none of its own, an empty one is
    written, so that no other stands in its place, and `robots.txt` does not speak of it.
    """
    if site_url(library) is None:
        return {"sitemap.xml": document(root("urlset", NAMESPACE))}
    days = _last_changes(library)
    listed = sorted({*documents, *(page.address for page in pages if page.is_original)})
    parts = [_urlset(library, listed[at : at + LIMIT], days) for at in range(0, len(listed) or 1, LIMIT)]
    if len(parts) == 1:
        return {"sitemap.xml": document(parts[0])}
    named = {f"sitemap-{number}.xml": document(part) for number, part in enumerate(parts, 1)}
    return {"sitemap.xml": _index(library, named), **named}


def _last_changes(library: Library) -> dict[str, date]:
    found = {}
    for entry in library.public:
        day = last_change(entry.record, library)
        if day and entry.record.PATH:
            found.update({localized(path_of(entry), language): day for language in library.languages})
    return found


def _urlset(library: Library, paths: Sequence[str], days: dict[str, date]) -> Element:
    urls = root("urlset", NAMESPACE)
    for path in paths:
        url = add(urls, "url")
        add(url, "loc", absolute(library, path))
        if path in days:
            add(url, "lastmod", days[path].isoformat())
    return urls


def _index(library: Library, names: Iterable[str]) -> bytes:
    index = root("sitemapindex", NAMESPACE)
    for name in names:
        add(add(index, "sitemap"), "loc", absolute(library, name))
    return document(index)


def export_robots(library: Library) -> bytes:
    """Return `robots.txt`: everything may be read; the sitemap's address where there is one."""
    lines = ["User-agent: *", "Allow: /"]
    if site_url(library) is not None:
        lines += ["", f"Sitemap: {absolute(library, 'sitemap.xml')}"]
    return "\n".join([*lines, ""]).encode()
