"""The drawing of what was measured."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from benchmarks.plot import BOTTOM, COLOURS, LEFT, LINE, RIGHT, TOP, draw

SVG = "{http://www.w3.org/2000/svg}"


def test_powers_of_ten_stand_at_equal_distances() -> None:
    drawn = ElementTree.fromstring(draw({"a": [(1000, 1), (10_000, 10), (100_000, 100)]}, across="x", up="y"))
    spots = [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in drawn.iter(f"{SVG}circle")]
    assert spots == [(LEFT, BOTTOM), ((LEFT + RIGHT) / 2, (BOTTOM + TOP) / 2), (RIGHT, TOP)]


def test_names_of_lines_that_end_together_stand_apart_and_are_escaped() -> None:
    drawn = draw({"a & b": [(1000, 5)], "c": [(1000, 5)], "d": [(1000, 4.9)]}, across="x", up="y")
    ys = sorted(float(y) for y, _ in re.findall(r'y="([\d.]+)" fill="#\w+">([^<]+)<', drawn))
    assert len(ys) == 3 and min(ys[1] - ys[0], ys[2] - ys[1]) >= LINE
    assert "a &amp; b" in drawn


def test_more_lines_than_colours_are_refused() -> None:
    lines = {str(number): [(1000.0, 1.0)] for number in range(len(COLOURS) + 1)}
    with pytest.raises(ValueError):
        draw(lines, across="x", up="y")
