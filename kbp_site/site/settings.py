"""Settings for a host without our plugin, derived from a site's own `mkdocs.yml`."""

from __future__ import annotations

import yaml

from kbp_site.content.markup import MARKDOWN_SETTINGS
from kbp_site.outputs.headers import POLICY
from kbp_site.site.frame import FRAME, GUARD
from kbp_site.site.prepare import SiteSettings

HOST_THEME = "mkdocs"
"""The theme of settings that name none."""


class PlainLoader(yaml.CSafeLoader):
    """Reads settings as plain data: what a tag would make or run is left empty."""


PlainLoader.add_constructor(None, lambda loader, node: None)


def derive_settings(settings: str, site: SiteSettings) -> str:
    """Return `mkdocs.yml` for a host without our plugin.

    ``settings`` is trusted code (an operator's `mkdocs.yml`), read as plain data: its tags are kept out.
    Navigation, theme and validation stay; the site's record gives name, description and address.
    """
    read = yaml.load(settings, Loader=PlainLoader)
    theme = read.get("theme") or HOST_THEME
    derived = {
        **read,
        "site_name": site.title,
        "docs_dir": "docs",
        "site_dir": "site",
        "theme": {**({"name": theme} if isinstance(theme, str) else theme), "custom_dir": "theme"},
        "plugins": [],
        "not_in_nav": "*.md\n",
        "markdown_extensions": [{"toc": {"marker": ""}}, dict(MARKDOWN_SETTINGS)],
    }
    derived.pop("hooks", None)
    derived["extra"] = {**(read.get("extra") or {}), FRAME: dict(site.frame), GUARD: POLICY}
    if site.description:
        derived["site_description"] = site.description
    if site.url:
        derived["site_url"] = site.url
    dumped: str = yaml.dump(derived, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    return dumped
