"""Files of the search index: kept once, and laid as copies."""

from __future__ import annotations

from pathlib import Path

from kbp_site.site.search_files import FILES, Stored, keep, keep_packed, lay, remove_others


def files_of(work: Path, **words: str) -> dict[str, Stored]:
    """Keep files, and return them by paths in a folder of the site."""
    return {f"fragment/{name}": keep(work, said.encode()) for name, said in words.items()}


def test_the_same_is_kept_once(tmp_path: Path) -> None:
    assert keep(tmp_path, b"kata") == keep(tmp_path, b"kata")
    packed = keep_packed(tmp_path, b"\x01")
    (tmp_path / packed.path).write_bytes(b"dari sebelumnya")
    assert keep_packed(tmp_path, b"\x01").path == packed.path
    assert (tmp_path / packed.path).read_bytes() == b"dari sebelumnya"
    assert len(list((tmp_path / FILES).iterdir())) == 2


def test_what_is_laid_is_no_file_of_the_cache_and_what_was_taken_over_is_left_alone(tmp_path: Path) -> None:
    work, site = tmp_path / "work", tmp_path / "site"
    files = files_of(work, a="satu", b="dua")
    (site / "fragment").mkdir(parents=True)
    (site / "fragment" / "a").write_text("yang diambil alih")
    lay(files, work, site, taken={"fragment/a"})
    assert [(site / "fragment" / name).read_text() for name in "ab"] == ["yang diambil alih", "dua"]
    assert not any((site / "fragment" / "b").samefile(path) for path in (work / FILES).iterdir())


def test_a_part_of_a_kept_file_may_be_a_file(tmp_path: Path) -> None:
    whole = keep(tmp_path / "work", b"satudua")
    lay({"a": whole._replace(end=4), "b": whole._replace(start=4)}, tmp_path / "work", tmp_path / "site")
    assert [(tmp_path / "site" / name).read_text() for name in "ab"] == ["satu", "dua"]


def test_what_is_not_needed_any_more_is_removed(tmp_path: Path) -> None:
    (tmp_path / "lama" / "dalam").mkdir(parents=True)
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    remove_others(tmp_path, {"a"})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
