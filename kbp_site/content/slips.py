"""The slips that people make in YAML, in plain words (K104), and what mends those that are mechanical."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import NamedTuple

from kbp_site.content.changes import Change, Edit, changed_line
from kbp_site.content.indents import WIDE_INDENT, moved, plain_indent, shallow_fields, text_without_bar
from kbp_site.content.marks import Mark
from kbp_site.content.problems import Fault
from kbp_site.content.rows import CURLY, quoted, row_of, without_curly
from kbp_site.locale import Text, text

SHOWN_LIMIT = 120
"""Characters of a mended line that a hint shows whole."""

TAB = re.compile(r"[ ]*\t[ \t]*")
BULLET = re.compile(r"( *)(?:[–—•·‣*][ \u00a0]*|-(?=[^\s-]))")
GLUED = re.compile(r" *(?:- +)*[a-z][a-z_]*(:)(?=[^\s:/])")
EQUALS = re.compile(r" *(?:- +)*[a-z][a-z_]*( *= *)")
SEMICOLON = re.compile(r"(?P<name> *(?:- +)*[A-Za-z][a-z_]*) *;\s*(?P<value>.*)")
NO_COLON = re.compile(r"(?P<name>[a-z][a-z_]*)[\s,.]+(?P<value>\S.*)")
COLON = re.compile(r":(?= |$)")
SPECIAL = re.compile(r"[@`%*]|- ")
DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"')
SINGLE = re.compile(r"'(?:[^']|'')*'")
CONTENT = re.compile(r"\s*[^\s#]")
REST = re.compile(r"\s*(?:#.*)?")

GENERAL = text('periksa titik dua, tanda kutip, dan jarak awal baris; contoh: title: "Judul catatan"')


class Slip(NamedTuple):
    """A slip of the pen: where it was made, what to say, and the edit that mends it (empty: a person must)."""

    mark: Mark
    fault: Fault
    edit: Edit = ()


def fault(message: Text, hint: Text) -> Fault:
    """Say what is wrong with what YAML reads (K104)."""
    return Fault("K104", message, hint)


TABS = fault(text("baris ini menjorok dengan tab"), text("ganti tab dengan spasi, dua spasi untuk satu tingkat"))
WIDE_SPACES = fault(
    text("baris ini menjorok dengan spasi khusus (NBSP), yang terbawa saat menyalin"),
    text("hapus jarak di awal baris, lalu ketik lagi dengan tombol spasi"),
)
QUOTE = fault(
    text("tanda kutip tidak ditutup atau isinya tidak dapat dibaca"),
    text("tutup dengan tanda kutip yang sama; garis miring terbalik ditulis dua kali"),
)
INNER_QUOTE = fault(
    text("ada tanda kutip di dalam teks yang diapit tanda kutip yang sama"),
    text("""apit dengan tanda kutip yang lain, misalnya title: 'Rembug "warga" desa'"""),
)
CURLY_QUOTE = fault(
    text("tanda kutip melengkung dari pengolah kata tidak dikenal oleh YAML"),
    text("""pakai tanda kutip lurus: " atau '"""),
)
BULLETS = fault(
    text("butir daftar diawali tanda yang bukan tanda hubung dan spasi"),
    text('awali setiap butir dengan tanda hubung biasa dan satu spasi: "- "'),
)
GLUE = fault(text("kurang spasi setelah titik dua"), text('tulis "kolom: nilai", dengan spasi setelah titik dua'))
EQUAL = fault(text("kolom dan nilainya dipisah dengan tanda sama dengan"), text('tulis "kolom: nilai"'))
SEMICOLONS = text("kolom dan nilainya dipisah dengan titik koma")
LOOSE = text('baris ini bukan "kolom: nilai", karena tidak ada titik dua dan spasi')
INNER_COLON = fault(
    text("ada titik dua di dalam teks yang tidak diberi tanda kutip"),
    text('beri tanda kutip pada nilainya, misalnya title: "Judul: anak judul"'),
)
BRACKET = fault(
    text("daftar dalam kurung siku atau kurawal tidak ditutup dengan benar"), text("tulis seperti topics: [satu, dua]")
)
SPECIAL_MARK = fault(
    text("nilai berawal dengan tanda yang punya arti khusus di YAML, jadi perlu tanda kutip"),
    text('beri tanda kutip pada nilainya, misalnya title: "@judul"'),
)
AFTER_QUOTE = fault(
    text("ada tanda baca sesudah tanda kutip penutup"), text("hapus tanda baca sesudah tanda kutip penutup")
)
BACKSLASH = fault(
    text("garis miring terbalik punya arti khusus di dalam tanda kutip ganda"),
    text("pakai tanda kutip tunggal, atau tulis garis miring terbaliknya dua kali"),
)
BLOCK = fault(
    text("teks tidak boleh mulai di baris yang sama dengan tanda | atau >"),
    text("mulai teksnya di baris berikutnya, menjorok dua spasi"),
)
DEEPER = text("baris ini menjorok lebih dalam daripada baris di atasnya")
SHALLOW = text("baris ini kurang menjorok, sehingga terlepas dari butir daftar di atasnya")
ROWS = fault(
    text("susunan baris tidak terbaca: jarak awal baris tidak rata atau titik dua tidak ada"),
    text('ratakan awal baris dengan baris sekolomnya, dan tulis "kolom: nilai"'),
)
OTHER = fault(text("penulisan di sini tidak dapat dibaca sebagai YAML"), GENERAL)


def name_slip(lines: Sequence[str], mark: Mark, began: Mark, *, problem: str, context: str) -> Slip:
    """Say in plain words what YAML's parser stumbled over (K104), and where the slip was made.

    It stumbled at ``mark`` over something that ``began`` earlier. Its own words, ``problem`` and
    ``context``, choose ours only where the lines themselves show no slip, and are never shown.
    """
    written = [number for number in range(min(mark.line, len(lines)), 0, -1) if CONTENT.match(lines[number - 1])]
    first = [began.line] if "simple key" in context and began.line in written else []
    for numbers in (first, written[:2]):
        for look in LOOKS:
            for number in numbers:
                if slip := look(lines, number):
                    return _showing(lines, slip)
    return _by_parser(lines, mark, began, problem=problem, context=context)


def _showing(lines: Sequence[str], slip: Slip) -> Slip:
    """Show the mended line in the hint, where one line is all that changes."""
    number = slip.mark.line
    if {change.line for change in slip.edit} != {number} or slip.fault.message in (TABS.message, DEEPER, SHALLOW):
        return slip
    mended = changed_line(lines[number - 1], number, slip.edit).strip()
    if len(mended) > SHOWN_LIMIT or "\n" in mended:
        return slip
    return slip._replace(fault=fault(slip.fault.message, text("tulis {line}", line=mended)))


def _line(lines: Sequence[str], mark: Mark) -> str:
    """Return the line of a mark; a parser may stop behind the last."""
    return lines[mark.line - 1] if mark.line <= len(lines) else ""


def _by_parser(lines: Sequence[str], mark: Mark, began: Mark, *, problem: str, context: str) -> Slip:
    """Choose the words by what the parser was at."""
    if "unknown escape" in problem:
        row = row_of(_line(lines, began))
        inner = row.value.rstrip()[1:-1]
        is_whole = began == (began.line, row.column) and row.value.rstrip().endswith('"') and "'" not in inner
        edit = (Change(began.line, row.column, len(row.value.rstrip()), f"'{inner}'"),) if is_whole else ()
        return _showing(lines, Slip(mark, BACKSLASH, edit))
    if "quoted scalar" in context + problem:
        return _showing(lines, _inner_quote(lines, min(began.line, len(lines))) or Slip(began, QUOTE))
    if "flow" in context:
        return _unclosed_bracket(lines, began)
    if "cannot start any token" in problem:
        return Slip(mark, SPECIAL_MARK)
    if "expected ':'" in problem:
        return _loose_text(lines, began)
    if "block scalar" in context:
        return _block(lines, began)
    first = next((number for number, line in enumerate(lines, 1) if CONTENT.match(line)), 1)
    if "mapping values" in problem and first < mark.line and (found := NO_COLON.fullmatch(lines[first - 1])):
        return Slip(Mark(first, 1), fault(LOOSE, _with_colon(found)))
    if "mapping values" in problem and (number := text_without_bar(lines, mark.line)):
        row = row_of(lines[number - 1])
        edit = (Change(number, len(row.lead) + len(row.name) + 2, 0, " |"),)
        return Slip(mark, fault(INNER_COLON.message, _with_bar(row.name)), edit)
    if "block" in context or "mapping values" in problem:
        return Slip(mark, ROWS)
    return Slip(mark, OTHER)


def _tab(lines: Sequence[str], number: int) -> Slip | None:
    if not (found := TAB.match(lines[number - 1])):
        return None
    affected = {number, *(at for at, line in enumerate(lines, 1) if line.startswith("\t"))}
    edit = [
        Change(at, 1, indent.end(), indent.group().replace("\t", "  "))
        for at in sorted(affected)
        if (indent := TAB.match(lines[at - 1]))
    ]
    return Slip(Mark(number, found.group().rindex("\t") + 1), TABS, tuple(edit))


def _wide_space(lines: Sequence[str], number: int) -> Slip | None:
    if not (found := WIDE_INDENT.match(lines[number - 1])):
        return None
    column = len(found.group()) - len(found.group().lstrip(" ")) + 1
    return Slip(Mark(number, column), WIDE_SPACES, plain_indent(lines, number))


def _semicolon(lines: Sequence[str], number: int) -> Slip | None:
    """A semicolon where a colon is meant; it may stand in a text too, so it only asks."""
    if not (found := SEMICOLON.fullmatch(lines[number - 1])):
        return None
    return Slip(Mark(number, lines[number - 1].index(";") + 1), fault(SEMICOLONS, _with_colon(found)))


def _with_colon(found: re.Match[str]) -> Text:
    return text("tulis {line}", line=f"{found['name'].strip()}: {found['value']}"[:SHOWN_LIMIT])


def _curly(lines: Sequence[str], number: int) -> Slip | None:
    row = row_of(lines[number - 1])
    inner = without_curly(row.value)
    if inner == row.value.strip() or row.value[:1] not in CURLY or not COLON.search(row.value):
        return None
    edit = (Change(number, row.column, len(row.value), quoted(inner)),)
    return Slip(Mark(number, row.column), CURLY_QUOTE, edit)


def _bullet(lines: Sequence[str], number: int) -> Slip | None:
    found = BULLET.match(lines[number - 1])
    if not found or not found.group().strip() or lines[number - 1].startswith("---"):
        return None
    return Slip(Mark(number, found.end(1) + 1), BULLETS, bullets(lines, number))


def bullets(lines: Sequence[str], number: int) -> Edit:
    """Return the edit that writes "- " before the items of a list: around a line, and as deep as its bullet."""
    first = BULLET.match(lines[number - 1])
    if not first:
        return ()
    indent = first.group(1)

    def belongs(at: int) -> bool:
        line = lines[at - 1]
        return line.startswith(f"{indent} ") or bool((found := BULLET.match(line)) and found.group(1) == indent)

    above = takewhile(belongs, range(number - 1, 0, -1))
    below = takewhile(belongs, range(number, len(lines) + 1))
    return tuple(
        Change(at, len(indent) + 1, found.end() - len(indent), "- ")
        for at in sorted({*above, *below})
        if (found := BULLET.match(lines[at - 1])) and found.group(1) == indent
    )


def _glued(lines: Sequence[str], number: int) -> Slip | None:
    if not (found := GLUED.match(lines[number - 1])):
        return None
    return Slip(Mark(number, found.start(1) + 1), GLUE, (Change(number, found.end(1) + 1, 0, " "),))


def _equals(lines: Sequence[str], number: int) -> Slip | None:
    if not (found := EQUALS.match(lines[number - 1])):
        return None
    at, width = found.start(1) + 1, len(found.group(1))
    where = Mark(number, lines[number - 1].index("=") + 1)
    return Slip(where, EQUAL, (Change(number, at, width, ": "),))


def _inner_quote(lines: Sequence[str], number: int) -> Slip | None:
    """A text in quotation marks that closes before its line is at an end, or not at all."""
    row = row_of(lines[number - 1])
    mark = row.value[:1]
    if mark not in {'"', "'"}:
        return None
    closed = (DOUBLE if mark == '"' else SINGLE).match(row.value)
    if not closed:
        ends = not next(filter(str.strip, lines[number:]), "").startswith(f"{row.lead} ")
        edit = (Change(number, row.column + len(row.value.rstrip()), 0, mark),) if ends else ()
        return Slip(Mark(number, row.column), QUOTE, edit)
    if REST.fullmatch(row.value, closed.end()):
        return None
    behind = COMMENT_BEHIND.search(row.value, max(row.value.rfind('"'), row.value.rfind("'")) + 1)
    value = row.value[: behind.start() if behind else None].rstrip()
    inner = value[1:-1] if value.endswith(mark) and len(value) > closed.end() else ""
    if value[closed.end() :] in {",", ";", "."}:
        at = row.column + closed.end()
        return Slip(Mark(number, at), AFTER_QUOTE, (Change(number, at, len(value) - closed.end(), ""),))
    change = Change(number, row.column, len(value), quoted(inner or value))
    return Slip(Mark(number, row.column + closed.end() - 1), INNER_QUOTE, (change,))


COMMENT_BEHIND = re.compile(r"(?<!\s)\s+#")
"""Where a comment begins, behind the last quotation mark; many spaces are looked at once."""


def _colon(lines: Sequence[str], number: int) -> Slip | None:
    row = row_of(lines[number - 1])
    found = COLON.search(row.value)
    if not row.name or not found or row.value[:1] in {'"', "'", "[", "{", "|", ">"}:
        return None
    after = takewhile(lambda line: line.startswith(f"{row.lead} ") and not COLON.search(line), lines[number:])
    rest = len(list(after))
    where = Mark(number, row.column + found.start())
    if not rest:
        return Slip(where, INNER_COLON, (Change(number, row.column, len(row.value), quoted(row.value)),))
    whole = " ".join([row.value, *lines[number : number + rest]])
    if '"' in whole or "\\" in whole:
        return Slip(where, INNER_COLON)
    last = lines[number + rest - 1].rstrip()
    return Slip(where, INNER_COLON, (Change(number, row.column, 0, '"'), Change(number + rest, len(last) + 1, 0, '"')))


def _special(lines: Sequence[str], number: int) -> Slip | None:
    row = row_of(lines[number - 1])
    if not SPECIAL.match(row.value) or not (row.name or row.lead.strip()):
        return None
    return Slip(
        Mark(number, row.column), SPECIAL_MARK, (Change(number, row.column, len(row.value), quoted(row.value)),)
    )


def _deeper(lines: Sequence[str], number: int) -> Slip | None:
    """A field that stands deeper than the one above it, which has a value of its own."""
    above = next((line for line in reversed(lines[: number - 1]) if line.strip()), "")
    row, upper = row_of(lines[number - 1]), row_of(above)
    if not row.name or not upper.name or not upper.value or len(row.lead) <= len(upper.lead) or "-" in row.lead:
        return None
    if upper.value[:1] in {"|", ">"}:
        return None
    edit = (Change(number, 1, len(row.lead), " " * len(upper.lead)),)
    hint = text("hapus {count} spasi di awal baris ini", count=len(row.lead) - len(upper.lead))
    return Slip(Mark(number, len(row.lead) + 1), fault(DEEPER, hint), edit)


def _shallow(lines: Sequence[str], number: int) -> Slip | None:
    """A field of a list's item that does not stand in line with the item's first field."""
    if not (found := shallow_fields(lines, number)):
        return None
    hint = text(
        'tambahkan {count} spasi di awal baris ini, supaya sejajar dengan "{name}"',
        count=found.lack,
        name=found.beside,
    )
    first = found.numbers[0]
    mark = Mark(first, len(row_of(lines[first - 1]).lead) + 1)
    return Slip(mark, fault(SHALLOW, hint), moved(found.numbers, found.lack))


def _with_bar(name: str) -> Text:
    return text(
        'teks yang lebih dari satu baris: tulis "{name}: |", lalu setiap barisnya menjorok dua spasi', name=name
    )


def _loose_text(lines: Sequence[str], began: Mark) -> Slip:
    """A line that is no field: mostly a text's second paragraph."""
    names = (row_of(line).name for line in reversed(lines[: began.line - 1]))
    hint = _with_bar(next(filter(None, names), "process"))
    if alone := re.fullmatch(r" *([a-z][a-z_]*) *", _line(lines, began)):
        hint = text("tulis {name}: lalu nilainya, atau hapus baris ini", name=alone[1])
    return Slip(began, fault(LOOSE, hint))


def _block(lines: Sequence[str], began: Mark) -> Slip:
    """A text that begins behind the mark that announces it for the next line."""
    line = _line(lines, began)
    behind = len(line) - len(line[began.column :].lstrip())
    indent = " " * (len(row_of(line).lead) + 2)
    edit = (Change(began.line, began.column + 1, behind - began.column, f"\n{indent}"),)
    return Slip(Mark(began.line, behind + 1), BLOCK, edit)


def _unclosed_bracket(lines: Sequence[str], began: Mark) -> Slip:
    row = row_of(_line(lines, began))
    if row.value.startswith("[") and row.value.count("[") == 1 and "]" not in row.value:
        edit = (Change(began.line, row.column + len(row.value.rstrip(" ,")), 0, "]"),)
        return _showing(lines, Slip(began, BRACKET, edit))
    return Slip(began, BRACKET)


Look = Callable[[Sequence[str], int], Slip | None]
LOOKS: tuple[Look, ...] = (
    _tab,
    _wide_space,
    _bullet,
    _glued,
    _equals,
    _semicolon,
    _curly,
    _inner_quote,
    _colon,
    _special,
    _deeper,
    _shallow,
)
"""What each line near the stumble is looked at for, the surest first."""
