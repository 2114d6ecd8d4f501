"""How a site stands: what the disk tells of every file, and by that which files of before need no second look.

A file that was written, or that another was put in place of, has another number, size or time. Its time of change,
which nobody can set, is compared too before a file is taken for the one that was judged; a link to it changes that, so
in the next site it is known by the rest.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kbp_site.content.shelves import Stamp, read_own, stamp_of, write_own

LASTING = 4
"""How many of these stay when a file is linked or unlinked elsewhere."""


def is_same(one: Stamp, other: Stamp) -> bool:
    """Whether two stamps are of the same file, wherever else it was linked or unlinked between them."""
    return one[:LASTING] == other[:LASTING]


class JudgedFile(NamedTuple):
    """What is known of a file that was judged: its stamp, the SHA-256 of its bytes, and what it was copied from."""

    stamp: Stamp
    digest: str = ""
    source: str = ""


@dataclass(frozen=True)
class Standing:
    """How a site stood when it was public: by which rules it was judged, and its files."""

    ground: str
    files: Mapping[str, JudgedFile]

    @classmethod
    def of(
        cls, ground: str, files: Mapping[str, Stamp], digests: Mapping[str, str], sources: Mapping[str, str]
    ) -> Standing:
        """Put together what is known of a site's files."""
        rows = ((name, stamp, digests.get(name, ""), sources.get(name, "")) for name, stamp in files.items())
        return cls(ground, {row[0]: JudgedFile(*row[1:]) for row in rows})


@dataclass(frozen=True)
class Former:
    """The site of before, as far as it stands as it was judged, and the fingerprint of the rules that it was judged by.

    ``names`` are those of all files that it had, also of those that stand so no more.
    """

    site: Path = Path()
    files: Mapping[str, JudgedFile] = field(default_factory=dict)
    names: Collection[str] = ()
    ground: str = ""

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of the files by their names."""
        return {name: file.digest for name, file in self.files.items()}

    def by(self, ground: str) -> Former:
        """Return what is known of the site as it would be judged by these rules: nothing if it was by others."""
        return self if self.ground == ground else Former()

    def same(self, stamps: Mapping[str, Stamp]) -> dict[str, JudgedFile]:
        """Return those files of another folder that are files of this site: not copies, the same ones."""
        return {
            name: kept
            for name, kept in self.files.items()
            if (found := stamps.get(name)) and is_same(found, kept.stamp)
        }

    def read(self, name: str) -> bytes:
        """Return the bytes of a file as it was judged; nothing where it is not known, or not as it was any more."""
        if kept := self.files.get(name):
            with suppress(OSError):
                data = (self.site / name).read_bytes()
                if is_same(stamp_of(os.lstat(self.site / name)), kept.stamp):
                    return data
        return b""

    def standing(self, names: Iterable[str]) -> dict[str, Stamp]:
        """Return the stamps of files by their names; nothing of one that is not known, so that it counts as another."""
        return {name: self.files[name].stamp if name in self.files else () for name in names}

    def made_of(self, sources: Mapping[str, str]) -> set[str]:
        """Return the names of those files that came from the sources that they would come from now."""
        return {name for name, source in sources.items() if name in self.files and self.files[name].source == source}


def digests_of(site: Path, names: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """Return the SHA-256 of files of a site by their names; those that are ``known`` are not read."""
    return {name: known.get(name) or digest_of(site / name) for name in names}


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, of which few are held at a time: open data is as large as all records."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamps(folder: Path) -> dict[str, Stamp]:
    """Return what the disk tells of every file below a folder, by its path there; folders are none."""
    return {path: stamp_of(entry.stat(follow_symlinks=False)) for path, entry in entries(folder) if path[-1] != "/"}


def entries(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield everything below a folder by its path there; a folder's ends with "/", and links are followed nowhere."""
    left = [("", os.fspath(folder))]
    while left:
        above, inside = left.pop()
        with os.scandir(inside) as found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    left.append((f"{above}{entry.name}/", entry.path))
                    yield f"{above}{entry.name}/", entry
                else:
                    yield f"{above}{entry.name}", entry


def media_sources(files: Mapping[str, Path]) -> dict[str, str]:
    """Return for each file what tells that it would be copied from the same source as it is now."""
    return {name: f"{source} {stamp_of(os.lstat(source))}" for name, source in files.items()}


def read_standing(path: Path, site: Path, *, now: Mapping[str, Stamp] | None = None) -> Former:
    """Return those files of a site that stand as they were when it was judged, by whatever rules.

    ``now`` are its `stamps`, where they are known.
    """
    with suppress(Exception):  # whatever is wrong with it: everything is looked at
        kept = read_own(path, classes=(Standing, JudgedFile))
        if isinstance(kept, Standing):
            now = stamps(site) if now is None else now
            same = {name: row for name, row in kept.files.items() if now.get(name) == row.stamp}
            return Former(site, same, kept.files.keys(), kept.ground)
    return Former()


def write_standing(path: Path, standing: Standing) -> None:
    """Keep how a site stands; where nothing can be written, or nothing may be known, nothing is kept."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
        if standing.ground:
            write_own(path, standing)
