"""What every record has: the shared envelope, and the parts that several kinds use."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, model_validator

from kbp_site.content.records.values import (
    Address,
    AnyRef,
    Choice,
    ConsentRef,
    Date,
    Day,
    Line,
    LongVerbatim,
    MediaFile,
    Number,
    OldPath,
    OrganizationRef,
    Prose,
    RoleRef,
    Rupiah,
    Summary,
    TopicRef,
    Verbatim,
    field,
    option,
)
from kbp_site.locale import Text


def is_empty(value: object) -> bool:
    """Whether a value as read says nothing: absent, blank, or a list or mapping without content."""
    return not value or (isinstance(value, str) and value.isspace())


class Part(BaseModel):
    """A group of fields; what is left empty counts as not written."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)  # a check of what is known needs none

    @model_validator(mode="before")
    @classmethod
    def drop_empty(cls, values: Any) -> Any:
        """Leave out fields without a value, so that a required one is told as missing."""
        if isinstance(values, dict) and (empty := [name for name, value in values.items() if is_empty(value)]):
            fields = cls.model_fields
            return {name: value for name, value in values.items() if name not in empty or name not in fields}
        return values


class Kind(Part):
    """What stands in a file of its own: its folder, its public path, what many and what one are called."""

    FOLDER: ClassVar[str]
    PATH: ClassVar[str] = ""
    PATH_EN: ClassVar[str] = ""
    LABEL: ClassVar[Text]
    LABEL_ONE: ClassVar[Text]


class Status(Choice):
    """How far a record is on its way to the public."""

    DRAFT = option("draft", "Draf")
    REVIEW = option("review", "Sedang diperiksa")
    PUBLISHED = option("published", "Terbit")
    WITHDRAWN = option("withdrawn", "Ditarik")

    @classmethod
    def _may_be_mended(cls, value: str) -> bool:
        return value != cls.PUBLISHED  # only a person publishes


class SourceNote(Part):
    """Where something is written."""

    title: Verbatim = field(
        "Judul sumber", "Judul seperti tertulis di sumbernya.", example="Laporan kunjungan lapangan"
    )
    url: Address | None = field("Alamat", "Alamat lengkap di internet, bila ada.", default=None)
    author: Verbatim | None = field("Penulis", "Nama penulis seperti tertulis.", default=None)
    publisher: Verbatim | None = field("Penerbit", "Lembaga yang menerbitkan.", default=None)
    published: Date | None = field("Tanggal terbit", "Kapan diterbitkan; unknown bila tidak diketahui.", default=None)
    accessed: Date | None = field("Tanggal dibuka", "Kapan sumber ini terakhir dibuka.", default=None)
    note: LongVerbatim | None = field("Keterangan", "Hal yang perlu diketahui tentang sumber ini.", default=None)


class Credits(Part):
    """Who made the record."""

    author: Verbatim | None = field("Penulis", "Siapa yang menulis catatan ini.", default=None)
    editor: Verbatim | None = field("Penyunting", "Siapa yang menyuntingnya.", default=None)


class Correction(Part):
    """A mistake that was mended after publication."""

    on: Day = field("Tanggal", "Hari pembetulan.", example="2026-11-23")
    what: Summary = field("Yang dibetulkan", "Apa yang diubah, satu kalimat.")
    why: Summary | None = field("Alasan", "Mengapa diubah.", default=None)


class Contact(Part):
    """An office's way to be reached, never a person's private one."""

    office: Summary | None = field("Kantor", "Nama dan alamat kantor.", default=None)
    email: Verbatim | None = field("Surel", "Surel kantor; daftarkan juga di site.yml.", default=None)
    phone: Verbatim | None = field("Telepon", "Telepon kantor; daftarkan juga di site.yml.", default=None)
    url: Address | None = field("Situs", "Alamat situs kantor.", default=None)


class PeopleInPhoto(Choice):
    """Whether somebody can be recognised in a photo."""

    NONE = option("none", "Tidak ada orang")
    UNRECOGNISABLE = option("unrecognisable", "Orang tidak dapat dikenali")
    RECOGNISABLE = option("recognisable", "Orang dapat dikenali")


class Photo(Part):
    """A photo of a story."""

    file: MediaFile = field("Berkas foto", "Letak foto di content/media/.", example="bazar/meja-tamu.jpg")
    alt: Line = field("Isi gambar", "Apa yang terlihat, bagi orang yang tidak dapat melihatnya.")
    caption: Summary | None = field("Keterangan foto", "Kalimat di bawah foto.", default=None)
    credit: Verbatim | None = field("Pemotret", "Siapa yang memotret.", default=None)
    taken: Date | None = field("Tanggal foto", "Kapan foto diambil.", default=None)
    people: PeopleInPhoto = field("Orang di foto", "none, unrecognisable, atau recognisable.", example="none")
    consent: ConsentRef | None = field("Persetujuan", "Wajib bila orangnya dapat dikenali.", default=None)


class Document(Part):
    """A document that readers may download."""

    file: MediaFile = field("Berkas", "Letak dokumen di content/media/.", example="laporan.pdf")
    title: Line = field("Judul dokumen", "Nama yang dibaca orang.")


class FollowUpState(Choice):
    """How far a promise is."""

    OPEN = option("open", "Belum dilakukan")
    DONE = option("done", "Sudah dilakukan")
    DROPPED = option("dropped", "Tidak dilanjutkan")


class FollowUp(Part):
    """Something that was promised."""

    what: Summary = field("Tindak lanjut", "Apa yang akan dilakukan.")
    who: Line | None = field("Siapa", "Peran atau lembaga, bukan nama orang.", default=None)
    due: Date | None = field("Batas waktu", "Kapan harus selesai.", default=None)
    state: FollowUpState = field("Keadaan", "open, done, atau dropped.", default=FollowUpState.OPEN)


class ClaimStatus(Choice):
    """How well a figure agrees with its parts and with other sources."""

    CONSISTENT = option("consistent", "Cocok")
    CONFLICT_UNRESOLVED = option("conflict_unresolved", "Bertentangan, belum dapat dipastikan")
    CONFLICT_RESOLVED = option("conflict_resolved", "Pernah bertentangan, sudah dipastikan")
    SINGLE_SOURCE = option("single_source", "Dari satu sumber")
    ESTIMATED = option("estimated", "Perkiraan")


class ClaimPart(Part):
    """One part of a figure."""

    label: Line = field("Bagian", "Nama bagian.", example="Kecamatan Selat")
    value: Number = field("Nilai", "Angka bagian ini.", example="15")


class Claim(Part):
    """A figure as its source has it."""

    about: Line = field("Tentang", "Apa yang dihitung.", example="Jumlah kelurahan/desa sasaran P2KP")
    unit: Line | None = field("Satuan", "Satuan hitungan.", default=None, example="kelurahan/desa")
    parts: tuple[ClaimPart, ...] = field("Rincian", "Bagian-bagian seperti di sumber.", default=())
    stated_total: Number | None = field("Jumlah yang disebut", "Jumlah seperti di sumber.", default=None)
    source: Number = field("Nomor sumber", "Urutan di sources; yang pertama 0.", default=0)
    status: ClaimStatus = field("Keadaan", "Cocok atau bertentangan.", default=ClaimStatus.SINGLE_SOURCE)
    note: Summary | None = field("Catatan", "Wajib bila angkanya bertentangan.", default=None)


class Participants(Part):
    """Who took part."""

    total: Number | None = field("Jumlah peserta", "Semua peserta.", default=None)
    women: Number | None = field("Perempuan", "Peserta perempuan.", default=None)
    men: Number | None = field("Laki-laki", "Peserta laki-laki.", default=None)
    groups: tuple[Line, ...] = field("Kelompok", "Kelompok yang ikut, bukan nama orang.", default=())


class Money(Part):
    """Money for an activity."""

    source: Line = field("Sumber dana", "Dari mana dananya.")
    amount: Rupiah | None = field("Jumlah", "Rupiah, angka saja.", default=None, example="5000000")
    note: Summary | None = field("Keterangan", "Hal yang perlu diketahui.", default=None)


class Replication(Part):
    """How another community repeats an activity."""

    prerequisites: tuple[Line, ...] = field("Yang perlu ada", "Syarat sebelum mulai.", default=())
    steps: tuple[Summary, ...] = field("Langkah", "Langkah demi langkah.", default=())
    adapt: Prose | None = field("Yang perlu disesuaikan", "Apa yang berbeda di tempat lain.", default=None)
    contact: OrganizationRef | None = field("Tempat bertanya", "Lembaga yang dapat ditanya.", default=None)


class Envelope(Kind):
    """The fields of every public record."""

    title: Line = field("Judul", "Satu baris, seperti akan dibaca orang.", example="Menengahi keluhan warga")
    summary: Summary | None = field("Ringkasan", "Satu atau dua kalimat, paling panjang 400 karakter.", default=None)
    status: Status = field("Keadaan", "draft, review, published, atau withdrawn.", default=Status.DRAFT)
    publish_on: Day | None = field("Terbit pada", "Ditahan sampai hari ini tiba.", default=None, example="2026-12-01")
    topics: tuple[TopicRef, ...] = field("Topik", "Nama berkas di content/topics/.", default=())
    roles: tuple[RoleRef, ...] = field("Peran", "Peran komunitas yang tampak di sini.", default=())
    sources: tuple[SourceNote, ...] = field("Sumber", "Dari mana isi catatan ini.", default=())
    credits: Credits | None = field("Penyusun", "Siapa yang menulis dan menyunting.", default=None)
    related: tuple[AnyRef, ...] = field("Terkait", "Catatan lain, ditulis jenis/nama-berkas.", default=())
    corrections: tuple[Correction, ...] = field("Pembetulan", "Kesalahan yang sudah diperbaiki.", default=())
    aliases: tuple[OldPath, ...] = field(
        "Alamat lama", "Alamat yang pernah dipakai; pembacanya diantar ke halaman ini.", default=()
    )


class Story(Envelope):
    """What activities, study visits and exhibitions have in common."""

    summary: Summary = field("Ringkasan", "Satu atau dua kalimat, paling panjang 400 karakter.")
    date: Date = field("Tanggal", "Sejauh diketahui; unknown bila tidak tercatat.", example="2006-08-17")
    result: Prose | None = field("Hasil", "Apa yang berubah sesudahnya.", default=None)
    follow_ups: tuple[FollowUp, ...] = field("Tindak lanjut", "Janji dan rencana sesudahnya.", default=())
    photos: tuple[Photo, ...] = field("Foto", "Foto dengan keterangan isi gambar.", default=())
    documents: tuple[Document, ...] = field("Dokumen", "Dokumen yang boleh diunduh.", default=())
    claims: tuple[Claim, ...] = field("Angka", "Angka seperti di sumbernya.", default=())
