"""What can be read of a record that is not sound, so that the rest of its faults are told in the same run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from kbp_site.content.records.base import is_empty
from kbp_site.content.records.shape import Slot, slots


def salvage(model: type[BaseModel], values: Mapping[str, Any]) -> Any:
    """Return a record (or part) with every field that can be read.

    Others have their default, or ``None`` where they are required; so has an item of a list, which
    keeps the places of those behind it.
    """
    fields = model.model_fields
    read = {name: None if info.is_required() else info.default for name, info in fields.items()}
    for slot in slots(model):
        written = values.get(slot.name)
        if not is_empty(written):
            read[slot.name] = _read(model, slot, written, otherwise=read[slot.name])
    return model.model_construct(**read)


def _read(model: type[BaseModel], slot: Slot, written: Any, *, otherwise: Any) -> Any:
    try:
        return _adapter(model, slot.name).validate_python(written)
    except ValidationError:
        pass
    if slot.is_list and isinstance(written, list):
        return tuple(_read_item(slot, item) for item in written)
    if not slot.is_list and isinstance(slot.type, type) and isinstance(written, dict):
        return salvage(slot.type, written)
    return otherwise


def _read_item(slot: Slot, item: Any) -> Any:
    if isinstance(slot.type, type):
        return salvage(slot.type, item if isinstance(item, dict) else {})
    try:
        return slot.type.read(item) if slot.type else None
    except ValueError:
        return None


@cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    """Return what reads one field alone."""
    info = model.model_fields[name]
    kind: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    return TypeAdapter(kind)
