"""An old path has one file that answers, and one key that it is compared by."""

from __future__ import annotations

import re

import pytest

from kbp_site.content.old_paths import is_kept, old_file, old_key
from kbp_site.content.records.values import PATH_PART


@pytest.mark.parametrize(
    ("alias", "file", "key"),
    [
        ("lama", "lama/index.html", "lama"),
        ("/lama/", "lama/index.html", "lama"),
        ("kegiatan/lama", "kegiatan/lama/index.html", "kegiatan/lama"),
        ("/kegiatan/lama/index.html", "kegiatan/lama/index.html", "kegiatan/lama"),
        ("berita/Parit.html", "berita/Parit.html", "berita/parit"),
        ("/berita/parit.html/", "berita/parit.html", "berita/parit"),
        ("berita.php", "berita.php/index.html", "berita.php"),
        ("en/activities/OLD", "en/activities/OLD/index.html", "en/activities/old"),
        ("catatanindex.html", "catatanindex.html", "catatanindex"),
        ("index.html", "index.html", ""),
    ],
)
def test_where_an_old_path_is_answered(alias: str, file: str, key: str) -> None:
    assert (old_file(alias), old_key(alias)) == (file, key)


@pytest.mark.parametrize("name", ["a", "A-b_c~1", "parit.html", "a..b", "x" * 100])
def test_a_name_that_any_disk_holds(name: str) -> None:
    assert re.fullmatch(PATH_PART, name)


@pytest.mark.parametrize("name", ["", ".", "..", ".git", "a.", "a b", "a%20b", "é", "a\n", "x" * 101])
def test_a_name_that_none_may_have(name: str) -> None:
    assert not re.fullmatch(PATH_PART, name)


@pytest.mark.parametrize(
    "key", ["sw.js", "foto/x", "data/records.json", "en", "en/feed.xml", "cname", "berita/con.old"]
)
def test_what_the_site_or_windows_keeps(key: str) -> None:
    assert is_kept(key)


@pytest.mark.parametrize(
    "key", ["berita/sw.js", "fotografi", "en/activities/lama", "kegiatan/data", "konsep", "english"]
)
def test_what_nobody_keeps(key: str) -> None:
    assert not is_kept(key)
