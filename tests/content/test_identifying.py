"""A paragraph that points at one person is told; one about many, or about an office, is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kbp_site.content.checks.identifying import pointing
from kbp_site.content.load import Loaded
from kbp_site.content.problems import Problem

CASES = Path(__file__).parents[1] / "cases" / "privacy"
BASE = "title: Rapat\nsummary: Rapat warga.\nstatus: published\ndate: 2006\n"


def paragraphs(name: str) -> list[str]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


@pytest.mark.parametrize("paragraph", paragraphs("pointing.txt"))
def test_what_points_at_one_person(paragraph: str) -> None:
    assert pointing(paragraph) is not None


@pytest.mark.parametrize("paragraph", paragraphs("not-pointing.txt"))
def test_what_points_at_nobody(paragraph: str) -> None:
    assert pointing(paragraph) is None


@pytest.mark.parametrize(
    ("fields", "rows"),
    [
        ("kind: mediation\nprocess: Ibu Siti membuka rapat.\n", ["6:10 K506 w"]),
        ("kind: mediation\nparties: [Warga, Bapak Budi]\nprocess: Rapat.\n", ["6:18 K506 w"]),
        ("kind: mediation\nparties: [Bapak Camat]\nprocess: Rapat.\n", []),
        ("kind: other\nprocess: Ibu Siti membuka rapat.\n", []),
        ("kind: other\nprocess: |\n  Ibu Siti membuka rapat.\n\n  Seorang warga sakit.\n", []),
        ("kind: other\nprocess: |\n  Rapat dibuka.\n\n  Ibu Siti, yang sakit, datang.\n", ["9:3 K506 w"]),
        ("kind: other\nprocess: Rapat.\ncredits: {author: Ibu Siti, editor: Pak Budi}\n", []),
        ("kind: other\nstatus: draft\nprocess: Ibu Siti sakit.\n", None),
    ],
)
def test_where_it_is_told(
    fields: str, rows: list[str] | None, load_site: Callable[..., Loaded], row_of: Callable[[Problem], str]
) -> None:
    base = BASE if rows is not None else BASE.replace("status: published\n", "")
    problems = load_site({"content/activities/a.yml": base + fields}).problems
    assert [row_of(problem).removeprefix("content/activities/a.yml:") for problem in problems] == (rows or [])
