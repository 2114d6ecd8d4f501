"""What is mended, what is left alone, and that no file is ever lost."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kbp_site.content.load import judge_file, load
from kbp_site.content.problems import KbpError
from kbp_site.editing import mend as module
from kbp_site.editing.mend import STOPS, Mended, mend, mend_alone, show_changes, write_mended

TODAY = date(2026, 11, 23)
CASES = Path(__file__).parents[1] / "cases"
BASE: dict[str, str] = yaml.safe_load((CASES / "base.yml").read_text(encoding="utf-8"))["files"]
STORY = "content/activities/diskusi.yml"
Write = Callable[..., Path]

MANY = (
    b"\xef\xbb\xbf# Catatan ini masih ditinjau\r\n"
    b"title: Rembug: saluran air   # judul sementara\r\n"
    b'sumary: "Warga dan "kelurahan" membahas daftar."\r\n'
    b"status: Draf\r\nkind: Diskusi tematik\r\ndate: 17 Agustus 2006\r\n"
    b"places: kota-contho\r\norganizations: [KBP Contoh]\r\ntopics:\r\n  \xe2\x80\x93 data-warga\r\n"
    b"roles: [mediator]\r\nprocess: |\r\n  Warga: \xe2\x80\x93 semua \xe2\x80\x93 membaca.\r\n\r\n  * catat: dulu\r\n"
    b"participants:\r\n\ttotal: 1.200\r\n\twomen:700\r\noutcome:partly"
)
MENDED = (
    b"# Catatan ini masih ditinjau\r\n"
    b'title: "Rembug: saluran air"   # judul sementara\r\n'
    b"summary: 'Warga dan \"kelurahan\" membahas daftar.'\r\n"
    b"status: draft\r\nkind: thematic_discussion\r\ndate: 2006-08-17\r\n"
    b"places:\r\n  - kota-contoh\r\norganizations: [kbp-contoh]\r\ntopics:\r\n  - data-warga\r\n"
    b"roles: [mediator]\r\nprocess: |\r\n  Warga: \xe2\x80\x93 semua \xe2\x80\x93 membaca.\r\n\r\n  * catat: dulu\r\n"
    b"participants:\r\n  total: 1200\r\n  women: 700\r\noutcome: partly"
)


@pytest.fixture
def site(tmp_path: Path) -> Write:
    """Return a function that writes the small site of the cases with other files over it."""

    def write(**files: Any) -> Path:
        for path, body in {**BASE, **files}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(body if isinstance(body, bytes) else body.encode())
        return tmp_path

    return write


def test_many_slips_of_one_file_are_mended_in_one_run_and_all_else_stays(site: Write) -> None:
    mended = mend(site(**{STORY: MANY}), today=TODAY)
    assert mended.after == {STORY: MENDED}
    assert mended.loaded.problems == ()


def test_mending_reads_only_and_writing_keeps_the_file_as_it_was(site: Write) -> None:
    root = site(**{STORY: MANY})
    (root / STORY).chmod(0o640)
    mended = mend(root, today=TODAY)
    assert (root / STORY).read_bytes() == MANY and not (root / ".cache").exists()
    kept = write_mended(root, mended)
    assert (root / STORY).read_bytes() == MENDED and (kept / STORY).read_bytes() == MANY
    assert stat.S_IMODE((root / STORY).stat().st_mode) == 0o640
    assert sorted(os.listdir(root / "content" / "activities")) == ["diskusi.yml"]
    assert load(root, today=TODAY).problems == () and mend(root, today=TODAY).after == {}


def test_every_run_keeps_its_own_copies(site: Write) -> None:
    root = site(**{STORY: MANY})
    first = write_mended(root, mend(root, today=TODAY))
    (root / STORY).write_bytes(MANY.replace(b"17 Agustus", b"18 Agustus"))
    second = write_mended(root, mend(root, today=TODAY))
    assert first != second and (first / STORY).read_bytes() == MANY


def test_a_file_that_changed_in_the_meantime_is_not_overwritten(site: Write) -> None:
    root = site(**{STORY: MANY, "content/topics/data-warga.yml": "title: Data warga\nstatus: Draf\n"})
    mended = mend(root, today=TODAY)
    (root / STORY).write_bytes(b"title: Baru\n")
    with pytest.raises(KbpError, match="berubah sementara diperiksa"):
        write_mended(root, mended)
    assert (root / STORY).read_bytes() == b"title: Baru\n"
    assert (root / "content/topics/data-warga.yml").read_text() == "title: Data warga\nstatus: Draf\n"


def test_a_full_disk_leaves_the_file_as_it_was(site: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = site(**{STORY: MANY})
    mended = mend(root, today=TODAY)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_mended(root, mended)
    assert (root / STORY).read_bytes() == MANY
    assert sorted(os.listdir(root / "content" / "activities")) == ["diskusi.yml"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("a field that is there already", "status: published", "status: published\nTitle: x"),
        ("a choice like no other", "kind: thematic_discussion", "kind: rapat"),
        ("a date that may be two", "date: 2006-08-17", "date: 03/04/2006"),
        ("a range that would run backwards", "date: 2006-08-17", "date: 20 Agustus 2006 s/d 17 Agustus 2006"),
        ("an id between two", "roles: [mediator]", "roles: [penengah-c]"),
        ("an id with another year", "places: [kota-contoh]", "places: [desa-2007]"),
        ("an id with another letter at its end", "roles: [mediator]", "roles: [penengah-d]"),
        ("what would publish", "status: published", "status: Published"),
        ("a file with another name", "roles: [mediator]", "documents: [{file: lapor.csv, title: A}]"),
        ("an id of what is not public", "roles: [mediator]", "roles: [rahasi]"),
        ("a text that begins a flow", "title: Diskusi data warga", "title: [Diskusi] data warga"),
    ],
)
def test_what_is_not_sure_or_not_better_is_left_alone(site: Write, name: str, old: str, new: str) -> None:
    more = {
        "content/roles/penengah-a.yml": BASE["content/roles/mediator.yml"],
        "content/roles/penengah-b.yml": BASE["content/roles/mediator.yml"],
        "content/places/desa-2006.yml": BASE["content/places/kota-contoh.yml"],
        "content/media/laporan.csv": "a,b",
        "content/roles/rahasia.yml": BASE["content/roles/mediator.yml"].replace("published", "draft"),
    }
    root = site(**{STORY: BASE[STORY].replace(old, new), **more})
    assert not load(root, today=TODAY).library or any(p.is_error for p in load(root, today=TODAY).problems)
    assert mend(root, today=TODAY).after == {}, name


def test_a_list_that_is_mended_names_nothing_twice(site: Write) -> None:
    twice = BASE[STORY].replace("[kota-contoh]", "[Kota Contoh, kota contoh]")
    mended = mend(site(**{STORY: twice}), today=TODAY)
    assert mended.after[STORY].decode() == BASE[STORY].replace("[kota-contoh]", "[kota-contoh, kota contoh]")
    (left,) = mended.loaded.problems
    assert left.hint and left.hint.say("id") == '"kota-contoh" sudah ada di daftar ini; hapus yang ini'


def test_what_makes_nothing_better_does_not_hold_up_what_does(site: Write) -> None:
    body = BASE[STORY].replace("status: published", "status: Draf\nTitle: x").replace("2006-08-17", "17/08/2006")
    mended = mend(site(**{STORY: body}), today=TODAY)
    assert mended.after == {STORY: body.replace("Draf", "draft").replace("17/08/2006", "2006-08-17").encode()}
    assert [problem.code for problem in mended.loaded.problems] == ["K201"]


WORDS = "title date kind topics participants total Title judul Terbit status 1.000 x # | \\ = [ ] * –"
PIECES = st.sampled_from(
    [
        *WORDS.split(),
        *[": ", " :", "   ", "\t", "\n", "\n  ", "- ", '"', "'", "“", "”", "17 Agustus 2006", " # y"],
        "---",
    ]
) | (st.sampled_from(["\u00a0", "\u200b", "\r\n", "\ufeff", "e\u0301", " ", ":"]))


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=30))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_mending_any_file_ends_and_mending_it_twice_changes_nothing_more(body: str) -> None:
    data = body.encode("utf-8", "surrogatepass")
    mended = mend_alone(Path(), STORY, data)
    assert mend_alone(Path(), STORY, mended) == mended
    before, after = (judge_file(Path(), STORY, one) for one in (data, mended))
    assert mended == data or len(after) < len(before) or {p.code for p in before} & STOPS


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbftitle: caf\xe9\n",
        b"PK\x03\x04\x14\x00\x06\x00word/document.xml",
        b"PK\x03\x04\x14\x01title:A",
        b"\xef\xbb\xbft\x00i\x00t\x00l\x00e\x00:\x00A\x00\xe2\x80\x8b",
        "title:A\n".encode("utf-16"),
    ],
)
def test_what_is_no_text_is_left_alone(data: bytes) -> None:
    assert mend_alone(Path(), STORY, data) == data


def test_a_link_is_never_followed(site: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "x.yml"
    other.write_bytes(MANY)
    root = site()
    (root / STORY).unlink()
    (root / STORY).symlink_to(other)
    assert mend(root, today=TODAY).after == {} and other.read_bytes() == MANY


def test_changes_are_shown_with_their_lines_and_personal_data_covered() -> None:
    nik = "3201014508900003"
    long = "kata " * 100
    before = f"title: A\n\nsummary: “{nik}: b”\ndate: x\nnote: {long}1.000 {long}\n"
    after = f'title: A\n\nsummary: "{nik}: b"\ndate:\n  - x\nnote: {long}1000 {long}\n'
    shown = list(show_changes(Mended({"content/a.yml": before.encode()}, {"content/a.yml": after.encode()}, loaded())))
    assert shown[0] == "content/a.yml"
    assert shown[1:3] == ["    3 - summary: “3201••••••••••••: b”", "    4 - date: x"]
    assert '    3 + summary: "3201••••••••••••: b"' in shown and "    5 +   - x" in shown
    assert nik not in "".join(shown) and all(len(line) < 130 for line in shown)


def loaded() -> Any:
    """Return something in a library's place, where none is looked at."""
    return None


@pytest.mark.parametrize("more", ["", "status: draft\n"], ids=["as many lines", "one line more"])
def test_changes_of_a_long_file_of_lines_that_are_alike_are_shown_in_time(more: str) -> None:
    before = "sources:\n" + "".join(f"- title: x\n  published: 1 Mei 200{n % 9}\n" for n in range(2_000))
    after = more + before.replace("1 Mei 2005", "2005-05-01")
    began = time.process_time()
    shown = list(show_changes(Mended({STORY: before.encode()}, {STORY: after.encode()}, loaded())))
    assert time.process_time() - began < 2
    assert any("+   published: 2005-05-01" in line for line in shown)
