"""When what a page shows was last changed: said on the pages of records that are read by themselves."""

from __future__ import annotations

from kbp_site.content.dates import parse_date
from kbp_site.content.library import Library
from kbp_site.pages.page import Page

TEMPLATES = frozenset({"story.md.jinja", "lesson.md.jinja", "term.md.jinja", "allocation.md.jinja"})
"""Pages of one record each; a listing also changes with what it lists."""


def updated_of(library: Library, page: Page) -> tuple[str, str]:
    """Return the day for machines and in words on which a page's record, or its translation, was last changed.

    Nothing where the history does not tell.
    """
    if page.template not in TEMPLATES or not page.source or library.history is None:
        return "", ""
    files = [page.source]
    if page.is_original and page.language != library.languages[0]:
        files.append(f"{page.source.removesuffix('.yml')}.{page.language}.yml")
    days = [day for file in files if (day := library.history.changed(file))]
    if not days:
        return "", ""
    last = max(days).isoformat()
    return last, parse_date(last).say(page.language)
