"""A translation is of the record as it stands now, or a warning says that it is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from kbp_site.content.checks.comments import comments_in
from kbp_site.content.checks.lists import lists_in
from kbp_site.content.library import Entry
from kbp_site.content.problems import Fault, Problem, Severity
from kbp_site.content.records.translations import fingerprint
from kbp_site.content.source import Source
from kbp_site.locale import text


def check_translation(entry: Entry[Any], said: BaseModel, source: Source) -> Iterator[Problem]:
    """Tell a translation whose original has changed since (K404, a warning), and comments and lists in its texts."""
    yield from comments_in(source, said)
    yield from lists_in(source, said)
    now = fingerprint(entry.record)
    before = getattr(said, "translation_of", None)
    if before == now:
        return
    message = (
        text("terjemahan ini lebih tua daripada catatan Indonesianya")
        if before
        else text("terjemahan ini belum menyebut versi sumbernya")
    )
    hint = text("setelah terjemahannya diperiksa, tulis translation_of: {now}", now=f'"{now}"')
    yield source.problem(("translation_of",), Fault("K404", message, hint), severity=Severity.WARNING)
