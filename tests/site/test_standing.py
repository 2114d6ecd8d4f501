"""Only what stands as it was judged is not looked at again; whatever changed since, is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from copies import copy_site
from running import DAY
from trees import first_difference, read_tree

from kbp_site.site import gate, leaks
from kbp_site.site.build import Order, build
from kbp_site.site.cache import STANDING, cache_folder
from kbp_site.site.gate import Expected, PageReading, ground_of_judgement, judge_site, read_page
from kbp_site.site.standing import (
    Former,
    JudgedFile,
    Standing,
    digests_of,
    media_sources,
    read_standing,
    stamps,
    write_standing,
)

NIK = "6203011405900001"
FILES = {"data/records.json": '{"records": [\n{"id": "a"},\n{"id": "b"}\n]}\n', "sampul/a-1234abcd.png": "\x89PNG"}


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files by their names below a folder, and return it."""
    for name, words in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(words.encode("latin-1"))
    return folder


def judged(site: Path) -> Former:
    """Return a site as one that has been judged as it stands."""
    files = {name: JudgedFile(stamp) for name, stamp in stamps(site).items()}
    return Former(site, files, files.keys())


def linked(site: Path, folder: Path) -> Path:
    """Let all files of a site stand in another folder, and return that."""
    return Path(shutil.copytree(site, folder, copy_function=os.link))


def found(site: Path, former: Former) -> list[tuple[str, str, int]]:
    """Return (code, path, line) of all that the gate finds in a site without pages."""
    media = [name for name in stamps(site) if name.startswith("sampul/")]
    problems = judge_site(site, "site", (), Expected((), media=media), former=former)
    return [(problem.code, problem.path, problem.line) for problem in problems]


def read_all(site: Path) -> dict[str, PageReading]:
    """Return what is read in every page of a site, by its path."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return {name: read_page(name, (site / name).read_bytes()) for name in names}


PLANTED: dict[str, tuple[str, str, list[tuple[str, str, int]]]] = {
    "a number": ("data/records.json", FILES["data/records.json"].replace("b", NIK), [("K501", "data/records.json", 3)]),
    "a new file": ("data/lain.csv", NIK, [("K501", "data/lain.csv", 1)]),
    "a program": ("jahat.js", "alert(1)", [("K704", "jahat.js", 1)]),
    "a picture that is none": ("sampul/a-1234abcd.png", "<svg", [("K703", "sampul/a-1234abcd.png", 1)]),
}


@pytest.mark.parametrize("what", PLANTED)
def test_what_is_not_as_it_was_judged_is_looked_at(what: str, tmp_path: Path) -> None:
    name, words, wanted = PLANTED[what]
    former = judged(write(tmp_path / "lama", FILES))
    site = linked(former.site, tmp_path / "site")
    (site / name).unlink(missing_ok=True)
    write(site, {name: words})
    assert found(site, former) == [(code, f"site/{path}", line) for code, path, line in wanted]


def test_what_is_as_it_was_judged_is_not_opened_again(tmp_path: Path) -> None:
    files = {**FILES, "data/a.csv": NIK, "jahat.js": "alert(1)", "sampul/a-1234abcd.png": "<svg"}
    former = judged(write(tmp_path / "lama", files))
    assert found(linked(former.site, tmp_path / "site"), former) == []
    assert len(found(linked(former.site, tmp_path / "lain"), Former())) == 3


def test_lines_that_were_judged_are_not_looked_at_again_unless_the_file_changed_since(tmp_path: Path) -> None:
    rest = "".join(f"{number}\n" for number in range(999))
    former = judged(write(tmp_path / "lama", {"data/a.csv": f"a\n{NIK}\n{rest}"}))
    site = write(tmp_path / "site", {"data/a.csv": f"b\n{NIK}\n{rest}"})
    assert found(site, former) == []
    (former.site / "data/a.csv").write_text(f"a\n{NIK}\nc\n", encoding="utf-8")
    assert found(site, former) == [("K501", "site/data/a.csv", 2)]


def test_a_line_is_counted_wherever_a_large_file_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "AT_ONCE", 10)
    rows = [f"baris {number}" for number in range(9)]
    former = judged(write(tmp_path / "lama", {"data/a.csv": "\n".join(rows)}))
    site = write(tmp_path / "site", {"data/a.csv": "\n".join([*rows[:5], NIK, *rows[5:], NIK])})
    assert [row[2] for row in found(site, former)] == [row[2] for row in found(site, Former())] == [6, 11]


def test_a_page_as_it_was_leads_nowhere_when_the_other_is_gone(tmp_path: Path) -> None:
    page = '<title>A</title><h1>A</h1><a href="../b/#bagian">B</a>'
    former = judged(write(tmp_path / "lama", {"a/index.html": page, "b/index.html": "<h1 id='bagian'>B</h1>"}))
    site, known = linked(former.site, tmp_path / "site"), read_all(former.site)

    def lost() -> list[str]:
        readings = read_all(site)
        judged = judge_site(site, "site", tuple(readings.values()), Expected(readings), former=former, known=known)
        return [one.path for one in judged if one.code == "K702"]

    assert lost() == []
    (site / "b/index.html").unlink()
    write(site, {"b/index.html": "<h1>B</h1>"})
    assert lost() == ["site/a/index.html"]
    (site / "b/index.html").unlink()
    assert lost() == ["site/a/index.html"]
    write(site, {"b/index.html": "<h1 id='bagian'>B</h1><h2 id='lain'>C</h2><a href='../c/'>C</a>"})
    assert lost() == ["site/b/index.html"]


def test_where_links_of_pages_that_were_found_sound_lead_is_not_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = '<h1>A</h1><a href="../b/">B</a>'
    former = judged(write(tmp_path / "lama", {"a/index.html": page, "b/index.html": page}))
    site = linked(former.site, tmp_path / "site")
    (site / "b/index.html").unlink()
    write(site, {"b/index.html": page.replace("h1", "h2")})
    asked: list[str] = []
    monkeypatch.setattr(gate, "lost_targets", lambda reading, *_: asked.append(reading.path) or ())
    readings = read_all(site)
    for before in (former, Former(former.site, former.files)):
        known = read_all(former.site)
        list(judge_site(site, "site", tuple(readings.values()), Expected(readings), former=before, known=known))
    assert asked == ["b/index.html", "a/index.html", "b/index.html"]


def put_back(path: Path) -> None:
    """Change a file in its place, as large and as old as it was."""
    before, data = path.stat(), path.read_bytes()
    path.write_bytes(data[:-1] + b"x")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def swap(path: Path) -> None:
    """Put another file in a file's place."""
    path.with_name("lain").write_bytes(path.read_bytes())
    path.with_name("lain").replace(path)


@pytest.mark.parametrize("change", [put_back, swap, Path.unlink], ids=["in its place", "another file", "gone"])
def test_a_file_that_changed_since_is_not_known(change: Callable[[Path], object], tmp_path: Path) -> None:
    site = write(tmp_path / "site", FILES)
    write_standing(tmp_path / "kept", Standing.of("ground", stamps(site), {}, {}))
    change(site / "data/records.json")
    assert set(read_standing(tmp_path / "kept", site).files) == {"sampul/a-1234abcd.png"}


def test_by_other_rules_nothing_is_known(tmp_path: Path) -> None:
    site = write(tmp_path / "site", FILES)
    write_standing(tmp_path / "kept", Standing.of("ground", stamps(site), {}, {}))
    former = read_standing(tmp_path / "kept", site)
    assert former.by("another") == Former()
    assert former.by("ground") == former != Former()
    shutil.copyfile(tmp_path / "kept", tmp_path / "copied")
    assert read_standing(tmp_path / "copied", site) == Former()
    write_standing(tmp_path / "kept", Standing.of("", stamps(site), {}, {}))
    assert not (tmp_path / "kept").exists()


def test_rules_are_other_ones_when_the_operators_files_or_contacts_are() -> None:
    plain = ground_of_judgement("ground", Expected(()))
    others = [Expected((), own=["a"]), Expected((), allowed=frozenset({"a"}))]
    assert len({plain, *(ground_of_judgement("ground", one) for one in others)}) == 3
    assert ground_of_judgement("another", Expected(())) != plain
    assert ground_of_judgement("", Expected(())) == ""


def test_what_was_copied_is_known_by_its_source(tmp_path: Path) -> None:
    names = ("a.png", "b.png", "c.png")
    kept = write(tmp_path / "kept", dict.fromkeys(names, "x"))
    site = write(tmp_path / "site", dict.fromkeys(names, "x"))
    files = {name: kept / name for name in names}
    sources = media_sources(files)
    former = Former(site, Standing.of("ground", stamps(site), {}, sources).files)
    put_back(kept / "b.png")
    files["c.png"] = kept / "a.png"
    assert former.made_of(media_sources(files)) == {"a.png"}


def test_digests_are_those_of_the_bytes(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"a/b.txt": "x", "c.txt": "y"})
    assert digests_of(site, stamps(site), {"c.txt": "known"}) == {"a/b.txt": sha256(b"x").hexdigest(), "c.txt": "known"}


def test_pictures_stand_in_the_next_site_and_one_that_was_changed_by_hand_does_not(tmp_path: Path) -> None:
    root = copy_site("minimal", tmp_path / "akar")

    def make() -> dict[str, int]:
        assert build(Order(root, root / "site", date.fromisoformat(DAY), jobs=1), lambda step: None).pages
        return {name: stamp[1] for name, stamp in stamps(root / "site").items() if name.startswith("sampul/")}

    first, sound = make(), read_tree(root / "site")
    changed = root / "site" / next(iter(first))
    put_back(changed)
    (root / "site" / "data/jahat.csv").write_text(NIK, encoding="utf-8")
    second = make()
    assert {name for name in first if first[name] != second[name]} == {changed.relative_to(root / "site").as_posix()}
    assert first_difference(sound, read_tree(root / "site")) == ""
    (standing,) = (cache_folder(root) / STANDING).iterdir()
    digests = {name: file.digest for name, file in read_standing(standing, root / "site").files.items()}
    told = {name: sha256(data).hexdigest() for name, data in sound.items()}
    assert {name: digest for name, digest in digests.items() if digest not in ("", told[name])} == {}
