"""Content becomes the files that the host reads: one Markdown file a page, written only when changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from kbp_site.content.kept_results import Fresh, KeptResults, Result, fingerprint, read_results
from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Envelope
from kbp_site.content.shelves import Stamp, stamp_at, uncollected, write_whole
from kbp_site.content.watched import WatchedLibrary
from kbp_site.content.workers import spread
from kbp_site.outputs.linked_data import breadcrumbs, linked_data, script
from kbp_site.pages.page import Cover, Drawing, Link, Page, Planned, path_of
from kbp_site.pages.plan import plan_all
from kbp_site.pages.render import render_page
from kbp_site.site.frame import frame_of, read_documents

PAGES_OF_A_PART = 50
"""Pages that a worker makes at a time."""


@dataclass(frozen=True)
class PageFile:
    """A page's Markdown as the host reads it: its name among the pages, the folder of these, and its SHA-256."""

    uri: str
    folder: Path
    is_section: bool
    digest: str = ""

    @property
    def path(self) -> Path:
        """Where it stands; no path is held, of which a large site would have as many as pages."""
        return self.folder / self.uri


@dataclass(frozen=True)
class SiteSettings:
    """What the host must know of the site's own record; ``frame`` is what the frame of a page needs."""

    title: str
    description: str
    url: str
    repository: str
    frame: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, library: Library, pages: Sequence[Page], docs: Path) -> SiteSettings:
        """Return the settings that a library's site, its planned pages and its hand-written ones ask for."""
        site = library.site
        frame = frame_of(library, pages, read_documents(docs))
        return cls(site.title, site.tagline or "", site.url or "", site.repository or "", frame)


def render_all(library: Library, pages: Iterable[Page]) -> Iterator[tuple[str, str]]:
    """Yield (name, Markdown) of every page, with its linked data at the end."""
    by_path = library.shared(_entries_by_path)  # the record of a page is told by its address alone
    for page in pages:
        # What is not translated is told as the page that the canonical link names.
        language = page.language if page.is_original else "id"
        told = (linked_data(library, by_path.get(page.path), page.path, language=language), breadcrumbs(library, page))
        yield page.file, "\n".join([render_page(page), *(f"{script(data)}\n" for data in told if data)])


def _entries_by_path(library: Library) -> Mapping[str, Entry[Envelope]]:
    return {path_of(entry): entry for entry in library.public if entry.record.PATH}


def write_pages(library: Library, pages: Sequence[Page], folder: Path) -> tuple[PageFile, ...]:
    """Write every page below ``folder``; what is there already and the same is left alone."""
    written = []
    for name, markdown in render_all(library, pages):
        write_changed(folder / name, markdown)
        digest = hashlib.sha256(markdown.encode()).hexdigest()
        written.append(PageFile(name, folder, name.endswith("index.md"), digest))
    return tuple(written)


def keep_pages(library: Library, pages: Sequence[Page], folder: Path) -> tuple[PageFile, ...]:
    """Write every page, and remove those below ``folder`` that are not planned any more."""
    files = write_pages(library, pages, folder)
    remove_others(folder, files)
    return files


class Made(NamedTuple):
    """A page that was made, without what its template was given; its Markdown's SHA-256, and how its file stood."""

    page: Page
    digest: str
    stamp: Stamp


class Prepared(NamedTuple):
    """All pages, their files, and what is to be known of them the next time."""

    pages: tuple[Page, ...]
    files: tuple[PageFile, ...]
    kept: KeptResults[Made]


def read_plans(path: Path) -> KeptResults[Made]:
    """Return what is known of pages that were made."""
    return read_results(path, classes=(Made, Page, Link, Cover, Drawing))


def make_pages(library: WatchedLibrary, folder: Path, before: KeptResults[Made], *, jobs: int) -> Prepared:
    """Make every page that is not as it was ``before``, by so many processes; nothing else stays below ``folder``.

    The pages come back without what their templates were given: that takes most of the memory, and is needed no more.
    """
    with uncollected():
        planned = {page.file: page for page in plan_all(library)}
        current = current_pages(library, planned, folder, before)
        stale = [name for name in planned if name not in current]
        workshop = Workshop(library, planned, folder)
        kept = before.renewed(library, current, spread(workshop.make, stale, jobs=jobs, size=PAGES_OF_A_PART))
    made = [kept.results[name].value for name in planned]
    files = tuple(PageFile(one.page.file, folder, one.page.is_section, one.digest) for one in made)
    remove_others(folder, files)
    return Prepared(tuple(one.page for one in made), files, kept)


def current_pages(
    library: WatchedLibrary, planned: Mapping[str, Planned], folder: Path, before: KeptResults[Made]
) -> dict[str, Result[Made]]:
    """Return those of the planned pages that would be made the same, and whose files stand as they were written."""
    given = {name: fingerprint(page.given) for name, page in planned.items()}
    current = before.current(library, given)
    return {name: kept for name, kept in current.items() if kept.value.stamp == stamp_at(f"{folder}/{name}")}


class Workshop(NamedTuple):
    """What a worker needs to make pages: the library, the plan by the names of files, and the folder."""

    library: WatchedLibrary
    planned: Mapping[str, Planned]
    folder: Path

    def make(self, names: Sequence[str]) -> list[Fresh[Made]]:
        """Make pages, and tell what they looked at, by the names of their files."""
        return [self.make_one(name) for name in names]

    def make_one(self, name: str) -> Fresh[Made]:
        """Make one page."""
        planned = self.planned[name]
        with self.library.noting() as looked_at:
            page = planned.make()
            [(_, markdown)] = render_all(self.library, [page])
        path = write_changed(self.folder / name, markdown)
        digest = hashlib.sha256(markdown.encode()).hexdigest()
        made = Made(replace(page, context={}), digest, stamp_at(str(path)))
        return Fresh(name, made, fingerprint(planned.given), frozenset(looked_at))


def remove_others(folder: Path, files: Iterable[PageFile]) -> None:
    """Remove the pages below a folder that are none of these."""
    kept = {f"{file.folder}/{file.uri}" for file in files}
    for inside, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".md") and f"{inside}/{name}" not in kept:
                os.unlink(f"{inside}/{name}")


def write_changed(path: Path, words: str) -> Path:
    """Write a file whose words changed, and leave it alone when they did not; return its path."""
    data = words.encode()
    if path.is_file() and path.read_bytes() == data:
        return path
    return write_whole(path, data)
