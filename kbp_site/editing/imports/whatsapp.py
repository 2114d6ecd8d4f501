"""Exported chats of WhatsApp as messages: Android's and iOS's forms, in the spellings of many telephones.

The forms follow the telephone's language and clock: `17/08/06 10.22 - Nama: pesan` on Android, and
`[17/08/06 10.22.33] Nama: pesan` on iOS, with 12 or 24 hours, and day or month first. Nothing of it is documented;
each form here was seen in exports.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kbp_site.editing.imports.plain import clean

HEAD = re.compile(
    r"(?P<ios>\[)?(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{2,4}),?[ ](?:pukul |at )?"
    r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:]\d{2})?(?: ?(?P<half>[AaPp])\.? ?[Mm]\.?)?(?: [A-Za-z.]{3,5})?"
    r"(?(ios)\] ?| - )(?P<rest>.*)",
    re.DOTALL,
)
SENDER = re.compile(r"(?P<name>[^:\n]{1,100}): ?(?P<words>.*)", re.DOTALL)
MEDIA = re.compile(
    r"<(?:Media omitted|Media tidak disertakan|Media dihilangkan|attached: [^>]+|terlampir: [^>]+|lampiran: [^>]+)>"
    r"|\S[^\n]{0,120}\.\w{2,5} \((?:file attached|file terlampir|berkas terlampir)\)"
    r"|(?:image|video|audio|sticker|GIF|document|Contact card|gambar|stiker|dokumen|kartu kontak)"
    r" (?:omitted|tidak disertakan|dihilangkan)",
    re.IGNORECASE,
)
DELETED = re.compile(
    r"(?:This message was deleted|You deleted this message|Pesan ini (?:telah )?dihapus|Anda menghapus pesan ini)\.?",
    re.IGNORECASE,
)
SYSTEM = re.compile(
    r"end-to-end encrypted|terenkripsi secara end-to-end|created (?:this )?group|membuat grup"
    r"|(?:joined|left|added|removed|keluar|bergabung|menambahkan|mengeluarkan)\b",
    re.IGNORECASE,
)
"""What iOS writes in the group's name, as if the group had said it; only where the line is marked as such."""

ENCRYPTED = re.compile(
    r"(?:Messages (?:and calls|you send to this (?:chat|group))[^.]{0,40}"
    r" (?:end-to-end encrypted|secured with end-to-end)"
    r"|Pesan (?:dan (?:panggilan|telepon)|yang Anda kirim ke (?:chat|grup) ini)[^.]{0,40}"
    r" (?:(?:ter|di)enkripsi|diamankan dengan enkripsi)[^.]{0,20}end[ -]to[ -]end)",
    re.IGNORECASE,
)
"""How the notice begins that every chat begins with; some telephones write it without any mark."""

LTR = "\u200e"


@dataclass(frozen=True)
class Message:
    """One message: the line of the file that it begins on, its day, who sent it (empty for the program), its words."""

    line: int
    day: date | None
    sender: str
    words: str
    is_marked: bool = False

    @property
    def kind(self) -> str:
        """What it is: "words", "media", "deleted" or "system"."""
        if (
            not self.sender
            or ENCRYPTED.match(self.words)
            or (self.is_marked and SYSTEM.search(self.words) and not MEDIA.search(self.words))
        ):
            return "system"
        if DELETED.fullmatch(self.words):
            return "deleted"
        return "media" if not MEDIA.sub("", self.words).strip() else "words"


@dataclass(frozen=True)
class Chat:
    """All messages of an export, lines before the first of them, and in which order days were written."""

    messages: tuple[Message, ...]
    before: tuple[str, ...]
    order: str
    is_certain: bool


def read_chat(written: str) -> Chat:
    """Return the messages of an export, in the file's order; lines that begin none belong to the one above."""
    heads: list[tuple[int, re.Match[str], list[str], bool]] = []
    before: list[str] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", written), 1):
        plain = _plain(line)
        if found := HEAD.fullmatch(plain):
            heads.append((number, found, [], line.lstrip("\ufeff").count(LTR) > 0))
        elif heads:
            heads[-1][2].append(plain)
        elif plain.strip():
            before.append(plain)
    order, is_certain = day_order([(int(found["a"]), int(found["b"]), len(found["a"])) for _, found, _, _ in heads])
    messages = [_message(number, found, more, order, is_marked) for number, found, more, is_marked in heads]
    return Chat(tuple(messages), tuple(before), order, is_certain)


def _plain(line: str) -> str:
    """Return a line without marks of direction, its many spaces made one kind."""
    if line.isascii():
        return line
    seen = "".join(char for char in line if unicodedata.category(char) != "Cf")
    return seen.replace("\u202f", " ").replace("\u00a0", " ")


def day_order(dates: Sequence[tuple[int, int, int]]) -> tuple[str, bool]:
    """Return in which order days were written ("dmy", "mdy", "ymd"), and whether that is certain.

    One day above 12 decides for all of a file; else the day comes first, as in Indonesia.
    """
    if any(length == 4 for _, _, length in dates):
        return "ymd", True
    firsts, seconds = any(a > 12 for a, _, _ in dates), any(b > 12 for _, b, _ in dates)
    return ("mdy", True) if seconds and not firsts else ("dmy", firsts)


def _message(number: int, found: re.Match[str], more: Sequence[str], order: str, is_marked: bool) -> Message:
    a, b, c = found["a"], found["b"], found["c"]
    year, month, day = {"dmy": (c, b, a), "mdy": (c, a, b), "ymd": (a, b, c)}[order]
    try:
        when = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        when = None
    rest = clean("\n".join([found["rest"], *more]))
    said = SENDER.fullmatch(rest)
    message = Message(number, when, "", rest, is_marked)
    return replace(message, sender=said["name"].strip(), words=said["words"].strip()) if said else message


def senders(messages: Sequence[Message]) -> dict[str, int]:
    """Number those who wrote, in the order of their first message."""
    names = dict.fromkeys(message.sender for message in messages if message.kind != "system")
    return {name: number for number, name in enumerate(names, 1)}


def of_days(messages: Sequence[Message], first: date | None, last: date | None) -> Iterator[Message]:
    """Yield the messages from one day to another, both included; without them, all."""
    for message in messages:
        if message.day and (first or date.min) <= message.day <= (last or date.max):
            yield message
