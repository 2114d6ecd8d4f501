"""The sections of a Word file: headings that are marked as such, or only typed in capitals, and what stands below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

HEADING = re.compile(r"(#{3,8}) (.+)")
NUMBERING = re.compile(
    r"^(?:bab\s+(?:[ivx]+|\d+)\b\s*[.):–-]?|[ivx]{1,6}[.)]|(?P<inner>[a-z][.)]|\d+(?:\.\d+)*(?:[.)]|(?=\s))))\s*",
    re.IGNORECASE,
)
"""What numbers a heading: "BAB II", "II.", "B.", "2.1"; single letters are Roman only as I, V and X."""

LONGEST_HEADING = 80
A_WORD = re.compile(r"[^\W\d_]{4}")


@dataclass(frozen=True)
class Section:
    """What stands below a heading that names a field, or before and after it (no field): the heading, and the prose."""

    field: str
    heading: str
    prose: str


def typed_level(words: str) -> int:
    """Return the level of a heading that is only typed in capitals: 1, or 2 when a letter or figure numbers it.

    0 for what is no heading: sentences, what has a colon inside ("TANGGAL: 17 AGUSTUS"), and names such as "RT 01".
    """
    line = words.strip()
    if len(line) > LONGEST_HEADING or "\n" in line or line != line.upper() or line.endswith((".", ",", ";", "!", "?")):
        return 0
    numbered = NUMBERING.match(line)
    bare = line[numbered.end() if numbered else 0 :].rstrip(" :")
    if ":" in bare or not A_WORD.search(bare):
        return 0
    return 2 if numbered and numbered["inner"] else 1


def split_sections(prose: str, fields: Mapping[str, str]) -> Iterator[Section]:
    """Yield the sections of a text; a field's section ends at the next heading of its own level, or above.

    ``fields`` names fields by their labels in small letters.
    """
    field, heading, level, lines = "", "", 0, list[str]()
    for line in prose.split("\n"):
        found = HEADING.fullmatch(line)
        meant = fields.get(_label(found[2]), "") if found else ""
        if found and (meant or (field and len(found[1]) <= level)):
            yield Section(field, heading, "\n".join(lines).strip("\n"))
            field, heading, level = meant, line if meant else "", len(found[1])
            lines = [] if meant else [line]
        else:
            lines.append(line)
    yield Section(field, heading, "\n".join(lines).strip("\n"))


def _label(heading: str) -> str:
    """Return a heading in small letters, without its number and marks."""
    bare = re.sub(r"\\(.)", r"\1", heading).strip("* ")
    return NUMBERING.sub("", bare, count=1).strip("* :").casefold()
