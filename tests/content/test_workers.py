"""Work among processes comes back in order; a worker that is lost is told as the system's failure."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest
from running import run as run_program

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.content.workers import PROGRESS, Unseen, aside, begin_reader, begin_worker, deal, run, spread


class LostWorkers(Executor):
    """An executor whose workers all died."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(BrokenProcessPool("a worker died"))
        return future


def test_what_comes_back_stands_in_the_order_of_the_shares() -> None:
    with ThreadPoolExecutor(2) as executor:
        assert list(run(executor, pow, [(2, number) for number in range(20)])) == [2**number for number in range(20)]


@pytest.mark.parametrize(
    ("items", "workers", "most", "shares"),
    [
        ("", 2, 3, ["", ""]),
        ("a", 2, 3, ["a", ""]),
        ("abcdef", 2, 3, ["ace", "bdf"]),
        ("abcdefg", 2, 3, ["ae", "bf", "cg", "d"]),
        ("abcd", 1, 3, ["ac", "bd"]),
    ],
)
def test_every_worker_is_dealt_as_many_shares(items: str, workers: int, most: int, shares: list[str]) -> None:
    assert deal(items, workers=workers, most=most) == shares


def looks_for_garbage() -> bool:
    """Return whether garbage is looked for meanwhile, in this process."""
    return gc.isenabled()


def test_only_a_worker_that_gives_all_away_does_not_look_for_garbage() -> None:
    for begin, looks in ((begin_worker, True), (begin_reader, False)):
        with ProcessPoolExecutor(1, initializer=begin) as executor:
            assert list(run(executor, looks_for_garbage, [()])) == [looks]


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


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_made_aside_is_there_when_it_is_asked_for(jobs: int) -> None:
    with aside(os.getpid, jobs=jobs) as ask:
        assert (ask() == os.getpid()) == (jobs == 1)


def test_it_is_made_while_the_other_goes_on(tmp_path: Path) -> None:
    with aside((tmp_path / "dibuat").touch, jobs=2) as ask:
        until((tmp_path / "dibuat").is_file)
        ask()


def test_who_makes_it_makes_more_by_workers_of_its_own() -> None:
    def make() -> list[int]:
        return list(spread(lambda numbers: [number + 1 for number in numbers], range(6), jobs=2, size=2))

    with aside(make, jobs=2) as ask:
        assert list(spread(lambda numbers: [-number for number in numbers], range(4), jobs=2, size=1)) == [
            0,
            -1,
            -2,
            -3,
        ]
        assert ask() == [1, 2, 3, 4, 5, 6]


def test_a_copy_that_was_asked_is_gone() -> None:
    before = set(active_children())
    with aside(os.getpid, jobs=2) as ask:
        ask()
        assert set(active_children()) == before


def test_what_goes_wrong_aside_is_told_to_who_asks() -> None:
    with aside(lambda: 1 // 0, jobs=2) as ask, pytest.raises(ZeroDivisionError):
        ask()


def test_who_dies_aside_is_the_systems_failure() -> None:
    with aside(lambda: os._exit(9), jobs=2) as ask, pytest.raises(KbpError) as caught:
        ask()
    assert caught.value.exit_code == ExitCode.SYSTEM


def test_what_is_made_aside_is_shown_to_nobody() -> None:
    """Two who draw on one screen spoil it."""
    with aside(lambda: type(PROGRESS.get()), jobs=2) as ask:
        assert ask() is Unseen


def test_what_nobody_asks_for_is_given_up() -> None:
    def wait() -> None:
        signal.pause()

    with pytest.raises(ZeroDivisionError), aside(wait, jobs=2):
        1 // 0  # noqa: B018
    until(lambda: not active_children())


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; ten seconds at most."""
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


ENDED_AT_ONCE = """
import os, signal, sys
from kbp_site.content import workers
from kbp_site.content.problems import KbpError

number, begin = int(sys.argv[1]), workers.begin_worker

def begin_and_be_ended():
    os.kill(os.getpid(), number)
    begin()

def end(number, frame):
    raise SystemExit(number)

workers.begin_worker = begin_and_be_ended
signal.signal(number, end)
try:
    with workers.aside(lambda: 1, jobs=2) as made:
        made()
except KbpError:
    print("lost", *signal.pthread_sigmask(signal.SIG_BLOCK, ()))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_copy_that_is_ended_before_it_has_begun_says_nothing(number: signal.Signals) -> None:
    done = run_program(sys.executable, "-c", ENDED_AT_ONCE, str(int(number)))
    assert (done.stdout, done.stderr) == ("lost\n", "")
