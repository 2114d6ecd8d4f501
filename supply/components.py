"""Everything of others that the program brings: pinned packages, what is packed inside them, and vendored files."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from kbp_site import __version__
from kbp_site.editing.bundle import LOCK, RECORD
from kbp_site.site.programs import PAGEFIND
from supply.locks import PROJECT, REQUIREMENTS, Pin, read_package_lock, read_requirements, sha512
from supply.vendored import SHIPPED, read_list

LICENCES: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "licences.toml").read_text(encoding="utf-8"))
ROOT = f"pkg:pypi/kbp-site@{__version__}"
FORM = f"pkg:generic/kbp-site-form@{__version__}"


@dataclass(frozen=True)
class File:
    """A file that is shipped as it is; without a licence of its own it has that of its component."""

    path: str
    sha256: str
    licence: str = ""


@dataclass(frozen=True)
class Component:
    """One package: what it is, which bytes it may be, and the package URLs of what needs it.

    Of a package for Python one of several files is installed, each with its SHA-256; npm knows one, with its SHA-512.
    """

    purl: str
    name: str
    version: str
    licence: str
    extra: str = ""
    marker: str = ""
    sha256: tuple[str, ...] = ()
    sha512: str = ""
    files: tuple[File, ...] = ()
    needed_by: tuple[str, ...] = (ROOT,)


def gather() -> Mapping[str, list[Component]]:
    """Return all components by where they come from, in a fixed order."""
    return {
        "Packages for Python": list(_python("site")),
        "Packages for Python, only with the extra `cluster`": list(_python("cluster")),
        "Packages for Python, only with the extra `print`": list(_python("print")),
        "Packages for Python, only with the extra `zim`": list(_python("zim")),
        "Files that lie in the program": list(_vendored()),
        "The web form": list(_form()),
        "Packed inside Sveltia CMS by its authors": list(_packed()),
    }


def _python(lock: str) -> Iterator[Component]:
    """Yield the packages of a lock; of an extra's, those that everybody has are left out."""
    pins = read_requirements(REQUIREMENTS / f"{lock}.txt")
    known = {pin.name for pin in read_requirements(REQUIREMENTS / "site.txt")} if lock != "site" else set()
    purls = {pin.name: [_pypi(other) for other in pins if other.name == pin.name] for pin in pins}
    for pin in (pin for pin in pins if pin.name not in known):
        yield Component(
            _pypi(pin),
            pin.name,
            pin.version,
            LICENCES["python"].get(pin.name, ""),
            extra="" if lock == "site" else lock,
            marker=pin.marker,
            sha256=pin.hashes,
            files=_search() if pin.name == "pagefind-bin" else (),
            needed_by=tuple(purl for name in pin.needed_by for purl in purls.get(name, [ROOT])),
        )


def _search() -> tuple[File, ...]:
    """Return what Pagefind puts into a site."""
    return tuple(File(name, digest) for name, digest in PAGEFIND.items())


def _vendored() -> Iterator[Component]:
    listed = [row for folder in SHIPPED for row in read_list(folder)]
    for (name, version, licence), rows in groupby(listed, lambda row: (row.package, row.version, row.licence)):
        files = tuple(File(row.path.relative_to(PROJECT).as_posix(), row.sha256) for row in rows)
        yield Component(_npm(name, version), name, version, licence, files=files)


def _form() -> Iterator[Component]:
    """Yield our bundle with its files, then every package of its lock that is not only for making it."""
    files = json.loads(RECORD.read_bytes())["sha256"]
    yield Component(
        FORM,
        "kbp-site-form",
        __version__,
        "MIT",
        files=tuple(File(path, digest, _licence_of(path)) for path, digest in files.items()),
    )
    rows = {folder: row for folder, row in read_package_lock(LOCK).items() if not row.get("dev")}
    direct = json.loads(LOCK.read_bytes())["packages"][""]["dependencies"]
    needed_by: dict[str, list[str]] = {f"node_modules/{name}": [FORM] for name in direct}
    for folder, row in rows.items():
        for name in row.get("dependencies", ()):
            needed_by.setdefault(_found_from(folder, name, rows), []).append(_npm(_named(folder), row["version"]))
    for folder, row in rows.items():
        name, version = _named(folder), row["version"]
        yield Component(
            _npm(name, version),
            name,
            version,
            row.get("license", ""),
            sha512=sha512(row),
            needed_by=tuple(needed_by[folder]),
        )


def _packed() -> Iterator[Component]:
    sveltia = _npm("@sveltia/cms", LICENCES["sveltia"]["version"])
    for package, licence in LICENCES["sveltia"]["packed"].items():
        name, _, version = package.rpartition("@")
        yield Component(_npm(name, version), name, version, licence, needed_by=(sveltia,))


def _licence_of(path: str) -> str:
    return next((licence for pattern, licence in LICENCES["files"].items() if fnmatch(path, pattern)), "")


def _found_from(folder: str, name: str, rows: Mapping[str, Any]) -> str:
    """Return the folder where Node.js finds a package that one in ``folder`` asks for: the nearest, going up."""
    above = [folder, *(parent.as_posix() for parent in PurePosixPath(folder).parents)]
    tried = [f"{place}/node_modules/{name}".removeprefix("./") for place in above]
    return next(place for place in tried if place in rows)


def _named(folder: str) -> str:
    return folder.rpartition("node_modules/")[2]


def _pypi(pin: Pin) -> str:
    return f"pkg:pypi/{pin.name}@{pin.version}"


def _npm(name: str, version: str) -> str:
    return f"pkg:npm/{name.replace('@', '%40')}@{version}"
