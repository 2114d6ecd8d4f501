"""Sites that the tests of building share."""

from __future__ import annotations

from pathlib import Path

import pytest
from copies import copy_site
from once import once
from running import DAY, EPOCH, kbp
from trees import Tree, read_tree

from benchmarks.corpus import Size, write_corpus


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """Give the root of a copy of the full site."""
    return copy_site("full", tmp_path / "akar")


@pytest.fixture
def minimal(tmp_path: Path) -> Path:
    """Give the root of a copy of the smallest site."""
    return copy_site("minimal", tmp_path / "akar")


@pytest.fixture(scope="session")
def built(full_site: Path) -> Path:
    """Give the built full site; only to be read."""
    return full_site


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the root of a made-up site with more stories than one share holds; only to be read or built."""
    root = tmp_path_factory.mktemp("corpus")
    write_corpus(root, Size(stories=120, words=40))
    return root


@pytest.fixture(scope="session")
def by_one(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Tree:
    """Give the made-up site as one process makes it."""

    def make(folder: Path) -> None:
        done = kbp("--root", corpus, "build", "--today", DAY, "--out", folder / "situs", "--jobs", "1")
        assert done.returncode == 0, done.stderr

    return read_tree(once(tmp_path_factory, "by-one", make) / "situs")


@pytest.fixture
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the plugin, too, think that it is the tests' day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
