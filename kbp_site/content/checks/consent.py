"""No photo of somebody recognisable is shown without a consent that holds today (K505)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kbp_site.content.checks.content import Content
from kbp_site.content.problems import Fault, Problem
from kbp_site.content.records.base import PeopleInPhoto, Photo
from kbp_site.content.records.consents import Consent, ConsentScope
from kbp_site.locale import Text, text

ASK = text("tanyakan dahulu dan catat persetujuannya di content/consents/, atau pakai foto lain")


def check_consent(content: Content) -> Iterator[Problem]:
    """Tell photos whose consent is missing, not yet given, expired, withdrawn or not for the web."""
    for entry in content.published():
        for index, photo in enumerate(getattr(entry.record, "photos", ())):
            if photo.people is not PeopleInPhoto.RECOGNISABLE:
                continue
            reason = judge_photo(content, photo)
            if reason:
                field = "consent" if photo.consent else "people"
                yield entry.source.problem(("photos", index, field), Fault("K505", reason, ASK))


def judge_photo(content: Content, photo: Photo) -> Text | None:
    """Say why a photo of somebody recognisable may not be shown; ``None`` when it may."""
    if not photo.consent:
        return text("orang di foto ini dapat dikenali, tetapi consent belum diisi")
    entry = content.entries.get(("consents", photo.consent))
    return judge_consent(entry.record, content.today) if entry else None


def judge_consent(consent: Consent, today: date) -> Text | None:
    """Say why a consent does not hold for the website on a day; ``None`` when it does."""
    if consent.withdrawn_on and consent.withdrawn_on <= today:
        return text("persetujuan ini dicabut pada {day}", day=consent.withdrawn_on)
    if consent.valid_until and consent.valid_until < today:
        return text("persetujuan ini berlaku sampai {day}", day=consent.valid_until)
    if consent.given_on > today:
        return text("persetujuan ini baru diberikan pada {day}", day=consent.given_on)
    if ConsentScope.WEB not in consent.scope:
        return text("persetujuan ini tidak mencakup situs (web)")
    return None
