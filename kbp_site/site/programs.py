"""What may run on a site: the programs that we ship, and those that its operator keeps in `docs/` or the theme (K704).

A page's policy lets it load any script of its own site; so no other file may be one, nor a drawing hold one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Container, Iterable, Iterator
from functools import cache
from pathlib import Path

from kbp_site.content.problems import Fault
from kbp_site.locale import text
from kbp_site.site.foreign import find_in_drawing
from kbp_site.site.host import THEME
from kbp_site.site.worker import WORKER, WORKERS

RUNNING = frozenset({".js", ".mjs", ".cjs", ".wasm", ".pagefind"})
"""Endings of programs; `wasm.id.pagefind` is the search's engine."""

PAGEFIND = {
    "pagefind.js": "252d272bd34d483d19a752060f6a065114d15ab12c42d8f905ca565e2768a009",
    "wasm.en.pagefind": "bb16c9e6d3d214d4d05cccca51df7b487b86b3657318da767f6ca9e0a2e7259d",
    "wasm.id.pagefind": "4f7d93a8a8fd43c181e5f366d7fb453fd679e85e065f6d83b38b7c4aa59176ba",
}
"""SHA-256 of what Pagefind 1.5.2 brings (MIT, © CloudCannon), which the lock pins by the hash of its wheel."""

DRAWING = ".svg"
DATA = (
    *(".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp", ".woff2", ".css", ".html"),
    *(".csv", ".docx", ".geojson", ".ics", ".json", ".ods", ".odt", ".pdf", ".txt", ".webmanifest", ".xlsx", ".xml"),
    *(".pf_filter", ".pf_fragment", ".pf_index", ".pf_meta"),
)
HOSTS = frozenset({".htaccess", ".kbp-site", "_headers", "_redirects"})
"""What else a site may hold: drawings, files of these endings, and those that hosts and we read."""


@cache
def shipped_programs() -> frozenset[str]:
    """Return the SHA-256 of every program of ours that stands in a site as it is."""
    return frozenset(PAGEFIND.values()) | digests([THEME])


def rules() -> str:
    """Return the fingerprint of all that we ship and let run: another one judges anew."""
    shipped = [*sorted(shipped_programs()), _digest((WORKERS / "offline.js").read_bytes())]
    return _digest("\n".join(shipped).encode())


def digests(folders: Iterable[Path]) -> frozenset[str]:
    """Return the SHA-256 of every file below folders that is not of a type that any site may hold."""
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix not in DATA)
    return frozenset(_digest(path.read_bytes()) for path in files)


def judge_programs(
    out: Path, files: Collection[str], own: Collection[str] = (), *, same: Container[str] = ()
) -> Iterator[tuple[str, Fault]]:
    """Yield (path, fault) for every file below ``out`` that could run and is unknown, or is of no type that we make.

    ``own`` are the SHA-256 of the operator's own files; those that are the ``same`` as when they were judged are not
    read again.
    """
    for name in sorted(name for name in files if not name.endswith(DATA) and name not in HOSTS and name not in same):
        path = out / name
        if path.suffix in DATA:
            continue
        data = path.read_bytes()
        if _digest(data) in own:
            continue
        if path.suffix == DRAWING:
            yield from ((name, fault) for fault in find_in_drawing(data))
        elif path.suffix not in RUNNING:
            message = text('berkas dengan akhiran "{suffix}" tidak seharusnya terbit', suffix=path.suffix)
            yield name, Fault("K701", message)
        elif not (_is_worker(data) if name == WORKER else _digest(data) in shipped_programs()):
            hint = text("hapus berkas itu, atau pasang kembali kbp bila pustakanya diperbarui sendiri")
            yield name, Fault("K704", text("berkas ini berisi program yang tidak dikenal"), hint)


def _is_worker(data: bytes) -> bool:
    """Whether a worker is ours: a line with the release as plain data, then the code as it is shipped."""
    first, _, code = data.partition(b"\n")
    try:
        json.loads(first.removeprefix(b"const RELEASE = ").removesuffix(b";"))
    except ValueError:
        return False
    return code == (WORKERS / "offline.js").read_bytes()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
