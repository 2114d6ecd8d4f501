"""A plan cut into shares, so that several workers make the site and none holds all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kbp_site.content.workers import deal
from kbp_site.site.prepare import PageFile, SiteSettings

SHARE_LIMIT = 1000
"""Pages in a share at most, so that a worker's memory does not grow with the site."""

SHARE_LEAST = 150
"""Pages in a share at least: a smaller one costs more to begin than to make."""


@dataclass(frozen=True)
class Share:
    """What one worker makes: its pages, seen against the sections that every page's navigation names.

    The first share also holds the hand-written pages, the sections and the theme's files.
    """

    settings: SiteSettings
    pages: tuple[PageFile, ...]
    sections: tuple[PageFile, ...]
    is_first: bool


def whole(settings: SiteSettings, files: Sequence[PageFile]) -> Share:
    """Return the one share that is the whole site."""
    return Share(settings, tuple(files), (), is_first=True)


def cut(settings: SiteSettings, files: Sequence[PageFile], *, jobs: int) -> tuple[Share, ...]:
    """Cut pages into shares for so many workers; sections all stand in the first."""
    sections = tuple(file for file in files if file.is_section)
    rest = [file for file in files if not file.is_section]
    workers = min(jobs, -(-len(rest) // SHARE_LEAST)) or 1
    return tuple(
        Share(settings, (*(sections if number == 0 else ()), *part), sections, is_first=number == 0)
        for number, part in enumerate(deal(rest, workers=workers, most=SHARE_LIMIT))
    )
