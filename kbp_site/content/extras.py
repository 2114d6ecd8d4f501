"""Libraries that not everybody has: they are installed by who makes an edition, or lets a cluster build."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from kbp_site.content.problems import KbpError
from kbp_site.locale import text


def with_extra(module: str, extra: str) -> ModuleType:
    """Return a module that needs an extra; raises `KbpError` that says how to install it when it is not there."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("kbp_site"):
            raise
        message = text(
            'perintah ini memerlukan paket tambahan "{name}"; pasang dengan: make {extra} (atau: pip install {name})',
            name=(error.name or "").partition(".")[0],
            extra=extra,
        )
        raise KbpError(message) from error
