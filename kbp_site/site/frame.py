"""What the frame of a page needs to speak another language: names, a menu, and which pages are one another's.

The navigation stands in `mkdocs.yml` once, in Indonesian. The menu of another language is the same one: each
entry leads to that language's edition of the page and bears its title. A hand-written page says in its head
matter which page it is the edition of (`kbp_translation_of: tentang/`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs.utils.meta import get_data

from kbp_site.content.library import Library
from kbp_site.pages.page import Page, localized
from kbp_site.site.documents import read_document

FRAME = "kbp"
"""Where the host's settings (`extra`) hold what `frame_of` returns."""

KEPT = "kbp_kept"
"""Where they hold what the frame draws once for many pages."""

GUARD = "kbp_policy"
"""Where they hold the policy that each page says."""


@dataclass(frozen=True)
class Document:
    """A hand-written page in another language: its address, its title, and the page it is an edition of."""

    address: str
    title: str
    edition_of: str


def read_documents(docs: Path) -> tuple[Document, ...]:
    """Return the hand-written pages below a folder that say which page they are an edition of, in order.

    Raises `KbpError` for one that is reached by a link.
    """
    found = []
    for path in sorted(docs.rglob("*.md")):
        name = path.relative_to(docs)
        _, meta = get_data(read_document(docs, name.as_posix()).decode("utf-8-sig"))
        if original := meta.get("kbp_translation_of"):
            address = f"{name.with_suffix('').as_posix()}/".removesuffix("index/")
            found.append(Document(address, str(meta.get("title", "")), str(original)))
    return tuple(found)


def frame_of(library: Library, pages: Sequence[Page], documents: Iterable[Document]) -> Mapping[str, object]:
    """Return, for each language but the main one, what the frame needs to speak it.

    ``name`` and ``tagline`` of the site; ``pages``: Indonesian address → [address, title] of the sections and
    hand-written pages that have an edition; ``originals``: the way back from hand-written ones.
    """
    frame: dict[str, object] = {}
    for language in library.languages[1:]:
        site = library.site_entry.said(language)
        sections = {
            page.path: [page.address, page.title] for page in pages if page.is_section and page.language == language
        }
        written = [document for document in documents if document.address.startswith(f"{language}/")]
        frame[language] = {
            "name": site.title,
            "tagline": site.tagline or "",
            "home": localized("", language),
            "pages": {**sections, **{document.edition_of: [document.address, document.title] for document in written}},
            "originals": {document.address: document.edition_of for document in written},
        }
    return frame
