"""The reference of fields is complete, plain, and the same as the page that is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from kbp_site.content.records import KINDS, Site
from kbp_site.content.records.shape import Slot, slots
from kbp_site.content.records.values import ValueType
from kbp_site.editing.reference import choice_of, default_words, field_reference, form_words, value_words

PAGE = Path(__file__).parents[2] / "docs" / "panduan" / "rujukan-kolom.md"
RENEW = "python -m kbp_site.editing.reference > docs/panduan/rujukan-kolom.md"


def models() -> list[type[BaseModel]]:
    """Return every kind, the site's record, and all groups of fields inside them."""
    found: list[type[BaseModel]] = [*KINDS, Site]
    for model in found:
        found += [slot.type for slot in slots(model) if isinstance(slot.type, type) and slot.type not in found]
    return found


def test_the_page_is_up_to_date() -> None:
    is_same = PAGE.read_text(encoding="utf-8") == field_reference()
    assert is_same, f"docs/panduan/rujukan-kolom.md is out of date; renew it: {RENEW}"


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_field_has_a_row_with_its_name_label_and_help(model: type[BaseModel]) -> None:
    page = field_reference()
    for name, info in model.model_fields.items():
        label, help_ = re.escape(info.title or ""), re.escape(info.description or "")
        required = "ya" if info.is_required() else "tidak"
        assert label and help_, name
        assert re.search(rf"^\| `{name}` \({label}\) \| {required} \| .+ \| {help_}", page, re.MULTILINE), name


def test_every_choice_is_told_with_its_label() -> None:
    page = field_reference()
    fields = [info for model in models() for info in model.model_fields.values()]
    choices = [choice for info in fields if (choice := choice_of(info.annotation))]
    assert len(choices) > 15
    for choice in choices:
        assert "\n".join(f"- `{member.value}`: {member.label}" for member in choice) in page


def test_a_field_of_each_form_is_told_in_plain_words() -> None:
    slot_of = {(model.__name__, slot.name): slot for model in models() for slot in slots(model)}

    def words(model: str, name: str) -> str:
        slot: Slot = slot_of[model, name]
        return form_words(slot, next(m for m in models() if m.__name__ == model).model_fields[name])

    assert words("Activity", "title") == "satu baris, paling panjang 160 karakter"
    assert words("Activity", "photos") == "daftar: kelompok kolom `photos`"
    assert words("Activity", "kind") == "salah satu pilihan di bawah tabel"
    assert words("Exhibition", "organizer") == "nama berkas di `content/organizations/` tanpa `.yml`, atau namanya saja"
    assert words("Kiosk", "idle_seconds") == "bilangan 20 sampai 600"
    stories = "`activities`, `study_visits`, `exhibitions`"
    assert words("Lesson", "learned_from") == f"daftar: jenis/nama berkas, jenisnya {stories}"


def test_a_new_type_of_value_must_get_words() -> None:
    with pytest.raises(TypeError, match="no plain words for ValueType"):
        value_words(ValueType())


@pytest.mark.parametrize(
    ("default", "words"),
    [
        (None, ""),
        ((), ""),
        ("draft", " Bila kosong: `draft`."),
        (0, " Bila kosong: `0`."),
        (False, " Bila kosong: `no`."),
        (("id", "en"), " Bila kosong: `id, en`."),
    ],
)
def test_what_stands_in_for_an_empty_field_is_told(default: object, words: str) -> None:
    assert default_words(default) == words
