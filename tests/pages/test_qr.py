"""QR codes: drawn small, and read back by a program that is not ours."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from kbp_site.pages.qr import QUIET, QrCode, draw_qr

STROKE = re.compile(r"M(\d+) (\d+)\.5h(\d+)((?:m\d+ 0h\d+)*)")
STEP = re.compile(r"m(\d+) 0h(\d+)")
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
    for x, y, length, rest in STROKE.findall(code.path):
        pen = int(x)
        for step, width in [("0", length), *STEP.findall(rest)]:
            pen += int(step)
            corner = (pen * SCALE, int(y) * SCALE)
            draw.rectangle([*corner, corner[0] + int(width) * SCALE - 1, corner[1] + SCALE - 1], fill=0)
            pen += int(width)
    return image


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_code_is_read_back(address: str) -> None:
    [found] = zxingcpp.read_barcodes(paint(draw_qr(address)))
    assert (found.text, found.format) == (address, zxingcpp.BarcodeFormat.QRCode)


def test_many_codes_are_read_back_under_the_one_mask() -> None:
    addresses = [f"https://kbp-kapuas.example/kegiatan/cerita-{number * 7919:06}/" for number in range(100)]
    assert [zxingcpp.read_barcodes(paint(draw_qr(address)))[0].text for address in addresses] == addresses


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
    assert re.fullmatch(r"(?:M\d+ \d+\.5h\d+(?:m\d+ 0h\d+)*)+", draw_qr(ADDRESSES[0]).path)
