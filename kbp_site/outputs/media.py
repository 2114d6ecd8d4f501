"""Every picture and document that stands beside the pages: made or found, each as a file to be copied.

They are kept in a cache by content, not in memory: a site may have gigabytes of them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kbp_site.content.library import Entry, Library
from kbp_site.content.media import MediaInfo
from kbp_site.content.pictures import PictureError
from kbp_site.content.problems import KbpError, Problem
from kbp_site.content.records.base import Envelope, Status
from kbp_site.content.shelves import damaged
from kbp_site.content.showing import shown_files
from kbp_site.content.source import Location
from kbp_site.content.workers import spread
from kbp_site.outputs.covers import RECIPE, draw_cover
from kbp_site.outputs.images import (
    COVERS,
    DOCUMENTS,
    PICTURES,
    is_kept,
    keep,
    keep_document,
    kept_file,
    make_renditions,
    own_folder,
    read_kept,
)
from kbp_site.pages.covers import site_cover
from kbp_site.pages.page import Cover, Page
from kbp_site.pages.renditions import (
    Rendition,
    cover_rendition,
    document_path,
    full_rendition,
    is_cover,
    renditions,
)

COVERS_OF_A_PART = 250
"""Covers that a process draws at a time."""


@dataclass(frozen=True)
class Exported:
    """Files to be copied, by their paths below the site, and what is wrong with the originals."""

    files: dict[str, Path]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Use:
    """A file of a public record: where it is named, and what is given of it."""

    entry: Entry[Envelope]
    location: Location
    info: MediaInfo
    renditions: tuple[Rendition, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Where it stands on the site; a document stands there as it is."""
        return tuple(one.path for one in self.renditions) or (document_path(self.info),)


def export_media(library: Library, pages: Sequence[Page], cache: Path, *, jobs: int) -> Exported:
    """Make every picture that the site gives, by so many workers, and find every document.

    ``cache`` is the folder for what is kept from one time to the next. For photos threads are enough: encoders let
    other threads run. What cannot be decoded is a problem of its record, and all of them are told.
    """
    covers = {page.cover.path: page.cover for page in pages if page.cover}
    drawn = [cover for cover in (site_cover(library), *covers.values()) if cover.drawing]
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    with ThreadPoolExecutor(jobs) as executor:
        for made in executor.map(lambda use: make(library, use, cache), uses(library)):
            if isinstance(made, Problem):
                problems.append(made)
            else:
                files |= {path: file for path, file in made.items() if not is_cover(path) or path in covers}
    made_covers = _draw_all(drawn, cache, jobs=jobs)
    files |= made_covers
    forget(library, cache, covers=frozenset(made_covers.values()))
    return Exported(files, tuple(sorted(problems)))


def forget(library: Library, cache: Path, *, covers: frozenset[Path]) -> None:
    """Remove what is kept of files that nobody may see any more, and covers that are not used.

    Of a withdrawn photo or document nothing stays in the cache, even when its original is gone. What drafts name is
    kept: they are shown in previews, and soon to all.
    """
    names = {
        name
        for entry in library.by_key.values()
        if getattr(entry.record, "status", None) is not Status.WITHDRAWN
        for _, name in shown_files(library, entry)
    }
    wanted = {own_folder(cache, info) for name in names if (info := library.media.info(name))}
    for folder in cache.glob("*"):
        if folder.name in {PICTURES, DOCUMENTS}:
            for old in set(folder.iterdir()) - wanted:
                shutil.rmtree(old, ignore_errors=True)
        elif folder.name == COVERS:
            for file in set(folder.glob("*/*.png")) - covers:
                file.unlink(missing_ok=True)
        elif len(folder.name) == 2:  # where pictures were kept before they had folders of their own
            shutil.rmtree(folder, ignore_errors=True)


def copy_media(files: Mapping[str, Path], site: Path) -> None:
    """Copy pictures and documents into a site, each to its path.

    Raises `KbpError` for what is not as it was kept; all of that is removed, so that it is made again next time.
    """
    for folder in {(site / name).parent for name in files}:
        folder.mkdir(parents=True, exist_ok=True)
    lost = []
    for name, file in files.items():
        try:
            (site / name).write_bytes(read_kept(file))
        except KbpError:
            lost.append(name)
            if not file.parent.is_symlink():  # what stands elsewhere is not ours
                file.unlink(missing_ok=True)
    if lost:
        raise damaged(lost[0])


def uses(library: Library) -> Iterator[Use]:
    """Yield every file that readers may see or have, once a record that names it."""
    for entry in library.public:
        for location, name in shown_files(library, entry):
            if info := library.media.info(name):
                yield Use(entry, location, info, _renditions(str(location[0]), info))


def _renditions(field: str, info: MediaInfo) -> tuple[Rendition, ...]:
    """Return what is given of a file that stands in a field; nothing is made of a document."""
    if not info.is_picture:
        return ()
    if field == "documents":
        return (full_rendition(info),)
    cover = cover_rendition(info)
    return (*renditions(info), *([cover] if cover else []))


def make(library: Library, use: Use, cache: Path) -> dict[str, Path] | Problem:
    """Make all that is given of a file, and return path → file; a problem when it cannot be decoded.

    Raises `KbpError` when it is not the file any more that was judged.
    """
    if not use.renditions:
        return {use.paths[0]: keep_document(library.media.folder, use.info, cache)}
    try:
        return make_renditions(library.media.folder, use.info, use.renditions, cache)
    except PictureError as error:
        return use.entry.source.problem(use.location, error.fault)


def _draw_all(covers: Iterable[Cover], cache: Path, *, jobs: int) -> dict[str, Path]:
    """Draw all covers that are not kept, by several processes where that is much, and return path → file."""
    drawings = {cover.path: cover.drawing for cover in covers if cover.drawing}
    files = {path: kept_file(cache / COVERS, [*RECIPE, *drawing], "png") for path, drawing in drawings.items()}
    missing = [path for path, file in files.items() if not is_kept(file)]

    def draw(paths: Sequence[str]) -> Sequence[str]:
        for path in paths:
            keep(files[path], draw_cover(drawings[path]))
        return paths

    list(spread(draw, missing, jobs=jobs, size=COVERS_OF_A_PART))  # all of them, before anybody reads one
    return files
