"""When each file was last changed, as git has it: one pass over the history, and nothing where there is no whole one.

A shallow clone would say of every file that it came with the clone; then nothing is said, as without git.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class History:
    """The history of a site's records, looked at when somebody asks; days are those of the site's time zone."""

    root: Path
    zone: str

    def changed(self, path: str) -> date | None:
        """Return the day of the last commit that changed a file ("content/activities/x.yml"), if git knows it."""
        moment = self._moments.get(path)
        return None if moment is None else datetime.fromtimestamp(moment, ZoneInfo(self.zone)).date()

    @cached_property
    def _moments(self) -> Mapping[str, int]:
        commit = commit_of(self.root)
        return _read(self.root, commit) if commit else {}


def commit_of(root: Path) -> str:
    """Return the commit that a site's history goes back from; nothing where there is no whole one."""
    about = _git(root, "rev-parse", "--is-shallow-repository", "HEAD").split()
    return about[1] if len(about) == 2 and about[0] == "false" else ""


def was_ever(root: Path, paths: Sequence[str]) -> bool:
    """Whether any commit of any branch ever held one of the files; false where git does not know."""
    return bool(paths and _git(root, "--literal-pathspecs", "log", "--all", "-1", "--format=%h", "--", *paths))


@lru_cache(maxsize=4)
def _read(root: Path, commit: str) -> Mapping[str, int]:
    """Return path → seconds since 1970 of each record's last commit, as seen from a commit; kept for a preview."""
    moments: dict[str, int] = {}
    moment = 0
    for line in _git(root, *LOG, commit, "--", "content").split("\n"):
        if line.startswith(":"):
            moment = int(line[1:])
        elif line:
            moments[line] = max(moment, moments.get(line, 0))
    return moments


LOG = ("log", "--relative", "--no-renames", "--name-only", "--diff-filter=AMT", "--format=:%ct")


def _git(root: Path, *words: str) -> str:
    """Return what git answers; nothing where it refuses or is not there."""
    quiet = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(["git", "-C", root, *words], capture_output=True, check=False, env=quiet)
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
