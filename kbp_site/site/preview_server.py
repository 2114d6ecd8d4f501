"""The server of a preview: it answers this computer's browser alone, and sends it the news of what changed."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote, urlsplit

from kbp_site.content.problems import KbpError
from kbp_site.locale import text

HOST = "127.0.0.1"
NEWS = ".kbp/news"
PULSE = 10.0
"""Seconds after which a browser that has heard no news is told that there are none: so a closed tab is noticed."""


@dataclass(frozen=True)
class Answer:
    """What a browser gets; ``location`` is where a redirect leads."""

    status: HTTPStatus
    type: str
    body: bytes
    location: str = ""


Ask = Callable[[str], Answer]
Wait = Callable[[str, float], str]


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD, and says nothing of it in the terminal."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, ask: Ask, wait: Wait) -> None:
        self.ask, self.wait = ask, wait
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Send a page, a file, or news for as long as the browser listens."""
        if not self._is_ours():
            self._send(Answer(HTTPStatus.FORBIDDEN, "text/plain", b""))
            return
        path = unquote(urlsplit(self.path).path).lstrip("/")
        try:
            if path == NEWS:
                self._send_news()
            else:
                self._send(self.ask(path))
        except (ConnectionError, TimeoutError):
            self.close_connection = True  # the reader went on to another page

    do_HEAD = do_GET

    def _is_ours(self) -> bool:
        """Whether the browser asked for this computer: a foreign page could let a name of its own lead here."""
        return (self.headers.get("Host") or "").rpartition(":")[0] in {HOST, "localhost"}

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        if answer.location:
            self.send_header("Location", answer.location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _send_news(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.close_connection = True
        known = ""
        while True:
            name = self.wait(known, PULSE)
            self.wfile.write(f"data: {name}\n\n".encode() if name != known else b": .\n\n")
            self.wfile.flush()
            known = name

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server whose threads end with the program."""

    daemon_threads = True
    block_on_close = False


@contextmanager
def serving(ports: Sequence[int], ask: Ask, wait: Wait) -> Iterator[int]:
    """Serve at the first free port of ``ports``, and give its number; raises `KbpError` when none is free."""
    server = _open(ports, partial(Handler, ask=ask, wait=wait))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def _open(ports: Sequence[int], handler: Callable[..., Handler]) -> Server:
    for port in ports:
        if _is_taken(port):
            continue
        try:
            return Server((HOST, port), handler)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    raise taken_port(ports[0], ports[-1] + 1)


def taken_port(port: int, other: int) -> KbpError:
    """Return what is said when another program has a port, with another one to try (exit 2)."""
    message = text(
        "port {port} sedang dipakai program lain; pilih yang lain, misalnya --port {other}", port=port, other=other
    )
    return KbpError(message)


def _is_taken(port: int) -> bool:
    """Whether another program answers at a port, at whatever address: two at one port would puzzle an editor."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((HOST, port)) == 0
