"""Folders as a test compares them: every file's bytes by its path."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path

Tree = Mapping[str, bytes]


def read_tree(folder: Path, ending: str = "") -> Tree:
    """Return every file below ``folder`` whose name has that ending."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob(f"*{ending}"))
        if path.is_file()
    }


def first_difference(one: Tree, other: Tree) -> str:
    """Say where two trees first differ; empty when they are the same."""
    for name in sorted({*one, *other}):
        if name not in one or name not in other:
            return f"{name}: only in {'the first' if name in one else 'the second'}"
        if one[name] != other[name]:
            lines = zip_longest(one[name].splitlines(), other[name].splitlines())
            number, pair = next((n, pair) for n, pair in enumerate(lines, 1) if pair[0] != pair[1])
            return f"{name}:{number}: {pair[0]!r} != {pair[1]!r}"[:600]
    return ""
