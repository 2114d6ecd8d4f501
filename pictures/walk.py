"""A way of working in the editors' guide, followed as it stands: what it says to type is typed, to write is written.

On such a page a `sh` block is typed in the folder of a new site, a block without a language is what the program
answers, a `yaml` block that begins with a title is the whole record, and a line "`a` → `b`" changes the record.
"""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from click.testing import CliRunner
from PIL import Image, ImageDraw

from kbp_site.cli import kbp
from kbp_site.command import Door
from kbp_site.editing.admin import explanation
from kbp_site.editing.scaffold import create_site
from kbp_site.locale import Language, language_named

Kind = Literal["type", "answer", "write", "change"]

STEP = re.compile(r"^```(\w*)\n(.*?)^```$|^(?:[-*\d.]+ )?`([^`\n]+)` → `([^`\n]+)`", re.MULTILINE | re.DOTALL)
KINDS: dict[str, Kind] = {"sh": "type", "": "answer", "yaml": "write"}

DAY = "1795651200"
"""2026-11-26, as `SOURCE_DATE_EPOCH` says it: answers must not depend on the day."""

SITE, PHOTO = "situs-kami", "~/Unduhan/papan-tulis.jpg"
HOME = "/home/kami"
"""How the guide calls the folder that an editor's site lies in."""


@dataclass(frozen=True)
class Step:
    """One thing that a page says: a command, its answer, a record, or a change (then ``new`` takes its place)."""

    kind: Kind
    words: str
    new: str = ""


@dataclass(frozen=True)
class Typed:
    """A command, what was really answered, the answers that the page quotes, and the record as it stood then."""

    command: str
    answer: str
    quoted: tuple[str, ...]
    record: str


def steps_of(page: str) -> Iterator[Step]:
    """Yield what a page says to do, in its order; what a record may hold too (other `yaml`) is no step."""
    for language, words, old, new in STEP.findall(page):
        if old:
            yield Step("change", old, new)
        elif language in KINDS and (language != "yaml" or words.startswith("title:")):
            yield Step(KINDS[language], words)


def follow(page: str, folder: Path, *, language: Language = "id") -> Sequence[Typed]:
    """Follow a page in a new site below ``folder`` (`situs-kami`), and return all commands with their answers.

    Raises `AssertionError` when a change is asked for that does not fit the record.
    """
    root, typed = folder / SITE, list[Typed]()
    create_site(root)
    write_photo(folder / PHOTO.removeprefix("~/"))
    for step in steps_of(page):
        path = record_of(root)
        if step.kind == "answer" and typed:
            typed[-1] = replace(typed[-1], quoted=(*typed[-1].quoted, step.words))
        elif step.kind == "write":
            path.write_text(step.words, encoding="utf-8")
        elif step.kind == "change":
            before = path.read_text(encoding="utf-8")
            assert before.count(step.words) == 1, f'"{step.words}" stands {before.count(step.words)} times in {path}'
            path.write_text(before.replace(step.words, step.new), encoding="utf-8")
        elif step.kind == "type":
            for command in step.words.splitlines():
                if command.startswith("kbp "):
                    answer = type_in(root, command, language)
                    typed.append(Typed(command, answer, (), record_of(root).read_text(encoding="utf-8")))
    return typed


def record_of(root: Path) -> Path:
    """Return the record that the page is about: the activity that it made, until then the starter's own."""
    paths = sorted((root / "content" / "activities").glob("*.yml"), key=lambda path: path.stem == "contoh-kegiatan")
    return paths[0]


def type_in(root: Path, command: str, language: Language) -> str:
    """Return what the program answers in a site's folder; one that would go on is asked what it says first."""
    words = [word.replace("~", str(root.parent), 1) if word.startswith("~/") else word for word in shlex.split(command)]
    spoken = language_named(words[2]) if words[1] == "--lang" else language
    with chdir(root):
        if "admin" in words:
            said = "".join(f"{sentence.say(spoken)}\n" for sentence in explanation(Path(), 8001))
            return said.replace(str(root.resolve()), f"{HOME}/{SITE}")
        if "serve" in words:
            return ""
        runner = CliRunner(env={"SOURCE_DATE_EPOCH": DAY, "KBP_LANG": spoken})
        done = runner.invoke(kbp, words[1:], prog_name="kbp", obj=Door(spoken), catch_exceptions=False)
    return done.output


def write_photo(path: Path) -> None:
    """Draw a photo without people, as if it came from a phone: a board with three ditches by their turn."""
    image = Image.new("RGB", (1200, 800), "#b9a58a")
    draw = ImageDraw.Draw(image)
    draw.rectangle((80, 60, 1120, 690), fill="#f4f4ef", outline="#6d5a43", width=18)
    draw.rectangle((380, 690, 820, 712), fill="#6d5a43")
    for number, (left, colour) in enumerate(((150, "#f3d46b"), (480, "#9fc9a4"), (810, "#e59f85")), start=1):
        draw.rectangle((left, 150, left + 240, 390), fill=colour)
        draw.text((left + 90, 170), str(number), fill="#333333", font_size=150)
        draw.line([(left + 10, 470 + number * 6), (left + 230, 462)], fill="#2f5d8c", width=9)
        draw.line([(left + 10, 530), (left + 190 - number * 20, 534)], fill="#2f5d8c", width=9)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=88)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written.getvalue())
