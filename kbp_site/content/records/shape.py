"""The shape of a kind: which of its values are references, files or translatable texts.

Found once from the types of the fields, so that a new field needs no second mention.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from kbp_site.content.records.base import Part
from kbp_site.content.records.values import ValueType
from kbp_site.content.source import Location

V = TypeVar("V", bound=ValueType)


class Slot(NamedTuple):
    """One field of a kind: its type of value or part, and whether it is a list."""

    name: str
    type: ValueType | type[Part] | None
    is_list: bool


@cache
def slots(model: type[BaseModel]) -> tuple[Slot, ...]:
    """Return the fields of a kind or part that hold values or parts of ours."""
    found = []
    for name, info in model.model_fields.items():
        marker = next((item for item in info.metadata if isinstance(item, ValueType)), None)
        if marker is not None:
            found.append(Slot(name, marker, is_list=False))
            continue
        kind, is_list = _inner(info.annotation)
        found.append(Slot(name, kind, is_list))
    return tuple(found)


def _inner(annotation: Any) -> tuple[ValueType | type[Part] | None, bool]:
    """Look through `X | None`, `tuple[X, ...]` and `Annotated[X, type]`."""
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return _inner(next(arg for arg in get_args(annotation) if arg is not type(None)))
    if origin is tuple:
        return _inner(get_args(annotation)[0])[0], True
    if origin is Annotated:
        return next((item for item in get_args(annotation)[1:] if isinstance(item, ValueType)), None), False
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation, False
    return None, False


@cache
def _holds(model: type[BaseModel], wanted: Any) -> tuple[Slot, ...]:
    return tuple(
        slot
        for slot in slots(model)
        if isinstance(slot.type, wanted) or (isinstance(slot.type, type) and bool(_holds(slot.type, wanted)))
    )


def values_of(record: BaseModel, wanted: type[V], location: Location = ()) -> Iterator[tuple[Location, V, Any]]:
    """Yield every value of a type in a record, with where it stands: (location, type, value)."""
    for slot in _holds(type(record), wanted):  # type: ignore[arg-type]  # mypy: a type can be hashed
        value = getattr(record, slot.name)
        if value is None:
            continue
        items = enumerate(value) if slot.is_list else [(None, value)]
        for index, item in items:
            if item is None:
                continue  # an item that could not be read
            here = (*location, slot.name) if index is None else (*location, slot.name, index)
            if isinstance(slot.type, wanted):
                yield here, slot.type, item
            else:
                yield from values_of(item, wanted, here)
