"""Content becomes the files that the host reads: one Markdown file a page, written only when changed."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Envelope
from kbp_site.content.shelves import uncollected
from kbp_site.content.watched import WatchedLibrary
from kbp_site.content.workers import end_at_once, run
from kbp_site.outputs.linked_data import breadcrumbs, linked_data, script
from kbp_site.pages.page import Page, Planned, path_of
from kbp_site.pages.plan import plan_all
from kbp_site.pages.render import render_page
from kbp_site.site.frame import frame_of, read_documents
from kbp_site.site.kept_pages import Fresh, KeptPages, Made, fingerprint, stamp_of

PAGES_OF_A_PART = 250
"""Pages that a worker makes at a time."""


@dataclass(frozen=True)
class PageFile:
    """A page's Markdown as the host reads it: its name among the pages, where it stands, and its SHA-256."""

    uri: str
    path: Path
    is_section: bool
    digest: str = ""


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
    return tuple(
        PageFile(
            name,
            write_changed(folder / name, markdown),
            name.endswith("index.md"),
            hashlib.sha256(markdown.encode()).hexdigest(),
        )
        for name, markdown in render_all(library, pages)
    )


def keep_pages(library: Library, pages: Sequence[Page], folder: Path) -> tuple[PageFile, ...]:
    """Write every page, and remove those below ``folder`` that are not planned any more."""
    files = write_pages(library, pages, folder)
    remove_others(folder, files)
    return files


class Prepared(NamedTuple):
    """All pages, their files, and what is to be known of them the next time."""

    pages: tuple[Page, ...]
    files: tuple[PageFile, ...]
    kept: KeptPages


def make_pages(library: WatchedLibrary, folder: Path, before: KeptPages, *, jobs: int) -> Prepared:
    """Make every page that is not as it was ``before``, by so many processes; nothing else stays below ``folder``.

    The pages come back without what their templates were given: that takes most of the memory, and is needed no more.
    """
    with uncollected():
        planned = {page.file: page for page in plan_all(library)}
        current = before.current(library, planned, folder)
        stale = [name for name in planned if name not in current]
        kept = before.renewed(library, current, _make_stale(Workshop(library, planned, folder), stale, jobs=jobs))
    made = [kept.pages[name].made for name in planned]
    files = tuple(PageFile(one.page.file, folder / one.page.file, one.page.is_section, one.digest) for one in made)
    remove_others(folder, files)
    return Prepared(tuple(one.page for one in made), files, kept)


class Workshop(NamedTuple):
    """What a worker needs to make pages: the library, the plan by the names of files, and the folder."""

    library: WatchedLibrary
    planned: Mapping[str, Planned]
    folder: Path

    def make(self, names: Sequence[str]) -> list[Fresh]:
        """Make pages, and tell what they looked at, by the names of their files."""
        return [self.make_one(name) for name in names]

    def make_one(self, name: str) -> Fresh:
        """Make one page."""
        planned = self.planned[name]
        with self.library.noting() as looked_at:
            page = planned.make()
            [(_, markdown)] = render_all(self.library, [page])
        path = write_changed(self.folder / name, markdown)
        made = Made(replace(page, context={}), hashlib.sha256(markdown.encode()).hexdigest())
        return Fresh(name, made, fingerprint(planned.given), frozenset(looked_at), stamp_of(str(path)))


def _make_stale(workshop: Workshop, names: Sequence[str], *, jobs: int) -> Iterator[Fresh]:
    if jobs < 2 or len(names) < 2 * PAGES_OF_A_PART or sys.platform != "linux":
        yield from workshop.make(names)
        return
    # A worker is a copy of this process as it stands here: the library and the plan are not sent.
    _workshops.append(workshop)
    parts = [(names[start : start + PAGES_OF_A_PART],) for start in range(0, len(names), PAGES_OF_A_PART)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork"), initializer=end_at_once) as executor:
        for made in run(executor, _make_in_worker, parts):
            yield from made
    _workshops.clear()


_workshops: list[Workshop] = []


def _make_in_worker(names: Sequence[str]) -> list[Fresh]:
    return _workshops[-1].make(names)


def remove_others(folder: Path, files: Iterable[PageFile]) -> None:
    """Remove the pages below a folder that are none of these."""
    kept = {str(file.path) for file in files}
    for inside, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".md") and f"{inside}/{name}" not in kept:
                os.unlink(f"{inside}/{name}")


def write_changed(path: Path, words: str) -> Path:
    """Write a file whose words changed, and leave it alone when they did not; return its path."""
    data = words.encode()
    if path.is_file() and path.read_bytes() == data:
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.new")
    beside.write_bytes(data)
    beside.replace(path)
    return path
