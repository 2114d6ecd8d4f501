"""The site without a connection: the worker that keeps it (`sw.js`), and the list of what can be saved.

Both speak of every other file of the finished site, so they are written last.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from kbp_site.locale import LANGUAGES, Language
from kbp_site.pages.offline import LIST, PATH
from kbp_site.pages.page import localized
from kbp_site.site.search_index import FOLDER as SEARCH
from kbp_site.site.search_index import serves
from kbp_site.site.standing import digest_of, entries

WORKERS = Path(__file__).parent / "workers"
WORKER = "sw.js"

CORE_LIMIT = 5_000_000
"""Bytes that a first visit may keep on a reader's device without being asked (the design's bar)."""

SHELL = "assets/kbp/"
"""The folder of the frame's own style, scripts and icons."""

OFFLINE = frozenset(localized(PATH, language) for language in LANGUAGES)
PREFIXES: Mapping[Language, str] = {language: localized("", language) for language in LANGUAGES}
"""What the addresses of each language begin with; also those of the homes."""

HOMES = frozenset(PREFIXES.values())


@dataclass(frozen=True)
class SiteFile:
    """A file of the finished site: its address below the site, its size, and what its bytes amount to."""

    path: str
    size: int
    digest: str

    @property
    def is_page(self) -> bool:
        """Whether a reader opens it as a page."""
        return self.path == "" or self.path.endswith("/")


NONE: Mapping[str, str] = MappingProxyType({})


def write_worker(
    site: Path,
    *,
    old: Mapping[str, str] = NONE,
    aside: Sequence[str] = (),
    files: Mapping[str, tuple[int, str]] | None = None,
) -> tuple[str, ...]:
    """Write the worker, and for each language the list of what its readers may save; return their names.

    ``old`` are addresses that only lead on, and where to: they are not kept, but the offline page leads on too.
    ``aside`` are folders that the worker leaves alone ("admin/"): they are no part of what readers see. ``files`` are
    the size and SHA-256 of every file by its name, where they are known.
    """
    every = read_files(site) if files is None else site_files(files)
    version = version_of(every)
    leads = {quote(path): quote(target) for path, target in old.items()}
    shown = [file for file in every if file.path not in leads]
    core = choose_core(shown)
    lists = {f"{localized(PATH, language)}{LIST}": language for language in _languages(shown)}
    for name, language in lists.items():
        _write_json(site / name, {"version": version, **saving(language, shown, core), "old": _of(language, leads)})
    release = {
        "version": version,
        "core": [file.path for file in core],
        "aside": list(aside),
        "sorry": [[PREFIXES[language], localized(PATH, language)] for language in lists.values()],
    }
    code = (WORKERS / "offline.js").read_text(encoding="utf-8")
    (site / WORKER).write_text(f"const RELEASE = {_json(release)};\n{code}", encoding="utf-8", newline="\n")
    return (*lists, WORKER)


def write_farewell(site: Path) -> None:
    """Write a worker that removes an earlier one with all that it kept: a preview must show what is new."""
    (site / WORKER).write_bytes((WORKERS / "farewell.js").read_bytes())


def read_files(site: Path) -> tuple[SiteFile, ...]:
    """Return every file of a site, as `site_files` does."""
    found = (name for name, _ in entries(site) if name[-1] != "/")
    return site_files({name: ((site / name).stat().st_size, digest_of(site / name)) for name in found})


def site_files(files: Mapping[str, tuple[int, str]]) -> tuple[SiteFile, ...]:
    """Return files in the order of their names, but hidden ones and those written here."""
    named = ((name, name.split("/")[-1]) for name in sorted(files))
    shown = (name for name, own in named if own not in {WORKER, LIST} and not own.startswith("."))
    return tuple(SiteFile(quote(_address(name)), files[name][0], files[name][1][:8]) for name in shown)


def _address(name: str) -> str:
    return name.removesuffix("index.html") if name.split("/")[-1] == "index.html" else name


def version_of(files: Iterable[SiteFile]) -> str:
    """Return the name of a release: the same bytes have the same name, whenever they were made."""
    told = "\n".join(f"{file.path} {file.size} {file.digest}" for file in files)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def choose_core(files: Sequence[SiteFile], *, limit: int = CORE_LIMIT) -> tuple[SiteFile, ...]:
    """Return what every visit keeps: the frame, then the most important pages while there is room.

    What does not fit is left out; smaller files after it still find their place.
    """
    ranked = sorted((rank, file.path, file) for file in files if (rank := rank_of(file)) is not None)
    chosen, left = [], limit
    for _, _, file in ranked:
        if file.size <= left:
            chosen.append(file)
            left -= file.size
    return tuple(chosen)


def rank_of(file: SiteFile) -> int | None:
    """Return how early a file is kept: frame, offline pages, homes, sections; ``None`` for all others."""
    path = file.path
    if path.startswith(SHELL) or path == "manifest.webmanifest" or _is_style_or_script(path):
        return 0
    if path in OFFLINE:
        return 1
    if path in HOMES:
        return 2
    return 3 if file.is_page and path.count("/") == 1 else None


def _is_style_or_script(path: str) -> bool:
    """Whether a file is a community's own style or script; the search's engine is fetched when it is used."""
    return path.endswith((".css", ".js")) and not path.startswith(f"{SEARCH}/")


def saving(language: Language, files: Iterable[SiteFile], core: Sequence[SiteFile]) -> dict[str, object]:
    """Return what can be saved in a language: [address, bytes, digest] of its pages, and of what search needs.

    "core" is what is kept anyway: how many of the language's pages, and all its bytes.
    """
    own = [file for file in core if file.is_page and language_of(file.path) == language]
    kept = set(core)
    left = [file for file in files if file not in kept]
    return {
        "core": [len(own), sum(file.size for file in core)],
        "pages": _rows(file for file in left if file.is_page and language_of(file.path) == language),
        "search": _rows(file for file in left if serves(file.path, language)),
    }


def _rows(files: Iterable[SiteFile]) -> list[list[object]]:
    return [[file.path, file.size, file.digest] for file in files]


def _of(language: Language, leads: Mapping[str, str]) -> dict[str, str]:
    """Return the old addresses of a language."""
    return {path: target for path, target in leads.items() if language_of(path) == language}


def language_of(path: str) -> Language:
    """Return the language of a page by its address."""
    return next((language for language in LANGUAGES if language != "id" and path.startswith(PREFIXES[language])), "id")


def _languages(files: Iterable[SiteFile]) -> Iterator[Language]:
    """Yield the languages that have an offline page, the main one last: its prefix fits every address."""
    paths = {file.path for file in files}
    yield from (language for language in reversed(LANGUAGES) if localized(PATH, language) in paths)


def _write_json(path: Path, value: object) -> None:
    path.write_text(f"{_json(value)}\n", encoding="utf-8", newline="\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
