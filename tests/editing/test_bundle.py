"""The form's program is used only as it was recorded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.editing import bundle
from kbp_site.editing.bundle import APP, BUNDLE, RECORD, read_bundle, record


def test_the_record_is_up_to_date() -> None:
    assert BUNDLE.is_dir(), "The form's program is not there: run `make vendor`"
    renew = "python -m kbp_site.editing.bundle > kbp_site/editing/form_app/bundle.json"
    assert json.loads(RECORD.read_bytes()) == record(), f"renew it: {renew}"


def test_versions_and_licences_are_recorded() -> None:
    packages = json.loads(RECORD.read_bytes())["packages"]
    assert packages["@sveltia/cms"] == {"version": "0.221.1", "licence": "MIT"}
    assert set(packages) == {"@sveltia/cms", "yaml", "esbuild"}
    licences = (BUNDLE / "LICENSES.txt").read_text("utf-8")
    assert "@sveltia/cms 0.221.1 (MIT)" in licences and "yaml 2.8.3 (ISC)" in licences


def test_a_form_has_what_it_needs() -> None:
    files = read_bundle()
    assert {"index.html", "main.js", "LICENSES.txt"} <= set(files)
    assert not [name for name in files if name.endswith(".map")]
    assert sum(map(len, files.values())) < 11_000_000


def test_another_program_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = tmp_path / "bundle"
    shutil.copytree(BUNDLE, copied)
    monkeypatch.setattr(bundle, "BUNDLE", copied)
    assert read_bundle()
    (copied / "main.js").write_text("alert(1)", "utf-8")
    with pytest.raises(KbpError, match="bukan yang tercatat") as caught:
        read_bundle()
    assert caught.value.exit_code == ExitCode.SYSTEM
    shutil.rmtree(copied)
    with pytest.raises(KbpError, match="make vendor"):
        read_bundle()


def test_our_part_of_the_program_is_what_lies_here() -> None:
    assert (BUNDLE / "index.html").read_bytes() == (APP / "index.html").read_bytes()
