"""Photos are added to a record that exists, and taken out again: its own lines and comments stay as they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kbp_site.content.records.values import PLACEHOLDER
from kbp_site.content.source import Source, parse
from kbp_site.editing.imports.ledger import Made, fingerprint
from kbp_site.editing.imports.report import Fate
from kbp_site.editing.imports.session import Session
from kbp_site.locale import text

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def photos_in(source: Source | None) -> list[str]:
    """Return the files that a record's `photos` name."""
    photos = source.values.get("photos") if source else None
    return [str(photo.get("file")) for photo in photos if isinstance(photo, dict)] if isinstance(photos, list) else []


def splice_photos(session: Session, path: str, names: Sequence[str]) -> bool:
    """Add photos to a record's `photos`, and remember it; one that stands there already is not added again.

    False when the record is not written so that lines can be added safely.
    """
    source, lines = _read(session, path)
    there = photos_in(source)
    new = [name for name in names if name not in there]
    if not new:
        return True
    after = _with_photos(source, lines, new) if source else None
    if after is None or source is None or not _is_same_otherwise(source, path, after, [*there, *new]):
        return False
    session.report.note(text("Foto ditambahkan ke {path}. Isi alt dan people, lalu jalankan kbp check.", path=path))
    session.records.rewrite(path, "".join(after).encode())
    for name in new:
        written = fingerprint(*photo_items([name], 0))
        session.ledger.add(Made(f"{entry_key(name)}{path}", fingerprint(name), path, written))
    return True


def entry_key(name: str) -> str:
    """Return how the ledger's keys of a photo's entries begin; the record's path follows."""
    return f"entry:{name}:"


def take_photo_out(session: Session, made: Made, name: str) -> None:
    """Take the lines of a photo out of a record, where they are still as they were written; tell what is left."""
    source, lines = _read(session, made.path)
    what = text("baris foto {name} di {path}", name=name, path=made.path)
    there = photos_in(source)
    if name not in there or source is None:
        session.ledger.drop(made.key)
        return
    after = _without_photo(source, lines, there.index(name))
    rest = [other for at, other in enumerate(there) if at != there.index(name)]
    if after is None or not _is_same_otherwise(source, made.path, after, rest):
        session.report.tell(what, Fate.SKIPPED, text("sudah Anda ubah, jadi tidak dihapus; hapus sendiri bila perlu"))
        return
    session.records.rewrite(made.path, "".join(after).encode())
    session.ledger.drop(made.key)
    session.report.tell(what, Fate.REMOVED)


def _read(session: Session, path: str) -> tuple[Source | None, list[str]]:
    """Return a record as it is understood, and its lines as they are, with their ends; no source for odd ones."""
    data = session.records.read(path)
    source = parse(path, data)[0] if data is not None else None
    lines = LINE.findall(data.decode("utf-8")) if data is not None and source else []
    is_odd = source is not None and len(lines) != len([*source.lines]) - (not source.lines[-1])
    return (None if is_odd else source), lines


def _with_photos(source: Source, lines: Sequence[str], names: Sequence[str]) -> list[str] | None:
    """Return a record's lines with photos added at the end of its list; ``None`` for a list in brackets."""
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    photos = source.values.get("photos")
    if "photos" not in source.values:
        at = len(lines)
        while at and not lines[at - 1].strip():
            at -= 1
        new = ["photos:", *photo_items(names, 2)]
    else:
        span = source.spans[("photos",)]
        if not isinstance(photos, list) or not photos or lines[span.start.line - 1].lstrip()[:1] != "-":
            return None
        ends = [end.end for location, end in source.spans.items() if location[0] == "photos" and len(location) > 2]
        at = max(end.line if end.column > 1 else end.line - 1 for end in ends)
        new = photo_items(names, span.start.column - 1)
    before = [*lines[:at]]
    if before and not before[-1].endswith(("\n", "\r")):  # no line end at the end of the file: there is none after, too
        return [*before[:-1], before[-1] + end, *(line + end for line in new[:-1]), new[-1]]
    return [*before, *(line + end for line in new), *lines[at:]]


def _without_photo(source: Source, lines: Sequence[str], index: int) -> list[str] | None:
    """Return a record's lines without those of a photo, and without an empty list; ``None`` if they were changed."""
    first = source.spans[("photos", index, "file")].start.line - 1
    indent = len(lines[first]) - len(lines[first].lstrip())
    photos = source.values["photos"]
    name = photos_in(source)[index]
    written = photo_items([name], indent)
    if [line.rstrip("\r\n") for line in lines[first : first + len(written)]] != written:
        return None
    last = first + len(written)
    if isinstance(photos, list) and len(photos) == 1:
        first -= 1
        if lines[first].rstrip("\r\n") != "photos:":
            return None
    kept = [*lines[:first], *lines[last:]]
    if last == len(lines) and not lines[-1].endswith(("\n", "\r")) and kept:
        kept[-1] = kept[-1].rstrip("\r\n")
    return kept


def photo_items(names: Sequence[str], indent: int) -> list[str]:
    """Return the lines of photos in a record's list; what only a person can say is left to be filled in."""
    space = " " * indent
    return [
        line
        for name in names
        for line in (
            f"{space}- file: {name}",
            f"{space}  alt: {PLACEHOLDER}",
            f"{space}  people:  # none, unrecognisable, recognisable",
        )
    ]


def _is_same_otherwise(before: Source, path: str, lines: Sequence[str], photos: Collection[str]) -> bool:
    """Whether nothing but photos came in or went out: the proof before a record is written."""
    after = parse(path, "".join(lines).encode())[0]
    if after is None or photos_in(after) != [*photos]:
        return False
    if {**before.values, "photos": None} != {**after.values, "photos": None}:
        return False
    fewer, more = sorted([before.values.get("photos") or [], after.values.get("photos") or []], key=len)
    return [photo for photo in more if photo in fewer] == fewer
