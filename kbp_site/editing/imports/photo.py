"""Photos come in upright, small and without a word about who took them where; their originals stay outside."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from kbp_site.content.load import judge_id
from kbp_site.content.metadata import Details
from kbp_site.content.pictures import PictureError
from kbp_site.content.problems import KbpError
from kbp_site.content.records.values import STORY_KINDS
from kbp_site.content.suggestions import guess_called
from kbp_site.editing.imports.file_kinds import FileKind, misfit
from kbp_site.editing.imports.ledger import fingerprint
from kbp_site.editing.imports.records import titles_of
from kbp_site.editing.imports.report import Fate, Report
from kbp_site.editing.imports.session import MEDIA, Session, Wish, check_source, read_source
from kbp_site.editing.imports.splice import entry_key, photo_items, splice_photos, take_photo_out
from kbp_site.editing.scaffold import id_of
from kbp_site.locale import Text, text
from kbp_site.outputs.clean_pictures import CleanPicture, clean_picture

LOOSE = "foto"
"""The folder, and name, of photos that no story has yet."""

ORIGINALS = "foto-asli"
"""Where originals go that lay in `content/media/`: beside the content, and never into git."""


def import_photos(wish: Wish, files: Sequence[Path], story: str = "") -> Report:
    """Bring photos in; ``story`` is the record that gets them (`kind/id`, or the id alone).

    Raises `KbpError` for a story that is not there.
    """
    files = [_found(wish.root, file) for file in files]
    for file in files:
        check_source(file)
    with Session(wish, ", ".join(file.name for file in files)) as session:
        record = story_path(wish.root, story) if story else None
        if wish.is_undo:
            _take_back(session, files, record)
            return session.report
        stem = record.stem if record else LOOSE
        names: list[str] = []
        for number, file in enumerate(files, 1):
            wish.step(text("{number} dari {all}: {name}", number=number, all=len(files), name=file.name))
            data = read_source(file)
            if (name := import_photo(session, data, file, stem)) and name not in names:
                names.append(name)
        path = record.relative_to(wish.root).as_posix() if record else ""
        if not path or not splice_photos(session, path, names):
            _show_lines(session, [name for name in names if path or session.is_new(f"{MEDIA}{name}")])
        return session.report


def _take_back(session: Session, files: Sequence[Path], record: Path | None) -> None:
    """Take photos back: their lines out of one record, or of all, then what no record names any more."""
    own = record.relative_to(session.root).as_posix() if record else ""
    prints = [(file, fingerprint(read_source(file))) for file in files]
    for file, print_ in prints:
        made = session.ledger.find(f"photo:{print_}")
        name = _inside(session.root, file) or (made.path.removeprefix(MEDIA) if made else "")
        for entry in session.ledger.beginning(entry_key(name)) if name else ():
            if own in ("", entry.path):
                take_photo_out(session, entry, name)
    for file, print_ in prints:
        if _inside(session.root, file):
            session.report.tell(_named(file), Fate.SKIPPED, text("foto yang dibersihkan di tempatnya tetap bersih"))
        else:
            session.settled(f"photo:{print_}", print_, _named(file))


def _show_lines(session: Session, names: Sequence[str]) -> None:
    if names:
        session.report.note(text("Salin ke catatannya, lalu isi alt dan people:"))
        session.report.notes += [text("{line}", line=line) for line in ["photos:", *photo_items(names, 2)]]


def _found(root: Path, file: Path) -> Path:
    """Return a file as it is named from here, or from the site's folder, as `kbp check` names it."""
    return root / file if not file.exists() and (root / file).is_file() else file


def story_path(root: Path, story: str) -> Path:
    """Return the file of the story that is named; raises `KbpError` when there is none, or more than one."""
    kind, slash, name = story.removesuffix(".yml").rpartition("/")
    kinds = (kind,) if slash and kind in STORY_KINDS else () if slash else STORY_KINDS
    found = [path for one in kinds if not judge_id(name) and (path := root / "content" / one / f"{name}.yml").is_file()]
    if len(found) > 1:
        raise KbpError(text('ada beberapa cerita "{story}"; sebut jenisnya', story=story))
    if not found:
        raise KbpError(text('cerita "{story}" tidak ada; {hint}', story=story, hint=_meant_story(root, name)))
    return found[0]


def _meant_story(root: Path, name: str) -> Text:
    """Say which story was probably meant, by its id or its title."""
    names: dict[str, list[str]] = {}
    for kind, called in titles_of(root, STORY_KINDS).items():
        for word, id_ in called.items():
            names.setdefault(f"{kind}/{id_}", []).append(word)
    if near := guess_called(name, names):
        return text('mungkin maksudnya "{near}"', near=near.value)
    return text("tulis misalnya activities/rembug-warga")


def import_photo(session: Session, data: bytes, file: Path, stem: str) -> str:
    """Bring one photo in, and return its name below the media folder, also when it came in before; empty without."""
    what, key = _named(file), f"photo:{fingerprint(data)}"
    inside = _inside(session.root, file)
    if not inside and session.settled(key, fingerprint(data), what):
        made = session.ledger.find(key)
        return made.path.removeprefix(MEDIA) if made and session.is_there(made.path) else ""
    try:
        picture = clean_picture(BytesIO(data))
    except PictureError as error:
        wrong = misfit(data, FileKind.PICTURE, FileKind.UNKNOWN)
        session.report.fail(what, *([wrong] if wrong else filter(None, [error.fault.message, error.fault.hint])))
        return ""
    why = [text("{width} × {height} piksel", width=picture.width, height=picture.height)]
    if picture.left_out:
        why.append(text("tidak ikut: {found}", found=Details(picture.left_out)))
    if inside and not picture.left_out:
        session.report.tell(what, Fate.PRESENT, text("foto ini sudah bersih"))
        return inside
    if inside:
        session.report.tell(what, Fate.IMPORTED, *why, *_mend(session, inside, picture))
        return inside
    path = session.free(f"{MEDIA}{id_of(stem)}", id_of(stem), picture.ending, is_numbered=True)
    session.write(path, picture.data, key=key, print_=fingerprint(data))
    session.report.tell(what, Fate.IMPORTED, *why, text("menjadi {path}", path=path))
    return path.removeprefix(MEDIA)


def _named(file: Path) -> Text:
    return text("foto {name}", name=file.name)


def _inside(root: Path, file: Path) -> str:
    """Return a file's name below the media folder; empty for one that lies elsewhere."""
    media = (root / MEDIA).resolve()
    place = file.resolve()
    return place.relative_to(media).as_posix() if place.is_relative_to(media) else ""


def _mend(session: Session, name: str, picture: CleanPicture) -> list[Text]:
    """Put a clean picture in the place of an original that lay in the content; the original moves out of it.

    So the record need not change, the content is clean, and nothing is lost.
    """
    place, refuge = session.root / MEDIA / name, session.root / ORIGINALS / name
    if refuge.exists():
        raise KbpError(text("{path} sudah ada; pindahkan dahulu", path=f"{ORIGINALS}/{name}"))
    moved = text("aslinya dipindahkan ke {path}, yang tidak ikut ke git", path=f"{ORIGINALS}/{name}")
    if not session.wish.is_trial:
        refuge.parent.mkdir(parents=True, exist_ok=True)
        (session.root / ORIGINALS / ".gitignore").write_text("*\n", encoding="utf-8")
        beside = place.with_name(f".{place.name}.new")
        beside.write_bytes(picture.data)
        place.rename(refuge)
        beside.rename(place)
    session.report.made.append(f"{MEDIA}{name}")
    return [moved]
