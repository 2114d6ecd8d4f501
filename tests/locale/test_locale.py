"""Sentences are Indonesian in the code; a catalogue gives another language, and nothing is lost without one."""

from __future__ import annotations

from datetime import date
from string import Formatter
from types import MappingProxyType

import pytest

from kbp_site import locale
from kbp_site.content.dates import parse_date
from kbp_site.locale import LANGUAGES, Language, Sayable, Text, catalogue, text, text_in, translate


def test_indonesian_needs_no_catalogue() -> None:
    assert LANGUAGES[0] == "id" and dict(catalogue("id")) == {}
    assert translate("Halo", "id") == "Halo"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_without_a_translation_stays_indonesian(language: Language) -> None:
    assert text("kalimat yang tidak ada di katalog {x}", x=1).say(language) == "kalimat yang tidak ada di katalog 1"


def test_every_translation_uses_the_named_values_of_its_sentence() -> None:
    for language in LANGUAGES:
        for sentence, said in catalogue(language).items():
            assert names_in(said) <= names_in(sentence), sentence


def names_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_a_translation_is_used_with_its_values_said_in_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    english = {"pada {day}: {what}": "{what} on {day}", "rapat": "meeting"}
    monkeypatch.setattr(locale, "catalogue", lambda language: MappingProxyType(english if language == "en" else {}))
    sentence = text("pada {day}: {what}", day=parse_date("2006-08-17"), what=text("rapat"))
    assert sentence.say("id") == "pada 17 Agustus 2006: rapat"
    assert sentence.say("en") == "meeting on 17 August 2006"


def test_a_word_may_be_said_otherwise_in_a_context() -> None:
    one, many = text_in("satu", "Pelajaran"), text("Pelajaran")
    assert (one.say("id"), many.say("id")) == ("Pelajaran", "Pelajaran")
    assert (one.say("en"), many.say("en")) == ("Lesson", "Lessons")
    assert text_in("lain", "Pelajaran").say("en") == "Pelajaran"


@pytest.mark.parametrize("value", ["{x}", "{0}", "%s", "{{ 7*7 }}", "{", ""])
def test_a_value_is_never_a_template(value: str) -> None:
    assert text("nilai {v}", v=value).say("id") == f"nilai {value}"


def test_equal_sentences_are_equal_whatever_the_order_of_their_values() -> None:
    one, other = text("{a} {b}", a=1, b=2), text("{a} {b}", b=2, a=1)
    assert one == other and hash(one) == hash(other)
    assert one != text("{a} {b}", a=1, b=3)


def test_what_has_words_of_its_own_is_sayable() -> None:
    assert isinstance(Text("x"), Sayable) and isinstance(parse_date("2006"), Sayable)
    assert not isinstance("x", Sayable) and not isinstance(date(2006, 1, 1), Sayable)
