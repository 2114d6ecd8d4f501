"""The same pages for any other host: `docs/`, the generated Markdown, and settings without our plugin."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from kbp_site.content.load import load
from kbp_site.content.problems import Problem, has_errors
from kbp_site.outputs.export import export_all
from kbp_site.outputs.media import copy_media, export_media
from kbp_site.outputs.redirects import plan_redirects
from kbp_site.pages.plan import plan_pages
from kbp_site.site.cache import cache_folder
from kbp_site.site.documents import read_document
from kbp_site.site.host import THEME, read_settings
from kbp_site.site.prepare import SiteSettings, write_pages
from kbp_site.site.publish import folder_name, judge_out, locked, publish, staged
from kbp_site.site.search_index import write_search
from kbp_site.site.settings import derive_settings
from kbp_site.site.writing import write_files, write_redirects

REPLACED = frozenset({"sitemap.xml", "robots.txt"})
"""Outputs that a host makes itself."""


def render_tree(root: Path, out: Path, *, today: date) -> tuple[Problem, ...]:
    """Write a tree that stock MkDocs builds without our plugin; nothing changes when content has errors.

    Raises `KbpError` for the operator's mistakes and `OSError` when the system fails.
    """
    judge_out(out, root)
    read_settings(root / "mkdocs.yml", out=out / "site")
    loaded = load(root, today=today).as_built()
    if loaded.library is None or has_errors(loaded.problems):
        return loaded.problems
    pages, cache = plan_pages(loaded.library), cache_folder(root)
    media = export_media(loaded.library, pages, cache / "images", jobs=1)
    if media.problems:
        return (*loaded.problems, *media.problems)
    with locked(cache / "locks", out), staged(out) as folder:
        tree = folder / "tree"
        docs = tree / "docs"
        copy_docs(root / "docs", docs)
        write_pages(loaded.library, pages, docs)
        outputs = export_all(loaded.library, pages)
        write_files(docs, {name: data for name, data in outputs if name not in REPLACED})
        copy_media(media.files, docs)
        write_search(loaded.library, docs, cache / "search" / folder_name(out))
        if clashes := write_redirects(docs, loaded.library, plan_redirects(loaded.library)):
            return (*loaded.problems, *clashes)
        shutil.copytree(THEME, tree / "theme")
        settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
        (tree / "mkdocs.yml").write_text(
            derive_settings(settings, SiteSettings.of(loaded.library, pages, root / "docs")),
            encoding="utf-8",
            newline="\n",
        )
        publish(tree, out)
    return loaded.problems


def copy_docs(docs: Path, target: Path) -> None:
    """Copy the hand-written pages; a link among them is refused (`KbpError`)."""
    paths = (path for path in sorted(docs.rglob("*")) if path.is_symlink() or path.is_file())
    names = (path.relative_to(docs).as_posix() for path in paths)
    write_files(target, {name: read_document(docs, name) for name in names})
