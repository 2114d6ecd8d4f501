"""Texts that people read: Indonesian is written in the code, English comes from a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Protocol, get_args, runtime_checkable

from babel.messages.pofile import read_po

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def language_named(name: str) -> Language:
    """Return the language of that name; Indonesian for any that is not ours."""
    return next((language for language in LANGUAGES if language == name), "id")


CATALOGUES = Path(__file__).parent


CONTEXT = "{context}\x04{sentence}"
"""How gettext names a sentence that means something else in a context (the GNU gettext manual, "MO files")."""


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Return the sentences of ``language`` by their Indonesian source; empty for Indonesian itself.

    One with a context is named as `CONTEXT` says.
    """
    if language == "id":
        return MappingProxyType({})
    with (CATALOGUES / language / "LC_MESSAGES" / "kbp.po").open("rb") as file:
        messages = read_po(file, locale=language)
    return MappingProxyType({_name(str(m.id), m.context or ""): str(m.string) for m in messages if m.id and m.string})


def _name(sentence: str, context: str) -> str:
    return CONTEXT.format(context=context, sentence=sentence) if context else sentence


def translate(sentence: str, language: Language, context: str = "") -> str:
    """Return ``sentence`` in ``language``; an untranslated one stays Indonesian."""
    return catalogue(language).get(_name(sentence, context), sentence)


@runtime_checkable
class Sayable(Protocol):
    """Anything that has words of its own in each language: a sentence, a date, a label."""

    def say(self, language: Language) -> str:
        """Return the words in ``language``."""


@dataclass(frozen=True)
class Text:
    """An Indonesian sentence with ``{named}`` values, which can say itself in any of our languages."""

    template: str
    values: tuple[tuple[str, object], ...] = ()
    context: str = ""

    def say(self, language: Language) -> str:
        """Return the sentence in ``language``, its values filled in."""
        said = {name: value.say(language) if isinstance(value, Sayable) else value for name, value in self.values}
        return translate(self.template, language, self.context).format(**said)


def text(template: str, **values: object) -> Text:
    """Make a `Text`; the catalogue's extractor finds sentences by this function's name."""
    return Text(template, tuple(sorted(values.items())))


def text_in(context: str, template: str) -> Text:
    """Make a `Text` that another language says otherwise in this context: "Pelajaran" is one lesson, or all."""
    return Text(template, context=context)
