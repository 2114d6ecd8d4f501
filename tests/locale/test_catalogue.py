"""The English catalogue has every sentence of the program, and says each of them in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from kbp_site.locale.gather import CATALOGUE, PACKAGE, RECORDS, gather, sentences

SAME_IN_BOTH = {
    "  {path}: {fault}",
    "{where} ({file}: {shown})",
    "{reason}; {hint}",
    "{what}; {remedy}",
    "  kbp --root {folder} build",
    "Data",
    "English",
    "Forum",
    "Media",
    "Poster",
    "Video",
    "id, en.",
    "web, kiosk, print.",
    "{day}",
    "{field} ({label})",
    "{line}",
    "{name}: {why}",
    "{reason}. {help}",
    "{reason}: {where}",
    "{summary} ({date})",
}

MARKED_IN_TEMPLATE = re.compile(r"""\b_\(\s*(?:"([^"]*)"|'([^']*)')\s*\)""")
OPENED_IN_TEMPLATE = re.compile(r"\b_\(")


@pytest.fixture(scope="module")
def translations() -> dict[str, str]:
    """Return every sentence, with its context behind a line, and its translation, empty ones too."""
    with CATALOGUE.open("rb") as file:
        return {
            "|".join(filter(None, [message.context, str(message.id)])): str(message.string)
            for message in read_po(file, locale="en")
            if message.id
        }


def test_the_catalogue_is_as_gathered() -> None:
    assert CATALOGUE.read_bytes() == gather(), "the sentences of the program have changed: run `make messages`"


def test_every_sentence_is_translated(translations: dict[str, str]) -> None:
    assert [sentence for sentence, said in translations.items() if not said.strip()] == []


def test_a_translation_has_exactly_the_values_of_its_sentence(translations: dict[str, str]) -> None:
    assert [sentence for sentence, said in translations.items() if values_in(said) != values_in(sentence)] == []


def test_only_words_that_are_the_same_in_both_languages_are_left_as_they_are(translations: dict[str, str]) -> None:
    assert {sentence for sentence, said in translations.items() if said == sentence} == SAME_IN_BOTH


def test_a_translation_begins_and_ends_as_its_sentence_does(translations: dict[str, str]) -> None:
    assert [sentence for sentence, said in translations.items() if edges(said) != edges(sentence)] == []


def test_every_marked_sentence_is_gathered() -> None:
    marked = {*marked_in_code(), *marked_in_templates()}
    assert len(marked) > 500
    assert marked == {sentence for sentence, _ in sentences()}


def test_every_sentence_in_the_code_is_written_out_where_it_is_marked() -> None:
    assert [f"{path.name}: {ast.unparse(call)}" for path, call in unreadable_calls()] == []


def test_every_sentence_in_a_template_is_written_out_where_it_is_marked() -> None:
    for template in templates():
        words = template.read_text(encoding="utf-8")
        assert len(OPENED_IN_TEMPLATE.findall(words)) == len(MARKED_IN_TEMPLATE.findall(words)), template.name


def values_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def edges(sentence: str) -> tuple[str, str, int]:
    """Return the spaces before a sentence, its last sign, and how many quotation marks are in it."""
    before = sentence[: len(sentence) - len(sentence.lstrip())]
    return before, sentence[-1] if sentence[-1] in " .:" else "", sentence.count('"')


def calls() -> Iterator[tuple[Path, ast.Call, str]]:
    """Yield every call of a plain name in the program."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield path, node, node.func.id


def marked_in_code() -> Iterator[str]:
    """Yield the sentences of `text`, and of `field` and `option` in the records, read without Babel."""
    for path, call, name in calls():
        wanted: list[ast.expr] = []
        if name == "text":
            wanted = call.args[:1]
        elif name == "text_in":
            wanted = call.args[1:2]
        elif RECORDS in path.parents and name in {"field", "option"}:
            wanted = call.args[:2] if name == "field" else call.args[1:2]
        for argument in wanted:
            if isinstance(argument, ast.Constant):
                yield str(argument.value)


def marked_in_templates() -> Iterator[str]:
    for template in templates():
        for found in MARKED_IN_TEMPLATE.finditer(template.read_text(encoding="utf-8")):
            yield found[1] or found[2]


def templates() -> list[Path]:
    return sorted(PACKAGE.rglob("*.jinja"))


def unreadable_calls() -> Iterator[tuple[Path, ast.Call]]:
    """Yield the calls whose sentence no extractor can read: it is put together or comes from a variable."""
    for path, call, name in calls():
        if RECORDS in path.parents and name in {"field", "option"}:
            wanted = call.args[:2]
        elif name == "text_in":
            wanted = call.args
        elif name in {"Text", "text"} and path.parent != CATALOGUE.parents[2]:
            wanted = call.args[:1]
        else:
            continue
        if not all(is_written_out(argument) or is_passed_on(argument) for argument in wanted):
            yield path, call


def is_written_out(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Constant)


def is_passed_on(argument: ast.expr) -> bool:
    """Whether a sentence is an attribute (``info.title or name``): it was marked where the attribute was set."""
    first = argument.values[0] if isinstance(argument, ast.BoolOp) else argument
    return isinstance(first, ast.Attribute)
