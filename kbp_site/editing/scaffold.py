"""New sites and new records: what an editor begins with."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pydantic.fields import FieldInfo

from kbp_site.content.load import judge_id
from kbp_site.content.personal import find
from kbp_site.content.problems import KbpError
from kbp_site.content.records import BY_FOLDER, KINDS
from kbp_site.content.records.base import Kind
from kbp_site.content.records.consents import Consent
from kbp_site.content.records.shape import Slot, slots
from kbp_site.content.records.values import EXAMPLE_MARK, ID_LIMIT, PLACEHOLDER, DateType, ProseType, RefType
from kbp_site.content.suggestions import suggest
from kbp_site.editing.reference import choice_of
from kbp_site.editing.schema import write_schemas
from kbp_site.locale import Text, text

STARTER = Path(__file__).parent / "starter"


def create_site(folder: Path) -> tuple[Text, ...]:
    """Write a new community's site into ``folder``, and say what comes next.

    Raises `KbpError` when the folder already holds something, or lies among the records of another site: nothing is
    overwritten.
    """
    if site := next((above.parent for above in folder.resolve().parents if _is_content(above)), None):
        raise KbpError(
            text(
                '"{folder}" ada di dalam isi situs lain, {site}; pilih folder di luarnya',
                folder=str(folder),
                site=str(site),
            )
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise KbpError(text('"{folder}" sudah ada isinya; pilih folder baru', folder=str(folder)))
    for path in sorted(path for path in STARTER.rglob("*") if path.is_file()):
        target = folder / path.relative_to(STARTER)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)  # the words alone: the program's own files may be read-only
    write_schemas(folder)
    return (
        text("Situs baru ada di {folder}.", folder=str(folder)),
        text("Bila akan menulis lewat formulir (kbp admin), ketik dahulu git init di folder itu."),
        text("Ubah nama komunitas di {path}, lalu jalankan:", path=str(folder / "content" / "site.yml")),
        text("  kbp --root {folder} build", folder=shlex.quote(str(folder))),
    )


def _is_content(folder: Path) -> bool:
    return folder.name == "content" and (folder / "site.yml").is_file()


def kind_by_name(name: str) -> type[Kind]:
    """Return the kind of a folder's name, a public path or an Indonesian word; raises `KbpError` for others."""
    words = {id_of(kind.LABEL_ONE.say("id")): kind for kind in KINDS}
    names = words | {kind.PATH: kind for kind in KINDS if kind.PATH} | BY_FOLDER
    wanted = name if name in names else id_of(name)
    if wanted not in names:
        known = suggest(name, [*names], {kind.FOLDER: kind.LABEL.say("id") for kind in KINDS})
        if (found := _kind_by_choice(wanted)) is not None:
            kind, value = found
            known = text("pakai kbp new {kind}, lalu pilih kind: {value}", kind=kind.PATH or kind.FOLDER, value=value)
        raise KbpError(text('jenis catatan "{name}" tidak dikenal; {known}', name=name, known=known))
    return names[wanted]


def _kind_by_choice(wanted: str) -> tuple[type[Kind], str] | None:
    """Return which records are of a sort of that name, and the sort: a mediation is a sort of activity."""
    for kind in KINDS:
        sorts = choice_of(kind.model_fields["kind"].annotation) if "kind" in kind.model_fields else None
        for member in sorts or ():
            if wanted in {id_of(member.value), id_of(member.label)}:
                return kind, member.value
    return None


def create_record(root: Path, kind: type[Kind], title: str) -> tuple[Text, ...]:
    """Write a draft of a record with its required fields and comments, and say what comes next.

    Raises `KbpError` when there is no content folder, or the title holds what is somebody's own; an existing record
    is never overwritten.
    """
    content = root / "content"
    if not content.is_dir():
        raise KbpError(
            text('tidak ada folder content di "{root}"; mulai dengan kbp init, atau pakai --root', root=str(root))
        )
    if found := [*find(title), *find(id_of(title))]:
        raise KbpError(
            text("{found} di judul; tulis judul tanpa itu, karena judul menjadi nama berkas", found=found[0].message)
        )
    folder = content / kind.FOLDER
    folder.mkdir(exist_ok=True)
    path = free_path(folder, id_of(title))
    # Half characters, as a terminal may pass them on, are no text: they become question marks.
    data = "".join(f"{line}\n" for line in draft(kind, title, content)).encode("utf-8", "replace")
    opened = path.open("xb")
    try:
        with opened as file:
            file.write(data)
    except OSError:
        path.unlink(missing_ok=True)  # half of a draft helps nobody
        raise
    new = text("Draf baru: {path}", path=str(path))
    if kind is Consent:
        name = text("Bila nama berkas itu nama orang, gantilah, misalnya dengan izin-foto-rembug-2006.yml.")
        return new, text("Isi di editor teks, lalu jalankan kbp check."), name
    return new, text("Isi di editor teks, lalu jalankan kbp check. Terbitkan dengan status: published.")


def id_of(title: str) -> str:
    """Return an id made from a title: lower case, ASCII, hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: ID_LIMIT - 4].strip("-")
    if not name:
        return "catatan-baru"
    return f"{name}-kbp" if judge_id(name) else name


def free_path(folder: Path, name: str) -> Path:
    """Return the first path of that name that no record has yet."""
    path, number = folder / f"{name}.yml", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}.yml"
    return path


def draft(kind: type[Kind], title: str, content: Path) -> Iterator[str]:
    """Yield the lines of a draft: required fields filled in, the others as comments."""
    later = []
    shapes = {slot.name: slot for slot in slots(kind)}
    for name, info in kind.model_fields.items():
        help_ = f"# {info.title}: {info.description}{choices(info)}"
        if name == "title":
            mark = "" if title else f"  {EXAMPLE_MARK}"
            yield from (help_, f"title: {json.dumps(title or 'Judul catatan', ensure_ascii=False)}{mark}")
        elif name == "status":
            yield from (help_, "status: draft")
        elif info.is_required() and "status" not in kind.model_fields:
            # A record that is never a draft counts at once: nothing in it may be made up.
            example = text("misalnya {example}", example=(info.examples or ["…"])[0])
            yield from (help_, f"{name}:  # {example.say('id')}")
        elif info.is_required():
            yield from (help_, *value_lines(name, info, shapes[name], content))
        else:
            later.append(f"# {name}: … {info.title}. {info.description}{choices(info)}")
    yield from ("", "# " + text("Kolom lain yang boleh diisi:").say("id"), *later)


def choices(info: FieldInfo) -> str:
    """Return what may be chosen for a field, each with what readers see; nothing for other fields."""
    choice = choice_of(info.annotation)
    listed = ", ".join(f"{member.value} ({member.label})" for member in choice or ())
    return f" Pilihan: {listed}." if listed else ""


def value_lines(name: str, info: FieldInfo, slot: Slot, content: Path) -> list[str]:
    """Return a required field with a value that an editor can put their own in place of."""
    example = str((info.examples or [PLACEHOLDER])[0])
    if isinstance(slot.type, ProseType):
        return [f"{name}: |", f"  {PLACEHOLDER}."]
    if isinstance(slot.type, DateType):
        return [f"{name}: unknown"]
    if isinstance(slot.type, RefType):
        value = existing(slot.type, content) or example.strip("[]")
        return [f"{name}: [{value}]  {EXAMPLE_MARK}" if slot.is_list else f"{name}: {value}  {EXAMPLE_MARK}"]
    return [f"{name}: {example}" if example == PLACEHOLDER else f"{name}: {example}  {EXAMPLE_MARK}"]


def existing(kind: RefType, content: Path) -> str:
    """Return a reference to the first record there is of a kind; empty when there is none."""
    for folder in kind.kinds:
        for path in sorted((content / folder).glob("*.yml")):
            if judge_id(path.stem) is None:  # another name could be anything, and would break the draft
                return path.stem if len(kind.kinds) == 1 else f"{folder}/{path.stem}"
    return ""
