"""The form is served on this computer, or stands beside a site that asks for it."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

import pytest
from copies import copy_site
from running import BIN, DAY, free_port, kbp, mkdocs, start
from trees import read_tree

from kbp_site.content.load import load
from kbp_site.content.problems import KbpError
from kbp_site.editing.admin import FormHandler, FormServer, explanation, form_files, form_wanted, serve_form


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the smallest site, which asks for the form."""
    root = copy_site("minimal", tmp_path / "akar")
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("  - kbp\n", "  - kbp:\n      admin: true\n"), "utf-8")
    return root


@pytest.fixture
def port(root: Path) -> Iterator[int]:
    """Serve a site's form."""
    files = form_files(load(root, today=date.fromisoformat(DAY)).library)
    server = FormServer(("127.0.0.1", 0), partial(FormHandler, files=files))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_form_is_served_until_it_is_ended(root: Path) -> None:
    with start(BIN / "kbp", "--root", root, "admin", "--port", free_port()) as process:
        assert process.stdout is not None and "/admin/" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/", 302, None),
        ("/admin", 302, None),
        ("/admin/", 200, "text/html"),
        ("/admin/main.js", 200, "text/javascript"),
        ("/admin/config.json?_=1", 200, "application/json"),
        ("/admin/assets/webp_enc-BpZvKflB.wasm", 200, "application/wasm"),
        ("/content/site.yml", 404, None),
        ("/admin/../../content/site.yml", 404, None),
    ],
)
def test_the_form_is_served_and_nothing_else(port: int, path: str, status: int, kind: str | None) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == status
    assert kind is None or answer.headers["Content-Type"] == kind
    connection.close()


def test_an_editor_is_told_what_to_do_and_what_is_missing(root: Path) -> None:
    said = [sentence.say("id") for sentence in explanation(root, 8001)]
    assert "http://127.0.0.1:8001/admin/" in said[0]
    assert str(root.resolve()) in said[1]
    assert "git init" in said[-1]
    (root / ".git").mkdir()
    assert len(explanation(root, 8001)) == len(said) - 1


def test_a_site_whose_records_are_faulty_has_a_form_too(root: Path) -> None:
    (root / "content" / "site.yml").write_text("title: [", "utf-8")
    files = form_files(load(root, today=date.fromisoformat(DAY)).library)
    assert json.loads(files["admin/config.json"])["app_title"] == "Formulir catatan"


def test_a_site_has_a_form_when_it_asks_for_one(root: Path) -> None:
    """Apart from its own folder, nothing of the site speaks of it but the worker, which leaves it alone."""
    assert kbp("--root", root, "build", "--today", DAY, "--out", root / "a").returncode == 0
    built = read_tree(root / "a")
    own = {name for name in built if name.startswith("admin/")}
    assert {"admin/index.html", "admin/main.js", "admin/config.json", "admin/LICENSES.txt"} <= own
    others = {name: data for name, data in built.items() if name not in own}
    assert [name for name, data in others.items() if b"admin/" in data] == [".htaccess", "_headers", "sw.js"]
    assert b'"aside":["admin/"]' in built["sw.js"].replace(b": ", b":")
    made = mkdocs("build", "-q", "-f", root / "mkdocs.yml", "-d", root / "b")
    assert made.returncode == 0, made.stderr
    assert read_tree(root / "b") == built


def test_a_site_that_does_not_ask_has_none(tmp_path: Path) -> None:
    assert form_wanted(copy_site("minimal", tmp_path / "akar")) is None


def test_a_port_that_another_program_has_is_told_with_another(root: Path, port: int) -> None:
    with pytest.raises(KbpError, match=f"port {port} .* --port {port + 1}"):
        serve_form(root, port=port, today=date(2026, 11, 23), tell=lambda sentence: None)
