"""The form's settings are valid, and show every field with its label and help."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from copies import TESTS
from jsonschema import Draft7Validator
from pydantic import BaseModel

from kbp_site.content.load import load
from kbp_site.content.records import BY_FOLDER, KINDS, Site
from kbp_site.content.records.shape import slots
from kbp_site.content.records.values import Choice
from kbp_site.editing.bundle import APP
from kbp_site.editing.form import backend, form_settings
from kbp_site.editing.reference import choice_of

SCHEMA = APP / "node_modules" / "@sveltia" / "cms" / "schema" / "sveltia-cms.json"


def site_of(name: str) -> Site:
    """Return the record of a small site."""
    library = load(TESTS / "sites" / name, today=date(2026, 11, 23)).library
    assert library is not None
    return library.site


def widgets(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield every widget, those inside others too."""
    for field in fields:
        yield field
        yield from widgets(field.get("fields", []))


def collections(site: Site | None = None) -> dict[str, dict[str, Any]]:
    """Return the forms of a site by the folder of their records."""
    return {made["name"]: made for made in form_settings(site)["collections"]}


def test_sveltia_accepts_the_settings() -> None:
    assert SCHEMA.is_file(), "Sveltia CMS is not there: run `make vendor`"
    validator = Draft7Validator(json.loads(SCHEMA.read_bytes()))
    settings = form_settings(site_of("full"))
    assert [(list(error.path), error.message[:200]) for error in validator.iter_errors(settings)] == []
    assert not validator.is_valid({**settings, "collections": [{"name": "x"}]})
    assert set(form_settings(None)) < set(settings)


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_every_field_has_a_widget_with_its_label(model: type[BaseModel]) -> None:
    fields = {field["name"]: field for field in collections()[model.FOLDER]["fields"]}  # type: ignore[attr-defined]
    assert set(fields) == set(model.model_fields)
    for name, info in model.model_fields.items():
        assert fields[name]["label"] == info.title
        if fields[name]["widget"] != "hidden":
            assert fields[name]["required"] == info.is_required()
        if (choice := choice_of(info.annotation)) is not None:
            assert fields[name]["options"] == [{"label": m.label, "value": m.value} for m in choice]
            if isinstance(info.default, Choice):
                assert fields[name]["default"] == info.default.value


def test_every_reference_is_chosen_from_its_own_kind() -> None:
    for folder, made in collections().items():
        for field in widgets(made["fields"]):
            if field["widget"] == "relation":
                assert field["collection"] in BY_FOLDER and field["value_field"] == "{{slug}}", folder
    fields = {field["name"]: field for field in collections()["activities"]["fields"]}
    assert (fields["topics"]["collection"], fields["topics"]["multiple"]) == ("topics", True)
    assert "multiple" not in {field["name"]: field for field in collections()["study_visits"]["fields"]}["host"]


def test_what_must_be_filled_in_stands_first() -> None:
    names = [field["name"] for field in collections()["activities"]["fields"]]
    assert names[:7] == ["title", "summary", "date", "kind", "process", "status", "places"]
    assert names[-1] == "aliases"


def test_english_editions_stand_beside_their_record_where_the_site_is_in_english_too() -> None:
    settings = form_settings(site_of("full"))
    assert settings["i18n"]["locales"] == ["id", "en"]
    fields = {field["name"]: field for field in collections(site_of("full"))["activities"]["fields"]}
    for slot in slots(BY_FOLDER["activities"]):
        assert fields[slot.name].get("i18n", False) is (slot.name in TRANSLATED), slot.name
    assert fields["title"]["required"] == ["id"]
    assert "i18n" not in json.dumps(form_settings(None))


TRANSLATED = {
    "title", "summary", "result", "follow_ups", "photos", "documents", "claims", "parties", "problem", "process",
    "participants", "funding", "replication",
}  # fmt: skip


@pytest.mark.parametrize(
    ("repository", "name", "repo"),
    [
        ("https://github.com/kbp/situs", "github", "kbp/situs"),
        ("https://gitlab.com/kbp/sub/situs.git/", "gitlab", "kbp/sub/situs"),
        ("https://codeberg.org/kbp/situs", "gitea", "kbp/situs"),
        (None, "github", "komunitas/situs"),
        ("https://contoh.id/", "github", "komunitas/situs"),
    ],
)
def test_a_form_saves_into_the_repository_of_its_site(repository: str | None, name: str, repo: str) -> None:
    made = backend(repository)
    assert (made["name"], made["repo"]) == (name, repo)
    assert made.get("base_url") == ("https://codeberg.org" if name == "gitea" else None)


def test_indonesian_words_of_the_screen_fill_in_the_same_places() -> None:
    """A sentence whose place is not filled would be shown with a hole."""
    words, english = json.loads((APP / "id.json").read_bytes()), SCHEMA.parents[1] / "locales" / "en-US.json"
    assert words["work_with_local_repo"] == "Kerjakan di komputer ini"  # what `kbp admin` says to press
    known = json.loads(english.read_bytes())
    assert not list(unknown(words, known))


def unknown(words: dict[str, Any], known: dict[str, Any]) -> Iterator[str]:
    """Yield the words for which Sveltia has no use, or another number of places."""
    for name, said in words.items():
        if isinstance(said, dict):
            yield from unknown(said, known[name])
        elif name not in known or ("{$" in said and said.count("{$name}") != known[name].count("{$name}")):
            yield name
