"""Photos come in as pixels only; records keep their own lines; nothing is overwritten, nothing comes in twice."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from copies import TESTS, copy_site
from messy_word import telephone_photo
from PIL import Image
from running import DAY
from trees import read_tree

from kbp_site.content.dates import parse_day
from kbp_site.content.load import load
from kbp_site.content.problems import KbpError
from kbp_site.editing.imports.photo import ORIGINALS, import_photos
from kbp_site.editing.imports.report import Fate
from kbp_site.editing.imports.session import Wish

HEIC = TESTS / "cases" / "photos" / "dari-telepon.heic"
MARKS = [b"RAHASIA", b"Exif", b"exif", b"http://ns.adobe.com", b"xmpmeta", b"ICC_PROFILE"]
RECORD = "content/activities/gotong-royong.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the root of the smallest site."""
    return copy_site("minimal", tmp_path / "akar")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Give a photo as a telephone wrote it."""
    path = tmp_path / "IMG 0001 (RAHASIA).JPG"
    path.write_bytes(telephone_photo())
    return path


def codes(root: Path) -> list[str]:
    """Return the codes of what is wrong with a site's content."""
    return [problem.code for problem in load(root, today=parse_day(DAY)).problems]


def test_nothing_but_upright_pixels_comes_in(root: Path, photo: Path) -> None:
    assert any(mark in photo.read_bytes() for mark in MARKS), "the original must hold something to lose"
    report = import_photos(Wish(root), [photo, HEIC])
    assert report.made == ["content/media/foto/foto-1.jpg", "content/media/foto/foto-2.jpg"]
    for path in report.made:
        data = (root / path).read_bytes()
        assert [mark for mark in MARKS if mark in data] == []
        with Image.open(BytesIO(data)) as image:
            assert image.height > image.width  # both were held upright
            assert not image.getexif() and not {"comment", "xmp", "icc_profile"} & {*image.info}
    assert codes(root) == []


def test_a_large_photo_is_made_smaller_and_a_drawing_stays_what_it_is(root: Path, tmp_path: Path) -> None:
    Image.new("RGB", (2600, 1300), "red").save(tmp_path / "besar.png")
    import_photos(Wish(root), [tmp_path / "besar.png"])
    with Image.open(root / "content/media/foto/foto-1.png") as image:
        assert image.size == (2000, 1000) and image.format == "PNG"


def test_the_record_gets_the_photo_and_keeps_its_lines(root: Path, photo: Path) -> None:
    record = root / RECORD
    before = record.read_text("utf-8") + "# sebuah komentar\n"
    record.write_text(before, encoding="utf-8")
    import_photos(Wish(root), [photo], "gotong-royong")
    after = record.read_text("utf-8")
    assert after.startswith(before)
    assert "photos:\n  - file: gotong-royong/gotong-royong-1.jpg\n    alt: " in after
    assert set(codes(root)) == {"K202"}  # who can be recognised is for a person to say
    record.write_text(after.replace("people:", "people: none"), encoding="utf-8")
    import_photos(Wish(root), [HEIC], "activities/gotong-royong")
    assert record.read_text("utf-8").startswith(after.replace("people:", "people: none"))
    assert "gotong-royong-2.jpg" in record.read_text("utf-8")


@pytest.mark.parametrize(
    ("photos", "expected"),
    [
        (
            "photos:\n- file: a.jpg\n  alt: A # ya\n  people: none\n# sesudah\noutcome: open\n",
            "photos:\n- file: a.jpg\n  alt: A # ya\n  people: none\n- file: x/x-1.jpg\n  alt: Tulis di sini\n"
            "  people:  # none, unrecognisable, recognisable\n# sesudah\noutcome: open\n",
        ),
        ("photos: [{file: a.jpg, alt: A, people: none}]\n", ""),
        ("photos:\n", ""),
    ],
)
def test_where_photos_are_added(root: Path, photo: Path, photos: str, expected: str) -> None:
    head = "title: X\nsummary: X.\nkind: other\ndate: unknown\nprocess: X.\n"
    record = root / "content/activities/x.yml"
    record.write_text(head + photos, encoding="utf-8")
    report = import_photos(Wish(root), [photo], "x")
    assert record.read_text("utf-8") == head + (expected or photos)
    is_shown = any("- file: x/x-1.jpg" in note.say("id") for note in report.notes)
    assert is_shown is not bool(expected)


def test_an_original_in_the_content_is_mended_in_its_place(root: Path, photo: Path) -> None:
    media = root / "content" / "media" / "parit"
    media.mkdir(parents=True)
    (media / "a.jpg").write_bytes(photo.read_bytes())
    assert codes(root) == ["K604"]
    import_photos(Wish(root, is_trial=True), [Path("content/media/parit/a.jpg")])
    assert codes(root) == ["K604"]
    import_photos(Wish(root), [Path("content/media/parit/a.jpg")])  # as the check names it, from anywhere
    assert codes(root) == []
    assert (root / ORIGINALS / "parit" / "a.jpg").read_bytes() == photo.read_bytes()
    assert (root / ORIGINALS / ".gitignore").read_text("utf-8") == "*\n"
    clean = (media / "a.jpg").read_bytes()
    report = import_photos(Wish(root), [media / "a.jpg"])
    assert [item.fate for item in report.items] == [Fate.PRESENT] and (media / "a.jpg").read_bytes() == clean


def test_an_original_in_the_content_can_be_given_to_a_story_and_taken_from_it(root: Path, photo: Path) -> None:
    media = root / "content" / "media" / "parit"
    media.mkdir(parents=True)
    (media / "a.jpg").write_bytes(photo.read_bytes())
    before = (root / RECORD).read_bytes()
    import_photos(Wish(root), [media / "a.jpg"], "gotong-royong")
    assert (root / RECORD).read_text("utf-8").count("- file: parit/a.jpg") == 1
    report = import_photos(Wish(root, is_undo=True), [media / "a.jpg"], "gotong-royong")
    assert (root / RECORD).read_bytes() == before and [item.fate for item in report.items] == [
        Fate.REMOVED,
        Fate.SKIPPED,
    ]
    assert codes(root) == [] and (media / "a.jpg").is_file()


def test_a_photo_comes_in_once_and_can_be_taken_back(root: Path, photo: Path) -> None:
    before, there = read_tree(root), sorted(root.rglob("*"))
    import_photos(Wish(root, is_trial=True), [photo])
    assert read_tree(root) == before
    first = import_photos(Wish(root), [photo])
    once = read_tree(root)
    again = import_photos(Wish(root), [photo])
    assert read_tree(root) == once
    assert [report.items[0].fate for report in (first, again)] == [Fate.IMPORTED, Fate.PRESENT]
    import_photos(Wish(root, is_undo=True), [photo])
    assert read_tree(root) == before and sorted(root.rglob("*")) == there  # no empty folder either


HEAD = "title: X\nsummary: X.\nkind: other\ndate: unknown\nprocess: X.\n"
OWN = "photos:\n- file: a.jpg\n  alt: A # ya\n  people: none\n# sesudah\noutcome: open\n"


@pytest.mark.parametrize(
    "written",
    [
        HEAD,
        HEAD.rstrip("\n"),
        HEAD + "\n\n# akhir\n\n\n",
        HEAD.replace("\n", "\r\n"),
        HEAD.replace("\n", "\r\n", 2),
        "\ufeff" + HEAD,
        HEAD + OWN,
        HEAD + OWN.replace("\n  ", "\n      ").replace("\n-", "\n    -"),
        HEAD + "photos:\n- file: a.jpg\n  alt: A\n  people: none",
    ],
)
def test_what_undo_takes_back_comes_in_again_as_it_did(root: Path, photo: Path, written: str) -> None:
    record = root / "content/activities/x.yml"
    record.write_bytes(written.encode())
    before = read_tree(root)
    import_photos(Wish(root), [photo, HEIC], "x")
    once = read_tree(root)
    assert len(re.findall(rb"- file: x/x-\d.jpg", record.read_bytes())) == 2
    import_photos(Wish(root), [photo, HEIC], "x")
    assert read_tree(root) == once
    trial = import_photos(Wish(root, is_trial=True, is_undo=True), [photo, HEIC], "x")
    assert read_tree(root) == once
    report = import_photos(Wish(root, is_undo=True), [photo, HEIC], "x")
    assert trial.items == report.items and {item.fate for item in report.items} == {Fate.REMOVED}
    assert read_tree(root) == before
    import_photos(Wish(root), [photo, HEIC], "x")
    assert read_tree(root) == once


def test_lines_that_were_changed_since_stay_and_so_does_their_photo(root: Path, photo: Path) -> None:
    import_photos(Wish(root), [photo, HEIC], "gotong-royong")
    record = root / RECORD
    changed = record.read_text("utf-8").replace("people: ", "people: none", 1)
    record.write_text(changed, encoding="utf-8")
    report = import_photos(Wish(root, is_undo=True), [photo, HEIC])
    assert [item.fate for item in report.items] == [Fate.SKIPPED, Fate.REMOVED, Fate.SKIPPED, Fate.REMOVED]
    assert "sudah Anda ubah" in report.say("id") and f"masih disebut di {RECORD}" in report.say("id")
    assert changed.startswith(record.read_text("utf-8")) and "royong-2" not in record.read_text("utf-8")
    assert [path.name for path in (root / "content/media/gotong-royong").iterdir()] == ["gotong-royong-1.jpg"]


def test_one_photo_in_two_stories_is_one_file(root: Path, photo: Path) -> None:
    other = root / "content/activities/x.yml"
    other.write_text(HEAD, encoding="utf-8")
    import_photos(Wish(root), [photo], "gotong-royong")
    once = read_tree(root)
    report = import_photos(Wish(root), [photo], "x")
    assert report.made == [] and "- file: gotong-royong/gotong-royong-1.jpg" in other.read_text("utf-8")
    told = import_photos(Wish(root, is_undo=True), [photo], "x")
    assert [item.fate for item in told.items] == [Fate.REMOVED, Fate.SKIPPED]
    assert read_tree(root) == once
    import_photos(Wish(root), [photo], "x")
    import_photos(Wish(root, is_undo=True), [photo])
    assert read_tree(root).keys() == once.keys() - {
        "content/media/gotong-royong/gotong-royong-1.jpg",
        "content/.import/ledger.csv",
    }


def test_a_photo_that_came_in_without_a_story_can_be_given_to_one(root: Path, photo: Path) -> None:
    import_photos(Wish(root), [photo])
    import_photos(Wish(root), [photo, photo], "gotong-royong")
    assert (root / RECORD).read_text("utf-8").count("- file: foto/foto-1.jpg") == 1


def test_what_was_changed_since_is_not_taken_back(root: Path, photo: Path) -> None:
    (path,) = import_photos(Wish(root), [photo]).made
    (root / path).write_bytes(b"diubah")
    report = import_photos(Wish(root, is_undo=True), [photo])
    assert report.items[0].fate is Fate.SKIPPED and (root / path).read_bytes() == b"diubah"


def test_what_is_no_photo_is_told_and_stops_nothing(root: Path, photo: Path, tmp_path: Path) -> None:
    (tmp_path / "rusak.jpg").write_bytes(b"RAHASIA")
    report = import_photos(Wish(root), [tmp_path / "rusak.jpg", photo])
    assert [item.fate for item in report.items] == [Fate.SKIPPED, Fate.IMPORTED] and report.has_failed


def test_a_file_that_is_not_there_stops_all_before_anything_is_written(root: Path, photo: Path, tmp_path: Path) -> None:
    before = read_tree(root)
    for wrong, words in ((tmp_path / "tidak-ada.jpg", "tidak ada"), (tmp_path, "folder")):
        with pytest.raises(KbpError, match=words):
            import_photos(Wish(root), [photo, wrong])
    assert read_tree(root) == before


@pytest.mark.parametrize("story", ["tidak-ada", "places/gotong-royong", "../site", "activities/../site"])
def test_a_story_that_is_not_there_is_told(root: Path, photo: Path, story: str) -> None:
    with pytest.raises(KbpError):
        import_photos(Wish(root), [photo], story)
    assert not (root / "content" / "media").exists()


@pytest.mark.parametrize("story", ["gotong-royog", "Gotong royong", "activity/gotong-royong", "gotong_royong.yml"])
def test_the_story_that_was_meant_is_said(root: Path, photo: Path, story: str) -> None:
    with pytest.raises(KbpError, match='mungkin maksudnya "activities/gotong-royong"'):
        import_photos(Wish(root), [photo], story)


def test_nothing_is_written_through_a_link(root: Path, photo: Path, tmp_path: Path) -> None:
    (tmp_path / "luar").mkdir()
    (root / "content" / "media").symlink_to(tmp_path / "luar")
    with pytest.raises(KbpError):
        import_photos(Wish(root), [photo])
    assert list((tmp_path / "luar").iterdir()) == []
