"""Pictures on hand-written pages: their size is known before they are there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from copies import copy_site
from PIL import Image
from running import DAY, kbp

from kbp_site.site.figures import size_pictures


@pytest.fixture
def files(tmp_path: Path) -> Mapping[str, Path]:
    """Give a picture of 20 × 10, a drawing, and a file that is no picture, by their addresses."""
    names = ("papan.webp", "garis.svg", "rusak.png")
    found = {f"panduan/gambar/{name}": tmp_path / name for name in names}
    Image.new("RGB", (20, 10)).save(tmp_path / "papan.webp")
    (tmp_path / "garis.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    (tmp_path / "rusak.png").write_bytes(b"rusak")
    return found


@pytest.mark.parametrize(
    ("written", "made"),
    [
        (
            '<img alt="Papan" src="../gambar/papan.webp" />',
            '<img loading="lazy" width="20" height="10" alt="Papan" src="../gambar/papan.webp" />',
        ),
        ('<img alt="" src="../gambar/garis.svg" />', None),
        ('<img alt="" src="../gambar/rusak.png" />', None),
        ('<img alt="" src="../gambar/tidak-ada.webp" />', None),
        ('<img width="5" src="../gambar/papan.webp">', None),
        ('<a href="../gambar/papan.webp">gambar</a>', None),
    ],
)
def test_a_picture_gets_its_size(files: Mapping[str, Path], written: str, made: str | None) -> None:

    def read(path: str) -> bytes:
        return files[path].read_bytes() if path in files else b""

    assert size_pictures(written, "panduan/formulir/", read) == (made or written)


def test_a_hand_written_page_shows_its_picture_without_a_jump(tmp_path: Path) -> None:
    root = copy_site("minimal", tmp_path / "akar")
    page = root / "docs" / "tentang" / "index.md"
    page.write_text("# Tentang\n\n![Papan](gambar/papan.webp)\n", encoding="utf-8")
    (page.parent / "gambar").mkdir()
    Image.new("RGB", (20, 10)).save(page.parent / "gambar" / "papan.webp")
    made = kbp("--root", root, "build", "--today", DAY)
    assert made.returncode == 0, made.stderr
    html = (root / "site" / "tentang" / "index.html").read_text("utf-8")
    assert '<img loading="lazy" width="20" height="10" alt="Papan" src="gambar/papan.webp"' in html
    assert (root / "site" / "tentang" / "gambar" / "papan.webp").is_file()
