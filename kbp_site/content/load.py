"""A content folder becomes a library and a list of problems; nothing stops at the first fault."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kbp_site.content.checks import Content, check_records, check_translation, cover_others
from kbp_site.content.library import Entry, Library
from kbp_site.content.media import Media
from kbp_site.content.old_paths import DEVICES
from kbp_site.content.problems import Fault, KbpError, Problem, Severity
from kbp_site.content.records import BY_FOLDER, Site
from kbp_site.content.records.shape import slots
from kbp_site.content.records.translations import Translation, translated, translation_model
from kbp_site.content.records.values import FAULTS, ID, ID_LIMIT, Choice
from kbp_site.content.source import Location, Source, parse, read_bytes
from kbp_site.content.suggestions import Glossed, suggest
from kbp_site.locale import LANGUAGES, Language, Text, text

RESERVED = DEVICES | {"index", "404", "search", "assets", "sitemap", "tags", "javascripts", "stylesheets"}
"""Names that the site, MkDocs or Windows keep for themselves."""

IGNORED = frozenset({".gitkeep", ".gitignore", "README.md", ".DS_Store"})


@dataclass
class Reading:
    """What was read so far: records that are sound, sources, and every problem."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    entries: dict[tuple[str, str], Entry[Any]] = field(default_factory=dict)
    translations: list[tuple[Source, tuple[str, str], Language]] = field(default_factory=list)
    names: set[tuple[str, str]] = field(default_factory=set)

    def tell(self, path: str, fault: Fault, severity: Severity = Severity.ERROR) -> None:
        """Add a problem of a whole file."""
        self.problems.append(Problem(path, 1, 1, fault.code, fault.message, fault.hint, severity))


@dataclass(frozen=True)
class Loaded:
    """A library (``None`` without a site's record) and all that is wrong with the content."""

    library: Library | None
    problems: tuple[Problem, ...]


def load(root: Path, *, today: date) -> Loaded:
    """Read and check `content/` below ``root`` as it stands on ``today``.

    Raises `KbpError` when there is no content folder, `OSError` when the system fails.
    """
    if not root.is_dir():
        raise KbpError(
            text(
                'folder "{root}" tidak ada; periksa tulisan sesudah --root, atau mulai dengan kbp init', root=str(root)
            )
        )
    if not (root / "content").is_dir():
        raise KbpError(
            text('tidak ada folder content di "{root}"; mulai dengan kbp init, atau pakai --root', root=str(root))
        )
    reading = Reading(root)
    for folder, path, name in list_files(reading):
        read_record(reading, folder, path, name)
    translate_records(reading)
    site = reading.entries.pop(("", "site"), None)
    if ("", "site") not in reading.names:
        reading.tell("content/site.yml", MISSING_SITE)
    media = Media(root / "content" / "media")
    library = Library(site, reading.entries.values(), today=today, media=media) if site else None
    found = check_records(Content(root, site, reading.entries, frozenset(reading.names), tuple(reading.sources), today))
    return Loaded(library, tuple(sorted(cover_others([*reading.problems, *found]))))


MISSING_SITE = Fault(
    "K605", text("catatan situs belum ada"), text("buat content/site.yml dengan title dan organization")
)


def list_files(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Yield (folder, path, name) of every record's file, in order; others are told about."""
    content = reading.root / "content"
    for name in sorted(os.listdir(content)):
        path = f"content/{name}"
        is_folder = not (content / name).is_symlink() and (content / name).is_dir()
        if name in IGNORED or (name == "media" and is_folder):
            continue
        if name in BY_FOLDER and is_folder:
            for inner in sorted(os.listdir(content / name)):
                if inner not in IGNORED and _is_record_name(reading, f"{path}/{inner}", inner):
                    yield name, f"{path}/{inner}", inner
        elif name in {"site.yml", "site.en.yml"}:
            yield "", path, name
        else:
            _tell_stray(reading, path, name, known=[*BY_FOLDER, "site.yml", "media"])


def _tell_stray(reading: Reading, path: str, name: str, known: list[str]) -> None:
    if (reading.root / path).is_symlink():
        reading.tell(path, Fault("K110", text("ini tautan (symbolic link), bukan berkas"), text("hapus tautan itu")))
        return
    fault = Fault("K109", text('"{name}" tidak dikenal dan tidak dibaca', name=name), suggest(name, known))
    reading.tell(path, fault, Severity.WARNING)


def _is_record_name(reading: Reading, path: str, name: str) -> bool:
    if not name.endswith(".yml"):
        if re.search(RECORD_ENDING, name):
            hint = text('ganti namanya menjadi "{name}"', name=f"{id_like(re.split(RECORD_ENDING, name)[0])}.yml")
        else:
            hint = text("hanya berkas berakhiran .yml yang dibaca; simpan berkas lain di luar folder ini")
        fault = Fault("K109", text('berkas "{name}" tidak dibaca', name=name), hint)
        reading.tell(path, fault, Severity.WARNING)
        return False
    stem = name.removesuffix(".yml")
    for language in LANGUAGES[1:]:
        stem = stem.removesuffix(f".{language}")
    if bad_name := judge_id(stem):
        reading.tell(path, bad_name)
    return bad_name is None


RECORD_ENDING = re.compile(r"\.ya?ml\b.*$", re.IGNORECASE)
"""An ending that was meant for a record: `.yaml`, `.YML`, and what Windows makes of it, `.yml.txt`."""


def id_like(name: str) -> str:
    """Return the id that a name was probably meant to be."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:ID_LIMIT].strip("-") or "nama-catatan"


def judge_id(name: str) -> Fault | None:
    """Tell what is wrong with an id (K109), if anything."""
    if not ID.fullmatch(name):
        return Fault(
            "K109",
            text('nama berkas "{name}" tidak dapat dipakai', name=name),
            text("pakai huruf kecil, angka, dan tanda hubung, misalnya {meant}.yml", meant=id_like(name)),
        )
    if len(name) > ID_LIMIT:
        return Fault(
            "K109",
            text("nama berkas {length} karakter, paling panjang {limit}", length=len(name), limit=ID_LIMIT),
            text("pendekkan nama berkas"),
        )
    if name in RESERVED:
        return Fault(
            "K109",
            text('nama "{name}" dipakai oleh sistem', name=name),
            text("tambahkan kata lain, misalnya {meant}.yml", meant=f"{name}-kbp"),
        )
    return None


def read_record(reading: Reading, folder: str, path: str, name: str) -> None:
    """Read one file and keep its record when it is sound."""
    stem, _, language = name.removesuffix(".yml").partition(".")
    if not language:
        reading.names.add((folder, stem))
    data = read_bytes(reading.root, path)
    if isinstance(data, Problem):
        reading.problems.append(data)
        return
    source, problems = parse(path, data)
    reading.problems += problems
    if source is None:
        return
    reading.sources.append(source)
    if language:
        reading.translations += [(source, (folder, stem), known) for known in LANGUAGES if known == language]
        return
    model: type[BaseModel] = BY_FOLDER[folder] if folder else Site
    record = validate(reading, model, source)
    if record is not None:
        reading.entries[folder, stem] = Entry(stem, record, source)


def validate(reading: Reading, model: type[BaseModel], source: Source) -> Any:
    """Return the record that a source holds; ``None`` with every problem told when it is not sound."""
    try:
        return model.model_validate(source.values)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            reading.problems += problems_of(model, source, detail)
        return None


def problems_of(model: type[BaseModel], source: Source, detail: ErrorDetails) -> Iterable[Problem]:
    """Turn one of pydantic's errors into problems of ours, with our words and the right place."""
    location: Location = detail["loc"]
    known = set(source.spans) | {()}
    while location not in known and not isinstance(location[-1], str):
        location = location[:-1]
    match detail["type"]:
        case "kbp":
            for fault in detail["ctx"][FAULTS]:
                at = source.key_problem if fault.code == "K202" else source.problem
                yield at(location, fault)
        case "missing":
            yield source.key_problem(location, missing_field(model, location))
        case "extra_forbidden":
            yield source.key_problem(location, unknown_field(model, location))
        case _:
            yield source.problem(location, wrong_shape(model, location, detail))


def missing_field(model: type[BaseModel], location: Location) -> Fault:
    """Say which required field is missing or empty, and what to type."""
    name = str(location[-1])
    info = part_at(model, location[:-1]).model_fields[name]
    example = (info.examples or ["…"])[0]
    hint = text("isi seperti ini: {name}: {example}", name=name, example=example)
    if isinstance(info.annotation, type) and issubclass(info.annotation, Choice):
        # An example would be typed as it stands: of a photo with people it might say that there are none.
        hint = text(
            "tulis {name}: lalu salah satu dari {choices}",
            name=name,
            choices=Glossed({one.value: one.label for one in info.annotation}),
        )
    message = text('kolom wajib "{name}" ({label}) belum diisi', name=name, label=Text(info.title or name))
    return Fault("K202", message, hint)


def unknown_field(model: type[BaseModel], location: Location) -> Fault:
    """Say which field is not known here, and what was probably meant."""
    name = str(location[-1])
    labels = {field: info.title or field for field, info in part_at(model, location[:-1]).model_fields.items()}
    if issubclass(model, Translation) and len(location) == 1:
        message = text('kolom "{name}" tidak ada atau tidak diterjemahkan', name=name)
    else:
        message = text('kolom "{name}" tidak dikenal', name=name)
    return Fault("K201", message, suggest(_latin(name), list(labels), labels))


CONFUSABLE = str.maketrans("аеорсухіѕј", "aeopcyxisj")
"""Cyrillic letters that look like Latin ones: a name typed with them looks right and is not."""


def _latin(name: str) -> str:
    return name.translate(CONFUSABLE)


def part_at(model: type[BaseModel], location: Location) -> type[BaseModel]:
    """Return the kind or part that stands at a location."""
    for name in location:
        if isinstance(name, str):
            found = next((slot.type for slot in slots(model) if slot.name == name), None)
            if isinstance(found, type):
                model = found
    return model


SHAPES = {
    "dict_type": (text("di sini harus ada kolom-kolom"), text("tulis di baris berikutnya, menjorok dua spasi")),
    "model_type": (text("di sini harus ada kolom-kolom"), text('tulis "kolom: nilai", menjorok dua spasi')),
}


def wrong_shape(model: type[BaseModel], location: Location, detail: ErrorDetails) -> Fault:
    """Say that a value has the wrong form: a list where a text is meant, and so on."""
    if detail["type"] == "tuple_type":
        return Fault("K203", text("di sini harus ada daftar"), list_hint(model, location, detail["input"]))
    message, hint = SHAPES.get(detail["type"], (text("nilai ini tidak sesuai"), text("periksa bentuknya di panduan")))
    return Fault("K203", message, hint)


def list_hint(model: type[BaseModel], location: Location, written: object) -> Text:
    """Show how the list is written: items of columns begin with a hyphen, words stand in brackets."""
    name, owner = str(location[-1]), part_at(model, location[:-1])
    part = next((slot.type for slot in slots(owner) if slot.name == name), None)
    if isinstance(part, type):
        first = next(iter(part.model_fields))
        return text('tulis "- {field}: …" di baris berikutnya, menjorok dua spasi', field=first)
    return text("tulis {name}: [{value}]", name=name, value=written if isinstance(written, str) else "…")


def translate_records(reading: Reading) -> None:
    """Lay the English editions over their records; a record without a sound original has none."""
    for source, key, language in reading.translations:
        entry = reading.entries.get(key)
        if key not in reading.names:
            fault = Fault(
                "K301",
                text("catatan yang diterjemahkan tidak ada"),
                text('nama berkas harus sama dengan catatan Indonesianya, ditambah ".{language}"', language=language),
            )
            reading.tell(source.path, fault)
        model: type[BaseModel] = BY_FOLDER[key[0]] if key[0] else Site
        said = validate(reading, translation_model(model), source)
        if entry is None or said is None:
            continue
        reading.problems += check_translation(entry, said, source)
        laid = {**entry.translations, language: translated(entry.record, said)}
        reading.entries[key] = Entry(entry.id, entry.record, entry.source, laid)
