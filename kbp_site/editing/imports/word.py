"""A Word file comes in as the draft of a story: text, tables, lists and notes as prose, pictures by the photo path."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from kbp_site.content.archives import ArchiveFault, safe_archive
from kbp_site.content.dates import meant_date
from kbp_site.content.problems import KbpError
from kbp_site.content.records.base import Kind
from kbp_site.content.records.shape import slots
from kbp_site.content.records.values import LINE_LIMIT, PLACEHOLDER, SUMMARY_LIMIT, ProseType
from kbp_site.content.text_files import MAX_BYTES
from kbp_site.editing.imports.columns import SYNONYMS
from kbp_site.editing.imports.draft import Contents, Kept, compose, draft_kind
from kbp_site.editing.imports.file_kinds import FileKind, expect
from kbp_site.editing.imports.ledger import fingerprint
from kbp_site.editing.imports.photo import import_photo
from kbp_site.editing.imports.plain import conceal, shorten
from kbp_site.editing.imports.report import Fate, Report
from kbp_site.editing.imports.session import Session, Wish, check_source, read_source
from kbp_site.editing.imports.word_parts import account
from kbp_site.editing.imports.word_sections import Section, split_sections
from kbp_site.editing.imports.word_text import Picture, WordText, read_text
from kbp_site.editing.scaffold import id_of
from kbp_site.locale import Text, text

PICTURE_KINDS = ("image/jpeg", "image/jpg", "image/pjpeg", "image/png", "image/webp", "image/heic", "image/heif")
UNCOMMENT = text("Foto dari berkas ini. Hapus tanda # di depannya, lalu isi alt dan people:")
MOST_PROSE = MAX_BYTES * 3 // 4
"""Bytes of text in one Word file: with photos and remarks, its draft is still a record that can be read."""

TOO_LONG = text("tulisannya lebih dari {limit} KB; bagi menjadi beberapa berkas, satu untuk setiap kegiatan")
DATED = re.compile(r"^(?:\W|hari|dan|[/,])*tanggal[^:\n]{0,20}:\W*(?:[a-z']+,\s*)?(.{4,40}?)\W*$", re.I | re.M)


def import_words(wish: Wish, files: Sequence[Path], kind_name: str) -> Report:
    """Bring Word files in, each as one draft.

    One that cannot be read raises `KbpError`; among several it is told, and the others come in.
    """
    kind = draft_kind(kind_name)
    main_prose(kind)
    for file in files:
        check_source(file)
    with Session(wish, ", ".join(file.name for file in files)) as session:
        for number, file in enumerate(files, 1):
            wish.step(text("{number} dari {all}: {name}", number=number, all=len(files), name=file.name))
            try:
                import_word(session, file, kind)
            except KbpError as error:
                if len(files) == 1:
                    raise
                session.report.fail(_file_named(file), error.message)
        return session.report


def import_word(session: Session, file: Path, kind: type[Kind]) -> None:
    """Bring one Word file in: its pictures first, then the draft that names them."""
    data = read_source(file)
    expect(file, data, FileKind.WORD)
    key, what = f"word:{fingerprint(data)}", _file_named(file)
    try:
        archive = safe_archive(BytesIO(data))
    except ArchiveFault as error:
        raise KbpError(text("{name}: {why}", name=file.name, why=error.message)) from error
    with archive:
        found = read_text(data)
        if not (found.title or found.prose or found.pictures):
            raise KbpError(text("{name}: tidak ada tulisan di dalamnya, jadi tidak ada yang dibuat", name=file.name))
        if session.settled(key, fingerprint(data), what):
            for picture in found.pictures if session.wish.is_undo else ():  # those that no record names any more
                session.settled(f"photo:{fingerprint(picture.data)}", "", _name_of(picture))
            return
        if len(found.prose.encode()) > MOST_PROSE:
            limit = MOST_PROSE // 1024
            raise KbpError(text("{name}: {why}", name=file.name, why=text(TOO_LONG.template, limit=limit)))
        title = conceal(found.title)[0]
        stem = id_of(title or file.stem)
        photos = [(picture, _bring(session, picture, stem)) for picture in found.pictures]
        sections = sections_of(kind, found.prose)
        contents = Contents(
            kind, file.name, dict(_values(kind, found, title, sections)), appendix=tuple(_photo_lines(photos))
        )
        if len(title) > LINE_LIMIT:
            contents.kept.append(Kept("title", title))
        draft = compose(contents, session.root)
        path = session.free(f"content/{kind.FOLDER}", stem, ".yml")
        session.write(path, draft.text.encode(), key=key, print_=fingerprint(data))
        session.report.tell(what, Fate.INCOMPLETE, text("menjadi {path}", path=path), *draft.lacks())
        used = [section for section in sections if section.field and section.prose]
        for section in used:
            heading = section.heading.strip("#* ")
            session.report.note(text('Bagian "{heading}" masuk ke {field}.', heading=heading, field=section.field))
        account(session.report, archive, "\n".join([draft.text, *(section.heading for section in used)]))
        if any(name.endswith("vbaProject.bin") for name in archive.namelist()):
            session.report.note(text("Makro di dalam berkas ini tidak dibaca dan tidak dibawa."))
    session.report.notes += [note for note in dict.fromkeys(found.notes) if note not in session.report.notes]
    if found.concealed:
        session.report.note(text("{count} nomor atau alamat pribadi ditutup.", count=found.concealed))


def main_prose(kind: type[Kind]) -> str:
    """Return the field that takes a story's text; raises `KbpError` for a kind without one."""
    names = [slot.name for slot in slots(kind) if isinstance(slot.type, ProseType) and not slot.is_list]
    required = [name for name in names if kind.model_fields[name].is_required()]
    if not names:
        raise KbpError(text("{kind} tidak punya kolom teks panjang; pilih activities", kind=kind.FOLDER))
    return [*required, *names][0]


def _file_named(file: Path) -> Text:
    return text("berkas {name}", name=file.name)


def _values(kind: type[Kind], found: WordText, title: str, sections: Sequence[Section]) -> Iterator[tuple[str, object]]:
    """Yield the fields that a Word file fills plainly: title, date, and prose below headings that are labels."""
    if title:
        yield "title", shorten(title, LINE_LIMIT)
    dated = DATED.search(found.prose)
    if "date" in kind.model_fields and dated and (day := meant_date(dated.group(1))):
        yield "date", day
    filled: dict[str, str] = {}
    for section in sections:
        field = section.field if section.prose else ""
        if prose := section.prose or section.heading:
            filled[field or main_prose(kind)] = "\n\n".join(
                filter(None, [filled.get(field or main_prose(kind)), prose])
            )
    yield from filled.items()


def sections_of(kind: type[Kind], prose: str) -> list[Section]:
    """Return the sections of a Word file's prose; a heading names a field by its label, or as people often call it."""
    names = [slot.name for slot in slots(kind) if isinstance(slot.type, ProseType) and not slot.is_list]
    fields = {word: name for name in names for word in SYNONYMS.get(name, ())}
    fields |= {(kind.model_fields[name].title or name).casefold(): name for name in names}
    return list(split_sections(prose, fields))


def _name_of(picture: Picture) -> Text:
    return text('gambar "{words}"', words=conceal(shorten(picture.caption or picture.alt or "–", 60))[0])


def _bring(session: Session, picture: Picture, stem: str) -> str:
    """Bring a picture in by the photo path, and return its name below the media folder; empty when it cannot be."""
    if not picture.data:
        session.report.tell(_name_of(picture), Fate.SKIPPED, text("hanya tautan ke luar; tidak diambil"))
        return ""
    if picture.kind.lower() not in PICTURE_KINDS:
        why = text("jenis {kind} tidak dibaca; simpan sebagai JPEG atau PNG", kind=picture.kind or "–")
        session.report.tell(_name_of(picture), Fate.SKIPPED, why)
        return ""
    return import_photo(session, picture.data, Path(shorten(conceal(picture.caption or picture.alt)[0], 60)), stem)


def _photo_lines(photos: Sequence[tuple[Picture, str]]) -> Iterator[str]:
    """Yield the `photos:` block as comments: what only a person can say is missing, and would be an error."""
    there = [(picture, name) for picture, name in photos if name]
    if there:
        yield f"# {UNCOMMENT.say('id')}"
        yield "# photos:"
    for picture, name in there:
        yield f"#   - file: {name}"
        yield f"#     alt: {_quoted(picture.alt, LINE_LIMIT) if picture.alt else PLACEHOLDER}"
        if picture.caption:
            yield f"#     caption: {_quoted(picture.caption, SUMMARY_LIMIT)}"
        yield "#     people:  # none, unrecognisable, recognisable"


def _quoted(words: str, limit: int) -> str:
    return json.dumps(shorten(words, limit), ensure_ascii=False)
