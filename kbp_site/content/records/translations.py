"""English editions of records: the translatable fields of a kind, laid over its Indonesian record."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, create_model

from kbp_site.content.records.base import Part
from kbp_site.content.records.shape import Slot, slots
from kbp_site.content.records.values import LineType, ProseType, Verbatim, field

M = TypeVar("M", bound=BaseModel)

UNTRANSLATED = frozenset({"sources", "credits", "corrections", "contact", "privacy"})
"""Parts that stay as they are: they name documents, people and offices."""


class TranslatedPart(Part):
    """The translatable fields of a kind or part."""

    ORIGINAL: ClassVar[type[BaseModel]]

    def __reduce__(self) -> tuple[type[Sent], tuple[Any, ...]]:
        return Sent, (self.ORIGINAL, type(self).__base__, self.model_fields_set, self.__dict__)


class Sent:
    """An English edition on its way to another process: its model is made here, and has no name to be found by."""

    def __new__(  # type: ignore[misc]  # mypy: a class that stands for what it makes
        cls, original: type[BaseModel], base: type[TranslatedPart], written: set[str], values: dict[str, Any]
    ) -> TranslatedPart:
        """Return the edition as it was before it was sent."""
        return translation_model(original, base).model_construct(written, **values)


class Translation(TranslatedPart):
    """What every English edition says about itself."""

    translation_of: Verbatim | None = field(
        "Versi sumber", "Sidik jari catatan Indonesia ketika diterjemahkan.", default=None
    )
    translator: Verbatim | None = field(
        "Penerjemah", "Siapa yang menerjemahkan; disimpan, tidak ditampilkan.", default=None
    )


def is_translatable(slot: Slot) -> bool:
    """Whether an English edition has a text of its own for a field, or for one inside it."""
    if slot.name in UNTRANSLATED:
        return False
    if isinstance(slot.type, LineType | ProseType):
        return slot.type.translatable
    return isinstance(slot.type, type) and any(is_translatable(inner) for inner in slots(slot.type))


@cache
def translation_model(model: type[BaseModel], base: type[TranslatedPart] = Translation) -> type[TranslatedPart]:
    """Return the model of a kind's English edition: its translatable fields, all optional."""
    fields: dict[str, Any] = {}
    for slot in slots(model):
        if not is_translatable(slot):
            continue
        inner: Any = (
            translation_model(slot.type, TranslatedPart) if isinstance(slot.type, type) else Annotated[str, slot.type]
        )
        fields[slot.name] = (tuple[inner, ...], ()) if slot.is_list else (inner | None, None)
    made: type[TranslatedPart] = create_model(f"{model.__name__}Translation", __base__=base, **fields)
    made.ORIGINAL = model
    return made


def translated(record: M, translation: BaseModel) -> M:
    """Return the record with the translation's texts in place of its own, as far as they go."""
    update: dict[str, Any] = {}
    for slot in slots(type(translation)):
        said, own = getattr(translation, slot.name), getattr(record, slot.name, None)
        if not said or own is None:
            continue
        if not isinstance(slot.type, type):
            update[slot.name] = said
        elif slot.is_list:
            pairs = zip(own, said, strict=False)
            update[slot.name] = tuple(translated(*pair) for pair in pairs) + tuple(own[len(said) :])
        else:
            update[slot.name] = translated(own, said)
    return record.model_copy(update=update)


def fingerprint(record: BaseModel) -> str:
    """Return the fingerprint of what would be translated: 12 hexadecimal digits of SHA-256."""
    whole = json.dumps(_texts(record), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


def _texts(record: BaseModel) -> dict[str, Any]:
    texts: dict[str, Any] = {}
    for slot in slots(type(record)):
        value = getattr(record, slot.name)
        if not value or not is_translatable(slot):
            continue
        if isinstance(slot.type, type):
            texts[slot.name] = [_texts(item) for item in value] if slot.is_list else _texts(value)
        else:
            texts[slot.name] = value
    return texts
