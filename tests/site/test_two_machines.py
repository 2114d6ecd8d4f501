"""Two machines that differ in everything make the same site, and neither asks for a network."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from machines import copy_elsewhere, elsewhere
from running import BIN, DAY
from trees import first_difference, read_tree

ASKING = """
import os, socket, subprocess, sys, time, urllib.request
assert time.gmtime().tm_year >= 2029, time.gmtime()
print(os.getuid(), os.sched_getaffinity(0))
for ask in (
    lambda: socket.create_connection(("192.0.2.1", 80), timeout=0.1),
    lambda: socket.getaddrinfo("contoh.invalid", 80),
    lambda: urllib.request.urlopen("http://contoh.invalid/", timeout=0.1),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 9)),
):
    try:
        ask()
    except OSError:
        pass
if sys.argv[1:]:
    sys.exit(subprocess.call([sys.executable, "-c", sys.argv[1]]))
"""


def test_every_connection_is_counted(tmp_path: Path) -> None:
    root = tmp_path / "a" / "akar"
    root.mkdir(parents=True)
    found = elsewhere(root, sys.executable, "-c", ASKING, ASKING)
    assert found.done.returncode == 0, found.done.stderr
    assert [line.partition(" ")[0] for line in found.connections].count("socket.sendto") == 2, "children count too"
    assert {line.partition(" ")[0] for line in found.connections} == {
        "socket.connect",
        "socket.getaddrinfo",
        "socket.sendto",
    }
    assert any("'127.0.0.1', 9" in line for line in found.connections), "whoever asks the proxy is counted"
    if found.namespace:
        assert found.asked >= 4
        other = elsewhere(root, "bash", "-c", "echo > /dev/udp/192.0.2.1/9; echo > /dev/tcp/127.0.0.1/80")
        assert not other.connections and other.asked == 2, "programs that are not Python's count too"
    if "user" in found.namespace:
        assert found.done.stdout.startswith("4711 ")


@pytest.mark.parametrize("words", [("check",), ("build", "--today", DAY, "--jobs", "3")], ids=lambda words: words[0])
def test_two_machines_make_the_same_site(words: tuple[str, ...], built: Path, tmp_path: Path) -> None:
    root = copy_elsewhere("full", tmp_path)
    found = elsewhere(root, BIN / "kbp", "--root", root, *words)
    assert found.done.returncode == 0, found.done.stderr
    assert (found.connections, found.asked) == ((), 0)
    if words[0] == "build":
        assert first_difference(read_tree(built), read_tree(root / "site")) == ""
        rights = {path.stat().st_mode & 0o777 for path in (root / "site").rglob("*")}
        assert rights == {0o644, 0o755}
