"""What the last build made is taken over where it would be the same, and the site is as if made from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from edits import Edits
from running import DAY
from trees import first_difference, read_tree

from kbp_site.content.shelves import read_own, write_own
from kbp_site.site.build import Order, build
from kbp_site.site.cache import CACHE
from kbp_site.site.gate import PageReading
from kbp_site.site.leaks import Leak
from kbp_site.site.reuse import Index, Kept, read_index, write_index

TODAY = date.fromisoformat(DAY)
STORY = "content/activities/gotong-royong.yml"
PAGE = "kegiatan/gotong-royong/index.html"
RECORD = "organisasi/kbp-contoh/index.html"
"""The page of a record that no story names."""


@pytest.fixture
def root(minimal: Path) -> Path:
    """Give the root of a small site with three stories that was built once."""
    second = (minimal / STORY).read_text(encoding="utf-8")
    for number in (1, 2):
        told = second.replace("title: ", f"title: Cerita {number}, ", 1)
        (minimal / STORY).with_name(f"cerita-{number}.yml").write_text(told, encoding="utf-8")
    make(minimal)
    return minimal


def make(root: Path, *, today: date = TODAY, is_full: bool = False) -> None:
    """Build a site in this process."""
    built = build(Order(root, root / "site", today, jobs=1, is_full=is_full), lambda step: None)
    assert built.pages, built.problems


def from_nothing(root: Path, today: date, folder: Path) -> dict[str, bytes]:
    """Return the site as it is made where nothing is known of it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("site", ".cache"))
    make(folder, today=today)
    return read_tree(folder / "site")


def change(root: Path, name: str, old: str, new: str) -> None:
    """Write something else into a file."""
    path = root / name
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new), encoding="utf-8")


def numbers(root: Path) -> dict[str, int]:
    """Return the number that the disk gives each page of records: another one is another file."""
    return {path.relative_to(root / "site").as_posix(): path.stat().st_ino for path in (root / "site").rglob("*.html")}


def test_pages_that_would_be_the_same_are_taken_over(root: Path) -> None:
    before = numbers(root)
    change(root, STORY, "title: ", "title: Lagi, ")
    make(root)
    after = numbers(root)
    assert after[PAGE] != before[PAGE]
    assert after[RECORD] == before[RECORD]


WALK: list[Callable[[Edits], object]] = [
    # What makes all pages anew comes first: afterwards it would hide what a single edit left stale.
    lambda site: (site.set_languages(["id"]), site.set_words("title"), site.write_a_page(0, title=True)),
    lambda site: (site.set_languages(["id", "en"]), site.change_the_frame(is_ours=False), site.name_a_section("Cari")),
    lambda site: (site.drop_the_theme(), site.delete_a_page()),
    lambda site: site.change_the_frame(is_ours=True),
    lambda site: site.commit(),
    lambda site: site.change_a_template("listing"),
    lambda site: site.let_days_pass(40),
    lambda site: (site.add("activities", topic=0, place=3), site.show_or_hide(0, "withdrawn"), site.rename(2)),
    lambda site: (site.add("terms", topic=0, place=0), site.take_another_photo("sesudah.jpg", 90)),
    lambda site: (site.say_otherwise(site.number_of("topics/air-bersih"), field=0), site.publish_later(3, days=400)),
    lambda site: (site.refer(0, 9, field="related"), site.date_otherwise(0, "2004"), site.write_another_document()),
    lambda site: (site.delete(site.number_of("roles/mediator")), site.translate(2, is_there=True)),
    lambda site: (site.end_or_renew_a_consent(is_withdrawn=True), site.let_days_pass(400)),
]


def test_after_any_edit_the_site_is_as_if_made_from_nothing() -> None:
    """Every edit of the fuzzer once, in one fixed order: `make fuzz` tries any others in any order."""
    with closing(Edits()) as site:
        site.is_built_in_place()
        for edit in WALK:
            edit(site)
            site.is_built_in_place()
        site.is_as_from_nothing()


def test_a_page_that_was_changed_by_hand_is_made_again(root: Path) -> None:
    sound = read_tree(root / "site")
    for page in (root / "site").rglob("*.html"):
        page.write_bytes(page.read_bytes().replace(b"</body>", b"<p>diubah</p></body>"))
    make(root)
    assert first_difference(sound, read_tree(root / "site")) == ""


@pytest.mark.parametrize(
    "edit",
    [
        lambda root: change(root, "content/site.yml", "title: ", "title: Situs "),
        lambda root: change(root, "mkdocs.yml", "Kegiatan", "Cerita kegiatan"),
        lambda root: (root / "docs" / "index2.md").write_text("# Baru\n", encoding="utf-8"),
        lambda root: change(root, "mkdocs.yml", "plugins:\n  - kbp\n", "plugins:\n  - kbp\nhooks:\n  - kait.py\n"),
    ],
    ids=["the site's name", "the menu", "a hand-written page", "a hook of the operator's"],
)
def test_what_all_pages_share_makes_all_of_them_again(root: Path, edit: Callable[[Path], object]) -> None:
    (root / "kait.py").write_text('"""Nothing."""\n', encoding="utf-8")
    before = numbers(root)
    edit(root)
    make(root)
    after = numbers(root)
    assert [page for page, number in before.items() if after[page] == number] == []


def test_a_full_build_takes_nothing_over(root: Path) -> None:
    before = numbers(root)
    make(root, is_full=True)
    assert set(numbers(root).values()).isdisjoint(before.values())


@pytest.fixture
def index(root: Path) -> Path:
    """Give the file that tells of the pages that were built."""
    (path,) = (root / CACHE / "html").iterdir()
    return path


def test_an_index_from_elsewhere_or_on_another_ground_tells_nothing(index: Path, tmp_path: Path) -> None:
    ground = read_own(index, classes=(Index, Kept, Leak, PageReading)).ground
    assert read_index(index, ground).pages
    assert read_index(index, "another") == Index()
    copied = tmp_path / "index"
    shutil.copyfile(index, copied)
    assert read_index(copied, ground) == Index()
    write_index(copied, ground, [])
    assert read_index(copied, ground) == Index(ground)


def test_where_the_ground_cannot_be_told_nothing_is_known(tmp_path: Path) -> None:
    write_index(tmp_path / "index", "", [])
    assert read_index(tmp_path / "index", "") == Index()


def test_an_index_that_holds_another_class_tells_nothing(tmp_path: Path) -> None:
    write_own(tmp_path / "index", Path("/"))
    assert read_index(tmp_path / "index", "ground") == Index()
