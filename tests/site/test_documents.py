"""Hand-written pages are read where they lie, and reached by no link."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbp_site.content.problems import KbpError
from kbp_site.site.documents import read_document


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Give a folder with a page, and links beside it."""
    folder = tmp_path / "docs"
    (folder / "tentang").mkdir(parents=True)
    (folder / "tentang" / "index.md").write_bytes(b"# Tentang\n")
    (folder / "tautan.md").symlink_to("tentang/index.md")
    (folder / "folder").symlink_to("tentang")
    return folder


def test_a_page_is_read_also_where_all_of_them_lie_elsewhere(docs: Path) -> None:
    assert read_document(docs, "tentang/index.md") == b"# Tentang\n"
    (docs.parent / "lain").symlink_to(docs)
    assert read_document(docs.parent / "lain", "tentang/index.md") == b"# Tentang\n"


@pytest.mark.parametrize("name", ["tautan.md", "folder/index.md"])
def test_what_is_reached_by_a_link_is_told_with_its_path(docs: Path, name: str) -> None:
    with pytest.raises(KbpError, match=rf"docs/{name}.*symbolic link"):
        read_document(docs, name)
