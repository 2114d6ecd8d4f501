"""Lessons: what stories taught, and where it was tried again."""

from __future__ import annotations

from typing import ClassVar

from kbp_site.content.records.base import Envelope, Part
from kbp_site.content.records.values import (
    Choice,
    OrganizationRef,
    Prose,
    StoryRef,
    Summary,
    field,
    option,
)
from kbp_site.locale import Text, text, text_in


class TrialOutcome(Choice):
    """Whether a lesson held when it was tried."""

    WORKED = option("worked", "Berhasil")
    PARTLY = option("partly", "Berhasil sebagian")
    FAILED = option("failed", "Tidak berhasil")


class Trial(Part):
    """A story in which the lesson was tried."""

    story: StoryRef = field("Cerita", "Ditulis jenis/nama-berkas.", example="activities/rembug-warga")
    outcome: TrialOutcome = field("Hasil", "worked, partly, atau failed.", example="worked")
    note: Summary | None = field("Keterangan", "Apa yang terjadi.", default=None)


class Lesson(Envelope):
    """One lesson."""

    FOLDER: ClassVar[str] = "lessons"
    PATH: ClassVar[str] = "pelajaran"
    PATH_EN: ClassVar[str] = "lessons"
    LABEL: ClassVar[Text] = text("Pelajaran")
    LABEL_ONE: ClassVar[Text] = text_in("satu", "Pelajaran")

    context: Prose = field("Keadaan", "Kapan pelajaran ini berguna.")
    advice: Prose = field("Saran", "Apa yang sebaiknya dilakukan.")
    because: Prose = field("Sebab", "Mengapa begitu.")
    learned_from: tuple[StoryRef, ...] = field(
        "Dipetik dari", "Cerita asalnya, ditulis jenis/nama-berkas.", example="[activities/mediasi-keluhan]"
    )
    tried_at: tuple[Trial, ...] = field("Dicoba di", "Cerita tempat pelajaran ini dicoba.", default=())
    ask: OrganizationRef | None = field("Tempat bertanya", "Lembaga yang dapat ditanya.", default=None)
