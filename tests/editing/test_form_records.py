"""What the form saves: the record as it stood, but for what an editor changed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from copies import PROJECT, TESTS

SCRIPT = Path(__file__).parent / "form_records.mjs"
SOUND = [path for root in (PROJECT, TESTS / "sites" / "full") for path in sorted(root.glob("content/**/*.yml"))]
RECORD = """\
# Diketik ulang dari buku tamu.
title: Mediasi  # sementara
date: 2006
code: 62.10
# Dua tempat, urut kunjungan.
places:
  - a
  - b
guardian: no

process: >
  Satu baris
  yang dilipat.
"""
CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "nothing": (RECORD, {}, RECORD),
    "one field": (RECORD, {"date": "2006-08"}, RECORD.replace("2006", "2006-08")),
    "a field with a comment above": (
        RECORD,
        {"places": ["a", "c"]},
        RECORD.replace("places:\n  - a\n  - b\n", "places: [a, c]\n"),
    ),
    "a field that is emptied": (RECORD, {"guardian": ""}, RECORD.replace("guardian: no\n", "")),
    "a field that is new": (RECORD, {"outcome": "solved"}, RECORD + "outcome: solved\n"),
    "a text of several lines": (
        RECORD,
        {"process": "Satu.\n\n- dua: tiga"},
        RECORD.replace(">\n  Satu baris\n  yang dilipat.\n", "|\n  Satu.\n\n  - dua: tiga\n"),
    ),
    "words that YAML would type": (
        "title: A\nstatus: draft\n",
        {"title": "no", "also": ["12:30", "1.000", "~", "# x", "a: b", "true"]},
        'title: no\nstatus: draft\nalso:\n  - 12:30\n  - 1.000\n  - ~\n  - "# x"\n  - "a: b"\n  - true\n',
    ),
    "a number and an answer of the form": (
        "title: A\nstatus: draft\n",
        {"order": 3, "guardian": False, "note": None, "photos": [{"file": "a.jpg", "caption": ""}, {}]},
        "title: A\nstatus: draft\norder: 3\nguardian: false\nphotos:\n  - file: a.jpg\n",
    ),
    "line ends of Windows": ("title: A\r\nstatus: draft\r\n", {"title": "B"}, "title: B\nstatus: draft\n"),
    "another record altogether": (
        RECORD,
        {"title": "Lain", "date": "2026", "code": "", "places": ["x"], "guardian": "", "process": "Baru."},
        "title: Lain\ndate: 2026\nplaces: [x]\nprocess: Baru.\n",
    ),
}


@pytest.fixture(scope="module")
def saved() -> dict[str, str]:
    """Run the form's own code once over all cases and all sound records, each left as it is."""
    node = shutil.which("node")
    assert node, "Node.js is not there: run `make node`"
    rows = {name: [text, changes] for name, (text, changes, _) in CASES.items()}
    rows |= {str(path): [path.read_text("utf-8"), {}] for path in SOUND}
    words = json.dumps([*rows.values()])
    run = subprocess.run([node, SCRIPT], input=words, capture_output=True, encoding="utf-8", timeout=60)
    assert run.returncode == 0, run.stderr
    return dict(zip(rows, json.loads(run.stdout), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_what_is_saved(saved: dict[str, str], name: str) -> None:
    assert saved[name] == CASES[name][2]


def test_a_record_that_nobody_changed_is_as_it_was(saved: dict[str, str]) -> None:
    assert len(SOUND) > 100
    assert [path for path in SOUND if saved[str(path)] != path.read_text("utf-8")] == []
