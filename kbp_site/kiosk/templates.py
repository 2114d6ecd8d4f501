"""The templates of what is no page of the website: pages on the stick, the sheet for volunteers, the single file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kbp_site.site.host import THEME

SCREEN = Path(__file__).parent / "screen"
ONEFILE = Path(__file__).parent / "onefile_parts"
STYLE = THEME / "assets" / "kbp" / "kbp.css"
"""How the website's pages look."""


def fill(name: str, **values: object) -> str:
    """Return a template with its values filled in, escaped for HTML; raises on one that is missing."""
    return _environment().get_template(name).render(**values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader([SCREEN, ONEFILE]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
