"""Odd forms of numbers are judged by what their groups say; the forms themselves are cases of `test_privacy.py`."""

from __future__ import annotations

import pytest

from kbp_site.content.number_forms import is_in_words, is_parted_mobile, is_parted_nik


@pytest.mark.parametrize(
    ("value", "counts"),
    [("6203,0114,0590,0001", True), ("1206,1010,1112,2006", False), ("6203,0114,9990,0001", False)],
)
def test_a_parted_nik_has_a_group_that_begins_with_zero(value: str, counts: bool) -> None:
    assert is_parted_nik(value) is counts


@pytest.mark.parametrize(
    ("value", "counts"),
    [("0812,3456,7890", True), ("0812,0813,0814", False), ("0812,2003,2004", False), ("0812,345,67", False)],
)
def test_a_parted_mobile_number_is_no_list_of_prefixes_or_years(value: str, counts: bool) -> None:
    assert is_parted_mobile(value) is counts


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        ("nol delapan satu dua 3456 7890", True),
        ("nol delapan satu dua 345", False),
        ("nol delapan satu 12345678 12345678", False),
    ],
)
def test_a_number_in_words_has_nine_to_fourteen_digits(value: str, counts: bool) -> None:
    assert is_in_words(value) is counts
