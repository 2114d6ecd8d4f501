"""Work that is shared among processes: the first share that fails ends them all, and so does a signal to us."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children
from typing import Any, TypeVar

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.locale import text

T = TypeVar("T")


def run(executor: Executor, work: Callable[..., T], shares: Iterable[tuple[Any, ...]]) -> list[T]:
    """Let an executor do the work on every share, and return what it gave, in their order.

    Raises `KbpError` (exit 3) when a worker dies.
    """
    futures = [executor.submit(work, *share) for share in shares]
    try:
        return [future.result() for future in futures]
    except BrokenProcessPool as error:
        message = text("salah satu pekerja berhenti di tengah jalan; coba lagi dengan --jobs 1")
        raise KbpError(message, exit_code=ExitCode.SYSTEM) from error
    except (KeyboardInterrupt, SystemExit):
        for worker in active_children():
            worker.terminate()
        raise
    finally:
        for future in futures:
            future.cancel()


def end_at_once() -> None:
    """Let a signal end a worker without a word: who began the work tidies up and tells."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
