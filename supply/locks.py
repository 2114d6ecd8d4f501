"""The lock files: every package with its exact version and the hashes of the files that may be installed of it."""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent
REQUIREMENTS = PROJECT / "requirements"

PIN = re.compile(r"([a-z0-9][a-z0-9-]*)==([\w.]+)(?: ; ([^\\]+?))?")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
INTEGRITY = re.compile(r"sha512-([A-Za-z0-9+/]{86}==)")
NO_PROJECT = frozenset({"node_modules", "site", "build"})
"""Folders that hold what others made, or what is made again; those that begin with a dot are passed by too."""


@dataclass(frozen=True)
class Pin:
    """One package of a lock, and the names of those that need it; the project is one of these, as its file is named."""

    name: str
    version: str
    hashes: tuple[str, ...]
    marker: str
    needed_by: tuple[str, ...]


def read_requirements(path: Path) -> list[Pin]:
    """Return the pins of a file of requirements.

    Raises `ValueError` for whatever is no exact version with SHA-256, such as an option, an address or a folder.
    """
    whole = path.read_text(encoding="utf-8").replace("\\\n", " ")
    entries = re.split(r"\n(?=[^\s#])", f"\n{whole}")[1:]
    return [_read_pin(entry) for entry in entries]


def _read_pin(entry: str) -> Pin:
    first, *comments = entry.splitlines()
    pinned, *options = re.split(r"\s+(?=--)", first.strip())
    found = PIN.fullmatch(pinned.strip())
    hashes = [HASH.fullmatch(option.strip()) for option in options]
    if not found or not hashes or None in hashes:
        raise ValueError(f"not an exact version with hashes: {first}")
    words = [line.strip().removeprefix("#").strip().removeprefix("via").strip() for line in comments]
    needed_by = tuple(word for word in words if word and not word.startswith("-c "))
    return Pin(found[1], found[2], tuple(one[1] for one in hashes if one), found[3] or "", needed_by)


def read_package_lock(path: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return the packages of a lock of npm by their folder; the project itself is not among them.

    Raises `ValueError` for a package without SHA-512, and for one that names where it comes from.
    """
    packages: dict[str, dict[str, Any]] = json.loads(path.read_bytes())["packages"]
    rows = {folder: row for folder, row in packages.items() if folder}
    for folder, row in rows.items():
        if not INTEGRITY.fullmatch(row.get("integrity", "")) or "resolved" in row:
            raise ValueError(f"not pinned by its hash alone: {folder}")
    return rows


def sha512(row: Mapping[str, Any]) -> str:
    """Return the hash of a package of npm in hexadecimal digits."""
    return base64.b64decode(row["integrity"].removeprefix("sha512-")).hex()


def package_locks() -> Iterator[Path]:
    """Yield every lock of npm in the project."""
    for folder, below, files in os.walk(PROJECT):
        below[:] = sorted(name for name in below if name not in NO_PROJECT and not name.startswith("."))
        if "package-lock.json" in files:
            yield Path(folder) / "package-lock.json"
