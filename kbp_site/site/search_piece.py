"""A piece of the search index: what Pagefind's program says of some documents of one language, ready to be merged."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from itertools import accumulate, pairwise, repeat, starmap
from pathlib import Path
from typing import Any, NamedTuple

from pagefind_bin import get_executable

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.locale import text
from kbp_site.site.search_words import FIELDS, FILTERS, PAGES, PARTS, Place, Word, read_table, read_words, unpack

ENTRY = "pagefind-entry.json"
KEPT = ("pagefind.js", "wasm.??.pagefind")
"""What our page needs of the programs that Pagefind brings; the rest are interfaces of its own."""

Row = tuple[str, int, int, int, int, bytes]
"""A word of a piece as it is merged: its name, the piece's number, and what `Word` says besides spellings."""


class Fragment(NamedTuple):
    """What a result may show of a page: the SHA-256 of its bytes, how many they are, and how many words it has."""

    digest: str
    size: int
    words: int


@dataclass(frozen=True)
class Piece:
    """A piece: what the entry says at all and of the language, a fragment for each page, values of filters, and words.

    ``programs`` are SHA-256 by names. Words stand in columns, by the alphabet, since there are very many: ``names`` one
    a line, ``numbers`` the pages, first, last, and bytes of each, ``rests`` the bytes, all as `Word` says.
    """

    entry: Mapping[str, Any]
    programs: Mapping[str, str]
    of_language: Mapping[str, Any] = field(default_factory=dict)
    fragments: Sequence[Fragment] = ()
    filters: Mapping[str, Mapping[str, Sequence[int]]] = field(default_factory=dict)
    names: str = ""
    numbers: bytes = b""
    rests: bytes = b""
    spelt: Mapping[str, Mapping[str, Sequence[Place]]] = field(default_factory=dict)

    def rows(self, number: int) -> Iterator[Row]:
        """Yield the words, by the alphabet, as those of a piece of this number."""
        columns = array("I", self.numbers)
        counts, firsts, lasts, sizes = (columns[column::4] for column in range(4))
        rests = map(self.rests.__getitem__, starmap(slice, pairwise(accumulate(sizes, initial=0))))
        names = self.names.split("\n") if columns else []
        return zip(names, repeat(number, len(names)), counts, firsts, lasts, rests, strict=True)


class Made(NamedTuple):
    """What was made of documents: their piece, the bytes of its fragments in order, and the programs by name."""

    piece: Piece
    fragments: Sequence[bytes]
    programs: Mapping[str, bytes]


def make_piece(documents: Iterable[tuple[str, str]], fields: Sequence[str], folder: Path) -> Made:
    """Make the piece of documents of one language, (address, HTML) each; ``fields`` are all that they may tell.

    Pagefind works in ``folder``. Raises `KbpError` (exit 3) when it fails.
    """
    files = run_pagefind(documents, folder)
    programs = {name: data for name, data in files.items() if any(fnmatch(name, pattern) for pattern in KEPT)}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in programs.items()}
    entry = json.loads(files[ENTRY])
    if not (languages := entry.pop("languages")):
        return Made(Piece(entry, digests), [], programs)
    [of_language] = languages.values()
    meta = read_table(files[f"pagefind.{of_language['hash']}.pf_meta"])
    fragments = [files[f"fragment/{name}.pf_fragment"] for name, _ in meta[PAGES]]
    told = [hashlib.sha256(data).hexdigest() for data in fragments]
    filters = (read_table(files[f"filter/{name}.pf_filter"]) for _, name in meta[FILTERS])
    words = list(_words(files, meta, fields))
    numbers = (each for word in words for each in (word.pages, word.first, word.last, len(word.rest)))
    piece = Piece(
        entry,
        digests,
        {"wasm": of_language["wasm"]},
        [Fragment(*row) for row in zip(told, map(len, fragments), (count for _, count in meta[PAGES]), strict=True)],
        {name: dict(rows) for name, rows in filters},
        "\n".join(word.name for word in words),
        array("I", numbers).tobytes(),
        b"".join(word.rest for word in words),
        {word.name: word.spelt for word in words if word.spelt},
    )
    return Made(piece, fragments, programs)


def _words(files: Mapping[str, bytes], meta: Sequence[Any], fields: Sequence[str]) -> Iterator[Word]:
    """Yield the words of an index by the alphabet, with the numbers that fields have among all."""
    numbers = {number: fields.index(name) for number, name in enumerate(meta[FIELDS])}
    renamed = {number: other for number, other in numbers.items() if other != number}
    for _, _, name in meta[PARTS]:
        yield from read_words(unpack(files[f"index/{name}.pf_index"]), renamed)


def run_pagefind(documents: Iterable[tuple[str, str]], folder: Path) -> dict[str, bytes]:
    """Return the files of an index of documents, (address, HTML) each; their pages are numbered in the same order.

    Given a folder of documents, Pagefind would number them as the disk happens to list them.
    """
    asked: list[dict[str, object]] = [
        {"type": "NewIndex"},
        *({"type": "AddFile", "index_id": 0, "file_path": name, "file_contents": html} for name, html in documents),
        {"type": "GetFiles", "index_id": 0},
    ]
    answers = _ask_pagefind(asked, folder)
    for answer in answers:
        if answer["type"] == "Error":
            raise _failed(answer["message"])
    return {file["path"]: b64decode(file["content"]) for file in answers[-1]["files"]}


def _ask_pagefind(asked: Sequence[Mapping[str, object]], folder: Path) -> list[dict[str, Any]]:
    """Return the program's answers to all that it is asked: messages of JSON in base 64, each before a comma."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command = [get_executable(), "--service"]
    inward, outward, unheard = subprocess.PIPE, subprocess.PIPE, subprocess.DEVNULL
    read, left = list[bytes](), len(asked)
    try:
        # Pagefind reads settings from the folder that it runs in: there are none in ours.
        with subprocess.Popen(
            command, stdin=inward, stdout=outward, stderr=unheard, cwd=folder, env=settings
        ) as program:
            assert program.stdin and program.stdout, "both are pipes"
            for number, payload in enumerate(asked):
                program.stdin.write(b64encode(json.dumps({"message_id": number, "payload": payload}).encode()) + b",")
            program.stdin.flush()
            # Where its input ends, it ends at once: that comes when all is answered.
            while left and (data := os.read(program.stdout.fileno(), 1 << 20)):
                read.append(data)
                left -= data.count(b",")
    except OSError as error:
        message = text("Pagefind tidak dapat dijalankan: {reason}", reason=error)
        raise KbpError(message, exit_code=ExitCode.SYSTEM) from error
    if left:
        raise _failed(str(program.returncode))
    return [json.loads(b64decode(answer))["payload"] for answer in b"".join(read).split(b",")[:-1]]


def _failed(reason: str) -> KbpError:
    message = text("Pagefind gagal menyusun indeks: {reason}", reason=reason.partition("\n")[0])
    return KbpError(message, exit_code=ExitCode.SYSTEM)
