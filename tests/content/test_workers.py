"""Work among processes comes back in order; a worker that is lost is told as the system's failure."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.content.workers import run, spread


class LostWorkers(Executor):
    """An executor whose workers all died."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(BrokenProcessPool("a worker died"))
        return future


def test_what_comes_back_stands_in_the_order_of_the_shares() -> None:
    with ThreadPoolExecutor(2) as executor:
        assert list(run(executor, pow, [(2, number) for number in range(20)])) == [2**number for number in range(20)]


def test_a_worker_that_dies_is_the_systems_failure() -> None:
    with pytest.raises(KbpError) as caught:
        list(run(LostWorkers(), pow, [(2, 3)]))
    assert caught.value.exit_code == ExitCode.SYSTEM


class Kept(ProcessPoolExecutor):
    """A pool whose first future ends as it is told to, and that keeps the others."""

    def __init__(self, first: int | KeyboardInterrupt) -> None:
        super().__init__(1)
        self.first, self.futures = first, list[Future[Any]]()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if not self.futures and isinstance(self.first, int):
            future.set_result(self.first)
        elif not self.futures:
            future.set_exception(self.first)
        self.futures.append(future)
        return future


def test_an_interrupted_pool_is_left_to_tell_its_futures_itself() -> None:
    with Kept(KeyboardInterrupt()) as pool, pytest.raises(KeyboardInterrupt):
        list(run(pool, pow, [(2, 3), (2, 4)]))
    assert not pool.futures[1].cancelled()


def test_so_is_a_pool_that_nobody_asks_any_more() -> None:
    """Whoever asked was interrupted, perhaps, and the workers with them."""
    with Kept(8) as pool:
        asked = run(pool, pow, [(2, 3), (2, 4)])
        assert next(asked) == 8
        asked.close()
    assert not pool.futures[1].cancelled()


def test_the_first_share_that_fails_is_told() -> None:
    with ThreadPoolExecutor(1) as executor, pytest.raises(ZeroDivisionError):
        list(run(executor, divmod, [(1, 1), (1, 0), (2, 1)]))


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_more_is_made_once_nobody_asks(tmp_path: Path, jobs: int) -> None:
    def make(numbers: Sequence[int]) -> list[int]:
        for number in numbers:
            (tmp_path / str(number)).touch()
            time.sleep(0.02)
        return list(numbers)

    asked = spread(make, range(500), jobs=jobs, size=1)
    assert isinstance(asked, Generator)
    assert next(asked) == 0
    asked.close()
    assert not active_children()
    assert len(list(tmp_path.iterdir())) < 500
