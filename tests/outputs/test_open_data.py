"""Open data: what the records say, nothing lost, nothing added, and nothing that is not public."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, system
from small_sites import FULL, NASTY, PROSE, SITE, MakeLibrary

from kbp_site.content.library import Library
from kbp_site.outputs.open_data import PUBLIC_KINDS, export_data


def records(library: Library) -> dict[str, dict[str, Any]]:
    """Return the exported records by `kind/id`."""
    read = json.loads(dict(export_data(library))["data/records.json"])
    return {f"{record['kind']}/{record['id']}": record for record in read["records"]}


def rows(library: Library, kind: str) -> dict[str, dict[str, str]]:
    """Return a table's rows by id."""
    written = dict(export_data(library))[f"data/{kind}.csv"].decode()
    return {row["id"]: row for row in csv.DictReader(io.StringIO(written, newline=""))}


def test_every_public_record_is_there_once(full: Library) -> None:
    assert list(records(full)) == ["/".join(entry.key) for entry in full.public]
    for kind in PUBLIC_KINDS:
        assert list(rows(full, kind.FOLDER)) == [entry.id for entry in full.of(kind)]


def test_the_site_says_who_it_is(full: Library) -> None:
    read = json.loads(dict(export_data(full))["data/records.json"])
    assert read["version"] == 1
    assert read["site"] == {"title": "KBP Kapuas", "url": "https://kbp.example/situs/", "licence": "CC BY 4.0"}


@pytest.mark.parametrize(
    "name", ["activities/pasar", "exhibitions/hari", "lessons/sabar", "allocations/dana", "places/selat", "terms/blm"]
)
def test_fields_are_as_the_editor_wrote_them(full: Library, name: str) -> None:
    fields = records(full)[name]["fields"]
    hidden = {"organizations", "related", "photos", "learned_from", "tried_at", "latitude", "longitude"}
    for field, written in FULL[name].items():
        if field not in hidden:
            assert_holds(fields[field], written)


def assert_holds(read: Any, written: Any) -> None:
    """What was written is there; a part may have more fields, which are empty."""
    if isinstance(written, dict):
        for name, value in written.items():
            assert_holds(read[name], value)
    elif isinstance(written, list):
        assert len(read) == len(written)
        for one, other in zip(read, written, strict=True):
            assert_holds(one, other)
    else:
        assert read == written


def test_unknown_is_not_zero(full: Library) -> None:
    fields = records(full)["activities/pasar"]["fields"]
    assert fields["participants"] == {"total": 0, "women": 12, "men": None, "groups": []}
    row = rows(full, "activities")["pasar"]
    assert (row["participants_total"], row["participants_women"], row["participants_men"]) == ("0", "12", "")
    dana = rows(full, "allocations")["dana"]
    assert (dana["budget"], dana["realised"], dana["disbursed"]) == ("5000000", "0", "")


def test_figures_keep_their_note_and_status(full: Library) -> None:
    [claim] = records(full)["activities/pasar"]["fields"]["claims"]
    assert claim["status"] == "conflict_unresolved" and claim["note"] == "Tertulis 21, rincian 24."
    assert json.loads(rows(full, "activities")["pasar"]["claims"]) == [claim]


def test_what_readers_may_not_see_is_left_out_of_public_records(full: Library) -> None:
    read = records(full)
    pasar, sabar = read["activities/pasar"]["fields"], read["lessons/sabar"]["fields"]
    assert pasar["organizations"] == ["kbp"]
    assert pasar["related"] == ["lessons/sabar"]
    assert [photo["file"] for photo in pasar["photos"]] == ["a.jpg", "b.jpg"]
    assert all("consent" not in photo for photo in pasar["photos"])
    assert sabar["learned_from"] == ["activities/pasar"]
    assert [trial["story"] for trial in sabar["tried_at"]] == ["activities/pasar"]
    assert read["exhibitions/tersembunyi"]["fields"]["organizer"] is None
    assert read["exhibitions/hari"]["fields"]["organizer"] == "Panitia kabupaten"


def test_formulas_are_words_in_tables_and_themselves_in_json(full: Library) -> None:
    row = rows(full, "activities")["pasar"]
    assert row["title"] == f"'{NASTY}" and records(full)["activities/pasar"]["fields"]["title"] == NASTY
    assert row["process"] == PROSE.replace("- butir", "'- butir").replace("- =SUM", "'- =SUM")
    assert rows(full, "places")["selat"]["latitude"] == "-2.9996"
    assert rows(full, "places")["selat"]["as_written"] == "Salat; Selat; Kapuas"


def test_codes_stay_text(full: Library) -> None:
    assert rows(full, "places")["selat"]["code_bps"] == "0203040"
    assert records(full)["places/selat"]["fields"]["code_bps"] == "0203040"


def test_a_kind_without_a_page_has_no_address(full: Library) -> None:
    record = records(full)["observances/merdeka"]
    assert record["path"] is None and record["url"] is None
    assert rows(full, "observances")["merdeka"]["url"] == ""


def test_geojson_has_the_places_with_both_coordinates(full: Library) -> None:
    read = json.loads(dict(export_data(full))["data/places.geojson"])
    [feature] = read["features"]
    assert read["type"] == "FeatureCollection"
    assert feature["geometry"] == {"type": "Point", "coordinates": [114.3786, -2.9996]}
    assert feature["properties"]["point"] == "centroid"
    assert feature["properties"]["point_source"] == "Titik tengah"
    assert feature["properties"]["code_kemendagri"] == "62.03.01"
    assert feature["properties"]["code_bps"] == "0203040"


def test_nothing_recorded_still_makes_sound_files(make_library: MakeLibrary, tmp_path: Path) -> None:
    files = dict(export_data(make_library({}, site={"title": "Situs", "organization": "kbp"})))
    assert json.loads(files["data/places.geojson"]) == {"type": "FeatureCollection", "features": []}
    assert files["data/lessons.csv"].startswith(b"id,url,title,") and files["data/lessons.csv"].count(b"\r\n") == 1
    assert_package_is_sound(files, tmp_path / "out")


def test_the_package_describes_its_tables(full: Library, tmp_path: Path) -> None:
    package = assert_package_is_sound(dict(export_data(full)), tmp_path / "out")
    assert {resource.name for resource in package.resources} == {kind.FOLDER for kind in PUBLIC_KINDS}
    [row] = package.get_resource("allocations").read_rows()
    assert row["budget"] == 5000000 and row["revised"] is None and row["fiscal_year"] == "2006/2008"
    pasar, _ = package.get_resource("activities").read_rows()
    assert pasar["claims"][0]["note"] == "Tertulis 21, rincian 24."
    licence = json.loads((tmp_path / "out/data/datapackage.json").read_text(encoding="utf-8"))["licenses"]
    assert licence == [{"name": "CC-BY-4.0", "title": SITE["licence"]}]


def assert_package_is_sound(files: dict[str, bytes], folder: Path) -> Any:
    """Write the files and let Frictionless validate description and tables."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    with system.use_context(trusted=True):
        package = Package(str(folder / "data/datapackage.json"))
        report = package.validate()
        assert report.valid, report.flatten(["type", "message"])[:5]
        return package
