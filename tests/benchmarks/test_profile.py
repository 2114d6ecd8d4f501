"""Who pays for a page's time."""

from __future__ import annotations

import pytest

from benchmarks.profile import NOBODY, Function, Stats, group_of, spend, table

OURS, MARKDOWN = ("/x/kbp_site/site/gate.py", 1, "judge"), ("/x/markdown/core.py", 1, "convert")
RE, BUILTIN, ALONE = ("/lib/re/__init__.py", 1, "sub"), ("~", 0, "<built-in sub>"), ("~", 0, "<wait>")


def called(own: float) -> tuple[int, int, float, float, dict[Function, tuple[int, int, float, float]]]:
    """Return the row of a function that nobody calls."""
    return (1, 1, own, own, {})


def test_what_has_no_owner_is_paid_by_its_callers_by_time() -> None:
    stats: Stats = {
        OURS: called(1.0),
        MARKDOWN: called(2.0),
        RE: (2, 2, 0.0, 4.0, {OURS: (1, 1, 0, 1.0), MARKDOWN: (1, 1, 0, 3.0)}),
        BUILTIN: (2, 2, 4.0, 4.0, {RE: (2, 2, 4.0, 4.0)}),
        ALONE: called(0.5),
    }
    spent = spend(stats)
    assert spent[group_of(OURS)] == pytest.approx(2.0)
    assert spent[group_of(MARKDOWN)] == pytest.approx(5.0)
    assert spent[NOBODY] == pytest.approx(0.5) and sum(spent.values()) == pytest.approx(7.5)


@pytest.mark.parametrize(
    ("path", "group"),
    [
        ("/v/yaml/parser.py", "YAML is read into values"),
        ("/p/kbp_site/content/records/activities.py", "records are typed"),
        ("/p/kbp_site/content/checks/privacy.py", "records are checked and gathered"),
        ("/p/kbp_site/pages/story.py", "pages are planned"),
        ("/p/kbp_site/pages/templates/story.md", "pages are written as Markdown and HTML blocks"),
        ("/p/kbp_site/site/theme/main.html", "the theme's templates"),
        ("/p/kbp_site/site/build.py", "the build's own steps"),
        ("/lib/json/decoder.py", ""),
    ],
)
def test_a_file_has_an_owner(path: str, group: str) -> None:
    assert group_of((path, 1, "f")) == group


def test_the_dearest_comes_first() -> None:
    assert list(table({"a": 1.0, "b": 3.0}, 1000))[2:] == [
        "| b | 3.00 | 75% |",
        "| a | 1.00 | 25% |",
        "| all | 4.00 | 100% |",
    ]
