"""The schemas accept every record that the check accepts, and refuse what a schema can know is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from copies import PROJECT, TESTS
from jsonschema import Draft7Validator
from pydantic import BaseModel
from running import kbp
from trees import read_tree

from kbp_site.content.problems import KbpError
from kbp_site.content.records import KINDS, Site
from kbp_site.content.records.values import ValueType
from kbp_site.editing.reference import choice_of
from kbp_site.editing.schema import bindings, editor_settings, export_schemas, write_schemas
from kbp_site.editing.schema_values import value_schema

CASES = TESTS / "cases"
BEYOND_IN_PROSE = ("a-link-in-prose", "prose-with", "a-picture-of-a-script", "markup-far-down", "many-brackets")
BEYOND = {
    "an-example-of-a-new-draft-that-is-published",  # a comment says so
    "a-number-in-scientific-form",  # a number, as the language server reads it
    "a-required-field-of-an-escaped-zero-width-space",
    "a-required-field-of-one-zero-width-space",
    "a-time-zone-that-is-none",
    "an-address-that-urllib-cannot-split",
    "the-same-mark-of-html-twice-is-told-once",
    "words-of-a-new-draft-that-are-published",
}
"""Cases of the check that a schema lets pass: nobody needs a second copy of these rules."""


class LikeTheServer(yaml.CSafeLoader):
    """Reads scalars as YAML 1.2 types them, as the language server does."""


LikeTheServer.yaml_implicit_resolvers = {}
for tag, pattern in (
    ("null", r"~|null|Null|NULL|"),
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("int", r"[-+]?[0-9]+"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan"),
):
    LikeTheServer.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), None)
LikeTheServer.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


@cache
def validators() -> dict[str, Draft7Validator]:
    """Return a validator for each schema, by the schema's name."""
    return {name: Draft7Validator(json.loads(schema)) for name, schema in export_schemas().items()}


def schema_of(path: str) -> str:
    """Return the name of the schema for a file of a site ("content/activities/x.en.yml")."""
    parts = Path(path).parts
    edition = ".en" if path.endswith(".en.yml") else ""
    return f"site{edition}.json" if len(parts) == 2 else f"{parts[1]}{edition}.json"


def refusals(path: str, body: str) -> list[str]:
    """Return what a schema minds in a file's text."""
    read = yaml.load(body, Loader=LikeTheServer)
    return [error.message for error in validators()[schema_of(path)].iter_errors(read)]


def sound_files() -> Iterator[tuple[Path, str]]:
    """Yield every record of the real content, the small sites and a new site."""
    starter = PROJECT / "kbp_site" / "editing" / "starter"
    for root in (PROJECT, TESTS / "sites" / "full", TESTS / "sites" / "minimal", starter):
        yield from ((path, path.relative_to(root).as_posix()) for path in sorted(root.glob("content/**/*.yml")))


def case_files(area: str) -> list[Any]:
    """Return the records that the cases of an area write, with what the check says of them."""
    rows = []
    for case in sorted(CASES.glob(f"{area}/*.yml")):
        read = yaml.load(case.read_text("utf-8"), Loader=yaml.CSafeLoader)
        files = {path: body for path, body in read.get("files", {}).items() if is_record(path, body)}
        if case.stem != "a-key-that-is-a-list":  # no mapping of Python's can hold it
            rows.append(pytest.param(files, read["problems"], id=case.stem))
    return rows


def is_record(path: str, body: object) -> bool:
    """Whether a case writes the text of a record there."""
    return isinstance(body, str) and re.fullmatch(r"content/([a-z_]+/)?[a-z0-9.-]+\.yml", path) is not None


def test_every_sound_record_is_accepted() -> None:
    found = {name: told for path, name in sound_files() if (told := refusals(name, path.read_text("utf-8")))}
    assert found == {}


@pytest.mark.parametrize(("files", "problems"), case_files("accepted"))
def test_what_the_check_accepts_the_schema_accepts(files: dict[str, str], problems: list[str]) -> None:
    assert {path: refusals(path, body) for path, body in files.items()} == {path: [] for path in files}


@pytest.mark.parametrize(("files", "problems"), case_files("field"))
def test_schema_and_check_agree_on_fields(
    files: dict[str, str], problems: list[str], request: pytest.FixtureRequest
) -> None:
    """Where the schema refuses, the check does; where only the check does, it is beyond a schema."""
    refused = {path for path, body in files.items() if refusals(path, body)}
    faulty = {row.split(":")[0] for row in problems if row.split(":")[0] in files}
    assert refused <= faulty
    name = request.node.callspec.id
    assert (refused == faulty) is not (name in BEYOND or name.startswith(BEYOND_IN_PROSE))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("url", ["HTTPS://Contoh.id", "https://contoh.id/@kbp?x=1#y", "tel:+62513", "mailto:kantor@contoh.id"]),
        ("publish_on", ["2028-02-29", "'2026-12-01'"]),
        ("title", ["2006", "true", "no", "1.5", "12:30", '"2006"']),
        ("summary", ["", "~", '""', "010"]),
        ("topics", ["", "[]", "[a, 2006]", "[topics/air]"]),
        ("credits", ["", "{}"]),
    ],
)
def test_an_editor_may_write(name: str, values: list[str]) -> None:
    for value in values:
        path, body = "content/topics/x.yml", f"title: Air\n{name}: {value}\n"
        if name == "title":
            body = f"title: {value}\n"
        if name == "url":
            body = f"title: Air\nsources: [{{title: Buku, url: '{value}'}}]\n"
        assert refusals(path, body) == [], body


@pytest.mark.parametrize("value", ["2026-02-30", "2026-04-31", "2026-13-01", "2100", "1944", "20060817", "2006/", "5"])
def test_a_date_that_is_none_is_refused(value: str) -> None:
    body = f"title: A\nfiscal_year: {value}\nsource: apbn\nrecipient: kbp\n"
    assert len(refusals("content/allocations/x.yml", body)) == 1


def test_every_warning_that_can_be_worded_is_indonesian() -> None:
    """The language server words a type, a form and a choice in English, unless the schema does."""
    for name, validator in validators().items():
        for rule in rules(validator.schema):
            assert "anyOf" not in rule and rule.get("additionalProperties") is not False, name
            if "pattern" in rule:
                assert rule["patternErrorMessage"] == rule["errorMessage"], name
            assert not {"enum", "required"} & set(rule) or "errorMessage" in rule, name


def rules(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema inside a schema."""
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from rules(value)


@pytest.mark.parametrize("model", [Site, *KINDS], ids=lambda model: model.__name__)
def test_every_field_is_told_in_the_words_of_its_model(model: type[BaseModel]) -> None:
    schema = json.loads(export_schemas()[f"{getattr(model, 'FOLDER', '') or 'site'}.json"])
    for name, info in model.model_fields.items():
        told = schema["properties"][name]
        assert told["title"] == info.title
        assert told["description"].startswith(info.description or "?")
        if choice := choice_of(info.annotation):
            rule = told.get("items", told)
            assert [member.label for member in choice] == rule.get("else", rule)["enumDescriptions"]


def test_a_new_type_of_value_must_get_a_rule() -> None:
    with pytest.raises(TypeError, match="no schema for ValueType"):
        value_schema(ValueType(), is_required=True)


def test_every_file_of_a_site_has_one_schema() -> None:
    bound = bindings("./schemas")
    assert {Path(name).name for name in bound} == set(export_schemas())
    assert bound["./schemas/activities.json"] == ["content/activities/*.yml", "!content/activities/*.en.yml"]
    assert bound["./schemas/activities.en.json"] == ["content/activities/*.en.yml"]
    assert bound["./schemas/site.json"] == ["content/site.yml", "!content/site.en.yml"]
    assert bound["./schemas/site.en.json"] == ["content/site.en.yml"]


def test_the_schemas_of_this_project_are_up_to_date() -> None:
    kept = {path.name: path.read_bytes() for path in (PROJECT / "schemas").iterdir()}
    assert kept == export_schemas(), "schemas/ is out of date; renew it: kbp schema"
    assert (PROJECT / ".vscode" / "settings.json").read_bytes() == editor_settings()


def test_a_site_gets_schemas_and_the_settings_that_name_them(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert kbp("--root", tmp_path, "schema").returncode == 0
    written = read_tree(tmp_path)
    assert written[".vscode/settings.json"] == editor_settings()
    assert {Path(name).name for name in written} == {*export_schemas(), "settings.json"}


def test_settings_of_an_editor_are_kept(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    settings = tmp_path / ".vscode" / "settings.json"
    settings.parent.mkdir()
    settings.write_bytes(b"{}")
    assert len(write_schemas(tmp_path)) == 1
    assert settings.read_bytes() == b"{}"


def test_schemas_are_not_written_among_the_sources(tmp_path: Path) -> None:
    with pytest.raises(KbpError):
        write_schemas(tmp_path, tmp_path / "content" / "z")
    assert list(tmp_path.iterdir()) == []


def test_schemas_alone_can_be_written_anywhere(tmp_path: Path) -> None:
    write_schemas(tmp_path, tmp_path / "a" / "b")
    assert set(read_tree(tmp_path)) == {f"a/b/{name}" for name in export_schemas()}


def test_schemas_need_a_site(tmp_path: Path) -> None:
    with pytest.raises(KbpError, match="kbp init"):
        write_schemas(tmp_path)
    assert list(tmp_path.iterdir()) == []
