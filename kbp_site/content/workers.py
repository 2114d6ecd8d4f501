"""Work that is shared among processes: the first share that fails ends them all, and so does a signal to us."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from contextvars import ContextVar
from functools import partial
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
    progress = PROGRESS.get()
    with held():
        futures = deque(executor.submit(work, *share) for share in shares)
    done, total = count(1), len(futures)
    for future in futures:
        future.add_done_callback(lambda future: progress.advance(next(done), total))
    try:
        while futures:
            yield futures.popleft().result()
    except BrokenProcessPool as error:
        raise lost_worker() from error
    except BaseException as error:
        is_over = isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit)
        for worker in active_children() if is_over else ():
            worker.terminate()
        # A pool that loses its processes tells all futures so; its thread fails at one that is cancelled meanwhile.
        for future in () if is_over and isinstance(executor, ProcessPoolExecutor) else futures:
            future.cancel()
        raise


def lost_worker() -> KbpError:
    """Return what is said when a worker died (exit 3)."""
    message = text("salah satu pekerja berhenti di tengah jalan; coba lagi dengan --jobs 1")
    return KbpError(message, exit_code=ExitCode.SYSTEM)


ENDING = frozenset({signal.SIGINT, signal.SIGTERM})


def can_hold() -> bool:
    """Whether the system can hold signals back (POSIX)."""
    return hasattr(signal, "pthread_sigmask")


@contextmanager
def held() -> Iterator[None]:
    """Hold signals to end back while copies of this process are made.

    One that comes before a copy is a worker (`begin_worker`) would be answered in it as we answer: with a word, and a
    trace of where it was.
    """
    if not can_hold():
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin_worker() -> None:
    """Let a signal end a worker without a word, and the end of who began the work: who lives tidies up and tells.

    What it has from the process that it is a copy of is no garbage; what it makes itself may be, share by share.
    """
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)
    if can_hold():
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    gc.freeze()
    gc.enable()
    Thread(target=_end_with_parent, daemon=True).start()


def begin_reader() -> None:
    """Begin a worker (`begin_worker`) that gives away all that it makes.

    To look for garbage among what it has not given yet took a tenth of a check of 10,000 records. Who makes pages does
    leave some.
    """
    begin_worker()
    gc.disable()


def _end_with_parent() -> None:
    """End this worker when the process that began it is gone, however it went: it would wait for work for ever."""
    if parent := parent_process():
        parent.join()
        os._exit(ExitCode.SYSTEM)


def spread(make: Callable[[Sequence[S]], Sequence[T]], items: Sequence[S], *, jobs: int, size: int) -> Iterator[T]:
    """Yield what is made of items, in their order, so many at a time by so many processes where that is quicker.

    A worker is a copy of this process as it stands (`can_copy`): what ``make`` knows is not sent.
    """
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    if len(items) < 2 * size or not can_copy(jobs):
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


def deal(items: Sequence[S], *, workers: int, most: int) -> list[Sequence[S]]:
    """Return items in shares of at most ``most``, as many for each of so many workers: none is alone with the last.

    Neighbours cost alike, so each share takes every n-th item: none gets all the long ones.
    """
    count = workers * (-(-len(items) // (workers * most)) or 1)
    return [items[number::count] for number in range(count)]


@contextmanager
def aside(make: Callable[[], T], *, jobs: int) -> Iterator[Callable[[], T]]:
    """Let a copy of this process (`can_copy`) make something while this one goes on; ask what is given for it.

    Where there can be no copy, it is made when it is asked for; where nobody asks, it is given up. Asking raises what
    the making raised, and `KbpError` (exit 3) when the copy died.
    """
    if not can_copy(jobs):
        yield make
        return
    others = set(active_children())
    with ProcessPoolExecutor(1, mp_context=get_context("fork"), initializer=begin_worker) as executor:
        _made_by.append(lambda _: (make(),))
        try:
            with held():
                future = executor.submit(_make_unseen)
        finally:
            _made_by.pop()
        try:
            yield partial(_answer, executor, future)
        finally:
            for worker in () if future.done() else set(active_children()) - others:
                worker.terminate()


def _make_unseen() -> Any:
    PROGRESS.set(Unseen())
    (made,) = _made_by[-1](())
    return made


def _answer(executor: Executor, future: Future[T]) -> T:
    try:
        made = future.result()
        executor.shutdown()  # the copy would hold its memory for as long as this process works on
        return made
    except BrokenProcessPool as error:
        raise lost_worker() from error


def can_copy(jobs: int) -> bool:
    """Whether so many processes may work at once that are copies of this one; only Linux can copy one safely."""
    return jobs > 1 and sys.platform == "linux"


_made_by: list[Callable[[Any], Sequence[Any]]] = []
"""What workers make things by; they find it in their copy of this process."""


def _make_part(items: Sequence[Any]) -> Sequence[Any]:
    return _made_by[-1](items)
