"""What was probably meant: near words, labels, and otherwise all there is."""

from __future__ import annotations

import pytest

from kbp_site.content.suggestions import suggest

LABELS = {"solved": "Selesai", "partly": "Selesai sebagian", "open": "Belum selesai"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("solvd", 'mungkin maksudnya "solved"'),
        ("Selesai sebagian", 'mungkin maksudnya "partly"'),
        ("belum selesay", 'mungkin maksudnya "open"'),
        ("xyz", "pilihan yang ada: solved (Selesai), partly (Selesai sebagian), open (Belum selesai)"),
    ],
)
def test_a_label_means_its_value(written: str, said: str) -> None:
    assert suggest(written, list(LABELS), LABELS).say("id") == said


def test_choices_are_said_in_the_language_that_asks() -> None:
    assert suggest("xyz", ["yes"], {"yes": "Selesai"}).say("en") == "choices: yes (Settled)"


def test_without_labels_the_values_stand_alone() -> None:
    assert suggest("xyz", ["check", "build"]).say("id") == "pilihan yang ada: check, build"
