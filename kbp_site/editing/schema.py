"""JSON Schemas of the records, for completion, help and warnings while an editor types: made from the models.

They follow what a YAML language server reads: it types scalars itself (YAML 1.2: `2006` is a number, `2006-08-17` a
text, `true` a truth value), where `kbp check` takes every scalar as text. What a schema cannot know, such as
whether a day is in the calendar or an id leads anywhere, is left to the check: a schema refuses nothing
that the check accepts. Indonesian only, like the guide.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kbp_site.content.problems import KbpError
from kbp_site.content.records import KINDS, Site
from kbp_site.content.records.base import Kind
from kbp_site.content.records.shape import Slot, slots
from kbp_site.content.records.translations import translation_model
from kbp_site.content.records.values import Choice, ValueType
from kbp_site.editing.reference import choice_of, default_words, form_words
from kbp_site.editing.schema_values import SUGGESTED, Schema, unless, value_schema
from kbp_site.locale import Text, text
from kbp_site.site.publish import judge_place

DIALECT = "http://json-schema.org/draft-07/schema#"
SCHEMAS, SETTINGS = "schemas", ".vscode/settings.json"
"""Where a site keeps its schemas, and what tells VS Code of them."""

ONE_CHOICE = "tulis salah satu pilihan: {known}"
UNKNOWN = "kolom ini tidak dikenal di sini; periksa ejaannya, atau hapus barisnya"
MISSING = 'kolom wajib "{name}" ({label}) belum ada'
GROUP = "di sini harus ada kolom-kolom, masing-masing di barisnya sendiri"
LIST = "di sini harus ada daftar: kurung siku, atau satu baris satu isi yang diawali tanda -"


def export_schemas() -> Mapping[str, bytes]:
    """Return every schema by its file's name: one a kind, one for its English editions, and the site's."""
    named: dict[str, Schema] = {}
    files: tuple[type[Kind], ...] = (Site, *KINDS)
    for kind in files:
        label, stem = kind.LABEL_ONE.say("id"), f"{kind.FOLDER}/nama-catatan" if kind.FOLDER else "site"
        name = kind.FOLDER or "site"
        named[f"{name}.json"] = file_schema(kind, label, f"content/{stem}.yml")
        edition, words = translation_model(kind), f"{label}: edisi bahasa Inggris"
        named[f"{name}.en.json"] = file_schema(edition, words, f"content/{stem}.en.yml", kind)
    return {name: dumped(schema) for name, schema in named.items()}


def bindings(folder: str) -> Mapping[str, list[str]]:
    """Return which files each schema below ``folder`` is for, as `yaml.schemas` of the language server names them."""
    bound: dict[str, list[str]] = {}
    for name, stem in [("site", "site"), *((kind.FOLDER, f"{kind.FOLDER}/*") for kind in KINDS)]:
        own, edition = f"content/{stem}.yml", f"content/{stem}.en.yml"
        bound[f"{folder}/{name}.json"] = [own, f"!{edition}"]
        bound[f"{folder}/{name}.en.json"] = [edition]
    return bound


def editor_settings() -> bytes:
    """Return `.vscode/settings.json`: schemas by file, since web forms delete comments that would name them."""
    settings = {
        "yaml.schemas": bindings(f"./{SCHEMAS}"),
        "yaml.yamlVersion": "1.2",
        "yaml.schemaStore.enable": False,
        "yaml.completion": True,
        "yaml.hover": True,
        "files.eol": "\n",
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.wordWrap": "on"},
    }
    return dumped(settings)


def write_schemas(root: Path, out: Path | None = None) -> tuple[Text, ...]:
    """Write the schemas to ``out``, or to a site's `schemas/`, and say what was done.

    A site also gets settings for VS Code that bind them, unless it has some: an editor's own are never overwritten.
    Raises `KbpError` when there is no site to write to, or ``out`` lies among its sources.
    """
    if out is None and not (root / "content").is_dir():
        raise KbpError(text('tidak ada folder content di "{root}"; mulai dengan kbp init', root=str(root)))
    if out is not None:
        judge_place(out, root)
    folder = out or root / SCHEMAS
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in export_schemas().items():
        (folder / name).write_bytes(data)
    said = text("Skema semua jenis catatan ada di {folder}.", folder=str(folder))
    settings = root / SETTINGS
    if out is not None or settings.exists():
        return (said,)
    settings.parent.mkdir(exist_ok=True)
    settings.write_bytes(editor_settings())
    return said, text("VS Code memakainya lewat {path}.", path=str(settings))


def dumped(value: object) -> bytes:
    """Return a value as JSON that people and `git diff` can read."""
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()


def file_schema(model: type[BaseModel], label: str, path: str, described: type[BaseModel] | None = None) -> Schema:
    """Return the schema of a file; ``described`` holds the words for a model that has none of its own."""
    return {
        "$schema": DIALECT,
        "title": label,
        "description": f"Berkas: {path}",
        **part_schema(model, described or model),
    }


def part_schema(model: type[BaseModel], described: type[BaseModel]) -> Schema:
    """Return the schema of a group of fields.

    What is missing or unknown is told by rules with words of their own; of `required` and `additionalProperties` the
    language server speaks English.
    """
    properties, missing = {}, []
    for slot in slots(model):
        info = described.model_fields.get(slot.name, model.model_fields[slot.name])
        is_required = model.model_fields[slot.name].is_required()
        properties[slot.name] = about(slot, info) | field_schema(slot, info, is_required=is_required)
        if is_required:
            missing.append({"required": [slot.name], "errorMessage": MISSING.format(name=slot.name, label=info.title)})
    names = {"enum": [*properties], "errorMessage": UNKNOWN}
    rule: Schema = {"type": "object", "errorMessage": GROUP, "properties": properties, "propertyNames": names}
    return rule | {"allOf": missing} if missing else rule


def about(slot: Slot, info: FieldInfo) -> Schema:
    """Return what an editor is told of a field: its label, its help, the form of its value, an example."""
    help_ = f"{info.description}{default_words(info.default)}"
    form = form_words(slot, info).replace(" di bawah tabel", "")
    example = f"\n\nContoh: `{info.examples[0]}`" if info.examples else ""
    words = f"{help_}\n\nIsi: {form}.{example}"
    return {"title": str(info.title), "description": help_, "markdownDescription": words}


def field_schema(slot: Slot, info: FieldInfo, *, is_required: bool) -> Schema:
    """Return what a field's value may be; an optional one may also be left empty."""
    if not slot.is_list:
        return item_schema(slot, info, is_required=is_required)
    kinds: Any = "array" if is_required else ["array", "null"]
    rule: Schema = {"type": kinds, "errorMessage": LIST, "items": item_schema(slot, info, is_required=True)}
    return rule | {"minItems": 1} if is_required else rule


def item_schema(slot: Slot, info: FieldInfo, *, is_required: bool) -> Schema:
    """Return what one value of a field may be."""
    if (choice := choice_of(info.annotation)) is not None:
        return choice_schema(choice, is_required=is_required)
    if isinstance(slot.type, ValueType):
        return value_schema(slot.type, is_required=is_required)
    if isinstance(slot.type, type):
        inner = part_schema(slot.type, part_of(info.annotation) or slot.type)
        return inner if is_required else inner | {"type": ["object", "null"]}
    words: Schema = {"type": "array", "errorMessage": LIST, "items": {"type": ["string", "number"]}}
    return {"type": ["object", "null"], "additionalProperties": words}


def part_of(annotation: Any) -> type[BaseModel] | None:
    """Return the group of fields that an annotation holds, in a list or not."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = getattr(annotation, "__args__", ())
    return next((found for item in inner if (found := part_of(item)) is not None), None)


def choice_schema(choice: type[Choice], *, is_required: bool) -> Schema:
    """Return the schema of a choice: its values, each with what readers see."""
    known = ", ".join(f"{member.value} ({member.label})" for member in choice)
    rule: Schema = {
        "enum": [member.value for member in choice],
        "enumDescriptions": [member.label for member in choice],
        "errorMessage": ONE_CHOICE.format(known=known),
    }
    if is_required:
        return rule
    offered = [{"label": member.value, "body": member.value, "description": member.label} for member in choice]
    return unless(rule, empty=True) | {SUGGESTED: offered}
