"""English editions: which fields they have, how they are laid over a record, and when they are out of date."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import BaseModel, ValidationError

from kbp_site.content.load import Loaded
from kbp_site.content.problems import Problem, Severity
from kbp_site.content.records import KINDS, Site
from kbp_site.content.records.activities import Activity
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.places import Place
from kbp_site.content.records.terms import Term
from kbp_site.content.records.translations import fingerprint, translated, translation_model

ACTIVITY: dict[str, object] = {
    "title": "Diskusi",
    "summary": "Ringkas",
    "kind": "mediation",
    "date": "2006",
    "process": "Proses",
    "parties": ["warga", "lurah"],
    "participants": {"total": "3", "groups": ["ibu-ibu"]},
    "follow_ups": [{"what": "rapat", "who": "warga", "due": "2007"}, {"what": "laporan"}],
    "replication": {"steps": ["satu", "dua"], "adapt": "sesuaikan", "contact": "kbp-contoh"},
    "sources": [{"title": "Laporan"}],
}


def activity(**more: object) -> Activity:
    return Activity.model_validate({**ACTIVITY, **more})


def said(model: type[BaseModel] = Activity, **texts: object) -> BaseModel:
    return translation_model(model).model_validate(texts)


FIELDS: list[tuple[type[BaseModel], set[str]]] = [
    (Term, {"title", "summary", "expansion", "definition", "category", "also", "collision"}),
    (Place, {"title", "summary"}),
    (Organization, {"title", "summary", "about"}),
]


@pytest.mark.parametrize(("model", "fields"), FIELDS)
def test_an_edition_has_the_translatable_fields_only(model: type[BaseModel], fields: set[str]) -> None:
    assert set(translation_model(model).model_fields) == fields | {"translation_of", "translator"}


@pytest.mark.parametrize("model", [*KINDS, Site], ids=lambda model: model.__name__)
def test_every_kind_has_an_edition_without_required_fields(model: type[BaseModel]) -> None:
    edition = translation_model(model)
    assert edition is translation_model(model)
    assert not any(info.is_required() for info in edition.model_fields.values())
    assert not {"status", "date", "kind", "sources", "credits", "contact"} & set(edition.model_fields)
    edition.model_validate({})


def test_a_translation_replaces_texts_as_far_as_it_goes() -> None:
    original = activity()
    english = translated(original, said(title="Talk", process="Process", parties=["residents", "ward head"]))
    assert (english.title, english.process, english.parties) == ("Talk", "Process", ("residents", "ward head"))
    assert english.summary == original.summary and english.date == original.date
    assert original.title == "Diskusi"


def test_a_translation_reaches_into_groups_and_lists() -> None:
    english = translated(
        activity(),
        said(
            participants={"groups": ["women"]},
            follow_ups=[{"what": "meeting", "who": "residents"}],
            replication={"adapt": "adapt it"},
        ),
    )
    assert english.participants is not None and english.replication is not None
    assert (english.participants.total, english.participants.groups) == (3, ("women",))
    assert [item.what for item in english.follow_ups] == ["meeting", "laporan"]
    assert english.follow_ups[0].due == activity().follow_ups[0].due
    assert (english.replication.adapt, english.replication.steps) == ("adapt it", ("satu", "dua"))
    assert english.replication.contact == "kbp-contoh"


def test_what_the_record_does_not_have_is_not_added() -> None:
    bare = Activity.model_validate({key: ACTIVITY[key] for key in ("title", "summary", "kind", "date", "process")})
    assert translated(bare, said(result="Result", replication={"steps": ["one"]})) == bare


def test_nothing_translated_is_the_record_itself() -> None:
    assert translated(activity(), said()) == activity()


def test_the_kiosks_greeting_is_translated_and_its_playlist_is_not() -> None:
    kiosk = {"welcome": "Selamat datang", "playlist": ["terms/t"]}
    fair = Exhibition.model_validate({"title": "P", "summary": "x", "date": "2006", "event": "Bazar", "kiosk": kiosk})
    english = translated(fair, said(Exhibition, kiosk={"welcome": "Welcome"}))
    assert english.kiosk is not None and (english.kiosk.welcome, english.kiosk.playlist) == ("Welcome", ("terms/t",))
    with pytest.raises(ValidationError):
        said(Exhibition, kiosk={"playlist": ["terms/u"]})


def test_a_fingerprint_is_twelve_digits_and_stays_the_same() -> None:
    term = Term.model_validate({"title": "KBP", "definition": "Komunitas"})
    assert fingerprint(term) == fingerprint(term.model_copy())
    assert fingerprint(term) == "97b088881038"


CHANGES: list[tuple[dict[str, object], bool]] = [
    ({"title": "Lain"}, True),
    ({"process": "Lain"}, True),
    ({"parties": ["lurah", "warga"]}, True),
    ({"follow_ups": [{"what": "lain"}]}, True),
    ({"replication": {"steps": ["satu", "tiga"]}}, True),
    ({"result": "Baru"}, True),
    ({"date": "2007"}, False),
    ({"status": "published"}, False),
    ({"sources": [{"title": "Lain"}]}, False),
    ({"participants": {"total": "4", "groups": ["ibu-ibu"]}}, False),
]


@pytest.mark.parametrize(("change", "is_other"), CHANGES, ids=lambda value: str(value))
def test_a_fingerprint_changes_with_what_would_be_translated(change: dict[str, object], is_other: bool) -> None:
    assert (fingerprint(activity(**change)) != fingerprint(activity())) is is_other


LoadSite = Callable[..., Loaded]
EDITION = "content/terms/kbp.en.yml"
TERM = "title: KBP\nstatus: published\ndefinition: Komunitas\n"


def editions(load_site: LoadSite, edition: str, term: str = TERM) -> tuple[Problem, ...]:
    return load_site({"content/terms/kbp.yml": term, EDITION: edition}).problems


def test_an_edition_of_another_version_is_a_warning_that_shows_the_right_one(load_site: LoadSite) -> None:
    now = fingerprint(Term.model_validate({"title": "KBP", "definition": "Komunitas"}))
    (problem,) = editions(load_site, "title: KBP\ntranslation_of: 0123456789ab\n")
    assert (problem.code, problem.severity, problem.line, problem.column) == ("K404", Severity.WARNING, 2, 17)
    assert problem.hint is not None and now in problem.hint.say("id")
    assert editions(load_site, f'title: KBP\ntranslation_of: "{now}"\n') == ()
    assert [p.code for p in editions(load_site, f'translation_of: "{now}"\n', TERM.replace("Komunitas", "Lain"))] == [
        "K404"
    ]


def test_a_loaded_record_speaks_english_where_it_was_translated(load_site: LoadSite) -> None:
    library = load_site(
        {"content/terms/kbp.yml": TERM, EDITION: "definition: Community\n", "content/site.en.yml": "title: Site\n"}
    ).library
    assert library is not None
    entry = library.get(Term, "kbp")
    assert entry is not None
    assert (entry.said("en").definition, entry.said("id").definition) == ("Community", "Komunitas")
    assert entry.said("en").title == "KBP" and entry.title == "KBP"
    assert library.site_entry.said("en").title == "Site"


def test_an_edition_with_faults_leaves_the_record_untranslated(load_site: LoadSite) -> None:
    loaded = load_site({"content/terms/kbp.yml": TERM, EDITION: "title: A\nstatus: published\n"})
    assert [problem.code for problem in loaded.problems] == ["K201"]
    assert loaded.library is not None
    entry = loaded.library.get(Term, "kbp")
    assert entry is not None and entry.translations == {}
