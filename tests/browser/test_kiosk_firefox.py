"""The same visit in Firefox, which gives every page of a stick a storage of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

VISIT = Path(__file__).parent / "firefox" / "visit.mjs"
PROGRAMS = ("firefox-esr", "firefox")


def find_firefox() -> str:
    """Return the browser's path: `KBP_FIREFOX`, or the first that is installed."""
    for name in filter(None, (os.environ.get("KBP_FIREFOX"), *PROGRAMS)):
        if path := shutil.which(name):
            return path
    pytest.fail("No Firefox found: run `make firefox`, or set KBP_FIREFOX to its path.")


def test_a_visit_in_firefox(kiosk: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        ["node", VISIT, find_firefox(), (kiosk / "MULAI.html").as_uri(), tmp_path],
        capture_output=True,
        text=True,
        timeout=100,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert (seen["wrong"], seen["asked"]) == ([], [])
    assert seen["slide"] == "Dengarkan dahulu"
    assert "Start" in seen["start"]
    assert seen["found"] and seen["read"]
    assert "Kunjungan: 1" in seen["staff"] and seen["read"] in seen["staff"]
    assert seen["after"] == ["id", "", True]
    assert seen["kept"] == 1
    with Image.open(tmp_path / "kode.png") as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [seen["out"]]
