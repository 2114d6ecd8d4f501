"""What was withdrawn is gone after a build, and whatever was left of it somewhere is found."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from copies import TESTS, copy_site
from PIL import Image
from trees import read_tree

from kbp_site.content.problems import ExitCode, KbpError, Problem
from kbp_site.outputs.likeness import find_alike, looks
from kbp_site.site import subject
from kbp_site.site.build import Order, build
from kbp_site.site.releases import OWN, PLACE, SPARE
from kbp_site.site.trace import describe, trace

DAY, LATER = date(2026, 11, 23), date(2027, 1, 1)
PHOTO = TESTS / "sites" / "full" / "content" / "media" / "parit" / "warga.jpg"
OTHER = TESTS / "sites" / "full" / "content" / "media" / "parit" / "sebelum.png"
ALT, CAPTION = "Seorang ibu berkerudung merah menimba", "Ibu penimba air di sumur lama"
STORY = f"""title: Sumur lama dibuka kembali
summary: Warga membuka kembali sumur lama yang tertutup lumpur tebal.
status: published
kind: other
date: 2006-08-17
process: Lumpur diangkat bergantian selama tiga malam berturut-turut.
photos:
  - file: sumur/penimba.jpg
    alt: {ALT}
    caption: {CAPTION}
    people: recognisable
    consent: izin-sumur
  - file: sumur/ember.png
    alt: Ember di tepi sumur
    people: none
"""
CONSENT = "form: written\ngiven_on: 2026-01-01\nscope: [web]\nvalid_until: 2026-12-31\n"


def write_well(root: Path) -> Path:
    """Give the smallest site a story with a photo of somebody who consented, and return its root."""
    copy_site("minimal", root)
    content = root / "content"
    for name in ("media/sumur", "consents"):
        (content / name).mkdir(parents=True, exist_ok=True)
    (content / "activities" / "sumur-lama.yml").write_text(STORY, encoding="utf-8")
    (content / "consents" / "izin-sumur.yml").write_text(CONSENT, encoding="utf-8")
    (content / "media" / "sumur" / "penimba.jpg").write_bytes(PHOTO.read_bytes())
    (content / "media" / "sumur" / "ember.png").write_bytes(OTHER.read_bytes())
    return root


def make(root: Path, day: date) -> tuple[Problem, ...]:
    """Build a site; it must be built."""
    built = build(Order(root, root / "site", day, jobs=1), lambda sentence: None)
    assert built.pages, [problem.message.say("id") for problem in built.problems]
    return built.problems


def left_of(folder: Path, *words: str) -> list[str]:
    """Return the files whose bytes or names, unpacked, hold any of the words."""
    found = []
    for name, data in read_tree(folder).items():
        if name.startswith(("kbp/records/", "kbp/plans/", "kbp/documents/", "kbp/open-data/", "kbp/seals/")):
            continue  # copies of what stands in content/, and what was told of it, forgotten with it
        plain = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
        if any(word.encode() in plain or word in name for word in words):
            found.append(name)
    return found


@pytest.fixture(scope="module")
def well(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a built site with a photo whose consent holds until the end of the year; tests go on from one another."""
    root = write_well(tmp_path_factory.mktemp("sumur"))
    assert make(root, DAY) == ()
    return root


def test_a_photo_is_there_while_its_consent_holds(well: Path) -> None:
    assert {"index.html", "records.json"} <= {Path(name).name for name in left_of(well / "site", ALT)}
    assert left_of(well / "site", "penimba-") and list(find_alike((well / "site" / "foto").iterdir(), [PHOTO]))
    for name in ("izin-sumur", "consents/izin-sumur", "sumur/penimba.jpg", "content/consents/izin-sumur.yml"):
        assert not trace(well, name, site=well / "site", today=DAY).is_clean


def test_a_daily_build_takes_a_photo_off_by_itself_when_its_consent_has_expired(well: Path) -> None:
    told = make(well, LATER)
    assert [(problem.code, problem.is_error) for problem in told] == [("K505", False)]
    for folder in ("site", ".cache"):
        assert left_of(well / folder, ALT, CAPTION, "penimba", "izin-sumur") == []
        pictures = [path for path in (well / folder).rglob("*") if path.suffix in {".jpg", ".webp", ".avif", ".png"}]
        assert pictures and list(find_alike(pictures, [PHOTO])) == []
    assert left_of(well / "site", "ember-") and left_of(well / "site", "sumur lama")
    for name in ("izin-sumur", "sumur/penimba.jpg"):
        assert trace(well, name, site=well / "site", today=LATER).is_clean


def test_a_withdrawn_record_is_found_until_the_next_build_and_then_no_more(well: Path) -> None:
    record = well / "content" / "activities" / "sumur-lama.yml"
    record.write_text(STORY.replace("published", "withdrawn"), encoding="utf-8")
    before = trace(well, "activities/sumur-lama", site=well / "site", today=LATER)
    places = {Path(path).name for area in before.areas for path, _ in area.found}
    assert {"records.json", "feed.xml", "feed.json", "sumur-lama.md"} <= places
    assert any(name.endswith(".pf_fragment") or name.endswith(".pf_meta") for name in places)
    make(well, LATER)
    after = trace(well, "activities/sumur-lama", site=well / "site", today=LATER)
    assert after.is_clean, [area.found for area in after.areas]
    assert left_of(well / "site", "sumur-lama", "lumpur tebal", "ember-") == []
    record.unlink()
    with pytest.raises(KbpError, match="tidak dikenal"):  # nobody remembers it, so nothing would be proved
        trace(well, "activities/sumur-lama", site=well / "site", today=LATER)


def test_what_the_next_release_is_to_be_made_in_is_searched(tmp_path: Path) -> None:
    root, site = write_well(tmp_path / "akar"), tmp_path / "situs"
    site.mkdir()
    spare = root / PLACE / OWN / SPARE
    for folder in (spare, root / "tempat-lain"):
        folder.mkdir(parents=True)
        (folder / "a.html").write_text('<a href="../kegiatan/sumur-lama/">x</a>', encoding="utf-8")
    found = [
        path for area in trace(root, "activities/sumur-lama", site=site, today=DAY).areas for path, _ in area.found
    ]
    assert found == [str(spare / "a.html")]


@pytest.fixture
def planted(tmp_path: Path) -> Callable[..., set[str]]:
    """Give a function that puts files into a folder and returns those in which a search finds a name."""
    root, site = write_well(tmp_path / "akar"), tmp_path / "situs"
    record = root / "content" / "activities" / "sumur-lama.yml"
    record.write_text(STORY.replace("published", "withdrawn"), encoding="utf-8")

    def plant(name: str, **files: bytes) -> set[str]:
        for path, data in files.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(data)
        found = trace(root, name, site=site, today=DAY).areas[0].found
        return {Path(path).relative_to(site).as_posix() for path, _ in found}

    return plant


def picture(kind: str, size: tuple[int, int]) -> bytes:
    """Return the photo anew: in another size and format, without a word."""
    file = BytesIO()
    with Image.open(PHOTO) as image:
        image.convert("RGB").resize(size).save(file, kind.upper())
    return file.getvalue()


def stranger() -> bytes:
    """Return a picture that shows something else."""
    file = BytesIO()
    Image.radial_gradient("L").save(file, "PNG")
    return file.getvalue()


SENTENCE = "Lumpur diangkat bergantian selama <em>tiga</em> malam berturut-turut."


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a/index.html", f"<p>{SENTENCE}</p>".encode()),
        ("a/index.html", f'<img alt="x" title="{SENTENCE}">'.replace("<em>", "").replace("</em>", "").encode()),
        ("a/index.html", b"<h1>Sumur lama dibuka&#32;kembali</h1>"),
        ("a/index.html", b'<a href="../kegiatan/sumur-lama/">x</a>'),
        ("a/index.html", b'<a href="https://a.example/?u=kegiatan%2Fsumur-lama%2F">x</a>'),
        ("en/a/index.html", b'<a href="../activities/sumur-lama/">x</a>'),
        ("kegiatan/sumur-lama/index.html", b""),
        ("data/records.json", json.dumps({"title": "Sumur lama dibuka kembali"}).encode()),
        ("data/a.csv", b"activities/sumur-lama,1\r\n"),
        ("calendar.ics", b"SUMMARY:Sumur lama\r\n  dibuka kembali\r\n"),
        (
            "pagefind/fragment/id_1.pf_fragment",
            gzip.compress(b'pagefind_dcd{"content":"Sumur lama dibuka kembali"}', mtime=0),
        ),
        ("sw.js", b'const RELEASE = ["foto/ember-", "kegiatan/sumur-lama/index.html"];'),
        ("foto/x.avif", picture("avif", (400, 300))),
        ("foto/x.webp", picture("webp", (200, 150))),
        ("gambar/y.png", picture("png", (640, 480))),
        ("berkas/z.bin", PHOTO.read_bytes()),
    ],
)
def test_what_is_left_of_a_withdrawn_record_is_found(planted: Callable[..., set[str]], name: str, data: bytes) -> None:
    others = {
        "index.html": b"<h1>Gotong royong</h1><p>Sumur baru dibuka.</p>",
        "foto/lain.png": stranger(),
    }
    assert planted("sumur-lama", **{name: data}, **others) == {name}


def document_with_photo() -> bytes:
    """Return an office file that holds the photo as it is."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/media/image1.jpg", PHOTO.read_bytes())
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("foto/penimba-0123abcd-400.avif", stranger()),
        ("foto/penimba-0123abcd-sampul.jpg", stranger()),
        ("berkas/0123abcd/penimba.jpg", stranger()),
        ("berkas/0123abcd/laporan.docx", document_with_photo()),
    ],
)
@pytest.mark.parametrize("subject_", ["izin-sumur", "sumur/penimba.jpg"])
def test_what_a_photo_was_before_and_what_holds_it_is_found(
    planted: Callable[..., set[str]], subject_: str, name: str, data: bytes
) -> None:
    assert planted(subject_, **{name: data, "foto/ember-0123abcd-400.avif": stranger()}) == {name}


def test_a_copy_with_other_bytes_is_found_though_another_record_shows_it(tmp_path: Path) -> None:
    root = write_well(tmp_path / "akar")
    data = PHOTO.read_bytes()
    (root / "content" / "media" / "salinan.jpg").write_bytes(data[:2] + b"\xff" + data[2:])
    other = STORY.replace("Sumur lama", "Sumur lain").replace("sumur/penimba.jpg", "salinan.jpg")
    other = other.replace("people: recognisable\n    consent: izin-sumur", "people: none")
    (root / "content" / "activities" / "sumur-lain.yml").write_text(other, encoding="utf-8")
    consent = root / "content" / "consents" / "izin-sumur.yml"
    consent.write_text(f"{CONSENT}withdrawn_on: 2026-02-01\n", encoding="utf-8")
    make(root, DAY)
    found = trace(root, "izin-sumur", site=root / "site", today=DAY).areas[0].found
    assert any("/foto/salinan-" in path and reason.say("id") == "gambarnya sama" for path, reason in found)


def test_a_consent_that_no_photo_names_proves_little(tmp_path: Path) -> None:
    root = write_well(tmp_path / "akar")
    (root / "content" / "consents" / "lain.yml").write_text(CONSENT, encoding="utf-8")
    (root / "site").mkdir()
    assert "tidak disebut foto mana pun" in trace(root, "lain", site=root / "site", today=DAY).subject.state.say("id")


def test_what_others_say_or_show_is_not_taken_for_it(planted: Callable[..., set[str]]) -> None:
    files = {
        "a.html": b'<p>Sumur lama</p><a href="kegiatan/sumur-lama-dua/">x</a> xkegiatan/sumur-lama',
        "foto/lain.png": stranger(),
    }
    assert planted("sumur-lama", **files) == set()


def test_what_is_not_there_any_more_is_traced_by_its_name(planted: Callable[..., set[str]]) -> None:
    assert planted("dulu-ada", **{"a.html": b"lessons/dulu-ada", "b.html": b"en/lessons/dulu-ada-lagi"}) == {"a.html"}
    assert planted("foto-lama.jpg", **{"c.html": b"foto/foto-lama-12345678-400.avif"}) == {"c.html"}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("activities/sumur-lma", "activities/sumur-lama"),
        ("kegiatan/sumur-lama", "activities/sumur-lama"),
        ("sumur-lamma", "activities/sumur-lama"),
        ("Sumur lama dibuka kembali", "activities/sumur-lama"),
        ("consents/izin-sumr", "consents/izin-sumur"),
        ("izin-sumurr", "consents/izin-sumur"),
        ("penimba.jpg", "sumur/penimba.jpg"),
        ("sumur/penimbaa.jpg", "sumur/penimba.jpg"),
        ("lessons/qqqqqqqq", "contoh: activities/"),
    ],
)
def test_a_name_that_nobody_knows_proves_nothing(tmp_path: Path, name: str, meant: str) -> None:
    root = write_well(tmp_path / "akar")
    (root / "site").mkdir()
    with pytest.raises(KbpError) as told:
        trace(root, name, site=root / "site", today=DAY)
    assert name in str(told.value) and meant in str(told.value) and told.value.exit_code is ExitCode.USAGE


def test_what_was_deleted_is_known_from_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_well(tmp_path / "akar")
    (root / "site").mkdir()
    gone = {"content/consents/izin-dulu.yml", "content/media/parit/dulu.jpg"}
    monkeypatch.setattr(subject, "was_ever", lambda root, paths: gone & {*paths})
    for name in ("consents/izin-dulu", "izin-dulu", "parit/dulu.jpg"):
        assert trace(root, name, site=root / "site", today=DAY).is_clean


def test_hand_written_pages_that_name_it_are_told(tmp_path: Path) -> None:
    root = write_well(tmp_path / "akar")
    (root / "site").mkdir()
    (root / "docs" / "panduan").mkdir(parents=True, exist_ok=True)
    (root / "docs" / "panduan" / "a.md").write_text("Contoh: `content/activities/sumur-lama.yml`", encoding="utf-8")
    said = "\n".join(describe(trace(root, "sumur-lama", site=root / "site", today=DAY), "id"))
    assert 'docs/panduan/a.md: menyebut "activities/sumur-lama"' in said


def test_a_name_that_means_nothing_or_too_much(tmp_path: Path) -> None:
    root = write_well(tmp_path / "akar")
    (root / "content" / "topics").mkdir()
    (root / "content" / "topics" / "sumur-lama.yml").write_text("title: Sumur\nstatus: published\n")
    (root / "site").mkdir()
    for name in ("sumur-lama", "", "observances/x"):
        with pytest.raises(KbpError):
            trace(root, name, site=root / "site", today=DAY)
    with pytest.raises(KbpError):
        trace(root, "topics/sumur-lama", site=root / "tidak-ada", today=DAY)


def test_the_words_say_what_was_searched_and_what_cannot_be(tmp_path: Path) -> None:
    root = write_well(tmp_path / "akar")
    (root / "site").mkdir()
    traced = trace(root, "izin-sumur", site=root / "site", today=DAY)
    said = "\n".join(describe(traced, "id"))
    assert "sumur/penimba.jpg: tampil" in said and "activities/sumur-lama.yml:8" in said
    assert "tidak ditemukan di 0 berkas" in said and "git log --all" in said and "Bersih" in said


def test_a_file_that_is_no_picture_looks_like_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.jpg").write_bytes(b"\xff\xd8\xff")
    assert looks(tmp_path / "x.jpg") == () and list(find_alike([tmp_path / "x.jpg"], [PHOTO])) == []
