"""The logo as PNG, for a telephone's home screen: `python -m kbp_site.outputs.icons` renews what the theme holds."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from kbp_site.outputs.drawing import draw_logo

THEME_ICONS = Path(__file__).parents[1] / "site" / "theme" / "assets" / "kbp"
ROOM = 0.78
"""The part of a maskable icon's side that the logo takes. No telephone cuts into a circle of 80 % across (W3C,
Web Application Manifest, "maskable"), and the logo's farthest corner is 16.3 of its 32 units from the middle."""


def draw_icons() -> dict[str, Image.Image]:
    """Return every icon by its file's name."""
    return {
        "icon-192.png": draw_logo(192),
        "icon-512.png": draw_logo(512),
        "icon-maskable-512.png": draw_logo(512, corner=0, room=ROOM),
    }


def main() -> None:
    """Write the icons into the theme."""
    for name, image in draw_icons().items():
        image.quantize(64).save(THEME_ICONS / name, "PNG", optimize=True)


if __name__ == "__main__":
    main()
