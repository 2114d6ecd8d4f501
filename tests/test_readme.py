"""What README.md tells a newcomer to type works as it stands there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import TimeoutExpired
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from copies import PROJECT
from running import BIN, kbp, start

from kbp_site.editing.scaffold import create_site
from pictures.screens import SCREENS

README = (PROJECT / "README.md").read_text("utf-8")


def commands() -> Iterator[list[str]]:
    """Yield the words of every command in the blocks of shell."""
    for block in re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            if words := shlex.split(line, comments=True):
                yield words


KBP = [words[1:] for words in commands() if words[0] == "kbp"]
MAKE = [words[1] for words in commands() if words[0] == "make"] + re.findall(r"`make (\w+)`", README)
OTHERS = [words[0] for words in commands() if words[0] not in {"kbp", "make"}]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a new community's site."""
    create_site(tmp_path / "situs")
    return tmp_path / "situs"


def test_every_command_is_one_that_is_tested_here() -> None:
    assert set(OTHERS) <= {"git", "cd", "python3"}
    assert {"check", "build", "init"} <= {words[0] for words in KBP}


SERVED = {"serve": "http://127.0.0.1:8000/", "admin": "http://127.0.0.1:8001/admin/"}
"""Commands that go on until they are interrupted, and where they answer."""


@pytest.mark.parametrize("words", [words for words in KBP if words[0] not in SERVED], ids=" ".join)
def test_a_command_of_the_readme_works(root: Path, words: list[str]) -> None:
    done = kbp(*words, cwd=root)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("words", [words for words in KBP if words[0] in SERVED], ids=" ".join)
def test_a_preview_of_the_readme_answers(root: Path, words: list[str]) -> None:
    with start(BIN / "kbp", *words, cwd=root) as process:
        try:
            while process.poll() is None:
                with suppress(URLError), urlopen(SERVED[words[0]], timeout=20) as answer:
                    assert answer.status == 200
                    break
                with suppress(TimeoutExpired):
                    process.wait(timeout=0.1)
            assert process.poll() is None, process.communicate()
        finally:
            process.kill()


@pytest.mark.parametrize("target", sorted(set(MAKE)))
def test_a_target_of_the_readme_stands_in_the_makefile(target: str) -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    assert re.search(rf"^{re.escape(target)}:.*## ", makefile, re.MULTILINE)


def test_no_folder_keeps_a_target_from_being_made() -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    [listed] = re.findall(r"^\.PHONY: (.*)", makefile, re.MULTILINE)
    assert set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)) <= set(listed.split())


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_a_link_of_the_readme_leads_to_a_file(path: str) -> None:
    assert (PROJECT / path).exists()


@pytest.mark.parametrize("folder", re.findall(r"^\| `([\w/.]+)` \|", README, re.MULTILINE))
def test_a_folder_of_the_readme_is_there(folder: str) -> None:
    assert (PROJECT / folder).is_dir()


def test_the_screens_that_are_shown_are_made_and_light() -> None:
    shown = re.findall(r"pictures/([\w-]+)\.png", README)
    assert sorted(shown) == sorted(SCREENS)
    assert {name for name in shown if not 0 < (PROJECT / "pictures" / f"{name}.png").stat().st_size < 120_000} == set()
