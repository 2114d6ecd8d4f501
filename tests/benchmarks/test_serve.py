"""The server of the benchmarks: what it sends, how small, and for how long it may be kept."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from benchmarks.serve import cache_control, content_type, file_of, is_compressed, serving


@pytest.mark.parametrize(
    ("name", "type_", "is_small"),
    [
        ("index.html", "text/html; charset=utf-8", True),
        ("kbp.css", "text/css; charset=utf-8", True),
        ("kbp.js", "text/javascript; charset=utf-8", True),
        ("logo.svg", "image/svg+xml", True),
        ("manifest.webmanifest", "application/manifest+json", True),
        ("foto.webp", "image/webp", False),
        ("foto.jpg", "image/jpeg", False),
        ("x.pf_index", "application/octet-stream", False),
    ],
)
def test_a_file_is_announced(name: str, type_: str, is_small: bool) -> None:
    assert (content_type(name), is_compressed(type_)) == (type_, is_small)


def test_pages_are_asked_for_anew_and_the_rest_is_kept() -> None:
    assert cache_control("index.html") == cache_control("sw.js") == "no-cache"
    assert cache_control("kbp.css") == "public, max-age=604800"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a site of two pages."""
    for name in ("index.html", "404.html", "cerita/index.html"):
        (tmp_path / "situs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "situs" / name).write_text(f"<h1>{name}</h1>", encoding="utf-8")
    (tmp_path / "rahasia.txt").write_text("rahasia", encoding="utf-8")
    return tmp_path / "situs"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "index.html"),
        ("/?x=/", "index.html"),
        ("/cerita/", "cerita/index.html"),
        ("/cerita/index.html", "cerita/index.html"),
        ("/%63erita/", "cerita/index.html"),
        ("/cerita", None),
        ("/tidak-ada", None),
        ("/../rahasia.txt", None),
        ("/%2e%2e/rahasia.txt", None),
    ],
)
def test_which_file_answers(folder: Path, address: str, name: str | None) -> None:
    assert file_of(folder, address) == (None if name is None else folder / name)


def test_a_site_is_served_compressed(folder: Path) -> None:
    with serving(folder) as address:
        with urlopen(Request(f"{address}cerita", headers={"Accept-Encoding": "gzip"})) as answer:
            assert answer.url == f"{address}cerita/"
            assert gzip.decompress(answer.read()) == b"<h1>cerita/index.html</h1>"
        with urlopen(address) as answer:
            assert answer.read() == b"<h1>index.html</h1>"
        with pytest.raises(HTTPError) as caught, urlopen(f"{address}tidak-ada"):
            pass
        assert (caught.value.code, caught.value.read()) == (404, b"<h1>404.html</h1>")
        caught.value.close()
