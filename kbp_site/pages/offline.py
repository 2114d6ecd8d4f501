"""The page about reading without a connection: what is kept, and how to keep all of it."""

from __future__ import annotations

from kbp_site.content.library import Library
from kbp_site.locale import Language, text
from kbp_site.pages.page import Link, Page, localized
from kbp_site.pages.parts import View, described

PATH = "luring/"

LIST = "daftar.json"
"""The list of what can be saved; it stands beside the page and is written with the finished site."""

TITLE = text("Membaca tanpa sinyal")
SPOKEN = {"id": text("bahasa Indonesia"), "en": text("bahasa Inggris")}
LOCALES = {"id": "id-ID", "en": "en-GB"}
"""How a browser is to write days and numbers."""

KEPT_ANYWAY = (
    ("", text("Beranda")),
    ("kegiatan/", text("Kegiatan")),
    ("studi-banding/", text("Studi banding")),
    ("pameran/", text("Pameran")),
    ("pelajaran/", text("Pelajaran")),
    ("istilah/", text("Istilah")),
)
"""Ways in that are kept at the first visit (in other languages only the first), so that they lead somewhere
when the page is an answer."""


def plan_offline(library: Library, language: Language) -> Page:
    """Plan the offline page; it is also what a reader sees in place of a page that was never kept."""
    view = View(library, PATH, language)
    summary = view.say(text("Cara menyimpan situs ini di perangkat Anda, supaya dapat dibaca saat tidak ada sinyal."))
    kept = KEPT_ANYWAY if language == library.languages[0] else KEPT_ANYWAY[:1]
    context = {
        "label": view.site.title,
        "summary": summary,
        "locale": LOCALES[language],
        "saves": view.say(
            text(
                "Seluruh tulisan dalam {language} disimpan sekaligus beserta pencariannya, tanpa foto.",
                language=SPOKEN[language],
            )
        ),
        "others": tuple(
            Link(
                view.say(text("Simpan tulisan dalam {language}", language=SPOKEN[other])),
                view.to_file(localized(PATH, other)),
            )
            for other in library.languages
            if other != language
        ),
        "list": LIST,
        "root": view.to_file(""),
        "script": view.to_file("assets/kbp/offline.js"),
        "search": view.to("cari/"),
        "ways_in": tuple(Link(view.say(words), view.to(path)) for path, words in kept),
    }
    return Page(PATH, "offline.md.jinja", view.say(TITLE), described(summary), context, language=language)
