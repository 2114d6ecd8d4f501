"""Shares on Dask: the same bytes, also when a worker dies; and what is told when nobody is there to make them."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from distributed import Client
from running import BIN, DAY, Program, start
from trees import Tree, first_difference, read_tree

WAIT = 30


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + WAIT
    while not is_so():
        assert time.monotonic() < ends, "it takes too long"
        time.sleep(0.02)


@contextmanager
def dask(folder: Path) -> Iterator[tuple[str, dict[str, Program]]]:
    """Run a scheduler and two workers on this machine as operators do; give its address and the workers by name."""
    told = folder / "penjadwal.json"
    around = {"DASK_LOGGING__DISTRIBUTED": "error", "DASK_TEMPORARY_DIRECTORY": str(folder)}
    common = ("--scheduler-file", told, "--no-dashboard")
    with ExitStack() as stack:

        def run(*words: str | Path) -> Program:
            program = stack.enter_context(start(BIN / "dask", *words, *common, environment=around))
            stack.callback(program.kill)
            return program

        run("scheduler", "--host", "127.0.0.1", "--port", "0")
        until(lambda: told.is_file() and told.stat().st_size > 0)
        workers = {name: run("worker", "--name", name, "--nthreads", "1", "--no-nanny") for name in ("a", "b")}
        yield json.loads(told.read_text("utf-8"))["address"].removeprefix("tcp://"), workers


def freeze_in_the_middle(watching: Client, workers: dict[str, Program]) -> Program:
    """Stop a worker that is making a share, before it can give it back."""
    while True:
        until(lambda: all(watching.processing().values()))
        names = {where: worker["id"] for where, worker in watching.scheduler_info()["workers"].items()}
        where, worker = next((where, workers[name]) for where, name in names.items())
        os.kill(worker.pid, signal.SIGSTOP)
        time.sleep(0.1)  # whatever it had said arrives
        if watching.processing()[where]:
            return worker
        os.kill(worker.pid, signal.SIGCONT)


def test_a_worker_that_is_killed_costs_only_its_share(corpus: Path, by_one: Tree, tmp_path: Path) -> None:
    with dask(tmp_path) as (address, workers), Client(address) as watching:
        watching.wait_for_workers(2, timeout=WAIT)
        words = ("build", "--today", DAY, "--out", tmp_path / "situs", "--executor", f"dask://{address}")
        with start(BIN / "kbp", "--root", corpus, *words) as building:
            freeze_in_the_middle(watching, workers).kill()
            _, err = building.communicate(timeout=60)
        assert building.returncode == 0, err
        assert [len(tasks) for tasks in watching.processing().values()] == [0], "one worker is left"
    assert first_difference(by_one, read_tree(tmp_path / "situs")) == ""
