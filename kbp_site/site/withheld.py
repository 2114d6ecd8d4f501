"""What a site of before shows that readers may not see any more: so an old release does not bring it back.

Its open data tells which records and files it has, and the names of its files which bytes they were made of. Whoever
withdrew, hid, deleted or replaced something did so for all of time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from kbp_site.content.library import Library
from kbp_site.content.records.base import PeopleInPhoto
from kbp_site.content.showing import hidden_files, may_give, may_show, photos_of
from kbp_site.locale import Text, text
from kbp_site.outputs.media import uses
from kbp_site.outputs.open_data import RECORDS
from kbp_site.outputs.redirects import plan_redirects
from kbp_site.pages.renditions import given_of, mark_of, public_stem
from kbp_site.site.last_release import Former, has_records, read_former, read_lines


class Verdict(NamedTuple):
    """What is said of one record of a release: what may not be shown, and which of its files showed people."""

    told: tuple[tuple[str, Text], ...]
    faces: frozenset[str]


Verdicts = dict[bytes, Verdict]
"""What is said of records, by the SHA-256 of their lines."""


def find_withheld(site: Path, library: Library, *, verdicts: Verdicts | None = None) -> Iterator[tuple[str, Text]]:
    """Yield (record or file, reason) for everything of a built site that the library does not show on its day.

    A record that was renamed is none of it: its old address leads to the new one. A site whose records cannot be read
    is told as a whole. ``verdicts`` are those on records of other sites by the same library, and grow: most records
    stand in all of them.
    """
    if not (site / RECORDS).is_file():
        yield RECORDS, text("tidak dapat dibaca")
        return
    answered = {redirect.file for redirect in plan_redirects(library)}
    verdicts = {} if verdicts is None else verdicts
    faces: set[str] = set()
    for line in read_lines(site) if has_records(site) else ():
        digest = sha256(line).digest()
        verdict = verdicts.get(digest)
        if verdict is None:
            verdict = verdicts[digest] = _judge(line, library, answered)
        faces |= verdict.faces
        yield from verdict.told
    yield from _taken_back(site, library, faces)


FILE = b'"file":'
"""What stands in the line of a record that names a photo or a document."""


def verdicts_on_shown(site: Path) -> Verdicts:
    """Return what is said of those records that a site shows now and that name no file: nothing, wherever else they
    stand just so."""
    shown = Verdict((), frozenset())
    return {sha256(line).digest(): shown for line in read_lines(site) if FILE not in line} if has_records(site) else {}


def _judge(line: bytes, library: Library, answered: Collection[str]) -> Verdict:
    formers = list(read_former(line, answered))
    files = (file for former in formers for file in _files(former))
    faces = frozenset(public_stem(file) for file, is_face in files if is_face)
    return Verdict(tuple(_withheld(library, formers)), faces)


def _withheld(library: Library, formers: Iterable[Former]) -> Iterator[tuple[str, Text]]:
    for former in formers:
        entry, name = library.by_key.get(former.key), "/".join(former.key)
        if entry is None:
            if former.lost:
                yield name, text("catatannya dihapus")
        elif not library.shows(entry):
            yield name, text("catatannya ditarik atau belum terbit")
        else:
            now = {photo.file: photo for photo in photos_of(entry)}
            for file, _ in _files(former):
                if not (may_show(library, now[file]) if file in now else _is_free(library, file)):
                    yield name, text("berkas {file} tidak boleh tampil lagi", file=file)


def _is_free(library: Library, file: str) -> bool:
    """Whether a file that its record names no more as a photo is still there, and hidden by nobody."""
    return library.media.info(file) is not None and may_give(library, file)


def _files(former: Former) -> Iterator[tuple[str, bool]]:
    """Yield every file that a record named, as a photo or a document, and whether it showed somebody recognisable."""
    for parts in former.fields.values():
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, Mapping) and isinstance(part.get("file"), str):
                yield str(part["file"]), part.get("people") == PeopleInPhoto.RECOGNISABLE.value


def _taken_back(site: Path, library: Library, faces: set[str]) -> Iterator[tuple[str, Text]]:
    """Yield pictures and documents of a site whose bytes are those of a hidden photo, under whatever name; and those
    that have the name of one, or of a photo of people (``faces``), and other bytes than are shown of it now.

    So a face that was made unrecognisable in a file of the same name does not come back.
    """
    hidden = hidden_files(library)
    marks, stems = {mark_of(one) for one in hidden}, faces | {public_stem(name) for name in hidden if "." in name}
    now = {(public_stem(use.info.name), mark_of(use.info.digest)) for use in uses(library)}
    for path in sorted([*site.glob("foto/*"), *site.glob("berkas/*/*")]):
        name = path.relative_to(site).as_posix()
        given = given_of(name)
        if given and (given[1] in marks or (given[0] in stems and given not in now)):
            yield name, text("berkas ini berisi foto yang ditarik atau diganti")
