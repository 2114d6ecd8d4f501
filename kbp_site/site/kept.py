"""Where stands what builds keep for the next one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from kbp_site.site import spare
from kbp_site.site.cache import DATA, DOCUMENTS, PLANS, RECORDS, SEALS, SPARE, STANDING, cache_folder
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
        cache, name = cache_folder(root), folder_name(out)
        own = ("pages", PLANS, DOCUMENTS, DATA, "search", "html", STANDING, SEALS, SPARE)
        return cls(cache, cache / "images", *(cache / what / name for what in own))

    def forget(self) -> None:
        """Remove all that was kept, so that everything is made again."""
        for folder in (self.images, self.pages, self.search, self.cache / RECORDS):
            shutil.rmtree(folder, ignore_errors=True)
        spare.forget(self.spare)
        for file in (self.plans, self.documents, self.data, self.html, self.standing, self.seal):
            file.unlink(missing_ok=True)
