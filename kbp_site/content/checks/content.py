"""What the rules look at: everything that was read, public or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kbp_site.content.library import Entry, Key
from kbp_site.content.records import Site
from kbp_site.content.records.base import Envelope, Status
from kbp_site.content.source import Source


@dataclass(frozen=True)
class Content:
    """All sound records, all names (of unsound records too), and the sources of both."""

    root: Path
    site: Entry[Site] | None
    entries: Mapping[Key, Entry[Any]]
    names: frozenset[Key]
    sources: tuple[Source, ...]
    today: date

    def published(self) -> Iterator[Entry[Any]]:
        """Yield every record that is meant for readers, held back or not."""
        for entry in self.entries.values():
            if isinstance(entry.record, Envelope) and entry.record.status is Status.PUBLISHED:
                yield entry
