"""A kiosk holds what it is to show and what explains it, and nothing that is not public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kbp_site.content.library import Library
from kbp_site.content.problems import KbpError
from kbp_site.content.records.consents import ConsentScope
from kbp_site.content.records.exhibitions import Kiosk
from kbp_site.content.showing import may_show, photos_of
from kbp_site.kiosk.selection import find_exhibition, select, shown_first, slides


@pytest.fixture
def library(load_site: Callable[[str], Library]) -> Library:
    """Give the full site's library."""
    return load_site("full")


def test_an_exhibition_is_found_by_its_id(library: Library) -> None:
    for name in ("pameran-kemerdekaan", "exhibitions/pameran-kemerdekaan", "pameran-kemerdekaan.yml"):
        assert find_exhibition(library, name).id == "pameran-kemerdekaan"


def test_one_that_is_misspelt_is_asked_for(library: Library) -> None:
    with pytest.raises(KbpError) as caught:
        find_exhibition(library, "pameran-kemerdekan")
    assert 'mungkin maksudnya "pameran-kemerdekaan"' in caught.value.message.say("id")


def test_a_kiosk_holds_its_playlist_and_what_that_names(library: Library) -> None:
    exhibition = find_exhibition(library, "pameran-kemerdekaan")
    kiosk = select(library, exhibition)
    shown = {entry.key for entry in kiosk.public}
    stories = {key for key in shown if key[0] in {"activities", "study_visits", "exhibitions", "lessons"}}
    assert stories == {
        ("exhibitions", "pameran-kemerdekaan"),
        ("activities", "mediasi-parit"),
        ("lessons", "dengarkan-dahulu"),
    }
    assert {("roles", "pameran"), ("places", "kecamatan-hulu"), ("organizations", "pemkab-muara")} <= shown
    assert shown <= {entry.key for entry in library.public}
    assert [entry.id for entry in slides(library, exhibition)] == ["dengarkan-dahulu"]


def test_without_a_playlist_every_story_and_lesson_is_shown(library: Library) -> None:
    found = find_exhibition(library, "pameran-desember")
    assert found.record.kiosk is None
    first = shown_first(library, found)
    assert {entry.kind for entry in first} >= {"activities", "exhibitions", "lessons"}
    assert len(slides(library, found)) == min(5, len(first))


def test_what_is_not_public_is_named_in_vain(library: Library) -> None:
    found = find_exhibition(library, "pameran-kemerdekaan")
    kiosk = Kiosk(playlist=("activities/sudah-ditarik", "activities/mediasi-parit"))
    named: Any = replace(found, record=found.record.model_copy(update={"kiosk": kiosk}))
    assert [entry.id for entry in shown_first(library, named)] == ["mediasi-parit"]


@pytest.mark.parametrize(("scope", "count"), [(ConsentScope.WEB, 3), (ConsentScope.KIOSK, 3)])
def test_a_photo_is_shown_where_its_consent_holds(library: Library, scope: ConsentScope, count: int) -> None:
    entry = library.find("activities/mediasi-parit")
    assert entry is not None
    shown = library.limited([entry.key], scope)
    assert sum(may_show(shown, photo) for photo in photos_of(entry)) == count


def test_a_photo_is_hidden_beyond_its_consent(library: Library) -> None:
    entry = library.find("activities/mediasi-parit")
    consent = library.by_key["consents", "persetujuan-001"]
    web: Any = replace(consent, record=consent.record.model_copy(update={"scope": (ConsentScope.WEB,)}))
    entries = [web if each is consent else each for each in library.by_key.values()]
    narrow = Library(library.site_entry, entries, today=library.today, media=library.media)
    assert entry is not None
    recognisable = next(photo for photo in photos_of(entry) if photo.consent)
    assert may_show(narrow, recognisable)
    assert not may_show(narrow.limited([entry.key], ConsentScope.KIOSK), recognisable)
    assert not may_show(select(narrow, find_exhibition(narrow, "pameran-kemerdekaan")), recognisable)
