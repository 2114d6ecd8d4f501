"""One file of stories and lessons: all inside, nothing loaded, nothing that is not public."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from copies import copy_site
from machines import copy_elsewhere, elsewhere
from once import once
from PIL import Image
from running import BIN, DAY
from selectolax.lexbor import LexborHTMLParser
from trees import first_difference, read_tree

from kbp_site.content.library import Library
from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.content.records.consents import ConsentScope
from kbp_site.kiosk.onefile import LIMIT, chosen, judge_onefile, make_onefile

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the full site's files, and give their folder; only to be read."""

    def make(folder: Path) -> None:
        root = copy_site("full", folder / "akar")
        assert make_onefile(root, "", folder / "onefile", today=TODAY, jobs=1, tell=lambda step: None).files

    return once(tmp_path_factory, "onefile", make) / "onefile"


@pytest.fixture(scope="module")
def tree(folder: Path) -> LexborHTMLParser:
    """Give the Indonesian file as a browser reads it."""
    return LexborHTMLParser((folder / "kbp-muara.html").read_bytes())


def anchors(tree: LexborHTMLParser) -> list[str]:
    """Return the anchors of all stories and lessons."""
    return [node.attributes["id"] or "" for node in tree.css("article")]


def test_it_holds_every_public_story_and_lesson(tree: LexborHTMLParser, load_site: Callable[[str], Library]) -> None:
    library = load_site("full")
    stories = [f"{entry.record.PATH}-{entry.id}" for entry in library.stories]
    assert anchors(tree)[: len(stories)] == stories
    assert anchors(tree)[len(stories) :] == ["pelajaran-catat-sejak-awal", "pelajaran-dengarkan-dahulu"]


def test_each_language_has_a_file(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["kbp-muara.en.html", "kbp-muara.html"]
    english = LexborHTMLParser((folder / "kbp-muara.en.html").read_bytes())
    assert english.css("html")[0].attributes["lang"] == "en"
    assert english.css("summary h3[lang=id]") and english.css("summary h3:not([lang])")


def test_nothing_hidden_is_in_it(folder: Path) -> None:
    for path in folder.iterdir():
        assert b"TERSEMBUNYI" not in path.read_bytes()


def test_pictures_stand_in_it_small_and_only_those_with_consent(tree: LexborHTMLParser) -> None:
    pictures = tree.css("img")
    assert {node.attributes["alt"] for node in pictures} == {
        "Parit di antara dua rumah",
        "Warga di tepi parit",
        "Parit penuh rumput",
        "Poster enam peran",
    }
    for node in pictures:
        kind, _, data = (node.attributes["src"] or "").partition(";base64,")
        assert kind == "data:image/webp"
        with Image.open(BytesIO(base64.b64decode(data))) as image:
            assert image.width <= 400


def test_stories_lead_to_each_other_inside_the_file(tree: LexborHTMLParser) -> None:
    led = {node.attributes["href"] for node in tree.css("#kegiatan-mediasi-parit a")}
    assert {"#pelajaran-dengarkan-dahulu", "#kegiatan-mediasi-parit--istilah-blm"} <= led
    assert not [href for href in led if href and not re.match(r"#|https?:", href)]


def test_no_heading_stands_above_nothing(tree: LexborHTMLParser) -> None:
    for heading in tree.css("article h2, article h3"):
        following = heading.next
        while following is not None and following.tag == "-text" and not following.text(strip=True):
            following = following.next
        assert following is not None and (following.tag or "") not in {"h2", heading.tag}, heading.text()


def test_an_exhibition_chooses_what_is_carried(load_site: Callable[[str], Library]) -> None:
    library, name = chosen(load_site("full"), "pameran-kemerdekaan")
    assert name == "pameran-kemerdekaan"
    assert [entry.id for entry in library.stories] == ["mediasi-parit", "pameran-kemerdekaan"]
    assert library.scope is ConsentScope.WEB


def test_the_same_content_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    root = copy_elsewhere("full", tmp_path)
    found = elsewhere(root, BIN / "kbp", "--root", root, "onefile", "--today", DAY, "--jobs", "3")
    assert found.done.returncode == ExitCode.DONE, found.done.stderr
    assert (found.connections, found.asked) == ((), 0)
    assert "kbp-muara.html" in found.done.stdout and "Agar lebih kecil" not in found.done.stdout
    assert first_difference(read_tree(folder), read_tree(root / "onefile")) == ""
    assert all(path.stat().st_size < LIMIT for path in folder.iterdir())


def test_an_exhibition_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    root = copy_site("full", tmp_path / "akar")
    with pytest.raises(KbpError) as caught:
        make_onefile(root, "pameran-kemerdekan", tmp_path / "x", today=TODAY, jobs=1, tell=lambda step: None)
    assert 'mungkin maksudnya "pameran-kemerdekaan"' in caught.value.message.say("id")
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ('<img src="https://contoh.example/x.png" alt="">', "contoh.example"),
        ('<link rel="stylesheet" href="https://contoh.example/x.css">', "contoh.example"),
        ('<a href="../kegiatan/">x</a>', "../kegiatan/"),
        ('<a href="#tidak-ada">x</a>', "#tidak-ada"),
        ('<a href="javascript:alert(1)">x</a>', "javascript"),
        ('<form action="https://contoh.example/"></form>', "contoh.example"),
        ('<b id="bagian-story"></b>', "bagian-story"),
        ("<p>NIK 6203014508790001</p>", "NIK"),
        ("<p>Hubungi 0812-3456-7890</p>", "0812"),
    ],
)
def test_a_planted_fault_is_refused(folder: Path, planted: str, told: str) -> None:
    html = (folder / "kbp-muara.html").read_text(encoding="utf-8")
    contacts = frozenset({"05131234", "kantor@kbp-muara.example"})
    with pytest.raises(KbpError) as caught:
        judge_onefile(html.replace("</main>", f"{planted}</main>").encode(), contacts)
    assert caught.value.exit_code == ExitCode.CONTENT
    assert told in caught.value.message.say("id")
