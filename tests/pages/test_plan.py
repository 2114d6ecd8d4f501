"""The plan: one page a public record, nothing else public, every link leads somewhere, always the same."""

from __future__ import annotations

import dataclasses
import hashlib
import posixpath
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import html5lib
import markdown
import pytest
from few_records import MakeLibrary, activity
from jinja2 import meta

from kbp_site.content.library import Library
from kbp_site.content.old_paths import old_key
from kbp_site.content.sections import SECTIONS, WRITTEN, in_indonesian
from kbp_site.outputs.media import uses
from kbp_site.pages.downloads import FILES, public_kinds
from kbp_site.pages.page import Link, Page, path_of
from kbp_site.pages.plan import plan_pages
from kbp_site.pages.render import TEMPLATES, Prose, environment, render_page

SITES = ("minimal", "full")
LoadSite = Callable[[str], Library]


@pytest.fixture(params=SITES)
def library(request: pytest.FixtureRequest, load_site: LoadSite) -> Library:
    """Return the library of each small site."""
    return load_site(request.param)


def body_of(page: Page) -> Any:
    """Return a page's HTML as a tree, made by the rules of the host."""
    body = markdown.markdown(render_page(page)[4:].split("\n---\n", 1)[1], extensions=["tables", "toc"])
    return html5lib.parseFragment(body, namespaceHTMLElements=False)


def text_of(page: Page) -> str:
    """Return the words that a page shows."""
    return "".join(body_of(page).itertext())


def edition(library: Library, language: str) -> list[Page]:
    """Return the pages of one language."""
    return [page for page in plan_pages(library) if page.language == language]


def page_at(library: Library, path: str) -> Page:
    """Return the page of a path."""
    return next(page for page in edition(library, "id") if page.path == path)


def test_every_public_record_has_one_page(library: Library) -> None:
    public = [entry for entry in library.public if entry.record.PATH]
    for language in library.languages:
        pages = edition(library, language)
        sources = Counter(page.source for page in pages if page.source)
        assert sources == Counter([*(entry.source.path for entry in public), library.site_entry.source.path])
        assert {path_of(entry) for entry in public} <= {page.path for page in pages}


def test_every_page_exists_in_every_language(library: Library) -> None:
    by_path: dict[str, set[str]] = {}
    for page in plan_pages(library):
        by_path.setdefault(page.path, set()).add(page.language)
        assert {page.language, *page.editions} == set(library.languages)
    assert set(map(frozenset, by_path.values())) == {frozenset(library.languages)}


def test_an_english_page_speaks_english_and_says_what_does_not(load_site: LoadSite) -> None:
    pages = {page.path: page for page in edition(load_site("full"), "en")}
    translated, untranslated = pages["kegiatan/mediasi-parit/"], pages["kegiatan/pasar-warga/"]
    assert translated.title == "Settling a complaint about a ditch" and translated.is_original
    assert "Parts of this page have not been translated" in text_of(translated)
    (process,) = (mark for mark in body_of(translated).iter() if mark.get("id") == "proses")
    assert process.text == "Process"
    assert "<!--kbp:id-->" in render_page(translated)
    assert "This page has not been translated yet" in text_of(untranslated) and not untranslated.is_original
    (title,) = (mark for mark in body_of(untranslated).iter() if mark.tag == "h1")
    assert title.get("lang") == "id"
    cards = [mark for mark in body_of(pages["kegiatan/"]).iter() if mark.get("class") == "kbp-card__title"]
    assert {card.get("lang") for card in cards if card.text == translated.title} == {None}
    assert {card.get("lang") for card in cards if card.text == untranslated.title} == {"id"}


def test_a_section_or_record_is_found_by_its_address_in_each_language(library: Library) -> None:
    kept = {f"{entry.record.PATH}/{entry.id}" for entry in library.public if entry.record.PATH} | SECTIONS
    found = [(page.path.strip("/"), page) for page in plan_pages(library) if page.path.strip("/") in kept]
    assert {path for path, _ in found} >= kept - WRITTEN.keys() - {"luring"}
    for path, page in found:
        assert in_indonesian(old_key(page.address), library.languages) == path


def test_an_indonesian_page_bears_no_mark_of_another_language(library: Library) -> None:
    for page in edition(library, "id"):
        assert not re.search(r"<!--kbp:|\blang=", render_page(page)), page.path


def test_what_is_not_public_is_nowhere(load_site: LoadSite) -> None:
    for page in plan_pages(load_site("full")):
        told = render_page(page)
        for word in ("TERSEMBUNYI", "rahasia", "persetujuan-001", "masih-draf", "belum-terbit", "sudah-ditarik"):
            assert word not in told, page.path


def test_paths_and_files_are_unique(library: Library) -> None:
    pages = plan_pages(library)
    assert len({page.address for page in pages}) == len({page.file for page in pages}) == len(pages)


def test_every_page_says_what_it_is(library: Library) -> None:
    for page in plan_pages(library):
        assert page.title.strip()
        assert 0 < len(page.description) <= 200, page.path


def test_every_link_leads_somewhere(library: Library) -> None:
    pages = plan_pages(library)
    known = {page.address for page in pages} | {path for path, _ in FILES}
    known |= {f"data/{kind.FOLDER}.csv" for kind in public_kinds()}
    known |= {path for use in uses(library) for path in use.paths}
    for page in pages:
        body = body_of(page)
        ids = {element.get("id") for element in body.iter()}
        links = [element.get("href") for element in body.iter() if element.get("href")]
        for link in [*links, *(crumb.href for crumb in page.crumbs)]:
            address, hash_, anchor = link.partition("#")
            if re.match(r"[a-z]+:", link):
                continue
            if hash_:
                assert anchor in ids, (page.path, link)
            if address:
                target = posixpath.normpath(posixpath.join("/", page.address, address)).lstrip("/")
                assert (f"{target}/" if address.endswith("/") and target else target) in known, (page.path, link)


def test_headings_are_in_order_and_ids_unique(library: Library) -> None:
    for page in plan_pages(library):
        body = body_of(page)
        levels = [int(e.tag[1]) for e in body.iter() if isinstance(e.tag, str) and re.fullmatch("h[1-6]", e.tag)]
        assert levels[0] == 1 and levels.count(1) == 1, page.path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (page.path, levels)
        ids = Counter(element.get("id") for element in body.iter() if element.get("id"))
        assert not [name for name, count in ids.items() if count > 1], page.path


def test_tables_are_told_to_those_who_cannot_see_them(load_site: LoadSite) -> None:
    for page in plan_pages(load_site("full")):
        for table in re.findall(r'<table class="kbp-table">.*?</table>', render_page(page), re.DOTALL):
            assert "<caption>" in table, page.path
            assert all("scope=" in cell for cell in re.findall(r"<th[ >][^>]*", table)), page.path


def values_in(value: object) -> Iterator[object]:
    """Yield every value of a context, however deep."""
    if isinstance(value, tuple):
        for item in value:
            yield from values_in(item)
    elif dataclasses.is_dataclass(value):
        assert getattr(value, "__dataclass_params__").frozen, type(value)  # noqa: B009
        for field in dataclasses.fields(value):
            yield from values_in(getattr(value, field.name))
    else:
        yield value


def test_contexts_hold_plain_frozen_values(load_site: LoadSite) -> None:
    for page in plan_pages(load_site("full")):
        for name, value in page.context.items():
            for item in values_in(value):
                assert type(item) in {str, int, bool, type(None), Prose}, (page.path, name, item)


def declared(template: str) -> set[str]:
    """Return the inputs that a template's header comment names."""
    header = (TEMPLATES / template).read_text(encoding="utf-8").partition("#}")[0]
    named = re.search(r"Inputs: (.*?)\s+\(pages/", header, re.DOTALL)
    assert named, template
    return set(re.split(r",\s+", named.group(1)))


def test_templates_get_exactly_what_they_declare_and_use(load_site: LoadSite) -> None:
    pages = plan_pages(load_site("full"))
    for page in pages:
        assert set(page.context) == declared(page.template), page.path
    for template in {page.template for page in pages}:
        tree = environment("id").parse((TEMPLATES / template).read_text(encoding="utf-8"))
        assert meta.find_undeclared_variables(tree) - {"_", "page", "range"} == declared(template), template
    shown = {page.template for page in pages} | {"_map.md.jinja", "_parts.md.jinja"}
    assert {path.name for path in TEMPLATES.glob("*.jinja")} == shown


CROWD = 45


@pytest.fixture
def crowd(make_library: MakeLibrary) -> Library:
    """Return a library with three sheets of stories in every listing."""
    place = {"title": "Hulu", "status": "published", "level": "ward"}
    shared = {"places": ["hulu"], "topics": ["air"], "roles": ["peran"], "organizations": ["kbp"]}
    return make_library(
        {
            "places/hulu": place,
            "topics/air": {"title": "Air", "status": "published"},
            "roles/peran": {"title": "Peran", "status": "published", "about": "Peran."},
            **{f"activities/c{number}": activity(f"Cerita {number}", **shared) for number in range(CROWD)},
        }
    )


LISTINGS = (
    "kegiatan/",
    "kegiatan/jenis/bazaar/",
    "tahun/2006/",
    "tempat/hulu/",
    "topik/air/",
    "peran/peran/",
    "organisasi/kbp/",
)


@pytest.mark.parametrize("path", LISTINGS)
def test_a_long_listing_is_cut_into_sheets(crowd: Library, path: str) -> None:
    sheets = [page for page in plan_pages(crowd) if page.path == path or page.path.startswith(f"{path}hal/")]
    assert [sheet.path for sheet in sheets] == [path, f"{path}hal/2/", f"{path}hal/3/"]
    cards = [card for sheet in sheets for card in sheet.context["cards"]]  # type: ignore[attr-defined]
    assert Counter(card.title for card in cards) == Counter(f"Cerita {number}" for number in range(CROWD))
    assert len({sheet.title for sheet in sheets}) == len({sheet.description for sheet in sheets}) == 3
    assert [bool(sheet.source) for sheet in sheets[1:]] == [False, False]
    assert sheets[1].crumbs[-1] == Link(sheets[0].title, "../../")


DIGEST = """
import hashlib, sys
from datetime import date
from pathlib import Path
from kbp_site.content.load import load
from kbp_site.pages.plan import plan_pages
from kbp_site.pages.render import render_page
library = load(Path(sys.argv[1]), today=date(2026, 11, 23)).library
print(hashlib.sha256("".join(render_page(page) for page in plan_pages(library)).encode()).hexdigest())
"""


def test_the_bytes_do_not_follow_from_the_process(load_site: LoadSite, pytestconfig: pytest.Config) -> None:
    here = "".join(render_page(page) for page in plan_pages(load_site("full")))
    root = pytestconfig.rootpath
    for seed in ("1", "2"):
        told = subprocess.run(
            [sys.executable, "-c", DIGEST, str(root / "tests/sites/full")],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "LC_ALL": "C", "TZ": "Asia/Jayapura"},
            capture_output=True,
            check=True,
            text=True,
        )
        assert told.stdout.strip() == hashlib.sha256(here.encode()).hexdigest()


@pytest.mark.parametrize(
    "path", ["", "kegiatan/mediasi-parit/", "dana/", "dana/dana-jalan-2006/"], ids=["home", "story", "funding", "fund"]
)
def test_a_figure_never_stands_without_its_note(load_site: LoadSite, path: str) -> None:
    shown = text_of(page_at(load_site("full"), path))
    note = "Dua sumber menyebut angka yang berbeda." if "dana" in path else "Laporan menyebut 21, rinciannya 24."
    assert note in shown


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("studi-banding/", "Belum ada studi banding yang tercatat."),
        ("pameran/", "Belum ada pameran yang tercatat."),
        ("pelajaran/", "Belum ada pelajaran yang tercatat."),
        ("peran/", "Belum ada peran yang tercatat."),
        ("topik/", "Belum ada topik yang tercatat."),
        ("tempat/", "Belum ada tempat yang tercatat."),
        ("istilah/", "Belum ada istilah yang tercatat."),
        ("dana/", "Belum ada dana yang tercatat."),
        ("peta/", "Peta belum dapat digambar"),
        ("data/", "Lisensi tulisan dan data di situs ini belum tercatat."),
        ("organisasi/kbp-contoh/", "Belum ada cerita yang menyebut lembaga ini."),
    ],
)
def test_what_is_empty_says_so_kindly(load_site: LoadSite, path: str, words: str) -> None:
    assert words in text_of(page_at(load_site("minimal"), path))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("tempat/desa-lama/", "Yang mana belum dapat dipastikan."),
        ("tempat/kecamatan-hulu/", "titik tengah, bukan batas resmi"),
        ("tempat/kecamatan-hulu/", "Dimekarkan dari tempat iniKecamatan Hilir"),
        ("istilah/", "Arti ini belum dapat dipastikan."),
        ("istilah/kbp/", "kelompok sendiri"),
        ("istilah/blm/", "Di tempat lain BLM dapat berarti balai latihan masyarakat."),
        ("pelajaran/dengarkan-dahulu/", "Tidak berhasil"),
        ("pelajaran/catat-sejak-awal/", "Belum ada catatan bahwa pelajaran ini dicoba di tempat lain."),
        ("kegiatan/pasar-warga/", "Dengarkan dahulu"),
        ("organisasi/kbp-penerus/", "Komunitas Belajar Perkotaan Muara"),
        ("organisasi/kbp-muara/", "Dana parit 2006 (2006)"),
        ("dana/dana-parit-2006/", "tanggal belum tercatat"),
        ("dana/dana-parit-2006/", "Rp0"),
        ("lini-masa/", "sekitar 2010"),
        ("tahun/belum-tercatat/", "Rapat lama"),
        ("", "Rencana kunjungan balasan"),
        ("", "Pameran Desember"),
        ("", "Menjaga parit tetap bersih"),
        ("kegiatan/jenis/thematic-discussion/", "Rapat lama"),
    ],
)
def test_pages_tell(load_site: LoadSite, path: str, words: str) -> None:
    assert words in re.sub(r"\s*\n\s*", "", text_of(page_at(load_site("full"), path)))
