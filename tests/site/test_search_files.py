"""Files of the search index: kept once, and shared with the last site as long as they stand there as they were laid."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kbp_site.site.search_files import FILES, Stored, keep, keep_packed, lay, remove_others


def files_of(work: Path, **words: str) -> dict[str, Stored]:
    """Keep files, and return them by paths in a folder of the site."""
    return {f"fragment/{name}": keep(work, said.encode()) for name, said in words.items()}


def is_shared(one: Path, two: Path) -> bool:
    """Whether two sites' first file is one and the same."""
    return os.path.samefile(one / "fragment" / "a", two / "fragment" / "a")


def test_the_same_is_kept_once(tmp_path: Path) -> None:
    assert keep(tmp_path, b"kata") == keep(tmp_path, b"kata")
    packed = keep_packed(tmp_path, b"\x01")
    (tmp_path / packed.path).write_bytes(b"dari sebelumnya")
    assert keep_packed(tmp_path, b"\x01").path == packed.path
    assert (tmp_path / packed.path).read_bytes() == b"dari sebelumnya"
    assert len(list((tmp_path / FILES).iterdir())) == 2


def test_a_site_shares_files_with_the_last_one_and_none_with_the_cache(tmp_path: Path) -> None:
    work, first, second = tmp_path / "work", tmp_path / "1", tmp_path / "2"
    lay(files_of(work, a="satu", b="dua"), work, first, first)
    lay(files_of(work, a="satu", b="tiga"), work, second, first)
    assert is_shared(first, second)
    assert [(second / "fragment" / name).read_text() for name in "ab"] == ["satu", "tiga"]
    assert (first / "fragment" / "b").read_text() == "dua"
    assert not any((first / "fragment" / "a").samefile(path) for path in (work / FILES).iterdir())


@pytest.mark.parametrize("what", ["written", "replaced", "gone", "unknown"])
def test_what_another_hand_changed_is_not_taken_over(what: str, tmp_path: Path) -> None:
    work, first, second = tmp_path / "work", tmp_path / "1", tmp_path / "2"
    files = files_of(work, a="satu")
    lay(files, work, first, first)
    path = first / "fragment" / "a"
    if what == "written":
        path.write_text("lain")
    elif what == "replaced":
        found = path.stat()
        (first / "new").write_text("lain")
        os.utime(first / "new", ns=(found.st_atime_ns, found.st_mtime_ns))
        (first / "new").replace(path)
    elif what == "gone":
        path.unlink()
    else:
        (work / "standing").write_bytes(b"bukan milik kami")
    lay(files, work, second, first)
    assert (second / "fragment" / "a").read_text() == "satu"
    assert not path.exists() or not is_shared(first, second)


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
