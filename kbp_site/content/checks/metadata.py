"""No file in `content/media/` says who made it, where, or with what (K604): what is committed once stays for ever."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kbp_site.content.archives import ArchiveFault, LimitFault
from kbp_site.content.checks.content import Content
from kbp_site.content.media import PICTURES, ending, open_media
from kbp_site.content.media_words import TOO_LARGE, UNREAD, judge_office
from kbp_site.content.metadata import PARTS, Details, document_metadata, picture_metadata
from kbp_site.content.pictures import OVERBUILT
from kbp_site.content.problems import Fault, Problem
from kbp_site.locale import text

OFFICE = frozenset({".docx", ".xlsx", ".odt", ".ods"})


def check_metadata(content: Content) -> Iterator[Problem]:
    """Tell pictures and office documents that hold more than their contents, named by a record or not."""
    media = content.root / "content" / "media"
    for name in list_media(media):
        path = f"content/media/{name}"
        if fault := judge_metadata(media, name):
            yield Problem(path, 1, 1, fault.code, fault.message, fault.hint)


def list_media(media: Path) -> Iterator[str]:
    """Yield the name of every file below the media folder, in order; links are not followed."""
    for folder, folders, files in os.walk(media):
        folders.sort()
        for name in sorted(files):
            yield (Path(folder) / name).relative_to(media).as_posix()


def judge_metadata(media: Path, name: str) -> Fault | None:
    """Say what a file holds beside its contents; ``None`` when nothing, or when it cannot be read."""
    if not may_tell(name):
        return None
    try:
        with open_media(media, name) as file:
            return judge_file(name, file)
    except OSError:
        return None


def may_tell(name: str) -> bool:
    """Whether a file of this name is one that can hold more than its contents, and that is looked into."""
    return ending(name) in PICTURES or ending(name) in OFFICE


def judge_file(name: str, file: BinaryIO) -> Fault | None:
    """Say what an open picture or office document below the media folder holds beside its contents."""
    is_picture = ending(name) in PICTURES
    try:
        found = picture_metadata(file) if is_picture else document_metadata(file)
    except ArchiveFault as error:
        message = text("keterangan tersembunyi di dokumen ini tidak dapat diperiksa: {why}", why=error.message)
        # What cannot be opened at all is told of a document that a record gives, and by other words.
        if judge_office(file):
            return None
        is_large = isinstance(error, LimitFault)
        return Fault("K602" if is_large else "K603", message, (TOO_LARGE if is_large else UNREAD).hint)
    if not found:
        return None
    if found == (PARTS,):
        return OVERBUILT
    if is_picture:
        return Fault(
            "K604",
            text("foto ini memuat keterangan tersembunyi: {found}", found=Details(found)),
            text(
                "jalankan kbp import photo {path}; hanya gambarnya yang tersisa",
                path=shlex.quote(f"content/media/{name}"),
            ),
        )
    return Fault(
        "K604",
        text("dokumen ini memuat keterangan tersembunyi: {found}", found=Details(found)),
        text("di Word: Berkas, Info, Periksa Dokumen, lalu hapus; di LibreOffice: Berkas, Properti, Atur ulang"),
    )
