"""One run of an import: it writes new files only, remembers them, and can take them back."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from kbp_site.content.problems import KbpError
from kbp_site.editing.imports.ledger import Ledger, Made, fingerprint
from kbp_site.editing.imports.records import Records
from kbp_site.editing.imports.report import Fate, Report
from kbp_site.locale import Text, text

MEDIA = "content/media/"
MAX_SOURCE = 200 * 1024**2
"""Bytes of a file that is read whole."""


def _silent(step: Text) -> None:
    """Say nothing of a step."""


@dataclass(frozen=True)
class Wish:
    """How an import is meant: into which site, only tried, or taken back; ``step`` hears how far it is."""

    root: Path
    is_trial: bool = False
    is_undo: bool = False
    step: Callable[[Text], None] = _silent


class Session:
    """An import under way; as a context it saves the ledger at the end, also when it is interrupted."""

    def __init__(self, wish: Wish, source: str) -> None:
        """Begin; raises `KbpError` when there is no content folder, or it is reached by a link."""
        content = wish.root / "content"
        if not content.is_dir() or content.is_symlink():
            raise KbpError(
                text('tidak ada folder content di "{root}"; mulai dengan kbp init', root=str(wish.root)),
            )
        self.root, self.wish = wish.root, wish
        self.report = Report(source, wish.is_trial)
        self.ledger = Ledger(wish.root)
        self.records = Records(wish.root, is_trial=wish.is_trial)
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if not self.wish.is_trial:
            self.ledger.save()

    def settled(self, key: str, print_: str, what: Text) -> bool:
        """Whether nothing is left to do for a thing: it came in before, or is taken back. The report says so."""
        made = self.ledger.find(key)
        if self.wish.is_undo:
            self._take_back(made, what)
            return True
        if made is None:
            return False
        why = [text("dahulu menjadi {path}", path=made.path)]
        if not self.is_there(made.path):
            why.append(text("berkas itu diganti nama atau dihapus; untuk mengimpor lagi, pakai dahulu --undo"))
        elif made.fingerprint != print_:
            why.append(text("isinya berubah sejak diimpor; catatannya tidak disentuh, jadi sesuaikan sendiri"))
        self.report.tell(what, Fate.PRESENT, *why)
        return True

    def is_there(self, path: str) -> bool:
        """Whether a file is there, or would be, after this run."""
        return path in self._taken or (self.root / path).exists()

    def is_new(self, path: str) -> bool:
        """Whether a file was made in this run."""
        return path in self._taken

    def _take_back(self, made: Made | None, what: Text) -> None:
        if made is None:
            self.report.tell(what, Fate.SKIPPED, text("belum pernah diimpor"))
            return
        path = self.root / made.path
        if path.exists() and not made.is_untouched(self.root):
            self.report.tell(what, Fate.SKIPPED, text("{path} sudah Anda ubah, jadi tidak dihapus", path=made.path))
            return
        if made.path.startswith(MEDIA) and (naming := self.records.naming(made.path.removeprefix(MEDIA))):
            why = text("{path} masih disebut di {record}, jadi tidak dihapus", path=made.path, record=naming)
            self.report.tell(what, Fate.SKIPPED, why)
            return
        self.report.tell(what, Fate.REMOVED, text("{path} dihapus", path=made.path))
        self.records.remove(made.path)
        self.ledger.drop(made.key)
        if not self.wish.is_trial:
            with suppress(OSError):  # the folder of the photos of one story, and that of all, when they are empty
                path.parent.rmdir()
                (self.root / MEDIA).rmdir()

    def free(self, folder: str, stem: str, ending: str, *, is_numbered: bool = False) -> str:
        """Return the first free path of a name: ``stem.yml``, then ``stem-2.yml``; numbered ones begin with 1."""
        number = self._numbers.get(f"{folder}/{stem}{ending}", 1)
        while True:
            suffix = f"-{number}" if is_numbered or number > 1 else ""
            path = f"{folder}/{stem}{suffix}{ending}"
            if path not in self._taken and not os.path.lexists(self.root / path):
                self._taken.add(path)
                self._numbers[f"{folder}/{stem}{ending}"] = number + 1
                return path
            number += 1

    def write(self, path: str, data: bytes, *, key: str, print_: str) -> None:
        """Write a new file and remember it; an existing one is never overwritten. A trial writes nothing."""
        self.report.made.append(path)
        made = Made(key, print_, path, fingerprint(data))
        if self.wish.is_trial:
            self.ledger.add(made)
            return
        target = self.root / path
        if not target.parent.resolve().is_relative_to((self.root / "content").resolve()):
            raise KbpError(text("{path} berada di luar folder content", path=path))
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(data)
        self.ledger.add(made)


def read_source(path: Path) -> bytes:
    """Read a file that is imported; raises `KbpError` for what is no file or too large."""
    check_source(path)
    return path.read_bytes()


def check_source(path: Path) -> None:
    """Raise `KbpError` for what is no file or too large: before anything is written, where many are named."""
    if path.is_dir():
        raise KbpError(text('"{path}" adalah folder; sebutkan berkas di dalamnya', path=str(path)))
    if not path.is_file():
        raise KbpError(text('berkas "{path}" tidak ada', path=str(path)))
    if path.stat().st_size > MAX_SOURCE:
        raise KbpError(text('berkas "{path}" lebih dari {limit} MB', path=str(path), limit=MAX_SOURCE // 1024**2))
