"""A renamed record keeps its old address; what is taken back on purpose, or cannot be read, is no fault."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from running import DAY, mkdocs
from trees import read_tree

from kbp_site.content.load import load
from kbp_site.outputs.open_data import export_data
from kbp_site.site.build import Order, build
from kbp_site.site.last_release import judge_last_release, sentences
from kbp_site.site.publish import MARKER
from kbp_site.site.writing import write_files

TODAY = date.fromisoformat(DAY)
STORY = {
    "title": "Warga menata parit",
    "summary": "Tiga puluh warga menata parit di gang belakang.",
    "status": "published",
    "kind": "other",
    "date": "2006-08-17",
    "process": "Pagi hari semua warga berkumpul di balai. Parit digali sedalam setengah meter. Sorenya air lancar.",
    "result": "Air hujan cepat surut dari jalan gang. Warga sepakat merawatnya tiap bulan.",
}
OTHER = {
    **STORY,
    "title": "Rapat data warga",
    "summary": "Daftar warga dibaca bersama-sama di kantor kelurahan.",
    "process": "Setiap ketua RT membawa daftarnya masing-masing. Nama yang tertulis dua kali dicoret bersama.",
    "result": "Daftar yang benar ditempel di papan pengumuman.",
}


class Releases:
    """A site whose open data can be published, and then compared with what its records have become."""

    def __init__(self, root: Path, out: Path) -> None:
        self.root, self.out = root, out

    def write(self, name: str, fields: Mapping[str, object] = STORY, **changes: object) -> None:
        """Write a record; ``name`` is its kind and id."""
        path = self.root / "content" / f"{name}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({**fields, **changes}, ensure_ascii=False), encoding="utf-8")

    def remove(self, name: str) -> None:
        """Remove a record."""
        (self.root / "content" / f"{name}.yml").unlink()

    def publish(self) -> None:
        """Write the open data of the records as they are now, as a release of ours."""
        library = load(self.root, today=TODAY).library
        assert library is not None
        write_files(self.out, dict(export_data(library)))
        (self.out / MARKER).touch()

    def judge(self) -> list[str]:
        """Return what is said of the records as they are now."""
        library = load(self.root, today=TODAY).library
        assert library is not None
        return [
            f"{problem.severity} {problem.code} {problem.path}: {problem.message.say('id')}"
            + (f" ({problem.hint.say('id').partition(';')[0]})" if problem.is_error and problem.hint else "")
            for problem in judge_last_release(self.out, library)
        ]


@pytest.fixture
def releases(minimal: Path, tmp_path: Path) -> Releases:
    """Give the smallest site with one more story, released."""
    site = Releases(minimal, tmp_path / "terbit")
    site.write("activities/parit")
    site.publish()
    return site


LOST = "ada di terbitan sebelumnya, tetapi"
RENAMED = (
    f"error K705 content/activities/baru.yml: alamat kegiatan/parit/ {LOST} sekarang hilang; "
    "catatan ini tampaknya penggantinya (tulis aliases: [kegiatan/parit])"
)
DELETED = f"warning K705 content/activities/parit.yml: alamat kegiatan/parit/ {LOST} catatannya dihapus"


def test_nothing_changed_is_no_fault(releases: Releases) -> None:
    assert releases.judge() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, RENAMED),
        ({"title": "Judul lain sama sekali"}, RENAMED),
        ({**OTHER, "title": "WARGA menata   parit!"}, RENAMED),
        ({"title": "Lain", "summary": "Diringkas lagi.", "process": str(STORY["process"]).upper()}, RENAMED),
        ({"title": "Lain", "process": "Ditulis ulang dari awal.", "result": "Ditulis ulang juga."}, DELETED),
        (OTHER, DELETED),
    ],
    ids=["same", "title", "only the title is left", "punctuation", "mostly rewritten", "another story"],
)
def test_a_new_record_like_the_lost_one_must_name_its_old_address(
    releases: Releases, changes: Mapping[str, object], expected: str
) -> None:
    releases.remove("activities/parit")
    releases.write("activities/baru", **changes)
    assert releases.judge() == [expected]


@pytest.mark.parametrize("alias", ["kegiatan/parit", "/kegiatan/parit/", "kegiatan/parit/index.html"])
def test_an_alias_keeps_the_address(releases: Releases, alias: str) -> None:
    releases.remove("activities/parit")
    releases.write("activities/baru", aliases=[alias])
    assert releases.judge() == []


@pytest.mark.parametrize("alias", ["kegiatan/Parit", "kegiatan/parit.html", "parit"])
def test_an_alias_of_another_address_does_not(releases: Releases, alias: str) -> None:
    releases.remove("activities/parit")
    releases.write("activities/baru", aliases=[alias])
    [told] = releases.judge()
    assert told.endswith(f"(tulis aliases: [{alias}, kegiatan/parit])"), "what is there stays there"


def test_a_record_that_was_there_before_is_not_taken_for_the_new_one(releases: Releases) -> None:
    releases.write("activities/kembar")
    releases.publish()
    releases.remove("activities/parit")
    assert releases.judge() == [DELETED]


def test_another_kind_is_not_taken_for_the_new_one(releases: Releases) -> None:
    releases.remove("activities/parit")
    releases.write("topics/parit", {"title": STORY["title"], "status": "published"})
    assert releases.judge() == [DELETED]


@pytest.mark.parametrize(
    "change",
    [{"status": "draft"}, {"status": "review"}, {"status": "withdrawn"}, {"publish_on": "2030-01-01"}],
    ids=str,
)
def test_what_is_taken_back_on_purpose_is_no_fault(releases: Releases, change: Mapping[str, str]) -> None:
    releases.write("activities/parit", aliases=["berita/parit.html"])
    releases.publish()
    releases.write("activities/parit", aliases=["berita/parit.html"], **change)
    releases.write("activities/baru")
    assert releases.judge() == []


def test_old_addresses_of_old_go_along(releases: Releases) -> None:
    releases.write("activities/parit", aliases=["berita/parit.html"])
    releases.publish()
    releases.remove("activities/parit")
    releases.write("activities/baru", {**OTHER, "title": "Lain"}, aliases=["kegiatan/parit"])
    assert releases.judge() == [
        f"error K705 content/activities/baru.yml: alamat berita/parit.html {LOST} sekarang hilang; "
        "catatan ini tampaknya penggantinya (tulis aliases: [kegiatan/parit, berita/parit.html])"
    ]


def test_an_old_address_that_is_dropped_is_told(releases: Releases) -> None:
    releases.write("activities/parit", aliases=["berita/parit.html"])
    releases.publish()
    releases.write("activities/parit")
    [told] = releases.judge()
    assert told.startswith("warning K705 content/activities/parit.yml: alamat berita/parit.html tidak lagi mengantar")


def test_two_records_become_one(releases: Releases) -> None:
    releases.write("activities/rapat", OTHER)
    releases.publish()
    releases.remove("activities/parit")
    releases.remove("activities/rapat")
    releases.write("activities/baru", result=OTHER["result"], process=f"{STORY['process']}\n\n{OTHER['process']}")
    [told] = releases.judge()
    assert told.endswith("(tulis aliases: [kegiatan/rapat, kegiatan/parit])")


def test_words_that_many_share_do_not_make_them_alike(releases: Releases) -> None:
    releases.remove("activities/parit")
    for number in range(3):
        releases.write(f"activities/baru-{number}", title=f"Tahun ke-{number}")
    assert releases.judge() == [DELETED]


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\xff\xfe\x00",
        b"[]",
        b'{"version": 2, "records": [\n{"kind": "activities", "id": "x", "path": "x/", "fields": {"aliases": []}}\n]}',
        b'{"version": 1, "records": [\n' + b"[" * 100_000,
        b'{"version": 1, "records": [\n{"kind": [], "id": {}, "path": 1, "fields": {"aliases": [2]}}\n]}',
        b'{"version": 1, "records": [\n{"kind": "x", "id": "y", "path": null, "fields": []},\nnull,\n1\n]}',
    ],
)
def test_a_release_that_cannot_be_read_says_nothing(releases: Releases, damage: bytes) -> None:
    releases.remove("activities/parit")
    (releases.out / "data" / "records.json").write_bytes(damage)
    assert releases.judge() == []


@pytest.mark.parametrize("name", [MARKER, "data/records.json"])
def test_a_folder_that_is_not_a_release_says_nothing(releases: Releases, name: str) -> None:
    releases.remove("activities/parit")
    (releases.out / name).unlink()
    if name != MARKER:
        os.mkfifo(releases.out / name)
    assert releases.judge() == []


def test_a_name_that_nobody_could_have_is_only_told(releases: Releases) -> None:
    line = {"kind": "../..", "id": "\x1b[31m", "path": "../../x/", "fields": {"aliases": [], "title": {"a": "b"}}}
    written = f'{{"version": 1, "records": [\n{json.dumps(line)}\n]}}'
    (releases.out / "data" / "records.json").write_text(written, encoding="utf-8")
    [told] = releases.judge()
    assert told.startswith("warning K705")


def test_sentences_are_found_wherever_they_stand() -> None:
    record = {"a": "Satu dua tiga.", "b": [{"c": "Ini kalimat yang cukup panjang! Ya."}], "d": None, "e": 5}
    assert sentences(record) == {"ini kalimat yang cukup panjang"}


def make(root: Path) -> list[str]:
    """Build a site, and return the problems."""
    built = build(Order(root, root / "site", TODAY, jobs=1), lambda step: None)
    return [f"{problem.severity} {problem.code} {problem.path}" for problem in built.problems]


def test_a_build_that_would_lose_an_address_leaves_the_old_site(minimal: Path) -> None:
    assert make(minimal) == []
    before = read_tree(minimal / "site")
    folder = minimal / "content" / "activities"
    (folder / "gotong-royong.yml").rename(folder / "kerja-bakti.yml")
    assert make(minimal) == ["error K705 content/activities/kerja-bakti.yml"]
    assert read_tree(minimal / "site") == before
    with (folder / "kerja-bakti.yml").open("a", encoding="utf-8") as file:
        file.write("aliases: [kegiatan/gotong-royong]\n")
    assert make(minimal) == []
    assert b"../kerja-bakti/" in (minimal / "site" / "kegiatan" / "gotong-royong" / "index.html").read_bytes()


def test_a_build_tells_what_it_loses_once(minimal: Path) -> None:
    make(minimal)
    (minimal / "content" / "activities" / "gotong-royong.yml").unlink()
    assert make(minimal) == ["warning K705 content/activities/gotong-royong.yml"]
    assert not (minimal / "site" / "kegiatan" / "gotong-royong").exists()
    assert make(minimal) == []


def test_plain_mkdocs_leaves_the_old_site_too(minimal: Path) -> None:
    make(minimal)
    before = read_tree(minimal / "site")
    folder = minimal / "content" / "activities"
    (folder / "gotong-royong.yml").rename(folder / "kerja-bakti.yml")
    done = mkdocs("build", "-f", minimal / "mkdocs.yml")
    assert done.returncode == 1
    assert "galat[K705]" in done.stderr and "tulis aliases: [kegiatan/gotong-royong]" in done.stderr
    assert read_tree(minimal / "site") == before
