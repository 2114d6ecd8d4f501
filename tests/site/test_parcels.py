"""A share is made elsewhere as it is here, of what was sent along and nothing else."""

from __future__ import annotations

import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from running import DAY
from trees import first_difference, read_tree

from kbp_site.content.load import load
from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.pages.plan import plan_pages
from kbp_site.site import parcels
from kbp_site.site.build import make_share
from kbp_site.site.gate import PageReading
from kbp_site.site.host import THEME
from kbp_site.site.parcels import Made, make_packed, pack, read_own
from kbp_site.site.prepare import SiteSettings, write_pages
from kbp_site.site.reuse import program
from kbp_site.site.shares import Share

OURS, THEIRS = "Langsung ke isi", "Lewati menu"
"""What the frame of a page says, and what a theme of an operator's own says instead."""


@pytest.fixture
def own_site(minimal: Path) -> Path:
    """Give the root of a site with a picture, a page and a theme of its operator's."""
    settings = minimal / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("theme:\n", "theme:\n  custom_dir: tema\n"), "utf-8")
    words = (THEME / "partials" / "words.html").read_text("utf-8")
    assert OURS in words
    (minimal / "tema" / "partials").mkdir(parents=True)
    (minimal / "tema" / "partials" / "words.html").write_text(words.replace(OURS, THEIRS), encoding="utf-8")
    (minimal / "tema" / "gaya.css").write_text("p {}", encoding="utf-8")
    (minimal / "docs" / "tentang" / "warga.png").write_bytes(b"gambar")
    return minimal


def shares_of(root: Path, kept: Path) -> tuple[Share, Share]:
    """Return a site in two shares, its pages below ``kept``."""
    library = load(root, today=date.fromisoformat(DAY)).library
    assert library is not None
    pages = plan_pages(library)
    files = write_pages(library, pages, kept)
    settings = SiteSettings.of(library, pages, root / "docs")
    sections = tuple(file for file in files if file.is_section)
    rest = [file for file in files if not file.is_section]
    first = Share(settings, (*sections, *rest[::2]), sections, is_first=True)
    return first, Share(settings, tuple(rest[1::2]), sections, is_first=False)


def test_a_share_made_elsewhere_is_as_made_here(own_site: Path, tmp_path: Path) -> None:
    settings, shares = own_site / "mkdocs.yml", shares_of(own_site, tmp_path / "simpanan")
    here = [make_share(settings, share, tmp_path / str(number)) for number, share in enumerate(shares)]
    packed = [pack(make_share, read_own(settings), share) for share in shares]
    shutil.rmtree(own_site)
    shutil.rmtree(tmp_path / "simpanan")
    for number, readings in enumerate(here):
        made = make_packed(program(), packed[number])
        assert isinstance(made, Made) and made.readings == readings and made.files
        assert first_difference(made.files, read_tree(tmp_path / str(number))) == ""
    both = {**read_tree(tmp_path / "0"), **read_tree(tmp_path / "1")}
    assert both["tentang/warga.png"] == b"gambar" and THEIRS.encode() in both["kegiatan/gotong-royong/index.html"]


def test_only_the_first_share_takes_pictures_along(own_site: Path, tmp_path: Path) -> None:
    own = read_own(own_site / "mkdocs.yml")
    assert set(own.first) == {"docs/tentang/warga.png"}
    assert {"mkdocs.yml", "docs/tentang/index.md", "tema/partials/words.html", "tema/gaya.css"} <= set(own.shared)
    first, second = (pack(make_share, own, share) for share in shares_of(own_site, tmp_path))
    assert b"warga.png" in first and b"warga.png" not in second


def test_another_program_makes_nothing() -> None:
    assert make_packed("lain", b"never opened") is None


def test_a_site_that_is_more_than_its_files_is_refused(minimal: Path) -> None:
    settings = minimal / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "hooks: [kait.py]\n", encoding="utf-8")
    (minimal / "kait.py").touch()
    with pytest.raises(KbpError) as caught:
        read_own(settings)
    assert caught.value.exit_code == ExitCode.USAGE
    assert "hooks" in caught.value.message.say("id") and "tanpa --executor" in caught.value.message.say("id")


def test_the_editors_form_does_not_keep_pages_from_travelling(minimal: Path) -> None:
    settings = minimal / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("- kbp", "- kbp: {admin: true}"), encoding="utf-8")
    assert read_own(settings).shared


def test_a_folder_outside_the_site_is_refused(minimal: Path, tmp_path: Path) -> None:
    os.rename(minimal / "docs", tmp_path / "luar")
    settings = minimal / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("docs_dir: docs", "docs_dir: ../luar"), encoding="utf-8")
    with pytest.raises(KbpError, match="luar folder situs"):
        read_own(settings)


def test_a_page_that_is_reached_by_a_link_does_not_travel(minimal: Path, tmp_path: Path) -> None:
    (tmp_path / "rahasia.md").write_text("# Rahasia", encoding="utf-8")
    (minimal / "docs" / "rahasia.md").symlink_to(tmp_path / "rahasia.md")
    with pytest.raises(KbpError, match="symbolic link"):
        read_own(minimal / "mkdocs.yml")


at_work: list[int] = []


def make_slowly(config_file: Path, share: Share, out: Path) -> list[PageReading]:
    """Stand for what makes a share, and tell how many are being made."""
    at_work.append(1)
    seen = len(at_work)
    time.sleep(0.05)
    at_work.pop()
    return [PageReading(str(seen), "", frozenset(), (), (), ())]


def test_a_worker_with_several_threads_makes_one_share_at_a_time(minimal: Path, tmp_path: Path) -> None:
    packed = pack(make_slowly, read_own(minimal / "mkdocs.yml"), shares_of(minimal, tmp_path)[1])
    with ThreadPoolExecutor(3) as threads:
        made = list(threads.map(make_packed, [program()] * 3, [packed] * 3))
    assert [one.readings[0].path for one in made if one] == ["1", "1", "1"]


def test_a_worker_keeps_nothing(minimal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = pack(make_slowly, read_own(minimal / "mkdocs.yml"), shares_of(minimal, tmp_path / "simpanan")[1])
    (tmp_path / "pekerja").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "pekerja"))
    assert parcels.make_packed(program(), packed)
    assert list((tmp_path / "pekerja").iterdir()) == []
