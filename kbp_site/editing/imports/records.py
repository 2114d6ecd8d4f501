"""The records of a site during one run: as they are after what was rewritten and removed, also in a trial."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from kbp_site.content.source import parse
from kbp_site.content.text_files import read_bytes

NAMED = re.compile(rb"[\w.-]+(?:/[\w.-]+)+")
"""What may be the name of a file below `content/media/`, in a value or in a comment."""


class Records:
    """All records by their paths from the root ("content/activities/x.yml")."""

    def __init__(self, root: Path, *, is_trial: bool) -> None:
        self._root, self._is_trial = root, is_trial
        self._changed: dict[str, bytes | None] = {}
        self._names: dict[str, frozenset[bytes]] = {}

    def read(self, path: str) -> bytes | None:
        """Return a record's bytes; ``None`` where there is none that may be read."""
        if path in self._changed:
            return self._changed[path]
        if not (self._root / path).is_file():
            return None
        data = read_bytes(self._root, path)
        return data if isinstance(data, bytes) else None

    def rewrite(self, path: str, data: bytes) -> None:
        """Put other bytes in a record's place, whole or not at all; a trial writes nothing."""
        self._change(path, data)
        if not self._is_trial:
            place = self._root / path
            beside = place.with_name(f".{place.name}.new")
            beside.write_bytes(data)
            beside.replace(place)

    def remove(self, path: str) -> None:
        """Remove a file; a trial removes nothing."""
        self._change(path, None)
        if not self._is_trial:
            (self._root / path).unlink(missing_ok=True)

    def naming(self, name: str) -> str:
        """Return the first record that names a file below the media folder, also in a comment; empty when none does."""
        if not self._names:
            for place in sorted((self._root / "content").glob("*/*.yml")):
                self._look_at(place.relative_to(self._root).as_posix())
        return next((path for path, names in self._names.items() if name.encode() in names), "")

    def _change(self, path: str, data: bytes | None) -> None:
        self._changed[path] = data
        if self._names:
            self._look_at(path)

    def _look_at(self, path: str) -> None:
        self._names[path] = frozenset(NAMED.findall(self.read(path) or b""))


def titles_of(root: Path, kinds: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return what every record is called, in small letters, with its id, by kind; a name of two is left out."""
    found: dict[str, dict[str, str]] = {}
    for kind in kinds:
        names: dict[str, str] = {}
        for path in sorted((root / "content" / kind).glob("*.yml")):
            data = read_bytes(root, path.relative_to(root).as_posix())
            source = parse(path.name, data)[0] if isinstance(data, bytes) and "." not in path.stem else None
            written = source.values.get("as_written") if source else None
            spelled = written if isinstance(written, list) else []
            words = [source.values.get("title"), source.values.get("short"), *spelled] if source else []
            for name in {path.stem, *(str(word).casefold() for word in words if word)}:
                names[name] = "" if names.get(name, path.stem) != path.stem else path.stem
        found[kind] = {name: id_ for name, id_ in names.items() if id_}
    return found
