"""The records as open data, below `data/`: JSON, one CSV a kind, GeoJSON, and a description of them.

Nothing here is rounded, summed or made up: a figure keeps its note and how sure it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from hashlib import sha256
from io import BytesIO
from itertools import islice
from typing import BinaryIO, NamedTuple

from kbp_site.content.library import E, Entry, Library
from kbp_site.content.records import KINDS
from kbp_site.content.records.base import Envelope
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.places import Place
from kbp_site.locale import text
from kbp_site.outputs.addresses import page_address, page_path
from kbp_site.outputs.plain import Plain, plain_record
from kbp_site.outputs.tables import columns, describe_table, write_head, write_row
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


def tell_all(library: Library) -> Iterator[Told]:
    """Tell every public record, kind by kind."""
    return (tell(library, entry) for entry in library.public)


def table_of(kind: type[Envelope]) -> str:
    """Return the path of a kind's table."""
    return f"data/{kind.FOLDER}.csv"


Opened = Callable[[str], AbstractContextManager[BinaryIO]]
"""Opens a file to be written by its path below the site."""


def write_data(library: Library, told: Iterable[Told], opened: Opened) -> None:
    """Write every file below `data/`; none of the large ones, nor what they are made of, is ever held as a whole.

    ``told`` are all public records, kind by kind, as `tell_all` gives them.
    """
    resources, telling, before = [], iter(told), b"\n"
    with opened(RECORDS) as records:
        records.write(opening(library))
        for kind in PUBLIC_KINDS:
            with opened(table_of(kind)) as file:
                table = _Table(file)
                table.write(write_head(kind))
                for one in islice(telling, len(library.of(kind))):
                    records.write(before + one.line)
                    table.write(one.row)
                    before = BETWEEN
            resources.append(_resource(kind, table))
        records.write(END)
    for path, data in (("places.geojson", _places(library)), ("datapackage.json", _package(library, resources))):
        with opened(f"data/{path}") as file:
            file.write(data)


class _Table:
    """A table that is written: its size in bytes, and their SHA-256."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._seen, self.size = file, sha256(), 0

    def write(self, row: bytes) -> None:
        """Write what follows."""
        self._file.write(row)
        self._seen.update(row)
        self.size += len(row)

    @property
    def hash(self) -> str:
        """What was written so far, as the data package names it."""
        return f"sha256:{self._seen.hexdigest()}"


def export_data(library: Library, told: Iterable[Told] | None = None) -> dict[str, bytes]:
    """Return every file below `data/` by its path, all at once; ``told`` are all records, where they have been told."""
    files: dict[str, bytes] = {}

    @contextmanager
    def opened(path: str) -> Iterator[BinaryIO]:
        file = BytesIO()
        yield file
        files[path] = file.getvalue()

    write_data(library, tell_all(library) if told is None else told, opened)
    return files


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


BETWEEN, END = b",\n", b"\n]}\n"
"""What stands in a file of one item a line, so that two editions can be compared: between two of them, and at last."""


def opening(library: Library) -> bytes:
    """Return how `records.json` begins, with what the site says of itself; each record follows on a line of its own."""
    site: Row = {"title": library.site.title, "url": site_url(library), "licence": library.site.licence}
    return f'{{"version": 1, "site": {_json(site)}, "records": ['.encode()


def _places(library: Library) -> bytes:
    """Write the places that have both coordinates, as RFC 7946 wants them: longitude first, WGS 84."""
    features = [
        _feature(library, place)
        for place in library.of(Place)
        if place.record.latitude is not None and place.record.longitude is not None
    ]
    lines = BETWEEN.join(_json(feature).encode() for feature in features)
    return b'{"type": "FeatureCollection", "features": [' + (b"\n" if lines else b"") + lines + END


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
            'Tanda "\'" di awal baris, atau sesudah titik koma, mencegah tulisan terbaca sebagai rumus.'
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


def _resource(kind: type[Envelope], table: _Table) -> dict[str, object]:
    return {
        "profile": "tabular-data-resource",
        "name": kind.FOLDER,
        "title": kind.LABEL.say("id"),
        "path": f"{kind.FOLDER}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": table.size,
        "hash": table.hash,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": describe_table(kind),
    }
