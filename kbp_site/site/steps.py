"""The steps of a long command: whoever watches sees each begin, and is told how long it took."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from kbp_site.content.workers import PROGRESS
from kbp_site.locale import Text, text

Tell = Callable[[Text], None]
"""Where progress is told; one sentence at a time."""


@contextmanager
def timed(tell: Tell, what: Text) -> Iterator[None]:
    """Tell a step and how long it took, in seconds; who watches sees it begin."""
    began = perf_counter()
    with shown(what):
        yield
    tell(text("{what}: {seconds} detik", what=what, seconds=f"{perf_counter() - began:.1f}".replace(".", ",")))


@contextmanager
def shown(what: Text) -> Iterator[None]:
    """Let who watches see that a step has begun, and is over."""
    progress = PROGRESS.get()
    progress.begin(what)
    try:
        yield
    finally:
        progress.end()
