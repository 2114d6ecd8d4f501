"""Edits change what they name, and leave every other byte."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbp_site.content.changes import Change, apply_edits

BODY = "title: A\r\nsummary: cafe\u0301\rkind: x  # tetap\n\n".encode()


@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ([(Change(1, 8, 1, "B"),)], BODY.replace(b": A", b": B")),
        ([(Change(3, 5, 0, "s"),)], BODY.replace(b"kind:", b"kinds:")),
        ([(Change(1, 7, 2, "\n  - A"),)], BODY.replace(b" A\r\n", b"\r\n  - A\r\n")),
        ([(Change(2, 10, 4, '"café"'),)], BODY.replace("cafe\u0301".encode(), '"caf\u00e9"'.encode())),
        (
            [(Change(1, 1, 5, "judul"), Change(3, 1, 4, "jenis"))],
            BODY.replace(b"title", b"judul").replace(b"kind", b"jenis"),
        ),
        ([(Change(1, 8, 1, "B"),), (Change(1, 8, 1, "C"),)], BODY.replace(b": A", b": B")),
        ([(Change(1, 1, 5, "x"),), (Change(1, 4, 5, "y"), Change(3, 1, 1, "z"))], BODY.replace(b"title", b"x")),
        ([(Change(1, 8, 1, "B"),), (Change(1, 1, 1, "T"),)], BODY.replace(b"title: A", b"Title: B")),
        ([], BODY),
    ],
)
def test_an_edit_changes_what_it_names(edits: list[tuple[Change, ...]], after: bytes) -> None:
    assert apply_edits(BODY, edits) == after


def test_a_byte_order_mark_goes_only_when_it_is_meant() -> None:
    marked = b"\xef\xbb\xbf" + BODY
    assert apply_edits(marked, [(Change(1, 8, 1, "B"),)]) == marked.replace(b": A", b": B")
    assert apply_edits(marked, [(Change(1, 0, 1, ""),)]) == BODY
    assert apply_edits(marked, [(Change(1, 0, 1, ""),), (Change(1, 1, 1, "T"),)]) == BODY.replace(b"t", b"T", 1)


LINES = st.lists(
    st.text(st.characters(exclude_characters="\r\n\ufeff", exclude_categories=["Cs"]), max_size=8), min_size=1
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.data())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_every_other_line_keeps_its_bytes(lines: list[str], end: str, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(lines)))
    before = end.join(lines).encode()
    after = apply_edits(before, [(Change(number, 1, 0, "+"),)])
    pairs = zip(before.split(end.encode()), after.split(end.encode()), strict=True)
    assert [number for number, (one, other) in enumerate(pairs, 1) if one != other] == [number]
