"""Photos, documents and exhibited things as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kbp_site.content.media import MediaInfo, ending
from kbp_site.content.records.base import Document, Photo
from kbp_site.content.records.exhibitions import Exhibition, Material
from kbp_site.content.showing import may_give, may_show
from kbp_site.locale import text
from kbp_site.pages.page import Link
from kbp_site.pages.parts import Moment, View, moment, size_in_words
from kbp_site.pages.renditions import TYPES, document_path, full_rendition, renditions


@dataclass(frozen=True)
class PhotoView:
    """A photo: where its renditions are, as `srcset` wants them, and the words that go with it.

    ``width`` and ``height`` are the largest rendition's, by which a browser keeps its room free.
    """

    avif: str
    webp: str
    jpeg: str
    src: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    credit_language: str
    taken: Moment

    @property
    def is_tall(self) -> bool:
        """Whether it is higher than wide, so that a wide frame would cut heads off."""
        return self.height > self.width


def photo_views(view: View, photos: Iterable[Photo]) -> tuple[PhotoView, ...]:
    """Return the photos that readers may see, in their order."""
    return tuple(
        _photo_view(view, info, photo.alt, photo)
        for photo in photos
        if may_show(view.library, photo) and (info := view.library.media.info(photo.file))
    )


def _photo_view(view: View, info: MediaInfo, alt: str, photo: Photo | None = None) -> PhotoView:
    made = renditions(info)
    sets = {name: [(view.to_file(one.path), one.width) for one in made if one.format == name] for name in TYPES}
    avif, webp, jpeg = (", ".join(f"{path} {width}w" for path, width in sets[name]) for name in TYPES)
    return PhotoView(
        avif,
        webp,
        jpeg,
        sets["jpg"][-1][0],
        made[-1].width,
        made[-1].height,
        alt,
        (photo.caption if photo else None) or "",
        (photo.credit if photo else None) or "",
        view.untranslated,
        moment(view, photo.taken if photo else None),
    )


@dataclass(frozen=True)
class DocumentView:
    """A document: a link with its type and size, since data is dear."""

    link: Link
    details: str


def document_views(view: View, documents: Iterable[Document]) -> tuple[DocumentView, ...]:
    """Return the documents that readers may have."""
    return tuple(
        _document_view(view, info, document.title)
        for document in documents
        if may_give(view.library, document.file) and (info := view.library.media.info(document.file))
    )


def _document_view(view: View, info: MediaInfo, title: str) -> DocumentView:
    """Describe a document; a picture is given anew, without what its camera wrote, so its size is that of its sides."""
    if info.is_picture:
        full = full_rendition(info)
        size = text("gambar, {width} × {height} piksel", width=full.width, height=full.height)
        return DocumentView(Link(title, view.to_file(full.path)), view.say(size))
    details = f"{ending(info.name)[1:].upper()}, {size_in_words(info.size, view.language)}"
    return DocumentView(Link(title, view.to_file(document_path(info))), details)


@dataclass(frozen=True)
class MaterialView:
    """Something that was shown at an exhibition: in words, as a picture, or to be downloaded."""

    kind: str
    title: str
    photo: PhotoView | None
    document: DocumentView | None


def material_views(view: View, record: object) -> tuple[MaterialView, ...]:
    """Return what was shown; only exhibitions show something."""
    materials = record.materials if isinstance(record, Exhibition) else ()
    return tuple(_material_view(view, material) for material in materials)


def _material_view(view: View, material: Material) -> MaterialView:
    name = material.file or ""
    info = view.library.media.info(name) if name and may_give(view.library, name) else None
    return MaterialView(
        material.kind.say(view.language) if material.kind else "",
        material.title,
        _photo_view(view, info, material.title) if info and info.is_picture else None,
        _document_view(view, info, material.title) if info and not info.is_picture else None,
    )
