"""Every case of `tests/cases` gives its problems, all of them and no others, where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from kbp_site.content.load import load
from kbp_site.content.personal import find
from kbp_site.content.problems import Problem, has_errors, print_text

CASES = Path(__file__).parents[1] / "cases"
FILES = sorted(path for path in CASES.glob("*/*.yml") if path.parent.name != "guard")
CONTENT = Path(__file__).parents[2] / "kbp_site" / "content"
TODAY = date(2026, 11, 23)
KEYS = {"files", "remove", "today", "problems", "says", "mends", "typed"}


def read_case(path: Path) -> dict[str, Any]:
    """Return a case: files over the base site, and the problems that are expected."""
    case: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(case) <= KEYS, f"{path.name}: {set(case) - KEYS}"
    return case


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path, write_site: Callable[..., Path], row_of: Callable[[Problem], str]) -> None:
    case = read_case(path)
    loaded = load(write_site(case.get("files", {}), remove=case.get("remove", ())), today=case.get("today", TODAY))
    assert [row_of(problem) for problem in loaded.problems] == case["problems"]
    said = print_text(loaded.problems, "id")
    for words in case.get("says", ()):
        assert words in said


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_problem_shows_what_it_is_about_and_no_personal_data(path: Path, write_site: Callable[..., Path]) -> None:
    case = read_case(path)
    loaded = load(write_site(case.get("files", {}), remove=case.get("remove", ())), today=case.get("today", TODAY))
    for problem in loaded.problems:
        said = problem.message.say("id")
        assert said and "{" not in problem.message.template.format_map(Anything())
        assert problem.line >= 1 and problem.column >= 1 and problem.width >= 1
        assert problem.code in {"K503"} or not find(said), said
        assert not find(problem.excerpt), problem.excerpt


class Anything(dict[str, str]):
    """Fills any named place of a sentence."""

    def __missing__(self, key: str) -> str:
        return ""


def codes_in(path: Path) -> set[str]:
    return set(re.findall(r'"(K\d{3})"', path.read_text(encoding="utf-8")))


def test_every_code_of_the_content_floor_has_a_case() -> None:
    raised = set().union(*(codes_in(path) for path in CONTENT.rglob("*.py")))
    shown = {row.removesuffix(" w")[-4:] for path in FILES for row in read_case(path)["problems"]}
    assert raised == shown


def test_every_area_has_cases_that_give_problems_and_accepted_ones_give_no_error() -> None:
    areas = {path.parent.name for path in FILES}
    assert areas == {"file", "field", "reference", "sense", "people", "media", "accepted", "slips"}
    for path in FILES:
        if path.parent.name == "accepted":
            assert all(row.endswith(" w") for row in read_case(path)["problems"]), path.name


def test_the_base_site_is_sound(write_site: Callable[..., Path]) -> None:
    loaded = load(write_site({}), today=TODAY)
    assert not has_errors(loaded.problems)
    assert loaded.library is not None and len(loaded.library.public) == 5
