"""The list of guards cannot rot: each still stands where the list says, and its tests are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from copies import PROJECT
from jinja2 import Environment
from mutate import Mutant, judge, read_mutants

MUTANTS = read_mutants()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.id)
def test_a_guard_stands_once_and_its_tests_are_there(mutant: Mutant) -> None:
    written = (PROJECT / mutant.file).read_text(encoding="utf-8")
    assert written.count(mutant.old) == 1 and mutant.old != mutant.new
    turned = written.replace(mutant.old, mutant.new)
    if mutant.file.endswith(".py"):
        compile(turned, mutant.file, "exec")
    else:
        Environment().parse(turned)
    assert mutant.tests
    for test in mutant.tests:
        path, _, name = test.partition("::")
        assert re.search(
            rf"^def {name.partition('[')[0] or 'test_'}", (PROJECT / path).read_text("utf-8"), re.MULTILINE
        )


def test_every_promise_has_mutants_with_names_of_their_own() -> None:
    assert len({mutant.id for mutant in MUTANTS}) == len(MUTANTS) >= 40
    assert {mutant.promise for mutant in MUTANTS} == set(range(1, 11))


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("return 1", "return 2", "killed"),
        ("return 1", "return 1 + 0", "survived"),
        ("return 1", "return (", "pytest ended with 2"),
        ("return 3", "return 4", "x: `old` stands 0 times in one.py"),
    ],
)
def test_what_comes_of_a_mutant(tmp_path: Path, old: str, new: str, verdict: str) -> None:
    (tmp_path / "one.py").write_text("def one():\n    return 1\n", encoding="utf-8")
    (tmp_path / "test_one.py").write_text(
        "from one import one\n\n\ndef test_one():\n    assert one() == 1\n", encoding="utf-8"
    )
    mutant = Mutant("x", 1, "one.py", old, new, ("test_one.py",))
    assert judge(tmp_path, mutant) == verdict
    assert (tmp_path / "one.py").read_text("utf-8") == "def one():\n    return 1\n"
