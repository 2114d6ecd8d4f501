"""What a telephone is told that puts the site on its screen."""

from __future__ import annotations

import json
from urllib.parse import urljoin

from small_sites import SITE, MakeLibrary

from kbp_site.content.library import Library
from kbp_site.outputs.manifest import export_manifest
from kbp_site.pages.plan import plan_pages


def test_the_manifest_names_the_site(full: Library) -> None:
    manifest = json.loads(export_manifest(full))
    assert manifest["name"] == SITE["title"] and manifest["short_name"] == "KBP"
    assert (manifest["lang"], manifest["start_url"], manifest["display"]) == ("id", ".", "standalone")


def test_the_manifest_tells_the_site_from_others_on_its_host(make_library: MakeLibrary) -> None:
    assert json.loads(export_manifest(make_library({})))["id"] == "/situs/"
    homeless = {name: value for name, value in SITE.items() if name != "url"}
    assert "id" not in json.loads(export_manifest(make_library({}, site=homeless)))


def test_the_manifest_has_icons_of_both_sizes_and_one_that_may_be_cut(full: Library) -> None:
    icons = json.loads(export_manifest(full))["icons"]
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip


def test_the_shortcuts_lead_to_pages(full: Library) -> None:
    home = "https://kbp.example/situs/"
    pages = {home + page.address for page in plan_pages(full)}
    shortcuts = json.loads(export_manifest(full))["shortcuts"]
    assert len(shortcuts) == 3
    assert {urljoin(home, shortcut["url"]) for shortcut in shortcuts} <= pages
