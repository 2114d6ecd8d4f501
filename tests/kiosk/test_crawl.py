"""The walk through a kiosk is tested by planting faults: each must be told, with its page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kbp_site.content.problems import KbpError
from kbp_site.kiosk.crawl import crawl

STORY = "situs/kegiatan/mediasi-parit.html"

FAULTS = [
    pytest.param('<a href="https://contoh.id/">x</a>', "menuju ke luar", id="a link out"),
    pytest.param('<a href="//contoh.id/">x</a>', "menuju ke luar", id="a link out without a scheme"),
    pytest.param('<a href="javascript:alert(1)">x</a>', "menuju ke luar", id="a script as a link"),
    pytest.param('<a href="tidak-ada.html">x</a>', "menuju ke luar", id="a link to nothing"),
    pytest.param('<a href="../../../luar.html">x</a>', "menuju ke luar", id="a link above the stick"),
    pytest.param('<img src="https://contoh.id/x.png" alt="">', "menuju ke luar", id="a picture from outside"),
    pytest.param('<img src="tidak-ada.webp" alt="">', "menuju ke luar", id="a picture that is missing"),
    pytest.param('<img srcset="x.webp 2x" alt="">', "memuat dari luar", id="a set of pictures"),
    pytest.param('<form action="https://contoh.id/"></form>', "menuju ke luar", id="a form"),
    pytest.param('<p style="background:url(https://contoh.id/x)">x</p>', "memuat dari luar", id="a style"),
]


@pytest.fixture
def copy(kiosk: Path, tmp_path: Path) -> Path:
    """Give a kiosk that may be changed."""
    return Path(shutil.copytree(kiosk, tmp_path / "kios"))


def test_every_page_is_reached(kiosk: Path) -> None:
    assert crawl(kiosk) == len(list((kiosk / "situs").rglob("*.html")))


@pytest.mark.parametrize(("planted", "told"), FAULTS)
def test_a_fault_is_told(copy: Path, planted: str, told: str) -> None:
    page = copy / STORY
    page.write_text(page.read_text(encoding="utf-8").replace("</article>", f"{planted}</article>"), encoding="utf-8")
    with pytest.raises(KbpError, match=told) as caught:
        crawl(copy)
    assert STORY in caught.value.message.say("id")


def test_a_page_that_nobody_reaches_is_told(copy: Path) -> None:
    shutil.copyfile(copy / STORY, copy / "situs" / "sendiri.html")
    with pytest.raises(KbpError, match="tidak dapat dicapai"):
        crawl(copy)


def test_a_page_that_is_named_and_missing_is_told(copy: Path) -> None:
    (copy / STORY).unlink()
    with pytest.raises(KbpError, match=r"disebut, tetapi tidak ada|menuju ke luar"):
        crawl(copy)


def test_a_style_that_loads_from_outside_is_told(copy: Path) -> None:
    style = copy / "kios" / "kios.css"
    style.write_text(style.read_text(encoding="utf-8") + "a { background: url(https://contoh.id/x) }", encoding="utf-8")
    with pytest.raises(KbpError, match="memuat dari luar"):
        crawl(copy)


def test_a_script_that_the_screen_lacks_is_told(copy: Path) -> None:
    (copy / "kios" / "kios.js").unlink()
    with pytest.raises(KbpError, match=r"MULAI\.html.*kios/kios\.js"):
        crawl(copy)
