"""Photos come in upright, small and without a word about who took them where; their originals stay outside."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from kbp_site.content.load import judge_id
from kbp_site.content.metadata import Details
from kbp_site.content.pictures import PictureError
from kbp_site.content.problems import KbpError
from kbp_site.content.records.values import PLACEHOLDER, STORY_KINDS
from kbp_site.editing.imports.ledger import fingerprint
from kbp_site.editing.imports.report import Fate, Report
from kbp_site.editing.imports.session import Session, Wish, read_source
from kbp_site.editing.imports.splice import splice_photos
from kbp_site.editing.scaffold import id_of
from kbp_site.locale import Text, text
from kbp_site.outputs.clean_pictures import CleanPicture, clean_picture

MEDIA = "content/media"
LOOSE = "foto"
"""The folder, and name, of photos that no story has yet."""

ORIGINALS = "foto-asli"
"""Where originals go that lay in `content/media/`: beside the content, and never into git."""


def import_photos(wish: Wish, files: Sequence[Path], story: str = "") -> Report:
    """Bring photos in; ``story`` is the record that gets them (`kind/id`, or the id alone).

    Raises `KbpError` for a story that is not there.
    """
    with Session(wish, ", ".join(file.name for file in files)) as session:
        record = story_path(wish.root, story) if story else None
        stem = record.stem if record else LOOSE
        names: list[str] = []
        for number, file in enumerate((_found(wish.root, file) for file in files), 1):
            wish.step(text("{number} dari {all}: {name}", number=number, all=len(files), name=file.name))
            names += filter(None, [import_photo(session, read_source(file), file, stem)])
        if wish.is_undo:
            session.report.note(text("Bila sebuah catatan menyebut foto itu, hapus juga barisnya di sana."))
        if names:
            block = photo_lines(names)
            if record is None or not splice_photos(session, record, names):
                session.report.note(text("Salin ke catatannya, lalu isi alt dan people:"))
                session.report.notes += [text("{line}", line=line) for line in block]
        return session.report


def _found(root: Path, file: Path) -> Path:
    """Return a file as it is named from here, or from the site's folder, as `kbp check` names it."""
    return root / file if not file.exists() and (root / file).is_file() else file


def story_path(root: Path, story: str) -> Path:
    """Return the file of the story that is named; raises `KbpError` when there is none, or more than one."""
    kind, slash, name = story.rpartition("/")
    if judge_id(name) or (slash and kind not in STORY_KINDS):
        raise KbpError(text('"{story}" bukan nama cerita; tulis misalnya activities/rembug-warga', story=story))
    kinds = (kind,) if slash else STORY_KINDS
    found = [path for one in kinds if (path := root / "content" / one / f"{name}.yml").is_file()]
    if len(found) != 1:
        why = text('cerita "{story}" tidak ada') if not found else text('ada beberapa cerita "{story}"; sebut jenisnya')
        raise KbpError(text(why.template, story=story))
    return found[0]


def import_photo(session: Session, data: bytes, file: Path, stem: str) -> str:
    """Bring one photo in, and return its name below the media folder; empty when nothing new was made."""
    what, key = text("foto {name}", name=file.name), f"photo:{fingerprint(data)}"
    inside = _inside(session.root, file)
    if (not inside or session.wish.is_undo) and session.settled(key, fingerprint(data), what):
        return ""
    try:
        picture = clean_picture(BytesIO(data))
    except PictureError as error:
        session.report.tell(what, Fate.SKIPPED, error.fault.message, *filter(None, [error.fault.hint]))
        return ""
    why = [text("{width} × {height} piksel", width=picture.width, height=picture.height)]
    if picture.left_out:
        why.append(text("tidak ikut: {found}", found=Details(picture.left_out)))
    if inside and not picture.left_out:
        session.report.tell(what, Fate.PRESENT, text("foto ini sudah bersih"))
        return ""
    if inside:
        session.report.tell(what, Fate.IMPORTED, *why, *_mend(session, inside, picture))
        return ""
    path = session.free(f"{MEDIA}/{id_of(stem)}", id_of(stem), picture.ending, is_numbered=True)
    session.write(path, picture.data, key=key, print_=fingerprint(data))
    session.report.tell(what, Fate.IMPORTED, *why, text("menjadi {path}", path=path))
    return path.removeprefix(f"{MEDIA}/")


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
    session.report.made.append(f"{MEDIA}/{name}")
    return [moved]


def photo_lines(names: Sequence[str]) -> list[str]:
    """Return the `photos:` block for new photos; what only a person can say is left to be filled in."""
    lines = ["photos:"]
    for name in names:
        lines += [f"  - file: {name}", f"    alt: {PLACEHOLDER}", "    people:  # none, unrecognisable, recognisable"]
    return lines
