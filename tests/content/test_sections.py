"""No old path takes the place of a page of the site's own, in whatever language its address is."""

from __future__ import annotations

import pytest

from kbp_site.content.sections import SECTIONS, in_indonesian, is_own
from kbp_site.locale import LANGUAGES
from kbp_site.pages.plan import CHAPTERS


@pytest.mark.parametrize(
    ("path", "is_sites"),
    [
        ("tahun/2006", True),
        ("kegiatan/hal/2", True),
        ("kegiatan/jenis/x", True),
        ("kegiatan/x", False),
        ("x/hal", False),
    ],
)
def test_what_is_made_below_a_section_is_the_sites_own(path: str, is_sites: bool) -> None:
    assert is_own(path) is is_sites


def test_the_plan_has_no_other_sections() -> None:
    assert {section for chapter in CHAPTERS for section in chapter.sections} <= SECTIONS


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("kegiatan/x", "kegiatan/x"),
        ("en/activities/x", "kegiatan/x"),
        ("en", ""),
        ("en/about", "tentang"),
        ("en/other/x", "other/x"),
        ("english/activities", "english/activities"),
    ],
)
def test_a_path_by_its_english_address(address: str, path: str) -> None:
    assert in_indonesian(address, LANGUAGES) == path
    assert in_indonesian(address, ["id"]) == address
