"""Allocations: money that the community was given, by year and source."""

from __future__ import annotations

from typing import ClassVar

from kbp_site.content.records.base import Claim, Envelope, Part
from kbp_site.content.records.values import (
    Choice,
    Date,
    Number,
    OrganizationRef,
    Prose,
    Rupiah,
    Verbatim,
    field,
    option,
)
from kbp_site.locale import Text, text, text_in


class FundSource(Choice):
    """Where money comes from."""

    APBN = option("apbn", "APBN")
    APBD_PROVINCE = option("apbd_province", "APBD provinsi")
    APBD_REGENCY = option("apbd_regency", "APBD kabupaten/kota")
    BLM = option("blm", "Bantuan langsung masyarakat (BLM)")
    SELF_HELP = option("self_help", "Swadaya warga")
    VILLAGE_FUND = option("village_fund", "Dana desa")
    CSR = option("csr", "Tanggung jawab sosial perusahaan")
    OTHER = option("other", "Sumber lain")


class Stage(Part):
    """One payment."""

    n: Number | None = field("Tahap ke", "Nomor tahap.", default=None)
    date: Date | None = field("Tanggal", "Kapan dibayarkan.", default=None)
    amount: Rupiah | None = field("Jumlah", "Rupiah, angka saja.", default=None)


class Allocation(Envelope):
    """One allocation."""

    FOLDER: ClassVar[str] = "allocations"
    PATH: ClassVar[str] = "dana"
    PATH_EN: ClassVar[str] = "funding"
    LABEL: ClassVar[Text] = text("Dana")
    LABEL_ONE: ClassVar[Text] = text_in("satu", "Dana")

    fiscal_year: Date = field("Tahun anggaran", "Tahun atau rentang; unknown bila tidak tercatat.", example="2006")
    source: FundSource = field("Sumber dana", "Misalnya apbd_regency.", example="apbd_regency")
    recipient: OrganizationRef = field("Penerima", "Lembaga yang menerima.", example="kbp-kapuas")
    channel: OrganizationRef | None = field("Penyalur", "Lembaga yang menyalurkan.", default=None)
    purpose: Prose | None = field("Untuk apa", "Penggunaan dana.", default=None)
    budget: Rupiah | None = field("Anggaran", "Rupiah, angka saja.", default=None)
    revised: Rupiah | None = field("Anggaran perubahan", "Rupiah, angka saja.", default=None)
    disbursed: Rupiah | None = field("Dicairkan", "Rupiah, angka saja.", default=None)
    realised: Rupiah | None = field("Realisasi", "Rupiah, angka saja.", default=None)
    stages: tuple[Stage, ...] = field("Tahap pencairan", "Pembayaran satu per satu.", default=())
    legal_basis: Verbatim | None = field("Dasar hukum", "Nomor dan nama peraturan.", default=None)
    claims: tuple[Claim, ...] = field("Angka", "Angka seperti di sumbernya.", default=())
