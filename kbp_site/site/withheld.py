"""What a site of before shows that readers may not see any more: so an old release does not bring it back.

Its open data tells which records and photos it has. Whoever withdrew, hid or deleted something did so for all of time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kbp_site.content.library import Library
from kbp_site.content.showing import may_give, may_show, photos_of
from kbp_site.locale import Text, text
from kbp_site.outputs.redirects import plan_redirects
from kbp_site.site.last_release import RECORDS, Former, read_formers


def find_withheld(site: Path, library: Library) -> Iterator[tuple[str, Text]]:
    """Yield (record, reason) for everything of a built site that the library does not show on its day.

    A record that was renamed is none of it: its old address leads to the new one. A site whose records cannot be read
    is told as a whole.
    """
    if not (site / RECORDS).is_file():
        yield RECORDS, text("tidak dapat dibaca")
        return
    answered = {redirect.file for redirect in plan_redirects(library)}
    for former in read_formers(site, answered):
        entry, name = library.by_key.get(former.key), "/".join(former.key)
        if entry is None:
            if former.lost:
                yield name, text("catatannya dihapus")
        elif not library.shows(entry):
            yield name, text("catatannya ditarik atau belum terbit")
        else:
            now = {photo.file: photo for photo in photos_of(entry)}
            for file in _photos(former):
                if not (may_show(library, now[file]) if file in now else _is_free(library, file)):
                    yield name, text("foto {file} tidak boleh tampil lagi", file=file)


def _is_free(library: Library, file: str) -> bool:
    """Whether a photo that its record names no more is still there, and hidden by nobody."""
    return library.media.info(file) is not None and may_give(library, file)


def _photos(former: Former) -> Iterator[str]:
    photos = former.fields.get("photos")
    for photo in photos if isinstance(photos, list) else ():
        if isinstance(photo, Mapping) and isinstance(photo.get("file"), str):
            yield str(photo["file"])
