"""The guard at the door of a contribution: which files it may change, and that its photos say nothing but pixels.

A contribution is data: records and media in `content/`. All else (the program, its templates, `mkdocs.yml`,
hand-written pages, workflows) is trusted code, and changes only by those who may write to the repository. What git
says of a change is judged here byte by byte, before any file of the contribution is opened.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from kbp_site.content.checks.media import DOCUMENTS, MAX_BYTES, OTHER_NAME, PLAIN, PLAIN_NAME, same_name
from kbp_site.content.checks.metadata import judge_file, may_tell
from kbp_site.content.media import PICTURES, ending
from kbp_site.content.opening import is_portable, same_elsewhere
from kbp_site.content.problems import ExitCode, KbpError, Problem, Severity, printable
from kbp_site.content.records import BY_FOLDER
from kbp_site.locale import Text, text

REGULAR, GONE = "100644", "000000"
"""Git's modes of a plain file, and of one that is not there."""

MODES = {
    "100755": text("berkas ini dapat dijalankan sebagai program; simpan sebagai berkas biasa"),
    "120000": text("ini tautan (symbolic link), bukan berkas"),
    "160000": text("ini repositori lain (submodule), bukan berkas"),
}

RAW = re.compile(rb":(?P<old>\d{6}) (?P<new>\d{6}) [0-9a-f]+ (?P<blob>[0-9a-f]+) (?P<status>[A-Z])\d*")
"""How `git diff --raw -z` begins each change; its path follows (git-diff-tree(1), "RAW OUTPUT FORMAT")."""

REVISION = re.compile(r"[0-9A-Za-z][\w./-]*")
"""A commit as workflows name it: never an option."""

RECORD = re.compile(r"(?:\.[a-z]{2})?\.yml")


@dataclass(frozen=True)
class Change:
    """One file that a contribution adds, changes or removes: its mode, path and bytes afterwards, as git has them."""

    mode: str
    path: bytes
    blob: str = ""

    @property
    def name(self) -> str:
        """The path for a person: what is not text, and what could steer a terminal, is escaped."""
        return printable(self.path.decode("utf-8", "backslashreplace"))


@dataclass(frozen=True)
class Refusal:
    """A file that a contribution may not bring, and why; as a warning, one that a person should look at."""

    name: str
    reason: Text
    severity: Severity = Severity.ERROR

    @property
    def problem(self) -> Problem:
        """The same as a problem, for the reports that hosts show beside a contribution."""
        return Problem(self.name, 1, 1, "guard", self.reason, None, self.severity)


NOTABLE = {
    "site.yml": text("perhatikan: ini mengubah pengaturan situs, termasuk nomor yang boleh terbit (allowed_contacts)"),
    "consents": text("perhatikan: ini mengubah persetujuan; cocokkan dengan lembar atau rekaman aslinya"),
}
"""Data that decides what else may be published: a contribution may change it, but not unseen."""


def read_changes(raw: bytes) -> tuple[Change, ...]:
    """Return the changes that `git diff --raw -z --no-renames` tells; raises `KbpError` for anything else."""
    pieces = raw.split(b"\0")
    if pieces.pop() or len(pieces) % 2:
        raise KbpError(NOT_READ)
    return tuple(_change(head, path) for head, path in zip(pieces[::2], pieces[1::2], strict=True))


NOT_READ = text("jawaban git tidak dapat dibaca")


def _change(head: bytes, path: bytes) -> Change:
    found = RAW.fullmatch(head)
    if not found or not path or found["status"] in b"CRU":
        raise KbpError(NOT_READ)
    return Change(found["new"].decode(), path, found["blob"].decode())


def judge_change(change: Change, *, prefix: str = "") -> Text | None:
    """Say why a contribution may not bring a change; ``None`` when it may.

    ``prefix`` is where the site stands in its repository ("situs/", or nothing).
    """
    try:
        path = change.path.decode()
    except UnicodeDecodeError:
        return text("nama berkas ini bukan teks UTF-8")
    if not path.startswith(f"{prefix}content/"):
        return text("kontribusi hanya boleh mengubah berkas di content/; mintalah pengelola untuk mengubah yang lain")
    parts = path.removeprefix(prefix).split("/")
    if not is_portable(path.removeprefix(prefix)) or unicodedata.normalize("NFC", path) != path:
        return text("nama berkas ini memuat tanda yang tidak diterima, atau terlalu panjang; {hint}", hint=PLAIN_NAME)
    if change.mode not in {REGULAR, GONE}:
        return MODES.get(change.mode, text("ini bukan berkas biasa"))
    return None if _is_data(parts) else text("di sini hanya diterima catatan (.yml), dan foto atau dokumen di media/")


def _is_data(parts: Sequence[str]) -> bool:
    """Whether a path is that of a record, of the site's own record, or of a media file."""
    match parts:
        case [_, ("site.yml" | "site.en.yml")]:
            return True
        case [_, "media", _, *_]:
            return ending(parts[-1]) in {*PICTURES, *DOCUMENTS, *PLAIN}
        case [_, folder, name]:
            return folder in BY_FOLDER and RECORD.fullmatch(name[len(name.split(".")[0]) :]) is not None
    return False


def guard_range(root: Path, base: str, head: str) -> tuple[Refusal, ...]:
    """Judge all that ``head`` changed since it left ``base``: paths, kinds of files, and photos.

    What decides over other people's data (settings, consents) is named as a warning.

    Raises `KbpError` when git does not know the commits, or is not there (exit 3).
    """
    if not (REVISION.fullmatch(base) and REVISION.fullmatch(head)):
        raise KbpError(text('"{base}" dan "{head}" harus nama commit', base=base, head=head))
    prefix = _git(root, "rev-parse", "--show-prefix").decode().strip("\n")
    changes = read_changes(_git(root, *DIFF, f"{base}...{head}", "--"))
    refused = [Refusal(one.name, reason) for one in changes if (reason := judge_change(one, prefix=prefix))]
    refused += _judge_sizes(root, changes)
    refused += _judge_names(root, prefix, changes, head)
    # Pictures are opened only when all of the rest is as it may be.
    return tuple(refused) or (*_judge_photos(root, changes), *_notable(changes, f"{prefix}content/"))


def _notable(changes: Sequence[Change], content: str) -> Iterator[Refusal]:
    """Yield a warning for each change that decides what else may be published."""
    for change in changes:
        part = change.path.decode().removeprefix(content).partition("/")[0].replace(".en.", ".")
        if part in NOTABLE:
            yield Refusal(change.name, NOTABLE[part], Severity.WARNING)


def guard_staged(root: Path) -> tuple[Refusal, ...]:
    """Judge the photos that the next commit would hold: what is in git's history stays there for ever.

    Raises `KbpError` as `guard_range` does.
    """
    changes = read_changes(_git(root, *DIFF, "--cached", "--"))
    return tuple(_judge_sizes(root, changes)) or tuple(_judge_photos(root, changes))


DIFF = ("diff", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--ignore-submodules=none")


def _judge_sizes(root: Path, changes: Sequence[Change]) -> Iterator[Refusal]:
    """Refuse what is larger than a record or a file of the media may be, as git knows it: nothing is read for that."""
    files = [change for change in changes if change.mode in {REGULAR, "100755"}]
    asked = "".join(f"{change.blob}\n" for change in files).encode()
    answers = _git(root, "cat-file", "--batch-check=%(objectsize)", said=asked).split() if files else []
    for change, size in zip(files, answers, strict=True):
        if not size.isdigit():
            raise KbpError(NOT_READ)
        if int(size) > MAX_BYTES:
            what = text("berkas ini lebih dari {limit} MB; perkecil dahulu", limit=MAX_BYTES // 1024**2)
            yield Refusal(change.name, what)


def _judge_names(root: Path, prefix: str, changes: Sequence[Change], commit: str) -> Iterator[Refusal]:
    """Refuse a new file beside one whose name is the same on some systems."""
    there = _git(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, f"{prefix}content/media")
    names = [path.decode("utf-8", "surrogateescape") for path in there.split(b"\0")]
    new = {change.path.decode("utf-8", "surrogateescape"): change for change in changes}
    for name, other in same_elsewhere(names):
        if change := new.get(name) or new.get(other):
            yield Refusal(change.name, text("{what}; {remedy}", what=same_name(name, other), remedy=OTHER_NAME))


def _judge_photos(root: Path, changes: Sequence[Change]) -> Iterator[Refusal]:
    for change in changes:
        _, is_media, name = change.path.decode("utf-8", "surrogateescape").partition("content/media/")
        if change.mode in {REGULAR, "100755"} and is_media and may_tell(name):
            fault = judge_file(name, BytesIO(_git(root, "cat-file", "blob", change.blob)))
            if fault:
                yield Refusal(change.name, text("{what}; {remedy}", what=fault.message, remedy=fault.hint))


def _git(root: Path, *words: str, said: bytes = b"") -> bytes:
    """Return what git answers to a command, and to what is said to it; raises `KbpError` when it refuses."""
    try:
        done = subprocess.run(["git", "-C", root, *words], input=said, capture_output=True, check=False)
    except OSError as error:
        message = text("git tidak dapat dijalankan: {reason}", reason=error.strerror)
        raise KbpError(message, exit_code=ExitCode.SYSTEM) from error
    if done.returncode:
        reason = printable(done.stderr.decode("utf-8", "backslashreplace").strip().partition("\n")[0])
        raise KbpError(text("git menolak: {reason}", reason=reason))
    return done.stdout
