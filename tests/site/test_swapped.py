"""What is swapped for a link in the middle of a build never brings anything from outside the site into it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from copies import copy_site
from PIL import Image, ImageStat
from running import DAY
from trees import read_tree

from kbp_site import mkdocs_plugin
from kbp_site.content.checks import Content, check_together
from kbp_site.content.load import load
from kbp_site.content.media import Media, open_media
from kbp_site.content.problems import ExitCode, KbpError, Problem
from kbp_site.outputs.images import keep_document, make_renditions
from kbp_site.outputs.media import copy_media, export_media
from kbp_site.pages.renditions import renditions
from kbp_site.site.build import Order, build
from kbp_site.site.frame import read_documents
from kbp_site.site.tree import copy_docs

SECRET = "DARILUAR"
"""The word that stands in every file outside; what is public may not hold it."""

RECORD = """title: Pasar
summary: Pasar warga.
status: published
kind: other
date: 2006-08-17
process: Rapat.
photos: [{file: pasar/foto.png, alt: Pasar, people: none}]
documents: [{file: pasar/catatan.txt, title: Catatan}]
"""
MAGENTA, GREEN = (255, 0, 255), (20, 120, 60)

Swap = Callable[[str], None]


def picture(colour: tuple[int, int, int]) -> bytes:
    """Return a picture of one colour."""
    file = BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a small site with a photo, a document, and a hand-written page with a picture."""
    root = copy_site("minimal", tmp_path / "akar")
    (root / "content" / "media" / "pasar").mkdir(parents=True)
    (root / "content/media/pasar/foto.png").write_bytes(picture(GREEN))
    (root / "content/media/pasar/catatan.txt").write_text("Catatan pasar.\n", "utf-8")
    (root / "content/activities/pasar.yml").write_text(RECORD, "utf-8")
    (root / "docs/tentang/index.md").write_text("# Tentang\n\nDitulis tangan.\n\n![Papan](papan.png)\n", "utf-8")
    (root / "docs/tentang/papan.png").write_bytes(picture(GREEN))
    return root


@pytest.fixture
def swap(site: Path) -> Swap:
    """Give a function that puts a link to something outside in the place of a file or folder of the site."""
    outside = site.parent / "luar"
    (outside / "pasar").mkdir(parents=True)
    for folder in (outside, outside / "pasar"):
        (folder / "foto.png").write_bytes(picture(MAGENTA))
        (folder / "papan.png").write_bytes(picture(MAGENTA))
        (folder / "catatan.txt").write_text(f"{SECRET}\n", "utf-8")
    (outside / "index.md").write_text(f"---\ntitle: {SECRET}\n---\n\n# {SECRET}\n", "utf-8")
    (outside / "pasar.yml").write_text(RECORD.replace("Pasar", SECRET), "utf-8")

    def swapped(name: str) -> None:
        (site / name).rename(site.parent / "asli")
        (site / name).symlink_to(outside / Path(name).name)

    return swapped


def make(root: Path) -> bool:
    """Build a site; return whether it was published."""
    return bool(build(Order(root, root / "site", date.fromisoformat(DAY), 1), lambda step: None).pages)


def foreign_in(folder: Path) -> list[str]:
    """Return the files that hold anything from outside, pictures by their colour."""
    found = []
    for name, data in read_tree(folder).items():
        if name.endswith((".png", ".jpg", ".webp", ".avif")):
            red, green, blue = ImageStat.Stat(Image.open(BytesIO(data)).convert("RGBA").convert("RGB")).mean
            found += [name] if min(red, blue) > 200 and green < 60 else []
        elif SECRET.encode() in data:
            found.append(name)
    return found


def test_what_is_looked_for_would_be_found(site: Path, swap: Swap) -> None:
    assert len(foreign_in(site.parent / "luar")) == 8
    assert foreign_in(site) == []


def test_a_folder_that_becomes_a_link_before_its_file_is_opened(
    site: Path, swap: Swap, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def open_late(path: str | Path, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if os.fspath(path).endswith("catatan.txt"):
            swap("content/media/pasar")
        return opened(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", open_late)
    with open_media(site / "content" / "media", "pasar/catatan.txt") as file:
        assert file.read() == b"Catatan pasar.\n"
    assert (site / "content" / "media" / "pasar").is_symlink()


def test_no_handle_stays_open(site: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for name in ("pasar/foto.png", "pasar/tidak-ada.png", "tidak-ada/foto.png", "pasar/foto.png/x", "pasar"):
        with suppress(OSError), open_media(site / "content" / "media", name):
            pass
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("how", ["a link", "another picture", "gone", "a folder's link"])
def test_a_photo_that_is_another_by_now_is_not_made(how: str, site: Path, swap: Swap) -> None:
    media = site / "content" / "media"
    info = Media(media).info("pasar/foto.png")
    assert info is not None
    if "link" in how:
        swap("content/media/pasar/foto.png" if how == "a link" else "content/media/pasar")
    elif how == "gone":
        (media / "pasar" / "foto.png").unlink()
    else:
        (media / "pasar" / "foto.png").write_bytes(picture(MAGENTA))
    with pytest.raises(KbpError, match=r"pasar/foto\.png.*berubah") as caught:
        make_renditions(media, info, renditions(info), site / "kept")
    assert caught.value.exit_code == ExitCode.SYSTEM
    assert not (site / "kept").exists()


@pytest.mark.parametrize("how", ["another", "in its place", "gone", "swapped back"])
def test_a_document_that_is_another_than_was_judged_is_not_given(
    how: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = site / "content/media/pasar/catatan.txt"
    other = document.with_name("lain.txt")
    other.write_text(f"{SECRET}\n", "utf-8")

    def swap_and_judge(content: Content) -> Iterator[Problem]:
        if how == "swapped back":  # a clean file is judged, and what was there before is read
            document.rename(other.with_name("asli.txt"))
            other.rename(document)
        yield from check_together(content)
        if how == "another":
            other.rename(document)
        elif how == "in its place":
            document.write_text(f"{SECRET}\n", "utf-8")
        elif how == "gone":
            document.unlink()
        else:
            other.with_name("asli.txt").rename(document)

    monkeypatch.setattr("kbp_site.content.load.check_together", swap_and_judge)
    with pytest.raises(KbpError, match=r"pasar/catatan\.txt.*berubah") as caught:
        make(site)
    assert caught.value.exit_code == ExitCode.SYSTEM
    assert not (site / "site").exists()


def test_a_document_is_given_as_it_was_judged(site: Path, swap: Swap) -> None:
    media = site / "content" / "media"
    info = Media(media).info("pasar/catatan.txt")
    assert info is not None
    kept = keep_document(media, info, site / "kept")
    swap("content/media/pasar/catatan.txt")
    copy_media({"berkas/catatan.txt": kept}, site / "hasil")
    assert (site / "hasil" / "berkas" / "catatan.txt").read_text("utf-8") == "Catatan pasar.\n"
    with pytest.raises(KbpError, match="berubah"):
        keep_document(media, info, site / "lain")


def test_of_a_withdrawn_document_nothing_is_kept(site: Path) -> None:
    kept, record = site / "kept", site / "content" / "activities" / "pasar.yml"
    for status, files in (("published", 1), ("draft", 1), ("withdrawn", 0)):
        record.write_text(RECORD.replace("published", status), "utf-8")
        library = load(site, today=date.fromisoformat(DAY)).library
        assert library is not None
        export_media(library, (), kept, jobs=1)
        assert len([*kept.glob("berkas/*/*.txt")]) == files


@pytest.mark.parametrize("how", ["a link", "other words", "a link to a folder"])
def test_a_kept_document_that_is_another_is_taken_anew(how: str, site: Path) -> None:
    assert make(site)
    [kept] = (site / ".cache/kbp/images/berkas").rglob("*.txt")
    outside = site.parent / "luar" / kept.name
    outside.parent.mkdir()
    outside.write_text(f"{SECRET}\n", "utf-8")
    if how == "other words":
        kept.write_text(f"{SECRET}\n", "utf-8")
    elif how == "a link":
        kept.unlink()
        kept.symlink_to(outside)
    else:
        kept.unlink()
        kept.parent.rmdir()
        kept.parent.symlink_to(outside.parent)
    assert make(site)
    [document] = (site / "site" / "berkas").rglob("*.txt")
    assert document.read_text("utf-8") == "Catatan pasar.\n"
    assert not outside.exists() or outside.read_text("utf-8") == f"{SECRET}\n", "nothing is written outside"
    if "link" not in how:
        kept.write_text(f"{SECRET}\n", "utf-8")
        with pytest.raises(KbpError, match="rusak dan sudah dibuang"):
            copy_media({"berkas/catatan.txt": kept}, site / "hasil")
        assert not kept.exists()


@pytest.mark.parametrize("ending", ["jpg", "webp", "avif"])
def test_a_kept_picture_that_says_more_than_pixels_is_not_published(ending: str, site: Path) -> None:
    assert make(site)
    kept = next((site / ".cache/kbp/images/foto").rglob(f"*.{ending}"))
    exif = Image.Exif()
    exif[0x010F] = "Merek telepon"
    with Image.open(kept) as image:
        image.load()
    image.save(kept, exif=exif)
    built = build(Order(site, site / "site", date.fromisoformat(DAY), 1), lambda step: None)
    assert not built.pages
    assert [(problem.code, problem.path.endswith(ending)) for problem in built.problems] == [("K604", True)]


@pytest.mark.parametrize("name", ["docs/tentang/index.md", "docs/tentang/papan.png", "docs/tentang"])
def test_a_link_among_the_hand_written_pages_is_refused(name: str, site: Path, swap: Swap) -> None:
    swap(name)
    if name == "docs/tentang":
        (site.parent / "luar" / "tentang").mkdir()
        (site.parent / "luar" / "tentang" / "index.md").write_text(f"# {SECRET}\n", "utf-8")
    with pytest.raises(KbpError, match="symbolic link"):
        make(site)
    assert not (site / "site").exists()
    with pytest.raises(KbpError, match="symbolic link"):
        copy_docs(site / "docs", site / "salinan")
    if name.endswith(".md"):
        with pytest.raises(KbpError, match="symbolic link"):
            read_documents(site / "docs")


def test_what_was_read_or_judged_is_what_is_published(site: Path, swap: Swap, monkeypatch: pytest.MonkeyPatch) -> None:
    take = mkdocs_plugin.take_documents

    def take_and_swap(*arguments: object) -> None:
        take(*arguments)  # type: ignore[arg-type]
        swap("docs/tentang/index.md")
        swap("docs/tentang/papan.png")

    def swap_and_copy(files: Mapping[str, Path], target: Path) -> None:
        swap("content/media/pasar/foto.png")
        swap("content/media/pasar/catatan.txt")
        copy_media(files, target)

    monkeypatch.setattr(mkdocs_plugin, "take_documents", take_and_swap)
    monkeypatch.setattr("kbp_site.site.build.copy_media", swap_and_copy)
    assert make(site)
    assert "Ditulis tangan." in (site / "site/tentang/index.html").read_text("utf-8")
    [document] = (site / "site" / "berkas").rglob("*.txt")
    assert document.read_text("utf-8") == "Catatan pasar.\n"
    assert foreign_in(site / "site") == []


SWAPPER = """
import os, random, sys, time
chance, root, outside = random.Random(int(sys.argv[1])), sys.argv[2], sys.argv[3]
names = sys.argv[4:]
print(flush=True)
while True:
    name = chance.choice(names)
    path, kept = os.path.join(root, name), os.path.join(outside, "asli")
    time.sleep(chance.uniform(0, 0.2))
    os.rename(path, kept)
    os.symlink(os.path.join(outside, os.path.basename(name)), path)
    time.sleep(chance.uniform(0, 0.01))
    os.unlink(path)
    os.rename(kept, path)
"""
NAMES = (
    "content/media/pasar/foto.png",
    "content/media/pasar/catatan.txt",
    "content/media/pasar",
    "content/activities/pasar.yml",
    "docs/tentang/index.md",
    "docs/tentang/papan.png",
)


@pytest.mark.parametrize("seed", range(3))
def test_files_that_are_swapped_at_any_moment(seed: int, site: Path, swap: Swap) -> None:
    swapper = subprocess.Popen(
        [sys.executable, "-c", SWAPPER, str(seed), str(site), str(site.parent / "luar"), *NAMES], stdout=subprocess.PIPE
    )
    try:
        assert swapper.stdout
        swapper.stdout.readline()
        with suppress(KbpError, OSError):
            make(site)
        assert swapper.poll() is None
    finally:
        swapper.kill()
        swapper.communicate()
    for place in ("site", ".cache"):
        assert foreign_in(site / place) == []
