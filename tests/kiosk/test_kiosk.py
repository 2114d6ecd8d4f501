"""A kiosk's folder and zip: whole, the same each time, and nothing in them that is not public."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from copies import copy_site
from hypothesis import example, given
from hypothesis import strategies as st
from machines import copy_elsewhere, elsewhere
from running import BIN, DAY
from trees import first_difference, read_tree

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.kiosk import bundle
from kbp_site.kiosk.bundle import make_kiosk
from kbp_site.kiosk.data import script as script_of

EXHIBITION = "pameran-kemerdekaan"


def test_a_kiosk_holds_what_a_stand_needs(kiosk: Path) -> None:
    assert {path.name for path in kiosk.iterdir()} == {
        ".kbp-site",
        "BACA-SAYA.pdf",
        "MULAI.html",
        "SHA256SUMS",
        "cetak",
        "kios",
        "mulai-linux.sh",
        "mulai-windows.bat",
        "situs",
        "versi.json",
    }
    versions = json.loads((kiosk / "versi.json").read_bytes())
    assert (versions["id"], versions["version"], versions["expires"]) == (EXHIBITION, "2026-11-23", "2027-05-25")


def test_a_stand_can_print_its_poster_leaflet_and_book(kiosk: Path) -> None:
    papers = sorted(path.name for path in (kiosk / "cetak").iterdir())
    kinds = ["buku-saku-lipat", "buku-saku", "poster-a3", "selebaran"]
    assert papers == sorted(f"{kind}-pameran-{EXHIBITION}{end}.pdf" for kind in kinds for end in ("", "-en"))
    for path in kiosk.rglob("*.pdf"):
        words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
        assert "TERSEMBUNYI" not in words
    assert "Ketuk sudut kiri atas" in pypdfium2.PdfDocument(kiosk / "BACA-SAYA.pdf")[0].get_textpage().get_text_range()


def test_without_the_extra_the_page_for_volunteers_is_html(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "is_installed", lambda: False)
    told: list[str] = []
    root = copy_site("full", tmp_path / "akar")
    made = make_kiosk(
        root,
        EXHIBITION,
        tmp_path / "kios",
        today=date(2026, 11, 23),
        jobs=1,
        tell=lambda step: told.append(step.say("id")),
    )
    assert "Kode" in (made.folder / "BACA-SAYA.html").read_text(encoding="utf-8")
    assert not list(made.folder.rglob("*.pdf"))
    assert any("make print" in line for line in told)


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
    root = copy_elsewhere("full", tmp_path)
    found = elsewhere(root, BIN / "kbp", "--root", root, "kiosk", EXHIBITION, "--today", DAY, "--jobs", "3")
    assert found.done.returncode == ExitCode.DONE, found.done.stderr
    assert (found.connections, found.asked) == ((), 0)
    archive = f"{EXHIBITION}.zip"
    assert first_difference(read_tree(kiosk), read_tree(root / "kios" / EXHIBITION)) == ""
    assert (root / "kios" / archive).read_bytes() == (kiosk.parent / archive).read_bytes()
    assert "Kode petugas: " in found.done.stdout


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


def test_a_number_that_only_the_gate_sees_is_on_no_stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<html><body><p>Hubungi 0812<b>3456</b>7890</p></body></html>"
    made_files = bundle.kiosk_files

    def with_a_number(*asked: Any) -> tuple[dict[str, bytes], dict[str, Path], int]:
        files, pictures, count = made_files(*asked)
        return files | {"situs/x.html": page}, pictures, count

    monkeypatch.setattr(bundle, "kiosk_files", with_a_number)
    root = copy_site("full", tmp_path / "akar")
    made = make_kiosk(root, EXHIBITION, tmp_path / "kios", today=date(2026, 11, 23), jobs=1, tell=lambda step: None)
    assert [(one.code, one.path) for one in made.problems] == [("K502", f"{EXHIBITION}/situs/x.html")]
    assert not made.folder.exists() and not made.archive.exists()
    assert list(bundle.find_leaks({"x.html": page}, "x", frozenset({"081234567890"}))) == []


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
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    words = done.stdout.split()
    assert words[0] == "chromium" and words[-1] == f"file://{kiosk}/MULAI.html"
    assert {"--kiosk", "--hide-crash-restore-bubble", "--disable-pinch"} <= set(words)


def test_the_launcher_starts_a_browser_again_until_it_is_closed_twice(kiosk: Path, tmp_path: Path) -> None:
    """A clock that runs: the first browser is open for a hundred seconds, the second for none."""
    programs = {
        "chromium": 'echo "$@" >> "$HERE/started"',
        "date": 'n=$(cat "$HERE/asked" 2>/dev/null || echo 0); echo $((n + 1)) > "$HERE/asked"\n'
        '[ "$n" -eq 0 ] && echo 1000 || echo 1100',
        "sleep": "true",
    }
    for name, script in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    done = subprocess.run(
        ["sh", kiosk / "mulai-linux.sh"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path), "HERE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
    )
    started = (tmp_path / "started").read_text(encoding="utf-8").splitlines()
    assert len(started) == 2 and len(set(started)) == 1
    assert f"--user-data-dir={tmp_path}/.local/share/kbp-kios-{EXHIBITION}" in started[0]
    assert "Layar selesai" in done.stdout


def test_the_launcher_for_windows_is_written_as_windows_reads_it(kiosk: Path) -> None:
    written = (kiosk / "mulai-windows.bat").read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n") and written.isascii()
    assert f"kbp-kios-{EXHIBITION}".encode() in written


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("</script><script>alert(1)</script>")
@example('<!-- \u2028 \u2029 ]]> \\ "; alert(1); //')
def test_words_in_a_script_are_read_back_and_end_nothing(words: str) -> None:
    first, line = script_of("var KBP", {"title": words}).decode().rstrip("\n").split("\n")
    assert first == '"use strict";' and json.loads(line.removeprefix("var KBP = ").removesuffix(";")) == {
        "title": words
    }
    assert "</" not in line and not set(line) & set("\n\r\u2028\u2029")
