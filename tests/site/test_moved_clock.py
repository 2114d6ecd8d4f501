"""The clock was moved between two builds: the same bytes come of the same content, and nothing stale is kept."""

from __future__ import annotations

import os
import shutil
import time
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from copies import copy_site
from PIL import Image
from running import DAY
from trees import Tree, first_difference, read_tree

from kbp_site.content import memory
from kbp_site.site.build import Order, build

A_DAY = 86400
RECORD = """title: Pasar {word}
summary: Pasar warga.
status: published
kind: other
date: 2006-08-17
process: Rapat.
photos: [{{file: foto.png, alt: Pasar, people: none}}]
documents: [{{file: catatan.txt, title: Catatan}}]
"""


def write(root: Path, word: str, colour: tuple[int, int, int], *, is_new: bool = False) -> None:
    """Write all that an editor may change; files that are not new keep their size, and their times are put back."""
    picture = BytesIO()
    Image.new("RGB", (60, 40), colour).save(picture, "PNG")
    files = {
        "content/activities/pasar.yml": RECORD.format(word=word).encode(),
        "content/media/foto.png": picture.getvalue(),
        "content/media/catatan.txt": f"Catatan {word}.\n".encode(),
        "docs/tentang/index.md": f"# Tentang\n\nKata {word}.\n".encode(),
    }
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        found = None if is_new else path.stat()
        path.write_bytes(data)
        if found:
            assert found.st_size == len(data)
            os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def move_clock(root: Path, seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Move the clock, and let all that was kept have been written at the time that it says."""
    moved = time.time_ns() + seconds * 10**9
    monkeypatch.setattr(memory.time, "time_ns", lambda: moved)
    for path in (root / ".cache").rglob("*"):
        os.utime(path, ns=(moved, moved))


def make(root: Path) -> Tree:
    """Build a site and return its files."""
    made = build(Order(root, root / "site", date.fromisoformat(DAY), 1), lambda step: None)
    assert made.pages, [problem.message.say("id") for problem in made.problems]
    return read_tree(root / "site")


def test_a_clock_that_was_moved_keeps_nothing_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy_site("minimal", tmp_path / "akar")
    write(root, "lama", (10, 20, 30), is_new=True)
    move_clock(root, A_DAY, monkeypatch)  # so all that was just written counts as settled, and is kept
    before = make(root)
    assert any((root / ".cache" / "kbp" / "records").iterdir())
    write(root, "baru", (30, 20, 10))
    move_clock(root, 2 * A_DAY, monkeypatch)
    after = make(root)
    fresh = shutil.copytree(root, tmp_path / "baru", ignore=shutil.ignore_patterns("site", ".cache"))
    assert first_difference(make(fresh), after) == ""
    assert not [name for name, data in after.items() if b"Pasar lama" in data or b"Kata lama" in data]
    write(root, "lama", (10, 20, 30))
    move_clock(root, -A_DAY, monkeypatch)
    assert first_difference(before, make(root)) == ""
