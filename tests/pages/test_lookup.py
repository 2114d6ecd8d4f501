"""Single pages are those that the whole plan gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kbp_site.content.library import Library
from kbp_site.pages.lookup import Lookup, section_addresses
from kbp_site.pages.plan import plan_pages
from kbp_site.pages.render import render_page

LoadSite = Callable[[str], Library]


@pytest.mark.parametrize("site", ["full", "minimal"])
def test_every_page_is_found_at_its_address_as_it_is_planned(load_site: LoadSite, site: str) -> None:
    library = load_site(site)
    lookup = Lookup(library)
    for page in plan_pages(library):
        found = lookup.page(page.address)
        assert found is not None, page.address
        assert render_page(found) == render_page(page)


@pytest.mark.parametrize("address", ["kegiatan/tidak-ada/", "kegiatan", "en/kegiatan/", "xx/", "tentang/", "en/tidak/"])
def test_what_nobody_planned_is_not_found(load_site: LoadSite, address: str) -> None:
    assert Lookup(load_site("full")).page(address) is None


def test_the_sections_are_those_of_the_plan(load_site: LoadSite) -> None:
    library = load_site("full")
    planned = {page.address for page in plan_pages(library) if page.is_section}
    assert {address for language in library.languages for address in section_addresses(language)} == planned
    assert {page.address for page in Lookup(library).sections("en")} == set(section_addresses("en"))
