"""New sites and new records: each is sound from its first moment, and nothing is ever overwritten."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import IO

import pytest
import yaml
from copies import copy_site
from running import DAY, kbp
from trees import read_tree

from kbp_site.content.load import judge_id, load
from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.content.records import KINDS
from kbp_site.content.records.activities import Activity
from kbp_site.content.records.base import Kind
from kbp_site.content.records.values import EXAMPLE_MARK, ID_LIMIT
from kbp_site.editing.scaffold import STARTER, create_record, create_site, id_of, kind_by_name
from kbp_site.editing.schema import editor_settings, export_schemas

TODAY = date.fromisoformat(DAY)
KIND_IDS = [kind.FOLDER for kind in KINDS]


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """Give the root of the full site, which has a record of every kind."""
    return copy_site("full", tmp_path / "akar")


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """Give the root of a new community's site."""
    create_site(tmp_path / "situs")
    return tmp_path / "situs"


def problems_of(root: Path) -> list[tuple[str, str, str]]:
    """Return what is wrong with a site's content."""
    return [(problem.path, problem.code, problem.message.say("id")) for problem in load(root, today=TODAY).problems]


def errors_of(root: Path) -> list[tuple[str, str]]:
    """Return the errors in a site's content, without the warnings."""
    return [(problem.path, problem.code) for problem in load(root, today=TODAY).problems if problem.is_error]


def new_path(root: Path, before: Sequence[str]) -> Path:
    """Return the one file that was not there before."""
    (name,) = set(read_tree(root)) - set(before)
    return root / name


@pytest.mark.parametrize(
    "title", ["Rembug warga", "Harga: 10 % & \"kutip\" # tanda 'lain' \\ {x} [y]", "Pasar 😀 日本", ""]
)
@pytest.mark.parametrize("kind", KINDS, ids=KIND_IDS)
def test_a_draft_of_every_kind_is_sound(full: Path, kind: type[Kind], title: str) -> None:
    before = list(read_tree(full))
    create_record(full, kind, title)
    path = new_path(full, before)
    assert path.parent == full / "content" / kind.FOLDER
    # A consent is never a draft: what nobody has filled in is told, and nothing is made up.
    assert {code for _, code in errors_of(full)} == (set() if "status" in kind.model_fields else {"K202"})
    values = yaml.safe_load(path.read_text("utf-8"))
    if "title" in kind.model_fields:
        assert values["title"] == (title or "Judul catatan")
        assert values["status"] == "draft"


@pytest.mark.parametrize("kind", KINDS, ids=KIND_IDS)
def test_a_draft_names_every_field(full: Path, kind: type[Kind]) -> None:
    before = list(read_tree(full))
    create_record(full, kind, "Catatan")
    words = new_path(full, before).read_text("utf-8")
    for name, info in kind.model_fields.items():
        assert f"{name}:" in words
        assert (info.title or "?") in words and (info.description or "?") in words


def test_a_draft_is_not_public(full: Path) -> None:
    create_record(full, kind_by_name("activities"), "Judul yang belum boleh terbit")
    assert kbp("--root", full, "build", "--today", DAY).returncode == 0
    assert not [name for name, data in read_tree(full / "site").items() if b"Judul yang belum boleh" in data]


def test_every_kind_can_begin_in_a_new_site(starter: Path) -> None:
    for kind in KINDS:
        create_record(starter, kind, f"Catatan {kind.FOLDER}")
    # What a new site has no record of yet cannot be referred to: that alone may be told.
    assert {code for _, code in errors_of(starter)} <= {"K202", "K301", "K302"}
    assert kbp("--root", starter, "check").returncode in {ExitCode.DONE, ExitCode.CONTENT}


def test_nothing_is_ever_overwritten(full: Path) -> None:
    before = read_tree(full)
    kind = kind_by_name("activities")
    for _ in range(3):
        create_record(full, kind, "Mediasi parit")
    after = read_tree(full)
    assert {name: after[name] for name in before} == before
    assert sorted(set(after) - set(before)) == [
        f"content/activities/mediasi-parit-{number}.yml" for number in (2, 3, 4)
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Rembug warga di balai desa", "rembug-warga-di-balai-desa"),
        ("  Café à la Ñandú: 50 %! ", "cafe-a-la-nandu-50"),
        ("Pasar 😀 warga", "pasar-warga"),
        ("😀", "catatan-baru"),
        ("日本語", "catatan-baru"),
        ("", "catatan-baru"),
        ("---", "catatan-baru"),
        ("../../etc/passwd", "etc-passwd"),
        ("a/b\\c.yml", "a-b-c-yml"),
        ("Index", "index-kbp"),
        ("NUL", "nul-kbp"),
        ("com1", "com1-kbp"),
        ("404", "404-kbp"),
        ("ﬁlm ①", "film-1"),
        ("a\nb\x00c", "a-b-c"),
        ("x" * 300, "x" * (ID_LIMIT - 4)),
        ("kata " * 60, ("kata-" * 60)[: ID_LIMIT - 4].strip("-")),
    ],
)
def test_an_id_from_a_title(title: str, name: str) -> None:
    assert id_of(title) == name
    assert judge_id(name) is None


def test_an_id_leaves_room_for_a_number(full: Path) -> None:
    kind = kind_by_name("topics")
    for _ in range(3):
        create_record(full, kind, "x" * 150)
    assert errors_of(full) == []


def test_a_title_that_is_no_text_is_taken_as_far_as_it_goes(full: Path) -> None:
    create_record(full, kind_by_name("topics"), "a\udcff")
    assert "a?" in (full / "content" / "topics" / "a.yml").read_text("utf-8")


def test_a_draft_tells_what_may_be_chosen(full: Path) -> None:
    before = list(read_tree(full))
    create_record(full, kind_by_name("persetujuan"), "")
    words = new_path(full, before).read_text("utf-8")
    assert "Pilihan: written (Tertulis), recorded (Direkam).\nform:  # misalnya written\n" in words
    assert "Pilihan: web (Situs), kiosk (Kios), print (Cetakan).\nscope:" in words


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if "status" in kind.model_fields], ids=lambda kind: kind.FOLDER
)
def test_what_a_draft_gives_as_an_example_is_asked_for_when_it_is_published(full: Path, kind: type[Kind]) -> None:
    before = list(read_tree(full))
    create_record(full, kind, "Catatan")
    path = new_path(full, before)
    words = path.read_text("utf-8")
    assert "K202" not in {code for _, code in errors_of(full)}
    path.write_text(words.replace("status: draft", "status: published"), "utf-8")
    chosen = [line.partition(":")[0] for line in words.splitlines() if line.endswith(EXAMPLE_MARK)]
    told = [message for at, code, message in problems_of(full) if at.endswith(path.name) and code == "K202"]
    assert [name for name in chosen if f'kolom "{name}" masih berisi contoh' not in told] == []
    assert chosen == [] or kind.FOLDER in {
        "activities",
        "study_visits",
        "lessons",
        "allocations",
        "organizations",
        "places",
    }


def test_a_title_without_quotation_marks_is_told_how_to_be_typed(full: Path) -> None:
    before = read_tree(full)
    done = kbp("--root", full, "new", "kegiatan", "Rapat", "warga", "di", "balai")
    assert done.returncode == ExitCode.USAGE and read_tree(full) == before
    said = shlex.split(done.stderr.strip().partition("tanda kutip: ")[2])
    assert said == ["kbp", "new", "kegiatan", "Rapat warga di balai"]


@pytest.mark.parametrize("title", ["Bantuan 3201014508900003", "Telepon 0812-3456-7890", "32.01.01.45-08.90.0003"])
def test_a_title_with_somebodys_number_makes_no_file(full: Path, title: str) -> None:
    before = read_tree(full)
    with pytest.raises(KbpError, match="ditemukan") as caught:
        create_record(full, kind_by_name("topics"), title)
    assert "3201014508900003" not in caught.value.message.say("id") and read_tree(full) == before


def test_a_consent_is_not_to_be_named_after_a_person(full: Path) -> None:
    assert "nama orang" in create_record(full, kind_by_name("persetujuan"), "Siti Aminah")[-1].say("id")


def test_a_name_that_is_none_does_not_break_a_draft(full: Path) -> None:
    (full / "content" / "organizations" / "!a: [b.yml").write_text("title: X\n", "utf-8")
    before = list(read_tree(full))
    create_record(full, kind_by_name("studi-banding"), "Kunjungan")
    assert isinstance(yaml.safe_load(new_path(full, before).read_text("utf-8")), dict)
    assert "[b" not in new_path(full, before).read_text("utf-8")


def test_a_draft_that_finds_no_room_leaves_nothing(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(path: Path, mode: str) -> IO[bytes]:
        path.touch(exist_ok=False)
        return open("/dev/full", "wb", buffering=0)

    before = read_tree(full)
    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(OSError):
        create_record(full, Activity, "Rapat warga")
    monkeypatch.undo()
    assert read_tree(full) == before


def test_a_folder_of_a_kind_is_made(starter: Path) -> None:
    assert not (starter / "content" / "topics").exists()
    create_record(starter, kind_by_name("topics"), "Air bersih")
    assert (starter / "content" / "topics" / "air-bersih.yml").is_file()


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("activities", "activities"),
        ("kegiatan", "activities"),
        ("dana", "allocations"),
        ("persetujuan", "consents"),
        ("hari peringatan", "observances"),
        ("Studi Banding", "study_visits"),
    ],
)
def test_a_kind_has_two_names(name: str, folder: str) -> None:
    assert folder == kind_by_name(name).FOLDER


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("activites", "activities"),
        ("kegitan", 'maksudnya "kegiatan"'),
        ("persetujan", 'maksudnya "persetujuan"'),
        ("mediasi", "pakai kbp new kegiatan, lalu pilih kind: mediation"),
        ("data_advocacy", "kind: data_advocacy"),
        ("zzz", "study_visits"),
        ("", "Kegiatan"),
    ],
)
def test_a_kind_that_is_not_known(name: str, near: str) -> None:
    with pytest.raises(KbpError, match=near) as caught:
        kind_by_name(name)
    assert caught.value.exit_code == ExitCode.USAGE


def test_a_record_needs_a_site(tmp_path: Path) -> None:
    with pytest.raises(KbpError, match="kbp init"):
        create_record(tmp_path, kind_by_name("topics"), "Air")
    assert list(tmp_path.iterdir()) == []


def test_a_new_site_is_sound_and_can_be_built(tmp_path: Path) -> None:
    root = tmp_path / "situs baru"
    assert kbp("init", root).returncode == 0
    checked = kbp("--root", root, "check", "--strict")
    assert checked.returncode == 0, checked.stdout
    built = kbp("--root", root, "build")
    assert built.returncode == 0, built.stderr
    assert (root / "site" / "index.html").is_file()


def test_a_new_site_is_the_starter(starter: Path) -> None:
    made = {".vscode/settings.json": editor_settings()} | {
        f"schemas/{name}": schema for name, schema in export_schemas().items()
    }
    assert read_tree(starter) == read_tree(STARTER) | made
    assert problems_of(starter) == []


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    create_site(tmp_path)
    assert (tmp_path / "content" / "site.yml").is_file()


@pytest.mark.parametrize("name", ["catatan.txt", ".git"])
def test_a_folder_with_something_in_it_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("milik orang", encoding="utf-8")
    with pytest.raises(KbpError, match="sudah ada isinya") as caught:
        create_site(tmp_path)
    assert caught.value.exit_code == ExitCode.USAGE
    assert read_tree(tmp_path) == {name: b"milik orang"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "situs").write_text("milik orang", encoding="utf-8")
    with pytest.raises(KbpError):
        create_site(tmp_path / "situs")


def test_what_comes_next_can_be_typed(tmp_path: Path) -> None:
    """The last thing `kbp init` says is a command; it must do what it says."""
    said = shlex.split(kbp("init", "situs kami", cwd=tmp_path).stdout.splitlines()[-1])
    assert said[0] == "kbp"
    assert kbp(*said[1:], cwd=tmp_path).returncode == 0


def test_a_copy_of_the_program_that_is_read_only_gives_a_site_that_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "program"
    shutil.copytree(STARTER, locked)
    for path in (locked, *locked.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    monkeypatch.setattr("kbp_site.editing.scaffold.STARTER", locked)
    create_site(tmp_path / "situs")
    for path in (tmp_path / "situs", *(tmp_path / "situs").rglob("*")):
        assert path.stat().st_mode & 0o200, path
