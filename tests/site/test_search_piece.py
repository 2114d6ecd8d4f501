"""Pagefind's program: what it says of documents is in their order, and its failures are told in one line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.site import search_piece
from kbp_site.site.search_piece import make_piece, run_pagefind

DOCUMENTS = [
    (
        f"k{number}/index.html",
        f'<html lang="id"><body data-pagefind-body><h1>Warga {number}</h1><p>rapat café</p></body>',
    )
    for number in (2, 1, 3)
]


def test_pages_are_numbered_in_the_documents_order(tmp_path: Path) -> None:
    """Given a folder, Pagefind numbers them as the disk lists them: another on each file system."""
    made = make_piece(DOCUMENTS, ["title"], tmp_path)
    urls = [json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))["url"] for data in made.fragments]
    assert urls == ["/k2/", "/k1/", "/k3/"]
    assert next(row for row in made.piece.rows(7) if row[0] == "2")[:5] == ("2", 7, 1, 0, 0)
    assert [row[1:5] for row in made.piece.rows(7) if row[0] == "rapat"] == [(7, 3, 0, 2)]
    assert set(made.piece.spelt) == {"cafe"}


def test_all_documents_of_a_piece_may_be_told_before_it_answers(tmp_path: Path) -> None:
    """The pipes hold 64 KB: neither side may wait for the other."""
    documents = [(f"{number}.html", DOCUMENTS[0][1] + "<p>kata</p>" * 30) for number in range(400)]
    assert sum(name.startswith("fragment/") for name in run_pagefind(documents, tmp_path)) == 400


def test_of_no_document_there_are_only_programs(tmp_path: Path) -> None:
    made = make_piece([], ["title"], tmp_path)
    assert (list(made.piece.rows(0)), made.fragments, list(made.programs)) == ([], [], ["pagefind.js"])


@pytest.mark.parametrize("program", ["/tidak/ada", "/bin/false"])
def test_a_failing_program_is_told_in_one_line(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_piece, "get_executable", lambda: Path(program))
    with pytest.raises(KbpError) as caught:
        run_pagefind(DOCUMENTS, tmp_path)
    assert caught.value.exit_code is ExitCode.SYSTEM
    assert "Pagefind" in caught.value.message.say("id")


def test_what_the_program_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(KbpError, match="Pagefind"):
        run_pagefind([("", "\ud800")], tmp_path)


def test_settings_from_around_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work").mkdir()
    one = make_piece(DOCUMENTS, ["title"], tmp_path / "work")
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "en")
    (tmp_path / "pagefind.yml").write_text("force_language: en\n")
    monkeypatch.chdir(tmp_path)
    assert make_piece(DOCUMENTS, ["title"], tmp_path / "work") == one
