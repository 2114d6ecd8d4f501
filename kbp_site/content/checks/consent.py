"""No photo of somebody recognisable is shown without a consent that holds today (K505)."""

from __future__ import annotations

from collections.abc import Iterator

from kbp_site.content.checks.content import Content
from kbp_site.content.problems import Fault, Problem
from kbp_site.content.records.consents import Consent
from kbp_site.content.showing import why_hidden
from kbp_site.locale import text

ASK = text("tanyakan dahulu dan catat persetujuannya di content/consents/, atau pakai foto lain")


def check_consent(content: Content) -> Iterator[Problem]:
    """Tell photos whose consent is missing, not yet given, expired, withdrawn or not for the web.

    A consent that is named and does not exist is told by the check of references.
    """
    for entry in content.published():
        for index, photo in enumerate(getattr(entry.record, "photos", ())):
            if photo.consent and (Consent.FOLDER, photo.consent) not in content.entries:
                continue
            if reason := why_hidden(photo, content.entries, content.today):
                field = "consent" if photo.consent else "people"
                yield entry.source.problem(("photos", index, field), Fault("K505", reason, ASK))
