"""What SECURITY.md promises is held and tested where it says."""

from __future__ import annotations

import re

from copies import PROJECT
from mutants.mutate import read_mutants

SAID = (PROJECT / "SECURITY.md").read_text(encoding="utf-8")
ROWS = {int(number): rest for number, rest in re.findall(r"^\| (\d+) \|(.+)\|$", SAID, re.MULTILINE)}


def named(number: int) -> tuple[set[str], set[str]]:
    """Return the files that hold a promise, and the tests of it, as they are named."""
    _, held, tested = ROWS[number].split("|")
    return set(re.findall(r"`([^`]+)`", held)), set(re.findall(r"`([^`]+)`", tested))


def test_every_promise_names_guards_that_a_mutant_tries() -> None:
    mutants = read_mutants()
    assert set(ROWS) == {mutant.promise for mutant in mutants}
    for number in ROWS:
        held, tested = named(number)
        guards = [mutant for mutant in mutants if mutant.promise == number]
        assert held & {mutant.file for mutant in guards}, number
        assert tested & {test.partition("::")[0] for mutant in guards for test in mutant.tests}, number


def test_what_it_names_is_there() -> None:
    named_files = re.findall(r"`([\w/.-]+\.(?:py|toml|md|yml)|(?:tests|requirements)/[\w/]*)`", SAID)
    assert len(named_files) > 30
    assert [name for name in named_files if not (PROJECT / name).exists()] == []


def test_readers_of_the_project_find_it() -> None:
    assert all("](SECURITY.md)" in (PROJECT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md"))
