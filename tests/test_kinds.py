"""A new kind of record is known wherever kinds are listed by hand; CONTRIBUTING.md says what to add there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from copies import PROJECT

from kbp_site.content.library import Library
from kbp_site.content.records import KINDS
from kbp_site.content.records.base import Envelope
from kbp_site.content.records.values import RECORD_KINDS
from kbp_site.editing.form import ICONS
from kbp_site.editing.scaffold import STARTER
from kbp_site.pages.plan import CHAPTERS, plan_pages
from kbp_site.pages.updates import TEMPLATES

FOLDERS = {kind.FOLDER for kind in KINDS}
OUTSIDE_MENU = {"", "luring"}
"""Home stands there otherwise, and what is kept for later is reached from a story."""

LISTINGS = {"role.md.jinja", "topic.md.jinja", "place.md.jinja", "organization.md.jinja", "listing.md.jinja"}
"""Pages of a record that list others: they change with these, so no day is said of them."""


def test_records_may_be_referred_to_that_have_pages() -> None:
    """`RECORD_KINDS` in content/records/values.py."""
    assert set(RECORD_KINDS) == {kind.FOLDER for kind in KINDS if issubclass(kind, Envelope) and kind.PATH}


def test_each_kind_has_an_icon() -> None:
    """`ICONS` in kbp_site/editing/form.py."""
    assert set(ICONS) == FOLDERS


def test_no_kind_knows_another() -> None:
    """The contract "Kinds of records do not know each other" in pyproject.toml."""
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    [kept] = [contract["modules"] for contract in contracts if contract["type"] == "independence"]
    assert set(kept) == {kind.__module__ for kind in KINDS}


@pytest.mark.parametrize("home", [PROJECT, STARTER], ids=["this site", "a new one"])
def test_each_section_stands_in_the_menu(home: Path) -> None:
    """`nav` in mkdocs.yml and kbp_site/editing/starter/mkdocs.yml."""
    [menu] = re.findall(r"^nav:\n((?: .*\n)+)", (home / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    named = set(re.findall(r": ([a-z-]+)/index\.md$", menu, re.MULTILINE))
    assert {section for chapter in CHAPTERS for section in chapter.sections} - OUTSIDE_MENU <= named


@pytest.mark.parametrize("guide", ["docs/panduan/menulis-catatan.md", "docs/en/guide/index.md"])
def test_the_guides_name_each_kind(guide: str) -> None:
    """The tables of kinds in the guides."""
    rows = re.findall(r"^\|.* `([a-z_]+)` \|$", (PROJECT / guide).read_text("utf-8"), re.MULTILINE)
    assert set(rows) >= FOLDERS


def test_a_records_own_page_says_when_it_was_changed(load_site: Callable[[str], Library]) -> None:
    """`TEMPLATES` in kbp_site/pages/updates.py."""
    used = {page.template for page in plan_pages(load_site("full")) if page.source.count("/") == 2}
    assert used - LISTINGS == TEMPLATES
