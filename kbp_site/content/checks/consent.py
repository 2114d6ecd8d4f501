"""No photo of somebody recognisable is shown without a consent that holds today (K505)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kbp_site.content.checks.content import Content
from kbp_site.content.problems import Fault, Problem
from kbp_site.content.records.consents import Consent
from kbp_site.content.showing import has_ended, photos_of, why_hidden, withdrawn_files
from kbp_site.locale import text

ENDED = text(
    "foto ini tidak ditampilkan lagi; hapus dari catatan ini dan dari content/media/, "
    "lalu telusuri sisanya: kbp trace {file}"
)
ELSEWHERE = text("foto ini juga disebut di catatan lain, dan persetujuannya di sana dicabut")
ASK = text("tanyakan dahulu dan catat persetujuannya di content/consents/, atau pakai foto lain")


def check_consent(content: Content) -> Iterator[Problem]:
    """Tell photos whose consent is missing, not yet given, expired, withdrawn or not for the web.

    A consent that is named and does not exist is told by the check of references. One that held and has
    ended stops no build: the old site would stay public, with the photo. It is left out instead.
    """
    withdrawn = withdrawn_files(content.entries.values(), content.today)
    for entry in content.published():
        for index, photo in enumerate(photos_of(entry)):
            if photo.consent and (Consent.FOLDER, photo.consent) not in content.entries:
                continue
            reason = why_hidden(photo, content.entries, content.today)
            if reason or photo.file in withdrawn:
                field = "consent" if photo.consent else "people"
                ended = photo.file in withdrawn or has_ended(photo, content.entries, content.today)
                hint = text(ENDED.template, file=photo.file) if ended else ASK
                problem = entry.source.problem(("photos", index, field), Fault("K505", reason or ELSEWHERE, hint))
                yield replace(problem, is_left_out=ended)
