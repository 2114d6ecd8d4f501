"""Small sites made from records that a test writes down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from small_sites import FULL, OWNER, SITE, TODAY, MakeLibrary, Plan, Records

from kbp_site.content.library import Library
from kbp_site.content.load import load
from kbp_site.content.problems import Severity
from kbp_site.pages.page import Page, path_of


@pytest.fixture
def make_library(tmp_path: Path) -> MakeLibrary:
    """Give a function that writes records (`kind/id` → fields) and loads them as a library.

    Records are published unless they say otherwise; consents and translations have no such field. ``is_sound`` says
    whether the content must be free of errors.
    """

    def make(
        records: Records, *, site: Mapping[str, Any] = SITE, today: date = TODAY, is_sound: bool = True
    ) -> Library:
        everything = {"site": dict(site), "organizations/kbp": OWNER, **records}
        for name, fields in everything.items():
            path = tmp_path / "content" / f"{name}.yml"
            path.parent.mkdir(parents=True, exist_ok=True)
            default = (
                {}
                if name == "site" or name.startswith("consents/") or name.endswith(".en")
                else {"status": "published"}
            )
            path.write_text(json.dumps({**default, **fields}, ensure_ascii=False), encoding="utf-8")
        loaded = load(tmp_path, today=today)
        errors = [problem for problem in loaded.problems if problem.severity is Severity.ERROR]
        assert not (is_sound and errors), errors
        assert loaded.library is not None
        return loaded.library

    return make


@pytest.fixture
def full(make_library: MakeLibrary) -> Library:
    """Give a library of every kind; some of its references and photos are faulty on purpose."""
    return make_library(FULL, is_sound=False)


@pytest.fixture
def plan() -> Plan:
    """Give a function that plans one page a public record, and home."""

    def pages(library: Library) -> list[Page]:
        records = [
            Page(path_of(entry), "story.md.jinja", entry.title, entry.title)
            for entry in library.public
            if entry.record.PATH
        ]
        return [Page("", "home.md.jinja", "Beranda", "Beranda"), *records]

    return pages
