"""Exhibitions: fairs where the community shows what it does."""

from __future__ import annotations

from typing import Annotated, ClassVar

from kbp_site.content.records.base import Part, Story
from kbp_site.content.records.values import (
    AnyRef,
    Choice,
    Line,
    MediaFile,
    Number,
    NumberType,
    ObservanceRef,
    OrganizationOrLine,
    PlaceRef,
    Prose,
    field,
    option,
)
from kbp_site.locale import Text, text, text_in


class OurRole(Choice):
    """What the community was at the fair."""

    PARTICIPANT = option("participant", "Peserta")
    ORGANIZER = option("organizer", "Penyelenggara")
    CONTRIBUTOR = option("contributor", "Pengisi acara")


class MaterialKind(Choice):
    """What was on the table."""

    LEAFLET = option("leaflet", "Selebaran")
    POSTER = option("poster", "Poster")
    PHOTO = option("photo", "Foto")
    MAP = option("map", "Peta")
    VIDEO = option("video", "Video")
    PRODUCT = option("product", "Produk warga")
    GAME = option("game", "Permainan")


class Material(Part):
    """Something that was shown."""

    kind: MaterialKind | None = field("Jenis", "Misalnya leaflet atau poster.", default=None)
    title: Line = field("Nama bahan", "Nama bahan pameran.")
    file: MediaFile | None = field("Berkas", "Letaknya di content/media/.", default=None)


class VisitorMethod(Choice):
    """How visitors were counted."""

    COUNTED = option("counted", "dihitung")
    GUESTBOOK = option("guestbook", "menurut buku tamu")
    ESTIMATED = option("estimated", "perkiraan")
    ORGANIZER_CLAIM = option("organizer_claim", "menurut penyelenggara")


class Visitors(Part):
    """How many came."""

    count: Number | None = field("Jumlah pengunjung", "Angka saja; kosongkan bila tidak tercatat.", default=None)
    method: VisitorMethod | None = field("Cara menghitung", "Bagaimana angkanya diperoleh.", default=None)


class KioskLanguage(Choice):
    """A language that the kiosk offers."""

    ID = option("id", "Bahasa Indonesia")
    EN = option("en", "English")


class Kiosk(Part):
    """How the exhibition's touch screen behaves."""

    welcome: Line | None = field("Sapaan", "Kalimat pembuka di layar.", default=None)
    playlist: tuple[AnyRef, ...] = field(
        "Isi layar", "Catatan yang dapat dibaca, ditulis jenis/nama-berkas.", default=()
    )
    attract: tuple[AnyRef, ...] = field("Cerita pembuka", "Catatan yang tampil bergantian.", default=())
    idle_seconds: Annotated[int, NumberType(20, 600)] = field("Waktu diam", "Detik sampai layar bertanya.", default=90)
    countdown_seconds: Annotated[int, NumberType(20, 60)] = field(
        "Hitung mundur", "Detik sampai layar kembali.", default=30
    )
    languages: tuple[KioskLanguage, ...] = field("Bahasa", "id, en.", default=(KioskLanguage.ID,))


class Exhibition(Story):
    """One exhibition."""

    FOLDER: ClassVar[str] = "exhibitions"
    PATH: ClassVar[str] = "pameran"
    PATH_EN: ClassVar[str] = "exhibitions"
    LABEL: ClassVar[Text] = text("Pameran")
    LABEL_ONE: ClassVar[Text] = text_in("satu", "Pameran")

    event: Line = field("Nama acara", "Nama pameran seperti diumumkan.")
    commemorates: ObservanceRef | None = field("Memperingati", "Hari yang diperingati.", default=None)
    organizer: OrganizationOrLine | None = field("Penyelenggara", "Lembaga, atau cukup namanya.", default=None)
    venue: PlaceRef | None = field("Tempat", "Nama berkas di content/places/.", default=None)
    our_role: OurRole | None = field("Ikut sebagai", "participant, organizer, atau contributor.", default=None)
    goals: Prose | None = field("Tujuan", "Mengapa ikut.", default=None)
    materials: tuple[Material, ...] = field("Bahan pameran", "Apa yang dipamerkan.", default=())
    visitors: Visitors | None = field("Pengunjung", "Berapa orang datang.", default=None)
    kiosk: Kiosk | None = field("Kios layar sentuh", "Pengaturan layar di stan.", default=None)
