"""The slips that people make in YAML, in plain words (K104)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbp_site.content.marks import Mark
from kbp_site.content.problems import Fault
from kbp_site.locale import text

TAB = re.compile(r"[ ]*\t")
SPECIAL = re.compile(r"[^:]*:?\s*[@`%]")
GENERAL = text('periksa titik dua, tanda kutip, dan jarak awal baris; contoh: title: "Judul catatan"')


SLIPS = {
    name: Fault("K104", message, hint)
    for name, message, hint in (
        (
            "tab",
            text("baris ini menjorok dengan tab"),
            text("ganti tab dengan spasi, dua spasi untuk satu tingkat"),
        ),
        (
            "quote",
            text("tanda kutip tidak ditutup atau isinya tidak dapat dibaca"),
            text("tutup dengan tanda kutip yang sama; garis miring terbalik ditulis dua kali"),
        ),
        (
            "colon",
            text("ada titik dua di dalam teks yang tidak diberi tanda kutip"),
            text('beri tanda kutip pada nilainya, misalnya title: "Judul: anak judul"'),
        ),
        (
            "bracket",
            text("daftar dalam kurung siku atau kurawal tidak ditutup dengan benar"),
            text("tulis seperti topics: [satu, dua]"),
        ),
        (
            "special",
            text("nilai berawal dengan tanda yang punya arti khusus di YAML"),
            text('beri tanda kutip pada nilainya, misalnya title: "@judul"'),
        ),
        (
            "rows",
            text("susunan baris tidak terbaca: jarak awal baris tidak rata atau titik dua tidak ada"),
            text('ratakan awal baris dengan baris sekolomnya, dan tulis "kolom: nilai"'),
        ),
        ("other", text("penulisan di sini tidak dapat dibaca sebagai YAML"), GENERAL),
    )
}


def syntax_fault(lines: Sequence[str], mark: Mark, began: Mark, *, problem: str, context: str) -> tuple[Mark, Fault]:
    """Say in plain words what YAML's parser stumbled over (K104), and where the slip was made.

    It stumbled at ``mark`` over something that ``began`` earlier. Its own words, ``problem`` and
    ``context``, choose ours and are never shown.
    """
    number = min(mark.line, len(lines))
    for candidate in (number, number - 1):
        if tab := TAB.match(lines[candidate - 1] if candidate else ""):
            return Mark(candidate, tab.end()), SLIPS["tab"]
    line = lines[number - 1]
    if "quoted scalar" in context + problem:
        return began, SLIPS["quote"]
    if "mapping values are not allowed" in problem and ":" in line[: mark.column - 1]:
        return mark, SLIPS["colon"]
    if "flow" in context:
        return began, SLIPS["bracket"]
    if SPECIAL.match(line) or "cannot start any token" in problem:
        return mark, SLIPS["special"]
    if "expected ':'" in problem:
        return began, SLIPS["rows"]
    if "block" in context or "mapping values" in problem:
        return mark, SLIPS["rows"]
    return mark, SLIPS["other"]
