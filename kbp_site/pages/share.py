"""What helps to pass a page on: a message for WhatsApp, a citation, and the address, as a QR code too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from kbp_site.content.library import Entry
from kbp_site.content.records.base import Envelope
from kbp_site.pages.page import absolute, localized, path_of, site_url
from kbp_site.pages.parts import View, date_of, kind_label, places_of
from kbp_site.pages.qr import QrCode, draw_qr

SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?](?=\s)")
"""The end of a sentence; what follows a short name ("Jl.", "Kec.", "Drs. H.") is none."""

SENTENCE_LIMIT = 160
"""What a message on a phone shows of a summary without being folded."""

WHATSAPP = "https://wa.me/?text="


@dataclass(frozen=True)
class Share:
    """What a page's block for sharing shows.

    ``message`` is the text to send, without the address; ``whatsapp`` the link that sends both, empty while the
    site has not said its address, as are ``address`` and ``code``. ``author`` stands before the citation, in a
    language of its own where that is not the page's. ``script`` is the address of the block's script.
    """

    message: str
    whatsapp: str
    address: str
    code: QrCode | None
    author: str
    author_language: str
    citation: str
    script: str


def share_of(view: View, entry: Entry[Envelope]) -> Share:
    """Return what the page of a record needs to be passed on."""
    record = entry.said(view.language)
    told = first_sentence(record.summary or "")
    lines = [record.title, _known_or_kind(view, record), *([told] if told else [])]
    message = "".join(f"{line}\n" for line in lines)
    address = absolute(view.library, localized(path_of(entry), view.language)) if site_url(view.library) else ""
    return Share(
        message,
        WHATSAPP + quote(message + address, safe="") if address else "",
        address,
        draw_qr(address) if address else None,
        (record.credits.author if record.credits else None) or "",
        view.untranslated,
        _citation(view, record),
        view.to_file("assets/kbp/share.js"),
    )


def _known_or_kind(view: View, record: Envelope) -> str:
    """Return a story's date and places; of what has neither, what it is and whose."""
    return when_and_where(view, record) or f"{kind_label(record, view.language)} · {view.site.title}"


def when_and_where(view: View, record: Envelope) -> str:
    """Return a story's date and places, as far as they are known."""
    places = [place.said(view.language).title for place in places_of(view.library, record)]
    told = [_date(view, record), ", ".join(places)]
    return " · ".join(filter(None, told))


def _date(view: View, record: Envelope) -> str:
    """Return a record's date where anything is known of it: a message has no room for what is not."""
    date = date_of(record)
    return date.say(view.language) if date and date.is_known else ""


def _citation(view: View, record: Envelope) -> str:
    """Return title, date and site, as far as they are known; the page says the author before, the address after."""
    date = _date(view, record)
    when = f" ({date})" if date else ""
    return f"“{record.title}”{when}. {view.site.title}"


def first_sentence(words: str) -> str:
    """Return the first sentence, cut at a word's end where it is too long for a message."""
    words = " ".join(words.split())
    end = SENTENCE_END.search(words)
    sentence = words[: end.end()] if end else words
    if len(sentence) <= SENTENCE_LIMIT:
        return sentence
    return sentence[: SENTENCE_LIMIT - 1].rpartition(" ")[0].rstrip(" ,;:.–-") + "…"
