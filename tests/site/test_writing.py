"""What stands beside the pages has its place, and takes nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbp_site.content.problems import KbpError
from kbp_site.site.writing import documents_of, folders_of, html_name, write_beside, write_files, write_headers


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("index.md", "index.html"),
        ("kegiatan/index.md", "kegiatan/index.html"),
        ("kegiatan/x.md", "kegiatan/x/index.html"),
        ("kegiatan/hal/2.md", "kegiatan/hal/2/index.html"),
    ],
)
def test_where_the_host_puts_a_page(markdown: str, html: str) -> None:
    assert html_name(markdown) == html


def test_a_page_of_that_name_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "admin").mkdir()
    with pytest.raises(KbpError, match='"admin/" di situs sudah dipakai'):
        write_beside(tmp_path, {"admin/index.html": b""})
    assert folders_of({"admin/a/b.js": b"", "admin/c.js": b""}) == ("admin/",)
    assert list((tmp_path / "admin").iterdir()) == []


def test_documents_are_named_in_order_and_hidden_ones_are_none(tmp_path: Path) -> None:
    write_files(tmp_path / "docs", dict.fromkeys(["b/index.md", "a.md", ".draf/c.md", "b/x.png"], b""))
    assert documents_of(tmp_path / "docs") == ["a.md", "b/index.md"]
    assert documents_of(tmp_path / "tidak-ada") == []


def test_hosts_are_told_of_a_site_and_of_what_is_put_beside_it_later(tmp_path: Path) -> None:
    write_files(tmp_path, {"index.html": b"", "foto/a.jpg": b"", "_x/y": b""})
    write_headers(tmp_path, "https://a.id/warga/", aside=("admin/",))
    told = (tmp_path / "_headers").read_text("utf-8")
    assert "/warga/foto/*" in told and "_x" not in told and "/warga/admin/*" in told
