"""The web form's settings: what Sveltia CMS must know of our records, made from the models.

Indonesian only, like the guide. Its own JSON Schema (`schema/sveltia-cms.json` of its package) proves them valid.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from kbp_site.content.records import KINDS, Site
from kbp_site.content.records.base import Kind
from kbp_site.content.records.values import ID_LIMIT
from kbp_site.editing.form_fields import MEDIA, form_fields

PHOTO_SIDE, PHOTO_BYTES = 2000, 20_000_000
"""Pictures are made smaller and anew in the browser, so that no place or time is left in them (editors' design)."""

ICONS = {
    "activities": "volunteer_activism",
    "study_visits": "directions_walk",
    "exhibitions": "storefront",
    "lessons": "lightbulb",
    "allocations": "payments",
    "organizations": "groups",
    "places": "place",
    "roles": "badge",
    "terms": "menu_book",
    "topics": "label",
    "observances": "event",
    "consents": "verified_user",
}


def form_settings(site: Site | None) -> dict[str, Any]:
    """Return the settings of a site's form; without a sound record of the site, those of local work alone."""
    languages = [language.value for language in site.languages] if site else ["id"]
    settings: dict[str, Any] = {
        "backend": backend(site.repository if site else None),
        "app_title": f"Formulir {site.title}" if site else "Formulir catatan",
        "media_folder": MEDIA.lstrip("/"),
        "public_folder": "/",
        "media_libraries": {
            "default": {
                "config": {
                    "max_file_size": PHOTO_BYTES,
                    "slugify_filename": True,
                    "transformations": {
                        "raster_image": {"format": "webp", "quality": 85, "width": PHOTO_SIDE, "height": PHOTO_SIDE}
                    },
                }
            }
        },
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": ID_LIMIT - 4},
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "none", "indent_sequences": True}},
        "editor": {"preview": False},
        "show_preview_links": False,
        "collections": [collection(kind, has_editions=len(languages) > 1) for kind in KINDS],
    }
    if site and site.url:
        settings |= {"site_url": site.url, "display_url": site.url}
    if len(languages) > 1:
        settings["i18n"] = {
            "structure": "multiple_files",
            "locales": languages,
            "default_locale": "id",
            "initial_locales": "default",
            "omit_default_locale_from_file_path": True,
        }
    return settings


def backend(repository: str | None) -> dict[str, str]:
    """Return where the form saves: the site's repository. Work in a folder of this computer is always offered."""
    parts = urlsplit(repository or "")
    repo = parts.path.strip("/").removesuffix(".git")
    if parts.hostname in {"github.com", "gitlab.com"}:
        return {"name": parts.hostname.partition(".")[0], "repo": repo, "branch": "main"}
    if parts.hostname and repo:
        return {"name": "gitea", "base_url": f"{parts.scheme}://{parts.netloc}", "repo": repo, "branch": "main"}
    return {"name": "github", "repo": "komunitas/situs", "branch": "main"}


def collection(kind: type[Kind], *, has_editions: bool) -> dict[str, Any]:
    """Return the form of a kind's records: their folder, their name from the title, their fields."""
    has_title = "title" in kind.model_fields
    made: dict[str, Any] = {
        "name": kind.FOLDER,
        "label": kind.LABEL.say("id"),
        "label_singular": kind.LABEL_ONE.say("id"),
        "icon": ICONS[kind.FOLDER],
        "folder": f"content/{kind.FOLDER}",
        "extension": "yml",
        "format": "kbp",
        "identifier_field": "title" if has_title else next(iter(kind.model_fields)),
        "slug": {"template": "{{title}}" if has_title else NAMELESS, "editable": ["create"]},
        "summary": "{{title}}" if has_title else "{{slug}}",
        "fields": form_fields(kind, has_editions=has_editions and has_title),
    }
    if has_editions and has_title:
        made["i18n"] = True
    if "status" in kind.model_fields:
        made["view_filters"] = [
            {"label": "Draf", "field": "status", "pattern": "draft"},
            {"label": "Sedang diperiksa", "field": "status", "pattern": "review"},
        ]
    return made


NAMELESS = "persetujuan-{{given_on}}"
"""The name of a consent's file: it has no title, and names nobody."""
