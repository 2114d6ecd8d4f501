"""What changed between two looks: files that came, went, or are not as they were."""

from __future__ import annotations

import os
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
