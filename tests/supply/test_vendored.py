"""Every file of others is listed with version, licence and SHA-256, is what its list says, and lies where one is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from copies import PROJECT

from kbp_site.editing.bundle import BUNDLE
from supply.vendored import FOR_TESTS, SHIPPED, find_faults, read_list

FOLDERS = (*SHIPPED, *FOR_TESTS)
FOREIGN = ("*.ttf", "*.otf", "*.woff", "*.woff2", "*.wasm", "*.min.js", "*.min.css")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_vendored_files_are_what_their_list_says(folder: Path) -> None:
    assert read_list(folder)
    assert list(find_faults(folder)) == []


def test_fonts_and_packed_programs_lie_nowhere_else() -> None:
    places = [PROJECT / "kbp_site", PROJECT / "docs", PROJECT / "content", PROJECT / "tests" / "browser"]
    found = [path for place in places for pattern in FOREIGN for path in place.rglob(pattern)]
    known = {*FOLDERS, BUNDLE, BUNDLE / "assets"}
    assert len(found) > 8
    assert [path for path in found if "node_modules" not in path.parts and path.parent not in known] == []


def test_a_list_stands_wherever_a_readme_names_sums() -> None:
    lists = [
        path.parent for path in (PROJECT / "kbp_site").rglob("README.md") if "| SHA-256 |" in path.read_text("utf-8")
    ]
    assert sorted(path for path in lists if "node_modules" not in path.parts) == sorted(SHIPPED)


def test_a_changed_a_missing_and_a_strange_file_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "vendored"
    shutil.copytree(SHIPPED[0], folder)
    with (folder / "qrcode.js").open("a") as file:
        file.write("\n")
    (folder / "minisearch.js").unlink()
    (folder / "minisearch-LICENSE.txt").unlink()
    (folder / "more.js").write_text("alert(1)", encoding="utf-8")
    assert list(find_faults(folder)) == [
        "not listed: more.js",
        "not there: minisearch-LICENSE.txt",
        "not there: minisearch.js",
        "not the bytes of qrcode-generator 2.0.4: qrcode.js",
    ]


def test_a_row_that_says_too_little_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("| `a.js` | `a` on npm | 1.0 | | `00` |\n", encoding="utf-8")
    with pytest.raises(ValueError, match="cannot be read"):
        read_list(tmp_path)
