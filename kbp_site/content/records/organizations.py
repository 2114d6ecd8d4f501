"""Organizations: communities, offices, programmes."""

from __future__ import annotations

from typing import ClassVar

from kbp_site.content.records.base import Contact, Envelope
from kbp_site.content.records.values import (
    Choice,
    Date,
    OrganizationRef,
    PlaceRef,
    Prose,
    Verbatim,
    field,
    option,
)
from kbp_site.locale import Text, text, text_in


class OrganizationKind(Choice):
    """What sort of organization it is."""

    KBP = option("kbp", "Komunitas belajar perkotaan")
    COMMUNITY_BOARD = option("community_board", "Badan keswadayaan masyarakat")
    GROUP = option("group", "Kelompok warga")
    FORUM = option("forum", "Forum")
    GOVERNMENT = option("government", "Pemerintah daerah")
    AGENCY = option("agency", "Dinas atau badan")
    NGO = option("ngo", "Lembaga swadaya masyarakat")
    UNIVERSITY = option("university", "Perguruan tinggi")
    MEDIA = option("media", "Media")
    PROGRAMME = option("programme", "Program")
    OTHER = option("other", "Lembaga lain")


class OrganizationState(Choice):
    """Whether it is still at work."""

    ACTIVE = option("active", "Aktif")
    DORMANT = option("dormant", "Sedang tidak aktif")
    ENDED = option("ended", "Sudah berakhir")
    UNKNOWN = option("unknown", "Belum tercatat")


class Organization(Envelope):
    """One organization."""

    FOLDER: ClassVar[str] = "organizations"
    PATH: ClassVar[str] = "organisasi"
    PATH_EN: ClassVar[str] = "organizations"
    LABEL: ClassVar[Text] = text("Organisasi")
    LABEL_ONE: ClassVar[Text] = text_in("satu", "Organisasi")

    short: Verbatim | None = field("Nama pendek", "Singkatan yang dikenal orang.", default=None)
    kind: OrganizationKind = field("Jenis lembaga", "Misalnya kbp atau agency.", example="kbp")
    formed: Date | None = field("Berdiri", "Kapan berdiri.", default=None)
    state: OrganizationState | None = field("Keadaan", "active, dormant, ended, atau unknown.", default=None)
    area: tuple[PlaceRef, ...] = field("Wilayah", "Tempat kerjanya.", default=())
    about: Prose | None = field("Tentang", "Apa lembaga ini.", default=None)
    contact: Contact | None = field("Kontak kantor", "Kontak kantor, bukan pribadi.", default=None)
    parent: OrganizationRef | None = field("Bagian dari", "Lembaga induknya.", default=None)
    successor: OrganizationRef | None = field("Dilanjutkan oleh", "Lembaga penerusnya.", default=None)
