"""Where a site keeps what can be made again."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from kbp_site.content.memory import Memory
from kbp_site.site.standing import entries

CACHE = Path(".cache", "kbp")
RECORDS = "records"
"""The folder of the cache in which records stand as they were read."""

PLANS = "plans"
"""The folder of the cache in which stands of what pages were made."""

DOCUMENTS = "documents"
"""The folder of the cache in which stands what is known of the documents that can be found."""

DATA = "open-data"
"""The folder of the cache in which stands where each record was told in the open data."""

SEALS = "seals"
"""The folder of the cache in which stands what the last build told, for when nothing changed."""

SPARE = "spare"
"""The folder of the cache in which stand trees that a next site is made in."""

STANDING = "standing"
"""The folder of the cache in which stands how a site stood when it was judged, file by file."""


def cache_folder(root: Path) -> Path:
    """Return the folder for what can be made again, without a link anywhere in it.

    Somebody may have sent one with the content: nothing is written or removed where it leads.
    """
    folder = place_of_cache(root)
    remove_links(folder)
    return folder


def remove_links(folder: Path) -> None:
    """Remove every link in a cache; it is gone through whole, so who uses it for long asks once."""
    for inside in (entry for entry in os.scandir(folder) if entry.name != SPARE):  # nothing there is trusted anyway
        below = entries(Path(inside.path)) if inside.is_dir(follow_symlinks=False) else ()
        for link in (entry for entry in (inside, *(entry for _, entry in below)) if entry.is_symlink()):
            os.unlink(link.path)


def place_of_cache(root: Path) -> Path:
    """Return where that folder stands: `.cache/kbp/`, or a temporary one.

    A source tree may be read-only, or hold a link in that place.
    """
    folder = root / CACHE
    try:
        if leads_elsewhere(root):
            raise NotADirectoryError(folder)
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".write-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError:
        name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
        folder = Path(tempfile.gettempdir()) / f"kbp-{os.getuid()}-{name}"
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != os.getuid():
            folder = Path(tempfile.mkdtemp(prefix="kbp-"))  # somebody else has made it, and could put things there
    return folder


def leads_elsewhere(root: Path) -> bool:
    """Whether a link stands in the place of a site's own cache."""
    return any((root / part).is_symlink() for part in (CACHE.parent, CACHE))


def remembered(root: Path) -> Memory:
    """Return what earlier runs kept of a site's records; to ask for it writes nothing beside them."""
    return Memory((place_of_cache(root) if leads_elsewhere(root) else root / CACHE) / RECORDS)
