"""The templates of what is no page of the website: the frame of pages on the stick, and the sheet for volunteers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

SCREEN = Path(__file__).parent / "screen"


def fill(name: str, **values: object) -> str:
    """Return a template of `screen/` with its values filled in, escaped for HTML; raises on one that is missing."""
    return _environment().get_template(name).render(**values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(SCREEN),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
