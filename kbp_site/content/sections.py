"""Sections of the site, the first parts of its addresses: what each is called in Indonesian and in English."""

from __future__ import annotations

from collections.abc import Collection

from kbp_site.content.records import KINDS
from kbp_site.locale import LANGUAGES

PLANNED = {
    "tahun": "years",
    "lini-masa": "timeline",
    "peta": "map",
    "cari": "search",
    "luring": "offline",
    "data": "data",
}
"""Sections that are made of many records, or of none."""

ENGLISH = {**{kind.PATH: kind.PATH_EN for kind in KINDS if kind.PATH}, **PLANNED}
"""What each section that is planned is called in English addresses."""

WRITTEN = {"tentang": "about", "panduan": "guide", "privasi": "privacy", "aksesibilitas": "accessibility"}
"""What each section of hand-written pages is called there."""

SECTIONS = frozenset({"", *ENGLISH, *WRITTEN})
INDONESIAN = {english: section for section, english in (ENGLISH | WRITTEN).items()}


def is_own(path: str) -> bool:
    """Whether a page's path is the site's own, whatever records there are ("tahun/2006", "kegiatan/hal/2")."""
    section, *below = path.split("/")
    return path in SECTIONS or section in PLANNED or (section in ENGLISH and below[:1] in (["hal"], ["jenis"]))


def in_indonesian(path: str, languages: Collection[str]) -> str:
    """Return a page's path by its address in one of the languages ("en/activities/x" → "kegiatan/x")."""
    language, _, rest = path.partition("/")
    if language not in LANGUAGES[1:] or language not in languages:
        return path
    section, slash, below = rest.partition("/")
    return f"{INDONESIAN.get(section, section)}{slash}{below}"
