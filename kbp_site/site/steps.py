"""The steps of a long command: whoever watches sees each begin, and is told how long it took."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

from kbp_site.content.workers import PROGRESS
from kbp_site.locale import Language, Text, text

Tell = Callable[[Text], None]
"""Where progress is told; one sentence at a time."""


@dataclass(frozen=True)
class Seconds:
    """How long something took, with a decimal comma where the language has one."""

    value: float

    def say(self, language: Language) -> str:
        """Return the figure."""
        figure = f"{self.value:.1f}"
        return figure.replace(".", ",") if language == "id" else figure


@contextmanager
def timed(tell: Tell, what: Text) -> Iterator[None]:
    """Tell a step and how long it took, in seconds; who watches sees it begin."""
    began = perf_counter()
    with shown(what):
        yield
    tell(text("{what}: {seconds} detik", what=what, seconds=Seconds(perf_counter() - began)))


@contextmanager
def shown(what: Text) -> Iterator[None]:
    """Let who watches see that a step has begun, and is over."""
    progress = PROGRESS.get()
    progress.begin(what)
    try:
        yield
    finally:
        progress.end()
