"""The command line: its exit codes, its words, and what it leaves alone."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired
from types import MappingProxyType

import pytest
from copies import PROJECT, copy_site, write_fault
from running import BIN, DAY, EPOCH, kbp, run, start
from trees import read_tree

from benchmarks.corpus import Size, write_corpus
from kbp_site.cli import exit_code, language_at_door, main
from kbp_site.content.problems import ExitCode, Problem, Severity
from kbp_site.locale import text

COMMANDS = (
    "init",
    "new",
    "schema",
    "import",
    "admin",
    "check",
    "build",
    "serve",
    "render",
    "trace",
    "publish",
    "rollback",
    "verify",
    "kiosk",
    "print",
    "zim",
    "onefile",
    "guard",
)
ENGLISH = re.compile(
    r"\b(error|usage|try|no such|missing|invalid|options?|arguments?|commands?|unexpected|requires?|show|message"
    r"|exit|default|required|got|value|not|is|the|does|help|did you mean|files?|directory|text|integer)\b",
    re.IGNORECASE,
)
"""Words of Click's own, and of English at large; names that a person types are taken out before."""

Call = Callable[..., CompletedProcess[str]]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Call]:
    """Give a function that calls `kbp` in this process, which is quicker; a traceback would end the test."""
    before = signal.getsignal(signal.SIGTERM)

    def called(
        *words: str | Path, cwd: Path | None = None, environment: Mapping[str, str | None] = MappingProxyType({})
    ) -> CompletedProcess[str]:
        for name, value in {"KBP_LANG": "id", "SOURCE_DATE_EPOCH": EPOCH, **environment}.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        if cwd is not None:
            monkeypatch.chdir(cwd)
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        assert isinstance(ended.value.code, int)
        out, err = capsys.readouterr()
        return CompletedProcess(words, int(ended.value.code), out, err)

    yield called
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the root of the smallest site."""
    return copy_site("minimal", tmp_path / "akar")


@pytest.fixture
def faulty(root: Path) -> Path:
    """Give the root of a site with an error in it."""
    write_fault(root)
    return root


@pytest.fixture
def doubtful(root: Path) -> Path:
    """Give the root of a site with a warning and no error."""
    (root / "content" / "activities" / "Catatan Rapat.docx").write_bytes(b"")
    return root


@pytest.mark.parametrize("command", ["check", "build"])
def test_done_is_0(root: Path, call: Call, command: str) -> None:
    done = call("--root", root, command)
    assert done.returncode == ExitCode.DONE, done.stderr


@pytest.mark.parametrize("words", [["check"], ["build"], ["render", "--out", "pohon"]])
def test_errors_in_content_are_1(faulty: Path, call: Call, words: Sequence[str]) -> None:
    done = call("--root", faulty, *words, cwd=faulty)
    assert done.returncode == ExitCode.CONTENT
    assert "galat[K205]" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not (faulty / "site").exists() and not (faulty / "pohon").exists()


@pytest.mark.parametrize(
    "words", [["check"], ["build"], ["serve"], ["render", "--out", "pohon"], ["new", "activities"]]
)
def test_a_folder_that_is_no_site_is_2(tmp_path: Path, call: Call, words: Sequence[str]) -> None:
    done = call("--root", tmp_path / "kosong", *words, cwd=tmp_path)
    assert done.returncode == ExitCode.USAGE
    assert done.stderr.startswith("kbp: ") and "kbp init" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["tidak-ada"],
        ["chekc"],
        ["check", "--salah"],
        ["--salah", "check"],
        ["-x"],
        ["check", "lebih"],
        ["init"],
        ["init", "a", "b"],
        ["new"],
        ["new", "binatang"],
        ["new", "activities", "judul", "lebih"],
        ["import"],
        ["import", "wrod"],
        ["import", "word"],
        ["import", "word", "tidak-ada.docx"],
        ["import", "photo", "--to"],
        ["import", "chat", "a.txt", "--from", "besok"],
        ["render"],
        ["build", "--jobs"],
        ["build", "--jobs", "x"],
        ["build", "--jobs", "0"],
        ["build", "--today", "besok"],
        ["build", "--today", "2026-02-30"],
        ["build", "--tod", "2026-01-01"],
        ["check", "--format", "xml"],
        ["check", "--strict=ya"],
        ["serve", "--port", "0"],
        ["serve", "--port", "99999"],
        ["--lang", "xx", "check"],
        ["--lang"],
        ["--root"],
        ["check", "--lang", "id"],
        ["check", "--root", "."],
    ],
    ids=" ".join,
)
def test_wrong_use_is_2_and_told_in_indonesian(root: Path, call: Call, words: Sequence[str]) -> None:
    before = read_tree(root)
    done = call(*words, cwd=root)
    assert done.returncode == ExitCode.USAGE
    assert done.stdout == ""
    assert done.stderr.startswith("kbp: ") and done.stderr.count("\n") == 1
    said = re.sub(r"--?\w+|\bkbp( \w+)? --help|\w+_\w+|text, json", "", done.stderr)
    assert ENGLISH.findall(said) == []
    assert read_tree(root) == before


@pytest.mark.parametrize(
    ("words", "allowed"),
    [
        (["build", "--jobs", "0"], "bilangan bulat, paling kecil 1"),
        (["serve", "--port", "x"], "1 sampai 65535"),
        (["--lang", "jv", "check"], "salah satu dari: id, en"),
        (["check", "--format", "teks"], "salah satu dari: text, json, github, gitlab. Bantuan: kbp check --help"),
        (["check", "--format"], "Bantuan: kbp check --help"),
        (["check", "content/activities/x.yml"], 'tidak menerima "content/activities/x.yml"'),
    ],
    ids=" ".join,
)
def test_what_may_stand_there_is_said(root: Path, call: Call, words: Sequence[str], allowed: str) -> None:
    assert allowed in call(*words, cwd=root).stderr


@pytest.mark.parametrize("words", [["check"], ["build"], ["new", "kegiatan", "Rapat"]], ids=" ".join)
def test_who_stands_within_a_site_is_told_where_to_go(root: Path, call: Call, words: Sequence[str]) -> None:
    done = call(*words, cwd=root / "content" / "activities")
    assert done.returncode == ExitCode.USAGE
    assert done.stderr.endswith(f"ketik dahulu: cd {root}\n")


def test_no_site_is_made_among_the_records_of_another(root: Path, call: Call) -> None:
    before = read_tree(root)
    done = call("init", root / "content" / "baru")
    assert done.returncode == ExitCode.USAGE and "isi situs lain" in done.stderr
    assert read_tree(root) == before


STOPPED_AT_THE_START = """
import os, signal, time
import kbp_site.__main__ as door

def import_module(name):
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(30)

door.import_module = import_module
door.main()
"""


def test_who_stops_the_program_while_it_starts_sees_no_trace() -> None:
    done = run(sys.executable, "-c", STOPPED_AT_THE_START)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_a_closed_output_is_no_fault_of_ours(root: Path) -> None:
    command = f"{BIN / 'kbp'} --root '{root}' check"
    assert run("sh", "-c", f"{command} >&-").returncode == ExitCode.DONE
    done = run("bash", "-c", f"{command} | true; echo ${{PIPESTATUS[0]}}")
    assert done.stdout in {"0\n", "141\n"} and done.stderr == ""


@pytest.mark.parametrize("epoch", ["besok", ""])
def test_a_day_that_is_none_is_2(root: Path, call: Call, epoch: str) -> None:
    done = call("--root", root, "check", environment={"SOURCE_DATE_EPOCH": epoch})
    assert done.returncode == ExitCode.USAGE
    assert "SOURCE_DATE_EPOCH" in done.stderr


def test_a_system_that_fails_is_3(root: Path, call: Call) -> None:
    done = call("--root", root, "build", "--out", root / "mkdocs.yml" / "hasil")
    assert done.returncode == ExitCode.SYSTEM
    assert done.stderr.splitlines()[-1].startswith("kbp: sudah ada berkas dengan nama itu: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("number", "code", "to_all", "jobs"),
    [
        (signal.SIGTERM, 143, False, "1"),
        (signal.SIGTERM, 143, False, "2"),
        (signal.SIGINT, 130, False, "1"),
        (signal.SIGINT, 130, True, "2"),
    ],
    ids=["terminate one", "terminate the head", "interrupt one", "interrupt all"],
)
def test_a_signal_ends_a_build_without_a_trace(
    many: Path, tmp_path: Path, number: signal.Signals, code: int, to_all: bool, jobs: str
) -> None:
    with start(BIN / "kbp", "--root", many, "build", "--out", tmp_path / "situs", "--jobs", jobs) as process:
        while not any(tmp_path.glob(".situs.kbp-*/*/index.html")):
            # Not yet: the workers have made no page so far.
            with suppress(TimeoutExpired):
                raise AssertionError(process.communicate(timeout=0.02))
        (os.killpg if to_all else os.kill)(process.pid, number)
        out, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert out == ""
    told = ["kbp: dihentikan sebelum selesai"] if number == signal.SIGINT else []
    assert [line for line in err.splitlines() if line and not line.endswith(" detik")] == told
    assert list(tmp_path.iterdir()) == []


def test_workers_end_with_a_build_that_is_killed(many: Path, tmp_path: Path) -> None:
    with start(BIN / "kbp", "--root", many, "build", "--out", tmp_path / "situs", "--jobs", "2") as process:
        while not any(tmp_path.glob(".situs.kbp-*/*/index.html")):
            with suppress(TimeoutExpired):
                raise AssertionError(process.communicate(timeout=0.02))
        process.kill()
        process.communicate(timeout=30)  # a worker that lived on would hold the pipes open
    assert process.returncode == -signal.SIGKILL


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the root of a site that takes two workers a while."""
    root = tmp_path_factory.mktemp("banyak")
    write_corpus(root, Size(stories=120, words=40))
    return root


@pytest.mark.parametrize(
    ("words", "variable", "expected"),
    [
        ([], None, "galat[K205]"),
        (["--lang", "en"], None, "error[K205]"),
        (["--lang=en"], None, "error[K205]"),
        ([], "en", "error[K205]"),
        ([], "xx", "galat[K205]"),
        (["--lang", "id"], "en", "galat[K205]"),
    ],
)
def test_the_language_of_messages(
    faulty: Path, call: Call, words: Sequence[str], variable: str | None, expected: str
) -> None:
    done = call(*words, "--root", faulty, "check", environment={"KBP_LANG": variable})
    assert done.returncode == ExitCode.CONTENT
    assert expected in done.stdout


def test_mistakes_are_told_in_the_language_that_was_asked_for(call: Call) -> None:
    assert call("--lang", "en", "check", "--salah").stderr.startswith("kbp: the option --salah is unknown")


@pytest.mark.parametrize(
    ("words", "environment", "language"),
    [
        ([], {}, "id"),
        (["check"], {"KBP_LANG": "en"}, "en"),
        (["--lang"], {"KBP_LANG": "en"}, "id"),
        (["--lang", "en", "--lang", "id"], {}, "id"),
    ],
)
def test_the_language_at_the_door(words: Sequence[str], environment: Mapping[str, str], language: str) -> None:
    assert language_at_door(words, environment) == language


def test_the_root_stands_before_the_command(faulty: Path, call: Call) -> None:
    relative = call("--root", faulty.name, "check", "--format", "json", cwd=faulty.parent)
    here = call("check", "--format", "json", cwd=faulty)
    assert relative.stdout == here.stdout
    assert relative.returncode == here.returncode == ExitCode.CONTENT


def test_json_is_the_object_of_the_contract(faulty: Path, call: Call) -> None:
    (faulty / "content" / "activities" / "Asing.txt").write_text("", encoding="utf-8")
    (faulty / "content" / "activities" / "lain.yml").write_text("warna: biru\n", encoding="utf-8")
    done = call("--root", faulty, "check", "--format", "json")
    assert done.returncode == ExitCode.CONTENT
    report = json.loads(done.stdout)
    assert list(report) == ["version", "problems", "counts"]
    assert report["version"] == 1
    for problem in report["problems"]:
        assert list(problem) == ["code", "severity", "path", "line", "column", "message", "hint"]
        assert problem["severity"] in report["counts"] and problem["line"] >= 1 and problem["column"] >= 1
    places = [(problem["path"], problem["line"], problem["column"], problem["code"]) for problem in report["problems"]]
    assert places == sorted(places)
    assert ("content/activities/salah-tanggal.yml", 4, 7, "K205") in places
    severities = [problem["severity"] for problem in report["problems"]]
    assert report["counts"] == {"error": severities.count("error"), "warning": severities.count("warning")}
    assert report["counts"]["warning"] == 1


def test_json_of_sound_content_is_whole_too(root: Path, call: Call) -> None:
    report = json.loads(call("--root", root, "check", "--format", "json").stdout)
    assert report == {"version": 1, "problems": [], "counts": {"error": 0, "warning": 0}}


def test_github_is_told_in_its_own_form(faulty: Path, call: Call) -> None:
    done = call("--root", faulty, "check", "--format", "github")
    assert done.returncode == ExitCode.CONTENT
    place = "file=content/activities/salah-tanggal.yml,line=4,col=7,title=K205"
    assert done.stdout.startswith(f"::error {place}::tanggal ")
    assert done.stdout.count("\n") == 1


def test_github_gets_the_whole_list_in_the_summary_of_its_step(
    faulty: Path, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# Sebelumnya\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    call("--root", faulty, "check")
    assert summary.read_text(encoding="utf-8") == "# Sebelumnya\n"
    call("--root", faulty, "check", "--format", "github")
    said = summary.read_text(encoding="utf-8")
    assert said.startswith("# Sebelumnya\n**Jumlah galat: 1") and "salah-tanggal.yml:4:7 | K205 |" in said


SLIP = "title: Rembug: air\nsummary: Ringkas.\nkind: Bazar\ndate: 17/08/2006\nprocess: Rapat.\n"
MENDED = 'title: "Rembug: air"\nsummary: Ringkas.\nkind: bazaar\ndate: 2006-08-17\nprocess: Rapat.\n'


@pytest.fixture
def slipped(root: Path) -> Path:
    """Give a file with slips that are mechanical, in a site of its own."""
    path = root / "content" / "activities" / "keliru.yml"
    path.write_text(SLIP, encoding="utf-8")
    return path


def test_a_check_says_what_can_be_mended_and_how(slipped: Path, root: Path, call: Call) -> None:
    done = call("--root", root, "check")
    assert done.returncode == 1 and done.stdout.endswith(
        "Dapat diperbaiki secara otomatis: 1. Tulis: kbp check --fix\n"
    )
    assert "kbp check --fix" not in call("--root", root, "check", "--format", "json").stdout


def test_fixing_changes_the_file_and_says_how_and_where_the_old_one_is(slipped: Path, root: Path, call: Call) -> None:
    done = call("--root", root, "check", "--fix")
    assert done.returncode == 0 and slipped.read_text(encoding="utf-8") == MENDED
    assert done.stdout == "Isi situs dalam keadaan baik: tidak ada masalah.\n"
    assert "    1 - title: Rembug: air\n" in done.stderr and '    1 + title: "Rembug: air"\n' in done.stderr
    kept = Path(done.stderr.strip().rpartition(" ")[2])
    assert (kept / "content" / "activities" / "keliru.yml").read_text(encoding="utf-8") == SLIP
    again = call("--root", root, "check", "--fix")
    assert again.stderr == "Tidak ada yang dapat diperbaiki secara otomatis.\n" and again.returncode == 0


@pytest.mark.parametrize("words", [("--dry-run",), ("--fix", "--dry-run")])
def test_a_dry_run_shows_and_changes_nothing(slipped: Path, root: Path, call: Call, words: tuple[str, ...]) -> None:
    before = read_tree(root / "content")
    done = call("--root", root, "check", *words)
    assert done.returncode == 1 and read_tree(root / "content") == before
    assert '    1 + title: "Rembug: air"\n' in done.stderr and "galat[K104]" in done.stdout
    assert not (root / ".cache").exists()


def test_what_is_mended_is_told_beside_a_report_for_programs(slipped: Path, root: Path, call: Call) -> None:
    done = call("--root", root, "check", "--fix", "--format", "json")
    assert json.loads(done.stdout)["problems"] == [] and "+ date: 2006-08-17" in done.stderr


def test_gitlab_is_told_in_its_own_form(faulty: Path, call: Call) -> None:
    (row,) = json.loads(call("--root", faulty, "check", "--format", "gitlab").stdout)
    assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
    assert row["location"] == {"path": "content/activities/salah-tanggal.yml", "lines": {"begin": 4}}
    assert (row["check_name"], row["severity"]) == ("K205", "major")


@pytest.mark.parametrize(("words", "code"), [([], ExitCode.DONE), (["--strict"], ExitCode.CONTENT)])
def test_warnings_count_when_one_is_strict(doubtful: Path, call: Call, words: Sequence[str], code: ExitCode) -> None:
    done = call("--root", doubtful, "check", *words)
    assert "peringatan[K109]" in done.stdout
    assert done.returncode == code


@pytest.mark.parametrize(
    ("severity", "strict", "code"),
    [
        (None, True, ExitCode.DONE),
        (Severity.WARNING, False, ExitCode.DONE),
        (Severity.WARNING, True, ExitCode.CONTENT),
        (Severity.ERROR, False, ExitCode.CONTENT),
    ],
)
def test_how_a_command_ends(severity: Severity | None, strict: bool, code: ExitCode) -> None:
    problems = [Problem("x", 1, 1, "K109", text("x"), severity=severity)] if severity else []
    assert exit_code(problems, strict=strict) == code


@pytest.mark.parametrize(
    ("words", "epoch", "is_public"),
    [
        (["--today", "2026-12-31"], None, False),
        (["--today", "2027-01-01"], None, True),
        ([], "1798761600", True),
        ([], "1798761599", False),
        (["--today", "2026-12-31"], "1798761600", False),
    ],
)
def test_the_day_decides_what_is_public(
    tmp_path: Path, call: Call, words: Sequence[str], epoch: str | None, is_public: bool
) -> None:
    root = copy_site("full", tmp_path)
    done = call("--root", root, "render", "--out", root / "pohon", *words, environment={"SOURCE_DATE_EPOCH": epoch})
    assert done.returncode == 0, done.stderr
    assert (root / "pohon" / "docs" / "kegiatan" / "belum-terbit.md").exists() == is_public


def test_an_editor_is_told_that_nothing_changed(root: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbp_site.site.seal.SETTLED", 0)  # as after two seconds
    said = [call("--root", root, "build", "--today", DAY, *words).stdout for words in ((), (), ("--full",))]
    assert ["Tidak ada yang berubah" in words for words in said] == [False, True, False]
    assert ["Situs selesai" in words for words in said] == [True, False, True]


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab"])
def test_check_writes_nothing(tmp_path: Path, form: str) -> None:
    root = copy_site("full", tmp_path / "akar")
    write_fault(root)
    before = {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))}
    home = tmp_path / "akar"
    done = kbp("check", "--format", form, cwd=root, environment={"HOME": str(home), "PYTHONDONTWRITEBYTECODE": None})
    assert done.returncode == ExitCode.CONTENT
    assert {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))} == before


def test_many_errors_are_cut_short_and_counted(root: Path, call: Call) -> None:
    for number in range(300):
        (root / "content" / "topics").mkdir(exist_ok=True)
        (root / "content" / "topics" / f"t-{number:03}.yml").write_text("warna: biru\n", encoding="utf-8")
    done = call("--root", root, "check")
    assert done.returncode == ExitCode.CONTENT
    assert done.stdout.count("galat[") == 200
    assert "… dan 400 masalah lagi." in done.stdout


def test_a_message_cannot_steer_the_terminal(root: Path, call: Call) -> None:
    (root / "content" / "activities" / "\x1b[31m\u202e.yml").write_text("", encoding="utf-8")
    for form in ("text", "github"):
        done = call("--root", root, "check", "--format", form)
        assert done.returncode == ExitCode.CONTENT
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.stdout)


def test_the_help_lists_every_command_in_groups(call: Call) -> None:
    done = call("--help")
    assert done.returncode == ExitCode.DONE
    assert [command for command in COMMANDS if not re.search(rf"^  {command} +\w", done.stdout, re.MULTILINE)] == []
    groups = re.findall(r"^(\S.*):$", done.stdout, re.MULTILINE)
    assert groups == [
        "Memulai",
        "Memeriksa dan membangun",
        "Terbitan di server",
        "Dibawa tanpa internet",
        "Bekerja bersama",
        "Pilihan, ditulis sebelum perintah",
    ]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_indonesian_and_writes_nothing(tmp_path: Path, call: Call, command: str) -> None:
    done = call(*[command][: bool(command)], "--help", cwd=tmp_path)
    assert done.returncode == ExitCode.DONE
    said = re.sub(r"--\w+|\bid\b|[\w/]*activities|mkdocs\.yml|\bdocs\b|text, json|Markdown", "", done.stdout)
    assert ENGLISH.findall(said) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_english_where_it_is_asked_for(call: Call, command: str) -> None:
    done = call("--lang", "en", *[command][: bool(command)], "--help")
    assert done.returncode == ExitCode.DONE
    assert "Usage: kbp" in done.stdout
    assert not re.search(r"\b(Pemakaian|Pilihan|folder situs|tampilkan)\b", done.stdout)


@pytest.mark.parametrize("source", ["word", "sheet", "chat", "photo"])
def test_help_of_an_import_is_indonesian(call: Call, source: str) -> None:
    done = call("import", source, "--help")
    assert done.returncode == ExitCode.DONE
    assert ENGLISH.findall(re.sub(r"--[\w-]+|activities", "", done.stdout)) == []


def test_an_import_tells_what_became_of_everything(root: Path, tmp_path: Path, call: Call) -> None:
    (tmp_path / "a.csv").write_text("Judul;Tanggal\nRapat warga;17/08/2006\n", encoding="utf-8")
    done = call("--root", root, "import", "sheet", tmp_path / "a.csv", "--report", tmp_path / "laporan.txt")
    assert done.returncode == ExitCode.DONE and "content/activities/rapat-warga.yml" in done.stdout
    assert (tmp_path / "laporan.txt").read_text("utf-8") == done.stdout
    again = call("--root", root, "import", "sheet", tmp_path / "a.csv", "--report", tmp_path / "laporan.txt")
    assert again.returncode == ExitCode.USAGE  # a report is never overwritten either


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_terminal_with_few_letters_is_no_fault(encoding: str) -> None:
    done = kbp("--help", environment={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert done.returncode == ExitCode.DONE
    assert "Traceback" not in done.stderr


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    done = kbp("--root", os.fsdecode(b"\xff"), "check", cwd=tmp_path)
    assert done.returncode == ExitCode.USAGE
    assert done.stderr.startswith("kbp: folder ")


def test_what_nobody_reads_is_no_fault(faulty: Path) -> None:
    # The reader closes its end before anything is written.
    reader, writer = os.pipe()
    os.close(reader)

    def into_nothing() -> None:
        os.dup2(writer, 1)

    done = kbp("--root", faulty, "check", first=into_nothing)
    os.close(writer)
    assert "Traceback" not in done.stderr


def test_an_answer_that_finds_no_room_is_told(root: Path) -> None:
    def into_a_full_disk() -> None:
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)

    done = kbp("--root", root, "check", first=into_a_full_disk)
    assert (done.returncode, done.stderr) == (3, "kbp: ruang penyimpanan penuh\n")


def test_a_build_says_where_the_site_is(root: Path, call: Call) -> None:
    done = call("--root", root, "build", "--today", DAY)
    assert f"halaman di {root / 'site'}" in done.stdout
    assert "kbp serve" in done.stdout


def test_the_module_is_the_command(root: Path) -> None:
    by_module = run(BIN / "python", "-m", "kbp_site", "--root", root, "check", cwd=PROJECT)
    assert by_module.returncode == ExitCode.DONE
    assert by_module.stdout == kbp("--root", root, "check").stdout


def test_what_takes_long_to_import_is_imported_when_it_is_asked_for() -> None:
    code = "import sys, kbp_site.cli; print(*{'mammoth', 'openpyxl', 'bs4', 'mkdocs', 'jinja2'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
