"""A kiosk's folder and zip: whole, the same each time, and nothing in them that is not public."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from copies import copy_site
from running import BIN, EPOCH, run
from trees import read_tree

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.kiosk.bundle import make_kiosk
from kbp_site.kiosk.templates import SCREEN

EXHIBITION = "pameran-kemerdekaan"


def test_a_kiosk_holds_what_a_stand_needs(kiosk: Path) -> None:
    assert {path.name for path in kiosk.iterdir()} == {
        ".kbp-site",
        "BACA-SAYA.html",
        "MULAI.html",
        "SHA256SUMS",
        "kios",
        "mulai-linux.sh",
        "mulai-windows.bat",
        "situs",
        "versi.json",
    }
    versions = json.loads((kiosk / "versi.json").read_bytes())
    assert (versions["id"], versions["version"], versions["expires"]) == (EXHIBITION, "2026-11-23", "2027-05-25")


def test_the_sums_are_those_of_the_files(kiosk: Path) -> None:
    lines = (kiosk / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}
    tree = {name: data for name, data in read_tree(kiosk).items() if name not in {"SHA256SUMS", ".kbp-site"}}
    assert told == {name: hashlib.sha256(data).hexdigest() for name, data in tree.items()}


def test_the_zip_holds_the_folder(kiosk: Path) -> None:
    with zipfile.ZipFile(kiosk.with_name(f"{EXHIBITION}.zip")) as packed:
        assert packed.testzip() is None
        inside = {info.filename: packed.read(info) for info in packed.infolist()}
        modes = {info.filename: info.external_attr >> 16 for info in packed.infolist()}
    tree = {f"{EXHIBITION}/{name}": data for name, data in read_tree(kiosk).items() if name != ".kbp-site"}
    assert inside == tree
    assert modes[f"{EXHIBITION}/mulai-linux.sh"] == 0o100755


def test_the_same_content_gives_the_same_bytes(kiosk: Path, tmp_path: Path) -> None:
    root = copy_site("full", tmp_path / "akar")
    other = {"PYTHONHASHSEED": "7", "TZ": "Asia/Jayapura", "LC_ALL": "C", "SOURCE_DATE_EPOCH": EPOCH}
    done = run(BIN / "kbp", "--root", root, "kiosk", EXHIBITION, "--out", tmp_path / "lain", environment=other)
    assert done.returncode == ExitCode.DONE, done.stderr
    archive = f"{EXHIBITION}.zip"
    assert (tmp_path / "lain" / archive).read_bytes() == (kiosk.parent / archive).read_bytes()
    assert "Kode petugas: " in done.stdout


def test_nothing_hidden_is_in_any_file(kiosk: Path) -> None:
    tree = read_tree(kiosk)
    assert not [name for name, data in tree.items() if b"TERSEMBUNYI" in data]
    assert not [name for name in tree if "ditarik" in name]
    assert any(name.startswith("situs/foto/warga-") for name in tree)


def test_no_file_speaks_to_the_network(kiosk: Path) -> None:
    """Outside addresses stand in links to scan, in codes and in words, and nowhere that a browser goes by itself."""
    for name, data in read_tree(kiosk).items():
        if name.endswith(".html"):
            assert b'href="http' not in data and b'src="http' not in data, name


def test_pictures_are_kept_where_the_website_keeps_and_forgets_them(kiosk: Path) -> None:
    kept = kiosk.parent.parent / "akar" / ".cache" / "kbp"
    assert {path.name for path in kept.iterdir()} == {"images", "locks"}


def test_an_exhibition_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    root = copy_site("full", tmp_path / "akar")
    with pytest.raises(KbpError):
        make_kiosk(root, "tidak-ada", tmp_path / "kios", today=date(2026, 11, 23), jobs=1, tell=lambda step: None)
    assert not (tmp_path / "kios").exists()


def test_a_folder_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    root = copy_site("full", tmp_path / "akar")
    kept = tmp_path / "kios" / EXHIBITION / "surat.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("penting", encoding="utf-8")
    with pytest.raises(KbpError, match="bukan buatan kbp"):
        make_kiosk(root, EXHIBITION, tmp_path / "kios", today=date(2026, 11, 23), jobs=1, tell=lambda step: None)
    assert kept.read_text(encoding="utf-8") == "penting"


def test_the_launcher_for_linux_says_what_it_would_start(kiosk: Path, tmp_path: Path) -> None:
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\n", encoding="utf-8")
    browser.chmod(0o755)
    done = subprocess.run(
        ["sh", kiosk / "mulai-linux.sh", "--coba"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    words = done.stdout.split()
    assert words[0] == "chromium" and words[-1] == f"file://{kiosk}/MULAI.html"
    assert {"--kiosk", "--hide-crash-restore-bubble", "--disable-pinch"} <= set(words)


def test_the_launcher_for_windows_is_written_as_windows_reads_it(kiosk: Path) -> None:
    written = (kiosk / "mulai-windows.bat").read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n") and written.isascii()
    assert f"kbp-kios-{EXHIBITION}".encode() in written


def test_vendored_code_is_what_was_recorded() -> None:
    readme = (SCREEN / "vendored" / "README.md").read_text(encoding="utf-8")
    for path in (SCREEN / "vendored").glob("*.js"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in readme
