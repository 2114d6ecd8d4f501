"""The archive for Kiwix: all that is public and nothing else, found by its words, the same bytes each time."""

from __future__ import annotations

import hashlib
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from datetime import date
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.error import URLError
from urllib.parse import unquote, urlsplit

import pytest
from copies import copy_site
from libzim.reader import Archive
from machines import copy_elsewhere, elsewhere
from once import once
from running import BIN, DAY
from selectolax.lexbor import LexborHTMLParser

from kbp_site.content.library import Library
from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.kiosk import zim
from kbp_site.kiosk.zim import (
    DESCRIPTION_MOST,
    TITLE_MOST,
    even_out,
    find,
    judge_zim,
    make_zim,
    other_forms,
    shortened,
)
from kbp_site.pages.page import localized, path_of

TODAY = date(2026, 11, 23)
STORY = "kegiatan/mediasi-parit/index.html"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the full site's archive, and give its file; only to be read."""

    def make(folder: Path) -> None:
        root = copy_site("full", folder / "akar")
        assert make_zim(root, folder / "zim", today=TODAY, jobs=1, tell=lambda step: None).pages

    return once(tmp_path_factory, "zim", make) / "zim" / "kbp-muara.zim"


@pytest.fixture(scope="module")
def archive(made: Path) -> Archive:
    """Open the archive."""
    return Archive(made)


@pytest.fixture
def library(load_site: Callable[[str], Library]) -> Library:
    """Give what the archive was made of."""
    return load_site("full")


def paths_in(archive: Archive) -> list[str]:
    """Return the paths of everything in an archive that is not about itself."""
    entries = (archive._get_entry_by_id(number) for number in range(archive.all_entry_count))
    return [entry.path for entry in entries if not entry.is_redirect]


def content_of(archive: Archive, path: str) -> bytes:
    """Return the bytes of a file."""
    return bytes(archive.get_entry_by_path(path).get_item().content)


def pages_in(archive: Archive) -> dict[str, LexborHTMLParser]:
    """Return every page by its path."""
    return {path: LexborHTMLParser(content_of(archive, path)) for path in paths_in(archive) if path.endswith(".html")}


def test_every_public_record_has_its_page(archive: Archive, library: Library) -> None:
    wanted = {
        f"{localized(path_of(entry), language)}index.html"
        for entry in library.public
        if entry.record.PATH
        for language in library.languages
    }
    assert [path for path in sorted(wanted) if not archive.has_entry_by_path(path)] == []


def test_what_needs_scripts_or_the_network_stays_behind(archive: Archive) -> None:
    kept = paths_in(archive)
    left = ("cari/", "en/search/", "luring/", "en/offline/", "pagefind/", "sw.js", "404.html", "berita/parit.html")
    assert [path for path in kept if path.startswith(left) or path.endswith((".js", "feed.xml", ".ics"))] == []
    for path, tree in pages_in(archive).items():
        assert not tree.css("script, button, [srcset], link[rel=manifest]"), path


def test_nothing_hidden_is_in_it(archive: Archive) -> None:
    kept = {path: content_of(archive, path) for path in paths_in(archive) if archive.has_entry_by_path(path)}
    assert len(kept) > 60
    assert [path for path, data in kept.items() if b"TERSEMBUNYI" in data or "ditarik" in path] == []
    assert any(path.startswith("foto/warga-") for path in kept)


def test_every_link_and_picture_names_a_file_in_it(archive: Archive) -> None:
    for path, tree in pages_in(archive).items():
        for node in tree.css("[href], [src]"):
            parts = urlsplit(node.attributes.get("href") or node.attributes.get("src") or "")
            if parts.scheme or not parts.path:
                continue
            assert archive.has_entry_by_path(normpath(join(dirname(path), unquote(parts.path)))), (path, parts.path)


def test_it_says_of_itself_what_the_standard_asks_for(archive: Archive) -> None:
    told = {name: archive.get_metadata(name) for name in archive.metadata_keys if not name.startswith("Illus")}
    assert {
        "Name": b"kbp-muara",
        "Title": b"KBP Muara Contoh",
        "Language": b"ind,eng",
        "Date": b"2026-11-23",
        "Description": b"Belajar bersama warga Muara Contoh",
        "License": b"CC BY 4.0",
    }.items() <= told.items()
    assert told["Creator"] and told["Publisher"]
    assert archive.has_illustration(48)
    assert archive.main_entry.get_item().path == "index.html"


@pytest.mark.parametrize(
    ("words", "most", "short"),
    [
        ("KBP Muara", TITLE_MOST, "KBP Muara"),
        ("Komunitas Belajar Perkotaan Muara", TITLE_MOST, "Komunitas Belajar Perkotaan…"),
        ("x" * 90, DESCRIPTION_MOST, "x" * 79 + "…"),
    ],
)
def test_long_titles_are_cut_between_words(words: str, most: int, short: str) -> None:
    assert shortened(words, most) == short and len(short) <= most


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("pendengaran", "pelajaran/dengarkan-dahulu/index.html"),  # which stands nowhere: its stem does
        ("mencatat", "pelajaran/catat-sejak-awal/index.html"),
        ("parit", STORY),
    ],
)
def test_words_are_found_by_their_stems(archive: Archive, asked: str, found: str) -> None:
    assert found in find(archive, asked)[:3]


def test_a_form_that_no_title_says_shows_whether_stems_are_known() -> None:
    assert list(other_forms(["Dengarkan dahulu"]))[:2] == ["mendahulu", "dahuluan"]


def test_an_archive_in_which_stems_are_not_known_is_refused(
    made: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zim, "find", lambda archive, words: [])
    with pytest.raises(KbpError, match="tidak menemukan apa pun"):
        judge_zim(made, (), library)


def test_the_same_content_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    root = copy_elsewhere("full", tmp_path)
    found = elsewhere(root, BIN / "kbp", "--root", root, "zim", "--today", DAY, "--jobs", "3")
    assert found.done.returncode == ExitCode.DONE, found.done.stderr
    assert (found.connections, found.asked) == ((), 0)
    assert "Kiwix" in found.done.stdout and "redirects" not in found.done.stdout
    assert [path.name for path in (root / "zim").iterdir()] == ["kbp-muara.zim"]
    assert (root / "zim" / "kbp-muara.zim").read_bytes() == made.read_bytes()
    kept = root / ".cache" / "kbp"
    assert not (kept / "zim").exists() and [*(kept / "pages").iterdir(), *(kept / "search").iterdir()] == []


def test_numbers_follow_from_the_content(made: Path, tmp_path: Path) -> None:
    again = shutil.copyfile(made, tmp_path / "x.zim")
    even_out(again)
    data = again.read_bytes()
    assert data == made.read_bytes()
    assert data[-16:] == hashlib.md5(data[:-16], usedforsecurity=False).digest()


def test_a_damaged_archive_is_refused(made: Path, library: Library, tmp_path: Path) -> None:
    data = bytearray(made.read_bytes())
    data[len(data) // 2] ^= 1
    damaged = tmp_path / "x.zim"
    damaged.write_bytes(data)
    with pytest.raises(KbpError, match="rusak"):
        judge_zim(damaged, (), library)


def test_an_archive_that_lacks_a_page_is_refused(made: Path, library: Library) -> None:
    with pytest.raises(KbpError, match="kegiatan/lain"):
        judge_zim(made, [STORY, "kegiatan/lain/index.html"], library)


def test_content_with_errors_makes_no_archive(tmp_path: Path) -> None:
    root = copy_site("minimal", tmp_path / "akar")
    (root / "content" / "site.yml").write_text("title: x\n", encoding="utf-8")
    made = make_zim(root, tmp_path / "zim", today=TODAY, jobs=1, tell=lambda step: None)
    assert made.pages == 0 and made.problems and not (tmp_path / "zim").exists()


def test_kiwix_opens_it(made: Path) -> None:
    program = shutil.which("kiwix-serve")
    if program is None:
        pytest.fail("No kiwix-serve found: run `make kiwix`.")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([program, "-i", "127.0.0.1", "-p", str(port), made], stdout=subprocess.DEVNULL) as server:
        try:
            page = fetch(f"http://127.0.0.1:{port}/kbp-muara/{STORY}")
            found = fetch(f"http://127.0.0.1:{port}/search?books.name=kbp-muara&pattern=pendengaran")
        finally:
            server.terminate()
    assert "Menengahi keluhan tentang parit" in page
    assert "pelajaran/dengarkan-dahulu/index.html" in found


def fetch(url: str) -> str:
    """Return what a server that is just starting answers."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(url) as answer:
                read: bytes = answer.read()
                return read.decode()
        except URLError:
            time.sleep(0.05)
    raise TimeoutError(url)
