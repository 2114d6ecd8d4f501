"""Places: from a province to a meeting hall."""

from __future__ import annotations

from typing import ClassVar

from kbp_site.content.records.base import Envelope
from kbp_site.content.records.values import (
    Choice,
    Latitude,
    Longitude,
    LongVerbatim,
    PlaceRef,
    Verbatim,
    field,
    option,
)
from kbp_site.locale import Text, text, text_in


class PlaceLevel(Choice):
    """What sort of place it is."""

    PROVINCE = option("province", "Provinsi")
    REGENCY = option("regency", "Kabupaten/kota")
    DISTRICT = option("district", "Kecamatan")
    WARD = option("ward", "Kelurahan")
    VILLAGE = option("village", "Desa")
    SITE = option("site", "Lokasi")


class PointKind(Choice):
    """What a coordinate stands for."""

    CENTROID = option("centroid", "titik tengah, bukan batas resmi")
    OFFICE = option("office", "letak kantor")
    LANDMARK = option("landmark", "letak penanda")


class PlaceMatch(Choice):
    """How surely a name in a source is this place."""

    EXACT = option("exact", "pasti")
    PROBABLE = option("probable", "mungkin")
    AMBIGUOUS = option("ambiguous", "lebih dari satu kemungkinan")


class Place(Envelope):
    """One place."""

    FOLDER: ClassVar[str] = "places"
    PATH: ClassVar[str] = "tempat"
    PATH_EN: ClassVar[str] = "places"
    LABEL: ClassVar[Text] = text("Tempat")
    LABEL_ONE: ClassVar[Text] = text_in("satu", "Tempat")

    level: PlaceLevel = field("Tingkat wilayah", "Misalnya district atau ward.", example="ward")
    part_of: PlaceRef | None = field("Bagian dari", "Wilayah di atasnya.", default=None)
    split_from: PlaceRef | None = field("Dimekarkan dari", "Wilayah asalnya.", default=None)
    code_kemendagri: Verbatim | None = field("Kode Kemendagri", "Kode bertitik.", default=None, example="62.03.01")
    code_bps: Verbatim | None = field("Kode BPS", "Kode wilayah kerja statistik.", default=None, example="6203040")
    latitude: Latitude | None = field("Lintang", "Derajat desimal.", default=None, example="-2.9996")
    longitude: Longitude | None = field("Bujur", "Derajat desimal.", default=None, example="114.3786")
    point: PointKind | None = field("Letak titik", "centroid, office, atau landmark.", default=None)
    point_source: LongVerbatim | None = field("Sumber titik", "Dari mana koordinatnya.", default=None)
    as_written: tuple[Verbatim, ...] = field("Ejaan lain", "Ejaan seperti di sumber.", default=())
    match: PlaceMatch | None = field("Kepastian", "exact, probable, atau ambiguous.", default=None)
