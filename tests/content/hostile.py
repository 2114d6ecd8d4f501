"""Inputs that are made to break a reader, and what must come of each: one JSON row an input.

It is a program of its own, since each input is read in a process with limits: 1 GB of memory, 10 s of processor, 20 s
in all. ``python hostile.py GROUP PART PARTS`` says how each of a part of a group ended.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from PIL import Image

from kbp_site.content.load import load
from kbp_site.content.markup import judge_prose, to_html
from kbp_site.content.problems import print_text

MEGABYTE = 1024**2
MEMORY, PROCESSOR, TIME = 1024 * MEGABYTE, 10, 20
SITE = {
    "site.yml": "title: X\norganization: kbp\n",
    "organizations/kbp.yml": "title: X\nstatus: published\nkind: kbp\n",
}
RECORD = "activities/x.yml"
LARGEST = 256 * 1024
HEAD = "title: X\nsummary: x\nkind: other\ndate: 2006\n"
STORY = HEAD + "process: x\n"


class Hostile(NamedTuple):
    """An input, which is made when it is asked for where it has megabytes; and its codes, none when it is accepted."""

    made: str | Callable[[], str | bytes]
    codes: str = ""

    @property
    def data(self) -> bytes:
        """The input's bytes."""
        made = self.made() if callable(self.made) else self.made
        return made if isinstance(made, bytes) else made.encode()


def laughs(levels: int, width: int) -> str:
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else 'x'] * width)}]" for n in range(levels)]
    return "\n".join(rows)


def merges(levels: int) -> str:
    rows = ["a0: &a0 {k: v}"] + [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, levels)]
    return "\n".join(rows)


def largest(piece: str, head: str = "") -> str:
    """Repeat a piece until a file is as large as it may be."""
    return head + piece * ((LARGEST - len(head.encode())) // len(piece.encode()))


YAML = {
    "aliases of aliases": Hostile(laughs(8, 9), "K106"),
    "merges of merges": Hostile(merges(30), "K106"),
    "an anchor that holds itself": Hostile("a: &a [*a]", "K106"),
    "a mapping that holds itself": Hostile("a: &a {x: *a}", "K106"),
    "a merge of itself": Hostile("a: &a {<<: *a}", "K106"),
    "anchors without end": Hostile(largest("&a "), "K106"),
    "tags without end": Hostile(largest("! "), "K106"),
    "a tag that is long": Hostile("a: !" + "a" * 250_000 + " x", "K106"),
    "open lists": Hostile(largest("["), "K107"),
    "open mappings": Hostile(largest("{"), "K201"),
    "open lists in a value": Hostile(largest("[", "a: "), "K107"),
    "lists that open and close": Hostile("a: " + "[" * 100_000 + "]" * 100_000, "K107"),
    "closed lists alone": Hostile(largest("]"), "K104"),
    "lists in lists": Hostile(largest("- "), "K107"),
    "asking for keys": Hostile(largest("? "), "K201"),
    "colons": Hostile(largest(": "), "K104"),
    "commas in a list": Hostile("a: [" + "," * 200_000 + "]", "K104"),
    "20,000 keys": Hostile("".join(f"k{n}: v\n" for n in range(9_990)), "K201 K202"),
    "20,001 nodes": Hostile("a:\n" + "- x\n" * 20_001, "K107"),
    "one key 20,000 times": Hostile("a: b\n" * 9_990, "K105 K201 K202"),
    "keys in one line": Hostile("{" + ", ".join(f"k{n}: v" for n in range(3_000)) + "}", "K201 K202"),
    "a key that is long": Hostile("a" * 200_000 + ": x", "K104"),
    "a plain value that is long": Hostile(largest("a", STORY + "result: "), "K204"),
    "a plain value of many lines": Hostile(largest("a\n ", STORY + "result: "), "K204"),
    "a quoted value of many lines": Hostile(STORY + 'result: "' + "a\n\n  " * 40_000 + '"', "K204"),
    "a folded value of many lines": Hostile(largest("  a\n\n", STORY + "result: >\n"), "K204"),
    "a title that is long": Hostile(STORY.replace("title: X", "title: " + "a" * 200_000), "K204"),
    "escapes in quotes": Hostile(STORY + 'result: "' + "\\u0041" * 40_000 + '"'),
    "backslashes in quotes": Hostile(STORY + 'result: "' + "\\" * 200_000 + '"', "K204"),
    "a quote that never closes": Hostile(largest("a ", STORY + 'result: "'), "K104"),
    "quotes of both sorts": Hostile(largest("\"'", STORY + "result: "), "K104"),
    "documents": Hostile(largest("---\n"), "K108"),
    "directives": Hostile(largest("%YAML 1.1\n"), "K104"),
    "marks of a merge": Hostile(largest("<<<<<<< a\n"), "K111"),
    "comments": Hostile(largest("# a\n", STORY)),
    "blank lines": Hostile(largest("\n", STORY)),
    "spaces": Hostile(largest(" ", STORY + "result: a")),
    "tabs": Hostile(largest("\t", STORY), "K104"),
    "ever deeper lines": Hostile("\n".join(" " * n + f"a{n}:" for n in range(600)), "K107"),
    "carriage returns": Hostile(largest("a\r"), "K108"),
    "no text": Hostile(lambda: b"\xff\xfe" * 100_000, "K102"),
    "halves of letters": Hostile(lambda: b"a: " + b"\xc3" * 200_000, "K102"),
    "zeros": Hostile(largest("\0"), "K103"),
    "zero-width spaces": Hostile(largest("\u200b"), "K103 K108"),
    "bidirectional marks": Hostile(largest("\u202e\u2066", STORY + "result: "), "K103"),
    "bidirectional marks in lines": Hostile(largest("  a\u202e\n", STORY + "result: |\n")[:100_000], "K103 K204"),
    "letters beyond 16 bits": Hostile(largest("\U000e0041", STORY + "result: "), "K103"),
    "terminal codes": Hostile(largest("a: \x1b[31m\n")[:100_000], "K103 K104"),
    "surrogates as escapes": Hostile(STORY + 'result: "' + "\\ud800" * 30_000 + '"', "K104"),
    "marks over one letter": Hostile(largest("\u0301", STORY + "result: a"), "K204"),
    "letters that grow": Hostile(largest("\ufdfa", STORY + "result: "), "K204"),
}

FIELDS = {
    "a number of many figures": Hostile(STORY + "participants: {total: " + "9" * 200_000 + "}", "K203"),
    "a number of zeros": Hostile(STORY + "participants: {total: " + "0" * 200_000 + "1}"),
    "a number of marks": Hostile(STORY + "participants: {total: " + "1." * 100_000 + "}", "K203"),
    "a number of words": Hostile(STORY + "participants: {total: " + "seratus " * 25_000 + "}", "K203"),
    "a date of many figures": Hostile(STORY.replace("2006", "2" * 200_000), "K205"),
    "a date of signs": Hostile(STORY.replace("2006", "±" * 100_000 + "2006"), "K205"),
    "a date of dashes": Hostile(STORY.replace("2006", "2006" + "-08" * 20_000), "K205"),
    "a range of ranges": Hostile(STORY.replace("2006", "2006/" * 15_000), "K205"),
    "a date of months": Hostile(STORY.replace("2006", "Agustus " * 25_000), "K205"),
    "an address that is long": Hostile(STORY + "sources: [{title: x, url: 'https://" + "a." * 100_000 + "id'}]"),
    "an address of users": Hostile(STORY + "sources: [{title: x, url: 'https://" + "a@" * 100_000 + "id'}]", "K206"),
    "an address of brackets": Hostile(STORY + "sources: [{title: x, url: 'https://" + "[" * 100_000 + "'}]", "K206"),
    "old paths": Hostile(STORY + "aliases: [" + ", ".join(f"a/{n}" for n in range(15_000)) + "]"),
    "an old path of slashes": Hostile(STORY + "aliases: [" + "a/" * 100_000 + "]", "K203"),
    "one reference 5,000 times": Hostile(STORY + "related: [" + ", ".join(["terms/a"] * 5_000) + "]", "K301"),
    "a reference that is long": Hostile(STORY + "related: [terms/" + "a-" * 100_000 + "a]", "K204"),
    "lines in a list": Hostile(STORY + "participants: {groups: [" + ", ".join(["a"] * 19_000) + "]}"),
    "a list of nothing": Hostile(STORY + "parties: [" + "''," * 5_000 + "]", "K202"),
    "figures": Hostile(STORY + "claims:\n" + "- {about: a, unit: b, parts: [{label: a, value: 1}]}\n" * 1_500),
    "unknown fields": Hostile(STORY + "".join(f"judu{n}: x\n" for n in range(4_000)), "K201"),
    "one misspelt field that is long": Hostile(STORY + "titl" + "e" * 900 + ": x\n", "K201"),
    "numbers of people": Hostile(STORY + "result: " + "0812-3456-7890 " * 6_000, "K204 K502"),
    "numbers of many people": Hostile(
        STORY + "parties: [" + ", ".join(f"0812-34{n:02d}-{m:04d}" for n in range(3) for m in range(2_000)) + "]",
        "K502",
    ),
    "digits and marks": Hostile(STORY + "result: " + "3201 0145.0890-" * 6_000, "K204 K501"),
    "digits far apart": Hostile(STORY + "result: |\n" + ("  " + "2 " * 900 + "\n") * 35),
    "digits with stars in a comment": Hostile(largest("0*", STORY + "# ")),
    "digits in cells": Hostile(largest("0|", STORY + "# ")),
    "pairs of digits": Hostile(largest("21 ", STORY + "# ")),
    "hours without end": Hostile(largest("08:00-", STORY + "# ")),
    "digits in lines": Hostile(largest("  0\n", STORY + "result: |\n")[:100_000], "K204"),
    "digits that may be somebody's": Hostile(largest("telp 0 8 0 8 ", STORY + "# ")),
    "digits of two gaps": Hostile(largest("1 1  ", STORY + "# ")),
    "at signs": Hostile(STORY + "result: '" + "a@" * 30_000 + "'"),
    "addresses of people": Hostile(STORY + "result: '" + "a@b.id " * 9_000 + "'", "K503"),
    "dots before an at sign": Hostile(STORY + "result: '" + "a." * 30_000 + "@'"),
    "forms of address": Hostile(STORY + "result: '" + "Ibu Sari di RT 02 " * 3_500 + "'"),
}

PROSE = {
    "headings": Hostile("### a\n" * 10_000, "K204"),
    "headings in few lines": Hostile("### a\n" * 1_999),
    "headings between words": Hostile("a\n### a\n" * 999),
    "headings in quotes": Hostile("> ### a\n" * 1_999),
    "rules": Hostile("***\n" * 16_000, "K204"),
    "rules in few lines": Hostile("***\n" * 1_999),
    "heads of tables": Hostile("a|b\n-|-\n\n" * 7_000, "K204"),
    "heads of tables in few lines": Hostile("a|b\n-|-\n\n" * 666),
    "a table of 5,000 columns": Hostile("|".join("a" * 5_000) + "\n" + "|".join("-" * 5_000) + "\n", "K207"),
    "a table of many cells": Hostile("|" * 33 + "\n" + "|-" * 32 + "|\n" + ("|" * 32 + "\n") * 1_900),
    "a row for every line": Hostile("|".join("a" * 16) + "\n" + "|".join("-" * 16) + "\n" + "a\n" * 1_990),
    "paragraphs": Hostile("a\n\n" * 20_000, "K204"),
    "words": Hostile("a " * 32_000),
    "items": Hostile("- a\n" * 1_999),
    "items of two sorts": Hostile("- a\n1. b\n" * 999),
    "items in items": Hostile("- a\n    - b\n        - c\n" * 666),
    "items deeper and deeper": Hostile("\n".join("    " * depth + "- x" for depth in range(170)), "K207"),
    "quotes in quotes": Hostile("> " * 30_000, "K207"),
    "quotes of eight levels": Hostile(("> " * 8 + "a\n") * 1_999),
    "definitions of one long address": Hostile("[b] " * 900 + "\n\n[b]: https://e.id/" + "x" * 19_000, "K206"),
    "open brackets": Hostile("[" * 60_000, "K207"),
    "closing brackets": Hostile("][" * 30_000, "K207"),
    "titles that never close": Hostile('[a]("x) ' * 8_000, "K207"),
    "quotes and items in turn": Hostile("> - " * 15_000, "K207"),
    "numbered items in one line": Hostile("1. " * 20_000, "K207"),
    "open pictures": Hostile("![" * 30_000, "K207"),
    "links": Hostile("[a](https://e.id) " * 990),
    "links in links": Hostile("[a](" * 900, "K207"),
    "addresses in open brackets": Hostile("[a](" + "(" * 60_000),
    "open emphasis": Hostile("*" * 60_000 + "["),
    "emphasis that never closes": Hostile("*a **b " * 9_000 + "["),
    "emphasis of two sorts": Hostile("_a*" * 20_000 + "["),
    "underscores": Hostile("*a _b " * 10_000 + "&"),
    "bold words": Hostile("***a** b* " * 6_500),
    "escapes": Hostile("\\* " * 20_000, "K207"),
    "backslashes": Hostile("\\" * 60_000, "K207"),
    "fewer backslashes": Hostile("\\" * 10_000),
    "references of letters": Hostile("&amp; " * 10_000),
    "broken references": Hostile("&#" * 30_000, "K207"),
    "ticks": Hostile("`" * 60_000, "K207"),
    "ticks of many lengths": Hostile("".join("`" * (n % 200) + "a" for n in range(600)), "K207"),
    "tags": Hostile("<a " * 20_000, "K207"),
    "less than": Hostile("<" * 60_000),
    "comments": Hostile("<!-- " * 12_000, "K207"),
    "instructions": Hostile("<?a " * 15_000, "K207"),
    "tildes": Hostile("~" * 60_000, "K207"),
    "hard breaks": Hostile("a  \n" * 1_999),
    "spaces": Hostile("a" + " " * 60_000 + "b", "K207"),
    "carets": Hostile("a^" * 30_000 + "["),
    "marks of insertion": Hostile("^^^a" * 15_000 + "&"),
    "marks of deletion": Hostile("~~a" * 20_000 + "&"),
    "equal signs": Hostile("==a" * 20_000 + "&"),
    "bare addresses": Hostile("www.a." * 10_000 + "&"),
    "at signs": Hostile("a@b." * 15_000 + "&"),
}


def packed(piece: str, times: int) -> bytes:
    """Return an office file whose words are one piece again and again; it is a thousand times smaller than they are."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<t>" + piece * times)
    return file.getvalue()


def picture(format_: str, **options: Any) -> bytes:
    file = BytesIO()
    Image.new("L", (64, 64)).save(file, format_, **options)
    return file.getvalue()


def chunks(kind: bytes, data: bytes, times: int) -> bytes:
    """Return a PNG with a chunk behind its head, again and again."""
    chunk = len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
    plain = picture("PNG")
    return plain[:33] + chunk * times + plain[33:]


def parts(part: bytes, times: int) -> bytes:
    """Return a JPEG with a part behind its beginning, again and again."""
    plain = picture("JPEG")
    return plain[:2] + part * times + plain[2:]


def scans(times: int) -> bytes:
    """Return a JPEG that says its last few pixels again and again: each scan costs as much as the whole picture."""
    plain = picture("JPEG", progressive=True)
    last = plain[plain.rindex(b"\xff\xda") : -2]
    return plain[:-2] + last * times + plain[-2:]


def riff(data: bytes) -> bytes:
    return b"RIFF" + (len(data) + 4).to_bytes(4, "little") + b"WEBP" + data


MEDIA = {
    "digits without end.docx": Hostile(lambda: packed("0*", 2_000_000), "K602"),
    "digits.docx": Hostile(lambda: packed("0*", 490_000)),
    "cells of digits.docx": Hostile(lambda: packed("0*0*0</w:tc>", 100_000)),
    "empty cells.docx": Hostile(lambda: packed("</si>", 6_000_000), "K602"),
    "digits without end.csv": Hostile(lambda: "0*" * 9_000_000, "K602"),
    "digits.csv": Hostile(lambda: "0*" * 490_000),
    "rows of digits.csv": Hostile(lambda: "0*0*0*0*0\n" * 100_000),
    "lines.txt": Hostile(lambda: "\n" * 18_000_000, "K602"),
    "packed digits.png": Hostile(lambda: chunks(b"zTXt", b"a\0\0" + zlib.compress(b"0*" * 500_000), 62), "K604"),
    "fill bytes.jpg": Hostile(lambda: parts(b"\xff\xff\xdb\0\2", 4_000_000), "K602"),
    "one long fill.jpg": Hostile(lambda: parts(b"\xff", 18_000_000), "K602"),
    "a fill.jpg": Hostile(lambda: parts(b"\xff", 900_000)),
    "empty tables.jpg": Hostile(lambda: parts(b"\xff\xdb\0\2", 5_000_000), "K602"),
    "empty scans.jpg": Hostile(lambda: scans(1_500), "K602"),
    "as many scans as may be.jpg": Hostile(lambda: scans(90)),
    "chunks without end.png": Hostile(lambda: chunks(b"tRNS", b"", 1_500_000), "K602"),
    "chunks without end.webp": Hostile(lambda: riff(b"VP8X\0\0\0\0" * 2_000_000), "K602"),
}

GROUPS: Mapping[str, Mapping[str, Hostile]] = {"yaml": YAML, "fields": FIELDS, "prose": PROSE, "media": MEDIA}


def read(group: str, name: str, data: bytes) -> list[str]:
    """Read an input as the program does, say its problems, and make HTML of a text that is accepted."""
    if group == "prose":
        words = data.decode()
        faults = judge_prose(words)
        if not faults:
            to_html(words)
        return [fault.code for fault in faults]
    with TemporaryDirectory() as folder:
        files = {path: written.encode() for path, written in SITE.items()}
        if group == "media":
            files |= {RECORD: f"{STORY}documents: [{{file: {name}, title: X}}]\n".encode(), f"media/{name}": data}
        else:
            files[RECORD] = data
        for path, body in files.items():
            file = Path(folder) / "content" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
        problems = load(Path(folder), today=date(2026, 11, 27)).problems
        print_text(problems, "id").encode("utf-8")
        return [problem.code for problem in problems]


def limited(group: str, name: str, data: bytes) -> dict[str, Any]:
    """Read an input in a process with limits; return its codes, what it took, and how the process ended."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(TIME)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
        before = resource.getrusage(resource.RUSAGE_SELF)
        codes = sorted(set(read(group, name, data)))
        after = resource.getrusage(resource.RUSAGE_SELF)
        took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        told = {"codes": codes, "seconds": round(took, 2), "megabytes": (after.ru_maxrss - before.ru_maxrss) // 1024}
        os.write(writer, json.dumps(told).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        told = json.loads(said.read() or b"{}")
    return {"name": name, "ended": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), **told}


if __name__ == "__main__":
    group, number, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    inputs = [(name, hostile.data) for name, hostile in GROUPS[group].items()][number::count]
    for name, data in inputs:
        print(json.dumps(limited(group, name, data)), flush=True)
