"""QR codes: drawn small, read back, and the same as another program draws them."""

from __future__ import annotations

import re

import pytest
import segno
import zxingcpp
from PIL import Image, ImageDraw

from kbp_site.pages.qr import MASK, QUIET, QrCode, draw_qr

STROKE = re.compile(r"m(-?\d+) (\d+)h(\d+)")
SCALE = 3

ADDRESSES = [
    "https://kbp.example/",
    "http://127.0.0.1:8000/kegiatan/a/",
    "https://kbp-kapuas.github.io/situs/kegiatan/mengapa-daftar-warga-miskin-berbeda/",
    "https://kbp-kapuas.example/en/activities/" + "kata-" * 15 + "akhir/",
    "https://kbp.example/pelajaran/%E2%80%93/",
]


def paint(code: QrCode) -> Image.Image:
    """Return a code as an image, drawn from its path alone."""
    image = Image.new("L", (code.size * SCALE, code.size * SCALE), 255)
    draw = ImageDraw.Draw(image)
    x = y = QUIET
    for right, down, length in STROKE.findall(code.path):
        x, y = x + int(right), y + int(down)
        draw.rectangle([x * SCALE, y * SCALE, (x + int(length)) * SCALE - 1, (y + 1) * SCALE - 1], fill=0)
        x += int(length)
    return image


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_code_is_read_back(address: str) -> None:
    [found] = zxingcpp.read_barcodes(paint(draw_qr(address)))
    assert (found.text, found.format) == (address, zxingcpp.BarcodeFormat.QRCode)
    assert (found.extra["ECLevel"], found.extra["DataMask"]) == ("M", MASK)


def test_many_codes_are_read_back_under_the_one_mask() -> None:
    addresses = [f"https://kbp-kapuas.example/kegiatan/cerita-{number * 7919:06}/" for number in range(100)]
    assert [zxingcpp.read_barcodes(paint(draw_qr(address)))[0].text for address in addresses] == addresses


@pytest.mark.parametrize(
    "parts",
    [
        *([f"https://kbp.example/{'a' * (letters - 21)}/"] for letters in (26, 42, 62, 84, 106, 122, 152)),
        ["https://kbp.example/tahun/", "20061234567890123", "/abcdef"],
    ],
    ids="".join,
)
def test_another_program_draws_the_same(parts: list[str]) -> None:
    """Letters that fill a code, since what segno fills the rest with is not what ISO/IEC 18004 says."""
    other = segno.make_qr([(part, None) for part in parts], error="m", mask=MASK, boost_error=False)
    code = draw_qr("".join(parts))
    pixels = paint(code).reduce(SCALE).tobytes()
    rows = [pixels[start : start + code.size] for start in range(0, len(pixels), code.size)]
    assert [[pixel == 0 for pixel in row] for row in rows] == [
        [bool(dark) for dark in row] for row in other.matrix_iter(border=QUIET)
    ]


def test_a_soiled_code_is_read_back() -> None:
    image = paint(draw_qr(ADDRESSES[2]))
    middle = image.width // 2
    ImageDraw.Draw(image).ellipse([middle - 12, middle - 12, middle + 12, middle + 12], fill=0)
    assert zxingcpp.read_barcodes(image)[0].text == ADDRESSES[2]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_code_has_its_quiet_zone_and_is_small(address: str) -> None:
    code = draw_qr(address)
    box = paint(code).point(lambda value: 255 - value).getbbox()
    assert box == (QUIET * SCALE, QUIET * SCALE, (code.size - QUIET) * SCALE, (code.size - QUIET) * SCALE)
    assert len(code.path) < 4_000


def test_the_path_is_nothing_but_strokes() -> None:
    assert re.fullmatch(r"M4 4\.5(?:m-?\d+ [01]h\d+)+", draw_qr(ADDRESSES[0]).path)
