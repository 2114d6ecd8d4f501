"""Settings for a host without our plugin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from copies import PROJECT

from kbp_site.site.prepare import SiteSettings
from kbp_site.site.settings import derive_settings

SITE = SiteSettings("KBP: Muara", "Semboyan # kami", "https://kbp.example/", "https://git.example/x")


def derived(settings: str, site: SiteSettings = SITE) -> Any:
    """Return derived settings as the host reads them."""
    return yaml.safe_load(derive_settings(settings, site))


def test_the_record_names_the_site() -> None:
    found = derived("site_name: Lain\n")
    assert found["site_name"] == "KBP: Muara"
    assert found["site_description"] == "Semboyan # kami"
    assert found["site_url"] == "https://kbp.example/"


def test_what_the_record_does_not_say_is_left_out() -> None:
    found = derived("site_name: Lain\n", SiteSettings("Situs", "", "", ""))
    assert "site_url" not in found and "site_description" not in found


def test_the_tree_needs_nothing_of_ours() -> None:
    settings = "site_name: x\nplugins: [kbp, search]\nhooks: [hook.py]\ndocs_dir: lain\nsite_dir: publik\n"
    found = derived(settings)
    assert found["plugins"] == []
    assert "hooks" not in found
    assert (found["docs_dir"], found["site_dir"]) == ("docs", "site")


def test_navigation_theme_and_validation_stay() -> None:
    found = derived(Path(PROJECT, "mkdocs.yml").read_text("utf-8"))
    original = yaml.safe_load(Path(PROJECT, "mkdocs.yml").read_text("utf-8"))
    assert found["nav"] == original["nav"]
    assert found["validation"] == original["validation"]
    assert found["theme"] == {**original["theme"], "custom_dir": "theme"}


@pytest.mark.parametrize("theme", ["theme: material", "theme: {name: material}"])
def test_a_theme_may_be_named_in_one_word(theme: str) -> None:
    assert derived(f"site_name: x\n{theme}\n")["theme"] == {"name": "material", "custom_dir": "theme"}


def test_a_theme_is_named_even_where_the_settings_do_not() -> None:
    assert derived("site_name: x\n")["theme"] == {"name": "mkdocs", "custom_dir": "theme"}


@pytest.mark.parametrize(
    "line",
    [
        "extra: {generator: !!python/name:os.system }",
        "extra: !!python/object/apply:os.system ['touch dibobol']",
        "site_author: !ENV [PENULIS, kami]",
        "site_author: !ENV PENULIS",
    ],
)
def test_tags_are_kept_out_and_never_obeyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.chdir(tmp_path)
    found = derived(f"site_name: x\n{line}\ncopyright: tetap\n")
    assert found["copyright"] == "tetap"
    assert list(tmp_path.iterdir()) == []
