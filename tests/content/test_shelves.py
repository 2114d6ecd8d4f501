"""What one run keeps serves the next, and nothing else does: no other version's, nobody else's, nothing broken."""

from __future__ import annotations

import os
import pickle
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from copies import copy_site

from kbp_site.content import load as loading
from kbp_site.content import shelves
from kbp_site.content.load import Loaded, load
from kbp_site.content.memory import Memory
from kbp_site.content.problems import Problem
from kbp_site.content.shelves import MARK_BYTES, SHELVES, SUM_BYTES, own_mark, read_own, shelf_of, write_own

TODAY = date(2026, 11, 23)
STORY = "content/activities/pasar-warga.yml"
FAULTY = "title: Rapat\nsummary: Telp 0812 3456 7890\nkind: rapat\nplaces: [tidak-ada]\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with a sound record of every kind and a faulty one; all of it was written a while ago."""
    site = copy_site("full", tmp_path / "akar")
    (site / "content/activities/rusak.yml").write_text(FAULTY, encoding="utf-8")
    settle(site)
    return site


def settle(site: Path) -> None:
    for path in site.rglob("*.yml"):
        os.utime(path, ns=(10**18, 10**18))


@pytest.fixture(autouse=True)
def _time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the files' times lie far enough back: that of their last change cannot be set."""
    monkeypatch.setattr("kbp_site.content.memory.SETTLED", -(10**12))


def told(loaded: Loaded) -> object:
    """Return all that a reading says, for comparison."""
    records = loaded.library and {
        key: (entry.record, entry.translations) for key, entry in loaded.library.by_key.items()
    }
    return [(p, p.message.say("id"), p.excerpt, p.edit) for p in loaded.problems], records


def load_and_keep(root: Path, shelves: Path, *, jobs: int = 1) -> Loaded:
    """Read a site as a build does."""
    memory = Memory(shelves)
    loaded = load(root, today=TODAY, memory=memory, jobs=jobs)
    memory.keep()
    return loaded


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no file be read."""

    def read(path: str, *_: object) -> None:
        raise AssertionError(path)

    monkeypatch.setattr(loading, "read_file", read)


def test_the_next_run_reads_nothing_and_says_the_same(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = told(load_and_keep(root, tmp_path / "rak"))
    assert first == told(load(root, today=TODAY))
    forbid(monkeypatch)
    assert told(load(root, today=TODAY, memory=Memory(tmp_path / "rak"))) == first


def test_a_changed_file_is_read_again_and_costs_one_shelf(root: Path, tmp_path: Path) -> None:
    load_and_keep(root, tmp_path / "rak")
    before = {path.name: path.stat().st_ino for path in (tmp_path / "rak").iterdir()}
    text = (root / STORY).read_text(encoding="utf-8")
    (root / STORY).write_text(text.replace("title: ", "title: Baru "), encoding="utf-8")
    after = told(load_and_keep(root, tmp_path / "rak"))
    assert after == told(load(root, today=TODAY))
    changed = {path.name for path in (tmp_path / "rak").iterdir() if path.stat().st_ino != before[path.name]}
    assert changed == {str(shelf_of(STORY))}


def texts_in(shelves: Path) -> Iterator[bytes]:
    """Yield what shelves hold, and every text that stands packed in them."""
    for path in shelves.iterdir():
        data = path.read_bytes()
        yield data
        for begin in re.finditer(rb"[\x48\x58\x68\x78]", data):  # windows of 4 to 32 KB (RFC 1950, 2.2)
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(data[begin.start() :])


def test_what_is_gone_from_the_content_is_gone_from_the_shelves(root: Path, tmp_path: Path) -> None:
    load_and_keep(root, tmp_path / "rak")
    words = b"0812 3456 7890"
    assert any(words in text for text in texts_in(tmp_path / "rak"))
    (root / "content/activities/rusak.yml").unlink()
    load_and_keep(root, tmp_path / "rak")
    assert not any(words in text for text in texts_in(tmp_path / "rak"))


def test_of_what_cannot_be_kept_nothing_is_left(tmp_path: Path) -> None:
    write_own(tmp_path / "tahu", "lama")
    with pytest.raises(AttributeError):
        write_own(tmp_path / "tahu", ["panjang" * 100_000, lambda: None])
    assert [path.name for path in tmp_path.iterdir()] == ["tahu"]
    assert read_own(tmp_path / "tahu") == "lama"


def test_another_version_of_the_program_knows_nothing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_and_keep(root, tmp_path / "rak")
    assert Memory(tmp_path / "rak").count > 0
    monkeypatch.setattr(shelves, "program", lambda: "lain")
    assert Memory(tmp_path / "rak").count == 0


def test_shelves_of_another_copy_are_not_believed(root: Path, tmp_path: Path) -> None:
    """Whoever sends a site with shelves of their own cannot have a record pass that was not looked at."""
    load_and_keep(root, tmp_path / "rak")
    other = tmp_path / "lain"
    shutil.copytree(root, other)
    fresh = Memory(tmp_path / "rak")
    names = [f"content/{path.relative_to(other / 'content').as_posix()}" for path in (other / "content").rglob("*.yml")]
    assert fresh.unread(root, names) == ()
    assert set(fresh.unread(other, names)) == set(names)


class Command:
    """What a hostile file would bring: a call of the system's."""

    def __init__(self, call: Callable[..., object], *words: str) -> None:
        self.call, self.words = call, words

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str, ...]]:
        return self.call, self.words


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda marker: b"",
        lambda marker: b"\x80\x05garbage",
        lambda marker: pickle.dumps(["not", "a", "shelf"]),
        lambda marker: pickle.dumps(Command(os.mkdir, str(marker))),
        lambda marker: pickle.dumps(Command(zipfile.ZipFile, str(marker), "w")),
        lambda marker: pickle.dumps(Command(eval, f"__import__('os').mkdir({str(marker)!r})")),
        lambda marker: (
            b"\x80\x04\x8c\x19kbp_site.content.shelves\x8c\x08os.mkdir\x93\x8c"
            + bytes([len(str(marker))])
            + str(marker).encode()
            + b"\x85R."
        ),
    ],
)
def test_a_spoilt_shelf_counts_as_empty_and_does_nothing(
    spoilt: Callable[[Path], bytes], root: Path, tmp_path: Path
) -> None:
    first = told(load_and_keep(root, tmp_path / "rak"))
    marker = tmp_path / "dibuat"
    for number in range(SHELVES):
        with (tmp_path / "rak" / str(number)).open("wb") as file:
            data = spoilt(marker)  # with a sum that fits: so it is read
            file.write(own_mark(file.fileno()) + data + zlib.crc32(data).to_bytes(SUM_BYTES))
    assert Memory(tmp_path / "rak").count == 0
    assert told(load_and_keep(root, tmp_path / "rak")) == first
    assert not marker.exists()


def test_a_shelf_in_which_one_bit_is_another_is_not_believed(root: Path, tmp_path: Path) -> None:
    first, kept = told(load_and_keep(root, tmp_path / "rak")), Memory(tmp_path / "rak").count
    path = tmp_path / "rak" / str(shelf_of(STORY))
    whole = path.read_bytes()
    for at in (MARK_BYTES, len(whole) // 2, len(whole) - SUM_BYTES - 2, len(whole) - 1):
        with path.open("r+b") as file:  # in its place: a new file is no more ours
            file.write(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert Memory(tmp_path / "rak").count < kept
    assert told(load_and_keep(root, tmp_path / "rak")) == first
    assert Memory(tmp_path / "rak").count == kept


def test_a_shelf_from_elsewhere_does_not_change_the_program(root: Path, tmp_path: Path) -> None:
    """A pickle of two lines would let no fault be an error any more."""
    (tmp_path / "rak").mkdir()
    planted = b"\x80\x04ckbp_site.content.problems\nProblem\n(N}\x8c\x08is_error\x89stb."
    for number in range(SHELVES):
        (tmp_path / "rak" / str(number)).write_bytes(
            (b"0" * MARK_BYTES if number % 2 else b"") + planted + zlib.crc32(planted).to_bytes(SUM_BYTES)
        )
    before = Problem.is_error
    load_and_keep(root, tmp_path / "rak")
    assert Problem.is_error is before


def test_several_processes_say_what_one_says(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = told(load(root, today=TODAY))
    monkeypatch.setattr(loading, "WORTH_SHARING", 1)
    monkeypatch.setattr(loading, "FILES_OF_A_SHARE", 2)
    with monkeypatch.context() as patch:
        forbid_here(patch)
        assert told(load_and_keep(root, tmp_path / "rak", jobs=2)) == alone


def forbid_here(patch: pytest.MonkeyPatch) -> None:
    """Let no file be read by this process; those that it begins may."""
    mine, read = os.getpid(), loading.read_file

    def elsewhere(path: str, *rest: object) -> object:
        assert os.getpid() != mine, path
        return read(path, *rest)  # type: ignore[arg-type]

    patch.setattr(loading, "read_file", elsewhere)


def test_where_nothing_can_be_written_nothing_is_kept(root: Path, tmp_path: Path) -> None:
    (tmp_path / "rak").write_text("a file, no folder", encoding="utf-8")
    assert told(load_and_keep(root, tmp_path / "rak")) == told(load(root, today=TODAY))
