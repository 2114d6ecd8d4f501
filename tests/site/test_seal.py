"""Where nothing changed since the last build, nothing is made; and whatever changed is noticed."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from running import DAY

from kbp_site.site import seal
from kbp_site.site.build import Order, build, built_before
from kbp_site.site.cache import SEALS, cache_folder

TODAY = date.fromisoformat(DAY)


@pytest.fixture
def order(minimal: Path, monkeypatch: pytest.MonkeyPatch) -> Order:
    """Give the order of a small site that was built, on a system that tells times finely."""
    monkeypatch.setattr(seal, "SETTLED", 0)
    (minimal / "content" / "media").mkdir()
    (minimal / "content" / "media" / "a.csv").write_text("a;b\n", encoding="utf-8")
    (minimal / "docs" / "papan.svg").write_text("<svg/>", encoding="utf-8")
    order = Order(minimal, minimal / "site", TODAY, jobs=1)
    assert build(order, lambda step: None).pages
    return order


def put_back(path: Path) -> None:
    """Write a file anew with another letter, as large and as old as it was."""
    found, words = path.stat(), path.read_bytes()
    path.write_bytes(words[:-2] + b"x\n")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def rename(path: Path, old: str, new: str) -> None:
    """Write another word in a file, as large as it was."""
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_what_did_not_change_is_not_made_again(order: Order) -> None:
    before = built_before(order)
    assert before and before.pages > 20 and before.library is None and before.problems == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda root: put_back(root / "content/activities/gotong-royong.yml"),
        lambda root: put_back(root / "content/media/a.csv"),
        lambda root: (root / "content/topics").mkdir(),
        lambda root: (root / "content/activities/gotong-royong.yml").unlink(),
        lambda root: put_back(root / "docs/tentang/index.md"),
        lambda root: put_back(root / "docs/papan.svg"),
        lambda root: rename(root / "mkdocs.yml", "Kegiatan", "Kejadian"),
        lambda root: (root / "site/index.html").write_text("x", encoding="utf-8"),
        lambda root: (root / "site/feed.xml").unlink(),
        lambda root: (root / "site/baru.html").touch(),
    ],
    ids=[
        *("a record", "a document", "a folder", "a record that is gone", "a hand-written page", "a drawing"),
        *("the settings", "a page by hand", "a file that is gone", "a file too many"),
    ],
)
def test_whatever_changed_is_noticed(order: Order, change: Callable[[Path], object]) -> None:
    change(order.root)
    assert built_before(order) is None


def test_what_python_compiles_is_no_change(order: Order, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The first build of a new program compiles it, here and there after its sources were looked at."""
    program = tmp_path / "kbp_site"
    (program / "pages").mkdir(parents=True)
    (program / "pages" / "home.py").touch()
    monkeypatch.setattr(seal, "PROGRAM", program)
    assert build(order, lambda step: None).pages
    (program / "pages" / "__pycache__").mkdir()
    (program / "pages" / "__pycache__" / "home.cpython-311.pyc").touch()
    assert built_before(order)
    (program / "pages" / "home.py").write_text("x", encoding="utf-8")
    assert built_before(order) is None


def test_another_day_is_built_anew(order: Order) -> None:
    assert built_before(Order(order.root, order.out, TODAY + timedelta(days=1), jobs=1)) is None


def test_what_was_just_written_is_not_trusted(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "SETTLED", 3600 * 10**9)
    assert built_before(order) is None


def test_what_was_told_is_forgotten_when_a_site_is_made_again_that_cannot_be_sealed(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    seals = cache_folder(order.root) / SEALS
    assert len(list(seals.iterdir())) == 1
    monkeypatch.setattr(seal, "SETTLED", 3600 * 10**9)
    assert build(order, lambda step: None).pages
    assert list(seals.iterdir()) == []


def test_with_hooks_of_the_operator_nothing_is_sealed(order: Order) -> None:
    (order.root / "kait.py").write_text('"""Nothing."""\n', encoding="utf-8")
    with (order.root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("hooks: [kait.py]\n")
    assert build(order, lambda step: None).pages
    assert built_before(order) is None
