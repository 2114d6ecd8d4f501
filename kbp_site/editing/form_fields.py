"""The fields of the web form: one widget a field of a model, with its label, its help and what it refuses."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kbp_site.content.records import BY_FOLDER
from kbp_site.content.records.shape import Slot, slots
from kbp_site.content.records.translations import is_translatable
from kbp_site.content.records.values import (
    LINE_LIMIT,
    Choice,
    DayType,
    FileType,
    LineType,
    ProseType,
    RefType,
    ValueType,
    YesNoType,
)
from kbp_site.editing.reference import choice_of, form_words
from kbp_site.editing.schema_values import plain_schema

Widget = dict[str, Any]

HIDDEN = frozenset({"aliases"})
"""Fields that the form keeps and does not show: they are about addresses, not about stories."""

MEDIA = "/content/media"
PICTURES, DOCUMENTS = ".jpg,.jpeg,.png,.webp,.heic", ".pdf,.docx,.odt,.xlsx,.ods,.csv,.txt"
NO_MARKS = ["^[^<>]*$", "tanda < dan > tidak diterima di sini"]
PROSE = {
    "widget": "markdown",
    "modes": ["raw", "rich_text"],  # the rich editor writes unchanged text anew
    "buttons": ["bold", "italic", "link", "heading-three", "heading-four", "bulleted-list", "numbered-list", "quote"],
    "editor_components": [],
}


def form_fields(model: type[BaseModel], *, has_editions: bool) -> list[Widget]:
    """Return the widgets of a model's fields; in English editions no field is required.

    What must be filled in comes first, then how far the record is, then what its kind alone has, then what all have.
    """
    owners = [list(getattr(owner, "__annotations__", ())) for owner in model.__mro__]

    def rank(slot: Slot) -> int:
        if model.model_fields[slot.name].is_required():
            return -2
        return -1 if slot.name == "status" else next(at for at, own in enumerate(owners) if slot.name in own)

    in_order = sorted(slots(model), key=rank)
    return [field_widget(slot, model.model_fields[slot.name], has_editions=has_editions) for slot in in_order]


def field_widget(slot: Slot, info: FieldInfo, *, has_editions: bool) -> Widget:
    """Return a field's widget with its label and its help."""
    head: Widget = {"name": slot.name, "label": info.title}
    if slot.name in HIDDEN:
        return head | {"widget": "hidden"}
    is_required: bool | list[str] = info.is_required()
    if has_editions and is_translatable(slot):
        head["i18n"] = True
        is_required = ["id"] if is_required else False
    shown = {"hint": hint(slot, info)} if hint(slot, info) else {}
    return head | shown | {"required": is_required} | widget(slot, info, has_editions=has_editions)


def hint(slot: Slot, info: FieldInfo) -> str:
    """Return the help below a field: what it is for, and how it is written where that is not seen."""
    help_ = str(info.description)
    if choice := choice_of(info.annotation):
        return "" if any(member.value in help_ for member in choice) else help_
    if isinstance(slot.type, RefType) and one_collection(slot.type):
        return "Pilih dari yang sudah ada." if "content/" in help_ else help_
    words = [help_]
    if isinstance(slot.type, ValueType) and has_form(slot.type):
        words.append(f"Ditulis sebagai {form_words(slot, info).replace('`', '')}.")
    if info.examples and not isinstance(slot.type, DayType | FileType):
        words.append(f"Contoh: {str(info.examples[0]).strip('[]')}")
    return " ".join(words)


def widget(slot: Slot, info: FieldInfo, *, has_editions: bool) -> Widget:
    """Return the widget of a field, and of a list of them."""
    if (choice := choice_of(info.annotation)) is not None:
        return chooser(choice, info, is_list=slot.is_list)
    if isinstance(slot.type, RefType) and one_collection(slot.type):
        return relation(slot.type) | ({"multiple": True} if slot.is_list else {})
    if isinstance(slot.type, type):
        inner = {"fields": form_fields(slot.type, has_editions=has_editions), "collapsed": "auto"}
        many: Widget = {"widget": "list", "label_singular": info.title, "summary": summary(slot.type)}
        return inner | (many if slot.is_list else {"widget": "object"})
    assert isinstance(slot.type, ValueType), f"no widget for {slot.name}"
    one = value_widget(slot.type)
    if not slot.is_list:
        return one
    item = one | {"name": "item", "label": info.title}
    if has_editions and is_translatable(slot):
        item["i18n"] = True
    return {"widget": "list", "label_singular": info.title, "field": item}


def value_widget(kind: ValueType) -> Widget:
    """Return the widget of one value."""
    match kind:
        case ProseType():
            return dict(PROSE)
        case LineType(limit=limit):
            return {"widget": "string" if limit <= LINE_LIMIT else "text", "maxlength": limit, "pattern": NO_MARKS}
        case DayType():
            return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
        case YesNoType():
            return {"widget": "select", "options": [{"label": "Ya", "value": "yes"}, {"label": "Tidak", "value": "no"}]}
        case FileType():
            return {"widget": "file", "media_folder": MEDIA, "public_folder": "", "choose_url": False}
        case RefType(or_line=True):
            return {"widget": "string", "maxlength": LINE_LIMIT, "pattern": NO_MARKS}
    rule = plain_schema(kind)
    return {"widget": "string", "pattern": [rule["pattern"], rule["patternErrorMessage"]]}


def has_form(kind: ValueType) -> bool:
    """Whether a value is typed in a form of its own, which its help must tell."""
    return "pattern" in value_widget(kind) and not isinstance(kind, LineType)


def one_collection(kind: RefType) -> bool:
    """Whether a reference can be chosen from a list: a widget knows one kind of records."""
    return len(kind.kinds) == 1 and not kind.or_line


def relation(kind: RefType) -> Widget:
    """Return the widget that chooses a record by its title."""
    (folder,) = kind.kinds
    shown = ["title"] if "title" in BY_FOLDER[folder].model_fields else ["{{slug}}"]
    return {"widget": "relation", "collection": folder, "value_field": "{{slug}}", "display_fields": shown}


def chooser(choice: type[Choice], info: FieldInfo, *, is_list: bool) -> Widget:
    """Return the widget of a choice; what an empty field means is chosen at first."""
    rule: Widget = {
        "widget": "select",
        "options": [{"label": member.label, "value": member.value} for member in choice],
    }
    if is_list:
        rule["multiple"] = True
    elif isinstance(info.default, Choice):
        rule["default"] = info.default.value
    return rule


def summary(part: type[BaseModel]) -> str:
    """Return what a folded item of a list shows: its first field."""
    return f"{{{{{next(iter(part.model_fields))}}}}}"
