"""The few records that a test of a page needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kbp_site.content.library import Library

TODAY = date(2026, 11, 23)
SITE = {"title": "KBP Contoh", "organization": "kbp"}
OWNER = {"title": "KBP Contoh", "status": "published", "kind": "kbp"}

Records = Mapping[str, Mapping[str, Any]]
MakeLibrary = Callable[[Records], Library]


def written(value: Any) -> Any:
    """Return a value as an editor would write it: every scalar a text."""
    if isinstance(value, Mapping):
        return {key: written(item) for key, item in value.items()}
    if isinstance(value, list):
        return [written(item) for item in value]
    return str(value)


def activity(title: str = "Kegiatan", **fields: Any) -> dict[str, Any]:
    """Return a published activity with what it must have."""
    needed = {"title": title, "summary": "Ringkas.", "kind": "bazaar", "date": "2006", "process": "Jalan."}
    return {"status": "published", **needed, **fields}
