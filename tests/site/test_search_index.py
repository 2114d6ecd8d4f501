"""The search index: the same bytes every time, nothing that is not public, made again only when it must be."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
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
from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.mkdocs_plugin import KbpPlugin
from kbp_site.outputs.search import Edition, findable
from kbp_site.site import search_index, search_merge
from kbp_site.site.host import PLUGIN, read_settings
from kbp_site.site.search_index import copy_search, run_pagefind, write_search
from kbp_site.site.search_merge import FILTERS, MARK, PARTS, merge, read_part

RUNS = 10
"""How often an index is made to see whether it is the same: unordered, two of ten filters agree by chance."""

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


def many_documents(folder: Path) -> Path:
    """Write documents with many values of every facet."""
    chance = random.Random(1)
    for number in range(60):
        facets = "".join(f'<i data-pagefind-filter="{facet}:{facet} {chance.randrange(20)}"></i>' for facet in FACETS)
        path = folder / f"{number}" / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(f'<html lang="id"><body data-pagefind-body><h1>Warga {number}</h1>{facets}</body></html>')
    return folder


def test_an_index_is_the_same_every_time(tmp_path: Path) -> None:
    documents = many_documents(tmp_path / "documents")
    made = []
    for number in range(RUNS):
        index = tmp_path / f"index {number}"
        run_pagefind(documents, tmp_path / str(number))
        merge([tmp_path / str(number)], index)
        made.append(read_tree(index))
    assert [first_difference(made[0], other) for other in made[1:]] == [""] * (RUNS - 1)


def test_every_name_follows_from_what_it_names(index: Path) -> None:
    entry = json.loads((index / "pagefind-entry.json").read_text())
    for language, row in entry["languages"].items():
        meta_file = index / f"pagefind.{row['hash']}.pf_meta"
        meta = read_part(meta_file)
        files = [index / "filter" / f"{name}.pf_filter" for _, name in meta[FILTERS]]
        parts = [index / "index" / f"{name}.pf_index" for _, _, name in meta[PARTS]]
        assert [facet for facet, _ in meta[FILTERS]] == [read_part(file)[0] for file in files] == sorted(FACETS)
        for file in (meta_file, *files, *parts):
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            assert digest.startswith(file.name.rpartition(".")[0].rpartition("_")[2])
        for file in files:
            values = [value for value, _ in read_part(file)[1]]
            assert values == sorted(values)
        assert (index / f"wasm.{row['wasm']}.pagefind").is_file()
        assert (index / f"words.{language}.txt").stat().st_size > 0
    assert len(list(index.glob("*.pf_meta"))) == len(entry["languages"])
    assert len(list(index.glob("filter/*"))) == len(entry["languages"]) * len(FACETS)


def test_the_parts_of_an_index_are_small_and_hold_every_word_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = many_documents(tmp_path / "documents")
    words = [f"kata{a}{b}" for a in "abcdefgh" for b in "abcdefgh"]
    (documents / "0" / "index.html").write_text(
        f'<html lang="id"><body data-pagefind-body>{" ".join(words)}</body></html>'
    )
    monkeypatch.setattr(search_merge, "PART_SIZE", 200)
    run_pagefind(documents, tmp_path / "piece")
    merge([tmp_path / "piece"], tmp_path / "index")
    [meta_file] = (tmp_path / "index").glob("*.pf_meta")
    rows = read_part(meta_file)[PARTS]
    held = [read_part(tmp_path / "index" / "index" / f"{name}.pf_index")[0] for _, _, name in rows]
    assert [(part[0][0], part[-1][0]) for part in held] == [(first, last) for first, last, _ in rows]
    found = [word for part in held for word, *_ in part]
    assert found == sorted(set(found))
    assert set(words) <= set(found)
    assert len(rows) > 10
    assert len(list((tmp_path / "index").glob("index/*"))) == len(rows)


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
    calls: list[Path] = []
    really = search_index.run_pagefind
    monkeypatch.setattr(search_index, "run_pagefind", lambda *paths: (calls.append(paths[0]), really(*paths)))
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


def test_of_many_documents_only_the_changed_piece_is_indexed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "AT_ONCE", 20)
    root, work = copy_site("full", tmp_path / "akar"), tmp_path / "work"
    calls: list[str] = []
    really = search_index.run_pagefind
    monkeypatch.setattr(search_index, "run_pagefind", lambda *paths: (calls.append(paths[0].name), really(*paths)))
    write_search(library_of(root), tmp_path / "site", work)
    assert len(calls) > 2 and calls == [path.stem for path in sorted((work / "pieces").glob("*.key"))]
    term = next((root / "content" / "terms").glob("*.yml"))
    term.write_text(term.read_text().replace("title:", "aliases: [lama]\ntitle:", 1) + "also: [katalain]\n")
    calls.clear()
    write_search(library_of(root), tmp_path / "edited", work)
    assert calls
    monkeypatch.setattr(search_index, "AT_ONCE", 2_000)
    write_search(library_of(root), tmp_path / "one", work)
    assert [path.name for path in (work / "pieces").iterdir() if path.is_dir()] == ["0"]
    monkeypatch.setattr(search_index, "AT_ONCE", 20)
    write_search(library_of(root), tmp_path / "fresh", tmp_path / "new work")
    assert first_difference(read_tree(tmp_path / "edited"), read_tree(tmp_path / "fresh")) == ""


@pytest.mark.usefixtures("the_day")
def test_a_preview_makes_the_index_once(minimal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Path] = []
    really = search_index.run_pagefind
    monkeypatch.setattr(search_index, "run_pagefind", lambda *paths: (calls.append(paths[0]), really(*paths)))
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
    assert list((work / "documents").rglob(f"{term.stem}/index.html")) == []
    fragments = [gzip.decompress(path.read_bytes()) for path in (tmp_path / "site2").rglob("*.pf_fragment")]
    assert len(fragments) < len(list((tmp_path / "site").rglob("*.pf_fragment")))
    assert not [fragment for fragment in fragments if f"/{term.stem}/".encode() in fragment]


@pytest.mark.parametrize("program", ["/tidak/ada", "/bin/false"])
def test_a_failing_program_is_told_in_one_line(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "get_executable", lambda: Path(program))
    documents = many_documents(tmp_path / "documents")
    with pytest.raises(KbpError) as caught:
        run_pagefind(documents, tmp_path / "index")
    assert caught.value.exit_code is ExitCode.SYSTEM
    assert "Pagefind" in caught.value.message.say("id")
    assert not (tmp_path / "index").exists()


def test_settings_from_around_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = many_documents(tmp_path / "documents")
    run_pagefind(documents, tmp_path / "one")
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "en")
    (tmp_path / "pagefind.yml").write_text("force_language: en\n")
    monkeypatch.chdir(tmp_path)
    run_pagefind(documents, tmp_path / "two")
    for name in ("one", "two"):
        merge([tmp_path / name], tmp_path / f"index {name}")
    assert first_difference(read_tree(tmp_path / "index one"), read_tree(tmp_path / "index two")) == ""


def test_nothing_is_copied_where_nothing_was_made(tmp_path: Path) -> None:
    assert not copy_search(tmp_path / "work", tmp_path / "site")
    assert not (tmp_path / "site").exists()
