"""What changed between two looks: files that came, went, or are not as they were."""

from __future__ import annotations

import os
import time
from pathlib import Path

from kbp_site.site.watch import changes, snapshot


def test_what_came_went_and_changed_is_seen(tmp_path: Path) -> None:
    for name in ("a.yml", "b.yml", "dalam/c.yml", ".sembunyi", "d.yml~", ".git/x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
    (tmp_path / "tautan.yml").symlink_to("a.yml")
    before = snapshot([tmp_path, tmp_path / "tidak-ada", tmp_path / "a.yml"])
    assert {Path(path).name for path in before} == {"a.yml", "b.yml", "c.yml", "tautan.yml"}
    (tmp_path / "a.yml").write_text("22", encoding="utf-8")
    (tmp_path / "b.yml").unlink()
    (tmp_path / "dalam" / "e.yml").touch()
    (tmp_path / ".sembunyi").write_text("22", encoding="utf-8")
    after = snapshot([tmp_path])
    assert [os.path.basename(path) for path in changes(before, after)] == ["a.yml", "b.yml", "e.yml"]
    assert changes(after, snapshot([tmp_path])) == []


def test_a_change_of_the_same_size_is_seen_though_its_time_was_put_back(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("1", encoding="utf-8")
    before, found = snapshot([tmp_path]), file.stat()
    time.sleep(0.02)
    file.write_text("2", encoding="utf-8")
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert changes(before, snapshot([tmp_path])) == [str(file)]
