"""The workflows that a new site gets and this one has: nothing of a contribution is run, and their steps work."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from copies import PROJECT, copy_site
from running import BIN, EPOCH

from kbp_site.editing.scaffold import STARTER

NAMES = ["check.yml", "daily.yml", "publish.yml"]
HOMES = [STARTER, PROJECT]
OWN = ["release.yml", "weekly.yml"]
"""Those of the program, which another community's site does not get."""
WORKFLOWS = [
    *(home / ".github" / "workflows" / name for home in HOMES for name in NAMES),
    *(PROJECT / ".github" / "workflows" / name for name in OWN),
]
PINNED = re.compile(r"actions/[a-z-]+@[0-9a-f]{40}")
INSTALL = re.compile(r"(run: |- )(\|\n)?(\s*(- )?python -m pip install [^\n]*\n?)+")
"""How the program is installed: this repository holds it, another community names it in a file."""


def read(path: Path) -> dict[Any, Any]:
    """Return a workflow's settings; YAML 1.1 reads the key `on` as yes."""
    settings: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if name is True else name: value for name, value in settings.items()}


def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    """Return every step of a workflow's jobs."""
    return [step for job in workflow["jobs"].values() for step in job.get("steps", ())]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.as_posix()[-40:])
def test_a_workflow_gives_nothing_away(path: Path) -> None:
    workflow, words = read(path), path.read_text(encoding="utf-8")
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(workflow["on"])
    assert "secrets" not in words
    assert all("${{" not in step.get("run", "") for step in steps(workflow))
    taken = [step["with"] for step in steps(workflow) if "actions/checkout" in step.get("uses", "")]
    assert all(one["persist-credentials"] is False and one["fetch-depth"] == 0 for one in taken)
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert all(PINNED.fullmatch(one) and re.search(f"{re.escape(one)} # v\\d", words) for one in used)
    assert all(job.get("timeout-minutes") or "uses" in job for job in workflow["jobs"].values())


@pytest.mark.parametrize("home", HOMES, ids=["new site", "this site"])
def test_each_has_the_least_permissions(home: Path) -> None:
    check, daily, publish = (read(home / ".github" / "workflows" / name) for name in NAMES)
    pages = {"pages": "write", "id-token": "write"}
    assert check["permissions"] == publish["permissions"] == {"contents": "read"}
    assert [job["permissions"] for job in publish["jobs"].values() if "permissions" in job] == [pages]
    assert daily["permissions"] == {"contents": "read", **pages}
    assert not [job for job in check["jobs"].values() if "permissions" in job]
    assert check["concurrency"]["cancel-in-progress"] is True and publish["concurrency"]["cancel-in-progress"] is False
    assert list(check["on"]) == ["pull_request"] and "schedule" in daily["on"] and "workflow_call" in publish["on"]


@pytest.mark.parametrize("name", [*(f".github/workflows/{name}" for name in NAMES), ".gitlab-ci.yml"])
def test_this_sites_are_those_of_a_new_one_but_for_the_install(name: str) -> None:
    ours, theirs = ((home / name).read_text(encoding="utf-8") for home in (PROJECT, STARTER))
    assert INSTALL.sub("pasang\n", ours) == INSTALL.sub("pasang\n", theirs)


def test_the_programs_own_block_nobody_and_write_only_a_draft() -> None:
    release, weekly = (read(PROJECT / ".github" / "workflows" / name) for name in OWN)
    assert set(weekly["on"]) == {"schedule", "workflow_dispatch"} and release["on"] == {"push": {"tags": ["v*"]}}
    assert weekly["permissions"] == release["permissions"] == {"contents": "read"}
    assert not [job for job in weekly["jobs"].values() if "permissions" in job]
    [job] = release["jobs"].values()
    assert job["permissions"] == {"contents": "write"}
    [published] = [step["run"] for step in steps(release) if "gh release" in step.get("run", "")]
    assert {"--draft", "build/kbp-site.cdx.json"} <= set(published.split())
    assert {path for path in WORKFLOWS if path.parents[2] == PROJECT} == {
        *(PROJECT / ".github" / "workflows").iterdir()
    }


def test_the_newest_of_others_is_tried_beside_the_pinned_and_asked_for_flaws_in_every_lock() -> None:
    jobs = read(PROJECT / ".github" / "workflows" / "weekly.yml")["jobs"]
    tried = [line.strip() for step in jobs["newest"]["steps"] for line in step.get("run", "").splitlines()]
    assert "../terbaru/bin/python -m pip install --quiet --upgrade mkdocs mkdocs-material" in tried
    assert any(line.startswith("../terbaru/bin/mkdocs build --strict ") for line in tried)
    pinned = {path.stem for path in (PROJECT / "requirements").glob("*.txt")}
    [audit] = [step["run"] for step in jobs["flaws"]["steps"] if "bin/pip-audit" in step.get("run", "")]
    looped = re.search(r"for lock in (.+); do", audit)
    assert looped and set(looped[1].split()) == pinned and "pip-audit --strict" in audit


def test_gitlab_takes_code_from_the_target_and_publishes_the_default_branch() -> None:
    settings = yaml.safe_load((STARTER / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    check = settings["check"]["script"]
    guard = next(number for number, line in enumerate(check) if "kbp guard" in line)
    taken = next(number for number, line in enumerate(check) if "checkout" in line)
    assert "worktree add" in check[0] and "TARGET" not in check[0] and guard < taken
    assert settings["check"]["artifacts"]["reports"] == {"codequality": "gl-code-quality-report.json"}
    assert settings["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]


def test_hooks_run_commands_that_are_there() -> None:
    local = yaml.safe_load((STARTER / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    ours = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["entry"] for hook in local] == [hook["entry"] for hook in ours] == ["kbp guard --staged", "kbp check"]
    assert (STARTER / ".pre-commit-config.yaml").read_bytes() == (PROJECT / ".pre-commit-config.yaml").read_bytes()


class Runner:
    """A folder in which the check workflow's own steps are run, as GitHub would, with a local repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "SOURCE_DATE_EPOCH": EPOCH}
        names = {f"GIT_{who}_{what}": "uji" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        self.around = {**os.environ, **own, **names, "PATH": f"{BIN}:{os.environ['PATH']}", "KBP_LANG": "id"}

    def git(self, *words: str) -> str:
        """Run git in the contribution's repository."""
        done = subprocess.run(
            ["git", "-C", self.folder / "usulan", *words], capture_output=True, check=True, text=True, env=self.around
        )
        return done.stdout.strip()

    def step(self, name: str, base: str, head: str) -> subprocess.CompletedProcess[str]:
        """Run the script of the step of that name."""
        [step] = [step for step in steps(read(WORKFLOWS[0])) if step.get("name") == name]
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=self.folder / step.get("working-directory", "."),
            env={**self.around, "BASE": base, "HEAD": head},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """Give a runner whose repository holds the smallest site."""
    copy_site("minimal", tmp_path / "usulan")
    made = Runner(tmp_path)
    made.git("init", "--quiet", "--initial-branch=main")
    made.git("add", "-A")
    made.git("commit", "--quiet", "-m", "awal")
    return made


def test_the_steps_take_data_and_leave_code(runner: Runner) -> None:
    base = runner.git("rev-parse", "HEAD")
    story = runner.folder / "usulan" / "content" / "activities" / "gotong-royong.yml"
    story.rename(story.with_name("kerja-bakti.yml"))
    (runner.folder / "usulan" / "mkdocs.yml").write_text("INHERIT: /etc/passwd\n", encoding="utf-8")
    runner.git("add", "-A")
    runner.git("commit", "--quiet", "-m", "usulan")
    head = runner.git("rev-parse", "HEAD")
    assert runner.step("Ambil program dan pengaturan dari cabang tujuan", base, head).returncode == 0
    guarded = runner.step("Jaga pintu", base, head)
    assert guarded.returncode == 1 and guarded.stdout.startswith("::error file=mkdocs.yml,")
    assert runner.step("Ambil isi dari usulan", base, head).returncode == 0
    content = runner.folder / "situs" / "content" / "activities"
    assert [path.name for path in content.iterdir()] == ["kerja-bakti.yml"]
    assert "INHERIT" not in (runner.folder / "situs" / "mkdocs.yml").read_text(encoding="utf-8")
    checked = runner.step("Periksa isi", base, head)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_link_in_a_contribution_leads_nowhere(runner: Runner) -> None:
    base = runner.git("rev-parse", "HEAD")
    (runner.folder / "usulan" / "content" / "terms").symlink_to("/etc")
    runner.git("add", "-A")
    runner.git("commit", "--quiet", "-m", "usulan")
    head = runner.git("rev-parse", "HEAD")
    runner.step("Ambil program dan pengaturan dari cabang tujuan", base, head)
    runner.step("Ambil isi dari usulan", base, head)  # a member's contribution is not guarded
    assert not (runner.folder / "situs" / "content" / "terms").is_symlink()
