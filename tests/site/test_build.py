"""The whole program: the public site, whole and checked, or nothing changed."""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
import signal
import zlib
from datetime import date, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from copies import write_fault
from PIL import Image
from running import BIN, DAY, kbp, start
from selectolax.lexbor import LexborHTMLParser
from trees import first_difference, read_tree

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.locale import Text
from kbp_site.site.build import Built, Order, build
from kbp_site.site.cache import cache_folder
from kbp_site.site.kept import Kept
from kbp_site.site.publish import MARKER, locked
from kbp_site.site.standing import Former, read_standing, stamps

TODAY = date.fromisoformat(DAY)
SECTIONS = [
    "kegiatan",
    "studi-banding",
    "pameran",
    "pelajaran",
    "dana",
    "peran",
    "organisasi",
    "tempat",
    "topik",
    "tahun",
    "istilah",
    "lini-masa",
    "peta",
    "cari",
    "data",
    "tentang",
    "panduan",
    "privasi",
    "aksesibilitas",
]
BESIDE = [
    "feed.xml",
    "feed.json",
    "calendar.ics",
    "sitemap.xml",
    "robots.txt",
    "404.html",
    "manifest.webmanifest",
    "data/records.json",
    "data/places.geojson",
    "data/datapackage.json",
]
TABLES = [
    "activities",
    "study_visits",
    "exhibitions",
    "lessons",
    "allocations",
    "organizations",
    "places",
    "roles",
    "terms",
    "topics",
]
HIDDEN = [
    "TERSEMBUNYI",
    "belum-terbit",
    "masih-draf",
    "sudah-ditarik",
    "istilah-rahasia",
    "tempat-rahasia",
    "lembaga-rahasia",
    "persetujuan-001",
    "persetujuan-002",
    "wajah-ditarik",
]


def make(root: Path, out: Path | None = None) -> Built:
    """Build a site in this process."""
    steps: list[Text] = []
    return build(Order(root, out or root / "site", TODAY, jobs=1), steps.append)


def names_of(folder: Path) -> list[str]:
    """Return what stands in a folder, but for the place of what can be made again."""
    return sorted(path.name for path in folder.iterdir() if path.name != ".cache")


@pytest.mark.parametrize("section", ["", *SECTIONS])
def test_every_section_has_a_page(built: Path, section: str) -> None:
    assert (built / section / "index.html").is_file()


@pytest.mark.parametrize("name", [*BESIDE, *(f"data/{table}.csv" for table in TABLES)])
def test_what_stands_beside_the_pages(built: Path, name: str) -> None:
    assert (built / name).stat().st_size > 0


@pytest.mark.parametrize("marker", HIDDEN)
def test_what_is_not_public_is_nowhere(built: Path, marker: str) -> None:
    sources = built.parent / "content"
    meant = [path for path in sources.rglob("*.yml") if marker in path.name or marker in path.read_text("utf-8")]
    assert meant, "the site of this test must hold something to hide"
    found = [name for name, data in read_tree(built).items() if marker.encode() in data or marker in name]
    assert not found


def shared(html: bytes) -> dict[str, str]:
    """Return what a page tells those who share it: name → content."""
    metas = LexborHTMLParser(html).css("meta[property], meta[name]")
    rows = [(meta.attributes.get("property") or meta.attributes["name"], meta.attributes["content"]) for meta in metas]
    return {name or "": content or "" for name, content in rows}


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("kegiatan/mediasi-parit", "foto/sesudah-"),
        ("en/activities/mediasi-parit", "foto/sesudah-"),
        ("kegiatan/pasar-warga", "sampul/pasar-warga-"),
        ("pelajaran/dengarkan-dahulu", "sampul/dengarkan-dahulu-"),
        ("tempat", "sampul/situs.png"),
        ("tentang", "sampul/situs.png"),
        ("", "sampul/situs.png"),
    ],
)
def test_a_shared_page_brings_its_picture(built: Path, page: str, kind: str) -> None:
    told = shared((built / page / "index.html").read_bytes())
    path = told["og:image"].removeprefix("https://kbp-muara.example/")
    assert path.startswith(kind)
    with Image.open(built / path) as picture:
        assert (str(picture.width), str(picture.height)) == (told["og:image:width"], told["og:image:height"])
    assert told["og:image:alt"] and told["twitter:card"] == "summary_large_image"


def test_a_site_without_an_address_names_no_picture(minimal: Path) -> None:
    assert make(minimal).pages
    for path in (minimal / "site").rglob("*.html"):
        assert not [name for name in shared(path.read_bytes()) if name.startswith(("og:image", "twitter"))]
    assert [path.name for path in (minimal / "site" / "sampul").iterdir()] == ["situs.png"]


def test_a_photo_that_cannot_be_decoded_leaves_the_old_site(full: Path) -> None:
    assert make(full).pages
    before = read_tree(full / "site")
    photo = full / "content" / "media" / "parit" / "sebelum.png"
    # Its pixels are no picture, though every part of the file has its right sum.
    broken = zlib.compress(b"x")
    chunk = b"IDAT" + broken
    data = photo.read_bytes()
    photo.write_bytes(
        data[: data.index(b"IDAT") - 4]
        + len(broken).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
        + data[data.index(b"IEND") - 4 :]
    )  # fmt: skip
    assert {(problem.code, problem.path) for problem in make(full).problems} >= {
        ("K603", "content/activities/mediasi-parit.yml"),
        ("K603", "content/exhibitions/pameran-kemerdekaan.yml"),
    }
    assert read_tree(full / "site") == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_tells_its_steps_and_counts_its_pages(minimal: Path, jobs: int) -> None:
    steps: list[Text] = []
    built = build(Order(minimal, minimal / "site", TODAY, jobs=jobs), steps.append)
    assert not built.problems
    assert built.pages == len(list((minimal / "site").rglob("*.html")))
    assert [step.say("id").partition(":")[0] for step in steps] == [
        "Membaca catatan",
        "Menyusun halaman",
        "Membuat gambar",
        "Membandingkan dengan terbitan sebelumnya",
        "Membuat HTML",
        "Menyusun indeks pencarian",
        "Menulis data, umpan, dan kalender",
        "Menyatukan situs",
        "Memeriksa situs",
    ]


@pytest.mark.parametrize("name", ["kegiatan/gotong-royong/index.html", "sampul"])
def test_a_file_of_the_last_site_that_is_changed_meanwhile_is_told(standing: Path, name: str) -> None:
    changed = next(path for path in (standing / "site" / name, *(standing / "site" / name).glob("*")) if path.is_file())
    before = changed.read_bytes()

    def change(step: Text) -> None:
        if "Menyusun halaman" in step.say("id"):
            changed.write_bytes(before + b"<!-- lain -->")

    with pytest.raises(KbpError) as caught:
        build(Order(standing, standing / "site", TODAY + timedelta(days=1), jobs=1), change)
    assert caught.value.exit_code == ExitCode.SYSTEM
    assert f"{changed.relative_to(standing / 'site').as_posix()}. Bangun sekali lagi" in caught.value.message.say("id")
    assert make(standing).pages and changed.read_bytes() == before


@pytest.mark.parametrize("can_keep", [True, False], ids=["spare-kept", "no-spare"])
def test_how_every_file_stands_is_known_after_each_build(standing: Path, can_keep: bool) -> None:
    kept, title = Kept.of(standing, standing / "site"), standing / "content/activities/gotong-royong.yml"
    if not can_keep:
        kept.spare.parent.write_text("", encoding="utf-8")
    for words in ("Pertama", "Kedua"):
        title.write_text(re.sub("(?m)^title: .*", f"title: {words}", title.read_text("utf-8")), encoding="utf-8")
        assert make(standing).pages
        former = read_standing(kept.standing, standing / "site")
        assert former.files.keys() == stamps(standing / "site").keys() == set(former.names)
        assert kept.spare.is_dir() is can_keep


def test_what_was_linked_elsewhere_meanwhile_is_known_again_after_a_build(standing: Path, tmp_path: Path) -> None:
    kept, title = Kept.of(standing, standing / "site"), standing / "content/activities/gotong-royong.yml"
    for name in stamps(standing / "site"):  # as a build does that is given up
        os.link(standing / "site" / name, tmp_path / "tautan")
        (tmp_path / "tautan").unlink()
    assert not read_standing(kept.standing, standing / "site").files
    title.write_text(title.read_text("utf-8").replace("title: ", "title: Lagi "), encoding="utf-8")
    assert make(standing).pages
    assert read_standing(kept.standing, standing / "site").files.keys() == stamps(standing / "site").keys()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_that_is_refused_leaves_what_is_known_of_the_last_site(standing: Path, jobs: int) -> None:
    kept = Kept.of(standing, standing / "site")
    known, names = read_standing(kept.standing, standing / "site"), names_of(standing)
    story = standing / "content/activities/gotong-royong.yml"
    story.rename(story.with_name("nama-lain.yml"))
    assert not build(Order(standing, standing / "site", TODAY, jobs), lambda step: None).pages
    assert read_standing(kept.standing, standing / "site") == known != Former()
    assert names_of(standing) == names


def test_a_build_changes_nothing_but_its_output_and_its_cache(minimal: Path) -> None:
    make(minimal)
    assert names_of(minimal) == ["content", "docs", "mkdocs.yml", "site"]


@pytest.fixture
def standing(minimal: Path) -> Path:
    """Give the root of a built site."""
    assert make(minimal).pages
    return minimal


def test_errors_in_content_leave_the_old_site(standing: Path) -> None:
    before = read_tree(standing / "site")
    write_fault(standing)
    built = make(standing)
    assert [problem.code for problem in built.problems] == ["K205"]
    assert built.pages == 0
    assert read_tree(standing / "site") == before
    assert names_of(standing) == ["content", "docs", "mkdocs.yml", "site"]


def test_what_the_gate_refuses_leaves_the_old_site(standing: Path) -> None:
    before = read_tree(standing / "site")
    page = standing / "docs" / "tentang" / "index.md"
    page.write_text("# Tentang\n\n[ke mana](tidak-ada.html)\n\n<script>alert(1)</script>\n", encoding="utf-8")
    built = make(standing)
    assert {(problem.code, problem.path) for problem in built.problems} == {
        ("K702", "site/tentang/index.html"),
        ("K704", "site/tentang/index.html"),
    }
    assert read_tree(standing / "site") == before


def test_a_page_that_vanished_from_content_vanishes_from_the_site(standing: Path) -> None:
    assert (standing / "site" / "kegiatan" / "gotong-royong").is_dir()
    (standing / "content" / "activities" / "gotong-royong.yml").unlink()
    assert make(standing).pages
    assert not (standing / "site" / "kegiatan" / "gotong-royong").exists()


def add_alias(root: Path, alias: str) -> None:
    """Give the smallest site's story an old path."""
    path = root / "content" / "activities" / "gotong-royong.yml"
    path.write_text(f"{path.read_text('utf-8')}aliases: [{alias}]\n", encoding="utf-8")


def test_an_old_path_leads_to_its_record_and_readers_find_it_nowhere(minimal: Path) -> None:
    add_alias(minimal, "kegiatan/nama-lama-sekali")
    built = make(minimal)
    assert built.problems == () and built.pages
    files = read_tree(minimal / "site")
    assert b"../gotong-royong/" in files["kegiatan/nama-lama-sekali/index.html"]
    told = {name for name, data in files.items() if b"nama-lama-sekali" in data}
    assert told == {"_redirects", "data/records.json", "data/activities.csv", "luring/daftar.json"}


@pytest.mark.parametrize(
    "alias", ["kegiatan/jenis/other", "404.html", "feed.xml/lama", "assets/kbp/kbp.css/x", "Tentang/a"]
)
def test_an_old_path_where_something_stands_is_refused(standing: Path, alias: str) -> None:
    before = read_tree(standing / "site")
    (standing / "docs" / "tentang" / "a.md").write_text("# A\n", encoding="utf-8")
    add_alias(standing, alias)
    assert [(problem.code, problem.path) for problem in make(standing).problems] == [
        ("K305", "content/activities/gotong-royong.yml")
    ]
    assert read_tree(standing / "site") == before


def test_a_site_may_stand_below_another_address(minimal: Path) -> None:
    record = minimal / "content" / "site.yml"
    record.write_text(record.read_text("utf-8") + "url: https://contoh.example/warga/kbp/\n", encoding="utf-8")
    assert make(minimal).problems == ()


@pytest.mark.parametrize("place", ["/", ".", "..", "content", "content/hasil", "docs", "docs/hasil", ".git/hasil"])
def test_a_place_that_is_not_for_output_is_refused(minimal: Path, place: str) -> None:
    before = read_tree(minimal.parent)
    with pytest.raises(KbpError) as caught:
        make(minimal, minimal / place)
    assert caught.value.exit_code == ExitCode.USAGE
    assert read_tree(minimal.parent) == before


def test_a_file_is_no_place_for_output(minimal: Path) -> None:
    (minimal / "hasil").write_text("milik orang", encoding="utf-8")
    with pytest.raises(KbpError) as caught:
        make(minimal, minimal / "hasil")
    assert caught.value.exit_code == ExitCode.USAGE
    assert (minimal / "hasil").read_text("utf-8") == "milik orang"


def test_a_folder_of_others_is_never_replaced(minimal: Path) -> None:
    (minimal / "hasil").mkdir()
    (minimal / "hasil" / "foto.jpg").write_bytes(b"milik orang")
    with pytest.raises(KbpError) as caught:
        make(minimal, minimal / "hasil")
    assert caught.value.exit_code == ExitCode.USAGE
    assert read_tree(minimal / "hasil") == {"foto.jpg": b"milik orang"}


@pytest.mark.parametrize("place", ["baru/lagi/situs", "kosong"])
def test_a_missing_or_empty_place_is_made(minimal: Path, place: str) -> None:
    (minimal / "kosong").mkdir()
    assert make(minimal, minimal / place).pages
    assert (minimal / place / "index.html").is_file()


def test_a_place_may_be_a_link_to_a_folder_of_ours(minimal: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (minimal / "site").symlink_to(tmp_path / "disk")
    assert make(minimal).pages
    assert (minimal / "site").is_symlink()
    assert (tmp_path / "disk" / MARKER).is_file()


@pytest.mark.parametrize("moves_the_old_one", [True, False], ids=["old away", "new in"])
def test_a_rename_that_fails_leaves_the_old_site(
    standing: Path, monkeypatch: pytest.MonkeyPatch, moves_the_old_one: bool
) -> None:
    before, out, rename = read_tree(standing / "site"), standing / "site", os.rename

    def refuse(source: Path, target: Path) -> None:
        away = Path(source) == out
        comes_in = Path(target) == out and Path(source).name != "old"
        if away if moves_the_old_one else comes_in:
            raise OSError(errno.EROFS, "read-only", str(target))
        rename(source, target)

    monkeypatch.setattr("kbp_site.site.publish.exchange", lambda one, other: False)  # as where a system has none
    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(OSError, match="read-only"):
        make(standing)
    assert read_tree(out) == before
    assert names_of(standing) == ["content", "docs", "mkdocs.yml", "site"]


def test_a_second_build_of_the_same_place_waits_for_nobody(standing: Path) -> None:
    before = read_tree(standing / "site")
    with locked(cache_folder(standing) / "locks", standing / "site"):
        done = kbp("--root", standing, "build")
        assert done.returncode == ExitCode.LOCKED
        assert "pembangunan lain sedang berjalan" in done.stderr
        assert make(standing, standing / "lain").pages, "another place is free"
    assert read_tree(standing / "site") == before


def test_two_builds_at_once_are_both_right(full: Path, built: Path) -> None:
    outs = [full / "satu", full / "dua"]
    running = [start(BIN / "kbp", "--root", full, "build", "--today", DAY, "--out", out) for out in outs]
    for process in running:
        with process:
            _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
    for out in outs:
        assert first_difference(read_tree(out), read_tree(built)) == ""


def test_nothing_is_written_beside_a_source_that_cannot_be_written(
    minimal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file where the folder for caches should be: for root, too, the folder cannot be made.
    (minimal / ".cache").write_text("", encoding="utf-8")
    before = read_tree(minimal)
    (tmp_path / "sementara").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "sementara"))
    assert make(minimal, tmp_path / "hasil").pages
    assert read_tree(minimal) == before


def test_a_full_build_forgets_what_was_kept(standing: Path) -> None:
    pages = next((cache_folder(standing) / "pages").iterdir())
    (pages / "asing.txt").write_text("lama", encoding="utf-8")
    assert kbp("--root", standing, "build", "--full").returncode == 0
    assert (pages / "index.md").is_file()
    assert not (pages / "asing.txt").exists()


def test_a_full_build_respects_the_lock(standing: Path) -> None:
    cache = cache_folder(standing)
    before = read_tree(cache / "pages")
    with locked(cache / "locks", standing / "site"):
        assert kbp("--root", standing, "build", "--full").returncode == ExitCode.LOCKED
        assert read_tree(cache / "pages") == before


def test_a_full_build_of_no_site_makes_no_folder(tmp_path: Path) -> None:
    assert kbp("--root", tmp_path / "tidak-ada", "build", "--full").returncode == ExitCode.USAGE
    assert not (tmp_path / "tidak-ada").exists()


@pytest.fixture
def killed(corpus: Path, tmp_path: Path) -> Path:
    """Give the output folder of a build that was killed while it made HTML; an old site stood there."""
    out = tmp_path / "publik"
    old = tmp_path / "publik" / "index.html"
    out.mkdir()
    (out / MARKER).touch()
    old.write_text("situs lama", encoding="utf-8")
    (tmp_path / ".publik.milik-orang").mkdir()
    with start(BIN / "kbp", "--root", corpus, "build", "--out", out, "--jobs", "1") as process:
        assert process.stderr is not None
        # The second step is told when HTML is about to be made.
        assert [process.stderr.readline()[:8] for _ in range(2)] == ["Membaca ", "Menyusun"]
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    return out


def test_a_killed_build_leaves_the_old_site_and_the_next_one_works(killed: Path, corpus: Path) -> None:
    assert set(read_tree(killed)) == {MARKER, "index.html"}
    assert (killed / "index.html").read_text("utf-8") == "situs lama"
    done = kbp("--root", corpus, "build", "--out", killed, "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert (killed / "kegiatan" / "index.html").is_file()
    assert sorted(path.name for path in killed.parent.iterdir()) == [".publik.milik-orang", "publik"]


def test_a_full_disk_is_told_and_leaves_the_old_site(standing: Path) -> None:
    before = read_tree(standing / "site")
    shutil.rmtree(standing / ".cache")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))

    done = kbp("--root", standing, "build", first=limit)
    assert done.returncode == ExitCode.SYSTEM
    assert "kbp: berkas menjadi terlalu besar bagi sistem ini" in done.stderr
    assert "Traceback" not in done.stderr
    assert read_tree(standing / "site") == before
    assert names_of(standing) == ["content", "docs", "mkdocs.yml", "site"]


def test_a_mistake_told_by_a_worker_is_told(corpus: Path, tmp_path: Path) -> None:
    root = tmp_path / "akar"
    shutil.copytree(corpus, root, ignore=shutil.ignore_patterns(".cache"))
    (root / "docs" / "tentang" / "index.md").write_text("# Tentang\n\n[x](tidak-ada.md)\n", encoding="utf-8")
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "\nstrict: true\n", encoding="utf-8")
    done = kbp("--root", root, "build", "--jobs", "2")
    assert done.returncode == ExitCode.USAGE
    assert "MkDocs tidak dapat membangun situs" in done.stderr
    assert "Traceback" not in done.stderr


def never(*_: object) -> NoReturn:
    """Stand for what must not be called."""
    raise AssertionError("not to be called")


def test_a_refused_place_is_refused_before_anything_is_read(minimal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbp_site.site.build.load", never)
    with pytest.raises(KbpError):
        make(minimal, minimal)
