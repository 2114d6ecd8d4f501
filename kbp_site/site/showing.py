"""One state of the content as a preview shows it: every page and file is made when it is asked for."""

from __future__ import annotations

import hashlib
import mimetypes
import shutil
import tempfile
import threading
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kbp_site.content.library import Entry, Library
from kbp_site.content.problems import Problem
from kbp_site.content.records.base import Envelope
from kbp_site.outputs.export import export_all
from kbp_site.outputs.manifest import export_manifest
from kbp_site.outputs.media import Use, make, uses
from kbp_site.outputs.redirects import export_redirects, plan_redirects
from kbp_site.pages.drafts import mark_of
from kbp_site.pages.lookup import Lookup, section_addresses
from kbp_site.pages.page import path_of
from kbp_site.site.cache import cache_folder
from kbp_site.site.host import Templates, make_html
from kbp_site.site.prepare import PageFile, SiteSettings, render_all, write_changed
from kbp_site.site.search_index import FOLDER as SEARCH
from kbp_site.site.search_index import write_search
from kbp_site.site.shares import Share
from kbp_site.site.writing import html_name

TYPES = {
    ".avif": "image/avif",
    ".geojson": "application/geo+json",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
}
HOST, PICTURES, OUTPUTS, SEARCHING = (threading.Lock() for _ in range(4))
"""Each maker works for one request at a time, and none waits for another: an index takes long, a page must not."""

DATA = frozenset({".csv", ".geojson", ".ics", ".json", ".txt", ".xml"})
"""Endings of what stands beside the pages and is made all at once."""

HTML = "text/html; charset=utf-8"
MANIFEST = "manifest.webmanifest"
"""Made by itself, since browsers ask for it with every page."""


@dataclass(frozen=True)
class Found:
    """A page or file that was asked for: its bytes, their type, and what the page is marked with."""

    data: bytes
    type: str
    mark: str = ""


class Workshop:
    """Where a preview's pages are made, and what is kept from one state of the content to the next."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.cache = cache_folder(root)
        self.folder = folder
        self.base = folder / "base"
        self._made: dict[str, tuple[str, bytes]] = {}
        self._templates = Templates()
        self._ground: object = None
        self._known: tuple[SiteSettings, tuple[PageFile, ...]]

    def prepare(self, lookup: Lookup, *, is_stale: bool) -> tuple[SiteSettings, tuple[PageFile, ...]]:
        """Make hand-written pages and the theme's files, unless what they are made of is as it was.

        Return what the host must know of the site, and its sections: both follow from the site's own record and
        from the files outside `content/`, so they are kept as well (to plan the sections takes as long as a reload).
        """
        site = lookup.library.site_entry
        ground = (site.record, *site.translations.items())
        if is_stale or ground != self._ground:
            self._made, self._templates, self._ground = {}, Templates(), None
            shutil.rmtree(self.base, ignore_errors=True)
            self._known = self._look(lookup)
            make_html(self.root / "mkdocs.yml", Share(self._known[0], (), self._known[1], is_first=True), self.base)
            self._ground = ground
        return self._known

    def _look(self, lookup: Lookup) -> tuple[SiteSettings, tuple[PageFile, ...]]:
        languages = lookup.library.languages
        pages = [page for language in languages[1:] for page in lookup.sections(language)]
        settings = SiteSettings.of(lookup.library, pages, self.root / "docs")
        files = [f"{address}index.md" for language in languages for address in section_addresses(language)]
        # Canonical addresses and pictures for sharing are the public site's, not the preview's.
        return replace(settings, url=""), tuple(PageFile(file, self.folder / "pages", True) for file in files)

    def make(self, name: str, markdown: str) -> bytes:
        """Return a page's HTML; one whose Markdown is as it was is not made again."""
        digest = hashlib.sha256(markdown.encode()).hexdigest()
        if self._made.get(name, ("",))[0] != digest:
            write_changed(self.folder / "pages" / name, markdown)
            with tempfile.TemporaryDirectory(dir=self.folder) as out:
                settings, sections = self._known
                share = Share(settings, (PageFile(name, self.folder / "pages", False),), sections, is_first=False)
                make_html(self.root / "mkdocs.yml", share, Path(out), templates=self._templates)
                self._made[name] = (digest, (Path(out) / html_name(name)).read_bytes())
        return self._made[name][1]


class Showing:
    """The site as it stands: what a library gives, drafts included, and the hand-written pages."""

    def __init__(self, library: Library, workshop: Workshop, *, is_stale: bool) -> None:
        self.library = library
        self.workshop = workshop
        self.lookup = Lookup(library)
        with HOST:
            workshop.prepare(self.lookup, is_stale=is_stale)

    def find(self, path: str) -> Found | None:
        """Return what stands at a path below the site ("", "kegiatan/x/", "feed.xml"); ``None`` when nothing does.

        Raises `KbpError` when the host or Pagefind fails.
        """
        if path == "" or path.endswith("/"):
            return self._page(path) or self._file(f"{path}index.html") or self._redirect(f"{path}index.html")
        if path.startswith(f"{SEARCH}/"):
            with SEARCHING:
                return _read(self._search / path)
        return self._file(path) or self._media(path) or self._output(path) or self._redirect(path)

    def _page(self, address: str) -> Found | None:
        with HOST:
            page = self.lookup.page(address)
            if page is None:
                return None
            [(name, markdown)] = render_all(self.library, [page])
            html = self.workshop.make(name, markdown)
        entry = self._entries.get(page.path)
        return Found(html, HTML, mark_of(self.library, entry, page.language) if entry else "")

    def _file(self, path: str) -> Found | None:
        """Return a file that the host made: a hand-written page, or one of the theme's or of `docs/`."""
        file = (self.workshop.base / path).resolve()
        return _read(file) if file.is_relative_to(self.workshop.base.resolve()) else None

    def _media(self, path: str) -> Found | None:
        with PICTURES:
            use = self._uses.get(path)
            made = make(self.library, use, self.workshop.cache / "images") if use else {}
        return None if isinstance(made, Problem) or path not in made else _read(made[path], name=path)

    def _output(self, path: str) -> Found | None:
        with OUTPUTS:
            outputs = self._outputs if Path(path).suffix in DATA else {}
            data = export_manifest(self.library) if path == MANIFEST else outputs.get(path)
        return None if data is None else Found(data, type_of(path))

    def _redirect(self, path: str) -> Found | None:
        with OUTPUTS:
            data = self._redirects.get(path)
        return None if data is None else Found(data, type_of(path))

    @cached_property
    def _entries(self) -> dict[str, Entry[Envelope]]:
        return {path_of(entry): entry for entry in self.library.public if entry.record.PATH}

    @cached_property
    def _uses(self) -> dict[str, Use]:
        return {path: use for use in uses(self.library) for path in use.paths}

    @cached_property
    def _outputs(self) -> dict[str, bytes]:
        return dict(export_all(self.library, ()))

    @cached_property
    def _redirects(self) -> dict[str, bytes]:
        return export_redirects(self.library, plan_redirects(self.library))

    @cached_property
    def _search(self) -> Path:
        """Make the search index of this state, the first time that somebody searches; return the folder it is in."""
        site = self.workshop.folder / "search"
        shutil.rmtree(site, ignore_errors=True)
        site.mkdir()
        write_search(self.library, site, self.workshop.cache / "search" / "preview")
        return site


def type_of(name: str) -> str:
    """Return how a file is announced; texts are UTF-8, and what is unknown is bytes."""
    found = TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") else found


def _read(file: Path, *, name: str = "") -> Found | None:
    return Found(file.read_bytes(), type_of(name or file.name)) if file.is_file() else None
