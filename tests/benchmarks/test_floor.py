"""The libraries alone do what they do in a build, and a build is set beside what both take."""

from __future__ import annotations

from pathlib import Path

from benchmarks.builds import HUGO
from benchmarks.cluster import Spent, library_of, plan
from benchmarks.corpus import Size, write_corpus
from benchmarks.floor import BOTH, HTML, SEARCH, index, make_pages, pieces_of, table


def test_each_library_makes_the_whole_site(tmp_path: Path) -> None:
    write_corpus(tmp_path, Size(12))
    library = library_of(tmp_path)
    shares = plan(library, tmp_path, tmp_path / "simpanan")
    out = make_pages(tmp_path / "mkdocs.yml", shares, tmp_path)
    made = {path.parent.name for path in out.rglob("kegiatan/*/index.html")}
    stories = {path.stem for path in (tmp_path / "content" / "activities").glob("*.yml") if "." not in path.stem}
    assert stories and stories <= made
    pieces = pieces_of(library)
    found = {address for piece in pieces for address, html in piece if html}
    assert {f"kegiatan/{story}/index.html" for story in stories} <= found
    assert index(pieces) > len(found), "a file for each, and the index itself"


def test_both_are_set_beside_hugo() -> None:
    spent = {HUGO: [Spent(2, 3)], HTML: [Spent(9, 1), Spent(4, 7), Spent(1, 9)], SEARCH: [Spent(1, 2)]}
    # Two processors, busy for 9 seconds together, take 4.5 at least, though one after the other took 5.
    assert list(table(spent))[2:] == [
        f"| {HUGO} | 2.00 | 1.00 | 3.00 |",
        f"| {HTML} | 4.00 | 2.00 | 7.00 |",
        f"| {SEARCH} | 1.00 | 0.50 | 2.00 |",
        f"| {BOTH} | 4.50 | 2.25 | 9.00 |",
    ]
