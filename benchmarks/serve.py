"""Serves a built site as a good host does: compressed, on one lasting connection, with how long a file may be kept."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TEXTS = ("text/", "application/json", "application/xml", "application/manifest+json", "image/svg+xml")
TYPES = {
    ".atom": "application/atom+xml",
    ".geojson": "application/geo+json",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
DAY = 24 * 60 * 60


def content_type(name: str) -> str:
    """Return how a file is announced; unknown ones are bytes."""
    found = TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") else found


def is_compressed(type_: str) -> bool:
    """Whether a host would compress a file of that type."""
    return type_.startswith(TEXTS) or "+xml" in type_ or "+json" in type_


def cache_control(name: str) -> str:
    """Return how long a file may be kept: pages and what controls them are asked for anew, the rest for a week."""
    is_asked_anew = name.endswith((".html", "sw.js", ".xml", ".json", ".webmanifest"))
    return "no-cache" if is_asked_anew else f"public, max-age={7 * DAY}"


def file_of(folder: Path, address: str) -> Path | None:
    """Return the file that answers at an address below a folder; ``None`` when there is none."""
    path = (folder / unquote(urlsplit(address).path).lstrip("/")).resolve()
    path = path / "index.html" if address.partition("?")[0].endswith("/") else path
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None


@lru_cache(maxsize=256)
def compressed(path: Path) -> bytes:
    """Return a file's bytes as they travel."""
    return gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from a folder, and says nothing."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, folder: Path) -> None:
        self.folder = folder
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Send a file, or the page that says that there is none."""
        if (path := file_of(self.folder, self.path)) is not None:
            self.answer(HTTPStatus.OK, path)
        elif file_of(self.folder, f"{urlsplit(self.path).path}/") is not None:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{urlsplit(self.path).path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.answer(HTTPStatus.NOT_FOUND, self.folder / "404.html")

    do_HEAD = do_GET

    def answer(self, status: HTTPStatus, path: Path) -> None:
        """Send a file under a status."""
        type_ = content_type(path.name)
        is_small = is_compressed(type_) and "gzip" in self.headers.get("Accept-Encoding", "")
        data = compressed(path) if is_small else path.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", cache_control(path.name))
        self.send_header("Vary", "Accept-Encoding")
        if is_small:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep the terminal to the measures."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine, and give its address ("http://127.0.0.1:1234/")."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, folder=folder))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
