"""A folder becomes a library and problems; one fault hides no other, and nothing is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kbp_site.content.load import RESERVED, Loaded, judge_id, load
from kbp_site.content.problems import KbpError, Severity

TODAY = date(2026, 11, 23)
LoadSite = Callable[..., Loaded]


def test_a_folder_without_content_is_the_operators_mistake(tmp_path: Path) -> None:
    with pytest.raises(KbpError) as caught:
        load(tmp_path, today=TODAY)
    assert caught.value.exit_code == 2
    assert str(tmp_path) in caught.value.message.say("id") and "kbp init" in caught.value.message.say("id")


def test_an_empty_content_folder_has_no_library(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    loaded = load(tmp_path, today=TODAY)
    assert loaded.library is None
    assert [(problem.path, problem.code) for problem in loaded.problems] == [("content/site.yml", "K605")]


def test_a_site_with_faults_is_not_told_as_missing(load_site: LoadSite) -> None:
    loaded = load_site({"content/site.yml": "titel: x\norganization: kbp-contoh\nregion: kota-contoh\n"})
    assert loaded.library is None
    assert [problem.code for problem in loaded.problems] == ["K201"]


def test_a_site_that_cannot_be_read_is_not_told_as_missing(load_site: LoadSite) -> None:
    assert [problem.code for problem in load_site({"content/site.yml": "a: [\n"}).problems] == ["K104"]


def test_a_record_with_faults_is_left_out_and_the_others_are_read(load_site: LoadSite) -> None:
    loaded = load_site({"content/terms/a.yml": "title: A\n", "content/terms/b.yml": "title: B\ndefinition: x\n"})
    assert loaded.library is not None
    assert ("terms", "a") not in loaded.library.by_key and ("terms", "b") in loaded.library.by_key


def test_an_entry_knows_where_it_was_read(load_site: LoadSite) -> None:
    library = load_site({}).library
    assert library is not None
    entry = library.by_key["activities", "diskusi"]
    assert (entry.id, entry.kind, entry.key, entry.source.path) == (
        "diskusi",
        "activities",
        ("activities", "diskusi"),
        "content/activities/diskusi.yml",
    )


def test_problems_come_in_the_order_of_the_contract(load_site: LoadSite) -> None:
    files = {f"content/terms/t{n}.yml": "titel: x\nstatus: x\n" for n in range(12)}
    problems = load_site(files).problems
    keys = [(problem.path, problem.line, problem.column, problem.code) for problem in problems]
    assert keys == sorted(keys) and len(keys) == 12 * 3


def test_the_same_content_gives_the_same_problems_whatever_the_order_of_the_folder(
    write_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_site({f"content/terms/t{n}.yml": "title: x\nrelated: [terms/x]\n" for n in range(5)})
    first = load(root, today=TODAY)
    listed = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: sorted(listed(path), reverse=True))
    again = load(root, today=TODAY)
    assert again.problems == first.problems
    assert [(p.message, p.hint, p.excerpt) for p in again.problems] == [
        (p.message, p.hint, p.excerpt) for p in first.problems
    ]


def test_loading_writes_nothing(write_site: Callable[..., Path]) -> None:
    root = write_site({})
    before = sorted((path, path.stat().st_mtime_ns) for path in root.rglob("*"))
    load(root, today=TODAY)
    assert sorted((path, path.stat().st_mtime_ns) for path in root.rglob("*")) == before


def test_the_system_failing_is_no_problem_of_content(
    write_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_site({})

    def fail(path: object, flags: int) -> int:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(PermissionError):
        load(root, today=TODAY)


@pytest.mark.parametrize("name", ["a", "0", "rapat-2006", "a" * 80, "indexes", "com0", "com10", "konsol"])
def test_such_an_id_is_fine(name: str) -> None:
    assert judge_id(name) is None


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Rapat Warga", "misalnya rapat-warga.yml"),
        ("---", "misalnya nama-catatan.yml"),
        ("A" * 100, f"misalnya {'a' * 80}.yml"),
        ("nul", "misalnya nul-kbp.yml"),
    ],
)
def test_a_hint_about_an_id_would_be_accepted(name: str, hint: str) -> None:
    fault = judge_id(name)
    assert fault is not None and fault.hint is not None
    assert hint in fault.hint.say("id")
    assert judge_id(hint.removeprefix("misalnya ").removesuffix(".yml")) is None


def test_every_reserved_name_could_be_an_id_otherwise() -> None:
    faults = [judge_id(name) for name in RESERVED]
    assert all(fault is not None and "dipakai oleh sistem" in fault.message.say("id") for fault in faults)


def test_a_required_field_is_told_with_its_label_and_what_there_is_to_choose(load_site: LoadSite) -> None:
    (problem,) = load_site({"content/places/p.yml": "title: P\nstatus: draft\n"}).problems
    assert problem.message.say("id") == 'kolom wajib "level" (Tingkat wilayah) belum diisi'
    assert problem.hint is not None
    assert problem.hint.say("id") == (
        "tulis level: lalu salah satu dari province (Provinsi), regency (Kabupaten/kota), district (Kecamatan), "
        "ward (Kelurahan), village (Desa), site (Lokasi)"
    )


def test_stray_files_are_warnings(load_site: LoadSite) -> None:
    loaded = load_site({"content/terms/a.yaml": "- [", "content/lain/x.yml": "- ["})
    assert [(problem.code, problem.severity) for problem in loaded.problems] == [("K109", Severity.WARNING)] * 2
    assert loaded.library is not None


def test_fields_without_end_are_told_and_only_the_first_are_guessed(load_site: LoadSite) -> None:
    misspelt = "".join(f"pembuka{n}: x\n" for n in range(1, 201)) + "statuz: x\n"
    found = load_site({"content/topics/x.yml": f"title: X\ntopicz: x\n{misspelt}"}).problems
    assert [problem.code for problem in found] == ["K201"] * 202
    hints = {problem.excerpt: problem.hint.say("id") for problem in found if problem.hint}
    assert "mungkin maksudnya" in hints["topicz: x"] and "pilihan yang ada" in hints["statuz: x"]


def test_letters_are_composed_and_otherwise_stay_as_they_were_written(load_site: LoadSite) -> None:
    written = 'title: "Cafe\\u0301"\nstatus: published\ndefinition: "cafe\u0301 ﬁlter １５ ½"\n'
    library = load_site({"content/terms/x.yml": written}).library
    assert library is not None
    record = library.by_key["terms", "x"].record
    assert (record.title, record.definition) == ("Caf\u00e9", "caf\u00e9 ﬁlter １５ ½")
