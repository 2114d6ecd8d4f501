"""Terms: the glossary's entries."""

from __future__ import annotations

from typing import ClassVar

from kbp_site.content.records.base import Envelope
from kbp_site.content.records.values import Choice, Definition, Line, Summary, field, option
from kbp_site.locale import Text, text, text_in


class Confidence(Choice):
    """How well a meaning is supported."""

    HIGH = option("high", "Didukung sumber")
    MEDIUM = option("medium", "Didukung sebagian")
    LOW = option("low", "Belum dapat dipastikan")


class Term(Envelope):
    """One term."""

    FOLDER: ClassVar[str] = "terms"
    PATH: ClassVar[str] = "istilah"
    PATH_EN: ClassVar[str] = "glossary"
    LABEL: ClassVar[Text] = text("Istilah")
    LABEL_ONE: ClassVar[Text] = text_in("satu", "Istilah")

    expansion: Line | None = field("Kepanjangan", "Kepanjangan singkatan.", default=None)
    definition: Definition = field("Arti", "Satu atau dua kalimat, paling panjang 600 karakter.")
    category: Line | None = field("Kelompok", "Kelompok istilah.", default=None, example="fund")
    also: tuple[Line, ...] = field("Nama lain", "Sebutan lain dengan arti sama.", default=())
    collision: Summary | None = field("Jangan tertukar", "Arti lain dari singkatan yang sama.", default=None)
    confidence: Confidence | None = field("Kepastian", "high, medium, atau low.", default=None)
