"""Activities: what a community did, from a mediation to a discussion."""

from __future__ import annotations

from typing import ClassVar

from kbp_site.content.records.base import Money, Participants, Replication, Story
from kbp_site.content.records.values import (
    Choice,
    Line,
    OrganizationRef,
    PlaceRef,
    Prose,
    field,
    option,
)
from kbp_site.locale import Text, text, text_in


class ActivityKind(Choice):
    """What sort of activity it was."""

    MEDIATION = option("mediation", "Mediasi")
    FIELD_FACILITATION = option("field_facilitation", "Pendampingan lapangan")
    DATA_ADVOCACY = option("data_advocacy", "Memperjuangkan data warga")
    THEMATIC_DISCUSSION = option("thematic_discussion", "Diskusi tematik")
    FIELD_VISIT = option("field_visit", "Kunjungan lapangan")
    BAZAAR = option("bazaar", "Bazar")
    TRAINING = option("training", "Pelatihan")
    OUTREACH = option("outreach", "Berbagi informasi")
    AUDIENCE = option("audience", "Audiensi")
    INSTITUTIONAL = option("institutional", "Kelembagaan")
    OTHER = option("other", "Kegiatan lain")


class CycleStep(Choice):
    """The step of the programme's community cycle."""

    SOCIALISATION = option("socialisation", "Sosialisasi")
    READINESS = option("readiness", "Rembug kesiapan masyarakat")
    REFLECTION = option("reflection", "Refleksi kemiskinan")
    MAPPING = option("mapping", "Pemetaan swadaya")
    INSTITUTION = option("institution", "Pembentukan lembaga warga")
    PLANNING = option("planning", "Perencanaan jangka menengah")
    GROUPS = option("groups", "Pembentukan kelompok swadaya")
    GRANT = option("grant", "Bantuan langsung masyarakat")
    REVIEW = option("review", "Tinjauan bersama")


class Outcome(Choice):
    """How it ended."""

    SOLVED = option("solved", "Selesai")
    PARTLY = option("partly", "Selesai sebagian")
    OPEN = option("open", "Belum selesai")
    UNKNOWN = option("unknown", "Belum tercatat")


class MediationLevel(Choice):
    """Up to which level a mediation went."""

    NEIGHBOURHOOD = option("neighbourhood", "Lingkungan (RT/RW)")
    VILLAGE = option("village", "Kelurahan/desa")
    DISTRICT = option("district", "Kecamatan")
    REGENCY = option("regency", "Kabupaten")


class Activity(Story):
    """One activity."""

    FOLDER: ClassVar[str] = "activities"
    PATH: ClassVar[str] = "kegiatan"
    PATH_EN: ClassVar[str] = "activities"
    LABEL: ClassVar[Text] = text("Kegiatan")
    LABEL_ONE: ClassVar[Text] = text_in("satu", "Kegiatan")

    kind: ActivityKind = field("Jenis kegiatan", "Misalnya mediation atau bazaar.", example="mediation")
    places: tuple[PlaceRef, ...] = field("Tempat", "Nama berkas di content/places/.", default=())
    organizations: tuple[OrganizationRef, ...] = field("Lembaga", "Lembaga yang ikut.", default=())
    cycle_step: CycleStep | None = field("Tahap siklus", "Tahap program yang sedang berjalan.", default=None)
    level: MediationLevel | None = field("Tingkat", "Untuk mediasi: sampai tingkat mana.", default=None)
    parties: tuple[Line, ...] = field("Pihak", "Untuk mediasi: pihak menurut perannya, bukan nama.", default=())
    problem: Prose | None = field("Masalah", "Apa yang dihadapi.", default=None)
    process: Prose = field("Proses", "Apa yang dilakukan, urut dari awal.")
    outcome: Outcome | None = field("Hasil akhir", "solved, partly, open, atau unknown.", default=None)
    participants: Participants | None = field("Peserta", "Berapa orang dan kelompok mana.", default=None)
    funding: tuple[Money, ...] = field("Dana", "Dana kegiatan.", default=())
    replication: Replication | None = field("Mengulang di tempat lain", "Bagi komunitas lain.", default=None)
