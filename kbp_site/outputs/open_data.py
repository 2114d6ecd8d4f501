"""The records as open data, below `data/`: JSON, one CSV a kind, GeoJSON, and a description of them.

Nothing here is rounded, summed or made up: a figure keeps its note and how sure it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from kbp_site.content.library import E, Entry, Key, Library
from kbp_site.content.records import KINDS
from kbp_site.content.records.base import Envelope
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.places import Place
from kbp_site.locale import text
from kbp_site.outputs.addresses import page_address, page_path
from kbp_site.outputs.plain import Plain, plain_record
from kbp_site.outputs.tables import columns, describe_table, write_row, write_table
from kbp_site.pages.page import site_url

PUBLIC_KINDS: tuple[type[Envelope], ...] = tuple(kind for kind in KINDS if issubclass(kind, Envelope))
RECORDS = "data/records.json"
Row = dict[str, Plain]


class Told(NamedTuple):
    """A record as it is told in files of many: its line of `records.json`, and its row of its kind's table."""

    line: bytes
    row: bytes


def tell(library: Library, entry: Entry[Envelope]) -> Told:
    """Tell one record, which nobody else's being there or not changes."""
    row = _row(library, entry)
    return Told(_json(row).encode(), write_row(column.cell(row) for column in columns(type(entry.record))))


def table_of(kind: type[Envelope]) -> str:
    """Return the path of a kind's table."""
    return f"data/{kind.FOLDER}.csv"


def export_data(library: Library, told: Mapping[Key, Told] | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield every file below `data/` as (path, bytes), one by one, since they are as large as all records.

    ``told`` are all public records, where they have been told.
    """
    if told is None:
        told = {entry.key: tell(library, entry) for entry in library.public}
    yield RECORDS, _records(library, (told[entry.key].line for entry in library.public))
    resources = []
    for kind in PUBLIC_KINDS:
        table = write_table(kind, (told[entry.key].row for entry in library.of(kind)))
        resources.append(_resource(kind, table))
        yield table_of(kind), table
    yield "data/places.geojson", _places(library)
    yield "data/datapackage.json", _package(library, resources)


def _row(library: Library, entry: Entry[E]) -> Row:
    return {
        "kind": entry.kind,
        "id": entry.id,
        "path": page_path(entry),
        "url": page_address(library, entry),
        "fields": plain_record(library, entry),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(opening: str, items: Iterable[bytes]) -> bytes:
    """Write one item a line, so that two editions can be compared."""
    parts = [opening.encode()]
    for item in items:
        parts += (b"\n" if len(parts) == 1 else b",\n", item)
    return b"".join((*parts, b"\n]}\n"))  # only once: all items together are as large as all records


def lines_of(written: bytes) -> list[bytes]:
    """Return the items of a file that has one a line."""
    return [line.removesuffix(b",") for line in written.split(b"\n")[1:-2]]


def _records(library: Library, lines: Iterable[bytes]) -> bytes:
    """Write every record, with what the site says of itself."""
    site: Row = {"title": library.site.title, "url": site_url(library), "licence": library.site.licence}
    return _lines(f'{{"version": 1, "site": {_json(site)}, "records": [', lines)


def _places(library: Library) -> bytes:
    """Write the places that have both coordinates, as RFC 7946 wants them: longitude first, WGS 84."""
    features = [
        _feature(library, place)
        for place in library.of(Place)
        if place.record.latitude is not None and place.record.longitude is not None
    ]
    return _lines('{"type": "FeatureCollection", "features": [', (_json(feature).encode() for feature in features))


def _feature(library: Library, entry: Entry[Place]) -> Row:
    place = plain_record(library, entry)
    told = ("level", "part_of", "code_kemendagri", "code_bps", "point", "point_source", "match")
    return {
        "type": "Feature",
        "id": entry.id,
        "geometry": {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]},
        "properties": {
            "title": entry.title,
            "url": page_address(library, entry),
            **{name: place[name] for name in told},
        },
    }


def _package(library: Library, resources: Sequence[Mapping[str, object]]) -> bytes:
    """Describe the tables (Frictionless Data Package 1), so that programs read their columns aright."""
    site, url = library.site, site_url(library)
    owner = library.get(Organization, site.organization)
    package = {
        "profile": "tabular-data-package",
        "name": owner.id if owner else "kbp",
        "title": text("Data terbuka {title}", title=site.title).say("id"),
        "description": text(
            "Semua catatan yang terbit. Sel kosong berarti belum tercatat, bukan nol. Tanggal ditulis menurut EDTF. "
            "Daftar kata dipisah dengan titik koma; daftar yang berkolom ditulis sebagai JSON. "
            'Tanda "\'" di awal baris mencegah tulisan terbaca sebagai rumus.'
        ).say("id"),
        **({"homepage": url} if url else {}),
        **({"licenses": [_licence(site.licence)]} if site.licence else {}),
        "sources": [{"title": owner.title if owner else site.title, **({"path": url} if url else {})}],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n"


def _licence(written: str) -> dict[str, str]:
    """Name a licence as the Open Definition does ("CC BY 4.0" is CC-BY-4.0), with its title as written."""
    name = re.sub(r"[^A-Za-z0-9.]+", "-", written).strip("-")
    return {"name": name or "notspecified", "title": written}


def _resource(kind: type[Envelope], table: bytes) -> dict[str, object]:
    return {
        "profile": "tabular-data-resource",
        "name": kind.FOLDER,
        "title": kind.LABEL.say("id"),
        "path": f"{kind.FOLDER}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table),
        "hash": f"sha256:{sha256(table).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": describe_table(kind),
    }
