"""What a Word file holds, counted by a reader of its own: so that nothing gets lost on the way without being told."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from xml.etree import ElementTree

from kbp_site.content.archives import read_part
from kbp_site.editing.imports.plain import clean, conceal
from kbp_site.editing.imports.report import Fate, Report
from kbp_site.locale import Text, text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
GONE = {f"{W}del", f"{W}moveFrom"}
BREAKS = {f"{W}tab", f"{W}br", f"{W}cr"}
STORIES = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
OBJECTS = re.compile(r"word/(?:charts|diagrams|embeddings)/[^/]+\.(?:xml|bin|xlsx|docx|pptx)")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: the part that it stands in, its number there, its words, and words that were struck out."""

    part: str
    number: int
    words: str
    deleted: str
    is_cell: bool


def read_paragraphs(archive: zipfile.ZipFile) -> Iterator[Paragraph]:
    """Yield every paragraph with words of a Word file, part by part."""
    for name in sorted(archive.namelist()):
        if found := STORIES.fullmatch(name):
            try:
                root = ElementTree.fromstring(read_part(archive, name))
            except ElementTree.ParseError:
                continue
            yield from _in_part(found.group(1).rstrip("0123456789"), root)


def _in_part(part: str, root: ElementTree.Element) -> Iterator[Paragraph]:
    number = 0
    waiting = [(root, False)]
    while waiting:
        element, is_cell = waiting.pop()
        is_cell = is_cell or element.tag == f"{W}tc"
        if element.tag == FALLBACK:
            continue
        if element.tag == f"{W}p":
            words, deleted = clean("".join(_words(element, f"{W}t"))), clean("".join(_words(element, f"{W}delText")))
            number += 1
            if words or deleted:
                yield Paragraph(part, number, words, deleted, is_cell)
        waiting += [(child, is_cell) for child in reversed(element)]


def _words(paragraph: ElementTree.Element, kind: str) -> Iterator[str]:
    """Yield a paragraph's own words of a kind, without those of paragraphs inside it (text boxes)."""
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in {f"{W}p", FALLBACK} or (element.tag in GONE and kind == f"{W}t"):
            continue
        if element.tag == kind:
            yield element.text or ""
        elif element.tag in BREAKS:
            yield " "
        waiting += reversed(element)


def account(report: Report, archive: zipfile.ZipFile, draft: str) -> None:
    """Tell of every paragraph whether its words stand in the draft; ``draft`` is all that was written."""
    there, at = squash(unescape(draft)), 0
    arrived = dict.fromkeys(("document", "cell", "footnotes", "endnotes"), 0)
    for paragraph in read_paragraphs(archive):
        if paragraph.deleted:
            report.tell(_named(paragraph, paragraph.deleted), Fate.SKIPPED, DELETED)
        if not paragraph.words:
            continue
        if paragraph.part in OUTSIDE:
            report.tell(_named(paragraph, paragraph.words), Fate.SKIPPED, OUTSIDE[paragraph.part])
        elif (found := _find(squash(conceal(paragraph.words)[0]), there, at)) >= 0:
            at = found  # paragraphs come in their order: the next is looked for from here on
            arrived["cell" if paragraph.is_cell else paragraph.part] += 1
        else:
            report.tell(_named(paragraph, paragraph.words), Fate.SKIPPED, UNREAD)
    for part, count in arrived.items():
        if count:
            report.tell(COUNTED[part], Fate.IMPORTED, count=count)
    for name in sorted(archive.namelist()):
        if OBJECTS.fullmatch(name):
            report.tell(text("benda {name}", name=name.rpartition("/")[2]), Fate.SKIPPED, OBJECT)


def _find(words: str, there: str, at: int) -> int:
    found = there.find(words, at)
    return found if found >= 0 else there.find(words)


DELETED = text("dihapus dengan lacak perubahan; yang berlaku hanya naskah akhirnya")
UNREAD = text("tidak terbawa, mungkin di kotak teks; salin sendiri bila perlu")
OBJECT = text("bagan dan benda sisipan tidak dibawa; simpan sebagai gambar bila perlu")
OUTSIDE = {
    "header": text("kepala halaman tidak dibawa"),
    "footer": text("kaki halaman tidak dibawa"),
    "comments": text("komentar tidak dibawa"),
}
COUNTED = {
    "document": text("paragraf dan judul"),
    "cell": text("paragraf di dalam tabel"),
    "footnotes": text("catatan kaki"),
    "endnotes": text("catatan akhir"),
}


def _named(paragraph: Paragraph, words: str) -> Text:
    shown = conceal(words)[0]
    return text('paragraf {number} "{words}"', number=paragraph.number, words=shown)


def squash(words: str) -> str:
    """Return the letters and digits of words alone, to look whether words arrived."""
    return re.sub(r"[\W_]+", "", words).casefold()
