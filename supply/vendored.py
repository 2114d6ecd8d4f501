"""Files of others that lie in the project: each folder's `README.md` lists them with version, licence and SHA-256."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from supply.locks import PROJECT

SHIPPED = tuple(
    PROJECT / "kbp_site" / folder for folder in ("kiosk/screen/vendored", "kiosk/press/fonts", "outputs/fonts")
)
FOR_TESTS = (PROJECT / "tests" / "browser" / "vendor",)

ROW = re.compile(
    r"^\| `(?P<file>[^`]+)` \| (?P<package>.+) \| (?P<version>[\w.]+) \| (?P<licence>.+) \| `(?P<sha256>\w+)` \|$"
)
LICENCE = re.compile(r"(?P<id>[\w.-]+)(?: \((?:`(?P<file>[^`]+)`|in its head)\))?")


@dataclass(frozen=True)
class Vendored:
    """A file as its list tells it: of a package of npm; the text of its licence is a file beside it, or in its head."""

    path: Path
    package: str
    version: str
    licence: str
    licence_text: str
    sha256: str


def read_list(folder: Path) -> list[Vendored]:
    """Return what the list of a folder tells, in its order; "the same" is the package of the row above.

    Raises `ValueError` for a row that cannot be read.
    """
    rows = [row for row in (folder / "README.md").read_text(encoding="utf-8").splitlines() if row.startswith("| `")]
    told: list[Vendored] = []
    for row in rows:
        found = ROW.fullmatch(row)
        licence = LICENCE.fullmatch(found["licence"]) if found else None
        named = re.match(r"`([^`]+)` on npm\b", found["package"]) if found else None
        if not found or not licence or not (named or (told and found["package"].startswith("the same"))):
            raise ValueError(f"{folder.name}: cannot be read: {row}")
        package = named[1] if named else told[-1].package
        told.append(
            Vendored(
                folder / found["file"], package, found["version"], licence["id"], licence["file"] or "", found["sha256"]
            )
        )
    return told


def find_faults(folder: Path) -> Iterator[str]:
    """Yield what is wrong with a folder: a file that is not what its list says, is missing, or is in no list."""
    told = read_list(folder)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    listed = {row.path.name for row in told}
    texts = {row.licence_text for row in told if row.licence_text}
    yield from (f"not listed: {name}" for name in sorted(there - listed - texts - {"README.md"}))
    yield from (f"not there: {name}" for name in sorted((listed | texts) - there))
    for row in told:
        if row.path.name in there and hashlib.sha256(row.path.read_bytes()).hexdigest() != row.sha256:
            yield f"not the bytes of {row.package} {row.version}: {row.path.name}"
