"""Pictures are judged before they are decoded: whatever bytes come, there is a picture or a problem."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kbp_site.content.pictures import MAX_PIXELS, PictureError, judge_picture, measure, open_picture

FORMATS = ("JPEG", "PNG", "WEBP")


def written(format_: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """Return a picture's bytes in a format."""
    file = BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").save(file, format_, **options)
    return file.getvalue()


@pytest.mark.parametrize("format_", FORMATS)
def test_a_whole_picture_is_sound(format_: str) -> None:
    assert judge_picture(BytesIO(written(format_))) is None


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.95])
def test_a_picture_that_was_cut_off_is_damaged(format_: str, part: float) -> None:
    data = written(format_, (200, 150))
    fault = judge_picture(BytesIO(data[: int(len(data) * part)]))
    assert fault is not None and fault.code == "K603"


def test_what_a_camera_adds_after_a_photo_is_no_damage() -> None:
    assert judge_picture(BytesIO(written("JPEG") + b"\0" * 200_000)) is None


@pytest.mark.parametrize("format_", ["GIF", "BMP", "TIFF", "PPM", "EPS", "ICO"])
def test_other_formats_are_not_opened_at_all(format_: str) -> None:
    with pytest.raises(PictureError):
        open_picture(BytesIO(written(format_)))  # type: ignore[arg-type]


@pytest.mark.parametrize("format_", ["PNG", "WEBP"])
def test_a_picture_that_moves_is_refused(format_: str) -> None:
    data = written(format_, save_all=True, append_images=[Image.new("RGB", (40, 30), "red")])
    fault = judge_picture(BytesIO(data))
    assert fault is not None and fault.code == "K601"


def test_the_second_picture_that_telephones_add_is_no_movement() -> None:
    file = BytesIO()
    Image.new("RGB", (40, 30)).save(file, "MPO", save_all=True, append_images=[Image.new("RGB", (20, 15))])
    assert measure(file) == (40, 30)
    assert judge_picture(file) is None


@pytest.mark.parametrize(("side", "is_sound"), [(7071, True), (7072, False)])
def test_how_many_pixels_are_too_many(side: int, is_sound: bool) -> None:
    file = BytesIO()
    Image.new("1", (side, side)).save(file, "PNG")
    fault = judge_picture(file)
    assert (side * side <= MAX_PIXELS) is is_sound
    assert (fault is None) is is_sound
    assert fault is None or fault.code == "K602"


@pytest.mark.parametrize("orientation", range(9))
@pytest.mark.parametrize("format_", FORMATS)
def test_a_picture_is_measured_as_people_see_it(format_: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = written(format_, exif=exif)
    assert measure(BytesIO(data)) == ((30, 40) if orientation >= 5 else (40, 30))


def test_a_broken_exif_block_is_no_fault() -> None:
    data = written("JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert measure(BytesIO(data)) == (40, 30)


@given(st.sampled_from(FORMATS), st.data())
def test_whatever_bytes_come_nothing_but_a_fault_comes_back(format_: str, data: st.DataObject) -> None:
    whole = bytearray(written(format_, (16, 16)))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    fault = judge_picture(BytesIO(bytes(whole)))
    assert fault is None or fault.code in {"K601", "K602", "K603"}
    try:
        width, height = measure(BytesIO(bytes(whole)))
    except PictureError:
        return
    assert 0 < width * height <= MAX_PIXELS
