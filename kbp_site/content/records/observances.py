"""Observances: days that exhibitions commemorate; they have no page of their own."""

from __future__ import annotations

from typing import ClassVar

from kbp_site.content.records.base import Envelope
from kbp_site.content.records.values import Choice, MonthDay, field, option
from kbp_site.locale import Text, text, text_in


class ObservanceScope(Choice):
    """Where a day is kept."""

    NATIONAL = option("national", "Nasional")
    PROVINCE = option("province", "Provinsi")
    REGENCY = option("regency", "Kabupaten/kota")
    INTERNATIONAL = option("international", "Internasional")


class Observance(Envelope):
    """One day that is kept every year."""

    FOLDER: ClassVar[str] = "observances"
    LABEL: ClassVar[Text] = text("Hari peringatan")
    LABEL_ONE: ClassVar[Text] = text_in("satu", "Hari peringatan")

    day: MonthDay | None = field("Hari", "Bulan-hari; kosongkan bila berpindah.", default=None, example="08-17")
    scope: ObservanceScope | None = field("Lingkup", "Misalnya national.", default=None)
