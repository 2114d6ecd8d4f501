"""A kiosk's pages: those of the website, in a frame of their own, with links that stay on the stick."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from posixpath import relpath
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kbp_site.content.library import Library
from kbp_site.content.markup import SCHEMES, to_html
from kbp_site.kiosk.carried import choose_picture, target_of
from kbp_site.kiosk.templates import fill
from kbp_site.locale import Language
from kbp_site.pages.page import Page
from kbp_site.pages.plan import plan_pages
from kbp_site.pages.render import render_page
from kbp_site.site.writing import html_name

FOLDER = "situs"

LEFT_OUT = frozenset({"home", "map", "search", "downloads", "offline"})
"""Templates of pages that need the network or a script, or that the screen has in another form."""

UNFIT = "script, template, noscript, .kbp-share, .kbp-stamp, .kbp-edit, .kbp-offline"
"""What a page of the website has for phones and paper."""

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
LARGEST = 10_000
"""Wider than any picture is."""

UNTRANSLATED = (("<!--kbp:id-->", '<div class="kbp-text" lang="id">'), ("<!--kbp:/-->", "</div>"))


@dataclass(frozen=True)
class Screen:
    """One page as it stands on the stick: where, its title, in which language, and its HTML."""

    file: str
    title: str
    language: Language
    page: Page
    html: str


@dataclass(frozen=True)
class Screens:
    """All pages of a kiosk, the files that they show, and the outside addresses that they speak of."""

    screens: tuple[Screen, ...]
    pictures: frozenset[str]
    outside: tuple[str, ...]


def file_of(page: Page) -> str:
    """Return where a page stands on the stick ("situs/kegiatan/x.html")."""
    return f"{FOLDER}/{page.address.rstrip('/')}.html"


def kind_of(page: Page) -> str:
    """Return which kind of page it is ("story")."""
    return page.template.partition(".")[0]


def plan_screens(library: Library, languages: Sequence[Language]) -> tuple[Page, ...]:
    """Return the pages that a kiosk shows, in the order of the website."""
    return tuple(page for page in plan_pages(library) if page.language in languages and kind_of(page) not in LEFT_OUT)


def make_screens(pages: Iterable[Page], media: Iterable[str]) -> Screens:
    """Make the pages of records, and those that they lead to; ``media`` are the pictures that there are on the site."""
    maker = _Maker({html_name(page.file): page for page in pages}, frozenset(media))
    waiting = [page for page in maker.planned.values() if page.source]
    while waiting:
        page = waiting.pop()
        if page.address not in maker.made:
            waiting += maker.make(page)
    made = tuple(maker.made[page.address] for page in maker.planned.values() if page.address in maker.made)
    return Screens(made, frozenset(maker.pictures), tuple(sorted(maker.outside)))


class _Maker:
    """Makes pages, and gathers what they show and speak of."""

    def __init__(self, planned: Mapping[str, Page], media: frozenset[str]) -> None:
        self.planned = planned
        self.media = media
        self.made: dict[str, Screen] = {}
        self.pictures: set[str] = set()
        self.outside: set[str] = set()

    def make(self, page: Page) -> list[Page]:
        """Make a page; returns those that it leads to."""
        tree = LexborHTMLParser(body_of(page))
        for node in tree.css(UNFIT):
            node.decompose()
        led_to = [there for node in tree.css("a") if (there := self._lead(node, page))]
        for node in tree.css("picture"):
            self._show(node, page)
        body = (tree.body.inner_html if tree.body else None) or ""
        self.made[page.address] = Screen(file_of(page), page.title, page.language, page, _frame(page, body))
        return led_to

    def _lead(self, link: LexborNode, page: Page) -> Page | None:
        """Let a link lead to a page of the stick or to a code to scan; one that leads nowhere here becomes words."""
        href = link.attributes.get("href") or ""
        if href.startswith("#"):
            return None
        if urlsplit(href).scheme in SCHEMES:
            self.outside.add(href)
            for name in [name for name in link.attributes if name not in {"class", "lang"}]:
                del link.attrs[name]
            link.attrs["data-out"], link.attrs["role"], link.attrs["tabindex"] = href, "link", "0"
            return None
        there = self.planned.get(target_of(html_name(page.file), href) or "")
        if there is None:
            link.unwrap()
            return None
        target = _from(page, file_of(there)) if there is not page else ""
        _, hash_, anchor = href.partition("#")
        link.attrs["href"] = f"{target}{hash_}{anchor}"
        return there

    def _show(self, picture: LexborNode, page: Page) -> None:
        """Show a picture as wide as there is: a stand's screen is large."""
        image = choose_picture(picture, LARGEST)
        if image is None:
            return
        found = target_of(html_name(page.file), image.attributes["src"] or "")
        if found not in self.media:
            picture.decompose()
            return
        self.pictures.add(found)
        if "loading" in image.attributes:
            del image.attrs["loading"]
        image.attrs["src"] = _from(page, f"{FOLDER}/{found}")


def body_of(page: Page) -> str:
    """Return the HTML of a page's Markdown, by the rules of the website."""
    html = to_html(FRONT_MATTER.sub("", render_page(page), count=1))
    for mark, element in UNTRANSLATED:
        html = html.replace(mark, element)
    return html


def _from(page: Page, file: str) -> str:
    """Return the relative address of a file of the stick from a page."""
    return relpath(file, file_of(page).rpartition("/")[0])


def _frame(page: Page, body: str) -> str:
    return fill(
        "page.html.jinja", page=page, body=body, kind=kind_of(page), assets=_from(page, "kios"), file=file_of(page)
    )
