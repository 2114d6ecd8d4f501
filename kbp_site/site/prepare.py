"""Content becomes the files that the host reads: one Markdown file a page, written only when changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Envelope
from kbp_site.content.workers import end_at_once, run
from kbp_site.outputs.linked_data import breadcrumbs, linked_data, script
from kbp_site.pages.page import Page, path_of
from kbp_site.pages.plan import STORIES_OF_A_PART, Part, plan_part, plan_parts
from kbp_site.pages.render import render_page
from kbp_site.site.frame import frame_of, read_documents


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


def render_all(library: Library, pages: Sequence[Page]) -> Iterable[tuple[str, str]]:
    """Yield (name, Markdown) of every page, with its linked data at the end."""
    by_path = entries_by_path(library)
    for page in pages:
        # What is not translated is told as the page that the canonical link names.
        language = page.language if page.is_original else "id"
        told = (linked_data(library, by_path.get(page.path), page.path, language=language), breadcrumbs(library, page))
        yield page.file, "\n".join([render_page(page), *(f"{script(data)}\n" for data in told if data)])


@lru_cache(maxsize=4)
def entries_by_path(library: Library) -> Mapping[str, Entry[Envelope]]:
    """Return the public records by the addresses of their pages."""
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


def make_pages(library: Library, folder: Path, *, jobs: int) -> tuple[tuple[Page, ...], tuple[PageFile, ...]]:
    """Plan and write every page by so many processes; nothing else stays below ``folder``.

    The pages come back without what their templates were given: that takes most of the memory, and is needed no more.
    """
    first, *rest = plan_parts(library)
    made = [_make_part(library, folder, first)]  # to plan the home page, the library is put in order for all others
    if jobs > 1 and len(library.stories) > STORIES_OF_A_PART:
        with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(library, folder)) as executor:
            made += run(executor, _make_in_worker, [(part,) for part in rest])
    else:
        made += (_make_part(library, folder, part) for part in rest)
    files = tuple(file for _, written in made for file in written)
    remove_others(folder, files)
    return tuple(page for pages, _ in made for page in pages), files


def _make_part(library: Library, folder: Path, part: Part) -> tuple[list[Page], tuple[PageFile, ...]]:
    pages = plan_part(library, part)
    return [replace(page, context={}) for page in pages], write_pages(library, pages, folder)


_workshop: dict[str, tuple[Library, Path]] = {}
"""What a worker was given when it began: a library is not sent again with every part."""


def _begin(library: Library, folder: Path) -> None:
    end_at_once()
    _workshop["given"] = (library, folder)


def _make_in_worker(part: Part) -> tuple[list[Page], tuple[PageFile, ...]]:
    return _make_part(*_workshop["given"], part)


def remove_others(folder: Path, files: Iterable[PageFile]) -> None:
    """Remove the pages below a folder that are none of these."""
    kept = {file.path for file in files}
    for path in folder.rglob("*.md"):
        if path not in kept:
            path.unlink()


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
