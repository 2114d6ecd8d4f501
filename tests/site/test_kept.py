"""What is kept of a site stands in the cache of its root, apart from that of another site, and can be forgotten."""

from __future__ import annotations

from pathlib import Path

from trees import read_tree

from kbp_site.content.kept_results import KeptResults
from kbp_site.content.shelves import read_own
from kbp_site.site.cache import CACHE
from kbp_site.site.kept import Kept

FOLDERS = {"cache", "images", "pages", "search", "spare"}
"""Fields that are folders; the others are files."""


def fill(kept: Kept) -> None:
    """Let all that may be kept stand."""
    for name, path in kept._asdict().items():
        file = path / "isi" if name in FOLDERS else path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")


def test_two_sites_of_one_root_share_no_more_than_their_pictures(tmp_path: Path) -> None:
    kept, other = Kept.of(tmp_path, tmp_path / "site"), Kept.of(tmp_path, tmp_path / "lain")
    shared = {name for name, path in kept._asdict().items() if path == getattr(other, name)}
    assert shared == {"cache", "images"}
    assert all(path.is_relative_to(tmp_path / CACHE) for path in (*kept, *other))
    assert len({*kept, *other}) == 2 * len(kept) - len(shared)


def test_what_is_forgotten_is_all_of_one_site(tmp_path: Path) -> None:
    kept, other = Kept.of(tmp_path, tmp_path / "site"), Kept.of(tmp_path, tmp_path / "lain")
    fill(kept)
    fill(other)
    (kept.cache / "records").mkdir()
    (kept.cache / "records" / "blob").write_text("catatan", encoding="utf-8")
    for name in (".next", ".next.4321"):  # of a build that was given up, and half of a file of a copy that was ended
        kept.data.with_name(f"{kept.data.name}{name}").write_text("cerita", encoding="utf-8")
    kept.forget()
    assert [path.name for path in kept.data.parent.iterdir()] == [other.data.name]
    of_other = {name for name, path in other._asdict().items() if path.exists()}
    assert of_other == {*Kept._fields} - {"images"}
    assert not [path for path in kept if path.exists() and path not in other]
    assert not (kept.cache / "records").exists()


def test_what_is_known_of_a_site_takes_its_place_once_it_is_public(tmp_path: Path) -> None:
    kept = Kept.of(tmp_path, tmp_path / "site")
    fill(kept)
    half = kept.plans.with_name(f"{kept.plans.name}.next.4321")
    half.write_text("cerita", encoding="utf-8")
    kept.keep_next(kept.plans, KeptResults[str]("program"))
    assert not half.exists()
    assert kept.plans.read_text(encoding="utf-8") == "plans"
    kept.renew()
    assert read_own(kept.plans, classes=(KeptResults,)) == KeptResults[str]("program")
    assert (kept.data.read_text(encoding="utf-8"), [*kept.plans.parent.iterdir()]) == ("data", [kept.plans])


def test_to_forget_where_nothing_is_kept_is_no_error(tmp_path: Path) -> None:
    kept = Kept.of(tmp_path, tmp_path / "site")
    kept.forget()
    assert read_tree(tmp_path) == {}
