"""The search page: a field, and ways in for those who browse without JavaScript."""

from __future__ import annotations

from kbp_site.content.library import Library
from kbp_site.locale import Language, text
from kbp_site.pages.page import Link, Page
from kbp_site.pages.parts import View, described

PATH = "cari/"

WAYS_IN = (
    ("kegiatan/", text("Kegiatan")),
    ("peran/", text("Peran")),
    ("topik/", text("Topik")),
    ("tempat/", text("Tempat")),
    ("tahun/", text("Tahun")),
    ("organisasi/", text("Organisasi")),
    ("istilah/", text("Istilah")),
)


def plan_search(library: Library, language: Language) -> Page:
    """Plan the search page; its script reads `search.json`, which stands beside the pages."""
    view = View(library, PATH, language)
    summary = view.say(text("Cari cerita, pelajaran, tempat, lembaga dan istilah di situs ini."))
    context = {
        "label": view.site.title,
        "summary": summary,
        "index": view.to_file("search.json"),
        "root": view.to_file(""),
        "script": view.to_file("assets/kbp/search.js"),
        "ways_in": tuple(Link(view.say(words), view.to(path)) for path, words in WAYS_IN),
    }
    return Page(PATH, "search.md.jinja", view.say(text("Cari")), described(summary), context, language=language)
