"""Content becomes the files that the host reads: one Markdown file a page, written only when changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kbp_site.content.library import Library
from kbp_site.outputs.linked_data import breadcrumbs, linked_data, script
from kbp_site.pages.page import Page, path_of
from kbp_site.pages.render import render_page
from kbp_site.site.frame import frame_of, read_documents


@dataclass(frozen=True)
class PageFile:
    """A page's Markdown as the host reads it: its name among the pages, and where it stands."""

    uri: str
    path: Path
    is_section: bool


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
    entries = {path_of(entry): entry for entry in library.public if entry.record.PATH}
    for page in pages:
        # What is not translated is told as the page that the canonical link names.
        language = page.language if page.is_original else "id"
        told = (linked_data(library, entries.get(page.path), page.path, language=language), breadcrumbs(library, page))
        yield page.file, "\n".join([render_page(page), *(f"{script(data)}\n" for data in told if data)])


def write_pages(library: Library, pages: Sequence[Page], folder: Path) -> tuple[PageFile, ...]:
    """Write every page below ``folder``; what is there already and the same is left alone."""
    return tuple(
        PageFile(name, write_changed(folder / name, markdown), name.endswith("index.md"))
        for name, markdown in render_all(library, pages)
    )


def keep_pages(library: Library, pages: Sequence[Page], folder: Path) -> tuple[PageFile, ...]:
    """Write every page, and remove those below ``folder`` that are not planned any more."""
    files = write_pages(library, pages, folder)
    kept = {file.path for file in files}
    for path in folder.rglob("*.md"):
        if path not in kept:
            path.unlink()
    return files


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
