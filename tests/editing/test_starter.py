"""A new community's site is sound from the first minute, and shows nothing invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kbp_site.content.library import Library
from kbp_site.content.load import load
from kbp_site.editing.scaffold import STARTER, create_site
from kbp_site.site.build import Order, build

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 23)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Give the library of a new site; it must be without any problem, warnings included."""
    create_site(tmp_path)
    loaded = load(tmp_path, today=TODAY)
    assert loaded.problems == ()
    assert loaded.library is not None
    return loaded.library


def test_its_settings_are_ours() -> None:
    assert (STARTER / "mkdocs.yml").read_bytes() == (ROOT / "mkdocs.yml").read_bytes()


def test_it_holds_what_a_community_begins_with(tmp_path: Path) -> None:
    create_site(tmp_path)
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found >= {".gitignore", "README.md", "mkdocs.yml", "content/site.yml"}
    assert found >= {f"docs/{name}/index.md" for name in ("tentang", "panduan", "privasi", "aksesibilitas")}


def test_what_is_made_is_kept_out_of_its_history() -> None:
    ours = {line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()}
    theirs = {line.strip("/") for line in (STARTER / ".gitignore").read_text(encoding="utf-8").split()}
    made = {".cache", ".venv", "site", "kios", "cetak", "onefile", "terbitan", "zim"}
    assert made == theirs and made <= ours


def test_only_the_community_and_its_six_roles_are_public(library: Library) -> None:
    public = {f"{entry.kind}/{entry.id}" for entry in library.public}
    roles = ("mediator", "fasilitator", "pameran", "data-warga", "studi-banding", "pendanaan")
    assert public == {"organizations/komunitas-kami", *(f"roles/{role}" for role in roles)}


def test_it_builds_and_its_example_is_nowhere(tmp_path: Path) -> None:
    create_site(tmp_path)
    built = build(Order(tmp_path, tmp_path / "site", TODAY, jobs=1), lambda step: None)
    assert (built.problems, built.pages > 0) == ((), True)
    texts = {".html", ".json", ".xml", ".csv", ".ics"}
    files = [path for path in (tmp_path / "site").rglob("*") if path.suffix in texts]
    told = [path.name for path in files if "rekaan" in path.read_text(encoding="utf-8")]
    assert (len(files) > 20, told) == (True, [])
