"""The ways of working in the editors' guide: followed as they stand, they end with a published story and its photo."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from copies import PROJECT
from PIL import Image

from kbp_site.content.load import load
from kbp_site.content.metadata import picture_metadata
from kbp_site.editing.form import form_settings
from kbp_site.locale import LANGUAGES, Language
from pictures.drawn import DOCS, draw_editors, draw_terminals
from pictures.make import DRAWN, LIMIT, digest
from pictures.scenes import SHOWN
from pictures.walk import SITE, Step, follow, steps_of

GUIDES: dict[Language, Path] = {"id": DOCS / "panduan", "en": DOCS / "en" / "guide"}
TYPED = ["panduan/editor-teks.md", "panduan/vs-code.md", "en/guide/text-editor.md", "en/guide/vs-code.md"]
FORMS = ["panduan/formulir.md", "en/guide/form.md"]
DRAWINGS: dict[str, str] = json.loads(DRAWN.read_text("utf-8"))


def read(page: str) -> str:
    """Return a page of the guide."""
    return (DOCS / page).read_text("utf-8")


def quoted(page: str) -> list[str]:
    """Return the addresses of the pictures on a page."""
    return re.findall(r"!\[[^\]]+\]\(([^)\s]+)\)", page)


def language_of(page: str) -> Language:
    """Return the language of a page."""
    return "en" if page.startswith("en/") else "id"


@pytest.mark.parametrize("page", TYPED)
def test_who_follows_a_page_has_published_a_story_with_a_photo(tmp_path: Path, page: str) -> None:
    typed = follow(read(page), tmp_path, language=language_of(page))
    unsaid = [(step.command, words) for step in typed for words in step.quoted if words not in step.answer]
    assert unsaid == []
    assert sum(len(step.quoted) for step in typed) > 2
    loaded = load(tmp_path / SITE, today=date(2026, 11, 26))
    assert loaded.problems == () and loaded.library is not None
    [story] = [entry for entry in loaded.library.public if entry.record.FOLDER == "activities"]
    built = (tmp_path / SITE / "site" / "kegiatan" / story.id / "index.html").read_text("utf-8")
    assert re.search(r'<img src="[./]*foto/[^>]*alt="Papan tulis dengan tiga kertas bernomor', built)


@pytest.mark.parametrize("page", FORMS)
def test_a_page_on_the_form_quotes_what_is_said(tmp_path: Path, page: str) -> None:
    typed = follow(read(page), tmp_path, language=language_of(page))
    assert [(step.command, words) for step in typed for words in step.quoted if words not in step.answer] == []
    assert len(typed) == 3


@pytest.mark.parametrize("page", FORMS)
def test_what_is_to_be_pressed_is_called_so_in_the_form(page: str) -> None:
    words = json.loads((PROJECT / "kbp_site" / "editing" / "form_app" / "id.json").read_text("utf-8"))
    known = {*strings(words), *strings(form_settings(None))}
    named = {" ".join(name.split()) for name in re.findall(r"\*\*([^*]+)\*\*", read(page))}
    assert len(named) > 8
    assert {name for name in named if name.removeprefix("Tambah ") not in known} == set()
    said = re.findall(r'"(Catatan [^"]+|Folder [^"]+)"', read(page))
    assert said and [sentence for sentence in said if not any(sentence in word for word in known)] == []


def strings(value: Any) -> Iterator[str]:
    """Yield every text in a value made of lists and mappings."""
    if isinstance(value, str):
        yield value
    for inner in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        yield from strings(inner)


def test_a_message_that_the_guide_names_is_one_of_the_programs() -> None:
    """Messages of `kbp:` stand in the middle of a sentence, where nobody types anything."""
    code = "".join(path.read_text("utf-8") for path in sorted((PROJECT / "kbp_site").rglob("*.p[yo]")))
    told = {words for page in DOCS.rglob("*.md") for words in re.findall(r"`kbp: ([^`]+)`", page.read_text("utf-8"))}
    assert len(told) == 2 and {words for words in told if words not in code} == set()


def test_the_guide_shows_the_pictures_that_are_made_and_no_others() -> None:
    shown = {
        (page.parent / address).resolve().relative_to(DOCS).as_posix()
        for page in DOCS.rglob("*.md")
        for address in quoted(page.read_text("utf-8"))
    }
    made = {f"panduan/gambar/{name}.webp" for name in SHOWN} | DRAWINGS.keys()
    there = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*") if path.suffix not in {".md", ""}}
    assert shown == made == there


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_says_in_words_what_it_shows(language: Language) -> None:
    """Nobody should need the pictures; a drawing says that it is one."""
    for page in GUIDES[language].glob("*.md"):
        for words, address in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text("utf-8")):
            assert len(words) > 40 and words.endswith("."), (page, words)
            drawn = (page.parent / address).resolve().relative_to(DOCS).as_posix() in DRAWINGS
            assert words.startswith(("Gambar ", "Drawing ")) == drawn, (page, words)


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.webp")), ids=lambda path: path.stem)
def test_a_picture_is_light_and_holds_nothing_but_pixels(path: Path) -> None:
    assert path.stat().st_size <= LIMIT
    with path.open("rb") as file:
        assert picture_metadata(file) == ()
        assert 400 <= Image.open(file).width <= 800


@pytest.mark.parametrize("draw", [draw_terminals, draw_editors], ids=lambda draw: draw.__name__)
def test_what_was_drawn_is_what_the_programs_say_today(draw: Any) -> None:
    """When this fails, an answer has changed: `make pictures` draws it anew."""
    drawn = {path: digest(html) for path, html in draw()}
    assert len(drawn) > 2 and drawn.items() <= DRAWINGS.items()


def written(page: str) -> Iterator[Step]:
    """Yield what a page writes into the record."""
    yield from (step for step in steps_of(read(page)) if step.kind in {"write", "change"})


def test_both_languages_tell_the_same_ways() -> None:
    """Commands differ in their language, answers too; what is written into the record is the same."""
    for indonesian, english in zip([*TYPED[:2], FORMS[0]], [*TYPED[2:], FORMS[1]], strict=True):
        written, same = (
            [step for step in steps_of(read(page)) if step.kind in {"write", "change"}]
            for page in (indonesian, english)
        )
        assert written == same
        assert len(quoted(read(indonesian))) == len(quoted(read(english)))


def test_the_steps_of_a_page_are_read_in_order() -> None:
    blocks = (("sh", "kbp new"), ("", "Draf"), ("yaml", "form: x"), ("yaml", "title: x"))
    page = "".join(f"```{language}\n{words}\n```\n\n" for language, words in blocks) + "- `a: 1` → `a: 2`\n"
    assert list(steps_of(page)) == [
        Step("type", "kbp new\n"),
        Step("answer", "Draf\n"),
        Step("write", "title: x\n"),
        Step("change", "a: 1", "a: 2"),
    ]


def test_a_change_must_fit_the_record(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match='"tidak: ada" stands 0 times'):
        follow("- `tidak: ada` → `ada: 1`\n", tmp_path)
