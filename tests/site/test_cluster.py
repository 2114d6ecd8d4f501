"""Shares on Dask: the same bytes, also when a worker dies; and what is told when nobody is there to make them."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Event, Timer, current_thread
from types import SimpleNamespace

import pytest
from distributed import Client, KilledWorker, LocalCluster
from running import BIN, DAY, Program, start
from trees import Tree, first_difference, read_tree

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.locale import text
from kbp_site.site import parcels
from kbp_site.site.cluster import connected
from kbp_site.site.executors import Row
from kbp_site.site.gate import PageReading
from kbp_site.site.parcels import pack
from kbp_site.site.prepare import SiteSettings
from kbp_site.site.shares import Share, whole

WAIT = 60


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + WAIT
    while not is_so():
        assert time.monotonic() < ends, "it takes too long"
        time.sleep(0.02)


@dataclass(frozen=True)
class Dask:
    """A scheduler and its workers, by name, in processes of their own."""

    address: str
    scheduler: Program
    workers: Mapping[str, Program]


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    """Run a scheduler and two workers on this machine as operators do; tests may end them."""
    folder = tmp_path_factory.mktemp("dask")
    told = folder / "penjadwal.json"
    around = {"DASK_LOGGING__DISTRIBUTED": "error", "DASK_TEMPORARY_DIRECTORY": str(folder)}
    common = ("--scheduler-file", told, "--no-dashboard", "--dashboard-address", "127.0.0.1:0")
    with ExitStack() as stack:

        def run(*words: str) -> Program:
            program = stack.enter_context(start(BIN / "dask", *words, *common, environment=around))
            stack.callback(program.kill)
            return program

        scheduler = run("scheduler", "--host", "127.0.0.1", "--port", "0")
        until(lambda: told.is_file() and told.stat().st_size > 0)
        workers = {name: run("worker", "--name", name, "--nthreads", "1", "--no-nanny") for name in ("a", "b")}
        address = json.loads(told.read_text("utf-8"))["address"]
        with Client(address) as watching:
            watching.wait_for_workers(len(workers), timeout=WAIT)
        yield Dask(address.removeprefix("tcp://"), scheduler, workers)


def freeze_in_the_middle(watching: Client, workers: Mapping[str, Program]) -> Program:
    """Stop a worker that is making a share, before it can give it back."""
    while True:
        until(lambda: all(watching.processing().values()))
        names = {where: worker["id"] for where, worker in watching.scheduler_info()["workers"].items()}
        where, worker = next((where, workers[name]) for where, name in names.items())
        worker.send_signal(signal.SIGSTOP)
        time.sleep(0.1)  # whatever it had said arrives
        if watching.processing()[where]:
            return worker
        worker.send_signal(signal.SIGCONT)


def test_a_worker_that_is_killed_costs_only_its_share(dask: Dask, corpus: Path, by_one: Tree, tmp_path: Path) -> None:
    with Client(dask.address) as watching:
        words = ("build", "--today", DAY, "--out", tmp_path / "situs", "--executor", f"dask://{dask.address}")
        with start(BIN / "kbp", "--root", corpus, *words) as building:
            freeze_in_the_middle(watching, dask.workers).kill()
            _, err = building.communicate(timeout=60)
        assert building.returncode == 0, err
        assert len(watching.nthreads()) == 1, "one worker is left"
    assert first_difference(by_one, read_tree(tmp_path / "situs")) == ""


def test_when_the_scheduler_is_gone_it_is_told(dask: Dask, rows: list[Row]) -> None:
    with connected(dask.address, answer=2) as cluster, pytest.raises(KbpError) as caught:
        for worker in dask.workers.values():
            worker.send_signal(signal.SIGSTOP)
        Timer(0.2, dask.scheduler.kill).start()
        cluster.make(refuse, rows)
    assert "tidak menjawab lagi" in told_by(caught)


@pytest.fixture(scope="module")
def here() -> Iterator[LocalCluster]:
    """Run a scheduler in this process; its workers, none yet, are threads."""
    around = {"processes": False, "protocol": "tcp://", "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(n_workers=0, threads_per_worker=1, **around) as running:
        yield running


@pytest.fixture
def address(here: LocalCluster) -> str:
    """Give the address of a scheduler with one worker."""
    here.scale(1)
    here.wait_for_workers(1, timeout=WAIT)
    return address_of(here)


def address_of(scheduler: LocalCluster) -> str:
    """Return the host and port of a scheduler."""
    address: str = scheduler.scheduler_address
    return address.partition("://")[2]


may_end = Event()


def make_when_it_may(config_file: Path, share: Share, out: Path) -> list[PageReading]:
    """Stand for what makes a share, and take until the test ends."""
    may_end.wait(WAIT)
    return []


def refuse(config_file: Path, share: Share, out: Path) -> list[PageReading]:
    """Stand for what makes a share, and tell an operator's mistake."""
    raise KbpError(text("pengaturan salah"))


def take_too_much(config_file: Path, share: Share, out: Path) -> list[PageReading]:
    """Stand for a share that ended every worker that it was given to, as Dask tells it."""
    raise KilledWorker("bagian", SimpleNamespace(address="tcp://pekerja"), 3)


@pytest.fixture
def rows(minimal: Path, tmp_path: Path) -> list[Row]:
    """Give shares without pages."""
    share = whole(SiteSettings("Situs", "", "", ""), ())
    return [(minimal / "mkdocs.yml", share, tmp_path / name) for name in "abcd"]


def told_by(error: pytest.ExceptionInfo[KbpError]) -> str:
    """Return what an error of the system's tells."""
    assert error.value.exit_code == ExitCode.SYSTEM
    return error.value.message.say("id")


def test_no_scheduler_is_told_within_seconds() -> None:
    began = time.monotonic()
    with pytest.raises(KbpError) as caught, connected("127.0.0.1:9", answer=0.5):
        pass
    assert "127.0.0.1:9 tidak menjawab" in told_by(caught) and time.monotonic() - began < 5


def test_a_scheduler_without_workers_is_told(here: LocalCluster) -> None:
    here.scale(0)
    until(lambda: not here.scheduler.workers)
    with pytest.raises(KbpError) as caught, connected(address_of(here), answer=0.3):
        pass
    assert "tidak punya pekerja" in told_by(caught)


class Lacking:
    """Stands for our program where those who are asked have none, or an older one."""

    def __call__(self) -> str:
        return "milik kami"

    def __reduce__(self) -> tuple[object, ...]:
        return import_module, ("kbp_site.belum_ada",)


@pytest.mark.parametrize("program", [lambda: current_thread().name, Lacking()], ids=["another", "none"])
def test_a_scheduler_or_worker_with_another_program_is_refused(
    address: str, program: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kbp_site.site.cluster.program", program)
    with pytest.raises(KbpError) as caught, connected(address):
        pass
    assert "tidak sama dengan yang di sini" in told_by(caught)
    assert told_by(caught).count("127.0.0.1:") == 2, "both are told"


def test_a_worker_with_another_program_that_comes_later_is_refused(
    address: str, rows: list[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    with connected(address) as cluster:
        monkeypatch.setattr(parcels, "program", lambda: "lain")
        with pytest.raises(KbpError) as caught:
            cluster.make(refuse, rows)
    assert "paketnya di salah satu pekerja" in told_by(caught)


def test_a_share_may_be_large(address: str, rows: list[Row]) -> None:
    (rows[0][0].parent / "docs" / "video.webm").write_bytes(bytes(11_000_000))  # Dask warns of more than ten
    with connected(address) as cluster, pytest.raises(KbpError, match="pengaturan salah"):
        cluster.make(refuse, rows)


def test_a_share_that_ends_workers_is_told(address: str, rows: list[Row]) -> None:
    with connected(address) as cluster, pytest.raises(KbpError) as caught:
        cluster.make(take_too_much, rows)
    assert "lebih banyak memori" in told_by(caught)


def test_a_mistake_that_a_worker_tells_is_told(address: str, rows: list[Row]) -> None:
    with connected(address) as cluster, pytest.raises(KbpError, match="pengaturan salah"):
        cluster.make(refuse, rows)


def test_when_no_worker_is_left_it_is_told_and_few_shares_were_sent(
    here: LocalCluster, address: str, rows: list[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []
    monkeypatch.setattr("kbp_site.site.cluster.pack", lambda *words: sent.append(pack(*words)) or sent[-1])
    with connected(address, patience=0.3) as cluster, pytest.raises(KbpError) as caught:
        Timer(0.2, here.scale, [0]).start()
        cluster.make(make_when_it_may, rows)
    may_end.set()
    assert len(sent) == 2, "one for the worker, and one ahead"
    assert "tidak punya pekerja" in told_by(caught)
