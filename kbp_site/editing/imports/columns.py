"""Which column of a sheet fills which field: proposed from the headings, saved as YAML, and for people to change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kbp_site.content.problems import KbpError
from kbp_site.content.records.base import Kind, Part
from kbp_site.content.records.shape import slots
from kbp_site.content.records.values import Choice, ValueType
from kbp_site.content.source import parse
from kbp_site.content.suggestions import suggest
from kbp_site.editing.imports.draft import draft_kind
from kbp_site.editing.reference import choice_of
from kbp_site.locale import text

TIMESTAMP, IGNORE = "cap_waktu", "abaikan"
"""What a column may be beside a field: the moment that a form was sent, or nothing to us."""

HAND_MADE = frozenset({"status", "publish_on", "aliases", "corrections"})
"""Fields that an import never fills: they are decisions."""

SYNONYMS = {
    "title": ("nama kegiatan", "kegiatan", "nama acara", "acara", "judul kegiatan", "topik rapat", "nama", "agenda"),
    "date": ("tanggal kegiatan", "hari tanggal", "waktu", "waktu pelaksanaan", "tanggal pelaksanaan", "date"),
    "summary": ("ringkas", "deskripsi singkat", "rangkuman", "inti"),
    "kind": ("jenis", "bentuk kegiatan", "kategori"),
    "process": ("uraian", "uraian kegiatan", "jalannya kegiatan", "deskripsi", "kronologi", "isi", "pelaksanaan"),
    "problem": ("permasalahan", "masalah yang dihadapi", "latar belakang"),
    "result": ("hasil kegiatan", "kesepakatan", "keputusan", "dampak"),
    "places": ("lokasi", "lokasi kegiatan", "kelurahan desa", "desa", "kelurahan", "tempat kegiatan"),
    "organizations": ("instansi", "lembaga yang terlibat", "mitra", "penyelenggara"),
    "participants.total": (
        "peserta",
        "jumlah peserta",
        "jumlah",
        "banyaknya peserta",
        "total peserta",
        "jumlah orang",
        "hadir",
        "yang hadir",
        "jumlah hadir",
        "jumlah yang hadir",
        "jumlah peserta hadir",
        "peserta hadir",
    ),
    "participants.women": ("perempuan", "peserta perempuan", "p", "wanita", "jumlah perempuan", "jumlah p"),
    "participants.men": ("laki laki", "peserta laki laki", "l", "pria", "jumlah laki laki", "jumlah l"),
    TIMESTAMP: ("timestamp", "cap waktu", "stempel waktu"),
    IGNORE: (
        "alamat email",
        "email address",
        "email",
        "alamat surel",
        "surel",
        "no",
        "nomor",
        "nomor hp",
        "no hp",
        "telepon",
        "nomor telepon",
        "hp",
        "wa",
        "nomor wa",
        "whatsapp",
        "nomor whatsapp",
        "nik",
        "nomor nik",
        "nomor ktp",
        "nomor induk kependudukan",
        "nomor kk",
        "nomor kartu keluarga",
        "rekening",
        "nomor rekening",
        "npwp",
        "nomor npwp",
    ),
}
"""Headings that people really write, beside the labels of the fields."""


SHORT_FORMS = {
    "tgl": "tanggal",
    "jml": "jumlah",
    "jlh": "jumlah",
    "jmlh": "jumlah",
    "keg": "kegiatan",
    "kel": "kelurahan",
    "ds": "desa",
    "org": "orang",
    "lk": "laki laki",
    "pr": "perempuan",
    "telp": "telepon",
    "tlp": "telepon",
    "no": "nomor",
}
"""How words of headings are often shortened."""


@dataclass(frozen=True)
class Target:
    """A field that a column can fill: its name (`participants.total` in a group), label, and type of value."""

    name: str
    label: str
    type: ValueType | type[Choice]
    is_list: bool = False


@dataclass(frozen=True)
class ColumnMap:
    """Which heading fills what, in a kind of records, and whether merged cells count for all their rows."""

    kind: type[Kind]
    columns: Mapping[str, str]
    spreads: bool = True


def targets(kind: type[Kind]) -> dict[str, Target]:
    """Return every field of a kind that one cell can fill."""
    return {target.name: target for target in _targets(kind, "")}


def _targets(model: type[Kind] | type[Part], above: str) -> Iterator[Target]:
    for slot in slots(model):
        info = model.model_fields[slot.name]
        name, label = f"{above}{slot.name}", info.title or slot.name
        if choice := choice_of(info.annotation):
            if name not in HAND_MADE and not slot.is_list:
                yield Target(name, label, choice)
        elif isinstance(slot.type, ValueType) and name not in HAND_MADE:
            yield Target(name, label, slot.type, slot.is_list)
        elif isinstance(slot.type, type) and not slot.is_list and not above:
            yield from _targets(slot.type, f"{name}.")


def simplify(heading: str) -> str:
    """Return a heading in small letters, without what stands in brackets and without marks."""
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"\(.*?\)", " ", heading.casefold())).split())


def spell_out(heading: str) -> str:
    """Return a simplified heading with its short forms written out."""
    return " ".join(SHORT_FORMS.get(word, word) for word in simplify(heading).split())


def propose(headings: Sequence[str], kind: type[Kind]) -> dict[str, str]:
    """Return what each heading probably fills; ``""`` where nothing is near. No field is filled twice."""
    known = targets(kind)
    meant = {
        spell_out(word): name
        for name, words in SYNONYMS.items()
        for word in words
        if name in {*known, TIMESTAMP, IGNORE}
    }
    meant |= {spell_out(target.label): name for name, target in known.items() if "." not in name}
    meant |= {spell_out(name): name for name in known}
    proposed, taken = dict.fromkeys(headings, ""), set[str]()
    for cutoff in (1.0, 0.85):  # the same words come first, then near ones
        for heading in headings:
            near = get_close_matches(spell_out(heading), list(meant), n=1, cutoff=cutoff)
            name = meant[near[0]] if near else ""
            if name and not proposed[heading] and (name == IGNORE or name not in taken):
                proposed[heading] = name
                taken.add(name)
    return proposed


def write_map(column_map: ColumnMap) -> str:
    """Return a map as the YAML that people change."""
    choices = [*targets(column_map.kind), TIMESTAMP, IGNORE]
    lines = [
        "# " + text("Peta kolom: kiri judul kolom di tabel, kanan nama kolom catatan.").say("id"),
        "# " + text("Kosong berarti isinya disimpan sebagai keterangan di dalam draf.").say("id"),
        "# " + text("Yang dapat dipilih: {choices}", choices=", ".join(choices)).say("id"),
        f"kind: {column_map.kind.FOLDER}",
        "merged: all  # " + text("sel gabungan berlaku bagi semua barisnya; first: baris pertama saja").say("id"),
        "columns:",
    ]
    lines += [f"  {json.dumps(heading, ensure_ascii=False)}: {name}" for heading, name in column_map.columns.items()]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def read_map(path: Path) -> ColumnMap:
    """Read a map that people changed; raises `KbpError` for names that are no fields."""
    source, problems = parse(path.name, path.read_bytes())
    if source is None:
        why = problems[-1].message
        raise KbpError(
            text("{path} tidak dapat dibaca, baris {line}: {why}", path=str(path), line=problems[-1].line, why=why)
        )
    kind = draft_kind(str(source.values.get("kind") or "activities"))
    columns, known = source.values.get("columns"), targets(kind)
    if not isinstance(columns, dict):
        raise KbpError(text("{path} tidak memuat columns", path=str(path)))
    for name in columns.values():
        if name and name not in {*known, TIMESTAMP, IGNORE}:
            hint = suggest(str(name), [*known, TIMESTAMP, IGNORE])
            raise KbpError(text('{path}: kolom "{name}" tidak dikenal; {hint}', path=str(path), name=name, hint=hint))
    named = {heading: str(name or "") for heading, name in columns.items()}
    return ColumnMap(kind, named, spreads=source.values.get("merged") != "first")
