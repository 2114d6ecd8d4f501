"""Where the links of a built page lead: to a file of the site and an anchor that is there, or outside (RFC 3986)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote, urlsplit


class Linking(Protocol):
    """What is read in a page: its path, its anchors, and where it leads or sends to."""

    @property
    def path(self) -> str:
        """Its place below the site ("kegiatan/index.html")."""

    @property
    def anchors(self) -> frozenset[str]:
        """What links can lead to in it."""

    @property
    def targets(self) -> tuple[str, ...]:
        """The addresses that it names, as they are written."""


@dataclass(frozen=True)
class Ground:
    """Where links can lead to: the site's files, the pages' anchors, and the path that the site stands below."""

    files: Collection[str]
    anchors: Mapping[str, frozenset[str]]
    base: str


STEPS = re.compile(r"(?:\.\./)*")
"""How an address begins that is counted from its page: with the steps up."""

FIXED = ("https://", "http://", "/")
"""How an address begins that says the same on every page."""


def lost_targets(reading: Linking, ground: Ground, sound: set[str]) -> Iterator[str]:
    """Yield every address on a page that leads nowhere.

    ``sound`` are addresses that were found to lead somewhere, as they are written or counted from the site's root, and
    it grows: most links are the menu's, which every page has.
    """
    folders = reading.path.split("/")[:-1]
    above = ["".join(f"{folder}/" for folder in folders[:depth]) for depth in range(len(folders), -1, -1)]
    for target in reading.targets:
        address = target if target.startswith(FIXED) else _from_root(above, target)
        if address in sound:
            continue
        if not leads_somewhere(reading.path, target, ground):
            yield target
        elif address is not None:
            sound.add(address)


def _from_root(above: Sequence[str], target: str) -> str | None:
    """Return an address counted from the site's root; ``None`` where steps up and names are not all that it says.

    ``above`` are the folders that its page stands in, the nearest first.
    """
    steps = STEPS.match(target).end()  # type: ignore[union-attr]
    below = target[steps:]
    is_plain = steps < 3 * len(above) and (below[0].isalnum() if below else steps > 0) and ":" not in below
    return above[steps // 3] + below if is_plain else None


def leads_somewhere(origin: str, target: str, ground: Ground) -> bool:
    """Whether a link on a page leads to a file of the site and an anchor that is there, or outside (RFC 3986)."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        return True
    if parts.path.startswith("/") and not parts.path.startswith(ground.base):
        return False
    if not parts.path:
        path = origin
    else:
        folder = "" if parts.path.startswith("/") else posixpath.dirname(origin)
        below = unquote(parts.path.removeprefix(ground.base).lstrip("/")) or "."
        path = posixpath.normpath(posixpath.join(folder, below))
        if parts.path.endswith(("/", ".")):
            path = posixpath.normpath(posixpath.join(path, "index.html"))
    if path not in ground.files:
        return False
    return not parts.fragment or path not in ground.anchors or unquote(parts.fragment) in ground.anchors[path]


MOST_GONE = 200
"""Names that are looked for in links at once; where more that links hold are gone, all are asked again."""

END = re.compile(r"[?#]")
"""Where the path of an address ends."""

INDEX = re.compile(r"(?<![^/])index\.html\Z")
"""The name of a folder's page, which links leave out."""

WRITTEN_OTHERWISE = r"%|[\x00-\x20]"
"""What lets an address name something in other letters: an escape, and what `urlsplit` leaves out (RFC 3986, 2.1)."""

ABROAD = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
"""How an address begins that leads outside."""


def links_known(known: Mapping[str, Linking], names: Collection[str], ground: Ground) -> Collection[str]:
    """Return the paths of those known pages whose links lead somewhere still, without a look at each.

    ``names`` are the files of the site that they were read in, where all links led somewhere. One leads nowhere now
    only if a file or an anchor is gone, and that it can lead to only by its name, or from below it.
    """
    gone = [name for name in names if name not in ground.files]
    anchors = {
        anchor for path, reading in known.items() for anchor in reading.anchors - ground.anchors.get(path, frozenset())
    }
    paths = [INDEX.sub("", name) for name in gone]
    every = set().union(*(reading.targets for reading in known.values()))
    # What follows the path of an address counts too: more is asked again then, never less.
    steps = {"", *END.sub("/", "/".join(every)).split("/")}
    words = {name for path in paths if (name := path.rstrip("/").split("/")[-1]) in steps}
    if len(words) + len(anchors) > MOST_GONE:
        return ()
    plain = sorted({*words, *(f"#{anchor}" for anchor in anchors)})
    named = re.compile("|".join([WRITTEN_OTHERWISE, *map(re.escape, plain)]))
    asked = {target for target in every if named.search(target) and not ABROAD.match(target)}
    folders = tuple(path for path in paths if path == "" or path.endswith("/"))
    return {
        path for path, reading in known.items() if asked.isdisjoint(reading.targets) and not path.startswith(folders)
    }
