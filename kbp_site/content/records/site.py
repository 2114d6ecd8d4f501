"""The site's own record, `content/site.yml`."""

from __future__ import annotations

from typing import Annotated, ClassVar

from kbp_site.content.records.base import Contact, Kind, Part
from kbp_site.content.records.values import (
    AddressType,
    Choice,
    Line,
    OrganizationRef,
    PlaceRef,
    Summary,
    Verbatim,
    Zone,
    field,
    option,
)
from kbp_site.locale import Text, text, text_in

WebAddress = Annotated[str, AddressType(is_web=True)]


class SiteLanguage(Choice):
    """A language of the site."""

    ID = option("id", "Bahasa Indonesia")
    EN = option("en", "English")


class AllowedContact(Part):
    """An office's number or address that may stand in public."""

    value: Verbatim = field("Kontak", "Nomor atau surel kantor, persis seperti ditulis.")
    reason: Summary = field("Alasan", "Mengapa boleh dibaca umum.")


class Privacy(Part):
    """What the privacy checks let pass."""

    allowed_contacts: tuple[AllowedContact, ...] = field("Kontak yang boleh tampil", "Kontak kantor.", default=())


class Site(Kind):
    """What is true of the whole site."""

    FOLDER: ClassVar[str] = ""
    LABEL: ClassVar[Text] = text("Situs")
    LABEL_ONE: ClassVar[Text] = text_in("satu", "Situs")

    title: Line = field("Nama situs", "Nama yang tampil di setiap halaman.", example="KBP Kapuas")
    tagline: Summary | None = field("Semboyan", "Satu kalimat tentang situs ini.", default=None)
    organization: OrganizationRef = field("Pemilik", "Lembaga pemilik situs.", example="kbp-kapuas")
    languages: tuple[SiteLanguage, ...] = field("Bahasa", "Yang pertama bahasa utama.", default=(SiteLanguage.ID,))
    region: PlaceRef | None = field("Wilayah", "Tempat asal komunitas.", default=None)
    url: WebAddress | None = field("Alamat situs", "Alamat situs di internet.", default=None)
    contact: Contact | None = field("Kontak", "Kontak kantor.", default=None)
    licence: Line | None = field("Lisensi", "Lisensi tulisan di situs ini.", default=None, example="CC BY 4.0")
    repository: WebAddress | None = field("Repositori", 'Untuk "sunting halaman ini".', default=None)
    search_synonyms: dict[str, tuple[Line, ...]] = field("Padanan kata", "Kata yang dicari bersama.", default={})
    privacy: Privacy = field("Privasi", "Pengecualian pemeriksaan privasi.", default=Privacy())
    time_zone: Zone = field("Zona waktu", "WIB, WITA, atau WIT.", default="Asia/Jakarta")
