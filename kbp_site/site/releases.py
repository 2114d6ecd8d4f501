"""Releases: whole, judged sites side by side, and one link that says which of them readers see.

    terbitan/
      current -> releases/0007-3f2a91c0d5e4
      releases/0007-3f2a91c0d5e4/
        site/            what a web server shows: its root is `current/site`
        manifest.json    SHA-256 and size of every file of the site, and of nginx.conf
        nginx.conf       what nginx includes

A release is made beside the others and never changed; to publish it, or an earlier one again, is to rename one link.
Files that did not change are the same file in several releases (hard links).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.content.shelves import Stamp
from kbp_site.locale import Text, text
from kbp_site.site.publish import judge_place, open_to_readers, settle, settle_one
from kbp_site.site.spare import keep, take_over
from kbp_site.site.standing import digest_of, stamps

PLACE = "terbitan"
"""Where the releases of a site stand, below its root, unless another place is named."""

CURRENT, RELEASES, SITE, MANIFEST = "current", "releases", "site", "manifest.json"
OWN = ".kbp"
"""The folder that says that a place is ours; its lock stands there."""

KEPT = 5
"""Releases that stay, the current one among them."""

NAME = re.compile(r"(?P<number>\d{4,})-(?P<digest>[0-9a-f]{12})")
SPARE = "spare"
"""The tree in our own folder that the next release is made in."""

BEGUN = ".new"
"""How the folder of a release ends while it is made."""


@dataclass(frozen=True, order=True)
class Release:
    """One release: its number, the beginning of its manifest's SHA-256, and its folder."""

    number: int
    digest: str
    folder: Path

    @property
    def site(self) -> Path:
        """The site that a web server would show."""
        return self.folder / SITE

    @property
    def name(self) -> str:
        """Its name ("0007-3f2a91c0d5e4")."""
        return self.folder.name


@dataclass(frozen=True)
class Added:
    """What came of adding a site: its release, how many files it has, how many of them are new, and whether it is.

    ``mends`` is the release with the same bytes that was whole no more; ``standing`` are the stamps of a new one's
    files, by their paths below its folder ("site/index.html").
    """

    release: Release
    files: int
    fresh: int
    is_new: bool
    mends: Release | None = None
    standing: Mapping[str, Stamp] = field(default_factory=dict, repr=False)


def judge_releases(place: Path, root: Path) -> None:
    """Refuse a place for releases that is not ours (`KbpError`, nothing is touched)."""
    judge_place(place, root)
    if place.is_dir() and any(place.iterdir()) and not (place / OWN).is_dir():
        raise KbpError(
            text('folder "{out}" berisi hal lain dan bukan tempat terbitan kbp; pilih folder lain', out=str(place))
        )


def releases_in(place: Path) -> tuple[Release, ...]:
    """Return every whole release, the oldest first."""
    folders = (place / RELEASES).iterdir() if (place / RELEASES).is_dir() else ()
    named = ((NAME.fullmatch(folder.name), folder) for folder in folders)
    return tuple(sorted(Release(int(found["number"]), found["digest"], folder) for found, folder in named if found))


def current_release(place: Path) -> Release | None:
    """Return the release that readers see, if there is one; a link that leads anywhere else shows none."""
    link = place / CURRENT
    target = Path(os.readlink(link)) if link.is_symlink() else None
    return next((release for release in releases_in(place) if Path(RELEASES, release.name) == target), None)


def judge_current(place: Path) -> Text | None:
    """Say what is wrong with the link that readers follow; ``None`` when it leads to a release."""
    link = place / CURRENT
    if current_release(place):
        return None
    if link.is_symlink():
        return text('menuju ke "{target}", bukan ke salah satu terbitan di sini', target=os.readlink(link))
    return text("bukan tautan buatan kbp publish") if link.exists() else text("hilang")


@dataclass(frozen=True)
class Known:
    """What is known of a site and of the releases beside it, so that it need not be read again.

    ``digests`` are the SHA-256 of the site's files, and ``files`` their `stamps`; ``standing`` are those of the current
    release's, as they were when it had been made, by their paths below its folder ("site/index.html").
    """

    digests: Mapping[str, str] = field(default_factory=dict)
    standing: Mapping[str, Stamp] = field(default_factory=dict)
    files: Mapping[str, Stamp] | None = None


NOTHING = Known()


def add_release(site: Path, place: Path, *, beside: dict[str, bytes], known: Known = NOTHING) -> Added:
    """Make a release of a built site; readers see it only once it is `switch`ed to.

    ``beside`` are files that stand beside the site ("nginx.conf"). A site with the same bytes as the current release
    gives that one again, if it is whole. Raises `KbpError` when the site holds a link, `OSError` when the system fails;
    then nothing of it is left. Whoever calls holds the lock of ``place``.
    """
    folder = place / RELEASES
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"*{BEGUN}"):
        shutil.rmtree(left)
    releases, current = releases_in(place), current_release(place)
    number = releases[-1].number + 1 if releases else 1
    begun = folder / f"{number:04d}{BEGUN}"
    try:
        former = Former.of(current, known.standing) if current else None
        names = regular_files(stamps(site) if known.files is None else known.files)
        files, fresh = _copy(site, names, begun / SITE, former, known.digests, place / OWN / SPARE)
        listed = {"version": 1, "files": files, "beside": {name: _row(data) for name, data in beside.items()}}
        manifest = json.dumps(listed, ensure_ascii=False, indent=0).encode()
        digest = hashlib.sha256(manifest).hexdigest()[:12]
        is_same = current is not None and current.digest == digest
        if current and former and is_same and (former.is_whole or next(verify(current), None) is None):
            return Added(current, len(files), 0, is_new=False)
        for name, data in {MANIFEST: manifest, **beside}.items():
            (begun / name).write_bytes(data)
        standing = open_to_readers(begun)
        settle(begun)
        whole = folder / f"{number:04d}-{digest}"
        os.rename(begun, whole)
        settle_one(folder)
        mends = current if is_same else None
        return Added(Release(number, digest, whole), len(files), fresh, is_new=True, mends=mends, standing=standing)
    finally:
        shutil.rmtree(begun, ignore_errors=True)


Row = list[str | int]
"""What a manifest says of a file: the SHA-256 of its bytes, and how many they are."""


def _row(data: bytes) -> Row:
    return [hashlib.sha256(data).hexdigest(), len(data)]


@dataclass(frozen=True)
class Former:
    """The files of the release of before: where they stand, the rows and stamps of those that stand as they were made,
    and whether all do."""

    site: Path
    rows: Mapping[str, Row]
    stamps: Mapping[str, Stamp]
    is_whole: bool

    @classmethod
    def of(cls, release: Release, standing: Mapping[str, Stamp]) -> Former:
        """Look at a release, and at how it stood when it was made; without its manifest of then, nothing is known."""
        now = standing_of(release) if standing else {}
        if not now or now.get(MANIFEST) != standing.get(MANIFEST):
            return cls(release.site, {}, {}, is_whole=False)
        listed = json.loads((release.folder / MANIFEST).read_bytes())["files"]
        own = {name: now.get(f"{SITE}/{name}", ()) for name in listed}
        same = {name: stamp for name, stamp in own.items() if stamp == standing.get(f"{SITE}/{name}")}
        return cls(release.site, {name: listed[name] for name in same}, same, is_whole=now == standing)


def _copy(
    site: Path, names: Sequence[str], target: Path, former: Former | None, digests: Mapping[str, str], spare: Path
) -> tuple[dict[str, Row], int]:
    """Copy a site, with links to files of the ``former`` release that are the same; return its manifest, and how many
    files are new. ``names`` are those of its files; ``spare`` is a tree that may become the copy."""
    rows = former.rows if former else {}
    known = {name for name in names if name in rows and digests.get(name) == rows[name][0]}
    same = {name: former.stamps[name] for name in known} if former else {}
    take_over(same, former.site if former else site, target, spare)
    files: dict[str, Row] = {}
    fresh = 0
    for name in names:
        if name in same:
            files[name] = rows[name]
            continue
        path, data = target / name, read_file(site / name)
        files[name] = _row(data)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not (former and _holds(former.site / name, data) and _link(former.site / name, path)):
            path.write_bytes(data)
            fresh += 1
    return files, fresh


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file of before is no link and holds these bytes."""
    try:
        return not path.is_symlink() and path.read_bytes() == data
    except OSError:
        return False


def _link(former: Path, path: Path) -> bool:
    """Let a file be the same as one of before, if the file system can."""
    try:
        os.link(former, path)
    except OSError:
        return False
    return True


def regular_files(found: Mapping[str, Stamp]) -> list[str]:
    """Return the paths of files, in order, by their stamps; raises `KbpError` for a link or anything else."""
    for name, stamp in found.items():
        if not stat.S_ISREG(stamp[0]):
            raise KbpError(text('"{name}" bukan berkas biasa; bangun ulang situsnya dengan kbp build', name=name))
    return sorted(found, key=lambda name: name.split("/"))


def read_file(path: Path) -> bytes:
    """Return a file's bytes; raises `OSError` for a link."""
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
        return file.read()


def standing_of(release: Release) -> dict[str, Stamp]:
    """Return what the disk tells of every file of a release; nothing where a link stands in its place."""
    return {} if release.folder.is_symlink() else stamps(release.folder)


def switch(place: Path, release: Release) -> None:
    """Let readers see a release, by one rename."""
    fresh = place / f"{CURRENT}{BEGUN}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path(RELEASES, release.name), target_is_directory=True)
    os.replace(fresh, place / CURRENT)
    settle_one(place)


class Forgotten(NamedTuple):
    """Releases that went, and how the files of the one that readers see stand then."""

    releases: tuple[Release, ...]
    standing: Mapping[str, Stamp]


def forget_old(place: Path, unfit: Sequence[Release] = (), *, standing: Mapping[str, Stamp]) -> Forgotten:
    """Remove all releases but the last five and the current one, and those that are ``unfit``.

    Of the last that goes, what the current one holds too is kept for the next. ``standing`` are the stamps of the
    current one's files, as in `Added`; where there are none, or links to these went, it is looked at.
    """
    current = current_release(place)
    old = releases_in(place)[:-KEPT]
    gone = tuple(release for release in sorted({*old, *unfit}) if release != current)
    now = standing or (standing_of(current) if current else {})
    above, removed = f"{SITE}/", [*gone]
    if current and gone:
        shown = {name.removeprefix(above): stamp for name, stamp in now.items() if name.startswith(above)}
        if keep(gone[-1].site, place / OWN / SPARE, shown):
            removed.pop()
    for release in gone:
        shutil.rmtree(release.folder)
    return Forgotten(gone, standing_of(current) if current and removed else now)


def find_release(place: Path, name: str | None) -> Release:
    """Return the release of a name or number, or without one that before the current; raises `KbpError`."""
    releases, current = releases_in(place), current_release(place)
    if name is None:
        found = [release for release in releases if current and release < current][-1:]
    else:
        number = int(name) if re.fullmatch(r"[0-9]{1,9}", name) else None
        found = [release for release in releases if name == release.name or number == release.number]
    if found:
        return found[0]
    if not releases:
        raise KbpError(text('belum ada terbitan di "{place}"; mulai dengan kbp publish', place=str(place)))
    if name is None:
        raise KbpError(text("tidak ada terbitan yang lebih lama; lihat daftarnya dengan kbp verify"))
    known = ", ".join(release.name for release in releases)
    raise KbpError(text('tidak ada terbitan "{name}"; yang ada: {known}', name=name, known=known))


def verify(release: Release) -> Iterator[tuple[str, Text]]:
    """Yield (path, what is wrong) of every file of a release that is not what its manifest says."""
    if release.folder.is_symlink() or release.site.is_symlink():
        yield SITE, text("bukan lagi folder biasa")
        return
    try:
        manifest = (release.folder / MANIFEST).read_bytes()
        listed = json.loads(manifest)
        files, beside = listed["files"], listed.get("beside", {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        yield MANIFEST, text("tidak dapat dibaca")
        return
    if hashlib.sha256(manifest).hexdigest()[:12] != release.digest:
        yield MANIFEST, text("berubah sejak terbit")  # so what it says of the files means nothing
        return
    yield from _compare(files, {path.relative_to(release.site).as_posix(): path for path in release.site.rglob("*")})
    own = {path.name: path for path in release.folder.iterdir() if path.name not in {SITE, MANIFEST}}
    yield from _compare(beside, own)


def _compare(files: Mapping[str, Sequence[object]], found: Mapping[str, Path]) -> Iterator[tuple[str, Text]]:
    """Yield (name, what is wrong) of what was found and is not what a manifest says of it."""
    for name in sorted(files.keys() - found.keys()):
        yield name, text("hilang")
    for name, path in sorted(found.items()):
        kind = path.lstat().st_mode
        if name not in files:
            if not stat.S_ISDIR(kind):
                yield name, text("tidak ada saat terbit")
        elif not stat.S_ISREG(kind):
            yield name, text("bukan lagi berkas biasa")
        elif digest_of(path) != files[name][0]:
            yield name, text("berubah sejak terbit")


def judge_release(release: Release) -> None:
    """Refuse a release that is not whole (`KbpError`, exit 3)."""
    faults = sum(1 for _ in verify(release))
    if faults:
        message = text(
            "terbitan {name} tidak utuh lagi ({count} berkas); periksa dengan kbp verify",
            name=release.name,
            count=faults,
        )
        raise KbpError(message, exit_code=ExitCode.SYSTEM)
