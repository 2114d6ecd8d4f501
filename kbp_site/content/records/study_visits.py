"""Study visits: communities that learn from each other on the spot."""

from __future__ import annotations

from typing import ClassVar

from kbp_site.content.records.base import Part, Story
from kbp_site.content.records.values import (
    Choice,
    Clock,
    Line,
    Number,
    OrganizationRef,
    PlaceRef,
    Prose,
    field,
    option,
)
from kbp_site.locale import Text, text, text_in


class VisitState(Choice):
    """Whether a visit took place."""

    DONE = option("done", "Sudah berlangsung")
    PLANNED = option("planned", "Direncanakan")
    CANCELLED = option("cancelled", "Dibatalkan")


class AgendaItem(Part):
    """One item of a visit's programme."""

    time: Clock | None = field("Jam", "Jam mulai, ditulis JJ:MM.", default=None, example="09:30")
    topic: Line = field("Acara", "Apa yang dibahas atau dilihat.")
    place: Line | None = field("Tempat", "Di mana.", default=None)


class DelegationMember(Part):
    """Part of a delegation, by office and never by name."""

    office: Line = field("Jabatan", "Jabatan atau peran, bukan nama.")
    count: Number | None = field("Jumlah orang", "Berapa orang.", default=None)


class StudyVisit(Story):
    """One visit."""

    FOLDER: ClassVar[str] = "study_visits"
    PATH: ClassVar[str] = "studi-banding"
    PATH_EN: ClassVar[str] = "study-visits"
    LABEL: ClassVar[Text] = text("Studi banding")
    LABEL_ONE: ClassVar[Text] = text_in("satu", "Studi banding")

    host: OrganizationRef = field("Tuan rumah", "Lembaga yang dikunjungi.", example="kbp-kapuas")
    guests: tuple[OrganizationRef, ...] = field("Tamu", "Lembaga yang berkunjung.", example="[kbp-barito-kuala]")
    state: VisitState = field("Keadaan", "done, planned, atau cancelled.", default=VisitState.DONE)
    purpose: Prose | None = field("Tujuan", "Mengapa berkunjung.", default=None)
    agenda: tuple[AgendaItem, ...] = field("Acara", "Susunan acara.", default=())
    delegation: tuple[DelegationMember, ...] = field("Rombongan", "Siapa yang ikut menurut jabatan.", default=())
    places: tuple[PlaceRef, ...] = field("Tempat", "Nama berkas di content/places/.", default=())
