"""A kiosk as a folder and a zip: everything that a stand needs, opened by double-clicking `MULAI.html`."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kbp_site import __version__
from kbp_site.content.checks.privacy import allowed_contacts
from kbp_site.content.library import Entry, Library
from kbp_site.content.load import load
from kbp_site.content.problems import Problem, has_errors
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.kiosk.crawl import START, crawl
from kbp_site.kiosk.data import codes_data, index_data, roots_data, screen_data, script, staff_code
from kbp_site.kiosk.pages import FOLDER, make_screens, plan_screens
from kbp_site.kiosk.press.printing import print_for_fair, print_read_me
from kbp_site.kiosk.press.typeset import is_installed
from kbp_site.kiosk.selection import find_exhibition, kiosk_of, select
from kbp_site.kiosk.templates import SCREEN, STYLE
from kbp_site.kiosk.volunteers import LINUX, launchers, read_me
from kbp_site.kiosk.words import words_in
from kbp_site.locale import LANGUAGES, Language, text
from kbp_site.outputs.media import copy_media, export_media
from kbp_site.pages.plan import plan_pages
from kbp_site.site.cache import cache_folder, remembered
from kbp_site.site.gate import read_page
from kbp_site.site.publish import judge_out, locked, publish, staged
from kbp_site.site.standing import digest_of
from kbp_site.site.steps import Tell
from kbp_site.site.writing import write_files

ASSETS, PAPERS, READ_ME = "kios", "cetak", "BACA-SAYA"
SCRIPTS = (
    "kios.js",
    "cari.js",
    "tutup.js",
    "hitung.js",
    "petugas.js",
    "unsur.js",
    "kios.css",
    "halaman.js",
    "halaman.css",
    "akar.js",
    "vendored/minisearch.js",
    "vendored/qrcode.js",
)
SUMS = "SHA256SUMS"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the zip, the first that a zip can say: the one when it was made differs each time."""


@dataclass(frozen=True)
class Made:
    """What came of it: every problem, where folder and zip are, how many pages, and the code for staff."""

    problems: tuple[Problem, ...]
    folder: Path
    archive: Path
    pages: int = 0
    code: str = ""


def make_kiosk(root: Path, name: str, out: Path, *, today: date, jobs: int, tell: Tell) -> Made:
    """Make an exhibition's kiosk below ``out``, whole and checked, or change nothing.

    Raises `KbpError` for the operator's mistakes and `OSError` when the system fails.
    """
    tell(text("Membaca catatan"))
    loaded = load(root, today=today, memory=remembered(root), jobs=jobs).as_built()
    if loaded.library is None or has_errors(loaded.problems):
        return Made(loaded.problems, out, out)
    exhibition = find_exhibition(loaded.library, name)
    folder, archive = out / exhibition.id, out / f"{exhibition.id}.zip"
    judge_out(folder, root)
    cache = cache_folder(root)
    with locked(cache / "locks", folder):
        library = select(loaded.library, exhibition)
        # The website's own pictures, so that they are kept once, and forgotten when it forgets them.
        media = export_media(loaded.library, plan_pages(loaded.library), cache / "images", jobs=jobs)
        if media.problems:
            return Made((*loaded.problems, *media.problems), folder, archive)
        tell(text("Menyusun halaman"))
        if not is_installed():
            tell(text("Tanpa cetakan PDF: pasang dahulu dengan make print, atau pip install typst"))
        files, pictures, count = kiosk_files(library, exhibition, media.files)
        if leaks := tuple(find_leaks(files, folder.name, allowed_contacts(library.site))):
            return Made((*loaded.problems, *leaks), folder, archive)
        with staged(folder) as stage:
            made = stage / folder.name
            write_files(made, files)
            copy_media(pictures, made)
            tell(text("Menelusuri semua halaman seperti pengunjung"))
            crawl(made)
            write_files(made, {SUMS: sums(made)})
            archive.parent.mkdir(parents=True, exist_ok=True)
            fresh = stage / archive.name
            pack(made, fresh)
            publish(made, folder)
            (folder / LINUX).chmod(0o755)
            os.replace(fresh, archive)
    return Made(loaded.problems, folder, archive, count, staff_code(exhibition))


def printed(library: Library, exhibition: Entry[Exhibition], languages: Sequence[Language]) -> dict[str, bytes]:
    """Return the page for volunteers and what a stand may print; without the extra `print` that page alone, as HTML."""
    if not is_installed():
        code, version = staff_code(exhibition), library.today.isoformat()
        return {f"{READ_ME}.html": read_me(exhibition, library, code=code, version=version)}
    files = {f"{READ_ME}.pdf": print_read_me(library, exhibition)}
    for language in languages:
        papers = print_for_fair(library, exhibition, language)
        files |= {f"{PAPERS}/{name}": data for name, data in papers.items()}
    return files


def kiosk_files(
    library: Library, exhibition: Entry[Exhibition], media: Mapping[str, Path]
) -> tuple[dict[str, bytes], dict[str, Path], int]:
    """Return a kiosk's files by their paths, the pictures that are copied, and how many pages there are."""
    languages = languages_of(exhibition)
    made = make_screens(plan_screens(library, languages), media)
    data = screen_data(library, exhibition, made.screens, languages)
    index = index_data(library, made.screens, languages)
    files = {screen.file: screen.html.encode() for screen in made.screens}
    files |= {f"{ASSETS}/{Path(name).name}": (SCREEN / name).read_bytes() for name in SCRIPTS}
    files[f"{ASSETS}/kbp.css"] = STYLE.read_bytes()
    files[START] = (SCREEN / "shell.html").read_bytes()
    build = hashlib.sha256()
    for path in sorted(files):
        build.update(f"{path}\0".encode() + files[path])
    for value in (data, index):
        build.update(json.dumps(value, sort_keys=True).encode())
    data["build"] = build.hexdigest()[:12]
    files[f"{ASSETS}/kata.js"] = script("var KBP_WORDS", {language: words_in(language) for language in languages})
    files[f"{ASSETS}/data.js"] = script("var KBP", data)
    files[f"{ASSETS}/indeks.js"] = script("KBP.index", index) + script("KBP.roots", roots_data())
    files[f"{ASSETS}/kode.js"] = script("KBP.codes", codes_data(made.outside))
    files |= launchers(exhibition.id)
    files |= printed(library, exhibition, languages)
    versions = {name: data[name] for name in ("id", "version", "build", "expires")} | {"kbp": __version__}
    files["versi.json"] = json.dumps(versions, ensure_ascii=False, indent=1).encode() + b"\n"
    pictures = set(made.pictures) | {
        str(slide["picture"]).removeprefix(f"{FOLDER}/")
        for slide in data["slides"]  # type: ignore[attr-defined]
        if slide["picture"]
    }
    return files, {f"{FOLDER}/{name}": media[name] for name in sorted(pictures)}, len(made.screens)


def find_leaks(files: Mapping[str, bytes], name: str, allowed: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem for each number of a person in the pages: what the gate refuses in a page of the public site
    is on no stick.

    ``name`` is how messages call the folder, and ``allowed`` are the keys of offices' contacts.
    """
    for path, data in files.items():
        for leak in read_page(path, data).personal if path.endswith(".html") else ():
            if not leak.may_stand(allowed):
                yield Problem(f"{name}/{path}", 1, 1, leak.fault.code, leak.fault.message, leak.fault.hint)


def languages_of(exhibition: Entry[Exhibition]) -> tuple[Language, ...]:
    """Return the languages that an exhibition's kiosk offers; Indonesian always comes first."""
    offered = {language.value for language in kiosk_of(exhibition).languages}
    return ("id", *(language for language in LANGUAGES[1:] if language in offered))


def _inside(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*"), key=lambda path: path.as_posix()) if path.is_file())


def sums(folder: Path) -> bytes:
    """Return the SHA-256 of every file, as `sha256sum -c` reads them."""
    lines = (f"{digest_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in _inside(folder))
    return "".join(lines).encode()


def pack(folder: Path, archive: Path) -> None:
    """Write a folder as a zip whose bytes depend on nothing but the files."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in _inside(folder):
            info = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = (0o100755 if path.suffix == ".sh" else 0o100644) << 16
            packed.writestr(info, path.read_bytes())
