"""Pages and other files as libzim takes them into an archive."""

from __future__ import annotations

from pathlib import Path

from libzim.writer import ContentProvider, FileProvider, Hint, IndexData, Item, StringProvider

from kbp_site.kiosk.carried import Leaf

SUGGESTED = Hint["FRONT_ARTICLE"]
"""Says of a page that its title is offered while a reader types."""

TYPES = {
    "html": "text/html",
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "csv": "text/csv",
    "json": "application/json",
    "geojson": "application/geo+json",
    "pdf": "application/pdf",
}
"""What each file is, by its name's ending; those of the system differ from one computer to another."""


class _Words(IndexData):
    """What a page is found by; without words it is found by nothing."""

    def __init__(self, title: str, said: str) -> None:
        super().__init__()
        self.title, self.said = title, said

    def has_indexdata(self) -> bool:
        return bool(self.said)

    def get_title(self) -> str:
        return self.title

    def get_content(self) -> str:
        return self.said

    def get_keywords(self) -> str:
        return ""

    def get_wordcount(self) -> int:
        return len(self.said.split())

    def get_geoposition(self) -> tuple[float, float] | None:
        return None


class PageItem(Item):
    """A page as the archive takes it."""

    def __init__(self, leaf: Leaf, said: str) -> None:
        super().__init__()
        self.leaf = leaf
        self.get_indexdata = lambda: _Words(leaf.title, said)

    def get_path(self) -> str:
        return self.leaf.path

    def get_title(self) -> str:
        return self.leaf.title

    def get_mimetype(self) -> str:
        return TYPES["html"]

    def get_contentprovider(self) -> ContentProvider:
        return StringProvider(self.leaf.html)

    def get_hints(self) -> dict[Hint, int]:
        return {SUGGESTED: 1}


class FileItem(Item):
    """Any other file as the archive takes it."""

    def __init__(self, path: str, file: Path) -> None:
        super().__init__()
        self.path, self.file = path, file

    def get_path(self) -> str:
        return self.path

    def get_title(self) -> str:
        return ""

    def get_mimetype(self) -> str:
        return TYPES.get(self.path.rpartition(".")[2], "application/octet-stream")

    def get_contentprovider(self) -> ContentProvider:
        return FileProvider(self.file)

    def get_hints(self) -> dict[Hint, int]:
        return {SUGGESTED: 0}
