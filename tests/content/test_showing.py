"""One judgement says which media readers may see, and nothing hidden goes out by another door."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kbp_site.content.library import Library
from kbp_site.content.load import load
from kbp_site.content.problems import has_errors
from kbp_site.content.records.base import Photo
from kbp_site.content.showing import may_give, may_show, shown_files

TODAY = date(2026, 11, 24)
FULL = Path(__file__).parents[1] / "sites" / "full" / "content" / "media"
CONSENTS: dict[str, dict[str, Any]] = {
    "berlaku": {"scope": ["web"]},
    "dicabut": {"scope": ["web"], "withdrawn_on": "2026-11-24"},
    "dicabut-besok": {"scope": ["web"], "withdrawn_on": "2026-11-25"},
    "habis": {"scope": ["web"], "valid_until": "2026-11-23"},
    "hari-terakhir": {"scope": ["web"], "valid_until": "2026-11-24"},
    "belum": {"scope": ["web"], "given_on": "2026-11-25"},
    "cetak": {"scope": ["print", "kiosk"]},
}
Make = Callable[[dict[str, Any]], Library]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Give a function that makes a library with the consents above and one activity."""

    def library_with(activity: dict[str, Any]) -> Library:
        records = {
            "site": {"title": "S", "organization": "o"},
            "organizations/o": {"title": "O", "kind": "kbp", "status": "published"},
            "activities/a": {
                "title": "A", "summary": "a", "kind": "other", "date": "2006", "process": "p", "status": "published",
                **activity,
            },
            **{f"consents/{n}": {"form": "written", "given_on": "2026-01-01", **c} for n, c in CONSENTS.items()},
        }  # fmt: skip
        for name, fields in records.items():
            path = tmp_path / "content" / f"{name}.yml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(fields), encoding="utf-8")
        library = load(tmp_path, today=TODAY).library
        assert library is not None
        return library

    return library_with


def photo(file: str = "x.jpg", people: str = "recognisable", consent: str = "") -> dict[str, str]:
    """Return a photo as an editor writes it."""
    return {"file": file, "alt": "x", "people": people, "consent": consent}


@pytest.mark.parametrize(
    ("people", "consent", "is_shown"),
    [
        ("none", "", True),
        ("none", "dicabut", False),
        ("unrecognisable", "", True),
        ("recognisable", "", False),
        ("recognisable", "tidak-ada", False),
        ("recognisable", "berlaku", True),
        ("recognisable", "dicabut", False),
        ("recognisable", "dicabut-besok", True),
        ("recognisable", "habis", False),
        ("recognisable", "hari-terakhir", True),
        ("recognisable", "belum", False),
        ("recognisable", "cetak", False),
    ],
)
def test_which_photos_may_be_shown(make: Make, people: str, consent: str, is_shown: bool) -> None:
    written = photo(people=people, consent=consent)
    library = make({"photos": [written]})
    assert may_show(library, Photo.model_validate(written)) is is_shown
    assert may_give(library, "x.jpg") is is_shown


@pytest.mark.parametrize("status", ["draft", "withdrawn", "published"])
def test_a_hidden_photo_is_given_by_no_other_door(make: Make, status: str) -> None:
    library = make({"photos": [photo(consent="dicabut")], "status": status})
    assert not may_give(library, "x.jpg")
    assert may_give(library, "y.jpg")


def test_which_files_of_a_record_are_shown(make: Make) -> None:
    library = make(
        {
            "photos": [photo("a.jpg", "none"), photo("b.jpg"), photo("c.jpg", consent="berlaku")],
            "documents": [{"file": "b.jpg", "title": "B"}, {"file": "d.pdf", "title": "D"}],
        }
    )
    [entry] = library.stories
    assert [name for _, name in shown_files(library, entry)] == ["a.jpg", "c.jpg", "d.pdf"]
    assert [location for location, _ in shown_files(library, entry)] == [
        ("photos", 0, "file"), ("photos", 2, "file"), ("documents", 1, "file"),
    ]  # fmt: skip


def test_a_photo_whose_consent_was_withdrawn_is_hidden_wherever_it_is_named(make: Make, tmp_path: Path) -> None:
    media = tmp_path / "content" / "media"
    media.mkdir(parents=True)
    for name in ("asli.jpg", "salinan.jpg"):
        (media / name).write_bytes((FULL / "parit" / "sesudah.jpg").read_bytes())
    (media / "lain.jpg").write_bytes((FULL / "parit" / "warga.jpg").read_bytes())
    photos = [
        photo("asli.jpg", consent="dicabut"),
        photo("asli.jpg", "none"),
        photo("asli.jpg", consent="berlaku"),
        photo("salinan.jpg", "none"),
        photo("lain.jpg", "none"),
    ]
    library = make({"photos": photos})
    assert [may_show(library, Photo.model_validate(one)) for one in photos] == [False] * 4 + [True]
    assert not may_give(library, "salinan.jpg") and may_give(library, "lain.jpg")
    problems = load(tmp_path, today=TODAY).problems
    assert [(p.code, p.is_left_out) for p in problems if "/activities/" in p.path] == [("K505", True)] * 3


@pytest.mark.parametrize(
    ("consent", "is_left_out"),
    [("dicabut", True), ("habis", True), ("belum", False), ("cetak", False), ("", False)],
)
def test_a_build_goes_on_without_what_has_ended_and_waits_for_what_never_was(
    make: Make, tmp_path: Path, consent: str, is_left_out: bool
) -> None:
    media = tmp_path / "content" / "media"
    media.mkdir(parents=True)
    (media / "x.jpg").write_bytes((FULL / "parit" / "sesudah.jpg").read_bytes())
    make({"photos": [photo(consent=consent)]})
    loaded = load(tmp_path, today=TODAY)
    assert has_errors(loaded.problems)
    assert has_errors(loaded.as_built().problems) is not is_left_out
    assert [problem.code for problem in loaded.as_built().problems if "/activities/" in problem.path] == ["K505"]
