"""Consents: that somebody in a photo agreed, without saying who; never public."""

from __future__ import annotations

from typing import ClassVar

from kbp_site.content.records.base import Kind
from kbp_site.content.records.values import Choice, Day, Line, YesNo, field, option
from kbp_site.locale import Text, text, text_in


class ConsentForm(Choice):
    """How consent was given."""

    WRITTEN = option("written", "Tertulis")
    RECORDED = option("recorded", "Direkam")


class ConsentScope(Choice):
    """What consent was given for."""

    WEB = option("web", "Situs")
    KIOSK = option("kiosk", "Kios")
    PRINT = option("print", "Cetakan")


class Consent(Kind):
    """One consent; the paper stays with the community."""

    FOLDER: ClassVar[str] = "consents"
    LABEL: ClassVar[Text] = text("Persetujuan")
    LABEL_ONE: ClassVar[Text] = text_in("satu", "Persetujuan")

    form: ConsentForm = field("Bentuk", "written atau recorded.", example="written")
    given_on: Day = field("Diberikan pada", "Hari persetujuan diberikan.", example="2026-08-17")
    scope: tuple[ConsentScope, ...] = field("Untuk", "web, kiosk, print.", example="[web]")
    valid_until: Day | None = field("Berlaku sampai", "Hari terakhir berlakunya.", default=None)
    withdrawn_on: Day | None = field("Dicabut pada", "Hari persetujuan dicabut.", default=None)
    guardian: YesNo = field("Oleh wali", "yes bila orang tua atau wali yang menyetujui.", default=False)
    checked_by: Line | None = field("Diperiksa oleh", "Jabatan pemeriksa, bukan nama.", default=None)
