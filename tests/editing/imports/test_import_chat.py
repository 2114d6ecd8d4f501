"""Chats of many telephones come in without names and numbers, and every message of them is accounted for."""

from __future__ import annotations

import re
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from copies import copy_site
from hypothesis import given, settings
from hypothesis import strategies as st
from running import DAY
from trees import read_tree

from kbp_site.content.load import load
from kbp_site.content.problems import KbpError
from kbp_site.editing.imports.chat import Choice, import_chat, renaming
from kbp_site.editing.imports.report import Fate, Report
from kbp_site.editing.imports.session import Wish
from kbp_site.editing.imports.whatsapp import day_order, read_chat

NAMES = st.sampled_from(["Budi", "Budi Santoso", "Ani", "+62 812", "(x)", "a", " ", "-", "^]"])
AUGUST = date(2006, 8, 17)
DRAFT = "content/activities/percakapan-2006-08-17.yml"
ANDROID = """\
17/08/06 10.22 - Pesan dan panggilan terenkripsi secara end-to-end.
17/08/06 10.23 - Budi Santoso: Assalamualaikum, Bu Ani
baris kedua: hubungi 0812-3456-7890
17/08/06 10.24 - +62 812-3456-7890: <Media tidak disertakan>
17/08/06 10.25 - Ani: - siap Budi Santoso *ya* @6281234567890
17/08/06 10.26 - Ani: IMG-20060817-WA0001.jpg (file terlampir)
ini fotonya
17/08/06 10.27 - Ani: Pesan ini dihapus
18/08/06 08.00 - Budi Santoso: Sampai jumpa
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the root of the smallest site."""
    return copy_site("minimal", tmp_path / "akar")


@pytest.fixture
def android(tmp_path: Path) -> Path:
    """Give an export of an Android telephone."""
    path = tmp_path / "Chat WhatsApp dengan KBP.txt"
    path.write_text(ANDROID, encoding="utf-8")
    return path


def counted(report: Report, fate: Fate) -> int:
    """Return how much has a fate."""
    return sum(item.count for item in report.items if item.fate is fate)


@pytest.mark.parametrize(
    ("line", "sender", "words"),
    [
        ("17/08/06 10.22 - Budi: halo", "Budi", "halo"),
        ("17/08/2006, 10:22 - Budi: halo: ya", "Budi", "halo: ya"),
        ("17/08/2006 pukul 10.22 - Budi: halo", "Budi", "halo"),
        ("8/17/06, 10:22 AM - Budi: halo", "Budi", "halo"),
        ("8/17/06, 10:22\u202fAM - Budi: halo", "Budi", "halo"),
        ("17.08.06, 10:22 - Budi: halo", "Budi", "halo"),
        ("2006-08-17, 10:22 - Budi: halo", "Budi", "halo"),
        ("[17/08/06 10.22.33] Budi: halo", "Budi", "halo"),
        ("\u200e[17/08/2006, 10:22:33\u202fAM] Budi: \u200ehalo", "Budi", "halo"),
        ("\ufeff[17/08/06, 10.22.33] \u202a+62 812-3456-7890\u202c: halo", "+62 812-3456-7890", "halo"),
        ("17/08/06 10.22 p.m. - Budi: halo", "Budi", "halo"),
        ("17/08/06 10.22 - Budi menambahkan Ani", "", "Budi menambahkan Ani"),
    ],
)
def test_a_message_is_read_in_the_spelling_of_many_telephones(line: str, sender: str, words: str) -> None:
    (message,) = read_chat(line).messages
    assert (message.day, message.sender, message.words) == (AUGUST, sender, words)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Messages and calls are end-to-end encrypted. Only people in this chat can read them.", "system"),
        ("Messages you send to this group are now secured with end-to-end encryption. Tap for more info.", "system"),
        ("Pesan dan panggilan terenkripsi secara end-to-end. Hanya orang di obrolan ini yang dapat membaca.", "system"),
        ("Pesan dan telepon dienkripsi secara end-to-end. Tidak seorang pun di luar chat ini dapat membaca.", "system"),
        ("Pesan yang Anda kirim ke grup ini diamankan dengan enkripsi end-to-end.", "system"),
        ("Kata orang, messages and calls are end-to-end encrypted.", "words"),
        ("Pesan dan panggilan saya tidak dijawab", "words"),
    ],
)
def test_the_notice_of_encryption_is_nobody_s_message(words: str, kind: str) -> None:
    (message,) = read_chat(f"[17/08/06 10.22.33] Rembug Warga: {words}").messages
    assert message.kind == kind


def test_a_day_above_twelve_decides_for_the_whole_file() -> None:
    assert day_order([(8, 5, 1), (17, 8, 2)]) == ("dmy", True)
    assert day_order([(8, 5, 1), (8, 17, 1)]) == ("mdy", True)
    assert day_order([(8, 5, 1)]) == ("dmy", False)
    assert day_order([(2006, 8, 4)]) == ("ymd", True)


def test_without_days_only_what_there_is_to_choose_from_is_told(root: Path, android: Path) -> None:
    before = read_tree(root)
    said = import_chat(Wish(root), android, "activities", Choice()).say("id")
    assert read_tree(root) == before
    assert (
        "17 Agustus 2006" in said
        and "6 pesan, 3 di antaranya tulisan" in said
        and "--from 2006-08-17 --to 2006-08-17." in said
    )


def test_chosen_days_become_a_draft_without_names_and_numbers(root: Path, android: Path) -> None:
    report = import_chat(Wish(root), android, "activities", Choice(AUGUST, AUGUST))
    assert report.made == [DRAFT]
    written = (root / DRAFT).read_text("utf-8")
    assert "  ### 17 Agustus 2006\n\n  - **Peserta 1:** Assalamualaikum, Bu Peserta 2\n      baris kedua" in written
    assert "  - **Peserta 2:** \\- siap Peserta 1 \\*ya\\* @…\n" in written
    assert "(berkas)" in written and "ini fotonya" in written
    assert not [words for words in ("Budi", "Santoso", "0812", "62812", "IMG") if words in written]
    assert [p.code for p in load(root, today=date.fromisoformat(DAY)).problems] == []
    assert {item.what.say("id"): item.count for item in report.items} == {
        "pesan di luar hari yang dipilih": 1,
        "pesan berupa berkas": 1,
        "pesan yang dihapus penulisnya": 1,
        "pemberitahuan WhatsApp": 1,
        "pesan tertulis": 3,
    }


@pytest.mark.parametrize(
    ("choice", "is_undo", "words"),
    [
        (Choice(), True, "sebutkan juga harinya"),
        (Choice(AUGUST + timedelta(1), AUGUST), False, "--from 2006-08-18 sesudah --to 2006-08-17"),
        (Choice(date(2026, 8, 17)), False, "percakapan ini dari 17 Agustus 2006 sampai 18 Agustus 2006"),
    ],
)
def test_days_that_mean_nothing_are_told(root: Path, android: Path, choice: Choice, is_undo: bool, words: str) -> None:
    with pytest.raises(KbpError, match=words):
        import_chat(Wish(root, is_undo=is_undo), android, "activities", choice)


def test_names_stay_when_they_are_asked_for_but_numbers_never(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("17/08/06 10.23 - Budi: ya\n17/08/06 10.24 - +62 812-3456-7890: saya\n", encoding="utf-8")
    import_chat(Wish(root), file, "activities", Choice(AUGUST, keeps_names=True))
    written = (root / DRAFT).read_text("utf-8")
    assert "**Budi:** ya" in written and "**Peserta 2:** saya" in written


def test_the_zip_of_an_iphone_is_read(root: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../../luar.txt", "RAHASIA")
        archive.writestr(
            "_chat.txt",
            "[17/08/06 10.22.33] KBP: \u200ePesan dan panggilan terenkripsi secara end-to-end.\r\n"
            "[17/08/06 10.23.33] Budi: Halo\r\n\u200e[17/08/06 10.24.33] Budi: \u200e<terlampir: 0001-PHOTO.jpg>\r\n",
        )
    report = import_chat(Wish(root), tmp_path / "a.zip", "activities", Choice(AUGUST))
    assert {item.what.say("id"): item.count for item in report.items} == {
        "pemberitahuan WhatsApp": 1,
        "pesan berupa berkas": 1,
        "pesan tertulis": 1,
    }


def test_a_chat_comes_in_once_and_can_be_taken_back(root: Path, android: Path) -> None:
    before = read_tree(root)
    choice = Choice(AUGUST, AUGUST)
    import_chat(Wish(root, is_trial=True), android, "activities", choice)
    assert read_tree(root) == before
    import_chat(Wish(root), android, "activities", choice)
    once = read_tree(root)
    assert counted(import_chat(Wish(root), android, "activities", choice), Fate.PRESENT) == 1
    assert read_tree(root) == once
    import_chat(Wish(root, is_undo=True), android, "activities", choice)
    assert read_tree(root) == before


@pytest.mark.parametrize("data", [b"", b"halo\n", b"\xff\xfe", b"PK"])
def test_what_is_no_chat_is_told(root: Path, tmp_path: Path, data: bytes) -> None:
    for name in ("a.txt", "a.zip"):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(KbpError):
            import_chat(Wish(root), tmp_path / name, "activities", Choice(AUGUST))


def test_more_than_a_draft_can_hold_is_told(root: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("17/08/06 10.23 - Budi: " + "panjang " * 9000, encoding="utf-8")
    with pytest.raises(KbpError, match="KB"):
        import_chat(Wish(root), tmp_path / "a.txt", "activities", Choice(AUGUST))


WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


def test_thousands_of_names_are_left_out_in_time(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "ramai.txt"
    path.write_text("".join(f"17/08/06 10.00 - {n:x} Warga: {7 * n % 1_500:x} Warga?\n" for n in range(1_500)))
    began = time.process_time()
    import_chat(Wish(root), path, "activities", Choice(AUGUST, AUGUST))
    assert time.process_time() - began < 3
    draft = (root / DRAFT).read_text(encoding="utf-8")
    assert "a Warga" not in draft and "**Peserta 1500:** Peserta 1494?" in draft


@given(st.lists(NAMES, max_size=6), st.lists(NAMES).map("".join))
def test_names_are_left_out_wherever_they_stand_whole(names: list[str], words: str) -> None:
    called = {name: f"<{number}>" for number, name in enumerate(names)}
    pattern = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(called, key=len, reverse=True))
    expected = re.sub(pattern, lambda found: called[found.group()], words) if called else words
    assert renaming(called)(words) == expected


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["Budi", "Ani K.", "+62 812"]), WORDS), max_size=8),
    st.sampled_from(
        ["{0:%d/%m/%y} 10.22 - {1}: {2}", "[{0:%d/%m/%Y}, 10:22:01] {1}: {2}", "{0:%Y-%m-%d}, 9:22 - {1}: {2}"]
    ),
)
def test_every_message_of_any_chat_is_found(said: list[tuple[int, str, str]], form: str) -> None:
    days = [AUGUST + timedelta(days=number) for number, _, _ in said]
    lines = [form.format(day, name, words) for day, (_, name, words) in zip(days, said, strict=True)]
    chat = read_chat("\n".join(lines))
    assert [message.day for message in chat.messages] == days
    assert [message.sender for message in chat.messages] == [name for _, name, _ in said]


@settings(deadline=None)
@given(st.text())
def test_whatever_text_comes_every_line_is_kept(written: str) -> None:
    chat = read_chat(written)
    assert all(message.line >= 1 for message in chat.messages)
    assert bool(chat.messages or chat.before) is bool("".join(c for c in written if c.isalnum()) or chat.before)
