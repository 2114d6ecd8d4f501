"""The bill of materials is sound CycloneDX, names all that is shipped, and is the same wherever it is made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from copies import PROJECT
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from kbp_site.editing.bundle import LOCK, RECORD
from kbp_site.site.programs import PAGEFIND
from supply.components import FORM, ROOT, gather
from supply.locks import REQUIREMENTS, read_package_lock, read_requirements, sha512
from supply.sbom import bill_of_materials
from supply.vendored import SHIPPED, read_list

WRITTEN = bill_of_materials(gather())
BILL = json.loads(WRITTEN)
BY_REF: dict[str, Any] = {component["bom-ref"]: component for component in BILL["components"]}


def sums(component: dict[str, Any]) -> set[str]:
    """Return every hash of a component's own, and of the files that may be installed."""
    held = [component, *component.get("externalReferences", ())]
    return {row["content"] for one in held for row in one.get("hashes", ())}


def test_it_is_what_the_schema_of_cyclonedx_asks_for() -> None:
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(WRITTEN) is None
    assert validator.validate_str(bill_of_materials({}).replace('"application"', '"book"')) is not None


def test_the_program_says_of_itself_what_its_package_says() -> None:
    said = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    told = BILL["metadata"]["component"]
    assert (told["name"], told["licenses"]) == (said["name"], [{"expression": said["license"]}])
    assert "THIRD-PARTY.md" in said["license-files"]


@pytest.mark.parametrize("lock", ["site", "cluster", "print", "zim"])
def test_every_pinned_package_is_in_it_with_every_hash(lock: str) -> None:
    required = {pin.name for pin in read_requirements(REQUIREMENTS / "site.txt")}
    for pin in read_requirements(REQUIREMENTS / f"{lock}.txt"):
        component = BY_REF[f"pkg:pypi/{pin.name}@{pin.version}"]
        scope = "required" if pin.name in required else "optional"
        assert (sums(component), component["scope"]) == (set(pin.hashes), scope)


def test_every_package_of_the_form_is_in_it() -> None:
    for folder, row in read_package_lock(LOCK).items():
        name = folder.rpartition("node_modules/")[2].replace("@", "%40")
        component = BY_REF.get(f"pkg:npm/{name}@{row['version']}")
        assert (component is None) if row.get("dev") else (component and sums(component) == {sha512(row)}), folder


def test_every_file_that_is_shipped_is_in_it() -> None:
    files = {file["name"]: sums(file) for component in BY_REF.values() for file in component.get("components", ())}
    vendored = {row.path.relative_to(PROJECT).as_posix(): row.sha256 for folder in SHIPPED for row in read_list(folder)}
    bundled: dict[str, str] = json.loads(RECORD.read_bytes())["sha256"]
    assert files == {name: {digest} for name, digest in {**vendored, **bundled, **PAGEFIND}.items()}


def test_everything_is_needed_by_something() -> None:
    needs = {row["ref"]: row["dependsOn"] for row in BILL["dependencies"]}
    reached, waiting = set(), [ROOT]
    while waiting:
        if (ref := waiting.pop()) not in reached:
            reached.add(ref)
            waiting += needs[ref]
    assert reached == {ROOT, *BY_REF} == set(needs)
    assert "pkg:pypi/markupsafe@3.0.4" in needs["pkg:pypi/jinja2@3.1.6"]
    assert needs[FORM] == ["pkg:npm/%40sveltia/cms@0.221.1", "pkg:npm/yaml@2.8.3"]
    assert "pkg:npm/css-tree@2.2.1" in needs["pkg:npm/csso@5.0.5"]


def test_it_tells_no_time_and_is_the_same_in_another_process(tmp_path: Path) -> None:
    script = "from supply.components import gather\nfrom supply.sbom import bill_of_materials\n"
    around = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(PROJECT), "TZ": "Asia/Jayapura"}
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", f"{script}print(bill_of_materials(gather()), end='')"],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env=around,
    )
    assert done.stdout.decode() == WRITTEN
    assert "timestamp" not in BILL["metadata"]
