"""Our printing fonts: what they lack is seen."""

from __future__ import annotations

from kbp_site.kiosk.press.letters import BREAK, LACKING, known_letters, lacking_in, settable


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
