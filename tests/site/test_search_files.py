"""Files of the search index: kept once, and laid as copies."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.site.search_files import FILES, Stored, keep, keep_packed, lay, remove_others
from kbp_site.site.search_words import pack


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
    whole, (satu, dua) = keep(tmp_path / "work", b"satudua"), (sha256(word).hexdigest() for word in (b"satu", b"dua"))
    parts = {"a": whole._replace(digest=satu, end=4), "b": whole._replace(digest=dua, start=4)}
    lay(parts, tmp_path / "work", tmp_path / "site")
    assert [(tmp_path / "site" / name).read_text() for name in "ab"] == ["satu", "dua"]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[:-1],
    "other bytes": lambda data: bytes([data[0] ^ 1]) + data[1:],
    "other words": lambda data: pack(b"lain"),
}


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize("keep_one", [keep, keep_packed])
def test_what_is_not_whole_any_more_is_removed_and_told(
    tmp_path: Path, how: str, keep_one: Callable[[Path, bytes], Stored]
) -> None:
    work, site = tmp_path / "work", tmp_path / "site"
    stored = keep_one(work, b"kata")
    (work / stored.path).write_bytes(DAMAGE[how]((work / stored.path).read_bytes()))
    with pytest.raises(KbpError, match="rusak dan sudah dibuang; jalankan sekali lagi") as caught:
        lay({"index/a": stored}, work, site)
    assert caught.value.exit_code == ExitCode.SYSTEM and not work.exists() and not list(site.rglob("*.*"))
    lay({"index/a": keep_one(work, b"kata")}, work, site)
    assert (site / "index/a").exists()


def test_what_is_not_needed_any_more_is_removed(tmp_path: Path) -> None:
    (tmp_path / "lama" / "dalam").mkdir(parents=True)
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    remove_others(tmp_path, {"a"})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
