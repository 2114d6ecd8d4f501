"""A small site in a folder of its own, as a case describes it, for the tests of what we know."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from kbp_site.content.load import Loaded, load
from kbp_site.content.problems import Problem

CASES = Path(__file__).parents[1] / "cases"
TODAY = date(2026, 11, 23)
BASE: dict[str, Any] = yaml.safe_load((CASES / "base.yml").read_text(encoding="utf-8"))["files"]

WriteSite = Callable[..., Path]
LoadSite = Callable[..., Loaded]


def write_file(path: Path, body: str | Mapping[str, Any]) -> None:
    """Write a file of a case: its text, its first bytes in base64, its size when it has more (zeros)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(body, str):
        path.write_bytes(body.encode())
    else:
        path.write_bytes(base64.b64decode(body.get("base64", "")))
        if "size" in body:
            os.truncate(path, body["size"])


@pytest.fixture
def write_site(tmp_path: Path) -> WriteSite:
    """Return a function that writes the base site with other files over it, and gives its root."""

    def write(files: Mapping[str, str | Mapping[str, Any]], *, remove: Iterable[str] = ()) -> Path:
        for path, body in {**BASE, **files}.items():
            if path not in set(remove):
                write_file(tmp_path / path, body)
        return tmp_path

    return write


@pytest.fixture
def load_site(write_site: WriteSite) -> LoadSite:
    """Return a function that writes a site and loads it as it stands on a day."""

    def write_and_load(files: Mapping[str, str], *, today: date = TODAY, remove: Iterable[str] = ()) -> Loaded:
        return load(write_site(files, remove=remove), today=today)

    return write_and_load


@pytest.fixture
def row_of() -> Callable[[Problem], str]:
    """Return a function that says a problem as cases do: `path:line:column code`, and `w` for a warning."""

    def say(problem: Problem) -> str:
        weight = "" if problem.is_error else " w"
        return f"{problem.path}:{problem.line}:{problem.column} {problem.code}{weight}"

    return say
