"""Libraries made of the few records that a test needs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from few_records import OWNER, SITE, TODAY, MakeLibrary, Records, written

from kbp_site.content.library import Library
from kbp_site.content.load import load


@pytest.fixture
def make_library(tmp_path: Path) -> MakeLibrary:
    """Return a function that makes a library of records by "kind/id", with a site and its owner."""

    def make(records: Records) -> Library:
        for name, fields in {"site": SITE, "organizations/kbp": OWNER, **records}.items():
            path = tmp_path / "content" / f"{name}.yml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(written(fields), ensure_ascii=False), encoding="utf-8")
        library = load(tmp_path, today=TODAY).library
        assert library is not None
        return library

    return make
