"""Shares on Dask, whose engine hands them to workers on several computers (`--executor dask://host:port`).

Needs distributed, an extra: this module is imported only when a cluster is asked for. What a worker was doing when it
died, Dask gives to another one.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TypeAlias

from distributed import Client, Future, KilledWorker, wait
from distributed.comm import CommClosedError
from distributed.versions import VersionMismatchWarning

from kbp_site import __version__
from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.content.workers import PROGRESS
from kbp_site.locale import Text, text
from kbp_site.site.executors import MakeShare, Row
from kbp_site.site.gate import PageReading
from kbp_site.site.parcels import Made, make_packed, pack, read_own
from kbp_site.site.reuse import program
from kbp_site.site.writing import write_files

ANSWER = 5.0
"""Seconds that a scheduler has to answer, and to show its first worker."""

PATIENCE = 10.0
"""Seconds that we wait where no worker is left: Dask's nannies begin new ones meanwhile."""

LOOK = 1.0
"""Seconds without a finished share after which we look whether there are workers."""

TRAVEL = 300.0
"""Seconds in which a share that is done must have come back."""

AHEAD = 1
"""Shares that are sent before a worker is free, so that none waits for us."""

Parcel: TypeAlias = "Future[Made | None]"
"""A share that was sent, and what comes back of it."""


class Cluster:
    """The workers of a Dask scheduler. Shares go to them as they get free, so that few are held here at a time."""

    def __init__(self, client: Client, address: str, patience: float) -> None:
        self._client, self._address, self._patience = client, address, patience
        self._seen = 0.0

    @property
    def count(self) -> int:
        """How many workers there are."""
        return max(1, len(self._workers()))

    def make(self, make_share: MakeShare, rows: Sequence[Row]) -> list[list[PageReading]]:
        """Make all shares, and return what the gate read in each, in their order.

        Raises `KbpError`: for what `read_own` refuses, and (exit 3) when nobody is left to make them.
        """
        own = read_own(rows[0][0])
        self._seen = monotonic()
        waiting = list(enumerate(rows))[::-1]
        running: dict[Parcel, int] = {}
        read: dict[int, list[PageReading]] = {}
        try:
            while waiting or running:
                while waiting and len(running) < self.count + AHEAD:
                    number, (_, share, _) = waiting.pop()
                    packed = pack(make_share, own, share)
                    with self._in_our_words():
                        running[self._client.submit(make_packed, program(), packed, pure=False)] = number
                for future in self._done(running):
                    number = running.pop(future)
                    made = self._made(future)
                    write_files(rows[number][2], made.files)
                    read[number] = made.readings
                    PROGRESS.get().advance(len(read), len(rows))
        finally:
            self._client.cancel(list(running))
        return [read[number] for number in range(len(rows))]

    def judge(self) -> None:
        """Raise `KbpError` when the scheduler or a worker does not run our program."""
        told = self._client.run(program, on_error="return")
        try:
            told[self._address] = self._client.run_on_scheduler(program)
        except (AttributeError, ImportError):
            told[self._address] = ""
        if others := [place for place, theirs in told.items() if theirs != program()]:
            raise other_program(", ".join(others))

    def _done(self, running: Collection[Parcel]) -> Collection[Parcel]:
        """Return the shares that are done, if one is done soon; raises `KbpError` when nobody works on them."""
        done: Collection[Parcel] = ()
        with self._in_our_words(), suppress(TimeoutError):
            done = wait(list(running), timeout=LOOK, return_when="FIRST_COMPLETED").done
        if done or self._workers():
            self._seen = monotonic()
        elif monotonic() - self._seen > self._patience:
            raise failure(no_workers(self._address))
        return done

    def _made(self, future: Parcel) -> Made:
        try:
            made: Made | None = future.result(timeout=TRAVEL)
        except KilledWorker as error:
            raise failure(KILLED) from error
        except (CancelledError, CommClosedError, TimeoutError) as error:
            raise failure(lost(self._address)) from error
        if made is None:
            raise other_program(text("salah satu pekerja"))
        return made

    def _workers(self) -> Collection[str]:
        with self._in_our_words():
            workers: Collection[str] = self._client.nthreads()
        return workers

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        """Raise `KbpError` where Dask tells that the scheduler is gone, which it does in many ways."""
        try:
            yield
        except Exception as error:
            if not isinstance(error, CancelledError | OSError) and self._client.status == "running":
                raise
            raise failure(lost(self._address)) from error


@contextmanager
def connected(address: str, *, answer: float = ANSWER, patience: float = PATIENCE) -> Iterator[Cluster]:
    """Give the workers of the Dask scheduler at an address ("192.168.1.10:8786").

    Raises `KbpError` (exit 3) when it does not answer, has no workers, or one of them does not run our program.
    """
    # What goes wrong is told in our words, which versions may differ is ours to judge, and shares are large.
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", VersionMismatchWarning)
        warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
        try:
            client = Client(f"tcp://{address}", timeout=answer)
        except (OSError, ValueError) as error:
            raise failure(silent(address)) from error
        with client:
            try:
                client.wait_for_workers(1, timeout=answer)
            except TimeoutError as error:
                raise failure(no_workers(address)) from error
            cluster = Cluster(client, address, patience)
            cluster.judge()
            yield cluster


def failure(message: Text) -> KbpError:
    """Return an error of the system's."""
    return KbpError(message, exit_code=ExitCode.SYSTEM)


def silent(address: str) -> Text:
    """Say that there is no scheduler."""
    return text(
        'penjadwal Dask di {address} tidak menjawab; jalankan "dask scheduler" di sana, atau bangun tanpa --executor',
        address=address,
    )


def lost(address: str) -> Text:
    """Say that there is no scheduler any more."""
    return text(
        "penjadwal Dask di {address} tidak menjawab lagi; periksa jaringannya lalu coba lagi, "
        "atau bangun tanpa --executor",
        address=address,
    )


def no_workers(address: str) -> Text:
    """Say that a scheduler has no workers."""
    return text(
        "penjadwal Dask di {address} tidak punya pekerja; jalankan "
        '"dask worker tcp://{address} --nthreads 1" di komputer pekerja, atau bangun tanpa --executor',
        address=address,
    )


KILLED = text(
    "beberapa pekerja berhenti berturut-turut pada bagian yang sama; beri pekerja lebih banyak memori, "
    "atau bangun tanpa --executor"
)


def other_program(places: str | Text) -> KbpError:
    """Return the error that some do not run our program."""
    return failure(
        text(
            "kbp-site atau paketnya di {places} tidak sama dengan yang di sini ({version}); pasang yang sama bagi "
            "penjadwal dan semua pekerja, lalu jalankan ulang keduanya",
            places=places,
            version=__version__,
        )
    )
