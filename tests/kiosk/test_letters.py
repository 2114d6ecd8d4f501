"""Our printing fonts: they are what their list says, and what they lack is seen."""

from __future__ import annotations

import hashlib

from kbp_site.kiosk.press.letters import BREAK, FONTS, LACKING, known_letters, lacking_in, settable


def test_the_fonts_are_what_their_list_says() -> None:
    written = (FONTS / "README.md").read_text("utf-8")
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.ttf")}
    assert sums and all(name in written and digest in written for name, digest in sums.items())


def test_indonesian_and_its_marks_can_be_set() -> None:
    assert lacking_in("Aksara: é, “kutip”, ‘satu’, – — … × ½ • · Rp5.000") == frozenset()


def test_a_letter_that_is_lacking_is_seen() -> None:
    assert lacking_in("ꦲ aksara") == {"ꦲ"}
    assert settable("ꦲ aksara") == f"{LACKING} aksara"
    assert LACKING in known_letters()


def test_a_word_longer_than_a_line_can_be_broken() -> None:
    word = "kata" * 20
    assert BREAK in settable(word) and settable(word).replace(BREAK, "") == word
    assert settable("biasa saja") == "biasa saja"
