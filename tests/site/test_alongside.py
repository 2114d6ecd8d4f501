"""What is made alongside the pages is what would be made one after another, and is kept only for a site that is public.

Two processes make it in every build of the tests with two jobs; that the site is the same is seen there.
"""

from __future__ import annotations

from pathlib import Path

from known_edits import TODAY, retitle
from trees import read_tree

from kbp_site.content.kept_results import KeptResults
from kbp_site.content.load import load
from kbp_site.content.watched import WatchedLibrary
from kbp_site.site.alongside import OUTPUTS, Alongside, make_alongside
from kbp_site.site.kept import Kept
from kbp_site.site.kept_data import Telling
from kbp_site.site.search_documents import find_all
from kbp_site.site.search_index import make_index
from kbp_site.site.standing import read_standing
from kbp_site.site.writing import write_outputs


def library_of(root: Path) -> WatchedLibrary:
    """Return what is read below a root now."""
    library = load(root, today=TODAY).library
    assert library is not None
    return WatchedLibrary(library)


def made(root: Path, folder: Path) -> tuple[Alongside, Kept]:
    """Make it of what stands below a root, whose site of before is `site/`."""
    folder.mkdir()
    kept = Kept.of(root, root / "site")
    former = read_standing(kept.standing, root / "site")
    return make_alongside(library_of(root), folder, kept, former, jobs=1), kept


def test_from_nothing_it_is_what_its_parts_make(full: Path, tmp_path: Path) -> None:
    alongside, kept = made(full, tmp_path / "satu")
    library = library_of(full)
    findings, _ = find_all(library, KeptResults(), tmp_path / "dokumen", jobs=1)
    index = make_index(findings, tmp_path / "indeks", jobs=1)
    assert {name: file.digest for name, file in alongside.found.items()} == {
        name: file.digest for name, file in index.items()
    }
    write_outputs(tmp_path / "semua", library, Telling(library, KeptResults(), lambda name: b"", jobs=1))
    assert read_tree(tmp_path / "satu" / OUTPUTS) == read_tree(tmp_path / "semua") != {}
    assert [step.say("id").partition(":")[0] for step in alongside.told] == [
        "Menyusun indeks pencarian",
        "Menulis data, umpan, dan kalender",
    ]
    assert not kept.documents.exists() and not kept.data.exists(), "no site is public yet"


def test_what_a_build_that_was_given_up_knew_is_not_kept(full: Path, tmp_path: Path) -> None:
    _, kept = made(full, tmp_path / "satu")
    kept.renew()
    before = {path: path.read_bytes() for path in (kept.documents, kept.data)}
    retitle("activities/mediasi-parit")(full / "content")
    made(full, tmp_path / "dua")
    assert {path: path.read_bytes() for path in before} == before
    kept.renew()
    assert all(path.read_bytes() != data for path, data in before.items())
    kept.renew()
    assert all(path.exists() for path in before), "where nothing newer is to be kept, what was kept stays"
