"""Room is found for what a document says: the largest letters that fit its pages, and only then fewer words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kbp_site.content.problems import KbpError
from kbp_site.kiosk.press.documents import Draft
from kbp_site.kiosk.press.typeset import Typesetter
from kbp_site.locale import text

LEAST = (8, 5, 3, 2, 1, 0)
"""How many pieces of each chapter are left when room is short, one after the other."""


def set_draft(typesetter: Typesetter, draft: Draft) -> bytes:
    """Return a draft as PDF, with as many pages as it must have."""
    for values in _tries(draft):
        if draft.pages is None or typesetter.count_pages(draft.template, values, draft.files) == draft.pages:
            return typesetter.set_pdf(draft.template, values, draft.files, is_tagged=draft.is_tagged)
    raise KbpError(text('"{title}" terlalu panjang untuk cetakan ini', title=draft.values["title"]))


def _tries(draft: Draft) -> Iterator[Mapping[str, Any]]:
    if draft.pages is None:
        yield draft.values
        return
    for size in draft.sizes:
        yield {**draft.values, "size": size}
    for most in LEAST if draft.may_be_cut else ():
        short = {name: _shortened(draft.values[name], most) for name in draft.may_be_cut}
        yield {**draft.values, "size": draft.sizes[-1], "cut": True, **short}


def _shortened(chapters: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """Return chapters with so many pieces at most, each of which has so many parts at most; none for none."""
    return [{**one, "nodes": [_pruned(node, most) for node in one["nodes"][:most]]} for one in chapters[: 2 * most]]


def _pruned(node: Any, most: int) -> Any:
    if isinstance(node, str) or node["tag"] not in {"ul", "ol"}:
        return node
    return {**node, "inner": node["inner"][:most]}
