"""What is known of the release that readers see: of which site it was made, and how it stood then.

So a site that did not change is not published anew, and of one that did only what changed is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kbp_site.content.shelves import Stamp, read_own, write_own
from kbp_site.site.releases import OWN, SITE, Added, current_release, releases_in, standing_of


@dataclass(frozen=True)
class LastPublication:
    """What the last publication left: the fingerprint of the site's standing (`standing_of`), the names of all releases
    and which of them is current, and the stamps of that one's files."""

    site: str = ""
    releases: tuple[str, ...] = ()
    current: str = ""
    files: Mapping[str, Stamp] = field(default_factory=dict)


LAST = "last"
"""The file that keeps it, in our own folder of the place: it goes where the releases go, whose files it names."""


def read_publication(place: Path) -> LastPublication:
    """Return what is known of the last publication in a place; nothing where that cannot be read."""
    with suppress(Exception):  # whatever is wrong with it: everything is read
        kept = read_own(place / OWN / LAST, classes=(LastPublication,))
        if isinstance(kept, LastPublication):
            return kept
    return LastPublication()


def write_publication(place: Path, site: str, standing: Mapping[str, Stamp]) -> None:
    """Keep how the releases of a place stand when a site has been published, as far as anything can be written.

    ``standing`` are the stamps of the current one's files (`standing_of` in `releases.py`).
    """
    current, path = current_release(place), place / OWN / LAST
    with suppress(OSError):
        path.unlink(missing_ok=True)
        if current:
            names = tuple(release.name for release in releases_in(place))
            write_own(path, LastPublication(site, names, current.name, standing))


def published_before(last: LastPublication, place: Path, site: str) -> Added | None:
    """Return the release that readers see if it was made of this very site, and all stands as it was left."""
    current = current_release(place)
    if not site or last.site != site or current is None or current.name != last.current:
        return None
    if tuple(release.name for release in releases_in(place)) != last.releases or standing_of(current) != last.files:
        return None
    return Added(current, sum(1 for name in last.files if name.startswith(f"{SITE}/")), 0, is_new=False)
