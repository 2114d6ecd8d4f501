"""Which windows are drawn for the guide, and what stands in them: answers of the program and of the language server."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from kbp_site.locale import Language
from pictures.drawings import Note, file, terminal
from pictures.language_server import LanguageServer, open_record, place, serving_language
from pictures.walk import SITE, Typed, follow

DOCS = Path(__file__).parents[1] / "docs"
PAGES: dict[Language, str] = {"id": "panduan/editor-teks.md", "en": "en/guide/text-editor.md"}
"""The page whose commands are drawn, in each language."""

FOLDERS: dict[Language, str] = {"id": "panduan/gambar", "en": "en/guide/pictures"}
"""Where a language's pictures are, below `docs/`; the English guide shows the Indonesian form's too."""

RECORD = """\
title: Rembug saluran air
summary: Warga menyepakati urutan perbaikan saluran air.
status: draft
date: {date}
kind: {kind}
"""
CODE = "VS Code (gambar) – rembug-saluran-air.yml"


def walk(language: Language) -> list[Typed]:
    """Follow the page of a language in a new site."""
    with tempfile.TemporaryDirectory() as folder:
        page = (DOCS / PAGES[language]).read_text(encoding="utf-8")
        return list(follow(page, Path(folder).resolve(), language=language))


def draw_terminals() -> Iterator[tuple[str, str]]:
    """Yield (path below `docs/`, HTML) of the terminals, and of the draft in a text editor."""
    for language, folder in FOLDERS.items():
        new, check, *_ = walk(language)
        for name, typed in (("draf", new), ("periksa", check)):
            yield f"{folder}/terminal-{name}.webp", terminal(f"Terminal – {SITE}", [(typed.command, typed.answer)])
        if language == "id":
            yield f"{folder}/berkas-draf.webp", file("rembug-saluran-air.yml", new.record, lines=range(1, 9))


def draw_editors() -> Iterator[tuple[str, str]]:
    """Yield (path below `docs/`, HTML) of what VS Code shows in a record."""
    with tempfile.TemporaryDirectory() as folder, serving_language(Path(folder).resolve()) as server:
        for name, draw in (("pilihan", _choices), ("arti", _meaning), ("keliru", _faults)):
            yield f"{FOLDERS['id']}/vscode-{name}.webp", draw(server)


def _opened(server: LanguageServer, *, date: str, kind: str = "thematic_discussion") -> tuple[str, str]:
    """Open a record of its own in the editor; return its text and address."""
    text = RECORD.format(date=date, kind=kind)
    return text, open_record(server, text, f"content/activities/cerita-{next(server.numbers)}.yml")


def _choices(server: LanguageServer) -> str:
    text, address = _opened(server, date="2026-08", kind="")
    found = server.ask("textDocument/completion", **place(address, 4, 6))["items"]
    rows = [(item["label"], item["documentation"]) for item in found]
    return file(CODE, text, notes=[Note(5, rows, is_choice=True)])


def _meaning(server: LanguageServer) -> str:
    text, address = _opened(server, date="2026-08")
    found = server.ask("textDocument/hover", **place(address, 2, 2))["contents"]["value"]
    said = [line.replace("* ", "• ") for line in found.partition("\nSource:")[0].splitlines() if line]
    return file(CODE, text, notes=[Note(3, [(line, "") for line in said])])


def _faults(server: LanguageServer) -> str:
    text, address = _opened(server, date="Agustus 2026")
    found = [row for row in server.warnings(address) if row["range"]["start"]["line"] == 3]
    return file(CODE, text, notes=[Note(4, [(row["message"], "") for row in found])], wrong=["Agustus 2026"])
