"""A weave as lines: sound SVG of the asked size, in the colour of its thread."""

from __future__ import annotations

import pytest
from lxml import etree

from kbp_site.kiosk.press.weave import draw_weave_svg


@pytest.mark.parametrize("pattern", range(12))
def test_every_weave_is_drawn(pattern: int) -> None:
    drawn = etree.fromstring(draw_weave_svg(pattern, 3, 0.5))
    assert drawn.get("viewBox") == "0 0 108 18"
    assert len(drawn) > 2


def test_weaves_differ() -> None:
    assert len({draw_weave_svg(pattern, 2, 2) for pattern in range(12)}) == 12
