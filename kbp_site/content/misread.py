"""Slips that YAML reads without stumbling, and reads otherwise than they are meant (K104)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbp_site.content.changes import Change
from kbp_site.content.indents import WIDE, deeper_items, indent_of, plain_indent
from kbp_site.content.marks import Mark
from kbp_site.content.slips import WIDE_SPACES, Slip, fault
from kbp_site.locale import text

WIDE_BEGIN = re.compile(rf"\n[{WIDE}](?=[^\n]*[^\s])")
GLUED = text("butir ini menjorok lebih dalam daripada butir di atasnya, sehingga terbaca sebagai lanjutannya")


def wide_name(lines: Sequence[str], whole: str) -> Slip | None:
    """Return the slip of a name that begins with a wide space, which is read as a letter of it."""
    if not (found := WIDE_BEGIN.search(f"\n{whole}")):
        return None
    number = whole.count("\n", 0, found.start()) + 1
    return Slip(Mark(number, 1), WIDE_SPACES, plain_indent(lines, number))


def glued_items(lines: Sequence[str], first: Mark, last: int) -> Slip | None:
    """Return the slip of items that are read as more of the item above, since they stand deeper (`deeper_items`)."""
    if not (found := deeper_items(lines, first, last)):
        return None
    number, by = next(iter(found.items()))
    mark = Mark(number, indent_of(lines[number - 1]) + 1)
    hint = text("hapus {count} spasi di awal baris ini; bila memang lanjutannya, apit dengan tanda kutip", count=by)
    # "pukul 10" and "- 12" in the next line may well be one time.
    is_sure = not any(lines[at - 1].lstrip(" -")[:1].isdigit() for at in found)
    edit = tuple(Change(at, 1, count, "") for at, count in found.items()) if is_sure else ()
    return Slip(mark, fault(GLUED, hint), edit)
