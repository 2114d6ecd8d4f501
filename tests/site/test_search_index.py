"""The search index: the same bytes every time, nothing that is not public, made again only when it must be."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from copies import copy_site
from mkdocs.commands.build import build
from running import DAY
from trees import first_difference, read_tree

from kbp_site.content.library import Library
from kbp_site.content.load import load
from kbp_site.mkdocs_plugin import KbpPlugin
from kbp_site.outputs.search import Edition, findable
from kbp_site.site import search_index, search_merge, search_piece
from kbp_site.site.host import PLUGIN, read_settings
from kbp_site.site.readable import read_text
from kbp_site.site.search_documents import Document, Finding
from kbp_site.site.search_files import lay
from kbp_site.site.search_index import copy_search, cut, make_index, write_search
from kbp_site.site.search_words import FILTERS, MARK, PARTS, read_table, unpack

RUNS = 3
"""How often an index is made to see whether it is the same."""

HIDDEN = ("TERSEMBUNYI", "belum-terbit", "masih-draf", "sudah-ditarik", "rahasia", "tersembunyi")
FACETS = ("kind", "place", "role", "year")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Give the full site's library."""
    return library_of(copy_site("full", tmp_path_factory.mktemp("cari") / "akar"))


def library_of(root: Path) -> Library:
    """Load a site as it stands on the tests' day."""
    loaded = load(root, today=date.fromisoformat(DAY)).library
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def index(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the index of the full site; only to be read."""
    folder = tmp_path_factory.mktemp("indeks")
    write_search(library, folder / "site", folder / "work")
    return folder / "site" / search_index.FOLDER


def finding(numbers: Iterable[int], *, edited: Collection[int] = ()) -> Finding:
    """Return documents to be found, with many values of every facet; those that are edited say another word."""
    documents = []
    for number in numbers:
        chance = random.Random(number)
        facets = "".join(f'<i data-pagefind-filter="{facet}:{facet} {chance.randrange(20)}"></i>' for facet in FACETS)
        said = " ".join(chance.choices(["warga", "rapat", "jalan", "parit", "sumur"], k=20))
        html = (
            f'<html lang="id"><body data-pagefind-body><h1>{"Baru " * (number in edited)}Kata {number}</h1>{facets}'
            f"<p>{said}</p></body></html>"
        )
        name = f"{number}/index.html"
        documents.append(Document(name, hashlib.sha256(html.encode()).hexdigest(), html.__str__))
    return Finding("id", documents, b"warga1\n")


def indexed(what: Finding, site: Path, work: Path) -> dict[str, bytes]:
    """Return the files of the index of what can be found."""
    lay(make_index([what], work, jobs=2), work, site)
    return read_tree(site)


def test_an_index_is_the_same_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "AT_ONCE", 20)
    numbers = list(range(60))
    made = []
    for run in range(RUNS):
        random.Random(run).shuffle(numbers)
        made.append(indexed(finding(numbers), tmp_path / f"site {run}", tmp_path / str(run)))
    assert [first_difference(made[0], other) for other in made[1:]] == [""] * (RUNS - 1)


def test_after_edits_an_index_is_what_is_made_from_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents change, come and go, and pieces are cut anew; what is kept never shows."""
    monkeypatch.setattr(search_index, "AT_ONCE", 20)
    monkeypatch.setattr(search_merge, "PART_SIZE", 200)
    steps = [
        finding(range(40)),
        finding(range(40), edited={7}),
        finding(range(1, 41), edited={8}),
        finding(range(9)),
        finding([]),
        finding(range(40)),
    ]
    for number, step in enumerate(steps):
        site = tmp_path / f"site {number}"
        edited = indexed(step, site, tmp_path / "work")
        fresh = indexed(step, tmp_path / f"fresh {number}", tmp_path / f"work {number}")
        assert first_difference(edited, fresh) == ""
    assert sum(name.startswith("pagefind/fragment/") for name in edited) == 40


def test_an_edit_indexes_one_piece_again_and_changes_few_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "AT_ONCE", 12)
    calls = counted(monkeypatch)
    before = make_index([finding(range(40))], tmp_path / "work", jobs=2)
    assert len(calls) > 3
    calls.clear()
    after = make_index([finding(range(40), edited={7})], tmp_path / "work", jobs=2)
    assert len(calls) == 1
    digests = {stored.digest for stored in before.values()}
    changed = [name for name, stored in after.items() if stored.digest not in digests]
    assert sum(name.endswith(".pf_fragment") for name in changed) == 1


@pytest.mark.parametrize("what", ["files/*", "pieces/*.fragments", "pieces/*[0-9a-f]", "listing"])
def test_what_is_gone_from_the_cache_is_made_again(what: str, tmp_path: Path) -> None:
    before = indexed(finding(range(3)), tmp_path / "one", tmp_path / "work")
    for path in (tmp_path / "work").glob(what):
        path.write_bytes(b"") if "pieces" in what else path.unlink()
    assert indexed(finding(range(3)), tmp_path / "two", tmp_path / "work") == before


def test_a_document_more_cuts_at_most_one_piece_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "AT_ONCE", 12)
    before: set[str] = set()
    for count in range(200):
        shares = list(cut("id", [Document(f"{number}/", "", str) for number in range(count)]))
        assert sum(len(share.documents) for share in shares) == count
        assert max(len(share.documents) for share in shares) <= 12
        keys = {share.key for share in shares}
        assert len(before - keys) <= 1
        before = keys


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows by a number of documents each time that Pagefind is run."""
    calls: list[int] = []
    really = search_piece.run_pagefind

    def run(documents: Iterable[tuple[str, str]]) -> dict[str, bytes]:
        given = list(documents)
        calls.append(len(given))
        return really(given)

    monkeypatch.setattr(search_piece, "run_pagefind", run)
    return calls


def test_every_name_follows_from_what_it_names(index: Path) -> None:
    entry = json.loads((index / "pagefind-entry.json").read_text())
    for language, row in entry["languages"].items():
        meta_file = index / f"pagefind.{row['hash']}.pf_meta"
        meta = read_table(meta_file.read_bytes())
        files = [index / "filter" / f"{name}.pf_filter" for _, name in meta[FILTERS]]
        parts = [index / "index" / f"{name}.pf_index" for _, _, name in meta[PARTS]]
        assert (
            [facet for facet, _ in meta[FILTERS]]
            == [read_table(file.read_bytes())[0] for file in files]
            == sorted(FACETS)
        )
        for file in (meta_file, *files, *parts):
            digest = hashlib.sha256(unpack(file.read_bytes())).hexdigest()
            assert digest.startswith(file.name.rpartition(".")[0].rpartition("_")[2])
        for file in files:
            values = [value for value, _ in read_table(file.read_bytes())[1]]
            assert values == sorted(values)
        assert (index / f"wasm.{row['wasm']}.pagefind").is_file()
        assert (index / f"words.{language}.txt").stat().st_size > 0
    assert len(list(index.glob("*.pf_meta"))) == len(entry["languages"])
    assert len(list(index.glob("filter/*"))) == len(entry["languages"]) * len(FACETS)


def test_only_what_our_page_needs_is_published(index: Path) -> None:
    kinds = {path.suffix for path in index.rglob("*") if path.is_file()}
    assert kinds == {".js", ".json", ".pagefind", ".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment", ".txt"}
    assert {path.name for path in index.glob("*.js")} == {"pagefind.js"}


def test_the_index_holds_the_public_records_and_no_other(library: Library, index: Path) -> None:
    fragments = [gzip.decompress(path.read_bytes()).removeprefix(MARK) for path in index.glob("fragment/*")]
    addresses = sorted(json.loads(fragment)["url"] for fragment in fragments)
    wanted = [name.removesuffix("index.html") for edition in editions(library) for name, _ in edition.documents()]
    assert addresses == sorted(f"/{name}" for name in wanted)
    assert len(addresses) == len(library.languages) * len(list(findable(library)))
    everything = b"".join(fragments) + b"".join(path.read_bytes() for path in index.glob("words.*"))
    assert not [word for word in HIDDEN if word.encode() in everything]


def editions(library: Library) -> list[Edition]:
    """Return the editions of a library."""
    return [Edition.of(library, language) for language in library.languages]


def test_an_index_is_made_again_only_when_a_document_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy_site("minimal", tmp_path / "akar")
    work = tmp_path / "work"
    write_search(library_of(root), tmp_path / "site", work)
    before = read_tree(tmp_path / "site")
    calls = counted(monkeypatch)
    write_search(library_of(root), tmp_path / "again", work)
    assert calls == []
    assert read_tree(tmp_path / "again") == before
    with monkeypatch.context() as newer:
        newer.setattr(search_index, "RECIPE", ("newer",))
        write_search(library_of(root), tmp_path / "again", work)
    assert len(calls) == 1
    write_search(library_of(root), tmp_path / "again", work)
    calls.clear()
    organization = next((root / "content" / "organizations").glob("*.yml"))
    organization.write_text(organization.read_text().replace("title:", "summary: Kata baru.\ntitle:", 1))
    write_search(library_of(root), tmp_path / "changed", work)
    assert len(calls) == 1
    assert first_difference(before, read_tree(tmp_path / "changed"))


@pytest.mark.usefixtures("the_day")
def test_a_preview_makes_the_index_once(minimal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = counted(monkeypatch)
    config = read_settings(minimal / "mkdocs.yml", out=tmp_path / "site")
    plugin = cast("KbpPlugin", config.plugins[PLUGIN])
    # MkDocs keeps plugins for as long as a process lives: what tests before this one left is put aside.
    for name, value in vars(KbpPlugin()).items():
        monkeypatch.setattr(plugin, name, value)
    monkeypatch.setattr(plugin, "share", None)
    plugin.on_startup(command="serve", dirty=False)
    build(config)
    organization = next((minimal / "content" / "organizations").glob("*.yml"))
    organization.write_text(organization.read_text().replace("title:", "summary: Kata baru.\ntitle:", 1))
    build(config)
    assert len(calls) == 1
    assert "Kata baru." in (tmp_path / "site" / "organisasi" / organization.stem / "index.html").read_text()
    assert (tmp_path / "site" / search_index.FOLDER / "pagefind-entry.json").is_file()


def test_a_record_that_is_gone_is_not_found_any_more(tmp_path: Path) -> None:
    root = copy_site("full", tmp_path / "akar")
    work = tmp_path / "work"
    write_search(library_of(root), tmp_path / "site", work)
    term = next((root / "content" / "terms").glob("*.yml"))
    term.write_text(term.read_text().replace("status: published", "status: withdrawn"))
    write_search(library_of(root), tmp_path / "site2", work)
    assert not [path for path in work.rglob("*") if path.is_file() and f"/{term.stem}/" in read_text(path)]
    fragments = [gzip.decompress(path.read_bytes()) for path in (tmp_path / "site2").rglob("*.pf_fragment")]
    assert len(fragments) < len(list((tmp_path / "site").rglob("*.pf_fragment")))
    assert not [fragment for fragment in fragments if f"/{term.stem}/".encode() in fragment]


def test_nothing_is_copied_where_nothing_was_made(tmp_path: Path) -> None:
    assert not copy_search(tmp_path / "work", tmp_path / "site")
    assert not (tmp_path / "site").exists()
