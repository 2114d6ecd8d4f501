"""Files that records name lie in `content/media/`, and are what their names say."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from kbp_site.content.checks.content import Content
from kbp_site.content.media import PICTURES, NotRegularError, ending, open_media
from kbp_site.content.media_words import OFFICE, judge_length, judge_office
from kbp_site.content.opening import is_portable, same_elsewhere
from kbp_site.content.pictures import judge_picture
from kbp_site.content.problems import Fault, Problem
from kbp_site.content.suggestions import Guess, Names
from kbp_site.locale import Text, text

DOCUMENTS = {".pdf": b"%PDF-", ".docx": b"PK", ".odt": b"PK", ".xlsx": b"PK", ".ods": b"PK"}
PLAIN = {".csv": b"", ".txt": b""}
MAX_BYTES = 20 * 1024 * 1024

MISSING = text('berkas "{name}" tidak ada di content/media/')
PLAIN_NAME = text("pakai huruf, angka, dan tanda hubung")


def check_media(content: Content) -> Iterator[Problem]:
    """Tell files that are missing (K605), of a wrong type (K601), too large (K602) or damaged (K603).

    Pictures are opened, not decoded: that is the build's work, and would take a check of many photos minutes.
    """
    media = content.root / "content" / "media"
    present = Present(media)
    for entry, location, name in content.files:
        fault = judge_file(media, name, is_photo=location[0] == "photos")
        if fault and fault.message.template == MISSING.template and (near := present.guess(name)):
            hint = text('mungkin maksudnya "{near}"', near=near.value)
            fault = replace(fault, hint=hint, instead=near.value if near.is_sure else "")
        if fault:
            yield entry.source.problem(location, fault)
    for name, other in same_elsewhere(present.names):
        yield Problem(f"content/media/{name}", 1, 1, "K605", same_name(name, other), OTHER_NAME)


def same_name(name: str, other: str) -> Text:
    """Say that two files are one on some systems; only the last part of their paths is named."""
    name, other = name.rpartition("/")[2], other.rpartition("/")[2]
    return text('berkas "{name}" dan "{other}" dianggap satu berkas di Windows dan macOS', name=name, other=other)


OTHER_NAME = text("beri nama lain pada salah satunya, bukan hanya huruf besar-kecilnya")


class Present:
    """The files that lie in a media folder; looked through only when one is missed."""

    def __init__(self, media: Path) -> None:
        self.media = media

    @cached_property
    def names(self) -> list[str]:
        """Every file's path below the folder, in order; hidden ones are none of ours."""
        found = []
        for folder, inner, files in os.walk(self.media):
            inner[:] = [name for name in inner if not name.startswith(".")]
            below = Path(folder).relative_to(self.media)
            found += [(below / name).as_posix() for name in files if not name.startswith(".")]
        return sorted(found)

    @cached_property
    def _alike(self) -> Mapping[str, set[str]]:
        alike: dict[str, set[str]] = defaultdict(set)
        for name in self.names:
            alike[spelling(name)].add(name)
            alike[spelling(name.rpartition("/")[2])].add(name)
        return alike

    @cached_property
    def _near(self) -> Names:
        return Names(self.names)

    def guess(self, written: str) -> Guess | None:
        """Return the file that was probably meant: spelt otherwise, in another folder, or misspelt.

        One in another folder than the written one asks: phones and cameras give many photos the same name.
        """
        path = written.replace("\\", "/")
        for name in (path, re.sub(r"^(?:.*/)?media/", "", path)):
            if len(alike := self._alike.get(spelling(name), ())) == 1:
                return Guess(next(iter(alike)), is_sure=True)
        if elsewhere := self._alike.get(spelling(path.rpartition("/")[2])):
            return Guess(min(elsewhere), is_sure=False)
        near = self._near.guess(path)
        return Guess(near.value, is_sure=False) if near else None  # another file may be yet to come


def spelling(name: str) -> str:
    """Return what the spellings of a file's name have in common: case, spaces, and `.jpeg` for `.jpg`."""
    plain = re.sub(r"[\s_-]+", "-", unicodedata.normalize("NFKC", name).casefold().strip())
    return re.sub(r"\.jpe?g$", ".jpg", plain)


def judge_file(media: Path, name: str, *, is_photo: bool) -> Fault | None:
    """Say what is wrong with a media file; ``None`` when it may be used."""
    parts = name.split("/")
    if not name or "\\" in name or any(part in {"", ".", ".."} or part.startswith(".") for part in parts):
        return Fault(
            "K605",
            text('"{name}" bukan letak berkas di content/media/', name=name),
            text("tulis letaknya dari content/media/, misalnya bazar/meja-tamu.jpg"),
        )
    if not is_portable(name):
        return Fault("K605", text('nama berkas "{name}" tidak dapat dipakai di semua komputer', name=name), PLAIN_NAME)
    types = PICTURES if is_photo else {**PICTURES, **DOCUMENTS, **PLAIN}
    beginning = types.get(ending(name))
    if beginning is None:
        return Fault(
            "K601",
            text('jenis berkas "{name}" tidak diterima', name=name),
            text("pakai salah satu dari {types}", types=", ".join(types)),
        )
    return _judge_bytes(media, name, beginning)


def _judge_bytes(media: Path, name: str, beginning: bytes) -> Fault | None:
    try:
        file = open_media(media, name)
    except NotRegularError:
        return Fault("K605", text('"{name}" bukan berkas biasa', name=name), text("taruh berkasnya sendiri"))
    except PermissionError:
        message = text('berkas "{name}" ada, tetapi tidak boleh dibaca', name=name)
        return Fault("K605", message, text("beri izin membacanya kepada semua orang, atau salin ulang dari aslinya"))
    except OSError:
        if any((media / part).is_symlink() for part in accumulate(name.split("/"), "{}/{}".format)):
            message = text('"{name}" dicapai lewat tautan (symbolic link), yang tidak diikuti', name=name)
            return Fault("K605", message, text("taruh berkasnya sendiri di sana"))
        return Fault(
            "K605",
            text(MISSING.template, name=name),
            text("periksa huruf besar-kecilnya, atau taruh berkasnya di sana"),
        )
    with file:
        size = os.fstat(file.fileno()).st_size
        if size > MAX_BYTES:
            return Fault(
                "K602",
                text("berkas ini lebih dari {limit} MB", limit=MAX_BYTES // 1024**2),
                text("perkecil dahulu"),
            )
        if size == 0:
            return Fault("K603", text("berkas ini kosong"), text("salin ulang dari aslinya"))
        if not file.read(len(beginning)).startswith(beginning):
            return Fault(
                "K601",
                text('isi berkas "{name}" tidak sesuai dengan akhirannya', name=name),
                text("simpan ulang dari aslinya dengan jenis yang benar"),
            )
        if ending(name) in PICTURES:
            return judge_picture(file)
        if ending(name) in OFFICE and (fault := judge_office(file)):
            return fault
        return judge_length(name, file) if ending(name) in {*OFFICE, *PLAIN} else None
