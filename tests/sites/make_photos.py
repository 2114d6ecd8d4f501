"""Draws the photos of the small sites: `python tests/sites/make_photos.py`. Nobody was photographed."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

MEDIA = Path(__file__).parent / "full" / "content" / "media"


def ditch(width: int, height: int) -> Image.Image:
    """Return a ditch between houses, below a morning sky."""
    image = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", [image.point(lambda v, f=f: 150 + v * f // 3) for f in (0.6, 0.9, 1.1)])
    draw = ImageDraw.Draw(image)
    horizon = height * 45 // 100
    draw.rectangle((0, horizon, width, height), (92, 122, 74))
    for left, right, wall in ((4, 30, (190, 150, 110)), (68, 96, (165, 120, 96))):
        x, y = width * left // 100, width * right // 100
        draw.rectangle((x, horizon - height // 6, y, horizon + height // 12), wall)
        draw.polygon(
            [(x - width // 40, horizon - height // 6), ((x + y) // 2, horizon - height // 3),
             (y + width // 40, horizon - height // 6)],
            (120, 62, 44),
        )  # fmt: skip
    draw.polygon(
        [(width * 46 // 100, horizon), (width * 54 // 100, horizon), (width * 78 // 100, height),
         (width * 22 // 100, height)],
        (70, 96, 104),
    )  # fmt: skip
    return image


def main() -> None:
    """Draw every photo anew."""
    (MEDIA / "parit").mkdir(parents=True, exist_ok=True)
    ditch(1000, 750).save(MEDIA / "parit" / "sesudah.jpg", quality=70)
    ditch(600, 800).save(MEDIA / "parit" / "warga.jpg", quality=70)
    # A colour that stands nowhere else on the site.
    Image.new("RGB", (640, 480), (255, 0, 200)).save(MEDIA / "parit" / "wajah-ditarik.jpg")


if __name__ == "__main__":
    main()
