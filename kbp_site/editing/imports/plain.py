"""Words from outside become words that a record may hold: no hidden characters, no personal numbers, no markup."""

from __future__ import annotations

import re
import unicodedata

from kbp_site.content.personal import find
from kbp_site.content.text_files import UNSEEN
from kbp_site.locale import text

UNWRITABLE = re.compile("[\ufffe\uffff\ud800-\udfff]")
"""What YAML refuses beside the unseen."""

SPACES = re.compile(r"[^\S\n]+")
CONCEALED = text("(nomor atau alamat pribadi ditutup)").say("id")

LINE_END = re.compile("\r\n|[\r\u2028\u2029]")
MARKS = re.compile(r"[\\`*_{}\[\]]")
REFERENCE = re.compile(r"&(?=#|\w+;)")
TAG = re.compile(r"<(?=[A-Za-z/!?])")
BEGINNING = re.compile(r"^\s*(?:[>+#|-]|[=~]|:(?=-)|\d+(?=[.)]))")
MANY_CELLS = 40


def clean(words: str) -> str:
    """Return words in NFC, without unseen characters and without spaces at the ends or in a row."""
    seen = UNSEEN.sub(
        "", words.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    )
    lines = SPACES.sub(" ", UNWRITABLE.sub("\ufffd", unicodedata.normalize("NFC", seen))).split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def conceal(words: str) -> tuple[str, int]:
    """Return words with every personal number or address covered, and how many there were (K501 to K504)."""
    lines, count = [], 0
    for line in words.split("\n"):
        end, parts = 0, list[str]()
        for finding in sorted(find(line), key=lambda found: found.start):
            parts += [line[end : finding.start], CONCEALED]
            end = finding.end
        count += len(parts) // 2
        lines.append("".join([*parts, line[end:]]))
    return "\n".join(lines), count


def as_markdown(words: str) -> str:
    """Return plain words as prose that shows exactly them: what Markdown would take for marks is escaped."""
    return "\n".join(escape_line(line) for line in clean(words).split("\n"))


def escape_line(line: str, *, begins: bool = True) -> str:
    """Return a line with Markdown's marks escaped; what makes lists or headings only where a line ``begins``."""
    escaped = MARKS.sub(lambda found: "\\" + found.group(), line)
    escaped = TAG.sub("&lt;", REFERENCE.sub("&amp;", escaped))
    if escaped.count("|") > MANY_CELLS:
        escaped = escaped.replace("|", "&#124;")
    return BEGINNING.sub(_escape_beginning, escaped) if begins else escaped


def _escape_beginning(found: re.Match[str]) -> str:
    mark = found.group().strip()
    if mark in {"=", "~", ":"}:  # Markdown knows no backslash before these
        return f"&#{ord(mark)};"
    return mark + "\\" if mark.isdigit() else "\\" + mark


def shorten(words: str, limit: int = 80) -> str:
    """Return the beginning of words, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
