"""What prose may contain: rendered as the host renders it, walked, and refused where it says more.

Python-Markdown's rules are those of `mkdocs.yml`; nh3 is the second opinion. Nothing is ever cleaned
in silence: what may not stay is told with the words it stands in (K206 links, K207 markup).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import urlsplit

import markdown
import nh3

from kbp_site.content.problems import Fault
from kbp_site.locale import Text, text

MARKDOWN_EXTENSIONS = ("tables", "fenced_code")
"""The host's Markdown extensions that change what prose can say (MkDocs always loads these)."""

MARKDOWN_SETTINGS: Mapping[str, dict[str, object]] = {"tables": {"use_align_attribute": True}}
"""Cells say by an attribute how they are aligned: a style in the page is refused by the site's policy."""

ALLOWED = frozenset(
    [
        "p",
        "ul",
        "ol",
        "li",
        "em",
        "strong",
        "a",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "h3",
        "h4",
        "h5",
        "h6",
        "br",
        "hr",
        "code",
    ]
)
SCHEMES = frozenset({"https", "http", "mailto", "tel"})
ATTRIBUTES = {"a": {"href", "title"}, "th": {"align"}, "td": {"align"}, "ol": {"start"}}

PLAIN = re.compile(r"[^<\[\]`~!&\\#=\t]*")
"""Text without these marks holds nothing but paragraphs, lists, quotes, emphasis and rules."""

PARAGRAPHS = re.compile(r"[^<>\[\]`~!&\\#=\t|*+]*")
BEGUN = re.compile(r"\n(?: {4}| +[-\d]|-(?! [^\W\d_])|\d(?!\d*[.)]? [^\W\d_]))")
"""Most texts are paragraphs and short lists: none of these marks, and no line that begins in another way."""

INDENTED = re.compile(r"^(?: {4,}|\t)", re.MULTILINE)
UNDERLINE = re.compile(r"^ {0,3}-+[ ]*$", re.MULTILINE)
WITHIN = re.compile(r"^ *(?:>|(?:[*+-]|\d+[.)])(?: {2}| *$| (?:[>*+-]|\d+[.)])))", re.MULTILINE)
"""Where code or a heading may stand within a quote or an item: such texts are rendered and walked."""

TAG = re.compile(r"<[A-Za-z/!?][^\s>]*>?")
OPENING = r"^(?:[ \t]|>|[*+-][ \t]|\d+[.)][ \t])*"
"""How a line may begin before its words: as a quote, an item, and any mixture of them."""

DEFINITION = re.compile(OPENING + r"\[[^\]\n]*\]:\s*(\S*)", re.MULTILINE)
FENCE = re.compile(OPENING + r"(?:```|~~~)", re.MULTILINE)
REFERENCE = re.compile(r"&#(?!\d{1,7};|[xX][0-9a-fA-F]{1,6};)")
MANY_BLANKS = " " * 200
BLANKS = re.compile(r"[ \t]{200,}")
CELLS = re.compile(r"^(?:[^|\n]*\|){41}", re.MULTILINE)
"""What reaches beyond its own text once texts stand on one page, or makes Markdown's reader slow."""

NOISE = re.compile(r"[\x00-\x20\x7f]")

MAX_BRACKETS, MAX_LOOSE_LINKS = 20, 100
NESTED = re.compile(r"^(?:(?: {4}|\t){9}|(?:[ \t]*(?:>|[*+-][ \t]|\d+[.)][ \t])){9})", re.MULTILINE)
BRACKET = re.compile(r"[\[\]]|\n[ \t]*\n")
LOOSE_LINK = re.compile(r"""\]\((?![^()\s"'\\]*\))""")
"""What makes Markdown's reader slow or exhausts its stack: deep nesting, and brackets left open."""

PROSE_BYTES, PROSE_LINES = 64 * 1024, 2_000
"""How long a text may be. Markdown's reader cuts headings, rules and tables off a text one by one, so its time grows
with the square of the lines: 16,000 rules took it a minute."""

MARKUP_HINT = text("pakai paragraf, daftar, penekanan, tautan, kutipan, tabel, atau judul mulai dari ###")


MAX_MARKS, MAX_ESCAPES = 1000, 10_000

BEYOND = (
    (
        FENCE,
        text("tanda ``` atau ~~~ di awal baris membuat kode komputer"),
        text("hapus tanda itu dari awal baris"),
    ),
    (REFERENCE, text("tanda &# tidak diikuti nomor huruf"), text('tulis "dan", atau beri spasi di antara & dan #')),
    (BLANKS, text("terlalu banyak spasi berturut-turut"), text("sisakan satu spasi")),
    (CELLS, text("satu baris punya terlalu banyak sel tabel"), text("pakai paling banyak 40 sel dalam satu baris")),
)


def judge_prose(prose: str) -> list[Fault]:
    """Return every fault of a prose value, in reading order; none for what is allowed."""
    if length := judge_length(prose):
        return [Fault("K204", length, text("pecah menjadi beberapa catatan"))]
    if PARAGRAPHS.fullmatch(prose) and not BEGUN.search(f"\n{prose}") and MANY_BLANKS not in prose:
        return []
    if nested := NESTED.search(prose):
        fault = Fault("K207", text("baris ini bertingkat terlalu dalam"), text("pakai paling banyak delapan tingkat"))
        return [replace(fault, needle=nested.group())]
    beyond = list(_beyond(prose))
    if any(fault.code == "K207" for fault in beyond):
        return beyond
    if PLAIN.fullmatch(prose) and not any(mark.search(prose) for mark in (INDENTED, UNDERLINE, WITHIN)):
        return []
    tags = [
        Fault(
            "K207",
            text('tanda HTML "{tag}" tidak diterima', tag=found.group()),
            text("hapus tanda itu; tanda < dan > tidak dipakai untuk memberi bentuk"),
            needle=found.group(),
        )
        for found in TAG.finditer(prose)
    ]
    if tags:
        return list(dict.fromkeys([*beyond, *tags]))
    if _open_brackets(prose) > MAX_BRACKETS or len(LOOSE_LINK.findall(prose)) > MAX_LOOSE_LINKS:
        return [Fault("K207", text("terlalu banyak kurung yang tidak ditutup"), text("tutup atau hapus kurungnya"))]
    html = to_html(prose)
    walker = _Walker(prose)
    walker.feed(html)
    walker.close()
    told = {fault.needle for fault in beyond}
    faults = beyond + [fault for fault in walker.faults if fault.needle not in told]
    if not faults and _tags(html) != _tags(_cleaned(html)):
        faults.append(Fault("K207", text("bentuk teks ini tidak diterima"), MARKUP_HINT))
    return list(dict.fromkeys(faults))


def judge_length(prose: str) -> Text | None:
    """Say in what a text is longer than a page can show; ``None`` when it is not."""
    if len(prose.encode()) > PROSE_BYTES:
        return text("teks ini lebih dari {limit} KB", limit=PROSE_BYTES // 1024)
    if prose.count("\n") >= PROSE_LINES:
        return text("teks ini lebih dari {limit} baris", limit=PROSE_LINES)
    return None


def to_html(words: str) -> str:
    """Return Markdown as the host makes HTML of it."""
    return markdown.markdown(words, extensions=list(MARKDOWN_EXTENSIONS), extension_configs=MARKDOWN_SETTINGS)


def _beyond(prose: str) -> Iterator[Fault]:
    """Yield what would reach into other texts of the page (definitions, fences), or what no text needs."""
    for found in DEFINITION.finditer(prose):
        yield Fault(
            "K206",
            text('alamat tautan "{link}" ditulis terpisah dari tautannya', link=found.group(1)),
            text("tulis alamatnya langsung: [tulisan](https://contoh.id/berita)"),
            needle=found.group(1),
        )
    for pattern, message, hint in BEYOND:
        if first := pattern.search(prose):
            yield Fault("K207", message, hint, needle=first.group().strip().split("\n")[0][:40])
    if max(prose.count(mark) for mark in "[`") > MAX_MARKS or prose.count("\\") > MAX_ESCAPES:
        message = text("terlalu banyak kurung siku, tanda `, atau garis miring terbalik")
        yield Fault("K207", message, text("pecah menjadi beberapa catatan"))


def _open_brackets(prose: str) -> int:
    """Return how many square brackets stand open at once in a paragraph, at most."""
    depth = most = 0
    for found in BRACKET.finditer(prose):
        match found.group():
            case "[":
                depth += 1
                most = max(most, depth)
            case "]":
                depth = max(depth - 1, 0)
            case _:
                depth = 0
    return most


def judge_link(link: str, needle: str = "") -> Iterator[Fault]:
    """Tell whether a link in prose leads where a link may lead: a whole public address."""
    address = NOISE.sub("", link)
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    scheme, has_host = parts.scheme.lower(), bool(parts.hostname) and not parts.username
    fine = scheme in SCHEMES and (has_host or (scheme in {"mailto", "tel"} and bool(parts.path)))
    if not fine or address != link or "\\" in link:
        yield Fault(
            "K206",
            text('tautan "{link}" tidak diterima', link=link),
            text("tulis alamat lengkap, misalnya https://contoh.id/berita; untuk catatan lain pakai kolom related"),
            needle=needle or link,
        )


class _Walker(HTMLParser):
    """Walks rendered prose and gathers what may not be there."""

    def __init__(self, prose: str) -> None:
        super().__init__(convert_charrefs=True)
        self.prose = prose
        self.faults: list[Fault] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.faults.append(self._refuse(tag))
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()):
                if tag in ALLOWED:
                    self.faults.append(Fault("K207", text("bentuk teks ini tidak diterima"), MARKUP_HINT))
            elif name == "href":
                needle = value if value and value in self.prose else ""
                self.faults += judge_link(value or "", needle)

    def _refuse(self, tag: str) -> Fault:
        match tag:
            case "h1" | "h2":
                found = re.search(r"^ {0,3}(#{1,2}(?!#).*)$|^(.+)\n(?:=+|-+)\s*$", self.prose, re.MULTILINE)
                return Fault(
                    "K207",
                    text("judul tingkat ini dipakai oleh halaman sendiri"),
                    text("pakai ### untuk judul di dalam teks"),
                    needle=(found.group(1) or found.group(2)) if found else "",
                )
            case "img":
                return Fault(
                    "K207",
                    text("gambar tidak ditaruh di dalam teks"),
                    text("taruh gambar di kolom photos, lengkap dengan alt"),
                    needle="![",
                )
            case "pre":
                found = INDENTED.search(self.prose) or re.search(r"^(?:```|~~~)", self.prose, re.MULTILINE)
                line = self.prose[found.start() :].split("\n")[0].strip() if found else ""
                return Fault(
                    "K207",
                    text("baris ini terbaca sebagai kode komputer"),
                    text("hapus empat spasi atau tanda ``` di awal baris"),
                    needle=line,
                )
        return Fault("K207", text("bentuk teks ini tidak diterima"), MARKUP_HINT)


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(ALLOWED),
        attributes=ATTRIBUTES,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _tags(html: str) -> list[tuple[str, tuple[tuple[str, str | None], ...]]]:
    found: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []

    class Lister(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, tuple(pair for pair in attrs if pair[0] == "href")))

    lister = Lister()
    lister.feed(html)
    lister.close()
    return found
