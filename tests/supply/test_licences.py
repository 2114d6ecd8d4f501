"""No licence is unknown, none comes that may not, and the page that lists them is up to date."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, metadata

import pytest
from packaging.markers import Marker

from kbp_site.editing.bundle import LOCK
from supply.__main__ import PAGE
from supply.components import LICENCES, Component, File, gather
from supply.licences import find_unwanted, may_come
from supply.locks import read_package_lock
from supply.packed import SVELTIA, find_packed
from supply.third_party import third_party

GROUPS = gather()
PYTHON = [component for title, group in GROUPS.items() if "Python" in title for component in group]
CLASSIFIED = {
    "MIT License": "MIT",
    "BSD": "BSD-",
    "BSD License": "BSD-",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0",
}
"""What a package without an expression of SPDX says of itself, and what then stands in ours."""


def test_every_licence_is_known_and_may_come() -> None:
    assert list(find_unwanted(GROUPS)) == []


@pytest.mark.parametrize(
    ("licence", "extra", "may"),
    [
        ("MIT", "", True),
        ("", "", False),
        ("UNKNOWN", "", False),
        ("GPL-3.0-or-later", "", False),
        ("GPL-3.0-or-later", "zim", True),
        ("AGPL-3.0-only", "zim", False),
        ("MIT AND GPL-3.0-or-later", "", False),
        ("GPL-3.0-or-later OR MIT", "", True),
        ("(GPL-3.0-or-later OR MIT) AND SSPL-1.0", "", False),
    ],
)
def test_which_licences_may_come(licence: str, extra: str, may: bool) -> None:
    assert may_come(licence, extra) is may


def test_an_unknown_package_and_a_file_of_another_licence_are_told() -> None:
    new = Component("pkg:pypi/new@1", "new", "1", "")
    strange = replace(new, licence="MIT", files=(File("x.wasm", "0" * 64, "GPL-2.0-only"),))
    assert list(find_unwanted({"": [new, strange]})) == ["new 1: unknown", "new 1, x.wasm: GPL-2.0-only"]


@pytest.mark.parametrize("component", PYTHON, ids=lambda component: f"{component.name} {component.version}")
def test_what_is_noted_is_what_the_package_says(component: Component) -> None:
    try:
        said = metadata(component.name)
    except PackageNotFoundError:
        if component.marker and not Marker(component.marker).evaluate():
            pytest.skip(f"nothing of it comes here: {component.marker}")
        pytest.fail("it is not installed: run `make test`")
    if expression := said.get("License-Expression"):
        assert component.licence == expression
        return
    classifiers = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or () if one.startswith("License")]
    if classifiers:
        assert all(CLASSIFIED[one] in component.licence for one in classifiers)
    else:
        assert component.licence.startswith(CLASSIFIED.get(said["License"], said["License"]))


def test_no_note_is_left_over() -> None:
    assert set(LICENCES["python"]) == {component.name for component in PYTHON}
    shipped = [file.licence for group in GROUPS.values() for component in group for file in component.files]
    assert set(LICENCES["files"].values()) <= set(shipped)


def test_what_sveltia_packed_is_noted_for_the_version_that_is_bundled() -> None:
    rows = read_package_lock(LOCK)
    assert LICENCES["sveltia"]["version"] == rows["node_modules/@sveltia/cms"]["version"], "see CONTRIBUTING.md"
    assert all(re.fullmatch(r"(@[\w-]+/)?[\w-]+@[\d.]+", package) for package in LICENCES["sveltia"]["packed"])


@pytest.mark.skipif(not SVELTIA.is_dir(), reason="the form's packages are installed only to bundle it anew")
def test_what_sveltia_packed_is_what_its_source_maps_name() -> None:
    ours = {
        f"{folder.removeprefix('node_modules/')}@{row['version']}" for folder, row in read_package_lock(LOCK).items()
    }
    assert find_packed() - ours == set(LICENCES["sveltia"]["packed"])


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == third_party(GROUPS), "renew it: make sbom"
