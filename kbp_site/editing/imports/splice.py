"""Photos are added to a record that exists: its own lines and comments stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kbp_site.content.records.values import PLACEHOLDER
from kbp_site.content.source import Source, parse
from kbp_site.content.text_files import read_bytes
from kbp_site.editing.imports.session import Session
from kbp_site.locale import text


def splice_photos(session: Session, record: Path, names: Sequence[str]) -> bool:
    """Add photos to a record's `photos`; false when its file is not written so that lines can be added safely."""
    path = record.relative_to(session.root).as_posix()
    data = read_bytes(session.root, path)
    source = parse(path, data)[0] if isinstance(data, bytes) else None
    lines = with_photos(source, names) if source else None
    if lines is None or source is None:
        return False
    after = parse(path, "\n".join(lines).encode())[0]
    if after is None or not _is_same_otherwise(source, after, len(names)):
        return False
    session.report.note(text("Foto ditambahkan ke {path}. Isi alt dan people, lalu jalankan kbp check.", path=path))
    if not session.wish.is_trial:
        beside = record.with_name(f".{record.name}.new")
        line_end = "\r\n" if isinstance(data, bytes) and b"\r\n" in data else "\n"
        beside.write_bytes(line_end.join(lines).encode())
        beside.replace(record)
    return True


def with_photos(source: Source, names: Sequence[str]) -> list[str] | None:
    """Return a record's lines with photos added at the end of its list; ``None`` for a list in brackets."""
    lines = list(source.lines)
    photos = source.values.get("photos")
    if "photos" not in source.values:
        while lines and not lines[-1].strip():
            lines.pop()
        return [*lines, "photos:", *_items(names, 2), ""]
    span = source.spans[("photos",)]
    if not isinstance(photos, list) or not photos or lines[span.start.line - 1].lstrip()[:1] != "-":
        return None
    ends = [end.end for location, end in source.spans.items() if location[0] == "photos" and len(location) > 2]
    at = max(end.line if end.column > 1 else end.line - 1 for end in ends)
    return [*lines[:at], *_items(names, span.start.column - 1), *lines[at:]]


def _items(names: Sequence[str], indent: int) -> list[str]:
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


def _is_same_otherwise(before: Source, after: Source, added: int) -> bool:
    """Whether nothing but photos came in: the proof before a record is written."""
    old, new = before.values.get("photos") or [], after.values.get("photos")
    rest = {name: value for name, value in after.values.items() if name != "photos"}
    return (
        rest == {name: value for name, value in before.values.items() if name != "photos"}
        and isinstance(new, list)
        and new[: len(old)] == old
        and len(new) == len(old) + added
    )
