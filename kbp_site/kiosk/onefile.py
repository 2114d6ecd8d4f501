"""Stories and lessons as one HTML file with all that it shows inside, small enough for a messenger (`kbp onefile`)."""

from __future__ import annotations

import base64
import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kbp_site.content.checks.privacy import allowed_contacts
from kbp_site.content.dates import parse_date
from kbp_site.content.library import Library
from kbp_site.content.load import load
from kbp_site.content.markup import SCHEMES
from kbp_site.content.problems import ExitCode, KbpError, Problem, has_errors
from kbp_site.content.records.consents import ConsentScope
from kbp_site.kiosk.carried import choose_picture, target_of
from kbp_site.kiosk.pages import UNFIT, body_of, kind_of
from kbp_site.kiosk.selection import find_exhibition, select
from kbp_site.kiosk.templates import ONEFILE, STYLE, fill
from kbp_site.locale import Language, Text, text
from kbp_site.outputs.images import read_kept
from kbp_site.outputs.media import export_media
from kbp_site.pages.page import Page, site_url
from kbp_site.pages.plan import plan_pages
from kbp_site.site.cache import cache_folder, remembered
from kbp_site.site.foreign import read_elements
from kbp_site.site.leaks import find_in_page
from kbp_site.site.publish import judge_place
from kbp_site.site.steps import Tell, timed
from kbp_site.site.writing import html_name

LIMIT = 2_000_000
"""Bytes that a file should have at most, for dear data and old phones; a larger one is made, and told."""

PICTURE = 400
"""How wide pictures are, in pixels: a phone's screen."""

GROUPS = {"story": text("Cerita"), "lesson": text("Pelajaran")}
"""The pages that are carried, by their templates, in this order."""

REFERRING = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls")
"""Attributes that name places of the same page, beside links."""


@dataclass(frozen=True)
class Part:
    """One story or lesson of the file: its anchor, what the list says of it, and its text."""

    anchor: str
    label: str
    title: str
    summary: str
    language: str
    kind: str
    html: str


@dataclass(frozen=True)
class Group:
    """Parts of one kind, under their heading."""

    anchor: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class OneFile:
    """What came of it: every problem, and the size of each file that was written."""

    problems: tuple[Problem, ...]
    files: Mapping[Path, int] = field(default_factory=dict)


def make_onefile(root: Path, exhibition: str, out: Path, *, today: date, jobs: int, tell: Tell) -> OneFile:
    """Write a file for each language into the folder ``out``: of what an exhibition chooses, or of all ("").

    Raises `KbpError` for the operator's mistakes and `OSError` when the system fails.
    """
    judge_place(out, root)
    with timed(tell, text("Membaca catatan")):
        loaded = load(root, today=today, memory=remembered(root), jobs=jobs).as_built()
    if loaded.library is None or has_errors(loaded.problems):
        return OneFile(loaded.problems)
    library, name = chosen(loaded.library, exhibition)
    with timed(tell, text("Membuat gambar")):
        # Of all that is public, with the website's own pictures: so they are made once, and none is forgotten.
        media = export_media(loaded.library, plan_pages(loaded.library), cache_folder(root) / "images", jobs=jobs)
    if media.problems:
        return OneFile((*loaded.problems, *media.problems))
    with timed(tell, text("Menyusun berkas")):
        made = {
            out / (f"{name}.html" if language == "id" else f"{name}.{language}.html"): compose(
                library, language, media.files
            )
            for language in library.languages
        }
        for html in made.values():
            judge_onefile(html, allowed_contacts(library.site))
    out.mkdir(parents=True, exist_ok=True)
    for path, html in made.items():
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(html)
        os.replace(beside, path)
    return OneFile(loaded.problems, {path: len(html) for path, html in made.items()})


def chosen(library: Library, exhibition: str) -> tuple[Library, str]:
    """Return the records that are carried, and what the file is called.

    What is sent by a messenger is as public as the website, and photos need the same consent.
    """
    if not exhibition:
        return library, library.site.organization
    found = find_exhibition(library, exhibition)
    return library.limited(select(library, found).only or (), ConsentScope.WEB), found.id


def compose(library: Library, language: Language, media: Mapping[str, Path]) -> bytes:
    """Return the file in a language; ``media`` are the site's pictures by their paths."""
    pages = [page for page in plan_pages(library) if page.language == language and kind_of(page) in GROUPS]
    maker = _Maker({html_name(page.file): page for page in pages}, media)
    groups = tuple(
        Group(f"bagian-{kind}", title.say(language), tuple(maker.part(page) for page in pages if kind_of(page) == kind))
        for kind, title in GROUPS.items()
    )
    script = (ONEFILE / "onefile.js").read_text(encoding="utf-8")
    html = fill(
        "onefile.html.jinja",
        language=language,
        site=library.site_entry.said(language),
        url=site_url(library) or "",
        day=parse_date(library.today.isoformat()).say(language),
        groups=[group for group in groups if group.parts],
        style=STYLE.read_text(encoding="utf-8") + (ONEFILE / "onefile.css").read_text(encoding="utf-8"),
        script=script,
        allowed=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        say=lambda name: WORDS[name].say(language),
    )
    return html.encode()


WORDS: Mapping[str, Text] = {
    "contents": text("Isi berkas ini"),
    "filter": text("Cari di berkas ini"),
    "found": text("{count} ditemukan", count="{count}"),
    "nothing": text("Belum ada yang cocok. Coba kata lain, atau sebagian katanya."),
    "close": text("Tutup, kembali ke daftar"),
    "as_of": text("Isi per"),
    "licence": text("Lisensi tulisan"),
    "newer": text("Yang terbaru ada di"),
    "whole": text("Seluruh isinya ada di dalam berkas ini: dapat dibaca dan diteruskan tanpa internet."),
}
"""What the file itself says, by the name that its template knows."""


def anchor_of(page: Page) -> str:
    """Return the name of a page's place in the file ("kegiatan-x")."""
    return page.address.strip("/").replace("/", "-")


class _Maker:
    """Makes parts of pages: links lead inside the file, and pictures stand in it."""

    def __init__(self, carried: Mapping[str, Page], media: Mapping[str, Path]) -> None:
        self.carried = carried
        self.media = media

    def part(self, page: Page) -> Part:
        """Return a page as a part of the file."""
        tree = LexborHTMLParser(body_of(page))
        for node in tree.css(UNFIT):
            node.decompose()
        own = tree.css_first(".kbp-hero h1")
        language = (own.attributes.get("lang") if own else "") or ""
        for node in tree.css(".kbp-hero > :not(figure)"):
            node.decompose()
        for node in tree.css(".kbp-hero"):
            if not node.css("figure"):
                node.decompose()
        for node in tree.css("picture"):
            self._show(node, page)
        for node in tree.css("a[href]"):
            self._lead(node, page)
        _drop_empty(tree)
        _set_apart(tree, anchor_of(page))
        body = (tree.body.inner_html if tree.body else None) or ""
        label, summary = str(page.context["label"]), str(page.context["summary"] or "")
        return Part(anchor_of(page), label, page.title, summary, language, kind_of(page), body)

    def _show(self, picture: LexborNode, page: Page) -> None:
        image = choose_picture(picture, PICTURE)
        if image is None:
            return
        file = self.media[target_of(html_name(page.file), image.attributes["src"] or "") or ""]
        image.attrs["src"] = f"data:image/webp;base64,{base64.b64encode(read_kept(file)).decode()}"

    def _lead(self, link: LexborNode, page: Page) -> None:
        """Let a link lead to a part of the file or out of it; one that leads elsewhere on the site becomes words."""
        href = link.attributes["href"] or ""
        if href.startswith("#") or urlsplit(href).scheme in SCHEMES:
            return
        there = self.carried.get(target_of(html_name(page.file), href) or "")
        if there is not None:
            link.attrs["href"] = f"#{anchor_of(there)}"
        elif link.parent is not None and link.parent.tag == "li":
            link.parent.decompose() if _is_list_of_links(link.parent) else link.unwrap()
        else:
            link.unwrap()


def _is_list_of_links(item: LexborNode) -> bool:
    """Whether an item stands in a list that only leads on, and says nothing itself."""
    names = ((item.parent.attributes.get("class") if item.parent else "") or "").split()
    return bool({"kbp-next", "kbp-links"} & set(names))


def _drop_empty(tree: LexborHTMLParser) -> None:
    """Remove lists of which nothing is left, and the headings above them."""
    for node in tree.css("ul.kbp-next, ul.kbp-links"):
        if node.css("li"):
            continue
        before = node.prev
        while before is not None and before.tag == "-text" and not before.text(strip=True):
            before = before.prev
        if before is not None and before.tag in {"h2", "h3"}:
            before.decompose()
        node.decompose()


def _set_apart(tree: LexborHTMLParser, anchor: str) -> None:
    """Give every place in a part a name that no other part has, and headings their rank below the part's own."""
    for node in tree.css("[id]"):
        node.attrs["id"] = f"{anchor}--{node.attributes['id']}"
    for name in REFERRING:
        for node in tree.css(f"[{name}]"):
            node.attrs[name] = " ".join(f"{anchor}--{one}" for one in (node.attributes[name] or "").split())
    for node in tree.css("a[href^='#']"):
        target = (node.attributes["href"] or "")[1:]
        if tree.css_first(f"[id='{anchor}--{target}']"):
            node.attrs["href"] = f"#{anchor}--{target}"
    for rank, tag in ((4, "h2"), (5, "h3"), (6, "h4")):
        for node in tree.css(tag):
            node.attrs["aria-level"] = str(rank)


def judge_onefile(html: bytes, allowed: frozenset[str]) -> None:
    """Read a made file as a stranger would; raises `KbpError` at what it lacks, loads, or must not say."""
    if reason := next(iter(_faults(html, allowed)), None):
        message = text("berkas tidak jadi dibuat: {reason}. Laporkan kepada pembuat program", reason=reason)
        raise KbpError(message, exit_code=ExitCode.CONTENT)


def _faults(html: bytes, allowed: frozenset[str]) -> Iterator[Text]:
    tree = LexborHTMLParser(html)
    elements = read_elements(tree)
    counted = Counter(element.attributes["id"] for element in elements if "id" in element.attributes)
    yield from (text('nama bagian "{name}" dipakai dua kali', name=name) for name, n in counted.items() if n > 1)
    for element in elements:
        for name, value in element.attributes.items():
            address = (value or "").strip()
            if name == "href" and element.tag == "a":
                is_sound = address[1:] in counted if address.startswith("#") else urlsplit(address).scheme in SCHEMES
            elif name in {"href", "src", "srcset", "action", "poster", "data", "xlink:href"}:
                is_sound = name == "src" and element.tag == "img" and address.startswith("data:image/")
            else:
                continue
            if not is_sound:
                yield text('menuju ke yang tidak ada: "{address}"', address=address[:80])
    for node in tree.css("style, script, img"):  # long rows of letters and numbers, and nobody's
        node.decompose()
    for finding in find_in_page((tree.html or "").encode(), read_elements(tree)):
        if not finding.may_stand(allowed):
            yield finding.message
