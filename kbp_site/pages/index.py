"""Index pages: what there is to choose from, in groups of links with counts."""

from __future__ import annotations

from kbp_site.locale import Text, text
from kbp_site.pages.page import Page
from kbp_site.pages.parts import LinkList, View, described

NOTHING = text("Belum ada yang tercatat di sini.")


def plan_index(view: View, title: Text, summary: Text, groups: tuple[LinkList, ...], *, empty: Text = NOTHING) -> Page:
    """Plan an index page; ``empty`` is said when there is no group."""
    said = view.say(summary)
    return Page(
        view.path,
        "index.md.jinja",
        view.say(title),
        described(said),
        {"label": view.site.title, "summary": said, "groups": groups, "empty": view.say(empty)},
        language=view.language,
    )
