"""The preview on this computer: what it answers, and how it ends."""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from pathlib import Path
from subprocess import Popen, TimeoutExpired
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from copies import write_fault
from running import BIN, kbp, start

from kbp_site.content.problems import ExitCode


def free_port() -> str:
    """Return a port that nothing uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def answer_of(process: Popen[str], address: str) -> bytes:
    """Return the first page as soon as the process answers; it must not end before."""
    while process.poll() is None:
        try:
            with urlopen(address, timeout=20) as answer:
                page: bytes = answer.read()
                return page
        except URLError:
            # Nothing listens yet: the first build is still going on.
            with suppress(TimeoutExpired):
                process.wait(timeout=0.1)
    raise AssertionError(process.communicate())


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 0)])
def test_a_site_is_served_until_it_is_ended(minimal: Path, number: signal.Signals, code: int) -> None:
    port = free_port()
    with start(BIN / "kbp", "--root", minimal, "serve", "--port", port) as process:
        assert b"KBP Contoh" in answer_of(process, f"http://127.0.0.1:{port}/")
        process.send_signal(number)
        _, err = process.communicate(timeout=20)
    assert process.returncode == code
    assert "Traceback" not in err


def test_content_with_errors_is_not_served(minimal: Path) -> None:
    write_fault(minimal)
    done = kbp("--root", minimal, "serve", "--port", free_port())
    assert done.returncode == ExitCode.CONTENT
    assert "galat[K205]" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_preview_speaks_the_language_that_was_asked_for(minimal: Path) -> None:
    write_fault(minimal)
    done = kbp("--lang", "en", "--root", minimal, "serve", "--port", free_port())
    assert "error[K205]" in done.stderr


def test_a_port_in_use_is_told(minimal: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = kbp("--root", minimal, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == ExitCode.SYSTEM
    assert "port itu sedang dipakai" in done.stderr
    assert "Traceback" not in done.stderr
