"""Who makes the shares of a site: processes of this computer, or the workers of a Dask scheduler."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kbp_site.content.extras import with_extra
from kbp_site.content.workers import begin_worker, run
from kbp_site.site.gate import PageReading
from kbp_site.site.shares import Share

Row = tuple[Path, Share, Path]
"""The settings (`mkdocs.yml`) that a share is made by, the share, and the folder that its files come into."""

MakeShare = Callable[[Path, Share, Path], list[PageReading]]
"""Makes what a row says, and returns what the gate read in it."""


class Workers(Protocol):
    """Those who make shares, so many at a time."""

    @property
    def count(self) -> int:
        """How many they are."""

    def make(self, make_share: MakeShare, rows: Sequence[Row]) -> list[list[PageReading]]:
        """Make all shares, and return what the gate read in each, in their order."""


@dataclass(frozen=True)
class Processes:
    """So many processes of this computer."""

    count: int

    def make(self, make_share: MakeShare, rows: Sequence[Row]) -> list[list[PageReading]]:
        """Make all shares; raises `KbpError` (exit 3) when a process dies."""
        with ProcessPoolExecutor(max_workers=self.count, initializer=begin_worker) as executor:
            return list(run(executor, make_share, rows))


def workers_at(scheduler: str | None) -> AbstractContextManager[Workers | None]:
    """Give the workers of a Dask scheduler ("192.168.1.10:8786"); without one ``None``, for those of this computer.

    Raises `KbpError` when the extra is not installed, and for what `connected` in `cluster.py` raises it.
    """
    if scheduler is None:
        return nullcontext()
    workers: AbstractContextManager[Workers] = with_extra("kbp_site.site.cluster", "cluster").connected(scheduler)
    return workers
