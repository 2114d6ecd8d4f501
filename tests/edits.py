"""Edits of the full site that show in its pages, and what is read of it before and after."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kbp_site.content.load import load
from kbp_site.content.memory import Memory
from kbp_site.content.watched import WatchedLibrary

SITES = Path(__file__).parent / "sites"
TODAY, LATER = date(2026, 11, 23), date(2027, 6, 1)
"""Two days; on the second a record has appeared that was held back, and a consent has ended."""

Edit = Callable[[Path], object]


class Edited:
    """A copy of the full site that is edited, and stands as it was afterwards."""

    def __init__(self, root: Path) -> None:
        self.root, self._memory = root, Memory()
        shutil.copytree(SITES / "full" / "content", root / "content")

    def library(self, day: date = TODAY) -> WatchedLibrary:
        """Return what is read of it now."""
        library = load(self.root, today=day, memory=self._memory).library
        assert library is not None
        return WatchedLibrary(library)

    @contextmanager
    def after(self, edit: Edit) -> Iterator[None]:
        """Stand as an edit leaves it, for a while."""
        content, aside = self.root / "content", self.root / "semula"
        shutil.copytree(content, aside)
        try:
            edit(content)
            yield
        finally:
            shutil.rmtree(content)
            aside.rename(content)


def rewrite(name: str, old: str, new: str) -> Edit:
    """Return an edit that replaces words in a record."""

    def edit(content: Path) -> None:
        path = content / f"{name}.yml"
        words = path.read_text(encoding="utf-8")
        assert old in words
        path.write_text(words.replace(old, new, 1), encoding="utf-8")

    return edit


def retitle(name: str) -> Edit:
    return rewrite(name, "title: ", "title: Lain lagi ")


def withdraw(name: str) -> Edit:
    return rewrite(name, "status: published", "status: withdrawn")


def remove(name: str) -> Edit:
    return lambda content: (content / f"{name}.yml").unlink()


def copy(name: str, other: str) -> Edit:
    return lambda content: shutil.copyfile(content / f"{name}.yml", content / f"{other}.yml")


EDITS = {
    "a story's title": (retitle("activities/mediasi-parit"), TODAY),
    "a story's English title": (retitle("activities/mediasi-parit.en"), TODAY),
    "a story is withdrawn": (withdraw("activities/mediasi-parit"), TODAY),
    "a story is added": (copy("activities/pasar-warga", "activities/pasar-baru"), TODAY),
    "a lesson is removed": (remove("lessons/dengarkan-dahulu"), TODAY),
    "a place's title": (retitle("places/kecamatan-hilir"), TODAY),
    "a term's title": (retitle("terms/blm"), TODAY),
    "a topic is removed": (remove("topics/air-bersih"), TODAY),
    "an organization's title": (retitle("organizations/kbp-muara"), TODAY),
    "an allocation's title": (retitle("allocations/dana-parit-2006"), TODAY),
    "a consent is removed": (remove("consents/persetujuan-001"), TODAY),
    "the site's title": (retitle("site"), TODAY),
    "the site's address": (rewrite("site", "url: https://", "url: https://lain."), TODAY),
    "one language": (rewrite("site", "languages: [id, en]", "languages: [id]"), TODAY),
    "another day": (lambda content: None, LATER),
}
