"""A visitor's walk through a written kiosk: every page can be reached, none leads out, and nothing is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath

from selectolax.lexbor import LexborHTMLParser

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.kiosk.pages import FOLDER
from kbp_site.locale import text

START = "MULAI.html"
"""The page that holds all others."""

ADDRESSED = ("href", "src", "action", "formaction", "data", "poster", "xlink:href")
"""Attributes by which a browser goes or fetches; `srcset` is read by itself."""

SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
FETCHED = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


def crawl(folder: Path) -> int:
    """Walk through a kiosk from what its first screen offers; returns how many pages there are.

    Raises `KbpError` (exit 1) at the first page that no one reaches, that leads nowhere, or that leads out.
    """
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = {name for name in files if name.startswith(f"{FOLDER}/") and name.endswith(".html")}
    waiting, seen = [*_led_to(folder, START, files), *sorted(_offered(folder))], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        if name not in pages:
            raise _refusal(text('halaman "{name}" disebut, tetapi tidak ada', name=name))
        seen.add(name)
        waiting += sorted(_led_to(folder, name, files))
    if lost := sorted(pages - seen):
        raise _refusal(text('halaman "{name}" tidak dapat dicapai dari layar awal', name=lost[0]))
    for name in sorted(files):
        if name.endswith(".css"):
            _judge_style(folder, name, files)
    return len(seen)


def _refusal(reason: object) -> KbpError:
    message = text("kios tidak jadi dibuat: {reason}. Laporkan kepada pembuat program", reason=reason)
    return KbpError(message, exit_code=ExitCode.CONTENT)


def _offered(folder: Path) -> Iterator[str]:
    """Yield the pages that the screen itself offers: slides, tiles, letters, and what can be found."""
    data = _value(folder / "kios" / "data.js", "var KBP = ")
    index = _value(folder / "kios" / "indeks.js", "KBP.index = ")
    for part in ("slides", "first", "tiles"):
        for item in data[part]:
            yield from item["page"].values()
    for letters in data["letters"].values():
        yield from (item["page"] for _, items in letters for item in items)
    for documents in index.values():
        yield from (document["page"] for document in documents)


def _value(path: Path, name: str) -> dict[str, dict]:  # type: ignore[type-arg]  # whatever was written there
    line = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith(name))
    value: dict[str, dict] = json.loads(line.removeprefix(name).removesuffix(";"))  # type: ignore[type-arg]
    return value


def _led_to(folder: Path, name: str, files: set[str]) -> Iterator[str]:
    """Yield the pages that a page leads to; refuse what leads out or to nothing."""
    tree = LexborHTMLParser((folder / name).read_bytes())
    for node in tree.css("*"):
        for attribute, value in node.attributes.items():
            if attribute == "srcset" or (attribute == "style" and FETCHED.search(value or "")):
                raise _refusal(text('"{name}" memuat dari luar: {value}', name=name, value=value or ""))
            if attribute not in ADDRESSED or value is None or value.startswith("#"):
                continue
            target = normpath(join(dirname(name), value.partition("#")[0]))
            if SCHEME.match(value.strip()) or target not in files:
                raise _refusal(text('"{name}" menuju ke luar atau ke yang tidak ada: {value}', name=name, value=value))
            if node.tag == "a":
                yield target


def _judge_style(folder: Path, name: str, files: set[str]) -> None:
    for match in FETCHED.finditer((folder / name).read_text(encoding="utf-8")):
        value = match[1] or match[2]
        if value.startswith("data:"):
            continue
        if SCHEME.match(value) or normpath(f"{dirname(name)}/{value}") not in files:
            raise _refusal(text('"{name}" memuat dari luar: {value}', name=name, value=value))
