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
    site has not said its address, as are ``address`` and ``code``. ``script`` is the address of the block's script.
    """

    message: str
    whatsapp: str
    address: str
    code: QrCode | None
    citation: str
    script: str


def share_of(view: View, entry: Entry[Envelope]) -> Share:
    """Return what the page of a record needs to be passed on."""
    record = entry.said(view.language)
    told = first_sentence(record.summary or "")
    lines = [record.title, _when_and_where(view, record), *([told] if told else [])]
    message = "".join(f"{line}\n" for line in lines)
    address = absolute(view.library, localized(path_of(entry), view.language)) if site_url(view.library) else ""
    return Share(
        message,
        WHATSAPP + quote(message + address, safe="") if address else "",
        address,
        draw_qr(address) if address else None,
        _citation(view, record),
        view.to_file("assets/kbp/share.js"),
    )


def _when_and_where(view: View, record: Envelope) -> str:
    """Return a story's date and places; of what has neither, what it is and whose."""
    date = date_of(record)
    places = [place.said(view.language).title for place in places_of(view.library, record)]
    told = [*([date.say(view.language)] if date else []), ", ".join(places)]
    return " · ".join(filter(None, told)) or f"{kind_label(record, view.language)} · {view.site.title}"


def _citation(view: View, record: Envelope) -> str:
    """Return author, title, date and site, as far as they are known; the address follows it on the page."""
    date = date_of(record)
    author = record.credits.author if record.credits else None
    when = f" ({date.say(view.language)})" if date else ""
    return ". ".join(filter(None, [author, f"“{record.title}”{when}", view.site.title]))


def first_sentence(words: str) -> str:
    """Return the first sentence, cut at a word's end where it is too long for a message."""
    words = " ".join(words.split())
    end = SENTENCE_END.search(words)
    sentence = words[: end.end()] if end else words
    if len(sentence) <= SENTENCE_LIMIT:
        return sentence
    return sentence[: SENTENCE_LIMIT - 1].rpartition(" ")[0].rstrip(" ,;:.–-") + "…"
