"""What stands at the end of every record's page: figures, sources, corrections and who made it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from kbp_site.content.dates import PartialDate
from kbp_site.content.records.base import Claim, Correction, Envelope, SourceNote
from kbp_site.locale import text
from kbp_site.pages.parts import ClaimView, Moment, View, claim_view, moment


@dataclass(frozen=True)
class SourceView:
    """A source with all that is known of it: who made it, and when it was published and seen."""

    title: str
    url: str
    host: str
    makers: str
    dates: str
    note: str


def source_view(view: View, source: SourceNote) -> SourceView:
    """Return a source as it is cited."""
    dates = [source.published.say(view.language)] if source.published else []
    if source.accessed:
        dates.append(text("dibuka {date}", date=source.accessed).say(view.language))
    return SourceView(
        source.title,
        source.url or "",
        urlsplit(source.url or "").hostname or "",
        " · ".join(filter(None, [source.author, source.publisher])),
        " · ".join(dates),
        source.note or "",
    )


@dataclass(frozen=True)
class Ending:
    """What stands at the end of every record's page; ``language`` is that of what is never translated."""

    claims: tuple[ClaimView, ...]
    sources: tuple[SourceView, ...]
    corrections: tuple[tuple[Moment, str, str], ...]
    credits: str
    language: str = ""


NO_ENDING = Ending((), (), (), "")


def ending(view: View, record: Envelope) -> Ending:
    """Return figures, sources, corrections and credits of a record."""
    claims: tuple[Claim, ...] = getattr(record, "claims", ())
    people = [record.credits.author, record.credits.editor] if record.credits else []
    return Ending(
        tuple(claim_view(view, claim, record.sources) for claim in claims),
        tuple(source_view(view, source) for source in record.sources),
        tuple(_correction(view, correction) for correction in record.corrections),
        ", ".join(filter(None, people)),
        view.untranslated,
    )


def _correction(view: View, correction: Correction) -> tuple[Moment, str, str]:
    day = PartialDate(correction.on.isoformat(), correction.on, correction.on)
    return moment(view, day), correction.what, correction.why or ""
