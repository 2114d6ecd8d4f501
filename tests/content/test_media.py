"""Files are known by their bytes, and reached by no link."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from PIL import Image

from kbp_site.content.checks.media import judge_file
from kbp_site.content.media import Media, NotRegularError, open_media, stamp_of
from kbp_site.content.problems import KbpError


@pytest.fixture
def media(tmp_path: Path) -> Media:
    """Give a folder with a photo that lies on its side, and a document."""
    (tmp_path / "x").mkdir()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 30)).save(tmp_path / "x" / "a.JPG", exif=exif)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    return Media(tmp_path)


def test_what_is_known_of_a_photo(media: Media) -> None:
    info = media.info("x/a.JPG")
    assert info is not None
    data = (media.folder / "x" / "a.JPG").read_bytes()
    assert (info.digest, info.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (info.width, info.height, info.is_picture) == (30, 40, True)


def test_what_is_known_of_a_document(media: Media) -> None:
    info = media.info("b.pdf")
    assert info is not None and (info.size, info.is_picture) == (8, False)


def test_a_changed_file_is_read_again(media: Media) -> None:
    before = media.info("b.pdf")
    (media.folder / "b.pdf").write_bytes(b"%PDF-1.8")
    after = media.info("b.pdf")
    assert before and after and before.digest != after.digest


def test_a_file_that_changes_before_its_bytes_are_read_is_told(media: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    def stamp_and_change(folder: Path, name: str) -> tuple[int, ...] | None:
        stamp = stamp_of(folder, name)
        (folder / name).write_bytes(b"%PDF-1.9")
        return stamp

    monkeypatch.setattr("kbp_site.content.media.stamp_of", stamp_and_change)
    with pytest.raises(KbpError, match="berubah"):
        media.info("b.pdf")


@pytest.mark.parametrize("name", ["tidak-ada.pdf", "x", "rusak.jpg", "x/b.pdf"])
def test_of_what_cannot_be_used_nothing_is_known(media: Media, name: str) -> None:
    (media.folder / "rusak.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    assert media.info(name) is None


@pytest.mark.parametrize("name", ["tautan.pdf", "folder/b.pdf"])
def test_no_link_is_followed(media: Media, name: str) -> None:
    (media.folder / "tautan.pdf").symlink_to(media.folder / "b.pdf")
    (media.folder / "folder").symlink_to(media.folder)
    with pytest.raises(OSError):
        open_media(media.folder, name)


def test_a_pipe_is_no_file_and_nobody_waits_for_it(media: Media) -> None:
    os.mkfifo(media.folder / "pipa.pdf")
    with pytest.raises(NotRegularError):
        open_media(media.folder, "pipa.pdf")


@pytest.mark.parametrize("name", ["a/../b.pdf", "../b.pdf", "a/./b.pdf", "a/.b.pdf", "a//b.pdf", ""])
def test_a_name_that_is_no_place_among_the_media_is_told_as_such(tmp_path: Path, name: str) -> None:
    fault = judge_file(tmp_path, name, is_photo=False)
    assert fault is not None and fault.code == "K605"
    assert fault.message.template == '"{name}" bukan letak berkas di content/media/'


def test_a_file_that_may_not_be_read_is_there(media: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path, name: str) -> object:
        raise PermissionError(13, "Permission denied", name)

    monkeypatch.setattr("kbp_site.content.checks.media.open_media", refuse)
    fault = judge_file(media.folder, "b.pdf", is_photo=False)
    assert fault and fault.code == "K605" and "tidak boleh dibaca" in fault.message.say("id")
