"""What is mechanical among the content's faults is mended in the files themselves, and nothing else is touched."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from kbp_site.content.changes import LINE_END, apply_edits
from kbp_site.content.load import Loaded, judge_file, load
from kbp_site.content.personal import cover
from kbp_site.content.problems import KbpError, Problem, printable
from kbp_site.content.text_files import read_bytes
from kbp_site.locale import text
from kbp_site.site.cache import cache_folder

STOPS = frozenset({"K104", "K106", "K107", "K108", "K111"})
"""Faults behind which a file is not read on."""

ROUNDS = 100
"""Times that one file is mended and read again; each slip of the pen hides those behind it."""

SHOWN_LIMIT = 100
"""Characters of a changed line that are shown around its change."""

LONG = 200
"""Lines of a file that is compared in a simpler way."""


@dataclass(frozen=True)
class Mended:
    """Files as they stand and as they would, and the content as it is with them."""

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    loaded: Loaded


def mend(root: Path, *, today: date) -> Mended:
    """Find all that can be mended below ``root``, and write nothing.

    A file is read again after each change: one that does not make it better is not made. Raises as `load` does.
    """
    loaded = load(root, today=today)
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    for path in _paths_to_mend(loaded):
        if isinstance(data := read_bytes(root, path), bytes):
            before[path], after[path] = data, mend_alone(root, path, data)
    if after != before:
        loaded = load(root, today=today, instead=after)
    together = {
        path: mend_together(root, path, after[path], loaded.problems)
        for path in _paths_to_mend(loaded)
        if path in after
    }
    kept, loaded = _keep_better(root, today, loaded, after, together)
    after |= kept
    changed = [path for path in after if after[path] != before[path]]
    return Mended({path: before[path] for path in changed}, {path: after[path] for path in changed}, loaded)


def _paths_to_mend(loaded: Loaded) -> list[str]:
    return sorted({problem.path for problem in loaded.problems if problem.edit})


def mend_alone(root: Path, path: str, data: bytes) -> bytes:
    """Return a file with all mended that can be judged from the file alone."""
    for _ in range(ROUNDS):
        problems = judge_file(root, path, data)
        better = _better(root, path, data, problems, [problem for problem in problems if problem.edit])
        if better is None:
            break
        data = better
    return data


def _better(root: Path, path: str, data: bytes, problems: list[Problem], chosen: list[Problem]) -> bytes | None:
    """Return the file with the chosen problems mended, or as many of them as make it better; else ``None``."""
    if not chosen:
        return None
    mended = apply_edits(data, [problem.edit for problem in chosen])
    if is_better(problems, judge_file(root, path, mended), mended_number=len(chosen)):
        return mended
    if len(chosen) == 1:
        return None
    half = len(chosen) // 2
    return _better(root, path, data, problems, chosen[:half]) or _better(root, path, data, problems, chosen[half:])


def is_better(before: Sequence[Problem], after: Sequence[Problem], *, mended_number: int) -> bool:
    """Whether a file is better after so many of its problems were mended.

    One that could not be read on is read further. In any other so many problems are gone, and none is new.
    """
    was, now = _stop(before), _stop(after)
    if was and (not now or now > was):
        return True
    errors = [sum(problem.is_error for problem in problems) for problems in (before, after)]
    return was == now and errors[1] <= errors[0] and len(after) <= len(before) - mended_number


def _stop(problems: Sequence[Problem]) -> tuple[int, int] | None:
    """Return where reading stopped."""
    return next(((p.line, p.column) for p in problems if p.code in STOPS and p.is_error), None)


def mend_together(root: Path, path: str, data: bytes, problems: Sequence[Problem]) -> bytes:
    """Return a file with all mended that is only seen beside the other files: references and media."""
    alone = set(judge_file(root, path, data))
    return apply_edits(data, [p.edit for p in problems if p.path == path and p.edit and p not in alone])


def _keep_better(
    root: Path, today: date, loaded: Loaded, files: Mapping[str, bytes], together: Mapping[str, bytes]
) -> tuple[dict[str, bytes], Loaded]:
    """Keep those of the files that have fewer errors than before, and load the content with them."""
    changed = {path: data for path, data in together.items() if data != files[path]}
    if not changed:
        return {}, loaded
    found = load(root, today=today, instead={**files, **changed})
    kept = {path: data for path, data in changed.items() if _errors(found, path) < _errors(loaded, path)}
    if kept.keys() != changed.keys():
        found = load(root, today=today, instead={**files, **kept})
    return kept, found


def _errors(loaded: Loaded, path: str) -> int:
    return sum(problem.is_error for problem in loaded.problems if problem.path == path)


def write_mended(root: Path, mended: Mended) -> Path:
    """Write the mended files, each whole or not at all, and return the folder that keeps them as they were.

    Raises `KbpError` before anything is written when a file was changed in the meantime, `OSError` when the
    system fails.
    """
    for path, data in sorted(mended.before.items()):
        if read_bytes(root, path) != data:
            raise KbpError(text("{path} berubah sementara diperiksa; jalankan sekali lagi", path=path))
    kept = _new_folder(cache_folder(root) / "mended")
    for path, data in sorted(mended.after.items()):
        (kept / path).parent.mkdir(parents=True, exist_ok=True)
        (kept / path).write_bytes(mended.before[path])
        _replace(root / path, data)
    return kept


def _new_folder(above: Path) -> Path:
    above.mkdir(parents=True, exist_ok=True)
    taken = [int(folder.name) for folder in above.iterdir() if folder.name.isdigit()]
    folder = above / str(max(taken, default=0) + 1)
    folder.mkdir()
    return folder


def _replace(path: Path, data: bytes) -> None:
    """Put new bytes in a file's place in one step; its mode stays."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), path.stat().st_mode & 0o7777)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def show_changes(mended: Mended) -> Iterator[str]:
    """Yield what was changed, file by file, as lines that went and lines that came; personal data is covered."""
    for path, after in sorted(mended.after.items()):
        yield printable(path)
        old, new = (LINE_END.split(data.decode("utf-8"))[::2] for data in (mended.before[path], after))
        for begin, end, new_begin, new_end in _differences(old, new):
            at = _first_difference(old[begin:end], new[new_begin:new_end])
            for sign, lines in (("-", old[begin:end]), ("+", new[new_begin:new_end])):
                first = begin if sign == "-" else new_begin
                yield from (f"{number:5} {sign} {_cut(line, at)}" for number, line in enumerate(lines, first + 1))


def _differences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield from where to where lines differ, in the old and in the new ones.

    Most that is mended leaves as many lines as there were. In a long file they are compared one by one: to look for the
    best fit of lines that are alike would take minutes.
    """
    if len(old) == len(new) >= LONG:
        yield from ((at, at + 1, at, at + 1) for at, pair in enumerate(zip(old, new, strict=True)) if len({*pair}) > 1)
        return
    for what, *places in SequenceMatcher(None, old, new, autojunk=len(old) >= LONG).get_opcodes():
        if what != "equal":
            begin, end, new_begin, new_end = places
            yield begin, end, new_begin, new_end


def _first_difference(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = zip("".join(old[:1]), "".join(new[:1]), strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), 0)


def _cut(line: str, at: int) -> str:
    """Return the part of a line around a change."""
    begin = max(at - SHOWN_LIMIT // 2, 0)
    shown = cover(line)[begin : begin + SHOWN_LIMIT]
    return f"{'…' if begin else ''}{printable(shown)}{'…' if begin + SHOWN_LIMIT < len(line) else ''}"
