"""The search page: a field, and ways in for those who browse without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass

from kbp_site.content.library import Library
from kbp_site.locale import Language, text
from kbp_site.pages import offline
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

FACETS = (
    ("kind", text("Jenis"), text("Semua jenis")),
    ("role", text("Peran"), text("Semua peran")),
    ("place", text("Tempat"), text("Semua tempat")),
    ("year", text("Tahun"), text("Semua tahun")),
)
"""What results can be narrowed by: the name that the index has for it (`outputs/search.py`), and its words."""

TIPS = (
    text("Periksa ejaannya, atau coba kata yang lebih umum."),
    text("Pakai lebih sedikit kata."),
)


@dataclass(frozen=True)
class Facet:
    """One way to narrow results: its name in the index, its label, and what is said when nothing is chosen."""

    name: str
    label: str
    any: str


def plan_search(library: Library, language: Language) -> Page:
    """Plan the search page; its script asks the index that stands beside the pages (`site/search_index.py`)."""
    view = View(library, PATH, language)
    summary = view.say(text("Cari cerita, pelajaran, tempat, lembaga, dan istilah di situs ini."))
    context = {
        "label": view.site.title,
        "summary": summary,
        "index": view.to_file("pagefind/"),
        "script": view.to_file("assets/kbp/search.js"),
        "offline": Link(view.say(offline.TITLE), view.to(offline.PATH)),
        "facets": tuple(Facet(name, view.say(label), view.say(any_)) for name, label, any_ in FACETS),
        "tips": tuple(map(view.say, TIPS)),
        "ways_in": tuple(Link(view.say(words), view.to(path)) for path, words in WAYS_IN),
    }
    return Page(PATH, "search.md.jinja", view.say(text("Cari")), described(summary), context, language=language)
