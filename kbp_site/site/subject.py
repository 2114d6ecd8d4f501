"""What is traced: a record, a consent with its photos, or a photo, and all by which it can be recognised."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kbp_site.content.archives import ArchiveFault, read_part, safe_archive
from kbp_site.content.checks.privacy import scalars
from kbp_site.content.history import was_ever
from kbp_site.content.library import Entry, Key, Library, references
from kbp_site.content.media import MediaInfo
from kbp_site.content.problems import KbpError, Problem
from kbp_site.content.records import BY_FOLDER
from kbp_site.content.records.base import Kind, Photo, Status
from kbp_site.content.records.consents import Consent
from kbp_site.content.records.shape import values_of
from kbp_site.content.records.values import FileType
from kbp_site.content.showing import may_show, photos_of, why_hidden
from kbp_site.content.source import Source, parse
from kbp_site.content.suggestions import guess_called
from kbp_site.content.text_files import read_bytes
from kbp_site.locale import LANGUAGES, Text, text
from kbp_site.outputs.likeness import ENDINGS
from kbp_site.outputs.media import uses
from kbp_site.pages.page import localized
from kbp_site.pages.renditions import document_path, full_rendition, given_of, mark_of, public_stem, renditions
from kbp_site.site.last_release import sentences, words_of

LEAST_WORDS = 2
"""Words that a title or a caption has at least, so that it can be told from others."""

LINK = re.compile(r"\]\([^)\n]*\)")


@dataclass(frozen=True)
class Subject:
    """What is traced: by its name, its state, the lines in the sources that name it, and its marks.

    ``addresses`` are paths of pages, ``files`` names of pictures and documents on the site, ``sentences`` its words
    that no other public record says, ``originals`` its pictures that are still in `content/media/`, ``others`` the
    pictures there that are not its own, and ``paths`` the files of which git may have a history. ``stems`` are its
    photos' names in addresses, and ``shown`` what public records show now, as `given_of` reads addresses.
    """

    name: str
    state: Text
    sources: tuple[str | Text, ...]
    paths: tuple[str, ...]
    addresses: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    sentences: tuple[str, ...] = ()
    originals: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()
    digests: frozenset[tuple[int, str]] = frozenset()
    stems: frozenset[str] = frozenset()
    shown: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def _addresses(self) -> re.Pattern[str]:
        return _any_of(self.addresses, after=r"(?![\w-])")

    @cached_property
    def _files(self) -> re.Pattern[str]:
        return _any_of(self.files, after="")

    def address_in(self, written: str) -> str | None:
        """Return the first of its addresses that stands in a text."""
        found = self._addresses.search(written)
        return found.group() if found else None

    def file_in(self, written: str) -> str | None:
        """Return the first name of its pictures and documents that stands in a text."""
        found = self._files.search(written)
        return found.group() if found else None

    def is_copy(self, path: Path) -> bool:
        """Whether a file is one of its own, byte by byte."""
        size = path.stat().st_size
        if not any(size == known for known, _ in self.digests):
            return False
        with path.open("rb") as file:
            return (size, hashlib.file_digest(file, "sha256").hexdigest()) in self.digests

    def is_within(self, path: Path) -> bool:
        """Whether an office file holds one of its own, byte by byte."""
        sizes = {size for size, _ in self.digests}
        try:
            with safe_archive(path) as archive:
                parts = [part.filename for part in archive.infolist() if part.file_size in sizes]
                read = [read_part(archive, name) for name in parts]
        except ArchiveFault:
            return False
        return any((len(data), hashlib.sha256(data).hexdigest()) in self.digests for data in read)

    def was_before(self, name: str) -> bool:
        """Whether a site's file has the name of one of its photos, and other bytes than are shown of it now."""
        given = given_of(name)
        return given is not None and given[0] in self.stems and given not in self.shown


def _any_of(pieces: Iterable[str], *, after: str) -> re.Pattern[str]:
    written = "|".join(map(re.escape, sorted(pieces, key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:{written}){after}" if written else r"(?!)")


def subject_named(root: Path, library: Library, name: str) -> Subject:
    """Return what a name means: `kind/id`, an id alone, a record's file, or a photo below `content/media/`.

    Raises `KbpError` for an id that several kinds have, and for what cannot be a name. What is not there any more is
    traced by its name; whether it ever was there says `is_known`.
    """
    plain = name.removeprefix("content/").removeprefix("media/").removesuffix(".yml")
    if Path(plain).suffix.lower() in ENDINGS:
        return _photos(root, library, plain, {plain})
    keys = [key for key in library.by_key if plain in ("/".join(key), key[1])]
    if len(keys) > 1:
        choices = ", ".join("/".join(key) for key in keys)
        raise KbpError(text('ada beberapa catatan "{name}"; sebutkan jenisnya: {choices}', name=plain, choices=choices))
    if keys and keys[0][0] == Consent.FOLDER:
        return _consent(root, library, keys[0])
    kind, _, last = plain.rpartition("/")
    if not last or kind not in ("", *TRACED):
        raise KbpError(text('"{name}" bukan nama catatan; {hint}', name=plain, hint=meant_name(library, plain)))
    return _record(root, library, keys[0] if keys else (kind, last))


TRACED = tuple(name for name, kind in BY_FOLDER.items() if kind.PATH or kind is Consent)
"""Kinds whose records can be traced: they have pages, or photos."""


def is_known(root: Path, subject: Subject) -> bool:
    """Whether a name means something: it stands in the content, or git once had its file."""
    return bool(subject.sources) or was_ever(root, subject.paths)


def meant_name(library: Library, name: str) -> Text:
    """Say which record, consent or photo was probably meant, by its id, its title or its file; else give an example."""
    names: dict[str, list[str]] = {}
    for (kind, id_), entry in library.by_key.items():
        if kind in TRACED:
            names[f"{kind}/{id_}"] = [f"{kind}/{id_}", id_, str(getattr(entry.record, "title", ""))]
        names |= {photo.file: [photo.file, photo.file.rpartition("/")[2]] for photo in photos_of(entry)}
    near = guess_called(name, names) or guess_called(name.rpartition("/")[2], names)
    if near is None:
        return text("contoh: activities/mediasi-parit")
    entry_ = library.by_key.get((near.value.partition("/")[0], near.value.rpartition("/")[2]))
    title = str(getattr(entry_.record if entry_ else None, "title", ""))
    if not title:
        return text('mungkin maksudnya "{near}"', near=near.value)
    return text('mungkin maksudnya "{near}" ({title})', near=near.value, title=title)


def _record(root: Path, library: Library, key: Key) -> Subject:
    kind, name = key
    entry = library.by_key.get(key)
    kinds = [BY_FOLDER[folder] for folder in TRACED if kind in ("", folder)]
    written = [source for known in kinds for source in _sources(root, (known.FOLDER, name))]
    pages = [f"{known.PATH}/{name}" for known in kinds if known.PATH]
    aliases = [alias.strip("/") for alias in getattr(entry.record if entry else None, "aliases", ())]
    addresses = {localized(f"{page}/", language).strip("/") for page in pages for language in LANGUAGES}
    addresses |= {*aliases, *(f"{known.FOLDER}/{name}" for known in kinds)}
    files = {file for _, _, file in values_of(entry.record, FileType)} if entry else set()
    others = _others(library, {(known.FOLDER, name) for known in kinds}, set())
    infos = _own_infos(library, key, files)
    return Subject(
        "/".join(filter(None, key)),
        _state_of(library, entry),
        (*(source.path for source in written), *_mentions(library, key)),
        (*(source.path for source in written), *(f"content/media/{file}" for file in sorted(files)))
        or tuple(f"content/{known.FOLDER}/{name}.yml" for known in kinds),
        frozenset(addresses - _taken(library, key)),
        frozenset(_names(infos)),
        tuple(_unlike(others, (source.values for source in written))),
        _originals(library, infos),
        _others_pictures(library, infos),
        frozenset((info.size, info.digest) for info in infos),
    )


def _taken(library: Library, key: Key) -> set[str]:
    """Return the old addresses that other public records answer at."""
    return {alias.strip("/") for entry in library.public if entry.key != key for alias in entry.record.aliases}


def _consent(root: Path, library: Library, key: Key) -> Subject:
    files = {photo.file for entry in library.by_key.values() for photo in photos_of(entry) if photo.consent == key[1]}
    subject = _photos(root, library, "/".join(key), files)
    consent = library.by_key[key].record
    assert isinstance(consent, Consent)
    count, day = len(files), consent.withdrawn_on
    state = text("persetujuan untuk {count} foto", count=count)
    if not files:
        state = text("persetujuan yang tidak disebut foto mana pun; telusuri juga berkas fotonya, dengan namanya")
    elif day:
        state = text("persetujuan yang dicabut pada {day}, untuk {count} foto", day=day, count=count)
    own = f"content/{'/'.join(key)}.yml"
    return replace(
        subject,
        state=state,
        sources=(own, *subject.sources),
        paths=(own, *subject.paths),
        addresses=frozenset({"/".join(key)}),
    )


def _photos(root: Path, library: Library, name: str, files: set[str]) -> Subject:
    """Return photos by their files: the words that stand beside them, and how each is shown now."""
    sources: list[str | Text] = []
    said: list[object] = []
    for entry in library.by_key.values():
        for index, photo in enumerate(photos_of(entry)):
            if photo.file not in files:
                continue
            line = entry.source.span(("photos", index, "file")).start.line
            where, shown = f"{entry.source.path}:{line}", _shown(library, entry, index)
            sources.append(text("{where} ({file}: {shown})", where=where, file=photo.file, shown=shown))
            said += [words for one in _editions_of(entry, index) for words in (one.alt, one.caption)]
    state = text("foto, disebut {count} kali", count=len(sources))
    sources += [f"content/media/{file}" for file in sorted(files) if library.media.info(file)]
    infos = [info for file in sorted(files) if (info := library.media.info(file))]
    names = set(_names(infos)) or {f"foto/{public_stem(file)}-" for file in files}
    others = _others(library, set(), files)
    return Subject(
        name,
        state,
        tuple(sources),
        tuple(f"content/media/{file}" for file in sorted(files)),
        files=frozenset(names),
        sentences=tuple(_unlike(others, said)),
        originals=_originals(library, infos),
        others=_others_pictures(library, infos),
        digests=frozenset((info.size, info.digest) for info in infos),
        stems=frozenset(map(public_stem, files)),
        shown=frozenset((public_stem(use.info.name), mark_of(use.info.digest)) for use in uses(library)),
    )


def _editions_of(entry: Entry[Kind], index: int) -> list[Photo]:
    photos = (getattr(record, "photos", ()) for record in _editions(entry))
    return [many[index] for many in photos if index < len(many)]


def _editions(entry: Entry[Kind]) -> list[Kind]:
    return [entry.record, *entry.translations.values()]


def _shown(library: Library, entry: Entry[Kind], index: int) -> Text:
    photo = photos_of(entry)[index]
    if not entry.is_public(library.today):
        return text("tidak tampil, karena catatannya tidak terbit")
    if reason := why_hidden(photo, library.by_key, library.today):
        return text("tidak tampil, {reason}", reason=reason)
    return text("tampil") if may_show(library, photo) else text("tidak tampil")


def _state_of(library: Library, entry: Entry[Kind] | None) -> Text:
    if entry is None:
        return text("tidak ada (lagi) di content/, jadi hanya nama dan alamatnya yang dicari")
    if entry.is_public(library.today):
        return text("terbit")
    if getattr(entry.record, "status", None) is Status.WITHDRAWN:
        return text("ditarik")
    return text("tidak terbit")


def _sources(root: Path, key: Key) -> Iterator[Source]:
    """Yield a record's files that can be read, its editions too."""
    for path in sorted((root / "content" / key[0]).glob(f"{key[1]}*.yml")):
        if path.name.split(".")[0] == key[1]:
            name = path.relative_to(root).as_posix()
            data = read_bytes(root, name)
            source = None if isinstance(data, Problem) else parse(name, data)[0]
            if source:
                yield source


def _mentions(library: Library, key: Key) -> Iterator[str]:
    """Yield every line of another record that names this one."""
    for entry in library.by_key.values():
        for reference in references(entry):
            if reference.target == key:
                line = entry.source.span(reference.location).start.line
                yield f"{entry.source.path}:{line}"


def _own_infos(library: Library, key: Key, files: set[str]) -> list[MediaInfo]:
    """Return what is known of a record's files that no other public record gives."""
    shared = {name for entry in library.public if entry.key != key for _, _, name in values_of(entry.record, FileType)}
    return [info for name in sorted(files - shared) if (info := library.media.info(name))]


def _names(infos: Iterable[MediaInfo]) -> Iterator[str]:
    """Yield how the names of all that is made of files begin."""
    for info in infos:
        if info.is_picture:
            yield renditions(info)[0].path.rpartition("-")[0] + "-"
            yield full_rendition(info).path
        else:
            yield document_path(info)


def _originals(library: Library, infos: Iterable[MediaInfo]) -> tuple[Path, ...]:
    return tuple(library.media.folder / info.name for info in infos if info.is_picture)


def _others_pictures(library: Library, infos: Iterable[MediaInfo]) -> tuple[Path, ...]:
    """Return the pictures that public records show beside these: what looks more like one of them is theirs."""
    own = {info.digest for info in infos}
    files = sorted({name for entry in library.public for _, _, name in values_of(entry.record, FileType)})
    found = [info for name in files if (info := library.media.info(name))]
    return _originals(library, (info for info in found if info.digest not in own))


def _others(library: Library, keys: set[Key], files: set[str]) -> str:
    """Return all words that public records say, but those of the keys, and what is said of photos of the files."""
    said = []
    for entry in library.public:
        if entry.key in keys:
            continue
        own = {("photos", index) for index, photo in enumerate(photos_of(entry)) if photo.file in files}
        for record in _editions(entry):
            values = record.model_dump(mode="json")
            said += [words_of(value) for at, value in scalars(values) if at[:2] not in own]
    return f" {' | '.join(said)} "


def _unlike(others: str, values: Iterable[object]) -> Iterator[str]:
    """Yield the sentences, and titles and captions, of values that stand nowhere in other words."""
    told: set[str] = set()
    for value in values:
        told |= sentences(value) if not isinstance(value, str) else set()
        short = [value] if isinstance(value, str) else [value.get("title")] if isinstance(value, dict) else []
        photos = value.get("photos") if isinstance(value, dict) else None
        for photo in photos if isinstance(photos, list) else []:
            short += [photo.get("alt"), photo.get("caption")] if isinstance(photo, dict) else []
        told |= {words_of(one) for one in short if isinstance(one, str)}
    for sentence in sorted(told, key=lambda one: (-len(one), one)):
        if sentence.count(" ") >= LEAST_WORDS - 1 and f" {sentence} " not in others:
            yield sentence
