"""What an old release shows that may not be shown any more."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from copies import copy_site
from PIL import Image
from running import DAY

from kbp_site.content.load import load
from kbp_site.outputs.open_data import tell_all
from kbp_site.site.last_release import read_lines
from kbp_site.site.publish import MARKER
from kbp_site.site.withheld import find_withheld, verdicts_on_shown
from kbp_site.site.writing import write_outputs

Change = Callable[[Path], None]


def edited(name: str, old: str, new: str) -> Change:
    """Return a change of a record."""

    def change(root: Path) -> None:
        path = root / "content" / name
        written = path.read_text(encoding="utf-8")
        assert old in written
        path.write_text(written.replace(old, new, 1), encoding="utf-8")

    return change


def deleted(name: str) -> Change:
    """Return a change that takes a file away."""
    return lambda root: (root / "content" / name).unlink()


def renamed(name: str, to: str, alias: str) -> Change:
    """Return a change that renames a record and keeps its old address."""

    def change(root: Path) -> None:
        path = root / "content" / name
        written = path.read_text(encoding="utf-8")
        path.unlink()
        path.with_stem(to).write_text(f"{written}aliases: [{alias}]\n", encoding="utf-8")

    return change


LESSON = "lessons/dengarkan-dahulu"
CASES: dict[str, tuple[Change, str]] = {
    "nothing": (lambda root: None, ""),
    "withdrawn": (
        edited(f"{LESSON}.yml", "status: published", "status: withdrawn"),
        "lessons/dengarkan-dahulu",
    ),
    "back to a draft": (
        edited(f"{LESSON}.yml", "status: published", "status: draft"),
        "lessons/dengarkan-dahulu",
    ),
    "deleted": (deleted(f"{LESSON}.yml"), LESSON),
    "renamed": (renamed(f"{LESSON}.yml", "mendengar", "pelajaran/dengarkan-dahulu"), ""),
    "a photo's consent withdrawn": (lambda root: withdraw(root), "activities/mediasi-parit"),
    "a photo deleted": (lambda root: drop_photo(root), "activities/mediasi-parit exhibitions/pameran-kemerdekaan"),
    "a document that is a hidden photo": (
        lambda root: hide_document(root),
        "activities/mediasi-parit exhibitions/pameran-kemerdekaan",
    ),
    "a document that is a copy of a hidden photo": (lambda root: hide_copy(root), "berkas/"),
    "a face replaced under its name": (lambda root: blur(root, "parit/warga.jpg"), "foto/warga-"),
    "a ditch replaced under its name": (lambda root: blur(root, "parit/sesudah.jpg"), ""),
}


def hide_document(root: Path) -> None:
    """Say in another record's draft that a document is the photo of somebody who has not consented."""
    path = root / "content" / "activities" / "masih-draf.yml"
    photo = "photos:\n  - {file: parit/catatan.txt, alt: Seorang warga, people: recognisable}\n"
    path.write_text(path.read_text(encoding="utf-8") + photo, encoding="utf-8")


def hide_copy(root: Path) -> None:
    """Say the same of a copy of the document."""
    media = root / "content" / "media"
    (media / "salinan.txt").write_bytes((media / "parit" / "catatan.txt").read_bytes())
    path = root / "content" / "activities" / "masih-draf.yml"
    photo = "photos:\n  - {file: salinan.txt, alt: Seorang warga, people: recognisable}\n"
    path.write_text(path.read_text(encoding="utf-8") + photo, encoding="utf-8")


def blur(root: Path, name: str) -> None:
    """Put another picture in a photo's place, and say that nobody in it can be recognised."""
    picture = root / "content" / "media" / name
    with Image.open(picture) as image:
        image.convert("L").save(picture)
    path = root / "content" / "activities" / "mediasi-parit.yml"
    written = path.read_text(encoding="utf-8")
    kept = written.replace("people: recognisable\n    consent: persetujuan-001", "people: none")
    path.write_text(kept, encoding="utf-8")


def withdraw(root: Path) -> None:
    """Withdraw every consent that holds."""
    for path in (root / "content" / "consents").glob("*.yml"):
        written = path.read_text(encoding="utf-8")
        if "withdrawn_on" not in written:
            path.write_text(f"{written}withdrawn_on: {DAY}\n", encoding="utf-8")


def drop_photo(root: Path) -> None:
    """Delete the files of the photos of people, and what the record says of them."""
    path = root / "content" / "activities" / "mediasi-parit.yml"
    written = path.read_text(encoding="utf-8")
    before, _, after = written.partition("photos:\n")
    rest = after.splitlines(keepends=True)
    kept = next((number for number, line in enumerate(rest) if line[:1] not in " -#\n"), len(rest))
    path.write_text(before + "".join(rest[kept:]), encoding="utf-8")
    shutil.rmtree(root / "content" / "media" / "parit", ignore_errors=True)


@pytest.mark.parametrize("case", CASES)
def test_what_was_taken_back_is_found_in_an_old_site(case: str, built: Path, tmp_path: Path) -> None:
    change, expected = CASES[case]
    root = copy_site("full", tmp_path / "akar")
    change(root)
    library = load(root, today=date.fromisoformat(DAY)).library
    assert library is not None
    told = list(find_withheld(built, library))
    found = sorted({record for record, _ in told})
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / MARKER).touch()
    write_outputs(tmp_path / "site", library, tell_all(library))
    known = verdicts_on_shown(tmp_path / "site")
    assert 0 < len(known) < len(list(read_lines(tmp_path / "site"))), "only what names no file"
    assert list(find_withheld(built, library, verdicts=known)) == told, "what is shown now need not be judged"
    records, files = [one for one in found if "." not in one], [one for one in found if "." in one]
    if expected.endswith(("-", "/")):
        assert files and all(one.startswith(expected) for one in files)
    else:
        assert records == expected.split()
        assert not files or "photo" in case, "files of others are free"


def test_a_site_whose_records_cannot_be_read_is_told(tmp_path: Path, built: Path) -> None:
    library = load(copy_site("full", tmp_path / "akar"), today=date.fromisoformat(DAY)).library
    assert library is not None
    assert [record for record, _ in find_withheld(tmp_path, library)] == ["data/records.json"]
