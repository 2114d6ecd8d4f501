"""Personal numbers are found in whatever dress they come, look-alikes are left alone, and none is repeated."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbp_site.content.annotations import print_github, print_gitlab
from kbp_site.content.as_read import as_read, in_flow
from kbp_site.content.identity import is_nik
from kbp_site.content.load import Loaded
from kbp_site.content.personal import RULES, contact_key, cover, find, find_among, is_account, is_mobile, mask, may_hold
from kbp_site.content.problems import print_json, print_text

CASES = Path(__file__).parents[1] / "cases" / "privacy"
NIK = "3201014508900003"


def read_lines(name: str) -> list[str]:
    """Return the lines of a list of cases, with `\\uXXXX` made the character that it means."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    shown = [line for line in lines if line and not line.startswith("# ")]
    return [re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found.group(1), 16)), line) for line in shown]


PERSONAL = [tuple(line.split(" | ", 1)) for line in read_lines("personal.txt")]
LOOKALIKES = read_lines("lookalikes.txt")


def test_there_are_enough_cases_of_both_sorts() -> None:
    assert len(set(PERSONAL)) >= 60 and len(set(LOOKALIKES)) >= 60
    assert {code for code, _ in PERSONAL} == {rule.code for rule in RULES}


@pytest.mark.parametrize(("code", "line"), PERSONAL)
def test_personal_data_is_found_once_and_covered(code: str, line: str) -> None:
    found = find(line)
    assert [finding.rule.code for finding in found] == [code]
    [finding] = found
    assert as_read(line[finding.start : finding.end]) == finding.value
    covered = cover(line)
    assert len(covered) == len(line) and "•" in covered
    assert finding.value not in as_read(covered) and find(covered) == []
    assert may_hold(line)


@pytest.mark.parametrize("line", LOOKALIKES)
def test_what_only_looks_like_personal_data_is_left_alone(line: str) -> None:
    assert [(finding.rule.code, finding.value) for finding in find(line)] == []
    assert cover(line) == line


@given(
    st.lists(st.sampled_from([*(line for _, line in PERSONAL), *LOOKALIKES, "2", "0812-", "\n34567", "&#0;", "%00"]))
)
def test_many_texts_are_judged_as_each_by_itself(texts: list[str]) -> None:
    """No number goes on from one to the next, and none is passed over when they are looked at together."""
    alone = [(index, finding) for index, written in enumerate(texts) for finding in find(written)]
    assert list(find_among(texts)) == alone


BROKEN = st.sampled_from(
    [*"0123456789 .-/+()\n,", "08", "62", "\n  ", "   ", "telp ", "hp", "rek ", "@", "titik", "2026-08-17"]
)


@given(st.lists(BROKEN, max_size=40).map("".join))
def test_what_may_hold_nothing_holds_nothing_however_it_is_broken_into_lines(written: str) -> None:
    texts = [written, in_flow(written), *written.split("\n")]
    assert may_hold(" ".join(written.split())) or not any(map(find, texts))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (NIK, "3201…"),
        ("3201 0145 0890 0003", "3201…"),
        ("0812-3456-7890", "0812…"),
        ("(0513) 21234", "051…"),
        ("nol delapan satu dua", "n…"),
        ("budi@contoh.id", "b…@contoh.id"),
        ("01.312.166.0-091.000", "0131…"),
    ],
)
def test_a_mask_shows_the_beginning_only(value: str, shown: str) -> None:
    assert mask(value) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [("0812-3456-7890", "+62 812 3456 7890"), ("006281234567890", "081234567890"), ("A@Contoh.ID", " a@contoh.id")],
)
def test_two_spellings_of_a_contact_are_one(one: str, other: str) -> None:
    assert contact_key(one) == contact_key(other)


def test_an_office_may_list_its_telephone_but_nobody_an_identity_number() -> None:
    allowed = frozenset(map(contact_key, ("0812-3456-7890", "kantor@contoh.id", NIK, "1234567890")))
    line = f"0812-3456-7890 KANTOR@contoh.id {NIK} dan 0813-3456-7890, Rekening 1234567890"
    assert [f.rule.code for f in find(line) if not f.may_stand(allowed)] == ["K501", "K504", "K502"]


@pytest.mark.parametrize(
    ("digits", "counts"),
    [("0812345678", True), ("081234567", False), ("0812345678901", True), ("08123456789012", False)],
)
def test_a_mobile_number_has_ten_to_thirteen_digits(digits: str, counts: bool) -> None:
    assert is_mobile(digits) is counts


@pytest.mark.parametrize(
    ("digits", "counts"),
    [("12345678", False), ("123456789", True), ("1" * 16, True), ("1" * 17, False), ("1.234.567.890", False)],
)
def test_an_account_has_nine_to_sixteen_digits(digits: str, counts: bool) -> None:
    assert is_account(digits) is counts


BIRTHDAYS = st.dates(date(1930, 1, 1), date(2020, 12, 31))
REGIONS = st.sampled_from(["1101", "3275", "6203", "6271", "7401", "8201", "9603"])


@given(
    REGIONS,
    st.integers(1, 70),
    BIRTHDAYS,
    st.sampled_from([0, 40]),
    st.integers(1, 9999),
    st.sampled_from(["", " ", ".", "-"]),
)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_every_number_that_is_built_like_a_nik_is_found(
    region: str, district: int, day: date, female: int, serial: int, mark: str
) -> None:
    digits = f"{region}{district:02d}{day.day + female:02d}{day.month:02d}{day.year % 100:02d}{serial:04d}"
    assert is_nik(digits)
    written = mark.join((digits[:6], digits[6:12], digits[12:]))
    assert [(finding.rule.code, finding.value) for finding in find(f"Warga {written} hadir")] == [("K501", written)]


@given(st.text("0123456789 .-+()@abz,/:Rp", max_size=80))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_a_covered_line_repeats_nothing_that_was_found(line: str) -> None:
    covered = cover(line)
    assert len(covered) == len(line)
    for finding in find(line):
        assert covered[finding.start : finding.end] != line[finding.start : finding.end]


FIELDS = {
    "title": f"Warga {NIK}",
    "kind": NIK,
    "date": NIK,
    "publish_on": NIK,
    "places": f"[{NIK}]",
    "participants": f"{{total: {NIK}}}",
    "aliases": f"['{NIK}!']",
    f"x{NIK}": "y",
    "organizations": f"[kbp-contoh, 'a <{NIK}>']",
    "problem": f"'[x](javascript:{NIK})'",
    "photos": f"[{{file: '{NIK}.jpg', alt: x, people: none}}]",
}


@pytest.mark.parametrize("name", FIELDS)
def test_no_message_of_any_rule_repeats_the_number(name: str, load_site: Callable[..., Loaded]) -> None:
    base = {"title": "X", "summary": "x", "status": "published", "kind": "other", "date": "2006", "process": "x"}
    lines = [f"{key}: {value}" for key, value in {**base, name: FIELDS[name]}.items()]
    problems = load_site({"content/activities/a.yml": "\n".join(lines) + "\n"}).problems
    assert "K501" in {problem.code for problem in problems}
    for say in (print_text, print_json, print_github, print_gitlab):
        assert NIK not in say(problems, "id")


def test_a_line_full_of_numbers_is_read_in_time(load_site: Callable[..., Loaded]) -> None:
    line = f"{NIK} budi@contoh.id 0812-3456-7890 " * 3_000
    began = time.process_time()
    problems = load_site({"content/terms/t.yml": f"title: X\nstatus: published\ndefinition: x\n# {line}\n"}).problems
    assert len(problems) == 9_000
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1.-",
        "1\n",
        "1 1  ",
        "0*",
        "0|",
        "\n0",
        "12 ",
        "0 8 ",
        "08:00-",
        "08 ",
        "0812-",
        f"{NIK} ",
        "a@",
        "a@b.",
        "a at b dot ",
        "(at)",
        "bank 1",
        "nol ",
        "&#49;",
        "١ ",
    ],
)
def test_256_kb_of_what_nearly_is_personal_data_is_read_in_time(piece: str) -> None:
    written = piece * (256 * 1024 // len(piece.encode()))
    began = time.process_time()
    find(written)
    assert time.process_time() - began < 2


def test_a_spelling_with_unseen_or_wide_characters_is_read_as_it_sounds() -> None:
    assert as_read("３２\u200b０１ ﬁ") == "3201 fi"
    assert as_read("é") == "é"
