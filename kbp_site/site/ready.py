"""The HTML of a page that needs no Markdown: markup of our templates, plain paragraphs and points, told at a glance.

Python-Markdown and MkDocs read a page letter by letter, several times, to find what our templates knew when they wrote
it: that takes half of a page's time. What this module is not sure of, it leaves to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

BLOCK = re.compile(r"<(?:article|details|div|dl|figure|form|h[1-6]|header|nav|ol|p|script|section|table|ul)[ >]")
"""How markup of our templates begins; Python-Markdown takes each of these elements for a block."""

REWRITTEN, SPACES = "\t\r\x02\x03", re.compile(r"\n +\n")
"""What Python-Markdown writes in another way, wherever it stands: single characters, and a line of spaces."""

MARK = re.compile(r"<!--[\w:/-]+-->")
OPENING = re.compile(r"<[a-z]")
VOID = re.compile(r"<(?:br|col|hr|img|input|source|wbr)\b[^>]*(?<!/)>")
TEXT = r"""(?:[^<>&\[\]`~!\\#=|*_+\x00-\x1f\x7f]++|&#\d{1,7};)"""
INLINE = r"""</?(?:a|abbr|b|bdi|cite|dfn|em|i|span|strong|time)(?: [a-z-]+="[^"<>`*_\\\[\]\x00-\x1f]*")*>"""
EMPHASIS = rf"""\*(?![\s*]){TEXT}+(?<!\s)\*(?!\*)"""
LINE = rf"""(?:(?:{INLINE})?["“‘'(…]*(?:[^\W\d_]|\d++(?!\.))(?:{TEXT}|{INLINE}|{EMPHASIS})*(?<! ))"""
PARAGRAPH = re.compile(rf"""{LINE}(?:\n{LINE})*""")
"""Lines that begin with a letter or a number and hold no mark that Markdown knows but stars around words; our own
inline markup may stand in them."""

LIST = re.compile(rf"""- {LINE}(?:\n- {LINE})*""")
"""Points that are a line each."""

WORDS = re.compile(r"\*([^*]+)\*")
POINT = re.compile(r"^- (.*)", re.MULTILINE)


def ready_html(markdown: str) -> str | None:
    """Return the HTML of a page's Markdown as Python-Markdown makes it, or ``None`` where that is to be asked."""
    is_rewritten = any(mark in markdown for mark in REWRITTEN) or SPACES.search(markdown)
    pieces = [None] if is_rewritten else list(_pieces(markdown))
    return None if None in pieces else "\n".join(map(str, pieces)).strip()


def _pieces(markdown: str) -> Iterator[str | None]:
    """Yield the HTML of what stands between blank lines; ``None`` for what is not told at a glance."""
    after_list = False
    for piece in markdown.strip("\n").split("\n\n"):
        is_list = bool(LIST.fullmatch(piece))
        if BLOCK.match(piece) or MARK.fullmatch(piece):
            yield f"{piece}\n" if _is_whole(piece) else None
        elif is_list and not after_list:  # two lists are one to Markdown
            points = POINT.sub(r"<li>\1</li>", _emphasized(piece))
            yield f"<ul>\n{points}\n</ul>"
        elif PARAGRAPH.fullmatch(piece):
            yield f"<p>{_emphasized(piece)}</p>"
        else:
            yield None
        after_list = is_list


def _emphasized(words: str) -> str:
    return WORDS.sub(r"<em>\1</em>", words)


def _is_whole(markup: str) -> bool:
    """Whether every element that begins in a piece of markup ends in it, and every line begins or ends one."""
    begun, ended = len(OPENING.findall(markup)), markup.count("</") + markup.count("/>") + len(VOID.findall(markup))
    return begun == ended and markup.endswith(">") and markup[:2] != "</"
