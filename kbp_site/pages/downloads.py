"""The page of what can be downloaded: files, what each is for, the licence, how to cite."""

from __future__ import annotations

from dataclasses import dataclass

from kbp_site.content.library import Library
from kbp_site.content.records import KINDS
from kbp_site.content.records.base import Envelope
from kbp_site.locale import Language, Text, text
from kbp_site.pages.page import Link, Page
from kbp_site.pages.parts import View, described

PATH = "data/"

FILES: tuple[tuple[str, Text], ...] = (
    ("data/records.json", text("Semua catatan dalam satu berkas, untuk diolah dengan program.")),
    ("data/places.geojson", text("Tempat yang punya titik, untuk dibuka di program peta.")),
    ("data/datapackage.json", text("Keterangan tentang isi dan kolom semua tabel.")),
    ("feed.xml", text("Kabar cerita baru, untuk dibaca di program pembaca kabar.")),
    ("feed.json", text("Kabar cerita baru dalam bentuk JSON.")),
    ("calendar.ics", text("Jadwal studi banding dan pameran, untuk dimasukkan ke kalender.")),
)
"""Files beside the tables: path below the site, and what each is for."""


@dataclass(frozen=True)
class Download:
    """A file, and what it is for."""

    link: Link
    purpose: str


def plan_downloads(library: Library, language: Language) -> Page:
    """Plan the page of downloads."""
    view = View(library, PATH, language)
    site = view.site
    summary = view.say(text("Semua catatan yang terbit di situs ini boleh diunduh dan dipakai lagi."))
    licence = text("Tulisan dan data di situs ini memakai lisensi {licence}.", licence=site.licence)
    no_licence = text("Lisensi tulisan dan data di situs ini belum tercatat. Tanyakan dahulu sebelum memakainya.")
    citation = text("{site}. Judul halaman. Alamat halaman, dan tanggal dibuka.", site=site.title)
    context = {
        "label": site.title,
        "summary": summary,
        "files": (*_tables(view), *(_download(view, path, purpose) for path, purpose in FILES)),
        "licence": view.say(licence if site.licence else no_licence),
        "citation": view.say(citation),
    }
    return Page(PATH, "downloads.md.jinja", view.say(text("Data")), described(summary), context, language=language)


def public_kinds() -> tuple[type[Envelope], ...]:
    """Return the kinds whose records readers may see on a page of their own."""
    return tuple(kind for kind in KINDS if issubclass(kind, Envelope) and kind.PATH)


def _tables(view: View) -> tuple[Download, ...]:
    return tuple(
        _download(
            view,
            f"data/{kind.FOLDER}.csv",
            text("Tabel {kind}, untuk dibuka di program lembar kerja.", kind=view.say(kind.LABEL).lower()),
        )
        for kind in public_kinds()
    )


def _download(view: View, path: str, purpose: Text) -> Download:
    return Download(Link(path, view.to_file(path)), view.say(purpose))
