"""Roles: what a learning community can be for its city."""

from __future__ import annotations

from typing import ClassVar

from kbp_site.content.records.base import Envelope
from kbp_site.content.records.values import Icon, Number, Prose, field
from kbp_site.locale import Text, text, text_in


class Role(Envelope):
    """One role."""

    FOLDER: ClassVar[str] = "roles"
    PATH: ClassVar[str] = "peran"
    PATH_EN: ClassVar[str] = "roles"
    LABEL: ClassVar[Text] = text("Peran")
    LABEL_ONE: ClassVar[Text] = text_in("satu", "Peran")

    order: Number | None = field("Urutan", "Nomor urut di halaman depan.", default=None)
    icon: Icon | None = field(
        "Ikon",
        "Gambar kecil di samping namanya: salah satu dari material/handshake, account-group, storefront, "
        "clipboard-list, swap-horizontal, hand-coin; yang lain tampil sebagai tanda centang.",
        default=None,
        example="material/handshake",
    )
    about: Prose = field("Tentang peran ini", "Apa yang dilakukan komunitas.")
