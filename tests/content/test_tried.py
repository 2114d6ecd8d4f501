"""The list of what is tried cannot rot: every case and test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

TESTS = Path(__file__).parents[1]
TRIED: dict[str, dict[str, list[str]]] = yaml.safe_load((TESTS / "cases" / "tried.yml").read_text(encoding="utf-8"))
ROWS = [(f"{part}: {what}", where) for part, rows in TRIED.items() for what, where in rows.items()]


@pytest.mark.parametrize(("what", "where"), ROWS, ids=[what for what, _ in ROWS])
def test_what_is_tried_is_there(what: str, where: list[str]) -> None:
    assert where and len(set(where)) == len(where), what
    for name in where:
        path, _, test = name.partition("::")
        if test:
            assert re.search(rf"^def {test}\(", (TESTS / path).read_text(encoding="utf-8"), re.MULTILINE), name
        else:
            assert [*(TESTS / "cases").glob(f"{path}.*")], name
