"""The guard: which changes a contribution may bring, and which photos."""

from __future__ import annotations

import os
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from copies import TESTS
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from kbp_site.cli import run
from kbp_site.content.problems import KbpError, Severity
from kbp_site.editing.guard import Change, guard_range, guard_staged, judge_change, read_changes

CASES = TESTS / "cases" / "guard"
MAY = yaml.safe_load((CASES / "changes-that-may-come-in.yml").read_text(encoding="utf-8"))
MAY_NOT = yaml.safe_load((CASES / "changes-that-may-not.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("mode", "path"), MAY)
def test_what_may_come_in(mode: str, path: str) -> None:
    assert judge_change(Change(mode, path.encode())) is None
    assert judge_change(Change(mode, f"situs/{path}".encode()), prefix="situs/") is None
    assert judge_change(Change(mode, f"situs/{path}".encode())) is not None


@pytest.mark.parametrize(("mode", "path", "word"), MAY_NOT)
def test_what_may_not_come_in(mode: str, path: str, word: str) -> None:
    reason = judge_change(Change(mode, path.encode()))
    assert reason is not None and word in reason.say("id")


@given(st.binary(max_size=40), st.sampled_from(["100644", "000000", "100755", "120000", "160000"]))
def test_no_path_gets_out_of_content(path: bytes, mode: str) -> None:
    if judge_change(Change(mode, b"content/media/" + path)) is None:
        inside = os.path.normpath(b"/r/content/media/" + path)
        assert inside.startswith(b"/r/content/media/") and inside == b"/r/content/media/" + path
        assert mode in {"100644", "000000"}
    assert judge_change(Change(mode, path)) is not None or path.startswith(b"content/")


def test_a_path_that_is_no_text_is_refused_and_told_escaped() -> None:
    change = Change("100644", b"content/activities/\xff\x1b.yml")
    reason = judge_change(change)
    assert reason is not None and "UTF-8" in reason.say("id")
    assert change.name == r"content/activities/\xff\x1b.yml"


A, B = "0" * 40, "1" * 40


def test_what_git_says_is_read() -> None:
    raw = f":000000 100644 {A} {B} A\0content/a\nb.yml\0:100644 120000 {B} {A} T\0x\0".encode()
    assert read_changes(raw) == (Change("100644", b"content/a\nb.yml", B), Change("120000", b"x", A))
    assert read_changes(b"") == ()


@pytest.mark.parametrize(
    "raw",
    [
        "content/a.yml\0",
        f":000000 100644 {A} {B} A\0content/a.yml",
        f":000000 100644 {A} {B} A\0",
        f":000000 100644 {A} {B} A\0\0",
        f":100644 100644 {A} {B} R100\0content/a.yml\0docs/x.html\0",
        f":100644 100644 {A} {B} R100\0content/a.yml\0docs/x.html\0:000000 100644 {A} {B} A\0",
        f"::100644 100644 100644 {A} {A} {B} MM\0content/a.yml\0",
        f":100644 100644 {A} {B} U\0content/a.yml\0",
    ],
)
def test_what_git_would_not_say_is_refused(raw: str) -> None:
    with pytest.raises(KbpError):
        read_changes(raw.encode())


def git(root: Path, *words: str) -> str:
    """Run git in a repository of the test's own, away from any settings of this machine."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = {f"GIT_{who}_{what}": "uji@contoh.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", "-C", root, *words], capture_output=True, check=True, text=True, env={**os.environ, **own, **names}
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Give a repository with one commit, whose branch is `main`, and a branch `kontribusi` that is checked out."""
    root = tmp_path / "situs"
    (root / "content" / "activities").mkdir(parents=True)
    (root / "content" / "media").mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    (root / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    (root / "content" / "activities" / "a.yml").write_text("title: A\n", encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "--quiet", "-m", "awal")
    git(root, "checkout", "--quiet", "-b", "kontribusi")
    return root


def commit(root: Path) -> None:
    """Commit all that stands in a repository."""
    git(root, "add", "-A")
    git(root, "commit", "--quiet", "-m", "kontribusi")


def photo(**settings: object) -> bytes:
    """Return a small JPEG; the settings are Pillow's, for what stands beside its pixels."""
    data = BytesIO()
    Image.new("RGB", (8, 8)).save(data, "JPEG", **settings)  # type: ignore[arg-type]
    return data.getvalue()


def test_a_contribution_of_data_may_come_in(repository: Path) -> None:
    (repository / "content" / "activities" / "b.yml").write_text("title: B\n", encoding="utf-8")
    (repository / "content" / "media" / "foto.jpg").write_bytes(photo())
    commit(repository)
    assert guard_range(repository, "main", "kontribusi") == ()
    assert run(["--root", str(repository), "guard", "main"], "id") == 0


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "json"])
def test_what_decides_over_others_is_named_to_whoever_reviews(
    repository: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["content/consents/lembar-1.yml", "content/site.en.yml", "content/site.yml"]
    (repository / "content" / "consents").mkdir()
    for name in (*names, "content/activities/b.yml"):
        (repository / name).write_text("title: B\n", encoding="utf-8")
    commit(repository)
    told = guard_range(repository, "main", "kontribusi")
    assert [(one.name, one.severity) for one in told] == [(name, Severity.WARNING) for name in names]
    assert run(["--root", str(repository), "guard", "main", "--format", form], "id") == 0
    shown = capsys.readouterr().out
    assert [name in shown for name in names] == [True, True, True] and "activities" not in shown
    assert (
        shown.count({"github": "::warning file=", "gitlab": '"minor"', "json": '"warning"'}.get(form, "perhatikan:"))
        >= 3
    )


def test_a_contribution_of_code_is_told_file_by_file(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "mv", "content/activities/a.yml", "hooks.py")
    (repository / "content" / "media" / "lib").symlink_to("/etc")
    (repository / "content" / "activities" / "baris\nbaru.yml").write_text("x\n", encoding="utf-8")
    commit(repository)
    told = {refusal.name for refusal in guard_range(repository, "main", "kontribusi")}
    assert told == {"hooks.py", "content/media/lib", r"content/activities/baris\nbaru.yml"}
    assert run(["--root", str(repository), "guard", "main", "kontribusi"], "id") == 1
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_what_main_changed_meanwhile_is_not_the_contributions(repository: Path) -> None:
    (repository / "content" / "activities" / "b.yml").write_text("title: B\n", encoding="utf-8")
    commit(repository)
    git(repository, "checkout", "--quiet", "main")
    (repository / "mkdocs.yml").write_text("site_name: y\n", encoding="utf-8")
    commit(repository)
    assert guard_range(repository, "main", "kontribusi") == ()


def test_a_site_in_a_folder_of_its_repository(repository: Path) -> None:
    inner = repository / "situs-kami" / "content" / "terms"
    inner.mkdir(parents=True)
    (inner / "a.yml").write_text("title: A\n", encoding="utf-8")
    commit(repository)
    assert guard_range(repository / "situs-kami", "main", "kontribusi") == ()
    assert guard_range(repository, "main", "kontribusi") != ()


METADATA = [
    (photo(comment=b"oleh Budi"), "komentar"),
    (photo(exif=b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x0f\0\2\0\0\0\4Abc\0\0\0\0\0"), "EXIF"),
    (photo(xmp=b"<x:xmpmeta/>"), "XMP"),
]


@pytest.mark.parametrize(("data", "found"), METADATA)
def test_a_photo_that_says_more_than_pixels_is_refused(repository: Path, data: bytes, found: str) -> None:
    (repository / "content" / "media" / "foto.jpg").write_bytes(data)
    git(repository, "add", "-A")
    [refusal] = guard_staged(repository)
    assert refusal.name == "content/media/foto.jpg" and found in refusal.reason.say("id")
    commit(repository)
    assert guard_range(repository, "main", "kontribusi") == (refusal,)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(repository: Path) -> None:
    with (repository / "content" / "media" / "besar.jpg").open("wb") as file:
        file.truncate(20 * 1024**2 + 1)
    git(repository, "add", "-A")
    [refusal] = guard_staged(repository)
    assert refusal.name == "content/media/besar.jpg" and "20 MB" in refusal.reason.say("id")
    commit(repository)
    assert guard_range(repository, "main", "kontribusi") == (refusal,)


def test_a_file_that_is_another_one_on_some_systems_is_refused(repository: Path) -> None:
    (repository / "content" / "media" / "X.CSV").write_bytes(b"a")
    (repository / "content" / "media" / "x.csv").write_bytes(b"b")
    commit(repository)
    [refusal] = guard_range(repository, "main", "kontribusi")
    assert refusal.name == "content/media/x.csv" and "X.CSV" in refusal.reason.say("id")


def test_words_in_a_png_are_refused(repository: Path) -> None:
    words, data = PngImagePlugin.PngInfo(), BytesIO()
    words.add_text("Author", "Budi")
    Image.new("RGB", (8, 8)).save(data, "PNG", pnginfo=words)
    (repository / "content" / "media" / "a.png").write_bytes(data.getvalue())
    (repository / "content" / "media" / "c.jpg").write_bytes(photo())
    git(repository, "add", "-A")
    assert [refusal.name for refusal in guard_staged(repository)] == ["content/media/a.png"]


@pytest.mark.parametrize("words", [["tidak-ada"], ["--output=/tmp/x"], [], ["main", "--staged"], ["-h"]])
def test_a_wrong_call_is_told(repository: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--root", str(repository), "guard", *words], "id") == 2
    assert capsys.readouterr().err.startswith("kbp: ")


@pytest.mark.parametrize(("base", "head"), [("--output=x", "HEAD"), ("main", "--output=x")])
def test_no_commit_is_an_option_for_git(repository: Path, base: str, head: str) -> None:
    with pytest.raises(KbpError, match="harus nama commit"):
        guard_range(repository, base, head)
    assert not list(repository.glob("x*"))


def test_a_folder_without_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(KbpError, match="git menolak"):
        guard_range(tmp_path, "main", "HEAD")
