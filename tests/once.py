"""What several workers of one run need is made by the first of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that ``make`` filled, once a run; only to be read, since every worker sees it.

    When making fails, the folder is made by the next who asks, beside what was left.
    """
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    told = shared / f"{name}.path"
    with FileLock(shared / f"{name}.lock"):
        if not told.exists():
            folder = factory.mktemp(name)
            make(folder)
            told.write_text(str(folder), encoding="utf-8")
        return Path(told.read_text(encoding="utf-8"))
