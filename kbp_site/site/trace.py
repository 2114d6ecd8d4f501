"""Where a record, consent or photo stands: proof that nothing of what was withdrawn is left (`kbp trace`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kbp_site.content.load import load
from kbp_site.content.media_words import OFFICE
from kbp_site.content.problems import KbpError
from kbp_site.locale import Language, Text, text
from kbp_site.outputs.likeness import ENDINGS, find_alike
from kbp_site.site.cache import DATA, DOCUMENTS, PLANS, RECORDS, SEALS, cache_folder, remembered
from kbp_site.site.readable import read_text, words_in
from kbp_site.site.releases import OWN, PLACE, SPARE, releases_in
from kbp_site.site.subject import Subject, is_known, meant_name, subject_named


@dataclass(frozen=True)
class Area:
    """One place that was searched: its name, how many files it has, and what was found, each a path and a reason."""

    name: Text
    files: int
    found: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Traced:
    """What a search gave: what was looked for, hand-written pages that name it, and every place that was searched."""

    subject: Subject
    pages: tuple[tuple[str, Text], ...]
    areas: tuple[Area, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found outside the sources."""
        return not any(area.found for area in self.areas)


def trace(root: Path, name: str, *, site: Path, today: date) -> Traced:
    """Search a built site, what interrupted builds left beside it, and the cache, for a record, consent or photo.

    Raises `KbpError` when the name means too much, when it means nothing and is found nowhere (that would prove
    nothing), or when there is no site in ``site``.
    """
    library = load(root, today=today, memory=remembered(root)).library
    if library is None:
        raise KbpError(text("content/site.yml belum dapat dibaca; jalankan kbp check dahulu"))
    if not site.is_dir():
        message = text('tidak ada situs di "{site}"; jalankan kbp build dahulu, atau pakai --site', site=str(site))
        raise KbpError(message)
    subject = subject_named(root, library, name)
    places = [(text("Situs {path}", path=str(site)), site)]
    places += [
        (text("Sisa pembangunan {path}", path=str(left)), left)
        for left in sorted(site.resolve().parent.glob(f".{site.resolve().name}.kbp-*"))
    ]
    places += [(text("Terbitan {name}", name=release.name), release.site) for release in releases_in(root / PLACE)]
    if (spare := root / PLACE / OWN / SPARE).is_dir():
        places.append((text("Sisa terbitan {path}", path=str(spare)), spare))
    cache = cache_folder(root)
    places.append((text("Simpanan {path}", path=str(cache)), cache))
    pages = tuple(_pages(root, subject))
    traced = Traced(subject, pages, tuple(_search(subject, title, folder) for title, folder in places))
    if traced.is_clean and not is_known(root, subject):
        raise KbpError(text(UNKNOWN.template, name=subject.name, hint=meant_name(library, subject.name)))
    return traced


UNKNOWN = text(
    '"{name}" tidak dikenal: tidak ada di content/, di riwayat git, dan di hasil bangunan, jadi tidak ada yang '
    "dibuktikan; {hint}"
)


def _pages(root: Path, subject: Subject) -> Iterator[tuple[str, Text]]:
    """Yield the hand-written pages that name a subject or say its words: a build takes them over as they are."""
    for path in sorted((root / "docs").rglob("*.md")):
        if path.is_file() and not path.is_symlink() and (reason := _reason(subject, "", path)):
            yield path.relative_to(root).as_posix(), reason


def _search(subject: Subject, name: Text, folder: Path) -> Area:
    # Records as they were read are copies of the sources: what is no longer there was forgotten just now. Plans and
    # seals hold names that stand in the sources, and while they are there, tell no more than they do.
    passed_over = {folder / RECORDS, *(folder / name for name in (PLANS, DATA, DOCUMENTS, SEALS) if subject.sources)}
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and path.parent not in passed_over
    )
    found: dict[str, Text] = {}
    for path in files:
        if reason := _reason(subject, path.relative_to(folder).as_posix(), path):
            found[str(path)] = reason
    pictures = [path for path in files if path.suffix in ENDINGS and str(path) not in found]
    for path in find_alike(pictures, subject.originals, others=subject.others):
        found[str(path)] = text("gambarnya sama")
    return Area(name, len(files), tuple(sorted(found.items())))


def _reason(subject: Subject, name: str, path: Path) -> Text | None:
    """Say why a file holds something of a subject; ``None`` when it does not."""
    if (found := subject.address_in(name)) or (found := subject.file_in(name)):
        return text('namanya memuat "{found}"', found=found)
    if subject.is_copy(path):
        return text("isinya sama dengan berkas aslinya")
    if subject.was_before(name):
        return text("namanya sama dengan fotonya, dan gambarnya tidak ditampilkan lagi")
    if path.suffix in OFFICE and subject.is_within(path):
        return text("di dalamnya ada berkas aslinya")
    written = read_text(path)
    if not written:
        return None
    if found := subject.address_in(written) or subject.file_in(written):
        return text('menyebut "{found}"', found=found)
    words = words_in(written)
    sentence = next((one for one in subject.sentences if f" {one} " in words), None)
    return text('memuat kata-katanya: "{words}"', words=sentence) if sentence else None


def describe(traced: Traced, language: Language) -> Iterator[str]:
    """Yield what was found, line by line, as the command says it in a language."""
    subject = traced.subject
    yield text("Menelusuri {name}: {state}", name=subject.name, state=subject.state).say(language)
    yield f"\n{SOURCES.say(language)}"
    for where in subject.sources or (text("tidak ada lagi di content/"),):
        yield f"  {where if isinstance(where, str) else where.say(language)}"
    if traced.pages:
        yield f"\n{BY_HAND.say(language)}"
        yield from (f"  {path}: {reason.say(language)}" for path, reason in traced.pages)
    for area in traced.areas:
        yield f"\n{_summary(area).say(language)}"
        yield from (f"  {path}: {reason.say(language)}" for path, reason in area.found)
    yield f"\n{BEYOND.say(language)}"
    yield from (f"  - {where.say(language)}" for where in _beyond(subject))
    yield f"\n{(CLEAN if traced.is_clean else LEFT).say(language)}"


SOURCES = text("Sumber (berkas milik sendiri, tidak ikut terbit):")
BY_HAND = text("Halaman tulisan tangan yang menyebutnya (ikut terbit; hapus di sana bila harus hilang):")
BEYOND = text("Yang tidak dapat ditelusuri dari sini:")
CLEAN = text("Bersih: tidak ada yang tertinggal di tempat yang ditelusuri.")
LEFT = text(
    "Masih ada. Bila harus hilang: tarik catatannya (status: withdrawn) atau persetujuannya (withdrawn_on), "
    "hapus folder .cache, jalankan kbp build, lalu unggah lagi seluruh hasilnya."
)


def _summary(area: Area) -> Text:
    if not area.found:
        return text("{name}: tidak ditemukan di {count} berkas.", name=area.name, count=area.files)
    count, every = len(area.found), area.files
    return text("{name}: ditemukan di {count} dari {all} berkas.", name=area.name, count=count, all=every)


def _beyond(subject: Subject) -> Iterator[Text]:
    """Yield what cannot be searched from here, and how to look there."""
    if subject.paths:
        yield text("riwayat git; lihat dengan: git log --all --oneline -- {paths}", paths=" ".join(subject.paths))
    yield text("foto yang dipotong atau diubah banyak, dan gambar di dalam PDF")
    yield text("situs yang sudah diunggah ke peladen, sampai hasil bangunan yang baru diunggah")
    yield text("simpanan di peramban pembaca, sampai mereka membuka situs lagi dengan sinyal")
    yield text("mesin pencari, tangkapan layar, cetakan, dan salinan milik orang lain")
