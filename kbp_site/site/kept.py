"""Where stands what builds keep for the next one."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kbp_site.content.kept_results import KeptResults, V, write_results
from kbp_site.site import spare
from kbp_site.site.cache import DATA, DOCUMENTS, PLANS, RECORDS, SEALS, SPARE, STANDING, place_of_cache
from kbp_site.site.publish import folder_name


class Kept(NamedTuple):
    """Where stands what is kept for a site, and for all of a root's (`cache`, `images`)."""

    cache: Path
    images: Path
    pages: Path
    plans: Path
    documents: Path
    data: Path
    search: Path
    html: Path
    standing: Path
    seal: Path
    spare: Path

    @classmethod
    def of(cls, root: Path, out: Path) -> Kept:
        """Return where what is kept of the site stands that a root's builds make in a folder."""
        cache, name = place_of_cache(root), folder_name(out)
        own = ("pages", PLANS, DOCUMENTS, DATA, "search", "html", STANDING, SEALS, SPARE)
        return cls(cache, cache / "images", *(cache / what / name for what in own))

    def keep_next(self, path: Path, known: KeptResults[V]) -> None:
        """Keep what is known of a site that is not public yet, for the place of what was kept of the one before."""
        _forget_next(path)
        write_results(_next(path), known)

    def renew(self) -> None:
        """Put what is known of a site that is public now in its place."""
        for path in self._renewed:
            with suppress(OSError):  # it could not be written: what was kept before is asked again
                _next(path).replace(path)

    def forget(self) -> None:
        """Remove all that was kept, so that everything is made again."""
        for folder in (self.images, self.pages, self.search, self.cache / RECORDS):
            shutil.rmtree(folder, ignore_errors=True)
        spare.forget(self.spare)
        for file in (self.plans, self.documents, self.data, self.html, self.standing, self.seal):
            file.unlink(missing_ok=True)
        for file in self._renewed:
            _forget_next(file)

    @property
    def _renewed(self) -> tuple[Path, ...]:
        return self.plans, self.documents, self.data


def _next(path: Path) -> Path:
    """Return where what a site will have is kept until it is public."""
    return path.with_name(f"{path.name}.next")


def _forget_next(path: Path) -> None:
    """Remove what a build that was given up left, also half of a file: a copy that is ended leaves it as it is."""
    for left in path.parent.glob(f"{_next(path).name}*"):
        left.unlink(missing_ok=True)
