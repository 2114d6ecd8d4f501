"""Another machine, all at once: user, home, path, clock, zone, language, processors, rights; and no network at all."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from copies import TESTS, copy_site
from running import Words, run

HOME = TESTS / "elsewhere"
YEARS = 3 * 365 * 86400
PROXY = "http://127.0.0.1:9"
"""Where nothing listens: whoever asks a proxy is counted too."""


@dataclass(frozen=True)
class Outcome:
    """How a program ended on another machine, and which connections were asked for in it: Python's, then all."""

    done: subprocess.CompletedProcess[str]
    connections: tuple[str, ...]
    namespace: str
    asked: int


def elsewhere(root: Path, *words: Words) -> Outcome:
    """Run a program on another machine whose site lies at ``root``; one that asks for a network gets none.

    Without a namespace (``Outcome.namespace`` is empty) the kernel counts what others of this machine ask for too, so
    that only what Python asked for can be judged.
    """
    place = root.parent.parent
    report, connections = place / "laporan.json", place / "sambungan.txt"
    connections.unlink(missing_ok=True)
    changes = {
        "PYTHONPATH": os.pathsep.join([str(HOME), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "KBP_TEST_SHIFT": str(YEARS),
        "KBP_TEST_CONNECTIONS": str(connections),
        "SOURCE_DATE_EPOCH": None,
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "ar_EG.UTF-8",
        "HOME": str(place / "rumah"),
        "TMPDIR": str(place),
        "COLUMNS": "40",
        **dict.fromkeys(("USER", "LOGNAME", "HOSTNAME"), "orang lain"),
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"), PROXY),
    }
    program = [sys.executable, HOME / "cut_off.py", report, *words]
    done = run(*program, cwd=place, environment=changes, first=keep_to_oneself)
    told = json.loads(report.read_text("ascii"))
    lines = connections.read_text("utf-8").splitlines() if connections.exists() else []
    return Outcome(done, tuple(lines), told["namespace"], told["asked"] if told["namespace"] else 0)


def keep_to_oneself() -> None:
    """Let nobody else read what is made."""
    os.umask(0o077)


def is_cut_off(place: Path) -> bool:
    """Whether programs can be cut off from the network here, so that the kernel counts what all of them ask for."""
    (place / "a" / "akar").mkdir(parents=True)
    return bool(elsewhere(place / "a" / "akar", "true").namespace)


def copy_elsewhere(name: str, folder: Path) -> Path:
    """Copy a small site as another machine has it: elsewhere, made in another order, at times to come and gone."""
    original = copy_site(name, folder / "asli")
    root = folder / "Orang lain" / "situs é 漢 #1" / "akar"
    times = random.Random(4711)
    for path in sorted((path for path in original.rglob("*") if path.is_file()), reverse=True):
        target = root / path.relative_to(original)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        os.utime(target, (times.randrange(2**33), times.randrange(2**33)))
    shutil.rmtree(original)
    return root
