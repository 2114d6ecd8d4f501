"""Lines are put as deep as they belong, and no line of another field is."""

from __future__ import annotations

import pytest

from kbp_site.content.changes import apply_edits
from kbp_site.content.indents import as_items, block, indent_of, moved, shallow_fields


def lines_of(body: str) -> tuple[str, ...]:
    """Return a text's lines; a bar is its margin."""
    return tuple(line.strip().removeprefix("|") for line in body.strip().split("\n"))


def changed(lines: tuple[str, ...], edit: object) -> str:
    """Return lines with an edit made."""
    return apply_edits("\n".join(lines).encode(), [edit]).decode()  # type: ignore[list-item]


def test_a_block_goes_on_behind_blank_lines_and_comments() -> None:
    lines = ("a:", "  b: 1", "", "# catatan", "    c", "d: 2", "  e: 3")
    assert list(block(lines, 2, 2)) == [2, 5]
    assert [indent_of(line) for line in lines] == [0, 2, 0, 0, 4, 0, 2]
    assert changed(lines, moved((2, 5), 1)).split("\n")[1:5] == ["   b: 1", "", "# catatan", "     c"]


def test_a_group_becomes_an_item_wherever_its_first_field_recurs() -> None:
    lines = lines_of("""
        |photos:
        |  file: a
        |  alt: |
        |    file: b
        |  file: c
        |  alt: d
        |result: e
    """)
    assert changed(lines, as_items(lines, 2, 2)) == "\n".join(
        lines_of("""
        |photos:
        |  - file: a
        |    alt: |
        |      file: b
        |  - file: c
        |    alt: d
        |result: e
    """)
    )


@pytest.mark.parametrize(
    ("body", "number", "numbers", "lack"),
    [
        ("|photos:\n|  - file: a\n|  alt: b\n|  people: c", 3, (3, 4), 2),
        ("|photos:\n|  - file: a\n|   alt: b\n|   people: c", 3, (3, 4), 1),
        ("|photos:\n|  - file: a\n|    alt: b\n|  people: c\n|    d\n|result: e", 4, (4, 5), 2),
        ("|photos:\n|- file: a\n|alt: b\n|people: c\n|- file: d\n|  alt: e", 4, (3, 4), 2),
    ],
)
def test_fields_that_came_off_from_their_item(body: str, number: int, numbers: tuple[int, ...], lack: int) -> None:
    found = shallow_fields(lines_of(body), number)
    assert found is not None
    assert (found.numbers, found.lack, found.beside) == (numbers, lack, "file")


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("|photos:\n|- file: a\n|  alt: b\n|result: c\n|- d", 4),
        ("|photos:\n|  - file: a\n|    alt: b\n|result: c", 4),
        ("|title: a\n|alt: b", 2),
        ("|photos:\n|  - file: a", 2),
        ("|photos:\n|  - file: a\n|  kalimat", 3),
        ("|alt: b", 1),
    ],
)
def test_the_next_field_of_the_whole_is_none_of_them(body: str, number: int) -> None:
    assert shallow_fields(lines_of(body), number) is None
