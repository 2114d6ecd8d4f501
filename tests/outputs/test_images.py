"""Photos become upright, small pictures that hold nothing but pixels."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageStat
from trees import read_tree

from kbp_site.content.library import Library
from kbp_site.content.media import Media, MediaInfo
from kbp_site.content.pictures import DAMAGED, PictureError
from kbp_site.content.problems import KbpError
from kbp_site.outputs.images import encode, make_renditions
from kbp_site.outputs.media import copy_media, export_media, uses
from kbp_site.pages.plan import plan_pages
from kbp_site.pages.renditions import (
    COVER_HEIGHT,
    COVER_WIDTH,
    LIMIT,
    Rendition,
    cover_rendition,
    full_rendition,
    renditions,
    sizes_of,
)

MARKS = [b"RAHASIA", b"Exif", b"exif", b"http://ns.adobe.com", b"<x:xmpmeta", b"ICC_PROFILE", b"EXIF", b"XMP ", b"ICCP"]
"""What a picture would hold if anything but pixels had come along."""

OWN = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
OWN |= {"loop", "background", "timestamp", "duration"}
"""What formats say of themselves."""

RED, BLUE = (220, 20, 30), (20, 40, 210)
Make = Callable[..., dict[str, Image.Image]]


def written(image: Image.Image, format_: str = "JPEG", **options: object) -> bytes:
    """Return a picture as a file."""
    file = BytesIO()
    image.save(file, format_, **options)
    return file.getvalue()


def noise(width: int, height: int) -> Image.Image:
    """Return what no encoder can make small."""
    return Image.frombytes("RGB", (width, height), Random(width * height).randbytes(width * height * 3))


def flag(width: int, height: int) -> Image.Image:
    """Return a picture that is red above and blue below."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, height // 2, width, height))
    return image


def colour_of(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """Return the colour at a place, given as parts of the sides."""
    found = image.convert("RGB").getpixel((int(image.width * x), int(image.height * y)))
    assert isinstance(found, tuple)
    return tuple(int(value) for value in found)


def is_near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two colours look the same."""
    return all(abs(a - b) < 40 for a, b in zip(one, other, strict=True))


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Give a function that makes the renditions of a file's bytes, and opens them again by path."""

    def made(data: bytes, name: str = "a.jpg") -> dict[str, Image.Image]:
        (tmp_path / name).write_bytes(data)
        info = Media(tmp_path).info(name)
        assert info is not None
        files = make_renditions(tmp_path, info, renditions(info), tmp_path / "kept")
        for file in files.values():
            content = file.read_bytes()
            assert len(content) <= LIMIT
            assert [mark for mark in MARKS if mark in content] == []
        opened = {path: Image.open(BytesIO(file.read_bytes())) for path, file in files.items()}
        for rendition in renditions(info):
            assert opened[rendition.path].size == (rendition.width, rendition.height)
        return opened

    return made


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_to_hold_a_camera_comes_out_upright(make: Make, orientation: int) -> None:
    undo = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }[orientation]  # fmt: skip
    upright = flag(900, 600)
    upright.paste((250, 250, 250), (0, 0, 300, 200))  # a corner, so that mirrors show
    exif = Image.Exif()
    exif[0x0112] = orientation
    for image in make(written(upright if undo is None else upright.transpose(undo), exif=exif)).values():
        assert image.width > image.height
        assert is_near(colour_of(image, 0.1, 0.1), (250, 250, 250))
        assert is_near(colour_of(image, 0.8, 0.2), RED)
        assert is_near(colour_of(image, 0.8, 0.9), BLUE)


def test_nothing_but_pixels_comes_along(make: Make) -> None:
    exif = Image.Exif()
    exif[0x010F] = "RAHASIA"
    exif[0x8825] = {1: "S", 2: (2.0, 59.0, 12.3), 29: "RAHASIA"}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">RAHASIA</x:xmpmeta>'
    photo = flag(900, 600)
    for name, data in {
        "a.jpg": written(photo, exif=exif, xmp=xmp, comment=b"RAHASIA", icc_profile=profile),
        "b.webp": written(photo, "WEBP", exif=exif, xmp=xmp, icc_profile=profile),
        "c.png": written(photo, "PNG", exif=exif, icc_profile=profile),
    }.items():
        assert any(mark in data for mark in MARKS), "the original must hold something to lose"
        for image in make(data, name).values():
            image.load()
            assert set(image.info) <= OWN, image.info
            assert not image.getexif()


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_clear_parts_lie_on_white(make: Make, mode: str) -> None:
    image = Image.new("RGBA", (600, 400), (0, 0, 0, 0))
    image.paste((20, 40, 210, 255), (0, 0, 600, 200))
    for made in make(written(image.convert(mode), "PNG"), "a.png").values():
        assert is_near(colour_of(made, 0.5, 0.9), (255, 255, 255))
        assert not is_near(colour_of(made, 0.5, 0.2), (255, 255, 255))


def test_sixteen_bits_of_grey_keep_their_light(make: Make) -> None:
    image = Image.new("I;16", (600, 400), 20000)
    for made in make(written(image, "PNG"), "a.png").values():
        assert is_near(colour_of(made, 0.5, 0.5), (78, 78, 78))


@pytest.mark.parametrize(("mode", "name"), [("CMYK", "a.jpg"), ("L", "a.jpg"), ("1", "a.png")])
def test_other_kinds_of_colour(make: Make, mode: str, name: str) -> None:
    def light_of(picture: Image.Image) -> float:
        return ImageStat.Stat(picture.convert("RGB").convert("L")).mean[0]

    image = flag(600, 400).convert(mode)
    for made in make(written(image, "PNG" if mode == "1" else "JPEG"), name).values():
        assert abs(light_of(made) - light_of(image)) < 15


def test_a_profile_is_turned_into_the_colours_of_screens(make: Make) -> None:
    def colour_by(profile: bytes) -> tuple[int, ...]:
        photo = written(Image.new("RGB", (300, 200), RED), icc_profile=profile)
        [first, *_] = make(photo).values()
        return colour_of(first, 0.5, 0.5)

    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A screen whose red is what others call blue.
    turned = own.replace(b"rXYZ", b"xxxx").replace(b"bXYZ", b"rXYZ").replace(b"xxxx", b"bXYZ")
    for profile in (b"", b"rusak", own):
        assert is_near(colour_by(profile), RED)
    assert is_near(colour_by(turned), RED[::-1])


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((4000, 3000), [(400, 300), (800, 600), (1200, 900)]),
        ((3000, 4000), [(400, 533), (800, 1067), (1200, 1600)]),
        ((600, 400), [(400, 267), (600, 400)]),
        ((8, 6), [(8, 6)]),
        ((1, 1), [(1, 1)]),
        ((100, 40000), [(1, 533), (3, 1067), (4, 1600)]),
        ((40000, 10), [(400, 1), (800, 1), (1200, 1)]),
    ],
)
def test_which_sizes_there_are(size: tuple[int, int], sizes: list[tuple[int, int]]) -> None:
    assert list(sizes_of(MediaInfo("a.jpg", "0" * 64, 1, *size))) == sizes


@given(st.integers(1, 9000), st.integers(1, 9000))
def test_no_size_enlarges_or_changes_a_shape(width: int, height: int) -> None:
    info = MediaInfo("a.jpg", "0" * 64, 1, width, height)
    for one in (*renditions(info), full_rendition(info)):
        assert 1 <= one.width <= width and 1 <= one.height <= height
        assert abs(one.width * height - one.height * width) <= max(width, height)
    if cover := cover_rendition(info):
        assert cover.width <= min(width, COVER_WIDTH) and cover.height <= height
        assert abs(cover.width * COVER_HEIGHT - cover.height * COVER_WIDTH) <= COVER_WIDTH


@pytest.mark.parametrize(
    "name", ["../../Ibu Siti.jpg", "x/é ü.JPG", "‮gpj.jpg", "a" * 300 + ".jpg", "---.png", "CON.jpg"]
)
def test_names_are_plain(name: str) -> None:
    info = MediaInfo(name, "ab" * 32, 1, 900, 600)
    for one in (*renditions(info), full_rendition(info)):
        assert all(c in "abcdefghijklmnopqrstuvwxyz0123456789-./" for c in one.path)
        assert ".." not in one.path and len(one.path) < 80


@pytest.mark.parametrize("size", [(1, 1), (8, 6), (3, 900)])
def test_tiny_and_narrow_pictures(make: Make, size: tuple[int, int]) -> None:
    make(written(noise(*size), "PNG"), "a.png")


def test_even_noise_is_within_the_limit(make: Make) -> None:
    make(written(noise(1300, 1733), quality=95))


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 700), st.integers(1, 700), st.sampled_from(["avif", "webp", "jpg"]), st.floats(0.03, 0.15))
def test_every_limit_that_can_be_kept_is_kept(width: int, height: int, format_: str, bytes_a_pixel: float) -> None:
    # The tightest that is asked of it: 60 KB for 1200 × 1600 pixels. Headers and tables alone take about 2 KB.
    limit = max(2500, int(bytes_a_pixel * width * height))
    data, _ = encode(noise(width, height), format_, limit)
    assert len(data) <= limit
    assert Image.open(BytesIO(data)).size == (width, height)


def test_the_same_photo_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(written(noise(450, 350).resize((900, 700))))
    info = Media(tmp_path).info("a.jpg")
    assert info is not None
    one, other = (make_renditions(tmp_path, info, renditions(info), tmp_path / name) for name in ("satu", "dua"))
    assert {path: file.read_bytes() for path, file in one.items()} == {
        path: file.read_bytes() for path, file in other.items()
    }
    # What is lost is made again, as it was.
    lost = next(iter(one.values()))
    lost.unlink()
    make_renditions(tmp_path, info, renditions(info), tmp_path / "satu")
    assert lost.read_bytes() == next(iter(other.values())).read_bytes()


def test_what_is_kept_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jpg").write_bytes(written(flag(500, 400)))
    info = Media(tmp_path).info("a.jpg")
    assert info is not None
    first = make_renditions(tmp_path, info, renditions(info), tmp_path / "kept")
    monkeypatch.setattr("kbp_site.outputs.images.read_pixels", None)
    assert make_renditions(tmp_path, info, renditions(info), tmp_path / "kept") == first


def test_what_is_kept_and_lost_all_it_held_is_told_and_made_again(
    load_site: Callable[[str], Library], tmp_path: Path
) -> None:
    library = load_site("full")
    pages, kept = plan_pages(library), tmp_path / "kept"
    made = export_media(library, pages, kept, jobs=1).files
    copy_media(made, tmp_path / "site")
    for file in kept.rglob("*.*"):
        file.write_bytes(b"")  # as after a loss of power
    with pytest.raises(KbpError, match="rusak dan sudah dibuang; jalankan sekali lagi"):
        copy_media(made, tmp_path / "lain")
    copy_media(export_media(library, pages, kept, jobs=1).files, tmp_path / "lain")
    assert read_tree(tmp_path / "lain") == read_tree(tmp_path / "site")


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_damage_that_only_decoding_finds_is_told(tmp_path: Path, format_: str) -> None:
    data = bytearray(written(noise(300, 200), format_))
    half = len(data) // 2
    data[half : half + 4000] = bytes(4000)
    name = f"a.{format_.lower().replace('jpeg', 'jpg')}"
    (tmp_path / name).write_bytes(written(noise(300, 200), format_))
    info = Media(tmp_path).info(name)
    assert info is not None
    damaged = bytes(data[: half + 4000])
    (tmp_path / name).write_bytes(damaged)
    info = replace(info, digest=hashlib.sha256(damaged).hexdigest())
    with pytest.raises(PictureError) as caught:
        make_renditions(tmp_path, info, renditions(info), tmp_path / "kept")
    assert caught.value.fault.code == "K603"
    assert not (tmp_path / "kept").exists()


def test_a_whole_site_has_the_pictures_that_may_be_seen_and_no_others(
    load_site: Callable[[str], Library], tmp_path: Path
) -> None:
    library = load_site("full")
    made = export_media(library, plan_pages(library), tmp_path / "kept", jobs=2)
    assert not made.problems
    copy_media(made.files, tmp_path / "site")
    found = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*.*")}
    assert found == set(made.files)
    photos = {path.partition("-")[0] for path in found if path.startswith("foto/")}
    assert photos == {"foto/sebelum", "foto/sesudah", "foto/warga"}
    assert [use.info.name for use in uses(library) if "ditarik" in use.info.name] == []
    for name in found:
        data = (tmp_path / "site" / name).read_bytes()
        assert [mark for mark in MARKS if mark in data] == [], name
        if name.startswith(("foto/", "sampul/")):
            red, green, blue = ImageStat.Stat(Image.open(BytesIO(data)).convert("RGB")).mean
            assert not (red > 200 and green < 80 and blue > 150), f"{name} shows the photo that was withdrawn"


def test_a_recognisable_face_is_never_the_picture_that_is_shared(
    load_site: Callable[[str], Library], tmp_path: Path
) -> None:
    library = load_site("full")
    made = export_media(library, plan_pages(library), tmp_path, jobs=1)
    assert (
        [path for path in made.files if path.endswith("-sampul.jpg")]
        == [path for path in made.files if path.startswith("foto/sesudah-") and path.endswith("-sampul.jpg")]
        != []
    )


def test_a_photo_that_cannot_be_decoded_is_a_problem_with_a_place(
    load_site: Callable[[str], Library], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PictureError(DAMAGED)

    monkeypatch.setattr("kbp_site.outputs.images.read_pixels", refuse)
    library = load_site("full")
    made = export_media(library, plan_pages(library), tmp_path, jobs=2)
    assert [(problem.code, problem.path.rpartition("/")[2]) for problem in made.problems] == [
        ("K603", "mediasi-parit.yml"), ("K603", "mediasi-parit.yml"), ("K603", "mediasi-parit.yml"),
        ("K603", "pameran-kemerdekaan.yml"),
    ]  # fmt: skip


def test_a_limit_is_part_of_what_is_kept() -> None:
    info = MediaInfo("a.jpg", "ab" * 32, 1, 900, 600)
    assert full_rendition(info).limit != Rendition("x.jpg", 1, 1).limit == LIMIT
