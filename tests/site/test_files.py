"""The gate knows every picture and document, and looks at what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbp_site.site.files import judge_files

SOUND = {
    "foto/a-400.avif": b"\0\0\0\x20ftypavif",
    "foto/a-400.webp": b"RIFF....WEBPVP8 ",
    "foto/a-400.jpg": b"\xff\xd8\xff\xe0",
    "sampul/a.png": b"\x89PNG\r\n\x1a\n",
    "berkas/x/a.pdf": b"%PDF-1.7",
    "berkas/x/a.csv": b"a,b",
}


def judge(folder: Path, files: dict[str, bytes], made: set[str]) -> list[tuple[str, str]]:
    """Write files and return (code, path) of what is wrong with them."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return [(fault.code, path) for path, fault in judge_files(folder, set(files), made)]


def test_what_was_made_passes(tmp_path: Path) -> None:
    assert judge(tmp_path, {**SOUND, "index.html": b"", "assets/x.svg": b""}, set(SOUND)) == []


@pytest.mark.parametrize("name", ["foto/lama-400.jpg", "berkas/rahasia.pdf", "sampul/x.svg"])
def test_what_was_not_made_is_refused(tmp_path: Path, name: str) -> None:
    assert judge(tmp_path, {**SOUND, name: b"%PDF-"}, set(SOUND)) == [("K701", name)]


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    assert judge(tmp_path, SOUND, {*SOUND, "foto/b-400.jpg"}) == [("K701", "foto/b-400.jpg")]


@pytest.mark.parametrize("name", SOUND)
def test_a_file_that_is_not_what_its_name_says(tmp_path: Path, name: str) -> None:
    expected = [] if name.endswith(".csv") else [("K703", name)]
    assert judge(tmp_path, {**SOUND, name: b"<html><script>"}, set(SOUND)) == expected


@pytest.mark.parametrize("name", ["berkas/x/a.html", "foto/a.svg", "sampul/a.gif", "berkas/x/a"])
def test_no_other_type_stands_there(tmp_path: Path, name: str) -> None:
    assert judge(tmp_path, {name: b"GIF89a"}, {name}) == [("K703", name)]
