"""A client of the YAML language server, which VS Code uses too: what it offers, explains and minds in a record."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from kbp_site.editing.schema import SETTINGS, write_schemas

PROJECT = Path(__file__).parents[1]
MODULES = PROJECT / "tests" / "editing" / "language_server" / "node_modules"
PROGRAM = MODULES / "yaml-language-server" / "bin" / "yaml-language-server"


class LanguageServer:
    """A language server over its standard streams, as a code editor runs it for one folder."""

    def __init__(self, root: Path, settings: Mapping[str, Any]) -> None:
        node = shutil.which("node")
        if node is None or not PROGRAM.is_file():
            raise RuntimeError("No language server found: run `make test`, which installs Node.js and it.")
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


@contextmanager
def serving_language(root: Path) -> Iterator[LanguageServer]:
    """Give a server for a site with our schemas, set up as the site's settings for VS Code say."""
    (root / "content").mkdir(exist_ok=True)
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


def place(uri: str, line: int, character: int) -> dict[str, Any]:
    """Return the parameters that name a place in a document."""
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
