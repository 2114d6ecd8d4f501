"""What readers see is always a whole site: the old one or the new one, whatever happens while it is published."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from copies import copy_site, write_fault
from running import BIN, DAY, run
from trees import Tree, read_tree

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.site import publishing
from kbp_site.site.build import Order, build
from kbp_site.site.publish import exchange, locked
from kbp_site.site.publishing import publish_site, roll_back
from kbp_site.site.releases import CURRENT, OWN, current_release, releases_in
from kbp_site.site.trace import trace

TODAY = date.fromisoformat(DAY)
MOMENTS = 10


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a small site whose first release readers see."""
    root = copy_site("minimal", tmp_path / "akar")
    assert publish(root)
    return root


def publish(root: Path) -> bool:
    """Publish a site as it stands; whether there is a release of it now."""
    order = Order(root, root / "site", TODAY, 1)
    return publish_site(order, root / "terbitan", lambda step: None).added is not None


def seen(root: Path) -> Tree:
    """Return what readers see."""
    return read_tree(root / "terbitan" / CURRENT / "site")


def change(root: Path, words: str) -> None:
    """Change what a record says, so that there is something to publish."""
    path = next((root / "content" / "activities").glob("*.yml"))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [f"summary: {words}\n" if line.startswith("summary:") else line for line in lines]
    path.write_text("".join(lines), encoding="utf-8")


def test_an_edit_reaches_readers_and_can_be_taken_back(root: Path) -> None:
    old = seen(root)
    change(root, "Ringkasan yang baru.")
    assert publish(root)
    new = seen(root)
    assert new != old and any(b"Ringkasan yang baru" in data for data in new.values())
    roll_back(root, root / "terbitan", None, today=TODAY)
    assert seen(root) == old
    roll_back(root, root / "terbitan", "2", today=TODAY)
    assert seen(root) == new


def test_the_way_back_is_told_only_where_there_is_one(root: Path, tmp_path: Path) -> None:
    place = tmp_path / "tempat"
    for summary, is_told in (("Ringkasan yang pertama.", False), ("Ringkasan yang kedua.", True)):
        change(root, summary)
        done = run(BIN / "kbp", "--root", root, "publish", "--today", DAY, "--to", place)
        assert done.returncode == ExitCode.DONE
        assert ("kbp rollback" in done.stdout) == is_told


def test_a_fault_changes_nothing(root: Path) -> None:
    old = seen(root)
    write_fault(root)
    assert not publish(root)
    assert seen(root) == old and len(releases_in(root / "terbitan")) == 1


def test_one_publishes_at_a_time(root: Path) -> None:
    place = root / "terbitan"
    with locked(place / OWN, place):
        done = run(BIN / "kbp", "--root", root, "publish", "--today", DAY)
        undone = run(BIN / "kbp", "--root", root, "rollback")
    assert (done.returncode, undone.returncode) == (ExitCode.LOCKED, ExitCode.LOCKED)
    assert "Traceback" not in done.stderr + undone.stderr


def test_a_disk_that_is_full_changes_nothing(root: Path, small_disk: Path) -> None:
    old_place = small_disk / "terbitan"
    first = run(BIN / "kbp", "--root", root, "publish", "--today", DAY, "--to", old_place)
    assert first.returncode == ExitCode.DONE, first.stderr
    before = read_tree(old_place / CURRENT / "site")
    change(root, "Ringkasan yang tidak muat.")
    (small_disk / "penuh").write_bytes(b"\0" * shutil.disk_usage(small_disk).free)
    done = run(BIN / "kbp", "--root", root, "publish", "--today", DAY, "--to", old_place)
    assert done.returncode == ExitCode.SYSTEM
    assert "ruang penyimpanan penuh" in done.stderr and "Traceback" not in done.stderr
    assert read_tree(old_place / CURRENT / "site") == before
    assert len(releases_in(old_place)) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of 6 MB, in memory; where none can be mounted, the test cannot speak of one."""
    disk = tmp_path / "cakram"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("no right to mount a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def test_a_place_that_can_only_be_read_is_told(root: Path) -> None:
    old, place = seen(root), root / "terbitan"
    change(root, "Ringkasan yang tidak terbit.")
    done = run(BIN / "kbp", "--root", root, "publish", "--today", DAY, "--to", "/proc/terbitan")
    assert done.returncode == ExitCode.SYSTEM and "Traceback" not in done.stderr
    assert seen(root) == old and len(releases_in(place)) == 1


def killed(act: Callable[[], object], after: float) -> None:
    """Do something in a process of its own, and kill that after so many seconds."""
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            act()
        finally:
            os._exit(0)
    time.sleep(after)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.parametrize("turn", range(5))
def test_at_no_moment_of_being_killed_do_readers_see_half_a_site(root: Path, turn: int) -> None:
    """50 moments in five turns: every second one late, where the site changes places."""
    chance = random.Random(turn)
    sites, built = [], []
    for number in range(2):
        change(root, f"Ringkasan nomor {number}.")
        began = time.perf_counter()
        publish(root)
        whole = time.perf_counter() - began
        sites.append(seen(root))
        built.append(read_tree(root / "site"))
    for moment in range(MOMENTS):
        change(root, f"Ringkasan nomor {moment % 2}.")
        after = chance.uniform(0 if moment % 2 else 0.7 * whole, 1.1 * whole)
        killed(lambda: publish(root), after)
        assert seen(root) in sites, f"neither old nor new after {after:.3f} s"
        assert read_tree(root / "site") in built, f"neither old nor new after {after:.3f} s"
    assert publish(root)
    assert seen(root) == sites[(MOMENTS - 1) % 2]
    assert not list((root / "terbitan" / "releases").glob("*.new"))
    assert [path.name for path in root.iterdir() if path.name.startswith(".site")] == []


def test_a_clock_that_goes_back_changes_nothing_for_readers(root: Path) -> None:
    order = Order(root, root / "site", date(2020, 1, 1), 1)
    publish_site(order, root / "terbitan", lambda step: None)
    current = current_release(root / "terbitan")
    assert current is not None and current.number == len(releases_in(root / "terbitan"))


def test_two_folders_change_places_in_one_step(tmp_path: Path) -> None:
    for name in ("satu", "dua"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert exchange(tmp_path / "satu", tmp_path / "dua")
    assert (tmp_path / "satu" / "dua").is_file() and (tmp_path / "dua" / "satu").is_file()
    assert not exchange(tmp_path / "satu", tmp_path / "tidak-ada")


def test_a_withdrawn_story_does_not_come_back(root: Path) -> None:
    place = root / "terbitan"
    path = next((root / "content" / "activities").glob("*.yml"))
    path.write_text(
        path.read_text(encoding="utf-8").replace("status: published", "status: withdrawn"), encoding="utf-8"
    )
    with pytest.raises(KbpError, match="tidak boleh tampil lagi"):
        roll_back(root, place, "1", today=TODAY)
    assert build(Order(root, root / "site", TODAY, 1), lambda step: None).pages
    found = [
        area for area in trace(root, f"activities/{path.stem}", site=root / "site", today=TODAY).areas if area.found
    ]
    assert [area.name.say("id")[:13] for area in found] == ["Terbitan 0001"]
    published = publish_site(Order(root, root / "site", TODAY, 1), place, lambda step: None)
    assert [release.number for release in published.gone] == [1], "it is kept for nobody"
    assert path.stem.encode() not in b"".join(read_tree(place).values())


def test_a_release_that_is_not_whole_does_not_come_back(root: Path) -> None:
    place = root / "terbitan"
    change(root, "Ringkasan yang baru.")
    assert publish(root)
    new = seen(root)
    (releases_in(place)[0].site / "index.html").unlink()
    with pytest.raises(KbpError, match="tidak utuh lagi"):
        roll_back(root, place, None, today=TODAY)
    assert seen(root) == new


def test_a_damaged_release_is_made_anew_and_told(root: Path) -> None:
    place = root / "terbitan"
    (place / CURRENT / "site" / "index.html").unlink()
    done = run(BIN / "kbp", "--root", root, "publish", "--today", DAY)
    assert done.returncode == ExitCode.DONE, done.stderr
    assert "tidak utuh lagi, jadi dibuat ulang" in done.stderr and "Tidak ada yang berubah" not in done.stdout
    assert (place / CURRENT / "site" / "index.html").is_file()


def test_where_old_releases_cannot_be_judged_nothing_is_published(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy that judges them may be killed by itself, when memory runs out."""
    old, releases = seen(root), releases_in(root / "terbitan")
    change(root, "Warga memperbaiki titian bersama.")
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "find_unfit", lambda *_: os._exit(9))
        order = Order(root, root / "site", TODAY, 2)
        with pytest.raises(KbpError, match="berhenti di tengah jalan"):
            publish_site(order, root / "terbitan", lambda step: None)
    assert seen(root) == old and releases_in(root / "terbitan") == releases
    assert publish(root) and seen(root) != old


def test_a_link_that_leads_elsewhere_is_told(root: Path) -> None:
    place = root / "terbitan"
    (place / CURRENT).rename(place / "dulu")
    (place / CURRENT).symlink_to("/tmp/" + releases_in(place)[0].name)
    done = run(BIN / "kbp", "--root", root, "verify")
    assert done.returncode == ExitCode.SYSTEM
    assert "current: menuju ke" in done.stdout and "yang dilihat pembaca" not in done.stdout
    assert publish(root)
    assert (place / CURRENT / "site" / "index.html").is_file()
