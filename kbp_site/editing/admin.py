"""The web form in a folder `admin/`: served on this computer by `kbp admin`, or put beside a site's pages."""

from __future__ import annotations

import errno
import json
import mimetypes
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from kbp_site.content.library import Library
from kbp_site.content.load import load
from kbp_site.editing.bundle import read_bundle
from kbp_site.editing.form import form_settings
from kbp_site.locale import Text, text
from kbp_site.outputs.headers import FORM_POLICY, FRAMING, SECURITY
from kbp_site.site.host import PLUGIN, read_settings
from kbp_site.site.preview_server import taken_port

FOLDER, SETTINGS = "admin", "config.json"

TYPES = {".js": "text/javascript", ".wasm": "application/wasm", ".woff2": "font/woff2", ".json": "application/json"}
"""What browsers insist on, whatever this computer's own table says."""


def form_files(library: Library | None) -> Mapping[str, bytes]:
    """Return every file of a site's form, by its path below the site ("admin/index.html").

    Without a sound record of the site there is a form too: it is one way to mend what is wrong.
    Raises `KbpError` when the form's program is not what was recorded.
    """
    settings = json.dumps(form_settings(library.site if library else None), ensure_ascii=False, indent=1)
    files = {f"{FOLDER}/{name}": data for name, data in read_bundle().items()}
    return files | {f"{FOLDER}/{SETTINGS}": settings.encode()}


def form_wanted(root: Path) -> Callable[[Library], Mapping[str, bytes]] | None:
    """Return what makes the form's files, if the site's `mkdocs.yml` asks for the form with `kbp: {admin: true}`.

    Raises `KbpError` when the settings cannot be used.
    """
    settings = read_settings(root / "mkdocs.yml", out=root / "site")
    return form_files if settings.plugins[PLUGIN].config["admin"] else None


def serve_form(root: Path, *, port: int, today: date, tell: Callable[[Text], None]) -> None:
    """Serve the form at 127.0.0.1 until interrupted, and say first what to do there.

    Raises `KbpError` when there is no content, when the port is taken, or as `form_files` does.
    """
    files = form_files(load(root, today=today).library)
    try:
        opened = FormServer(("127.0.0.1", port), partial(FormHandler, files=files))
    except OSError as error:
        raise taken_port(port, port + 1) if error.errno == errno.EADDRINUSE else error from error
    with opened as server, suppress(KeyboardInterrupt):
        for sentence in explanation(root, server.server_port):
            tell(sentence)
        server.serve_forever()


def explanation(root: Path, port: int) -> tuple[Text, ...]:
    """Return what an editor does next; without `.git` Sveltia does not take a folder, so it must be said."""
    steps = (
        text("Buka http://127.0.0.1:{port}/{folder}/ di Chrome, Edge, atau Chromium.", port=port, folder=FOLDER),
        text('Tekan "Kerjakan di komputer ini", lalu pilih folder situs: {path}', path=str(root.resolve())),
        text("Yang disimpan langsung tertulis di folder itu; periksa dengan kbp check. Berhenti dengan Ctrl+C."),
    )
    if (root / ".git").exists():
        return steps
    return (*steps, text("Folder ini belum memakai git, sehingga formulir menolaknya; jalankan git init dahulu."))


class FormServer(ThreadingHTTPServer):
    """A server that says nothing when a browser goes away in the middle of an answer, as they do."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Tell a fault of ours, and only that."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # what the server gives


class FormHandler(BaseHTTPRequestHandler):
    """Answers with the form's files and nothing else."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, files: Mapping[str, bytes]) -> None:
        self.files = files
        super().__init__(*arguments)  # type: ignore[arg-type]  # what the server gives every handler

    def do_GET(self) -> None:
        """Send a file; the bare address leads to the form."""
        path = self.path.partition("?")[0].lstrip("/")
        name = f"{path}index.html" if path.endswith("/") else path
        if path in {"", FOLDER}:
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", f"/{FOLDER}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif name not in self.files:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self._send(name, self.files[name])

    def _send(self, name: str, data: bytes) -> None:
        suffix = Path(name).suffix
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "text/plain")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header(SECURITY, f"{FORM_POLICY}; {FRAMING}")  # as a site's host should send it
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for what the editor is to do."""
