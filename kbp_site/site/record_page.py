"""A page of ours as the host knows pages: its head matter is JSON, and its HTML often needs no Markdown."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from kbp_site.pages.render import read_front_matter
from kbp_site.site.ready import ready_html

KNOWN = frozenset({"toc", "tables", "fenced_code"})
"""What MkDocs always loads; whoever adds another extension of Markdown wants it to see every page."""


class RecordPage(Page):
    """A page that the templates wrote, and no entry of the navigation."""

    @property
    def folder(self) -> str:
        """The address of the folder that the page stands in ("kegiatan/"); its pages have one menu in common."""
        return self.url.rstrip("/").rpartition("/")[0]

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the page's file: its head matter and its Markdown."""
        self.meta, self.markdown = read_front_matter(self.file.content_string)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make the page's HTML, by the host's Markdown where it is needed."""
        html = ready_html(self.markdown or "") if KNOWN.issuperset(config.markdown_extensions) else None
        if html is None:
            super().render(config, files)
        else:
            self.content, self.toc, self.present_anchor_ids = html, TableOfContents([]), set()
