"""A record as plain values, under the names that editors write: what open data is made of.

What is not public is left out here and nowhere else: consents and their ids, photos that may not be
shown, and references to records that readers may not see.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from kbp_site.content.dates import PartialDate
from kbp_site.content.library import E, Entry, Library
from kbp_site.content.records.base import Part, Photo
from kbp_site.content.records.consents import Consent
from kbp_site.content.records.shape import Slot, slots
from kbp_site.content.records.values import DegreesType, FileType, RefType
from kbp_site.content.showing import may_give, may_show

Plain = str | int | float | list["Plain"] | dict[str, "Plain"] | None


def plain_record(library: Library, entry: Entry[E]) -> dict[str, Plain]:
    """Return every open field of a record by name; ``None`` and empty lists are "not recorded".

    Dates are the EDTF text that the editor wrote, coordinates numbers, choices their value.
    """
    return _part(library, entry.record)


@cache
def open_slots(model: type[Part]) -> tuple[Slot, ...]:
    """Return the fields of a kind or part that may be told; consents may not."""
    return tuple(slot for slot in slots(model) if not _names_consent(slot))


def _names_consent(slot: Slot) -> bool:
    return isinstance(slot.type, RefType) and slot.type.kinds == (Consent.FOLDER,)


def _part(library: Library, part: Part) -> dict[str, Plain]:
    return {slot.name: _field(library, slot, getattr(part, slot.name)) for slot in open_slots(type(part))}


def _field(library: Library, slot: Slot, value: object) -> Plain:
    if isinstance(value, tuple):
        return [plain for item in value if (plain := _value(library, slot, item)) is not None]
    return None if value is None else _value(library, slot, value)


def _value(library: Library, slot: Slot, value: object) -> Plain:
    """Return one value; ``None`` for what readers may not see."""
    match value:
        case Part():
            return _part(library, value) if is_open(library, value) else None
        case PartialDate():
            return value.text
        case date():
            return value.isoformat()
        case str() if isinstance(slot.type, RefType):
            return value if _leads_to_public(library, slot.type, value) else None
        case str() if isinstance(slot.type, FileType):
            return value if may_give(library, value) else None
        case str() if isinstance(slot.type, DegreesType):
            return float(value)
        case str() | int():
            return value
    raise TypeError(f"{slot.name}: {type(value).__name__}")


def _leads_to_public(library: Library, kind: RefType, written: str) -> bool:
    folder, name = kind.target(written)
    if kind.or_line and not library.knows(folder, name):
        return True
    return library.find(f"{folder}/{name}") is not None


def is_open(library: Library, part: Part) -> bool:
    """Whether a part may be told: a photo with consent, a part whose subject is public."""
    if isinstance(part, Photo):
        return may_show(library, part)
    return all(
        _leads_to_public(library, slot.type, getattr(part, slot.name))
        for slot in slots(type(part))
        if isinstance(slot.type, RefType) and not slot.is_list and type(part).model_fields[slot.name].is_required()
    )
