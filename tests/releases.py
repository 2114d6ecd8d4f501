"""What a built site's worker knows of the release it was written for."""

from __future__ import annotations

import json
import re
from pathlib import Path


def release_of(site: Path) -> dict[str, list[str]]:
    """Return the release that stands at the head of `sw.js`."""
    found = re.match(r"const RELEASE = (\{.*\});\n", (site / "sw.js").read_text(encoding="utf-8"))
    assert found
    release: dict[str, list[str]] = json.loads(found[1])
    return release
