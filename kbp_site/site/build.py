"""The whole program on one page: content is read, pages are planned and made, the site is judged and put in place."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter

from kbp_site.content.checks.privacy import allowed_contacts
from kbp_site.content.library import Library
from kbp_site.content.load import Loaded, load
from kbp_site.content.memory import Memory
from kbp_site.content.problems import KbpError, Problem, has_errors
from kbp_site.content.workers import end_at_once, run
from kbp_site.locale import Text, text
from kbp_site.outputs.export import export_all
from kbp_site.outputs.headers import export_headers
from kbp_site.outputs.media import copy_media, export_media
from kbp_site.outputs.redirects import Redirect, export_redirects, find_clashes, leads_of, plan_redirects, targets_of
from kbp_site.pages.page import Page, base_of, site_url
from kbp_site.site.cache import RECORDS, SEALS, STANDING, cache_folder
from kbp_site.site.gate import Expected, PageReading, ground_of_judgement, judge_site, read_page
from kbp_site.site.host import Templates, make_html, own_folders, read_settings
from kbp_site.site.last_release import judge_last_release
from kbp_site.site.prepare import SiteSettings, make_pages
from kbp_site.site.programs import digests
from kbp_site.site.publish import folder_name, judge_out, locked, publish, staged
from kbp_site.site.reuse import Index, ground_of, read_index, take_over, write_index
from kbp_site.site.seal import read_seal, sources_of, standing_of, write_seal
from kbp_site.site.search_index import write_search
from kbp_site.site.shares import Share, cut
from kbp_site.site.standing import (
    Former,
    Standing,
    digests_of,
    entries,
    media_sources,
    read_standing,
    stamps,
    write_standing,
)
from kbp_site.site.worker import write_worker

Tell = Callable[[Text], None]
"""Where progress is told; one sentence at a time."""

Beside = Callable[[Library], Mapping[str, bytes]]
"""Makes files by their paths below the site."""


@dataclass(frozen=True)
class Order:
    """What is to be built: from which root, into which folder, on which day, by how many workers.

    ``is_full``: what was kept from earlier builds is forgotten first. ``beside`` makes files that stand in folders of
    their own beside the judged site, such as the editors' form; who gives it vouches for them. ``known`` is the site
    that readers know, whose addresses may not be lost: that in ``out`` unless another is named.
    """

    root: Path
    out: Path
    today: date
    jobs: int
    is_full: bool = field(default=False, kw_only=True)
    beside: Beside | None = field(default=None, kw_only=True)
    known: Path | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Built:
    """What came of a build: every problem, how many pages there are, and what they were made of (if any were made).

    ``standing`` is the fingerprint of how the site stands in its folder then.
    """

    problems: tuple[Problem, ...]
    pages: int = 0
    library: Library | None = None
    standing: str = ""


def built_before(order: Order) -> Built | None:
    """Return what the last build of a site told, where nothing changed since; ``None`` where it must be built.

    Raises `KbpError` for the operator's mistakes.
    """
    judge_out(order.out, order.root)
    config = read_settings(order.root / "mkdocs.yml", out=order.out)
    sealed = cache_folder(order.root) / SEALS / folder_name(order.out)
    seal = read_seal(sealed, sources_of(config, order.root, order.today), order.out)
    return Built(seal.problems, seal.pages, standing=seal.standing) if seal else None


def build(order: Order, tell: Tell) -> Built:
    """Build the public site, whole and checked, or change nothing.

    Raises `KbpError` for the operator's mistakes and `OSError` when the system fails.
    """
    judge_out(order.out, order.root)
    config = read_settings(order.root / "mkdocs.yml", out=order.out)
    cache = cache_folder(order.root)
    kept, search, known, sealed, stood = (
        cache / what / folder_name(order.out) for what in ("pages", "search", "html", SEALS, STANDING)
    )
    with locked(cache / "locks", order.out):
        made_of = sources_of(config, order.root, order.today)
        for folder in (kept, search, cache / "images", cache / RECORDS) if order.is_full else ():
            shutil.rmtree(folder, ignore_errors=True)
        with timed(tell, text("Membaca catatan")):
            loaded = read_records(order, Memory(cache / RECORDS))
        if loaded.library is None or has_errors(loaded.problems):
            return Built(loaded.problems)
        with timed(tell, text("Menyusun halaman")):
            pages, files = make_pages(loaded.library, kept, jobs=order.jobs)
            redirects = plan_redirects(loaded.library)
            settings = SiteSettings.of(loaded.library, pages, order.root / "docs")
            ground = ground_of(config, settings, [file.uri for file in files if file.is_section])
        with timed(tell, text("Membuat gambar")):
            media = export_media(loaded.library, pages, cache / "images", jobs=order.jobs)
        if media.problems:
            return Built((*loaded.problems, *media.problems))
        wanted = expect(own_folders(config), loaded.library, pages, redirects, media.files)
        judged = ground_of_judgement(ground, wanted)
        with staged(order.out) as folder:
            with timed(tell, text("Membandingkan dengan terbitan sebelumnya")):
                problems = (*loaded.problems, *judge_last_release(order.known or order.out, loaded.library))
            if has_errors(problems):
                return Built(problems)
            with timed(tell, text("Membuat HTML")):
                index = Index() if order.is_full else read_index(known, ground)
                current = dict(index.current(files, order.out))
                stale = [file for file in files if file not in current]
                readings = [*make_shares(order, cut(settings, stale, jobs=order.jobs), folder), *current.values()]
                take_over(current.values(), order.out, folder / "site")
            with timed(tell, text("Menulis data, umpan, dan kalender")):
                write_outputs(folder / "site", loaded.library, pages, documents_of(order.root / "docs"))
                former = Former() if order.is_full else read_standing(stood, judged, order.out)
                sources = media_sources(media.files)
                taken = former.take_over(sources, folder / "site")
                copy_media({name: file for name, file in media.files.items() if name not in taken}, folder / "site")
                if clashes := write_redirects(folder / "site", loaded.library, redirects):
                    return Built((*problems, *clashes))
            with timed(tell, text("Menyusun indeks pencarian")):
                write_search(loaded.library, folder / "site", search)
                beside = order.beside(loaded.library) if order.beside else {}
                same = former.same(stamps(folder / "site"))
                sums = digests_of(
                    folder / "site",
                    {name: file.digest for name, file in same.items()} | {one.path: one.digest for one in readings},
                )
                write_worker(folder / "site", old=targets_of(redirects), aside=folders_of(beside), digests=sums)
                write_headers(folder / "site", settings.url, aside=folders_of(beside))
            with timed(tell, text("Memeriksa situs")):
                seen = [*readings, *(read_built(folder / "site", redirect.file) for redirect in redirects)]
                found = tuple(judge_site(folder / "site", order.out.name, seen, wanted, former=former))
            if has_errors(found):
                return Built((*problems, *found))
            publish(write_beside(folder / "site", beside), order.out)
            by_path = {reading.path: reading for reading in readings}
            write_index(known, ground, ((file, by_path[html_name(file.uri)]) for file in files))
        now = stamps(order.out)
        write_standing(stood, Standing.of(judged, now, sums, sources))
        write_seal(sealed, made_of, standing_of(now), len(readings), loaded.problems)
    return Built(problems, len(readings), loaded.library, standing_of(now))


def read_records(order: Order, known: Memory) -> Loaded:
    """Read all that is not known, judge it as a build does, and keep it for the next run."""
    loaded = load(order.root, today=order.today, memory=known, jobs=order.jobs).as_built()
    known.keep()
    return loaded


@contextmanager
def timed(tell: Tell, what: Text) -> Iterator[None]:
    """Tell a step and how long it took, in seconds."""
    began = perf_counter()
    yield
    tell(text("{what}: {seconds} detik", what=what, seconds=f"{perf_counter() - began:.1f}".replace(".", ",")))


def make_shares(order: Order, shares: Sequence[Share], folder: Path) -> list[PageReading]:
    """Make every share beside the others, gather them in `site`, and return what the gate read."""
    rows = [(order.root / "mkdocs.yml", share, folder / str(number)) for number, share in enumerate(shares)]
    if len(rows) == 1:
        readings = [make_share(*row) for row in rows]
    else:
        with ProcessPoolExecutor(max_workers=order.jobs, initializer=end_at_once) as executor:
            readings = run(executor, make_share, rows)
    for _, _, made in rows:
        gather(made, folder / "site")
    return [reading for share in readings for reading in share]


_templates = Templates()
"""A worker's own, for all shares but the first, which also brings the theme's files."""


def make_share(config_file: Path, share: Share, out: Path) -> list[PageReading]:
    """Make one share's HTML and read it back as the gate does."""
    make_html(config_file, share, out, templates=None if share.is_first else _templates)
    return read_pages(out)


def read_pages(out: Path) -> list[PageReading]:
    """Read every built page below a folder as the gate does."""
    return [read_built(out, path.relative_to(out).as_posix()) for path in sorted(out.rglob("*.html"))]


def read_built(out: Path, name: str) -> PageReading:
    """Read one built page as the gate does."""
    return read_page(name, (out / name).read_bytes())


def gather(made: Path, site: Path) -> None:
    """Move a share's files into the site, whole folders where it can; no two shares make the same file."""
    if not site.is_dir():
        os.rename(made, site)
        return
    for path in made.iterdir():
        gather(path, site / path.name)


def write_outputs(site: Path, library: Library, pages: Sequence[Page], documents: Sequence[str]) -> None:
    """Write what stands beside the pages; ``documents`` are names of hand-written ones ("tentang/index.md")."""
    paths = [html_name(name).removesuffix("index.html") for name in documents]
    write_files(site, export_all(library, pages, paths))


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


def write_headers(site: Path, url: str, *, aside: Collection[str] = ()) -> None:
    """Write what hosts tell browsers about a finished site; ``aside`` are folders that are put beside it later."""
    names = {f"{path.name}/" if path.is_dir() else path.name for path in site.iterdir() if path.name[0] not in "._"}
    write_files(site, export_headers(base_of(url), names.union(aside), aside))


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


def expect(
    own: Sequence[Path], library: Library, pages: Sequence[Page], redirects: Sequence[Redirect], media: Collection[str]
) -> Expected:
    """Return what the gate is to find: planned pages, written ones, those at old paths, 404, and all beside them.

    ``own`` are the operator's folders, that of the hand-written pages first.
    """
    names = [page.file for page in pages] + documents_of(own[0])
    return Expected(
        {html_name(name) for name in names} | {redirect.file for redirect in redirects} | {"404.html"},
        redirects=leads_of(redirects),
        media=media,
        url=site_url(library) or "",
        allowed=allowed_contacts(library.site),
        own=digests(own),
    )


def documents_of(docs: Path) -> list[str]:
    """Return the names of the hand-written pages ("tentang/index.md"), in order."""
    names = (path.relative_to(docs) for path in docs.rglob("*.md")) if docs.is_dir() else ()
    return sorted(name.as_posix() for name in names if not any(part.startswith(".") for part in name.parts))


def html_name(markdown: str) -> str:
    """Return where the host puts a page ("kegiatan/x.md" → "kegiatan/x/index.html")."""
    stem = re.sub(r"(^|/)README$", r"\1index", markdown.removesuffix(".md"))
    return f"{stem}.html" if stem.split("/")[-1] == "index" else f"{stem}/index.html"
