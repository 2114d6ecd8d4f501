"""Every lock holds each package by version and hash, none below a known fix, and no installation goes around it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from copies import PROJECT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from supply.locks import REQUIREMENTS, package_locks, read_package_lock, read_requirements

PINNED = sorted(REQUIREMENTS.glob("*.txt"))
LOCKS = list(package_locks())
FIXED = {
    "jinja2": "3.1.6",
    "markdown": "3.8.1",
    "mkdocs-material": "9.7.7",
    "pillow": "12.3.0",
    "pymdown-extensions": "11.0.2",
}
"""The first version of each without the flaws that are known."""


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.name)
def test_every_python_package_is_pinned_by_hash(path: Path) -> None:
    pins = read_requirements(path)
    written = path.read_text("utf-8")
    assert len(pins) == len(re.findall(r"^[^\s#]", written, re.MULTILINE)) > 0
    assert sum(len(pin.hashes) for pin in pins) == written.count("--hash=")
    assert all(pin.needed_by for pin in pins)
    assert "://" not in written


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.parent.name)
def test_every_package_of_npm_is_pinned_by_hash_and_names_no_registry(path: Path) -> None:
    assert read_package_lock(path)


def test_all_locks_are_looked_at() -> None:
    assert {path.name for path in PINNED} == {"bench.txt", "cluster.txt", "dev.txt", "print.txt", "site.txt", "zim.txt"}
    locks = {path.parent.relative_to(PROJECT).as_posix() for path in LOCKS}
    makefile = (PROJECT / "Makefile").read_text("utf-8").replace("$(FORM)", "kbp_site/editing/form_app")
    assert locks == set(re.findall(r"npm ci --prefix (\S+)", makefile))


@pytest.mark.parametrize(
    "line",
    [
        "jinja2>=3.1.6 --hash=sha256:" + "0" * 64,
        "jinja2==3.1.6",
        "jinja2==3.1.6 --hash=md5:" + "0" * 32,
        "jinja2 @ https://example.org/jinja2.whl --hash=sha256:" + "0" * 64,
        "--index-url https://example.org/simple",
        "-e .",
    ],
)
def test_what_is_not_pinned_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "site.txt"
    path.write_text(f"click==8.5.1 \\\n    --hash=sha256:{'1' * 64}\n    # via mkdocs\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not an exact version with hashes"):
        read_requirements(path)


@pytest.mark.parametrize("rest", ['"version": "1.0.0"', f'"integrity": "sha512-{"A" * 86}==", "resolved": "x"'])
def test_a_package_of_npm_without_hash_or_with_an_address_is_refused(tmp_path: Path, rest: str) -> None:
    path = tmp_path / "package-lock.json"
    path.write_text(f'{{"packages": {{"": {{}}, "node_modules/a": {{{rest}}}}}}}', encoding="utf-8")
    with pytest.raises(ValueError, match="node_modules/a"):
        read_package_lock(path)


@pytest.mark.parametrize(("name", "version"), FIXED.items())
def test_known_flaws_are_mended_in_what_is_pinned_and_in_what_is_asked_for(name: str, version: str) -> None:
    pinned = [pin.version for path in PINNED for pin in read_requirements(path) if pin.name == name]
    assert pinned and min(map(Version, pinned)) >= Version(version)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    [asked] = [one for one in map(Requirement, project["dependencies"]) if canonicalize_name(one.name) == name]
    [least] = asked.specifier
    assert least.operator in {">=", "=="} and Version(least.version) >= Version(version)


def test_nothing_is_installed_around_the_locks() -> None:
    files = [PROJECT / "Makefile", PROJECT / ".gitlab-ci.yml", *(PROJECT / ".github" / "workflows").glob("*.yml")]
    lines = [line.strip() for path in files for line in path.read_text("utf-8").splitlines()]
    pip = [line for line in lines if "pip install" in line]
    allowed = re.compile(
        r"--require-hashes -r requirements/\w+\.txt$|--no-deps --no-build-isolation -e \.$"
        r"|^\.\./(terbaru|audit)/bin/python -m pip install [^/]+$"  # a folder beside, where the newest is tried
    )
    assert len(pip) > 6 and [line for line in pip if not allowed.search(line)] == []
    npm = [line for line in lines if re.search(r"\bnpm (ci|install|i)\b", line)]
    assert len(npm) == 4 and all("npm ci" in line and "--ignore-scripts" in line for line in npm)
