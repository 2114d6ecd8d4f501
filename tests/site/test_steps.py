"""A step is shown from its beginning to its end, and told with its time once it is done."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kbp_site.content.workers import PROGRESS
from kbp_site.locale import Text, text
from kbp_site.site.steps import shown, timed

SAID = "Membuat HTML"
STEP = text(SAID)


class Seen:
    """Who watches, and writes down what there is to see."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def begin(self, what: Text) -> None:
        """Write that a step begins."""
        self.lines.append(f"begin {what.say('id')}")

    def advance(self, done: int, total: int) -> None:
        """Write how far it has come."""
        self.lines.append(f"{done} of {total}")

    def end(self) -> None:
        """Write that it is over."""
        self.lines.append("end")


@pytest.fixture
def seen() -> Iterator[Seen]:
    """Give one who watches."""
    watcher = Seen()
    token = PROGRESS.set(watcher)
    yield watcher
    PROGRESS.reset(token)


def test_a_step_is_told_when_it_is_done(seen: Seen) -> None:
    told: list[Text] = []
    with timed(told.append, STEP):
        assert (seen.lines, told) == ([f"begin {SAID}"], [])
    assert seen.lines == [f"begin {SAID}", "end"]
    assert [re.fullmatch(r"Membuat HTML: \d+,\d detik", line.say("id")) is not None for line in told] == [True]


def test_of_a_step_that_fails_only_the_end_is_seen(seen: Seen) -> None:
    told: list[Text] = []
    with pytest.raises(OSError, match="penuh"), timed(told.append, STEP):
        raise OSError("penuh")
    assert (seen.lines[-1], told) == ("end", [])


def test_a_step_that_takes_no_time_of_its_own_is_only_shown(seen: Seen) -> None:
    with shown(STEP):
        seen.advance(1, 2)
    assert seen.lines == [f"begin {SAID}", "1 of 2", "end"]
