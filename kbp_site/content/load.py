"""A content folder becomes a library and a list of problems; nothing stops at the first fault."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError

from kbp_site.content.checks import Content, check_alone, check_together, check_translation, cover_others
from kbp_site.content.explain import explain
from kbp_site.content.history import History
from kbp_site.content.library import Entry, Library
from kbp_site.content.media import Media, stamp_of
from kbp_site.content.memory import Memory
from kbp_site.content.opening import DEVICES
from kbp_site.content.problems import Fault, KbpError, Problem, Severity, as_built
from kbp_site.content.records import BY_FOLDER, Site
from kbp_site.content.records.salvage import salvage
from kbp_site.content.records.translations import translated, translation_model
from kbp_site.content.records.values import ID, ID_LIMIT
from kbp_site.content.shelves import FileReading, uncollected
from kbp_site.content.source import Source, parse
from kbp_site.content.suggestions import Glossed, Names, guess, id_like, suggest
from kbp_site.content.text_files import read_bytes
from kbp_site.content.workers import begin_reader, deal, run
from kbp_site.locale import LANGUAGES, Language, text

RESERVED = DEVICES | {"index", "404", "search", "assets", "sitemap", "tags", "javascripts", "stylesheets"}
"""Names that the site, MkDocs or Windows keep for themselves."""

IGNORED = frozenset({".import", ".gitkeep", ".gitignore", "README.md", ".DS_Store"})


@dataclass
class Reading:
    """What was read so far: records, sound ones and what could be read of others, sources, and every problem.

    ``instead`` holds files as they would stand, in place of those on the disk.
    """

    root: Path
    instead: Mapping[str, bytes] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    problems: list[Problem] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    entries: dict[tuple[str, str], Entry[Any]] = field(default_factory=dict)
    unsound: dict[tuple[str, str], Entry[Any]] = field(default_factory=dict)
    translations: list[tuple[FileReading, tuple[str, str], Language]] = field(default_factory=list)
    names: set[tuple[str, str]] = field(default_factory=set)

    def tell(self, path: str, fault: Fault, severity: Severity = Severity.ERROR) -> None:
        """Add a problem of a whole file."""
        self.problems.append(Problem(path, 1, 1, fault.code, fault.message, fault.hint, severity))


@dataclass(frozen=True)
class Loaded:
    """A library (``None`` without a site's record) and all that is wrong with the content."""

    library: Library | None
    problems: tuple[Problem, ...]

    def as_built(self) -> Loaded:
        """Return the same as a build takes it: what is left out of the site by itself is a warning."""
        return Loaded(self.library, as_built(self.problems))


def load(
    root: Path,
    *,
    today: date,
    instead: Mapping[str, bytes] = MappingProxyType({}),
    memory: Memory | None = None,
    jobs: int = 1,
    shows_drafts: bool = False,
) -> Loaded:
    """Read and check `content/` below ``root`` as it stands on ``today``.

    Files named in ``instead`` are taken as they stand there, to see what a change would bring. ``memory`` is
    that of an earlier reading, and is renewed: only what changed is read again, by as many processes as ``jobs`` says
    where it is much. ``shows_drafts`` is for a preview: its library holds what is on its way to readers, too.
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
    with uncollected():
        return _load(Reading(root, instead, memory or Memory()), today=today, jobs=jobs, shows_drafts=shows_drafts)


def _load(reading: Reading, *, today: date, jobs: int, shows_drafts: bool) -> Loaded:
    root, rows = reading.root, tuple(list_files(reading))
    read_ahead(reading, rows, jobs=jobs)
    for row in rows:
        read_record(reading, *row)
    translate_records(reading)
    site = reading.entries.pop(("", "site"), None)
    if ("", "site") not in reading.names:
        reading.tell("content/site.yml", MISSING_SITE)
    content = Content(
        root, site, reading.entries, frozenset(reading.names), tuple(reading.sources), today, reading.unsound
    )
    folder = root / "content" / "media"
    media = Media(folder, {name: stamp_of(folder, name) for _, _, name in content.files})  # before any rule reads one
    history = History(root, site.record.time_zone) if site else None
    records = reading.entries.values()
    library = (
        Library(site, records, today=today, media=media, history=history, shows_drafts=shows_drafts) if site else None
    )
    found = [*judge_alone(content, reading.memory), *check_together(content)]
    reading.memory.forget_others(path for _, path, _ in rows)
    return Loaded(library, tuple(sorted(cover_others([*reading.problems, *found]))))


def judge_alone(content: Content, memory: Memory) -> tuple[Problem, ...]:
    """Return what is wrong with each record by itself; only those are judged that no memory speaks of."""
    ground = content.site.source if content.site else None
    fresh = {source.path: source for source in memory.unjudged(content.sources, ground=ground)}
    entries = {key: entry for key, entry in content.entries.items() if entry.source.path in fresh}
    unsound = {key: entry for key, entry in content.unsound.items() if entry.source.path in fresh}
    part = replace(content, sources=tuple(fresh.values()), entries=entries, unsound=unsound)
    memory.judge(part.sources, check_alone(part))
    return memory.judgements(content.sources)


Row = tuple[str, str, str]
"""Folder, path and name of a record's file."""

SITE_ROW: Row = ("", "content/site.yml", "site.yml")
WORTH_SHARING = 1000
"""Files from which on it is quicker to let several processes read them."""

FILES_OF_A_SHARE = 500
"""Files that a process reads at a time, at most."""


def read_ahead(reading: Reading, rows: Sequence[Row], *, jobs: int) -> None:
    """Let several processes read and judge what the memory does not know, where that is much."""
    unread = set(reading.memory.unread(reading.root, (path for _, path, _ in rows)))
    if jobs < 2 or len(unread) < WORTH_SHARING:
        return
    much = [row for row in rows if row[1] in unread and row != SITE_ROW]
    # What one share gave is taken in while the next are read.
    shares = [(reading.root, part) for part in deal(much, workers=jobs, most=FILES_OF_A_SHARE)]
    with ProcessPoolExecutor(max_workers=jobs, initializer=begin_reader) as executor:
        for known in run(executor, read_share, shares):
            reading.memory.take(known)


def read_share(root: Path, rows: Sequence[Row]) -> Memory:
    """Read and judge files in a process of their own, and return what is known of them."""
    reading = Reading(root)
    for row in (SITE_ROW, *rows):
        read_record(reading, *row)
    site, sources = reading.entries.pop(("", "site"), None), tuple(reading.sources)
    part = Content(root, site, reading.entries, frozenset(), sources, date.min, reading.unsound)
    judge_alone(part, reading.memory)
    return reading.memory


MISSING_SITE = Fault(
    "K605", text("catatan situs belum ada"), text("buat content/site.yml dengan title dan organization")
)


def list_files(reading: Reading) -> Iterator[Row]:
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
            _tell_stray(reading, path, name, is_folder=is_folder)


def _tell_stray(reading: Reading, path: str, name: str, *, is_folder: bool) -> None:
    if (reading.root / path).is_symlink():
        reading.tell(path, Fault("K110", text("ini tautan (symbolic link), bukan berkas"), text("hapus tautan itu")))
        return
    labels = {"media": "media", **{folder: kind.PATH or kind.LABEL.say("id") for folder, kind in BY_FOLDER.items()}}
    if is_folder:
        hint = suggest(name, [*labels], labels)
    elif COPY.fullmatch(name):
        hint = IS_COPY
    elif not re.search(RECORD_ENDING, name):
        hint = NO_RECORD
    elif not (reading.root / "content" / "site.yml").exists() and (near := guess(name, ["site.yml"])):
        hint = text('mungkin maksudnya "{near}"', near=near.value)
    else:
        hint = text("pindahkan ke folder jenisnya; pilihan yang ada: {known}", known=Glossed(labels))
    fault = Fault("K109", text('"{name}" tidak dikenal dan tidak dibaca', name=name), hint)
    reading.tell(path, fault, Severity.WARNING)


def _is_record_name(reading: Reading, path: str, name: str) -> bool:
    if not name.endswith(".yml") or COPY.fullmatch(name):
        folder = path.removesuffix(f"/{name}")
        meant = f"{named_like(re.split(RECORD_ENDING, name)[0])}.yml"
        message = text('berkas "{name}" tidak dibaca', name=name)
        if os.path.isdir(reading.root / path) and not os.path.islink(reading.root / path):
            message = text('folder "{name}" dan isinya tidak dibaca', name=name)
            hint = text("pindahkan catatannya langsung ke {folder}/, lalu hapus folder ini", folder=folder)
        elif COPY.fullmatch(name):
            hint = IS_COPY
        elif not re.search(RECORD_ENDING, name):
            hint = NO_RECORD
        elif (reading.root / folder / meant).exists():
            hint = text('"{name}" sudah ada; simpan satu dari keduanya, yang lain di luar folder ini', name=meant)
        else:
            hint = text('ganti namanya menjadi "{name}"', name=meant)
        fault = Fault("K109", message, hint)
        reading.tell(path, fault, Severity.WARNING)
        return False
    stem = name.removesuffix(".yml")
    edition = next((f".{language}" for language in LANGUAGES[1:] if stem.endswith(f".{language}")), "")
    if bad_name := judge_id(stem.removesuffix(edition), edition):
        reading.tell(path, bad_name)
    return bad_name is None


IS_COPY = text("ini salinan dari program lain, bukan catatan; hapus, atau simpan di luar folder ini")
NO_RECORD = text("hanya berkas berakhiran .yml yang dibaca; simpan berkas lain di luar folder ini")
COPY = re.compile(r"\.?#.*|\..*\.sw[a-p]|.*(?:[~#]|\.(?:bak|old|orig|save|tmp))", re.IGNORECASE)
"""What editors of texts and merges call the copies that they make: `.#x.yml`, `x.yml~`, `x.yml.orig`, `.x.yml.swp`."""

RECORD_ENDING = re.compile(r"\.ya?ml\b.*$", re.IGNORECASE)
"""An ending that was meant for a record: `.yaml`, `.YML`, and what Windows makes of it, `.yml.txt`."""


EDITION = re.compile(r"(?P<stem>.*[^\s.])\s*\.\s*(?:(?P<english>en(?:g|glish|[-_][a-z]{2})?)|id)", re.IGNORECASE)
"""A name that says its language, in whatever way: `rembug.EN`, `rembug.en-US`, `rembug.id`."""


def named_like(name: str) -> str:
    """Return how a record's file was probably meant to be named: as an id, and ".en" where it says English."""
    edition = ""
    if found := EDITION.fullmatch(name):
        name, edition = found["stem"], ".en" if found["english"] else ""
    return f"{id_like(name)[:ID_LIMIT].strip('-') or 'nama-catatan'}{edition}"


def judge_id(name: str, edition: str = "") -> Fault | None:
    """Tell what is wrong with an id (K109), if anything; ``edition`` (".en") follows it in a translation's name."""
    if not ID.fullmatch(name):
        return Fault(
            "K109",
            text('nama berkas "{name}" tidak dapat dipakai', name=name),
            text("pakai huruf kecil, angka, dan tanda hubung, misalnya {meant}.yml", meant=named_like(name + edition)),
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
            text("tambahkan kata lain, misalnya {meant}.yml", meant=f"{name}-kbp{edition}"),
        )
    return None


def read_record(reading: Reading, folder: str, path: str, name: str) -> None:
    """Read one file and keep its record when it is sound, and what could be read of it when it is not."""
    stem, _, written = name.removesuffix(".yml").partition(".")
    language = next((known for known in LANGUAGES if known == written), None)
    model = _model(folder)
    if language is None:
        reading.names.add((folder, stem))
    else:
        model = translation_model(model)
    found = _recall(reading, path, model)
    reading.problems += found.problems
    if found.source is None:
        return
    reading.sources.append(found.source)
    if language is not None:
        reading.translations.append((found, (folder, stem), language))
    elif found.record is not None:
        reading.entries[folder, stem] = Entry(stem, found.record, found.source)
    else:
        reading.unsound[folder, stem] = Entry(stem, salvage(model, found.source.values), found.source)


def _recall(reading: Reading, path: str, model: type[BaseModel]) -> FileReading:
    if path in reading.instead:
        return read_file(path, reading.instead[path], model)
    return reading.memory.recall(reading.root, path, lambda: read_file(path, read_bytes(reading.root, path), model))


def read_file(path: str, data: bytes | Problem, model: type[BaseModel]) -> FileReading:
    """Read the file of one record, or of a translation; what is wrong with it by itself is told."""
    if isinstance(data, Problem):
        return FileReading(None, None, (data,))
    source, problems = parse(path, data)
    if source is None:
        return FileReading(None, None, tuple(problems))
    try:
        return FileReading(source, model.model_validate(source.values), tuple(problems))
    except ValidationError as error:
        told = (*problems, *explain(model, source, error.errors(include_url=False)))
        return FileReading(source, None, told)


def judge_file(root: Path, path: str, data: bytes) -> list[Problem]:
    """Return what is wrong with a record's file by itself, were it to hold these bytes."""
    reading = Reading(root, {path: data})
    folder, _, name = path.removeprefix("content/").rpartition("/")
    read_record(reading, folder, path, name)
    return sorted(reading.problems)


def _model(folder: str) -> type[BaseModel]:
    return BY_FOLDER[folder] if folder else Site


def translate_records(reading: Reading) -> None:
    """Lay the English editions over their records; a record without a sound original has none."""
    for found, key, language in reading.translations:
        assert found.source is not None, "only what was read is a translation"
        entry = reading.entries.get(key)
        if key not in reading.names:
            fault = Fault(
                "K301",
                text("catatan yang diterjemahkan tidak ada"),
                text('nama berkas harus sama dengan catatan Indonesianya, ditambah ".{language}"', language=language),
            )
            if near := Names(name for kind, name in reading.names if kind == key[0]).guess(key[1]):
                meant = f"{near.value}.{language}.yml"
                fault = replace(fault, hint=text('mungkin nama berkasnya "{meant}"', meant=meant))
            reading.tell(found.source.path, fault)
        if entry is None or found.record is None:
            continue
        reading.problems += check_translation(entry, found.record, found.source)
        laid = {**entry.translations, language: translated(entry.record, found.record)}
        origins = {**entry.translated_from, language: found.source}
        reading.entries[key] = Entry(entry.id, entry.record, entry.source, laid, origins)
    for (folder, stem), unsound in reading.unsound.items():
        original = stem.removesuffix("-en")
        if original != stem and (folder, original) in reading.names:
            message = text('"{name}" dibaca sebagai catatan tersendiri, bukan terjemahan', name=f"{stem}.yml")
            hint = text('bila ini terjemahan, ganti namanya menjadi "{name}"', name=f"{original}.en.yml")
            reading.tell(unsound.source.path, Fault("K109", message, hint), Severity.WARNING)
