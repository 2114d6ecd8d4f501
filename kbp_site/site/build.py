"""The whole program on one page: content is read, pages are planned and made, the site is judged and put in place."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from kbp_site.content.checks.privacy import allowed_contacts
from kbp_site.content.library import Library
from kbp_site.content.load import Loaded, load
from kbp_site.content.memory import Memory
from kbp_site.content.problems import ExitCode, KbpError, Problem, has_errors
from kbp_site.content.shelves import SIZE, Stamp, stamp_at
from kbp_site.content.watched import WatchedLibrary
from kbp_site.content.workers import aside
from kbp_site.locale import text
from kbp_site.outputs.media import Exported, copy_media, export_media
from kbp_site.outputs.redirects import Redirect, leads_of, plan_redirects, targets_of
from kbp_site.pages.page import Page, site_url
from kbp_site.site import spare
from kbp_site.site.alongside import OUTPUTS, Alongside, make_alongside
from kbp_site.site.cache import RECORDS, remove_links
from kbp_site.site.executors import Processes, Workers
from kbp_site.site.gate import Expected, PageReading, ground_of_judgement, judge_site, read_page
from kbp_site.site.host import Templates, make_html, own_folders, read_settings
from kbp_site.site.kept import Kept
from kbp_site.site.last_release import judge_last_release
from kbp_site.site.prepare import PageFile, SiteSettings, make_pages, read_plans
from kbp_site.site.programs import digests
from kbp_site.site.publish import OLD, judge_out, locked, publish, staged
from kbp_site.site.reuse import ground_of, read_index, write_index
from kbp_site.site.seal import read_seal, sources_of, standing_of, write_seal
from kbp_site.site.search_files import Stored, lay
from kbp_site.site.shares import Share, cut
from kbp_site.site.standing import (
    Former,
    Standing,
    digests_of,
    media_sources,
    read_standing,
    stamps,
    write_standing,
)
from kbp_site.site.steps import Tell, shown, timed
from kbp_site.site.worker import write_worker
from kbp_site.site.writing import (
    documents_of,
    folders_of,
    html_name,
    sitemap_of,
    write_beside,
    write_files,
    write_headers,
    write_redirects,
)

SHARES = "shares"
"""Where shares are made, below the folder of a build."""

Beside = Callable[[Library], Mapping[str, bytes]]
"""Makes files by their paths below the site."""


@dataclass(frozen=True)
class Order:
    """What is to be built: from which root, into which folder, on which day, by how many processes here.

    ``workers`` make the pages' HTML: these processes, unless others are named. ``is_full``: what was kept from earlier
    builds is forgotten first. ``beside`` makes files that stand in folders of their own beside the judged site, such
    as the editors' form; who gives it vouches for them. ``known`` is the site that readers know, whose addresses may
    not be lost: that in ``out`` unless another is named.
    """

    root: Path
    out: Path
    today: date
    jobs: int
    workers: Workers | None = field(default=None, kw_only=True)
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
    seal = read_seal(Kept.of(order.root, order.out).seal, sources_of(config, order.root, order.today), order.out)
    return Built(seal.problems, seal.pages, standing=seal.standing) if seal else None


class Prepared(NamedTuple):
    """What a site is made of: its pages' files, its sitemap's, pictures, redirects, and by what all is judged.

    The pages themselves are not held any more: of a large site they are a tenth of what a build holds.
    ``ground`` and ``judged`` are fingerprints of what all pages share, and of the rules that files are judged by.
    """

    library: WatchedLibrary
    files: Sequence[PageFile]
    sitemap: Mapping[str, bytes]
    media: Exported
    redirects: Sequence[Redirect]
    settings: SiteSettings
    ground: str
    wanted: Expected
    judged: str


class Joined(NamedTuple):
    """What is known of the files of a site that was put together: their SHA-256, and what they were copied from.

    ``stamps`` are how they stood before the gate looked; ``clashes`` tell at which of the old addresses a page stands.
    """

    stamps: Mapping[str, Stamp]
    digests: Mapping[str, str]
    sources: Mapping[str, str]
    beside: Mapping[str, bytes]
    clashes: tuple[Problem, ...]


class Finished(NamedTuple):
    """What is known of a site that was made: its pages as the gate read them, its files, and what is wrong with it."""

    readings: Sequence[PageReading]
    files: Joined
    problems: tuple[Problem, ...]


def build(order: Order, tell: Tell) -> Built:
    """Build the public site, whole and checked, or change nothing.

    Raises `KbpError` for the operator's mistakes and `OSError` when the system fails.
    """
    judge_out(order.out, order.root)
    config = read_settings(order.root / "mkdocs.yml", out=order.out)
    kept = Kept.of(order.root, order.out)
    remove_links(kept.cache)
    with locked(kept.cache / "locks", order.out):
        made_of = sources_of(config, order.root, order.today)
        if order.is_full:
            kept.forget()
        with timed(tell, text("Membaca catatan")):
            loaded = read_records(order, Memory(kept.cache / RECORDS))
        if loaded.library is None or has_errors(loaded.problems):
            return Built(loaded.problems)
        library = WatchedLibrary(loaded.library)
        with staged(order.out) as folder:
            former = read_standing(kept.standing, order.out)
            apart = partial(make_alongside, library, folder, kept, former, jobs=order.jobs)
            with aside(apart, jobs=order.jobs) as alongside:
                prepared = _prepare(order, tell, kept, config, library)
                if prepared.media.problems:
                    return Built((*loaded.problems, *prepared.media.problems))
                with timed(tell, text("Membandingkan dengan terbitan sebelumnya")):
                    lost = judge_last_release(order.known or order.out, library)
                problems = (*loaded.problems, *lost)
                if has_errors(problems):
                    return Built(problems)
                finished = _make(order, tell, kept, prepared, folder, former.by(prepared.judged), alongside)
            if has_errors(finished.problems):
                return Built((*problems, *finished.problems))
            now = publish(write_beside(folder / "site", finished.files.beside), order.out)
            if not spare.keep(folder / OLD, kept.spare, now):
                now = stamps(order.out)
            standing = _keep(kept, prepared, finished, now)
        write_seal(kept.seal, made_of, standing, len(finished.readings), loaded.problems)
    return Built(problems, len(finished.readings), loaded.library, standing)


def _prepare(order: Order, tell: Tell, kept: Kept, config: MkDocsConfig, library: WatchedLibrary) -> Prepared:
    """Make pages' Markdown and all pictures, and say by what the site is to be judged."""
    with timed(tell, text("Menyusun halaman")):
        pages, files, plans = make_pages(library, kept.pages, read_plans(kept.plans), jobs=order.jobs)
        kept.keep_next(kept.plans, plans)
        del plans  # a tenth of a large build's memory
        redirects = plan_redirects(library)
        sitemap = sitemap_of(library, pages, documents_of(order.root / "docs"))
        settings = SiteSettings.of(library, pages, order.root / "docs")
        ground = ground_of(config, settings, [file.uri for file in files if file.is_section])
    with timed(tell, text("Membuat gambar")):
        media = export_media(library, pages, kept.images, jobs=order.jobs)
    wanted = expect(own_folders(config), library, pages, redirects, media.files)
    judged = ground_of_judgement(ground, wanted)
    return Prepared(library, files, sitemap, media, redirects, settings, ground, wanted, judged)


def _make(
    order: Order,
    tell: Tell,
    kept: Kept,
    prepared: Prepared,
    folder: Path,
    former: Former,
    alongside: Callable[[], Alongside],
) -> Finished:
    """Make the site below a folder, with all that stands as it would be made taken over, and judge it.

    ``former`` is the site of before, judged by the same rules; ``alongside`` waits for what is made meanwhile.
    """
    site = folder / "site"
    with timed(tell, text("Membuat HTML")):
        index = read_index(kept.html, prepared.ground)
        current = dict(index.current(prepared.files, order.out, former.digests))
        stale = [file for file in prepared.files if file not in current]
        workers = order.workers or Processes(order.jobs)
        shares = cut(prepared.settings, stale, jobs=workers.count)
        made = make_shares(order.root / "mkdocs.yml", shares, folder / SHARES, workers)
    with shown(text("Menunggu indeks pencarian dan data")):
        found, told = alongside()
    for step in told:
        tell(step)
    with timed(tell, text("Menyatukan situs")):
        files = _join(order, kept, prepared, folder, former, made, tuple(current.values()), found)
    readings = [*made, *current.values()]
    with timed(tell, text("Memeriksa situs")):
        sent_on = [] if files.clashes else [read_built(site, redirect.file) for redirect in prepared.redirects]
        judge = partial(judge_site, site, order.out.name, [*readings, *sent_on], prepared.wanted)
        problems = files.clashes or tuple(
            judge(files=files.stamps, former=former, known=index.readings, jobs=order.jobs)
        )
    return Finished(readings, files, problems)


def _join(
    order: Order,
    kept: Kept,
    prepared: Prepared,
    folder: Path,
    former: Former,
    made: Sequence[PageReading],
    current: Sequence[PageReading],
    found: Mapping[str, Stored],
) -> Joined:
    """Put the site together below a folder, and return what is known of its files.

    ``made`` and ``current`` are its pages, those that stand as they would be made among them; ``found`` is the search
    index.
    """
    library, site, redirects = prepared.library, folder / "site", prepared.redirects
    sources = media_sources(prepared.media.files) | {name: stored.digest for name, stored in found.items()}
    taken = former.standing(former.made_of(sources) | {reading.path for reading in current})
    spare.take_over(taken, order.out, site, kept.spare)
    for part in (*sorted((folder / SHARES).iterdir()), folder / OUTPUTS):
        gather(part, site)
    write_files(site, prepared.sitemap)
    copy_media({name: file for name, file in prepared.media.files.items() if name not in taken}, site)
    lay(found, kept.search, site, taken=taken)
    clashes = write_redirects(site, library, redirects)
    beside = order.beside(library) if order.beside else {}
    now = stamps(site)
    known = {name: file.digest for name, file in former.same(now).items()}
    digests = digests_of(site, now, known | {reading.path: reading.digest for reading in made})
    for name, digest in {**former.digests, **{reading.path: reading.digest for reading in current}}.items():
        if name in taken and digests[name] != digest:
            raise changed_meanwhile(order.out, name)
    sized = {name: (stamp[SIZE], digests[name]) for name, stamp in now.items()}
    last = (
        *write_worker(site, old=targets_of(redirects), aside=folders_of(beside), files=sized),
        *write_headers(site, prepared.settings.url, aside=folders_of(beside)),
    )
    now |= {name: stamp_at(f"{site}/{name}") for name in last}
    return Joined(now, digests, sources, beside, clashes)


def _keep(kept: Kept, prepared: Prepared, finished: Finished, now: Mapping[str, Stamp]) -> str:
    """Keep what is known of a site that is public ``now``, for the next build, and return how it stands."""
    kept.standing.unlink(missing_ok=True)  # whoever is stopped here leaves nothing of two builds side by side
    kept.renew()
    by_path = {reading.path: reading for reading in finished.readings}
    write_index(kept.html, prepared.ground, ((file, by_path[html_name(file.uri)]) for file in prepared.files))
    write_standing(kept.standing, Standing.of(prepared.judged, now, finished.files.digests, finished.files.sources))
    return standing_of(now)


def read_records(order: Order, known: Memory) -> Loaded:
    """Read all that is not known, judge it as a build does, and keep it for the next run."""
    loaded = load(order.root, today=order.today, memory=known, jobs=order.jobs).as_built()
    known.keep()
    return loaded


def make_shares(config_file: Path, shares: Sequence[Share], folder: Path, workers: Workers) -> list[PageReading]:
    """Make every share in a folder of its own below ``folder``, and return what the gate read."""
    rows = [(config_file, share, folder / str(number)) for number, share in enumerate(shares)]
    readings = workers.make(make_share, rows) if len(rows) > 1 else [make_share(*row) for row in rows]
    anchors, made = dict[frozenset[str], frozenset[str]](), list[PageReading]()
    for reading in chain.from_iterable(readings):
        # Other processes send copies; what thousands of pages have alike is held once.
        targets = tuple(map(sys.intern, reading.targets))
        alike = anchors.setdefault(reading.anchors, reading.anchors)
        made.append(replace(reading, anchors=alike, targets=targets))
    return made


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


def changed_meanwhile(site: Path, name: str) -> KbpError:
    """Return what is said when a file of the last site is not as it was when the build began (exit 3)."""
    message = text("berkas di {site} diubah selama situs dibangun: {name}. Bangun sekali lagi", site=site, name=name)
    return KbpError(message, exit_code=ExitCode.SYSTEM)


def gather(made: Path, site: Path) -> None:
    """Move files that were made into the site, whole folders where it can; they take the place of what is there."""
    if not site.is_dir():
        os.replace(made, site)
        return
    for path in made.iterdir():
        gather(path, site / path.name)


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
