"""The preview on this computer: what it answers, and how it ends."""

from __future__ import annotations

import re
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from http import HTTPStatus
from http.client import HTTPResponse
from pathlib import Path
from subprocess import Popen, TimeoutExpired
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from copies import copy_site, write_fault
from running import BIN, free_port, kbp, start
from selectolax.lexbor import LexborHTMLParser

from kbp_site.content.load import load
from kbp_site.content.problems import ExitCode
from kbp_site.site.build import Order, build
from kbp_site.site.preview import Preview
from kbp_site.site.preview_server import Answer, serving

DAY = date(2026, 11, 23)


def answer_of(process: Popen[str], address: str) -> bytes:
    """Return the first page as soon as the process answers; it must not end before."""
    while process.poll() is None:
        try:
            with urlopen(address, timeout=20) as answer:
                page: bytes = answer.read()
                return page
        except URLError:
            # Nothing listens yet: the first build is still going on.
            with suppress(TimeoutExpired):
                process.wait(timeout=0.1)
    raise AssertionError(process.communicate())


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 0)])
def test_a_site_is_served_until_it_is_ended(minimal: Path, number: signal.Signals, code: int) -> None:
    port = free_port()
    with start(BIN / "kbp", "--root", minimal, "serve", "--port", port) as process:
        assert b"KBP Contoh" in answer_of(process, f"http://127.0.0.1:{port}/")
        process.send_signal(number)
        _, err = process.communicate(timeout=20)
    assert process.returncode == code
    assert "Traceback" not in err


@pytest.fixture
def address(minimal: Path) -> Iterator[str]:
    """Give the address of a preview of the smallest site, in a process of its own."""
    port = free_port()
    with start(BIN / "kbp", "--root", minimal, "serve", "--port", port) as process:
        address = f"http://127.0.0.1:{port}/"
        answer_of(process, address)
        yield address
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert "Traceback" not in err
    assert "galat[K205]" in out and out.count("Pratinjau siap") == 2


def test_an_edit_a_fault_and_its_mending_are_news(minimal: Path, address: str) -> None:
    story = minimal / "content" / "activities" / "gotong-royong.yml"
    with urlopen(f"{address}.kbp/news", timeout=20) as news:
        versions = [next_version(news)]
        story.write_text(story.read_text(encoding="utf-8").replace("title: ", "title: Sungguh "), encoding="utf-8")
        versions.append(next_version(news))
        assert f'data-version="{versions[-1]}"'.encode() in get(address, "kegiatan/gotong-royong/")[1]
        assert b"Sungguh" in get(address, "kegiatan/gotong-royong/")[1]
        fault = write_fault(minimal)
        versions.append(next_version(news))
        status, page = get(address, "kegiatan/gotong-royong/")
        assert status == 500 and b"content/activities/salah-tanggal.yml:4:7" in page and b"^^^^^^^^^^" in page
        assert f'data-version="{versions[-1]}"'.encode() in page
        fault.unlink()
        versions.append(next_version(news))
    assert get(address, "kegiatan/gotong-royong/")[0] == 200
    assert len(set(versions)) == 4


def next_version(news: HTTPResponse) -> str:
    """Return the next version that is told."""
    while True:
        line = news.readline().decode()
        if line.startswith("data: "):
            return line.removeprefix("data: ").strip()


def get(address: str, path: str, **headers: str) -> tuple[int, bytes]:
    """Return status and body of an answer."""
    try:
        with urlopen(Request(f"{address}{path}", headers=headers), timeout=20) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def test_a_preview_begins_on_content_with_errors(minimal: Path) -> None:
    write_fault(minimal)
    port = free_port()
    with start(BIN / "kbp", "--lang", "en", "--root", minimal, "serve", "--port", port) as process:
        assert process.stdout is not None
        told = ""
        while "error[K205]" not in told:
            line = process.stdout.readline()
            assert line, told
            told += line
        wait_for(lambda: b"K205" in get(f"http://127.0.0.1:{port}/", "")[1])
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    assert process.returncode == ExitCode.DONE


def wait_for(holds: Callable[[], bool]) -> None:
    """Wait until something holds; it must within some seconds."""
    ends = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_a_port_in_use_is_told(minimal: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = kbp("--root", minimal, "serve", "--port", str(port))
    assert done.returncode == ExitCode.USAGE
    assert f"port {port} sedang dipakai" in done.stderr and f"--port {port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_next_free_port_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy, free = taken.getsockname()[1], int(free_port())
        with serving(
            [busy, free], lambda path: Answer(HTTPStatus.OK, "text/plain", b"ya"), lambda known, s: ""
        ) as port:
            assert port == free
            address = f"http://127.0.0.1:{port}/"
            assert get(address, "") == (200, b"ya")
            assert get(address, "", Host=f"localhost:{port}")[0] == 200
            assert get(address, "", Host=f"penyerang.example:{port}")[0] == 403


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Preview:
    """Give a preview of the full site that has read its content."""
    root = tmp_path_factory.mktemp("pratinjau")
    return preview_of(copy_site("full", root / "akar"), root / "kerja")


def preview_of(root: Path, folder: Path) -> Preview:
    """Return a preview of a site that has read its content; ``folder`` is where it works."""
    folder.mkdir()
    preview = Preview(root, folder, today=DAY, language="id", say=lambda words: None)
    preview.renew(is_stale=True)
    return preview


def test_a_draft_is_shown_and_marked(preview: Preview) -> None:
    page = preview.answer("kegiatan/masih-draf/")
    assert page.status == HTTPStatus.OK
    assert '<p class="kbp-preview">Draf – belum terbit</p>'.encode() in page.body
    assert (
        '<p class="kbp-preview">Draft – not published yet</p>'.encode()
        in preview.answer("en/activities/masih-draf/").body
    )
    assert b'class="kbp-preview"' not in preview.answer("kegiatan/mediasi-parit/").body
    assert preview.answer("kegiatan/sudah-ditarik/").status == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("path", "type_", "beginning"),
    [
        ("", "text/html; charset=utf-8", b"<!doctype html>"),
        ("en/", "text/html; charset=utf-8", b"<!doctype html>"),
        ("tentang/", "text/html; charset=utf-8", b"<!doctype html>"),
        ("assets/kbp/kbp.css", "text/css; charset=utf-8", b"/*"),
        ("feed.xml", "application/xml", b"<?xml"),
        ("manifest.webmanifest", "application/manifest+json", b"{"),
        ("data/records.json", "application/json", b"{"),
        ("sw.js", "text/javascript; charset=utf-8", b"//"),
        (".kbp/reload.js", "text/javascript; charset=utf-8", b"//"),
    ],
)
def test_what_stands_on_the_site_is_answered(preview: Preview, path: str, type_: str, beginning: bytes) -> None:
    answer = preview.answer(path)
    assert (answer.status, answer.type) == (HTTPStatus.OK, type_)
    assert answer.body.startswith(beginning)


def test_a_photo_is_made_when_it_is_asked_for(preview: Preview) -> None:
    page = preview.answer("kegiatan/mediasi-parit/").body.decode()
    [name, *_] = re.findall(r"foto/[\w./-]+\.webp", page)
    answer = preview.answer(name)
    assert (answer.status, answer.type) == (HTTPStatus.OK, "image/webp")


@pytest.mark.parametrize(
    "path",
    ["tidak-ada/", "../content/site.yml", "content/site.yml", ".kbp/../preview.py", ".kbp/tidak.js", "mkdocs.yml"],
)
def test_what_is_not_on_the_site_is_not_answered(preview: Preview, path: str) -> None:
    assert preview.answer(path).status == HTTPStatus.NOT_FOUND


def test_an_address_without_its_slash_leads_on(preview: Preview) -> None:
    answer = preview.answer("kegiatan")
    assert (answer.status, answer.location) == (HTTPStatus.FOUND, "/kegiatan/")


def test_a_page_is_what_a_build_would_make_of_it(full: Path, tmp_path: Path) -> None:
    """But for addresses of the public site, which a preview does not name, and its own lines in the head."""
    site = full / "content" / "site.yml"
    lines = site.read_text(encoding="utf-8").splitlines(keepends=True)
    site.write_text("".join(line for line in lines if not line.startswith("url:")), encoding="utf-8")
    library = load(full, today=DAY).library
    assert library is not None
    for entry in library.by_key.values():
        if entry.is_coming and not entry.is_public(DAY):
            (full / entry.source.path).unlink()
    assert build(Order(full, full / "site", DAY, jobs=1), lambda sentence: None).pages
    preview = preview_of(full, tmp_path / "kerja")
    own = re.compile(rb'<link rel="stylesheet" href="/.kbp.*?</script>')
    for address in ("", "kegiatan/mediasi-parit/", "istilah/", "en/glossary/", "tentang/"):
        public = (full / "site" / address / "index.html").read_bytes()
        assert own.sub(b"", preview.answer(address).body) == public


def test_edits_outside_the_records_are_shown(tmp_path: Path) -> None:
    root = copy_site("minimal", tmp_path / "akar")
    preview = preview_of(root, tmp_path / "kerja")
    page = root / "docs" / "tentang" / "index.md"
    page.write_text("# Tentang\n\nKalimat baru.\n", encoding="utf-8")
    preview.renew(is_stale=True)
    assert b"Kalimat baru." in preview.answer("tentang/").body
    (root / "mkdocs.yml").write_text("site_name: [\n", encoding="utf-8")
    preview.renew(is_stale=True)
    failed = preview.answer("tentang/")
    assert failed.status == HTTPStatus.INTERNAL_SERVER_ERROR
    assert b"pengaturan mkdocs.yml tidak dapat dipakai" in failed.body


def test_before_the_first_reading_the_browser_waits(minimal: Path, tmp_path: Path) -> None:
    preview = Preview(minimal, tmp_path, today=DAY, language="id", say=lambda words: None)
    answer = preview.answer("")
    assert answer.status == HTTPStatus.SERVICE_UNAVAILABLE
    assert b'http-equiv="refresh"' in answer.body and b"0 catatan sudah dibaca" in answer.body


def test_every_error_is_told_with_its_place_and_a_hint_that_may_wrap(tmp_path: Path) -> None:
    root = copy_site("minimal", tmp_path / "akar")
    site = root / "content" / "site.yml"
    site.write_text(f"{site.read_text(encoding='utf-8')}tagine: <b>\n", encoding="utf-8")
    preview = Preview(root, tmp_path / "kerja", today=DAY, language="id", say=lambda words: None)
    preview.renew(is_stale=True)
    page = LexborHTMLParser(preview.answer("").body)
    [told] = page.css(".kbp-faults section")
    line = site.read_text(encoding="utf-8").count("\n")
    assert [(part.tag, part.text()) for part in told.iter()] == [
        ("h2", 'kolom "tagine" tidak dikenal'),
        ("p", f"K201 · content/site.yml:{line}:1"),
        ("pre", f"{line} | tagine: <b>\n{' ' * len(str(line))} | ^^^^^^"),
        ("p", 'saran: mungkin maksudnya "tagline"'),
    ]
