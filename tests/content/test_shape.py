"""The shape of a kind is found from its types: references, files and texts, however deep."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from kbp_site.content.records import BY_FOLDER, KINDS, Site
from kbp_site.content.records.activities import Activity
from kbp_site.content.records.base import Part
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.content.records.lessons import Lesson
from kbp_site.content.records.places import Place
from kbp_site.content.records.shape import slots, values_of
from kbp_site.content.records.values import FileType, LineType, ProseType, RefType, ValueType

MODELS: tuple[type[BaseModel], ...] = (*KINDS, Site)


def parts(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield a kind and every group of fields below it."""
    yield model
    for slot in slots(model):
        if isinstance(slot.type, type):
            yield from parts(slot.type)


EVERY_PART = sorted({part for model in MODELS for part in parts(model)}, key=lambda part: part.__name__)


@pytest.mark.parametrize("part", EVERY_PART, ids=lambda part: part.__name__)
def test_every_field_is_described_to_the_editor(part: type[BaseModel]) -> None:
    for name, info in part.model_fields.items():
        assert info.title and info.description and info.description.endswith((".", "?")), name
        assert not info.is_required() or info.examples is None or info.examples[0]


@pytest.mark.parametrize("part", EVERY_PART, ids=lambda part: part.__name__)
def test_every_part_refuses_unknown_fields_and_does_not_change(part: type[BaseModel]) -> None:
    assert part.model_config.get("extra") == "forbid" and part.model_config.get("frozen") is True


def test_a_folder_names_one_kind_and_no_two_kinds_share_a_path() -> None:
    assert list(BY_FOLDER.values()) == list(KINDS)
    paths = [kind.PATH for kind in KINDS if kind.PATH]
    assert len(set(paths)) == len(paths) == 10


def slot_of(model: type[BaseModel], name: str) -> tuple[object, bool]:
    return next((slot.type, slot.is_list) for slot in slots(model) if slot.name == name)


def test_a_slot_looks_through_none_and_tuples() -> None:
    assert slot_of(Place, "part_of") == (RefType(("places",)), False)
    assert slot_of(Activity, "places") == (RefType(("places",)), True)
    assert slot_of(Activity, "problem") == (ProseType(), False)
    assert slot_of(Place, "as_written") == (LineType(translatable=False), True)
    assert slot_of(Activity, "kind") == (None, False)
    follow_up, is_list = slot_of(Activity, "follow_ups")
    assert is_list and isinstance(follow_up, type) and issubclass(follow_up, Part)


ACTIVITY = Activity.model_validate(
    {
        "title": "A",
        "summary": "x",
        "kind": "other",
        "date": "2006",
        "process": "x",
        "topics": ["t"],
        "places": ["p", "q"],
        "related": ["terms/k"],
        "replication": {"contact": "o"},
        "photos": [
            {"file": "a.jpg", "alt": "x", "people": "none"},
            {"file": "b.jpg", "alt": "y", "people": "recognisable", "consent": "c"},
        ],
        "documents": [{"file": "d.pdf", "title": "D"}],
    }
)
EXHIBITION = Exhibition.model_validate(
    {
        "title": "E",
        "summary": "x",
        "date": "2006",
        "event": "x",
        "organizer": "Panitia",
        "kiosk": {"playlist": ["activities/a"], "attract": ["terms/t"]},
        "materials": [{"title": "M"}, {"title": "N", "file": "n.pdf"}],
    }
)
LESSON = Lesson.model_validate(
    {
        "title": "L",
        "context": "x",
        "advice": "x",
        "because": "x",
        "learned_from": ["activities/a"],
        "tried_at": [{"story": "activities/b", "outcome": "worked"}],
    }
)

FOUND: list[tuple[BaseModel, type[ValueType], list[tuple[tuple[str | int, ...], str]]]] = [
    (
        ACTIVITY,
        RefType,
        [
            (("topics", 0), "t"),
            (("related", 0), "terms/k"),
            (("photos", 1, "consent"), "c"),
            (("places", 0), "p"),
            (("places", 1), "q"),
            (("replication", "contact"), "o"),
        ],
    ),
    (
        ACTIVITY,
        FileType,
        [(("photos", 0, "file"), "a.jpg"), (("photos", 1, "file"), "b.jpg"), (("documents", 0, "file"), "d.pdf")],
    ),
    (
        EXHIBITION,
        RefType,
        [(("organizer",), "Panitia"), (("kiosk", "playlist", 0), "activities/a"), (("kiosk", "attract", 0), "terms/t")],
    ),
    (EXHIBITION, FileType, [(("materials", 1, "file"), "n.pdf")]),
    (LESSON, RefType, [(("learned_from", 0), "activities/a"), (("tried_at", 0, "story"), "activities/b")]),
]


@pytest.mark.parametrize(("record", "wanted", "found"), FOUND)
def test_every_value_of_a_type_is_found_with_its_place(
    record: BaseModel, wanted: type[ValueType], found: list[tuple[tuple[str | int, ...], str]]
) -> None:
    assert [
        (location, value) for location, kind, value in values_of(record, wanted) if isinstance(kind, wanted)
    ] == found


def test_what_is_empty_counts_as_not_written() -> None:
    base = {"title": "A", "level": "ward"}
    empty: dict[str, object] = {"summary": "", "part_of": None, "as_written": [], "credits": {}, "point_source": "  "}
    assert Place.model_validate({**base, **empty}) == Place.model_validate(base)
