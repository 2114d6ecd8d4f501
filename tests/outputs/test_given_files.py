"""A site gives the files that were judged: what is put in their place while it is made never reaches it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from kbp_site.content.media import Media, MediaInfo
from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.outputs.images import keep_document, make_renditions
from kbp_site.pages.renditions import renditions


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """Give a document."""
    path = tmp_path / "media" / "laporan.pdf"
    path.parent.mkdir()
    path.write_bytes(b"%PDF-1.7 laporan")
    return path


def known(path: Path) -> MediaInfo:
    """Return what is known of a file once it was judged."""
    info = Media(path.parent).info(path.name)
    assert info is not None
    return info


def change(path: Path) -> None:
    """Write something else into a file."""
    path.write_bytes(b"%PDF-1.7 rahasia")


def link(path: Path) -> None:
    """Put a link in a file's place."""
    secret = path.with_name("rahasia")
    secret.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(secret)


def pipe(path: Path) -> None:
    """Put a pipe in a file's place, for which somebody might wait."""
    path.unlink()
    os.mkfifo(path)


def test_a_document_is_given_as_it_was_judged(original: Path, tmp_path: Path) -> None:
    kept = keep_document(original.parent, known(original), tmp_path / "cache")
    assert kept.read_bytes() == original.read_bytes()


@pytest.mark.parametrize("swap", [change, link, pipe, Path.unlink])
def test_a_document_that_is_another_by_now_is_not_given(
    swap: Callable[[Path], None], original: Path, tmp_path: Path
) -> None:
    info = known(original)
    swap(original)
    with pytest.raises(KbpError) as raised:
        keep_document(original.parent, info, tmp_path / "cache")
    assert raised.value.exit_code == ExitCode.SYSTEM and "laporan.pdf" in raised.value.message.say("id")
    assert not list((tmp_path / "cache").rglob("*.*"))


def test_a_photo_that_is_another_by_now_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (900, 600), "white").save(path)
    info = known(path)
    Image.new("RGB", (900, 600), "black").save(path)
    with pytest.raises(KbpError) as raised:
        make_renditions(tmp_path, info, renditions(info), tmp_path / "cache")
    assert raised.value.exit_code == ExitCode.SYSTEM and not list((tmp_path / "cache").rglob("*.*"))
