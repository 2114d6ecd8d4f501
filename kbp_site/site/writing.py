"""Files beside the pages are written: outputs, redirects, what hosts tell browsers, and folders of their own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from kbp_site.content.library import Library
from kbp_site.content.problems import KbpError, Problem
from kbp_site.locale import text
from kbp_site.outputs.export import export_beside_data
from kbp_site.outputs.headers import export_headers
from kbp_site.outputs.open_data import Told, write_data
from kbp_site.outputs.redirects import Redirect, export_redirects, find_clashes
from kbp_site.outputs.sitemap import export_sitemap
from kbp_site.pages.page import Page, base_of
from kbp_site.site.standing import entries


def write_outputs(site: Path, library: Library, told: Iterable[Told]) -> None:
    """Write what stands beside the pages and follows from the records alone; ``told`` are these as open data."""
    for name, data in export_beside_data(library):
        write_files(site, {name: data})
    (site / "data").mkdir(exist_ok=True)
    write_data(library, told, lambda name: (site / name).open("wb"))


def sitemap_of(library: Library, pages: Sequence[Page], documents: Sequence[str]) -> dict[str, bytes]:
    """Return the files that list all pages; ``documents`` are names of hand-written ones ("tentang/index.md")."""
    paths = [html_name(name).removesuffix("index.html") for name in documents]
    return export_sitemap(library, pages, paths)


def write_redirects(folder: Path, library: Library, redirects: Sequence[Redirect]) -> tuple[Problem, ...]:
    """Write the pages at old paths beside all else; where something stands already, write none and tell it.

    ``folder`` holds the built site, or the files that a host makes it of.
    """
    names = [name for name, _ in (entries(folder) if redirects else ()) if name[-1] != "/"]
    clashes = tuple(find_clashes(redirects, (html_name(name) if name.endswith(".md") else name for name in names)))
    if not clashes:
        write_files(folder, export_redirects(library, redirects))
    return clashes


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their paths below a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def write_headers(site: Path, url: str, *, aside: Collection[str] = ()) -> tuple[str, ...]:
    """Write what hosts tell browsers about a finished site, and return the names of these files.

    ``aside`` are folders that are put beside it later.
    """
    names = {f"{path.name}/" if path.is_dir() else path.name for path in site.iterdir() if path.name[0] not in "._"}
    files = export_headers(base_of(url), names.union(aside), aside)
    write_files(site, files)
    return tuple(files)


def write_beside(site: Path, files: Mapping[str, bytes]) -> Path:
    """Write files into folders of their own, and return the site; raises `KbpError` when something stands there."""
    for name in folders_of(files):
        if (site / name).exists():
            raise KbpError(text('"{name}" di situs sudah dipakai halaman lain; ganti nama halaman itu', name=name))
    write_files(site, files)
    return site


def folders_of(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the folders at the top that files stand in ("admin/")."""
    return tuple(sorted({f"{name.partition('/')[0]}/" for name in files}))


def documents_of(docs: Path) -> list[str]:
    """Return the names of the hand-written pages ("tentang/index.md"), in order."""
    names = (path.relative_to(docs) for path in docs.rglob("*.md")) if docs.is_dir() else ()
    return sorted(name.as_posix() for name in names if not any(part.startswith(".") for part in name.parts))


def html_name(markdown: str) -> str:
    """Return where the host puts a page ("kegiatan/x.md" → "kegiatan/x/index.html")."""
    stem = re.sub(r"(^|/)README$", r"\1index", markdown.removesuffix(".md"))
    return f"{stem}.html" if stem.split("/")[-1] == "index" else f"{stem}/index.html"
