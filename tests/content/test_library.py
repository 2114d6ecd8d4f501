"""What pages may ask: public records only, in a fixed order, with who refers to whom."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pytest

from kbp_site.content.library import Library, references
from kbp_site.content.load import Loaded
from kbp_site.content.records.activities import Activity
from kbp_site.content.records.consents import Consent
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.places import Place
from kbp_site.content.records.roles import Role
from kbp_site.content.records.terms import Term
from kbp_site.content.records.topics import Topic

TODAY = date(2026, 11, 23)
LoadSite = Callable[..., Loaded]


def library_of(loaded: Loaded) -> Library:
    assert loaded.library is not None
    return loaded.library


def activity(title: str, day: str, more: str = "", status: str = "published") -> str:
    return f"title: {title}\nsummary: x\nstatus: {status}\nkind: other\ndate: {day}\nprocess: x\n{more}"


def term(title: str, more: str = "", status: str = "published") -> str:
    return f"title: {title}\nstatus: {status}\ndefinition: x\n{more}"


def test_stories_come_from_new_to_old_and_undated_ones_last(load_site: LoadSite) -> None:
    days = {
        "a": "unknown",
        "b": "2005/2008",
        "c": "2006",
        "d": "2006-01-02",
        "e": "2010~",
        "f": "2006-08-17",
        "g": "2006-01-01",
    }
    files = {f"content/activities/{name}.yml": activity("Sama", day) for name, day in days.items()}
    visit = "title: V\nsummary: x\nstatus: published\ndate: 2007\nhost: kbp-contoh\nguests: [kbp-contoh]\n"
    library = library_of(
        load_site({**files, "content/study_visits/v.yml": visit}, remove=["content/activities/diskusi.yml"])
    )
    assert [entry.id for entry in library.of(Activity)] == ["e", "f", "d", "c", "g", "b", "a"]
    assert [entry.id for entry in library.stories] == ["e", "v", "f", "d", "c", "g", "b", "a"]


def test_roles_come_by_their_number_and_the_rest_by_title(load_site: LoadSite) -> None:
    files = {f"content/roles/r{n}.yml": f"title: R{n}\nstatus: published\nabout: x\norder: {9 - n}\n" for n in range(3)}
    files |= {
        f"content/terms/{name}.yml": term(title)
        for name, title in {"a": "zebra", "b": "Apel", "c": "apel", "d": "Bazar"}.items()
    }
    library = library_of(load_site(files))
    assert [entry.id for entry in library.of(Role)] == ["r2", "r1", "r0", "mediator"]
    assert [entry.id for entry in library.of(Term)] == ["b", "c", "d", "a"]


def test_the_order_does_not_depend_on_the_order_of_entries(load_site: LoadSite) -> None:
    library = library_of(load_site({f"content/terms/t{n}.yml": term("Sama") for n in range(20)}))
    entries = list(library.by_key.values())
    for seed in range(3):
        shuffled = Library(
            library.site_entry, random.Random(seed).sample(entries, len(entries)), today=TODAY, media=library.media
        )
        assert [entry.key for entry in shuffled.public] == [entry.key for entry in library.public]


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_only_published_records_are_public(status: str, load_site: LoadSite) -> None:
    library = library_of(load_site({"content/terms/t.yml": term("Rahasia", status=status)}))
    assert library.of(Term) == ()
    assert library.get(Term, "t") is None and library.find("terms/t") is None and library.named(Term, ["t"]) == ()
    assert "t" not in {entry.id for entry in library.public}
    assert library.by_key["terms", "t"].title == "Rahasia"


@pytest.mark.parametrize(
    ("today", "is_public"),
    [(date(2026, 11, 30), False), (date(2026, 12, 1), True), (date(2026, 12, 2), True), (date(1990, 1, 1), False)],
)
def test_a_record_is_held_back_until_its_day(today: date, is_public: bool, load_site: LoadSite) -> None:
    library = library_of(load_site({"content/terms/t.yml": term("Nanti", "publish_on: 2026-12-01\n")}, today=today))
    assert bool(library.of(Term)) is is_public
    assert (library.find("terms/t") is not None) is is_public


def test_a_consent_is_never_public(load_site: LoadSite) -> None:
    library = library_of(load_site({"content/consents/c.yml": "form: written\ngiven_on: 2026-01-01\nscope: [web]\n"}))
    entry = library.by_key["consents", "c"]
    assert isinstance(entry.record, Consent) and not entry.is_public(TODAY)
    assert (entry.kind, entry.title) == ("consents", "c")
    assert library.find("consents/c") is None
    assert "consents" not in {entry.kind for entry in library.public}


def test_records_are_found_by_kind_and_id(load_site: LoadSite) -> None:
    library = library_of(load_site({}))
    place = library.get(Place, "kota-contoh")
    assert place is not None and place.title == "Kota Contoh" and library.find("places/kota-contoh") is place
    assert library.get(Place, "kbp-contoh") is None and library.get(Place, None) is None
    assert library.find("kota-contoh") is None and library.find("") is None
    assert [entry.id for entry in library.named(Place, ["tidak-ada", "kota-contoh"])] == ["kota-contoh"]
    assert library.site.title == "KBP Contoh"


def test_every_reference_from_a_public_record_is_known_at_its_target(load_site: LoadSite) -> None:
    files = {
        "content/activities/baru.yml": activity(
            "Baru", "2020", "topics: [data-warga]\nrelated: [topics/data-warga, terms/t]\n"
        ),
        "content/activities/draf.yml": activity("Draf", "2021", "topics: [data-warga]\n", "draft"),
        "content/terms/t.yml": term("T", "related: [activities/baru]\n"),
        "content/terms/u.yml": term("U", "related: [topics/data-warga]\n"),
    }
    library = library_of(load_site(files))
    topic = library.get(Topic, "data-warga")
    assert topic is not None
    found = [(reference.origin.key, reference.location, reference.field) for reference in library.references_to(topic)]
    assert found == [
        (("activities", "baru"), ("topics", 0), "topics"),
        (("activities", "baru"), ("related", 0), "related"),
        (("activities", "diskusi"), ("topics", 0), "topics"),
        (("organizations", "kbp-contoh"), ("topics", 0), "topics"),
        (("terms", "u"), ("related", 0), "related"),
    ]
    assert [story.id for story in library.stories_of(topic)] == ["baru", "diskusi"]


def test_a_mention_in_related_or_the_kiosk_makes_no_story_of_a_record(load_site: LoadSite) -> None:
    fair = (
        "title: P\nsummary: x\nstatus: published\ndate: 2007\nevent: Bazar\norganizer: kbp-contoh\n"
        "kiosk: {playlist: [terms/t]}\nrelated: [terms/t]\n"
    )
    library = library_of(load_site({"content/terms/t.yml": term("T"), "content/exhibitions/p.yml": fair}))
    entry, owner = library.get(Term, "t"), library.get(Organization, "kbp-contoh")
    assert entry is not None and owner is not None
    assert {reference.field for reference in library.references_to(entry)} == {"kiosk", "related"}
    assert library.stories_of(entry) == ()
    assert [story.id for story in library.stories_of(owner)] == ["p", "diskusi"]


def test_nested_references_say_where_they_stand(load_site: LoadSite) -> None:
    more = "replication:\n  steps: [satu]\n  contact: kbp-contoh\n"
    library = library_of(load_site({"content/activities/a.yml": activity("A", "2006", more)}))
    entry = library.get(Activity, "a")
    assert entry is not None
    assert [(r.location, r.target) for r in references(entry)] == [
        (("replication", "contact"), ("organizations", "kbp-contoh"))
    ]
