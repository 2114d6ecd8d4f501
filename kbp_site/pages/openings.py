"""How a text begins, in plain words, for a card."""

from __future__ import annotations

import re

LIMIT = 180
PARAGRAPHS = re.compile(r"\n[ \t]*\n")
LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\n]*\)")
MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|[*_`]+")
NOT_A_PARAGRAPH = re.compile(r"[ \t]*(?:#|>|\||[-*+][ \t]|\d+[.)][ \t])| {4}|[-*_]{3}")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"“(A-Z0-9])")


def opening(prose: str) -> str:
    """Return the first sentences of the first paragraph without its marks, as many as fit in `LIMIT` letters.

    A sentence that only leads to a list is left out; where it is the first, it ends open.
    """
    blocks = (block for block in PARAGRAPHS.split(prose) if block.strip())
    first = next((block for block in blocks if not NOT_A_PARAGRAPH.match(block)), "")
    kept = ""
    for sentence in SENTENCE.split(" ".join(MARKS.sub(r"\1", LINK.sub(r"\1", first)).split())):
        longer = f"{kept} {sentence}".strip()
        if kept and (len(longer) > LIMIT or sentence.endswith(":")):
            break
        kept = longer
    if kept.endswith(":"):
        kept = f"{kept[:-1]}…"
    return kept if len(kept) <= 2 * LIMIT else f"{kept[: 2 * LIMIT].rpartition(' ')[0]}…"
