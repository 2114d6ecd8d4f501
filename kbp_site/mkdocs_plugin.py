"""MkDocs calls us here: we hand our pages to the host, set edit links, and pass problems on."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Literal

from markdown.extensions.toc import slugify
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as HostPage

from kbp_site.content.library import Library
from kbp_site.content.load import load
from kbp_site.content.markup import MARKDOWN_SETTINGS
from kbp_site.content.problems import KbpError, Problem, has_errors, print_text
from kbp_site.editing.admin import form_files
from kbp_site.locale import Language, language_named, text
from kbp_site.outputs.headers import POLICY
from kbp_site.outputs.media import copy_media, export_media
from kbp_site.outputs.open_data import tell_all
from kbp_site.outputs.redirects import Redirect, plan_redirects, targets_of
from kbp_site.pages.page import Page
from kbp_site.pages.plan import plan_pages
from kbp_site.site.build import expect, read_pages
from kbp_site.site.cache import cache_folder
from kbp_site.site.clock import read_clock
from kbp_site.site.documents import read_document
from kbp_site.site.figures import size_pictures
from kbp_site.site.frame import FRAME, GUARD, KEPT
from kbp_site.site.gate import judge_site
from kbp_site.site.host import THEME, own_folders
from kbp_site.site.last_release import judge_last_release
from kbp_site.site.prepare import PageFile, SiteSettings, keep_pages
from kbp_site.site.publish import MARKER, folder_name
from kbp_site.site.record_page import RecordPage
from kbp_site.site.search_index import copy_search, write_search
from kbp_site.site.shares import Share, whole
from kbp_site.site.worker import write_farewell, write_worker
from kbp_site.site.writing import (
    documents_of,
    folders_of,
    sitemap_of,
    write_beside,
    write_files,
    write_headers,
    write_outputs,
    write_redirects,
)

log = get_plugin_logger("kbp")

UNUSED = ("assets/javascripts/", "assets/stylesheets/")
"""Material's own scripts and styles, which its frame needs and ours does not."""


class Settings(Config):  # type: ignore[no-untyped-call]
    """What is about building alone: whether the site has the editors' form in `admin/`. All else is in `site.yml`."""

    admin = Type(bool, default=False)


class KbpPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Makes MkDocs build a community's records beside its hand-written pages.

    `kbp build` gives each worker's plugin its ``share``; without one the plugin reads the content
    itself and makes the whole site, outputs included.
    """

    share: Share | None = None

    def __init__(self) -> None:
        self.library: Library | None = None
        self.pages: tuple[Page, ...] = ()
        self.media: Mapping[str, Path] = {}
        self.is_serving = self.is_indexed = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview: its address is the preview's, not the site's."""
        self.is_serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the content (unless a share was given) and let the site's record name the site."""
        if self.share is None or self.library is not None:
            self.share = self._read(config)
        settings = self.share.settings
        config.site_name = settings.title
        config.site_description = settings.description or None
        if settings.url and not self.is_serving:
            config.site_url = settings.url if settings.url.endswith("/") else f"{settings.url}/"
        config.extra[FRAME] = settings.frame
        config.extra[KEPT] = {}
        config.extra[GUARD] = "" if self.is_serving else POLICY  # the host's own preview runs a script in the page
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        config.theme.static_templates.discard("sitemap.xml")
        if not self.share.is_first:
            config.theme.static_templates.clear()
        config.mdx_configs.update(MARKDOWN_SETTINGS)
        config.mdx_configs["toc"] = {**config.mdx_configs.get("toc", {}), "marker": "", "slugify": heading_id}
        return config

    def _read(self, config: MkDocsConfig) -> Share:
        """Read, check and plan the content; a preview with faults goes on showing what was sound last."""
        root, language = root_of(config), language_of(os.environ)
        try:
            loaded = load(root, today=read_clock(os.environ, root)).as_built()
        except KbpError as error:
            raise PluginError(error.message.say(language)) from error
        if loaded.library is None or has_errors(loaded.problems):
            return self._keep_showing(loaded.problems)
        pages = plan_pages(loaded.library)
        media = export_media(loaded.library, pages, cache_folder(root) / "images", jobs=os.cpu_count() or 1)
        if media.problems:
            return self._keep_showing(media.problems)
        if self.is_serving:
            log.info(text("{count} catatan terbit dibaca", count=len(loaded.library.public)).say(language))
        else:
            _refuse(judge_last_release(Path(config.site_dir), loaded.library))  # the host has not cleaned it yet
        self.library, self.pages, self.media = loaded.library, pages, media.files
        files = keep_pages(self.library, self.pages, self._kept(config, "pages"))
        return whole(SiteSettings.of(self.library, self.pages, Path(config.docs_dir)), files)

    def _kept(self, config: MkDocsConfig, what: str) -> Path:
        """Return the folder where pages or the search's documents are kept from build to build."""
        name = "preview" if self.is_serving else folder_name(Path(config.site_dir))
        return cache_folder(root_of(config)) / what / name

    def _keep_showing(self, problems: tuple[Problem, ...]) -> Share:
        """Go on with what was sound last in a preview; else the build ends (`PluginError`)."""
        told = print_text(problems, language_of(os.environ))
        if self.share is None or not self.is_serving:
            raise PluginError(told)
        log.error("\n%s", told)
        return self.share

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our pages; in a later share, leave out what the first one makes."""
        share = self._share()
        try:
            take_documents(files, Path(config.docs_dir))
        except KbpError as error:
            if self.library is None:
                raise  # `kbp build` tells it; of a plugin's error the host would tell it nothing
            raise PluginError(error.message.say(language_of(os.environ))) from error
        for file in list(files):
            is_unused = file.src_uri.startswith(UNUSED) and not config.theme.custom_dir
            if is_unused or (not share.is_first and not file.is_documentation_page()):
                files.remove(file)
            elif not share.is_first:
                file.inclusion = InclusionLevel.EXCLUDED
        listed = frozenset(folders_in(config.nav))
        for page in share.pages:
            file = generated(config, page, InclusionLevel.NOT_IN_NAV)
            files.append(file)
            if not page.is_section and page.uri.removesuffix(".md") not in listed:
                RecordPage(None, file, config)
        made = {page.uri for page in share.pages}
        for page in share.sections:
            if page.uri not in made:
                files.append(generated(config, page, InclusionLevel.EXCLUDED))
        return files

    def on_pre_page(self, page: HostPage, *, config: MkDocsConfig, files: Files) -> HostPage:
        """Let "sunting halaman ini" lead to the record or the hand-written page."""
        repository = self._share().settings.repository
        page.edit_url = None
        if repository and page.file.generated_by is None:
            page.edit_url = edit_address(repository, f"docs/{page.file.src_uri}")
        return page

    def on_page_markdown(self, markdown: str, *, page: HostPage, config: MkDocsConfig, files: Files) -> str:
        """Set a record's edit link, now that its front matter is read."""
        source = page.meta.get("kbp", {}).get("source")
        if source and (repository := self._share().settings.repository):
            page.edit_url = edit_address(repository, source)
        return markdown

    def on_page_content(self, html: str, *, page: HostPage, config: MkDocsConfig, files: Files) -> str:
        """Keep room free for the pictures of a hand-written page; ours have it from their templates."""
        if page.file.generated_by is not None or "<img " not in html:
            return html
        pictures = {file.dest_uri: file for file in files.media_files()}
        return size_pictures(html, page.url, lambda path: pictures[path].content_bytes if path in pictures else b"")

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what stands beside the pages, when we read the content ourselves."""
        if self.library is not None:
            out = Path(config.site_dir)
            self._index(self.library, config)
            write_outputs(out, self.library, tell_all(self.library))
            write_files(out, sitemap_of(self.library, self.pages, documents_of(Path(config.docs_dir))))
            try:
                copy_media(self.media, out)
            except KbpError as error:
                raise PluginError(error.message.say(language_of(os.environ))) from error
            redirects = plan_redirects(self.library)
            clashes = write_redirects(out, self.library, redirects)
            (out / MARKER).touch()
            if self.is_serving:
                write_farewell(out)
            else:
                _refuse(clashes)
                beside = form_files(self.library) if self.config.admin else {}
                write_worker(out, old=targets_of(redirects), aside=folders_of(beside))
                write_headers(out, self._share().settings.url, aside=folders_of(beside))
                self._judge(out, config, redirects)
                write_beside(out, beside)

    def _index(self, library: Library, config: MkDocsConfig) -> None:
        """Write the search index. A preview makes it once: an edit is to be seen at once, not to be found."""
        site, kept = Path(config.site_dir), self._kept(config, "search")
        if not self.is_indexed or not copy_search(kept, site):
            write_search(library, site, kept)
        self.is_indexed = self.is_serving

    def _judge(self, out: Path, config: MkDocsConfig, redirects: Sequence[Redirect]) -> None:
        """Let the gate read what the host made; its refusal ends the build."""
        assert self.library is not None, "pages are judged by the content that they were made of"
        wanted = expect(own_folders(config), self.library, self.pages, redirects, self.media)
        found = judge_site(out, out.name, read_pages(out), wanted)
        _refuse(tuple(found))

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watch the records too."""
        server.watch(str(root_of(config) / "content"))
        return server

    def _share(self) -> Share:
        assert self.share is not None, "on_config comes first"
        return self.share


def _refuse(problems: Sequence[Problem]) -> None:
    """End the host's build when any of the problems is an error."""
    if has_errors(problems):
        raise PluginError(print_text(problems, language_of(os.environ)))


def root_of(config: MkDocsConfig) -> Path:
    """Return the folder that `mkdocs.yml` stands in."""
    return Path(config.config_file_path).resolve().parent


def language_of(environment: os._Environ[str]) -> Language:
    """Return the language of messages that `KBP_LANG` names; Indonesian unless it is one of ours."""
    return language_named(environment.get("KBP_LANG", ""))


def take_documents(files: Files, docs: Path) -> None:
    """Let the host make the site of hand-written pages as they are now: it would follow links when it reads them.

    Raises `KbpError` for one that is reached by a link.
    """
    for file in files:
        if file.src_dir == str(docs):
            file.content_bytes = read_document(docs, file.src_uri)


def generated(config: MkDocsConfig, page: PageFile, inclusion: InclusionLevel) -> File:
    """Return a page of ours as the host knows files; records never enter the navigation."""
    return File.generated(config, page.uri, abs_src_path=str(page.path), inclusion=inclusion)


def folders_in(nav: object) -> Iterator[str]:
    """Yield every page of a navigation, as `mkdocs.yml` writes it, and every folder above one ("a/b.md" → a/b, a)."""
    if isinstance(nav, str):
        yield from (str(path) for path in (PurePosixPath(nav).with_suffix(""), *PurePosixPath(nav).parents))
    for inner in nav.values() if isinstance(nav, Mapping) else nav if isinstance(nav, list) else ():
        yield from folders_in(inner)


def heading_id(value: str, separator: str) -> str:
    """Return a prose heading's id; the prefix keeps it from taking a name that a script reads."""
    return f"bagian-{slugify(value, separator)}"


def edit_address(repository: str, path: str) -> str:
    """Return where a file of a repository is edited (GitHub's form, which GitLab and Forgejo redirect)."""
    return f"{repository.rstrip('/')}/edit/main/{path}"
