"""Copies of the small sites below `tests/sites/`, with all that a build needs."""

from __future__ import annotations

import shutil
from pathlib import Path

TESTS = Path(__file__).parent
PROJECT = TESTS.parent
WRITTEN = ("tentang", "panduan", "privasi", "aksesibilitas")
"""The hand-written sections that `mkdocs.yml` names."""


def copy_site(name: str, root: Path) -> Path:
    """Copy a small site to ``root``, add settings and hand-written pages, and return ``root``."""
    shutil.copytree(TESTS / "sites" / name, root, dirs_exist_ok=True)
    shutil.copyfile(PROJECT / "mkdocs.yml", root / "mkdocs.yml")
    for section in WRITTEN:
        page = root / "docs" / section / "index.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# {section.capitalize()}\n\nHalaman ini ditulis tangan.\n", encoding="utf-8")
    return root


def write_fault(root: Path) -> Path:
    """Add a record with an error to a site, and return its path."""
    path = root / "content" / "activities" / "salah-tanggal.yml"
    path.write_text(
        "title: Salah tanggal\nsummary: Tanggalnya tidak ada.\nkind: other\ndate: 2026-02-30\nprocess: Rapat.\n",
        encoding="utf-8",
    )
    return path
