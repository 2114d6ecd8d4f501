"""Work that is shared among processes: the first share that fails ends them all, and so does a signal to us."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from contextvars import ContextVar
from itertools import count
from multiprocessing import active_children, get_context, parent_process
from threading import Thread
from typing import Any, Protocol, TypeVar

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.locale import Text, text

S = TypeVar("S")
T = TypeVar("T")


class Progress(Protocol):
    """Who is told how far work has come."""

    def begin(self, what: Text) -> None:
        """A step begins."""

    def advance(self, done: int, total: int) -> None:
        """So many parts of the step are done."""

    def end(self) -> None:
        """The step is over, whatever came of it."""


class Unseen:
    """Nobody watches."""

    def begin(self, what: Text) -> None:
        """Say nothing."""

    def advance(self, done: int, total: int) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Say nothing."""


PROGRESS: ContextVar[Progress] = ContextVar("progress", default=Unseen())  # noqa: B039  # it holds nothing
"""Who is told now."""


def run(executor: Executor, work: Callable[..., T], shares: Iterable[tuple[Any, ...]]) -> Generator[T]:
    """Let an executor do the work on every share, and yield what it gave, in their order; none of it is held here.

    Raises `KbpError` (exit 3) when a worker dies. Whoever stops to ask ends the workers.
    """
    progress, futures = PROGRESS.get(), deque(executor.submit(work, *share) for share in shares)
    done, total = count(1), len(futures)
    for future in futures:
        future.add_done_callback(lambda future: progress.advance(next(done), total))
    try:
        while futures:
            yield futures.popleft().result()
    except BrokenProcessPool as error:
        message = text("salah satu pekerja berhenti di tengah jalan; coba lagi dengan --jobs 1")
        raise KbpError(message, exit_code=ExitCode.SYSTEM) from error
    except BaseException as error:
        is_over = isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit)
        for worker in active_children() if is_over else ():
            worker.terminate()
        # A pool that loses its processes tells all futures so; its thread fails at one that is cancelled meanwhile.
        for future in () if is_over and isinstance(executor, ProcessPoolExecutor) else futures:
            future.cancel()
        raise


def begin_worker() -> None:
    """Let a signal end a worker without a word, and the end of who began the work: who lives tidies up and tells.

    What it has from the process that it is a copy of is no garbage; what it makes itself may be, share by share.
    """
    gc.freeze()
    gc.enable()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when the process that began it is gone, however it went: it would wait for work for ever."""
    if parent := parent_process():
        parent.join()
        os._exit(ExitCode.SYSTEM)


def spread(make: Callable[[Sequence[S]], Sequence[T]], items: Sequence[S], *, jobs: int, size: int) -> Iterator[T]:
    """Yield what is made of items, in their order, so many at a time by so many processes where that is quicker.

    A worker is a copy of this process as it stands: what ``make`` knows is not sent. Other systems than Linux cannot
    copy one safely, and let this process do the work.
    """
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    if jobs < 2 or len(items) < 2 * size or sys.platform != "linux":
        for part in parts:
            yield from make(part)
        return
    _made_by.append(make)
    try:
        with (
            ProcessPoolExecutor(jobs, mp_context=get_context("fork"), initializer=begin_worker) as executor,
            closing(run(executor, _make_part, ((part,) for part in parts))) as all_made,
        ):
            for made in all_made:
                yield from made
    finally:
        _made_by.pop()


_made_by: list[Callable[[Any], Sequence[Any]]] = []
"""What workers make things by; they find it in their copy of this process."""


def _make_part(items: Sequence[Any]) -> Sequence[Any]:
    return _made_by[-1](items)
