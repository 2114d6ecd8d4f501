"""A document that is kept is the one that would be made, whatever changed: also where only other records' words did."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from known_edits import EDITS, Edited, rewrite

from kbp_site.content.kept_results import KeptResults
from kbp_site.content.watched import WatchedLibrary
from kbp_site.outputs.search import Edition
from kbp_site.site import search_documents
from kbp_site.site.search_documents import Finding, Made, Told, find, find_all

Shown = list[tuple[str, list[tuple[str, str]], bytes]]


def found(library: WatchedLibrary, before: KeptResults[Told]) -> tuple[list[Finding], KeptResults[Told]]:
    """Return what can be found, each document's HTML being the one that is told."""
    with TemporaryDirectory() as folder:
        findings, kept = find_all(library, before, Path(folder) / "dokumen", jobs=1)
        for _, digest, html in (document for one in findings for document in one.documents):
            assert sha256(html().encode()).hexdigest() == digest
    return findings, kept


class Known(Edited):
    """A site whose documents are kept."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.kept = found(self.library(), KeptResults())[1]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """Give a site with records of every kind whose documents are kept."""
    return Known(tmp_path_factory.mktemp("dikenal"))


def shown(findings: list[Finding]) -> Shown:
    """Return what findings say, without how the HTML is made."""
    return [(one.language, [(name, digest) for name, digest, _ in one.documents], one.words) for one in findings]


def from_nothing(library: WatchedLibrary) -> Shown:
    """Return what can be found where nothing is known."""
    return shown([find(Edition.of(library, language)) for language in library.languages])


@pytest.mark.parametrize("name", EDITS)
def test_documents_after_an_edit_are_those_made_from_nothing(known: Known, name: str) -> None:
    edit, day = EDITS[name]
    with known.after(edit):
        library = known.library(day)
        findings, kept = found(library, known.kept)
        assert shown(findings) == from_nothing(library)
        assert kept.results.keys() == {name for one in findings for name, _, _ in one.documents}


def test_a_word_that_joins_a_family_is_named_by_the_documents_of_its_relatives(known: Known) -> None:
    """That "menjumlah" is said somewhere tells that "jumlah" has a family."""
    with known.after(rewrite("activities/pasar-warga", "summary: ", "summary: Warga menjumlah. ")):
        library = known.library()
        findings, kept = found(library, known.kept)
        assert shown(findings) == from_nothing(library)
        before, now = known.kept.results, kept.results
        others = {name for name in now if now[name].value.digest != before[name].value.digest}
        assert any("jumlah" in now[name].value.said.split(" ") for name in others if "pasar-warga" not in name)


def made_again(known: Known, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the names of documents that are made when all is looked up again."""
    made: set[str] = set()
    make = search_documents.Maker.make

    def noting(self: search_documents.Maker, names: Sequence[str]) -> list[Made]:
        made.update(names)
        return make(self, names)

    monkeypatch.setattr(search_documents.Maker, "make", noting)
    found(known.library(), known.kept)
    return made


def test_where_nothing_changed_nothing_is_made(known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    assert made_again(known, monkeypatch) == set()


def test_a_word_without_relatives_makes_no_other_document_again(known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    with known.after(rewrite("activities/pasar-warga", "summary: ", "summary: Xyzzyq. ")):
        made = made_again(known, monkeypatch)
        assert "kegiatan/pasar-warga/index.html" in made
        assert "istilah/blm/index.html" not in made and len(made) < len(known.kept.results) / 2


def test_what_is_known_is_told_in_words(known: Known) -> None:
    told = known.kept.results["kegiatan/mediasi-parit/index.html"].value
    assert "parit" in told.said.split(" ") and len(told.digest) == 64
