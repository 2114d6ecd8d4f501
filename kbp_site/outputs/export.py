"""Every file that stands beside the pages, by its path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kbp_site.content.library import Library
from kbp_site.outputs.calendar import export_calendar
from kbp_site.outputs.feeds import export_feeds
from kbp_site.outputs.manifest import export_manifest
from kbp_site.outputs.open_data import export_data
from kbp_site.outputs.sitemap import export_robots, export_sitemap
from kbp_site.pages.page import Page


def export_all(library: Library, pages: Sequence[Page], documents: Sequence[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Yield every file as (path below the site, bytes).

    ``pages`` are those planned, ``documents`` the paths of the hand-written ones ("tentang/").
    """
    yield from export_data(library).items()
    yield from export_beside_data(library)
    yield from export_sitemap(library, pages, documents).items()


def export_beside_data(library: Library) -> Iterator[tuple[str, bytes]]:
    """Yield what follows from the records alone, but for the open data, which is as large as all of them."""
    yield from export_feeds(library).items()
    yield "calendar.ics", export_calendar(library)
    yield "robots.txt", export_robots(library)
    yield "manifest.webmanifest", export_manifest(library)
