"""What the authors of Sveltia CMS have packed into the program that they publish, where no lock of ours reaches."""

from __future__ import annotations

import json
import re
from pathlib import Path

from supply.locks import PROJECT

SVELTIA = PROJECT / "kbp_site" / "editing" / "form_app" / "node_modules" / "@sveltia" / "cms" / "npm"

SOURCE = re.compile(
    r"node_modules/\.pnpm/(?:@[^/@+]+\+)?[^/@+]+@([\w.]+?)(?:_[^/]*)?/node_modules/((?:@[^/]+/)?[^/]+)/"
)
"""A file that was packed: the package's version stands in its folder's name, the name below."""


def find_packed(program: Path = SVELTIA) -> set[str]:
    """Return ``name@version`` of every package whose files the source maps of a program name."""
    maps = program.rglob("*.map")
    sources = (source for path in maps for source in json.loads(path.read_bytes())["sources"])
    return {f"{found[2]}@{found[1]}" for source in sources for found in SOURCE.finditer(source)}
