"""Any words in any plain field are shown as written, and make nothing: in pages, outputs, and editions that travel."""

from __future__ import annotations

from pathlib import Path

from any_words import BATCHES, PIECES, Filled, base, find_faults, in_html, judge, plain_fields, shape
from copies import copy_site
from hypothesis import Phase, example, given, settings

from kbp_site.content.records import KINDS, Site
from kbp_site.pages.plan import plan_pages
from kbp_site.site.host import make_html
from kbp_site.site.prepare import SiteSettings, write_pages
from kbp_site.site.shares import whole

FRAMED = {"", "kegiatan/", "kegiatan/mediasi-parit/", "istilah/blm/", "tempat/desa-lama/", "organisasi/kbp-muara/"}
"""Pages that show what the frame is given: titles, descriptions, ways, pictures for sharing."""


def test_every_plain_field_of_every_kind_is_filled() -> None:
    wanted = {field for kind in (*KINDS, Site) for field in plain_fields(kind)}
    assert wanted - Filled(base(), ["x"]).fields == set()


# To make a failing batch smaller takes minutes: `make fuzz` does, and what fails is told in few words here.
@settings(max_examples=4, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate])
@example(PIECES)
@given(BATCHES)
def test_any_words_are_shown_as_written(batch: list[str]) -> None:
    judge(batch)


def test_any_words_are_shown_as_written_in_the_frame_of_a_page(tmp_path: Path) -> None:
    root, framed = copy_site("minimal", tmp_path / "akar"), {}
    for name, batch in {"plain": ["x"], "hostile": PIECES}.items():
        filled = Filled(base(), batch)
        pages = [page for page in plan_pages(filled.library) if page.path in FRAMED and page.language == "id"]
        files = write_pages(filled.library, pages, tmp_path / name / "halaman")
        settings_of = SiteSettings.of(filled.library, pages, root / "docs")
        make_html(root / "mkdocs.yml", whole(settings_of, files), tmp_path / name / "hasil")
        read = {page.path: (tmp_path / name / "hasil" / page.path / "index.html").read_text("utf-8") for page in pages}
        framed[name] = {path: (list(in_html(html)), shape(html)) for path, html in read.items()}
    assert set(framed["hostile"]) == FRAMED
    faults = list(find_faults(filled, framed["hostile"], framed["plain"]))
    assert [fault for fault in faults if not fault.endswith(" is nowhere")] == []
    [title] = [text for text in framed["hostile"][""][0] if text.startswith(filled.library.site.title)][:1]
    assert title.startswith(f"{filled.library.site.title} – {filled.library.site.tagline}")
