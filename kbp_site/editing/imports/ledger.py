"""What was imported before, so that nothing comes in twice: `content/.import/ledger.csv`.

It lies in `content/`, because it must travel with the records: whoever imports the same sheet in another checkout has
to find it. It holds no words of the source, only fingerprints, and the names of the files that were made.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import posixpath
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from kbp_site.content.problems import KbpError
from kbp_site.locale import text

PLACE = "content/.import/ledger.csv"
HEADER = ("key", "fingerprint", "path", "digest")


def fingerprint(*words: str | bytes) -> str:
    """Return 32 hexadecimal digits that stand for some words; the same words always give the same."""
    whole = hashlib.sha256()
    for word in words:
        data = word.encode("utf-8", "surrogatepass") if isinstance(word, str) else word
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()[:32]


@dataclass(frozen=True, order=True)
class Made:
    """One thing that came in.

    ``key`` says what it is, ``fingerprint`` what it held, ``path`` which file was made, ``digest`` what was written.
    """

    key: str
    fingerprint: str
    path: str
    digest: str

    def is_untouched(self, root: Path) -> bool:
        """Whether the file is still as it was made."""
        try:
            return fingerprint((root / self.path).read_bytes()) == self.digest
        except OSError:
            return False


class Ledger:
    """All that ever came in, by key."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.rows: dict[str, Made] = {}
        self._linked: dict[str, bool] = {}
        self.is_changed = False
        path = root / PLACE
        if path.parent.is_symlink():
            folder = posixpath.dirname(PLACE)
            raise KbpError(text("{path} adalah tautan (symbolic link); hapus tautan itu", path=folder))
        if path.is_file() and not path.is_symlink():
            self._read(path.read_text(encoding="utf-8", errors="replace"))

    def _read(self, written: str) -> None:
        for row in csv.reader(io.StringIO(written)):
            if len(row) != len(HEADER):
                raise KbpError(text("{path} rusak; kembalikan dari git, atau hapus baris yang ganjil", path=PLACE))
            if tuple(row) != HEADER and _is_inside(row[2]) and not self._is_linked(posixpath.dirname(row[2])):
                self.rows[row[0]] = Made(*row)

    def _is_linked(self, folder: str) -> bool:
        """Whether a folder is reached by a link: what lies behind it is none of ours."""
        if folder not in self._linked:
            content = (self.root / "content").resolve()
            self._linked[folder] = (self.root / folder).resolve() != content / folder.removeprefix("content/")
        return self._linked[folder]

    def find(self, key: str) -> Made | None:
        """Return what came in under a key."""
        return self.rows.get(key)

    def beginning(self, start: str) -> list[Made]:
        """Return all whose keys begin alike."""
        return [made for key, made in self.rows.items() if key.startswith(start)]

    def add(self, made: Made) -> None:
        """Remember that something came in."""
        self.rows[made.key], self.is_changed = made, True

    def drop(self, key: str) -> None:
        """Forget that something came in."""
        self.is_changed = self.rows.pop(key, None) is not None or self.is_changed

    def save(self) -> None:
        """Write the ledger, whole or not at all; lines are sorted, so that parallel imports merge."""
        if not self.is_changed:
            return
        path = self.root / PLACE
        if not self.rows:
            path.unlink(missing_ok=True)
            with suppress(OSError):
                path.parent.rmdir()
            return
        path.parent.mkdir(exist_ok=True)
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(astuple(made) for made in sorted(self.rows.values()))
        beside = path.with_suffix(f".{os.getpid()}.new")
        beside.write_text(written.getvalue(), encoding="utf-8")
        beside.replace(path)
        self.is_changed = False


def _is_inside(path: str) -> bool:
    """Whether a ledger's path may be one of ours: a hostile ledger must not lead `--undo` out of the content."""
    parts = path.split("/")
    return parts[0] == "content" and len(parts) > 2 and not {"", ".", ".."} & {*parts} and "\\" not in path
