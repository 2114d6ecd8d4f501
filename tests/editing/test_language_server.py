"""The YAML language server that VS Code uses completes, explains and warns in Indonesian, by our schemas."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from copies import TESTS

from pictures.language_server import LanguageServer, open_record, place, serving_language

Open = Callable[..., str]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """Give a server for a site with our schemas."""
    with serving_language(tmp_path_factory.mktemp("situs").resolve()) as running:
        yield running


@pytest.fixture
def record(server: LanguageServer) -> Open:
    """Give a function that opens a text as a record of its own in a folder of the site."""

    def opening(body: str, folder: str = "content/activities", suffix: str = ".yml") -> str:
        return open_record(server, body, f"{folder}/catatan-{next(server.numbers)}{suffix}")

    return opening


def test_choices_are_offered_with_what_readers_see(server: LanguageServer, record: Open) -> None:
    uri = record("title: Parit\nkind: \nstatus: \n")
    offered = server.ask("textDocument/completion", **place(uri, 1, 6))["items"]
    assert {item["label"]: item["documentation"] for item in offered}["mediation"] == "Mediasi"
    offered = server.ask("textDocument/completion", **place(uri, 2, 8))["items"]
    assert [item["label"] for item in offered] == ["draft", "review", "published", "withdrawn"]


def test_fields_are_offered_with_their_help(server: LanguageServer, record: Open) -> None:
    uri = record("title: Parit\nphotos:\n  - \n")
    offered = server.ask("textDocument/completion", **place(uri, 2, 4))["items"]
    told = {item["label"]: item["documentation"]["value"] for item in offered}
    assert list(told) == ["file", "alt", "caption", "credit", "taken", "people", "consent"]
    assert told["alt"].startswith("Apa yang terlihat, bagi orang yang tidak dapat melihatnya.")


def test_a_field_is_explained_where_the_pointer_rests(server: LanguageServer, record: Open) -> None:
    uri = record("title: Ditch\n", suffix=".en.yml")
    told = server.ask("textDocument/hover", **place(uri, 0, 2))["contents"]["value"]
    assert told.startswith("#### Judul\n\nSatu baris, seperti akan dibaca orang.\n\nIsi: satu baris")
    uri = record("title: Parit\nstatus: published\n")
    told = server.ask("textDocument/hover", **place(uri, 1, 10))["contents"]["value"]
    assert "* `published`: Terbit\n" in told


def test_what_is_wrong_is_told_where_it_stands_in_indonesian(server: LanguageServer, record: Open) -> None:
    uri = record("title: Parit\nkind: mediasi\nsumary: Singkat\ndate: 2006-02-30\nprocess: [a]\noutcome:\n")
    told = {(row["range"]["start"]["line"], row["message"].partition(":")[0]) for row in server.warnings(uri)}
    assert told == {
        (0, 'kolom wajib "summary" (Ringkasan) belum ada'),
        (1, "tulis salah satu pilihan"),
        (2, "kolom ini tidak dikenal di sini; periksa ejaannya, atau hapus barisnya"),
        (3, "tulis misalnya 2006, 2006-08, 2006-08-17, 2006-08-17/2006-08-20, atau unknown"),
        (4, "di sini harus ada satu teks, bukan daftar atau kelompok kolom"),
    }


@pytest.mark.parametrize("path", ["content/activities/mediasi-parit.yml", "content/site.yml"])
def test_a_sound_record_gets_no_warning(server: LanguageServer, path: str) -> None:
    uri = open_record(server, (TESTS / "sites" / "full" / path).read_text("utf-8"), path)
    assert server.warnings(uri) == []
