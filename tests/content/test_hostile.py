"""What is meant to break a reader is refused quickly, and never leaves the folder."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from kbp_site.content.annotations import print_github, print_gitlab
from kbp_site.content.checks.content import Content
from kbp_site.content.checks.references import check_cycles, circles
from kbp_site.content.dates import DateFault, parse_date, parse_day
from kbp_site.content.library import Entry
from kbp_site.content.load import Loaded, judge_id, load
from kbp_site.content.markup import judge_prose
from kbp_site.content.problems import Problem, print_json, print_text
from kbp_site.content.records.places import Place, PlaceLevel
from kbp_site.content.source import Source, parse

TODAY = date(2026, 11, 23)
LARGEST = 256 * 1024
TERM = "title: X\nstatus: published\ndefinition: x\n"


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail when the block takes more than so much processor time."""
    began = time.process_time()
    yield
    took = time.process_time() - began
    assert took < seconds, f"{took:.2f} s"


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_a_billion_laughs_are_refused_at_the_first() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 8)]
    with within(0.05):
        source, problems = parse("x.yml", "\n".join(lines).encode())
    assert source is None and codes(problems) == ["K106"]


@pytest.mark.parametrize(("items", "expected"), [(19_997, []), (19_998, ["K107"])])
def test_nodes_are_counted_with_the_mapping_its_key_and_the_list(items: int, expected: list[str]) -> None:
    source, problems = parse("x.yml", ("a:\n" + "- x\n" * items).encode())
    assert codes(problems) == expected and (source is None) is bool(expected)


@pytest.mark.parametrize(("extra", "expected"), [(0, []), (1, ["K101"])])
def test_a_file_may_have_256_kb_and_no_more(extra: int, expected: list[str], write_site: Callable[..., Path]) -> None:
    text = TERM + "# " + "a" * (LARGEST - len(TERM) - 3 + extra) + "\n"
    assert len(text) == LARGEST + extra
    assert codes(list(load(write_site({"content/terms/besar.yml": text}), today=TODAY).problems)) == expected


def plant_link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def plant_dangling_link(path: Path) -> None:
    path.symlink_to("nowhere")


def plant_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("plant", [plant_link, plant_dangling_link, plant_pipe])
@pytest.mark.parametrize("name", ["topics/tautan.yml", "site.yml"])
def test_what_is_no_regular_file_is_not_read(
    plant: Callable[[Path], None], name: str, write_site: Callable[..., Path], row_of: Callable[[Problem], str]
) -> None:
    root = write_site({}, remove=["content/site.yml"] if name == "site.yml" else [])
    plant(root / "content" / name)
    rows = [row_of(problem) for problem in load(root, today=TODAY).problems]
    assert rows == [f"content/{name}:1:1 K110"]


@pytest.mark.parametrize("name", ["activities", "media", "asing", "asing.yml"])
def test_a_link_instead_of_a_folder_is_not_followed(
    name: str, tmp_path: Path, write_site: Callable[..., Path], row_of: Callable[[Problem], str]
) -> None:
    root = write_site({}, remove=["content/activities/diskusi.yml"])
    outside = tmp_path / "luar"
    outside.mkdir()
    (outside / "luar.yml").write_text("title: Luar\n")
    (root / "content" / name).symlink_to(outside)
    rows = [row_of(problem) for problem in load(root, today=TODAY).problems]
    assert rows == [f"content/{name}:1:1 K110"]


@pytest.mark.parametrize("is_folder", [True, False], ids=["folder", "file"])
def test_a_link_among_the_media_is_not_followed(
    is_folder: bool, tmp_path: Path, write_site: Callable[..., Path], row_of: Callable[[Problem], str]
) -> None:
    outside = tmp_path / "luar"
    outside.mkdir()
    (outside / "x.txt").write_text("rahasia")
    name = "luar/x.txt" if is_folder else "x.txt"
    root = write_site({"content/terms/t.yml": TERM, "content/media/apa.txt": "x"})
    activity = root / "content/activities/diskusi.yml"
    activity.write_text(activity.read_text() + f"documents: [{{file: {name}, title: X}}]\n")
    (root / "content/media" / name.partition("/")[0]).symlink_to(outside if is_folder else outside / "x.txt")
    [problem] = load(root, today=TODAY).problems
    assert problem.code == "K605" and "tautan" in problem.message.say("id")
    assert problem.edit == () and problem.hint is not None and "mungkin" not in problem.hint.say("id")


def test_a_name_that_is_not_text_is_told_in_every_format(write_site: Callable[..., Path]) -> None:
    root = write_site({})
    (root / "content/topics" / os.fsdecode(b"a\xff.yml")).touch()
    problems = load(root, today=TODAY).problems
    assert codes(list(problems)) == ["K109"]
    for say in (print_text, print_json, print_github, print_gitlab):
        say(problems, "id").encode("utf-8")


@pytest.mark.parametrize("name", ["a" * 300, "a" * 81, "../x", "x/y", "", ".", "-", "nul", "a\n"])
def test_such_an_id_is_refused(name: str) -> None:
    fault = judge_id(name)
    assert fault is not None and fault.code == "K109"


def chain(length: int, *, closed: bool) -> dict[str, str]:
    steps = {f"p{n:05d}": f"p{n + 1:05d}" for n in range(length - 1)}
    return {**steps, f"p{length - 1:05d}": "p00000"} if closed else steps


def test_a_chain_of_10_000_places_is_no_circle_and_its_circle_is_told_once() -> None:
    with within(5):
        assert circles(chain(10_000, closed=False)) == []
        found = circles(chain(10_000, closed=True))
    assert [len(circle) for circle in found] == [10_000]


def test_10_000_places_in_a_circle_are_checked_without_recursion() -> None:
    source = Source.of("content/places/p.yml", "")
    entries = {
        ("places", name): Entry(name, Place.model_construct(title=name, level=PlaceLevel.WARD, part_of=above), source)
        for name, above in chain(10_000, closed=True).items()
    }
    content = Content(Path(), None, entries, frozenset(entries), (source,), TODAY)
    with within(5):
        problems = list(check_cycles(content))
    assert codes(problems) == ["K304"]
    assert "…" in problems[0].message.say("id") and len(problems[0].message.say("id")) < 200


def test_10_000_errors_are_told_in_one_run_and_in_time(write_site: Callable[..., Path]) -> None:
    files = {
        f"content/terms/banyak-{n:02d}.yml": TERM
        + "related:\n"
        + "".join(f"- terms/tidak-ada-{m}\n" for m in range(200))
        for n in range(50)
    }
    root = write_site(files)
    with within(10):
        problems = load(root, today=TODAY).problems
        said = print_text(problems, "id")
    assert codes(list(problems)) == ["K301"] * 10_000
    assert "… dan 9800 masalah lagi." in said and said.count("galat[") == 200


def test_10_000_errors_in_one_line_are_told_in_time(load_site: Callable[..., Loaded]) -> None:
    text = "{title: X, definition: x, " + ", ".join(f"a{n}: 0812-0000-{n:04d}" for n in range(6_000)) + "}\n"
    with within(10):
        problems = load_site({"content/terms/panjang.yml": text}).problems
    assert sorted({*codes(list(problems))}) == ["K201", "K502"]
    assert len(problems) == 12_000


@pytest.mark.parametrize(
    "prose",
    [*("- " * 5_000, "> " * 5_000, "1. " * 5_000, "[" * 5_000, "[a](" * 5_000), *("[" * 900, "[a](" * 900)],
    ids=lambda prose: f"{prose[:4]!r} {len(prose)}",
)
def test_markdown_that_would_exhaust_its_reader_is_refused(prose: str) -> None:
    assert [fault.code for fault in judge_prose(prose)] == ["K207"]


@pytest.mark.parametrize(
    "written",
    ["±" * 5_000 + "2006", "c. " * 5_000 + "2006", "2006" + " " * 250_000 + "x", "awal" + " " * 250_000 + "\nx\ny"],
    ids=["signs", "words", "spaces", "lines"],
)
@pytest.mark.parametrize("parse", [parse_date, parse_day])
def test_a_date_that_is_made_to_be_slow_or_deep_is_refused_in_time(
    written: str, parse: Callable[[str], object]
) -> None:
    with within(0.5), pytest.raises(DateFault) as raised:
        parse(written)
    assert raised.value.fault.code == "K205"


@pytest.mark.parametrize(
    "line",
    [
        "result: a: b" + " " * 250_000 + "c",
        "result: @a" + " " * 250_000 + "c",
        'result: "a"' + " " * 250_000 + 'b"c',
        'result: "a" b' + " #" * 125_000 + '"c',
    ],
    ids=["colon", "special", "quotes", "signs"],
)
def test_a_slip_behind_many_spaces_or_signs_is_named_in_time(line: str) -> None:
    with within(2):
        source, problems = parse("x.yml", f"title: X\n{line}\n".encode())
    assert source is None and codes(problems) == ["K104"]
