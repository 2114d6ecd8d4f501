"""The reference of all fields, as a page of the editors' guide: made from the models, so that it cannot disagree.

It is Indonesian only, like every page of `docs/`. Run as a program, this module prints the page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kbp_site.content.records import KINDS, Site
from kbp_site.content.records.base import Envelope, Kind, Part, Story
from kbp_site.content.records.shape import Slot, slots
from kbp_site.content.records.translations import Translation
from kbp_site.content.records.values import (
    AddressType,
    Choice,
    DateType,
    DayType,
    DegreesType,
    FileType,
    LineType,
    NumberType,
    PatternType,
    ProseType,
    RefType,
    ValueType,
    YesNoType,
    ZoneType,
)

INTRODUCTION = """\
---
title: "Rujukan kolom"
description: "Semua kolom dari semua jenis catatan: arti, bentuk isi, dan contohnya."
---

# Rujukan kolom

Halaman ini memuat semua kolom yang dikenal. Kolom lain ditolak, dengan saran nama yang mungkin dimaksud.
Cara memakainya diceritakan di [Menulis catatan](menulis-catatan.md).

- **Wajib** berarti catatan ditolak bila kolom itu tidak ada atau kosong.
- **Daftar** ditulis dalam kurung siku, `[satu, dua]`, atau satu baris satu isi yang diawali tanda `-`.
- **Kelompok kolom** dijelaskan di bagian akhir halaman ini, menurut namanya.
- Kolom yang tidak diketahui isinya dikosongkan saja. Kosong berarti belum tercatat, bukan nol.
"""

HEADER = ("| Kolom | Wajib | Isi | Penjelasan |", "|---|---|---|---|")

DATE_WORDS = (
    "tanggal, boleh hanya tahun (`2006`), tahun dan bulan (`2006-08`), rentang, perkiraan (`2006~`), atau `unknown`"
)


def field_reference() -> str:
    """Return the page as Markdown: what all records share, each kind, the site's record, and groups of fields."""
    return "\n".join([INTRODUCTION, *page_lines()])


def page_lines() -> Iterator[str]:
    """Yield the lines below the introduction."""
    yield from section("## Kolom semua catatan terbuka", "Berlaku bagi semua jenis, kecuali persetujuan.", Envelope)
    yield from section(
        "## Kolom semua cerita", "Berlaku bagi kegiatan, studi banding, dan pameran. `summary` menjadi wajib.", Story
    )
    for kind in KINDS:
        yield from section(f"## {kind.LABEL.say('id')} (`{kind.FOLDER}`)", kind_words(kind), kind)
    yield from section("## Situs (`site.yml`)", "Berkas: `content/site.yml`, satu untuk seluruh situs.", Site)
    yield from section("## Terjemahan", TRANSLATION_WORDS, Translation)
    yield from ("## Kelompok kolom", "", "`claims.parts` berarti `parts` di dalam `claims`. Begitu pula yang lain.", "")
    for heading, group in groups((Envelope, Story, *KINDS, Site)):
        yield from section(heading, "", group)


TRANSLATION_WORDS = (
    "Berkas: `nama-catatan.en.yml` di samping catatan Indonesianya. Isinya kolom berupa teks yang diterjemahkan, "
    "dengan nama kolom yang sama, ditambah kolom berikut."
)


def kind_words(kind: type[Kind]) -> str:
    """Say where records of a kind stand, where readers find them, and which other fields they have."""
    shown = f" Halaman: `/{kind.PATH}/nama-catatan/`." if kind.PATH else " Tidak punya halaman sendiri."
    shared = " Ditambah kolom semua catatan." if issubclass(kind, Envelope) else " Isinya tidak pernah terbit."
    if issubclass(kind, Story):
        shared = " Ditambah kolom semua catatan dan kolom semua cerita."
    return f"Berkas: `content/{kind.FOLDER}/nama-catatan.yml`.{shown}{shared}"


def section(heading: str, words: str, model: type[BaseModel]) -> Iterator[str]:
    """Yield a heading, a few words, the table of the fields that a model itself adds, and their choices."""
    own = [slot for slot in slots(model) if slot.name in model.__annotations__]
    yield from (heading, "")
    if words:
        yield from (words, "")
    yield from (*HEADER, *(row(slot, model.model_fields[slot.name]) for slot in own), "")
    for slot in own:
        yield from choice_lines(slot.name, model.model_fields[slot.name])


def row(slot: Slot, info: FieldInfo) -> str:
    """Return a field's row of the table."""
    required = "ya" if info.is_required() else "tidak"
    example = f" Contoh: `{info.examples[0]}`." if info.examples else ""
    about = f"{info.description}{default_words(info.default)}{example}"
    cells = (f"`{slot.name}` ({info.title})", required, form_words(slot, info), about)
    escaped = [cell.replace("|", "\\|") for cell in cells]
    return f"| {' | '.join(escaped)} |"


def form_words(slot: Slot, info: FieldInfo) -> str:
    """Say in plain words what an editor writes into a field."""
    if choice_of(info.annotation):
        words = "salah satu pilihan di bawah tabel"
    elif isinstance(slot.type, ValueType):
        words = value_words(slot.type)
    elif isinstance(slot.type, type):
        words = f"kelompok kolom `{slot.name}`"
    else:
        words = "kata, lalu daftar padanannya dalam kurung siku"
    return f"daftar: {words}" if slot.is_list else words


def value_words(kind: ValueType) -> str:
    """Say in plain words what a type of value accepts."""
    match kind:
        case LineType(limit=limit):
            return f"satu baris, paling panjang {limit} karakter"
        case ProseType():
            return "teks, boleh beberapa paragraf"
        case DateType():
            return DATE_WORDS
        case DayType():
            return "satu hari, tahun-bulan-tanggal"
        case NumberType(least=0):
            return "bilangan, angka saja"
        case NumberType(least=least, most=most):
            return f"bilangan {least} sampai {most}"
        case DegreesType():
            return "derajat desimal"
        case AddressType(is_web=True):
            return "alamat lengkap, diawali `https://` atau `http://`"
        case AddressType():
            return "alamat lengkap, diawali `https://`, `http://`, `mailto:`, atau `tel:`"
        case PatternType(example=example):
            return f"berbentuk seperti `{example}`"
        case YesNoType():
            return "`yes` atau `no`"
        case ZoneType():
            return "`Asia/Jakarta`, `Asia/Makassar`, atau `Asia/Jayapura`"
        case RefType():
            return reference_words(kind)
        case FileType():
            return "letak berkas di `content/media/`"
    raise TypeError(f"no plain words for {type(kind).__name__}")


def reference_words(kind: RefType) -> str:
    """Say which records may be named, and how."""
    if len(kind.kinds) > 1:
        return f"jenis/nama berkas, jenisnya {', '.join(f'`{name}`' for name in kind.kinds)}"
    other = ", atau namanya saja" if kind.or_line else ""
    return f"nama berkas di `content/{kind.kinds[0]}/` tanpa `.yml`{other}"


def default_words(default: object) -> str:
    """Say what stands in for an empty field; nothing where it stays empty."""
    match default:
        case bool():
            shown = "yes" if default else "no"
        case str() | int():
            shown = str(default)
        case tuple():
            shown = ", ".join(str(item) for item in default)
        case _:
            shown = ""
    return f" Bila kosong: `{shown}`." if shown else ""


def choice_lines(name: str, info: FieldInfo) -> Iterator[str]:
    """Yield what may be chosen for a field, with what readers see."""
    if choice := choice_of(info.annotation):
        yield from (f"Pilihan untuk `{name}`:", "")
        yield from (f"- `{member.value}`: {member.label}" for member in choice)
        yield ""


def choice_of(annotation: Any) -> type[Choice] | None:
    """Return the choice that a field's type holds, in a list or not."""
    if isinstance(annotation, type) and issubclass(annotation, Choice):
        return annotation
    return next((found for inner in get_args(annotation) if (found := choice_of(inner))), None)


def groups(models: Sequence[type[BaseModel]]) -> Iterator[tuple[str, type[Part]]]:
    """Yield (heading, group) of every group of fields once, each before the groups inside it."""
    seen: set[type[Part]] = set()
    waiting: list[tuple[str, type[BaseModel]]] = [("", model) for model in reversed(models)]
    while waiting:
        above, model = waiting.pop()
        for slot in slots(model):
            if not isinstance(slot.type, type) or slot.type in seen:
                continue
            seen.add(slot.type)
            yield f"### `{above}{slot.name}`: {model.model_fields[slot.name].title}", slot.type
            waiting.append((f"{above}{slot.name}.", slot.type))


if __name__ == "__main__":
    sys.stdout.buffer.write(field_reference().encode())
