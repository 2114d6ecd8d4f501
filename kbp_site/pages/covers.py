"""The picture that stands for a page when it is shared (Open Graph): a photo of its story, or a drawn cover."""

from __future__ import annotations

import hashlib
import json

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Envelope, PeopleInPhoto, Photo
from kbp_site.content.showing import may_show
from kbp_site.locale import Language
from kbp_site.pages.page import Cover, Drawing
from kbp_site.pages.parts import kind_label, pattern_of
from kbp_site.pages.renditions import COVER_HEIGHT, COVER_WIDTH, RECIPE, cover_rendition

SITE_COVER = "sampul/situs.png"
"""The cover of the site itself, which stands for every page without one of its own."""


def cover_of(library: Library, entry: Entry[Envelope], language: Language) -> Cover | None:
    """Return a record's cover; ``None`` while the site has no address, which such a picture must name.

    The story's first photo is the best cover. But what is shared is copied by others, and no withdrawal
    reaches their copies: so a photo of somebody recognisable is never one.
    """
    if not library.site.url:
        return None
    record = entry.said(language)
    photos: tuple[Photo, ...] = getattr(record, "photos", ())
    first = next((photo for photo in photos if may_show(library, photo)), None)
    if first and first.people is not PeopleInPhoto.RECOGNISABLE and (info := library.media.info(first.file)):
        rendition = cover_rendition(info)
        if rendition:
            return Cover(rendition.path, rendition.width, rendition.height, first.alt)
    site = library.site_entry.said(language).title
    return _drawn(entry.id, Drawing(record.title, kind_label(record, language), site, pattern_of(entry.id)))


def _drawn(name: str, drawing: Drawing) -> Cover:
    digest = hashlib.sha256(json.dumps([RECIPE, *drawing]).encode()).hexdigest()[:8]
    alt = f"{drawing.label}: {drawing.title}"
    return Cover(f"sampul/{name}-{digest}.png", COVER_WIDTH, COVER_HEIGHT, alt, drawing)


def site_cover(library: Library) -> Cover:
    """Return the cover of the site itself."""
    site = library.site
    drawing = Drawing(site.title, site.tagline or "", "", pattern_of(site.organization))
    return Cover(SITE_COVER, COVER_WIDTH, COVER_HEIGHT, site.title, drawing)
