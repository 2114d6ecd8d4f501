"""The YAML language server that VS Code uses completes, explains and warns in Indonesian, by our schemas."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from copies import TESTS

from kbp_site.editing.schema import SETTINGS, write_schemas

PROGRAM = (
    TESTS / "editing" / "language_server" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
)
Open = Callable[..., str]


class LanguageServer:
    """A language server over its standard streams, as a code editor runs it for one folder."""

    def __init__(self, root: Path, settings: Mapping[str, Any]) -> None:
        node = shutil.which("node")
        if node is None or not PROGRAM.is_file():
            pytest.fail("No language server found: run `make node`, which installs Node.js and it.")
        self.root = root
        self.settings = settings
        self.numbers = count(1)
        self.told: dict[str, list[dict[str, Any]]] = {}
        self.process = subprocess.Popen([node, PROGRAM, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        folders = [{"uri": root.as_uri(), "name": "situs"}]
        formats = {"documentationFormat": ["markdown"], "snippetSupport": True}
        self.ask(
            "initialize",
            processId=None,
            rootUri=root.as_uri(),
            workspaceFolders=folders,
            capabilities={
                "textDocument": {
                    "completion": {"completionItem": formats},
                    "hover": {"contentFormat": ["markdown"]},
                },
                "workspace": {"configuration": True, "workspaceFolders": True},
            },
        )
        self.tell("initialized")

    def tell(self, method: str, **params: Any) -> None:
        """Notify the server."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        """Return the server's answer to a request."""
        number = next(self.numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == number and "method" not in message:
                return message["result"]

    def warnings(self, uri: str) -> list[dict[str, Any]]:
        """Return what the server minds in a document, once it has looked."""
        while uri not in self.told:
            self._receive()
        return self.told.pop(uri)

    def _send(self, message: Mapping[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server ended"
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if "id" in message and "method" in message:
            asked = message.get("params", {}).get("items", [])
            self._send({"id": message["id"], "result": [self.settings.get(item["section"]) for item in asked]})
        if message.get("method") == "textDocument/publishDiagnostics":
            self.told[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def end(self) -> None:
        """End the server, which has nothing to keep."""
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """Give a server for a site with our schemas, set up as the site's settings for VS Code say."""
    root = tmp_path_factory.mktemp("situs").resolve()
    (root / "content").mkdir()
    write_schemas(root)
    running = LanguageServer(root, {"yaml": yaml_settings(root)})
    faulty = open_record(running, "kind: salah\n", "content/activities/salah.yml")
    while not running.warnings(faulty):
        pass  # until it has read the settings, it knows no schemas
    yield running
    running.end()


def yaml_settings(root: Path) -> dict[str, Any]:
    """Return the settings of the language server that stand in a site's settings for VS Code."""
    found: dict[str, Any] = {}
    for name, value in json.loads((root / SETTINGS).read_text("utf-8")).items():
        if name.startswith("yaml."):
            group, _, last = name.removeprefix("yaml.").rpartition(".")
            (found.setdefault(group, {}) if group else found)[last] = value
    return found


def open_record(server: LanguageServer, body: str, path: str) -> str:
    """Open a text in the editor as the file at a path, and return its address."""
    uri = (server.root / path).as_uri()
    server.tell("textDocument/didOpen", textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": body})
    return uri


@pytest.fixture
def record(server: LanguageServer) -> Open:
    """Give a function that opens a text as a record of its own in a folder of the site."""

    def opening(body: str, folder: str = "content/activities", suffix: str = ".yml") -> str:
        return open_record(server, body, f"{folder}/catatan-{next(server.numbers)}{suffix}")

    return opening


def place(uri: str, line: int, character: int) -> dict[str, Any]:
    """Return the parameters that name a place in a document."""
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


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
