"""What hosts tell browsers, read back as those hosts read it, and sent by a real nginx."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from benchmarks.server import nginx
from kbp_site.outputs.headers import FORM_POLICY, FRAMING, POLICY, export_headers, export_nginx

GUARDED = f"{POLICY}; {FRAMING}"
NAMES = ("kegiatan/", "admin/", "feed.xml", "index.html")


def rules(written: str) -> list[tuple[str, dict[str, str]]]:
    """Return the rules of a `_headers` file: pattern, headers."""
    found: list[tuple[str, dict[str, str]]] = []
    for line in written.splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[-1][1][name] = value
        else:
            found.append((line, {}))
    return found


def told(written: str, path: str) -> list[str]:
    """Return every policy that such a host sends with a path: all rules that fit are joined."""
    fits = [
        headers
        for pattern, headers in rules(written)
        if (path.startswith(pattern[:-1]) if pattern.endswith("*") else path == pattern)
    ]
    return [headers["Content-Security-Policy"] for headers in fits if "Content-Security-Policy" in headers]


@pytest.mark.parametrize("base", ["/", "/kbp/"])
@pytest.mark.parametrize("aside", [(), ("admin/",)])
def test_every_path_has_one_policy(base: str, aside: tuple[str, ...]) -> None:
    written = export_headers(base, NAMES, aside)["_headers"].decode()
    for path in ("", "index.html", "kegiatan/", "kegiatan/x/", "feed.xml"):
        assert told(written, base + path) == [GUARDED], path
    form = f"{FORM_POLICY}; {FRAMING}" if aside else GUARDED
    assert told(written, f"{base}admin/index.html") == [form]
    assert all(headers.get("X-Content-Type-Options") for pattern, headers in rules(written) if pattern == f"{base}*")


@pytest.mark.parametrize("base", ["/", "/kbp/"])
def test_no_place_of_a_template_is_left_open(base: str) -> None:
    for data in (*export_headers(base, NAMES).values(), export_nginx(base)):
        assert "@" not in data.decode()
        assert b"unsafe-inline" not in data.replace(FORM_POLICY.encode(), b"")


@pytest.fixture(scope="module")
def port(real_site: Path) -> Iterator[int]:
    """Serve the real content by nginx as a server of one's own would; without nginx the tests fail."""
    with nginx(real_site) as port:
        yield port


def ask(port: int, path: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
    """Ask for a path; returns status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/kegiatan/", "text/html; charset=utf-8"),
        ("/assets/kbp/kbp.css", "text/css; charset=utf-8"),
        ("/assets/kbp/kbp.js", "application/javascript; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json; charset=utf-8"),
        ("/feed.xml", "text/xml; charset=utf-8"),
    ],
)
def test_nginx_sends_pages_packed_guarded_and_asked_for_again(port: int, path: str, kind: str) -> None:
    status, headers, body = ask(port, path, **{"Accept-Encoding": "gzip"})
    assert (status, headers["content-type"]) == (200, kind)
    assert headers["content-security-policy"] == GUARDED
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-cache"
    assert headers["content-encoding"] == "gzip" and headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(body)
    unpacked = ask(port, path)[1]
    again = ask(port, path, **{"If-Modified-Since": unpacked["last-modified"]})
    assert again[0] == 304


def test_nginx_keeps_files_whose_names_change_with_them(port: int, real_site: Path) -> None:
    found = [f"/{path.relative_to(real_site).as_posix()}" for path in sorted(real_site.glob("sampul/*-*.png"))[:2]]
    found += [f"/{path.relative_to(real_site).as_posix()}" for path in sorted(real_site.glob("pagefind/index/*"))[:2]]
    assert len(found) == 4
    for path in found:
        status, headers, _ = ask(port, path)
        assert (status, headers["cache-control"]) == (200, "public, max-age=31536000, immutable"), path
        assert headers["content-security-policy"] == GUARDED
    assert ask(port, "/sampul/situs.png")[1]["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/tidak-ada/", "/.kbp-site", "/.htaccess", "/_headers", "/kegiatan/../../etc/passwd"])
def test_nginx_shows_the_page_for_what_is_not_there(port: int, path: str) -> None:
    status, headers, body = ask(port, path)
    if ".." in path:
        assert status == 400
        return
    assert status == 404
    assert b"<h1>" in body
    assert headers["content-security-policy"] == GUARDED


def test_nginx_leads_to_folders(port: int) -> None:
    status, headers, _ = ask(port, "/kegiatan")
    assert (status, headers["location"]) == (301, "/kegiatan/")
