"""What the rules look at: everything that was read, public or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from kbp_site.content.library import Entry, Key
from kbp_site.content.records import Site
from kbp_site.content.records.base import Envelope, Status
from kbp_site.content.records.shape import values_of
from kbp_site.content.records.values import FileType, RefType
from kbp_site.content.source import Location, Source


@dataclass(frozen=True)
class Content:
    """All sound records, what could be read of others, all names, and the sources."""

    root: Path
    site: Entry[Site] | None
    entries: Mapping[Key, Entry[Any]]
    names: frozenset[Key]
    sources: tuple[Source, ...]
    today: date
    unsound: Mapping[Key, Entry[Any]] = field(default_factory=dict)

    def readable(self) -> Iterator[Entry[Any]]:
        """Yield every record, those too of which only a part could be read: what could not is ``None``."""
        yield from self.entries.values()
        yield from self.unsound.values()

    @cached_property
    def references(self) -> tuple[tuple[Entry[Any], Location, RefType, str], ...]:
        """Every reference that a record makes, as it is written: (record, where, type, words)."""
        entries = [*([self.site] if self.site else []), *self.readable()]
        return tuple((entry, *found) for entry in entries for found in values_of(entry.record, RefType))

    @cached_property
    def files(self) -> tuple[tuple[Entry[Any], Location, str], ...]:
        """Every file that a record names: (record, where, its name below `content/media/`)."""
        return tuple(
            (entry, location, name)
            for entry in self.readable()
            for location, _, name in values_of(entry.record, FileType)
        )

    def published(self) -> Iterator[Entry[Any]]:
        """Yield every record that is meant for readers, held back or not, as far as it could be read."""
        for entry in self.readable():
            if isinstance(entry.record, Envelope) and entry.record.status is Status.PUBLISHED:
                yield entry
