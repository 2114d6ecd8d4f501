"""The public site as one file for Kiwix, which phones and computers read and search without internet (`kbp zim`).

Needs libzim, which is under the GPL and hence an extra: this module is imported only when the command is asked for.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import islice
from pathlib import Path

from libzim.reader import Archive
from libzim.search import Query, Searcher
from libzim.writer import Creator

from kbp_site import __version__
from kbp_site.content.library import Library
from kbp_site.content.load import load
from kbp_site.content.problems import ExitCode, KbpError, Problem
from kbp_site.content.records.organizations import Organization
from kbp_site.kiosk.carried import read_leaf, words_in
from kbp_site.kiosk.zim_items import FileItem, PageItem
from kbp_site.locale import Text, text
from kbp_site.outputs.drawing import draw_logo
from kbp_site.outputs.families import forms, stem
from kbp_site.outputs.redirects import plan_redirects
from kbp_site.outputs.search import Edition, findable
from kbp_site.outputs.wording import words
from kbp_site.pages import offline, search
from kbp_site.pages.page import localized, site_url
from kbp_site.site.build import Order, build
from kbp_site.site.cache import cache_folder, remembered
from kbp_site.site.publish import folder_name, judge_place, locked
from kbp_site.site.steps import Tell, timed

START = "index.html"
LEFT_OUT = (search.PATH, offline.PATH)
"""Pages that need scripts: Kiwix has a search of its own, and keeps nothing."""

NEWS = frozenset({"feed.xml", "feed.json", "calendar.ics", "404.html"})
"""What is of use only to who asks for it again and again, and the page for what is not there."""

CODES = {"id": "ind", "en": "eng"}
"""Languages as an archive names them (ISO 639-3)."""

TITLE_MOST, DESCRIPTION_MOST = 30, 80
"""Letters of an archive's title and description, by the openZIM standard."""

ICON = 48
DATABASE, DATABASE_ID, DATABASES = b"\x0f\rXapian Glass", 16, 2
"""How an index in the archive begins, after how many bytes its random number stands, and how many indexes there are:
of texts and of titles."""

LONG, TRIED = 6, 5
"""Letters of a word whose other forms are asked for, and how many: our stemmer and Xapian's may differ in one."""

NUMBER = slice(8, 24)
CHECKSUM = 16
"""Where the archive's own random number stands, and how long the MD5 at its end is (openZIM, "ZIM file format")."""


@dataclass(frozen=True)
class Zim:
    """What came of it: every problem, the file, and how many pages it has (0 when nothing was made)."""

    problems: tuple[Problem, ...]
    file: Path
    pages: int = 0


def make_zim(root: Path, out: Path, *, today: date, jobs: int, tell: Tell) -> Zim:
    """Build the public site aside and write it as an archive into the folder ``out``, whole and checked, or nothing.

    Raises `KbpError` for the operator's mistakes and `OSError` when the system fails.
    """
    judge_place(out, root)
    with site_aside(root) as aside:
        built = build(Order(root, aside, today, jobs), tell)
        library = load(root, today=today, memory=remembered(root), jobs=jobs).as_built().library
        if not built.pages or library is None:
            return Zim(built.problems, out)
        with timed(tell, text("Menulis arsip ZIM")), fresh_folder(out) as folder:
            made = folder / f"{library.site.organization}.zim"
            paths = write_zim(made, aside, library)
            judge_zim(made, paths, library)
            made.chmod(0o644)
            file = made.replace(out / made.name)
    return Zim(built.problems, file, sum(path.endswith(".html") for path in paths))


@contextmanager
def site_aside(root: Path) -> Iterator[Path]:
    """Give the place of a site that is built only to be carried; nothing of it is kept, where nobody would renew it."""
    cache = cache_folder(root)
    aside = cache / "zim" / "site"
    with locked(cache / "locks", aside.parent):
        shutil.rmtree(aside.parent, ignore_errors=True)
        try:
            yield aside
        finally:
            for folder in (aside.parent, *(cache / kind / folder_name(aside) for kind in ("pages", "search"))):
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_folder(out: Path) -> Iterator[Path]:
    """Give a new folder inside ``out``, on the same disk; it is gone afterwards, whatever happened."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".kbp-", dir=out) as folder:
        yield Path(folder)


def left_out(library: Library) -> set[str]:
    """Return the paths of the built files that stay behind."""
    pages = {f"{localized(path, language)}{START}" for path in LEFT_OUT for language in library.languages}
    news = {f"{localized('', language)}{name}" for name in NEWS for language in library.languages}
    return pages | news | {redirect.file for redirect in plan_redirects(library)}


def write_zim(file: Path, site: Path, library: Library) -> tuple[str, ...]:
    """Write a built site as an archive, the same bytes for the same site and day, and return the paths in it."""
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} - left_out(library)
    pages = sorted(name for name in there if name.endswith(".html"))
    found_by, files = words_of(library), set[str]()
    # One worker: several would put pages and indexes in the order in which they happen to be ready.
    creator = Creator(file).config_indexing(True, CODES["id"]).config_nbworkers(1)
    with silence(), creator:
        creator.set_mainpath(START)
        for name in pages:
            leaf = read_leaf(site, name, there)
            files |= leaf.files
            creator.add_item(PageItem(leaf, found_by.get(name, leaf.words)))
        for name in sorted(files):
            creator.add_item(FileItem(name, site / name))
        creator.add_illustration(ICON, _icon())
        for name, value in sorted(metadata(library).items()):
            creator.add_metadata(name, value)
    even_out(file)
    return (*pages, *sorted(files))


@contextmanager
def silence() -> Iterator[None]:
    """Keep what libzim says of its work, in English, from the terminal; it writes past Python."""
    sys.stdout.flush()
    kept, nothing = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nothing)


def words_of(library: Library) -> dict[str, str]:
    """Return the words that each record is found by, as on the website, by the path of its page."""
    return {
        name: words_in(html)
        for language in library.languages
        for name, html in Edition.of(library, language).documents()
    }


def metadata(library: Library) -> Mapping[str, str]:
    """Return what an archive says of itself."""
    site = library.site
    owner = library.get(Organization, site.organization)
    about = site.tagline or site.title
    return {
        "Name": site.organization,
        "Title": shortened(site.title, TITLE_MOST),
        "Description": shortened(about, DESCRIPTION_MOST),
        **({"LongDescription": about} if len(about) > DESCRIPTION_MOST else {}),
        "Creator": owner.title if owner else site.title,
        "Publisher": owner.title if owner else site.title,
        "Language": ",".join(CODES[language] for language in library.languages),
        "Date": library.today.isoformat(),
        "Scraper": f"KBP Site {__version__}",
        "Tags": "_category:other;_ftindex:yes;_pictures:yes;_videos:no;_details:yes",
        **({"License": site.licence} if site.licence else {}),
        **({"Source": url} if (url := site_url(library)) else {}),
    }


def shortened(words: str, most: int) -> str:
    """Return words of at most so many letters, cut between two of them."""
    if len(words) <= most:
        return words
    return f"{words[: most - 1].rpartition(' ')[0] or words[: most - 1]}…"


def _icon() -> bytes:
    file = BytesIO()
    draw_logo(ICON).save(file, "PNG", optimize=True)
    return file.getvalue()


def even_out(file: Path) -> None:
    """Put numbers that follow from the content in the place of random ones, and the checksum of all at the end."""
    with open(file, "r+b") as opened, mmap.mmap(opened.fileno(), 0) as data:
        places = [NUMBER, *_random_numbers(data)]
        for place in places:
            data[place] = bytes(16)
        with memoryview(data)[:-CHECKSUM] as content:
            seed = hashlib.sha256(content).digest()
            for number, place in enumerate(places):
                content[place] = hashlib.sha256(seed + bytes([number])).digest()[:16]
            checksum = hashlib.md5(content, usedforsecurity=False).digest()
        data[-CHECKSUM:] = checksum


def _random_numbers(data: mmap.mmap) -> list[slice]:
    """Return where the random number of each index stands."""
    found, at = [], data.find(DATABASE)
    while at >= 0:
        found.append(slice(at + DATABASE_ID, at + DATABASE_ID + 16))
        at = data.find(DATABASE, at + 1)
    if len(found) != DATABASES:
        raise _refusal(text("indeks pencariannya tidak dikenal"))
    return found


def judge_zim(file: Path, paths: Iterable[str], library: Library) -> None:
    """Read a written archive as Kiwix would; raises `KbpError` at what is missing, broken or cannot be found."""
    archive = Archive(file)
    if not archive.check():
        raise _refusal(text("berkasnya rusak"))
    if not (archive.has_main_entry and archive.has_fulltext_index and archive.has_title_index):
        raise _refusal(text("halaman awal atau indeks pencariannya tidak ada"))
    for name in paths:
        if not archive.has_entry_by_path(name):
            raise _refusal(text('"{name}" tidak ada di dalamnya', name=name))
    asked = list(islice(other_forms(entry.title for entry in findable(library)), TRIED))
    if asked and not any(find(archive, form) for form in asked):
        raise _refusal(text('pencarian "{words}" tidak menemukan apa pun', words=", ".join(asked)))


def other_forms(titles: Iterable[str]) -> Iterator[str]:
    """Yield forms of titles' words that stand in no title: they are found only by who knows the words' stems."""
    said = {word for title in titles for word in words(title)}
    for word in sorted(said):
        if len(word) >= LONG:
            yield from (form for form in forms(stem(word)) if form not in said and stem(form) == stem(word))


def find(archive: Archive, words: str) -> Sequence[str]:
    """Return the paths of the pages that words find in an archive, best first."""
    found = Searcher(archive).search(Query().set_query(words))
    return list(found.getResults(0, max(1, found.getEstimatedMatches())))


def _refusal(reason: Text) -> KbpError:
    message = text("arsip ZIM tidak jadi dibuat: {reason}. Laporkan kepada pembuat program", reason=reason)
    return KbpError(message, exit_code=ExitCode.CONTENT)
