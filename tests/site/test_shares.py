"""A plan is cut so that every page is made once and no share grows with the site."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kbp_site.site.prepare import PageFile, SiteSettings
from kbp_site.site.shares import SHARE_LEAST, SHARE_LIMIT, cut, whole

SETTINGS = SiteSettings("Situs", "", "", "")


def files(pages: int, sections: int = 5) -> list[PageFile]:
    """Return so many pages and sections, mixed."""
    named = [(f"bagian-{number}/index.md", True) for number in range(sections)]
    named += [(f"kegiatan/cerita-{number}.md", False) for number in range(pages)]
    return [PageFile(name, Path(), is_section) for name, is_section in sorted(named, reverse=True)]


@pytest.mark.parametrize("jobs", [1, 2, 3, 64])
@pytest.mark.parametrize("pages", [0, 1, SHARE_LEAST, SHARE_LEAST + 1, 700, SHARE_LIMIT, SHARE_LIMIT + 1, 5500])
def test_every_page_is_made_once(pages: int, jobs: int) -> None:
    given = files(pages)
    shares = cut(SETTINGS, given, jobs=jobs)
    made = Counter(file.uri for share in shares for file in share.pages)
    assert made == Counter(file.uri for file in given)
    assert [share.is_first for share in shares] == [True] + [False] * (len(shares) - 1)
    for share in shares:
        assert len([file for file in share.pages if not file.is_section]) <= SHARE_LIMIT
        assert [file.uri for file in share.sections] == [file.uri for file in given if file.is_section]
        assert share.settings is SETTINGS


@pytest.mark.parametrize(
    ("pages", "jobs", "shares"),
    [
        (0, 4, 1),
        (SHARE_LEAST, 4, 1),
        (SHARE_LEAST + 1, 4, 2),
        (2 * SHARE_LEAST, 1, 1),
        (2 * SHARE_LEAST, 8, 2),
        (SHARE_LIMIT, 1, 1),
        (SHARE_LIMIT + 1, 1, 2),
        (10 * SHARE_LIMIT, 2, 10),
        (10 * SHARE_LIMIT + 1, 2, 12),
        (800, 4, 4),
    ],
)
def test_how_many_shares_there_are(pages: int, jobs: int, shares: int) -> None:
    assert len(cut(SETTINGS, files(pages), jobs=jobs)) == shares


def test_shares_are_about_equally_large() -> None:
    sizes = [len(share.pages) for share in cut(SETTINGS, files(1001, sections=0), jobs=4)]
    assert max(sizes) - min(sizes) <= 1


def test_sections_stand_in_the_first_share_alone() -> None:
    first, *others = cut(SETTINGS, files(1000), jobs=4)
    assert [file.uri for file in first.pages if file.is_section] == [file.uri for file in first.sections]
    assert not [file for share in others for file in share.pages if file.is_section]


def test_the_whole_site_is_one_share() -> None:
    given = files(3000)
    share = whole(SETTINGS, given)
    assert (share.pages, share.sections, share.is_first) == (tuple(given), (), True)
