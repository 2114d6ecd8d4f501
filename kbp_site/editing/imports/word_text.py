"""Word's text as prose of ours: mammoth makes HTML of it, markdownify makes Markdown, and only what is safe remains."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import mammoth
from markdownify import ATX, MarkdownConverter

from kbp_site.content.markup import judge_link
from kbp_site.content.problems import KbpError
from kbp_site.content.text_files import UNSEEN
from kbp_site.editing.imports.plain import clean, conceal, escape_line
from kbp_site.editing.imports.word_sections import typed_level
from kbp_site.locale import Text, text

STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='caption'] => p.caption:fresh
"""
NOTES = re.compile(r"(?:footnote|endnote)-\d+$")
NUMBERED = re.compile(r"\d+\. ")
INLINE_NOTES = text("Catatan kaki").say("id")
PICTURE = text("(Foto {number})")


@dataclass
class Picture:
    """A picture in a Word file: its bytes, what its author said of it, and the caption below it."""

    data: bytes
    kind: str
    alt: str = ""
    caption: str = ""


@dataclass
class WordText:
    """What a Word file says: its title, if it is marked as one, its prose, its pictures, and what was left out."""

    title: str = ""
    prose: str = ""
    pictures: list[Picture] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    concealed: int = 0


def read_text(data: bytes) -> WordText:
    """Return what a Word file says; raises `KbpError` when it cannot be read."""
    found = WordText()

    def take(image: Any) -> dict[str, str]:
        try:
            with image.open() as file:
                content = file.read()
        except Exception:  # a link to a picture elsewhere, which is never fetched; or one that is not there
            content = b""
        found.pictures.append(Picture(content, image.content_type or "", clean(image.alt_text or "")))
        return {"src": str(len(found.pictures))}

    try:
        html = mammoth.convert_to_html(
            BytesIO(data),
            style_map=STYLES,
            convert_image=mammoth.images.img_element(take),
            include_embedded_style_map=False,
        ).value
        prose = _Prose(found).convert(html)
    except Exception as error:  # whatever a broken file makes the readers stumble over, deep nesting too
        raise KbpError(text("berkas Word ini tidak dapat dibaca; buka lalu simpan ulang sebagai .docx")) from error
    prose, again = conceal(re.sub(r"\n{3,}", "\n\n", prose).strip("\n"))
    found.prose, found.concealed = prose, found.concealed + again
    return found


class _Prose(MarkdownConverter):
    """Turns mammoth's HTML into prose; titles, captions and pictures are taken aside."""

    def __init__(self, found: WordText) -> None:
        super().__init__(heading_style=ATX, bullets="-", table_infer_header=True)
        self.found = found
        self._begins = True
        self._numbers: dict[int, int] = {}

    def process_text(self, el: Any, parent_tags: Any = None) -> str:
        self._begins = el.previous_sibling is None or getattr(el.previous_sibling, "name", "") == "br"
        return super().process_text(el, parent_tags)  # type: ignore[no-any-return, misc]

    def escape(self, text: str, parent_tags: Any) -> str:
        words, count = conceal(UNSEEN.sub("", text))
        self.found.concealed += count
        escaped = escape_line(words, begins=self._begins)
        return escaped.replace("\\|", "|").replace("|", "\\|") if {"td", "th"} & {*(parent_tags or ())} else escaped

    def convert_hN(self, n: int, el: Any, text: str, parent_tags: Any) -> str:
        title = clean(el.get_text())
        if not self.found.title and ("title" in (el.get("class") or ()) or (n == 1 and not _before(el))):
            self.found.title = title
            return ""
        return super().convert_hN(n + 2, el, text, parent_tags)  # type: ignore[no-any-return, misc]

    def convert_p(self, el: Any, text: str, parent_tags: Any) -> str:
        if "caption" in (el.get("class") or ()) and self.found.pictures:
            self.found.pictures[self._pictures_before(el) - 1].caption = clean(el.get_text())
        if el.parent is not None and el.parent.name == "[document]" and (level := typed_level(el.get_text())):
            return super().convert_hN(level + 2, el, text, parent_tags)  # type: ignore[no-any-return, misc]
        return super().convert_p(el, text, parent_tags)  # type: ignore[no-any-return, misc]

    @staticmethod
    def _pictures_before(el: Any) -> int:
        nearest = el.find_previous("img") or el.find_next("img")
        return int(nearest["src"]) if nearest else 0

    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:
        return PICTURE.template.format(number=el["src"])

    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        href = el.get("href") or ""
        if href.startswith("#") or not href:
            return "" if text.strip() == "↑" else text
        if href.lower().startswith(("mailto:", "tel:")) or any(judge_link(href)) or re.search(r"[()\s<>\"]", href):
            self.found.notes.append(LOST_LINK)
            return text
        return super().convert_a(el, text, parent_tags)  # type: ignore[no-any-return, misc]

    def convert_del(self, el: Any, text: str, parent_tags: Any) -> str:
        return text

    convert_s = convert_del

    def convert_ol(self, el: Any, text: str, parent_tags: Any) -> str:
        listed: str = super().convert_list(el, text, parent_tags)  # type: ignore[misc]
        first = el.find("li")
        is_alone = first is not None and first.find_next_sibling("li") is None and el.parent.name == "[document]"
        if is_alone and (level := typed_level(first.get_text())):  # a heading that Word numbers
            return super().convert_hN(level + 2, first, NUMBERED.sub("", listed.strip()), parent_tags)  # type: ignore[no-any-return, misc]
        is_notes = first is not None and NOTES.search(first.get("id") or "")
        return f"\n\n### {INLINE_NOTES}\n\n{listed.lstrip()}" if is_notes else listed

    def convert_li(self, el: Any, text: str, parent_tags: Any) -> str:
        """Write an item; what stands below it is indented by four, as Python-Markdown asks."""
        number = self._numbers[id(el.parent)] = self._numbers.get(id(el.parent), 0) + 1
        bullet = f"{number}. " if el.parent is not None and el.parent.name == "ol" else "- "
        first, *rest = (text or "").strip().split("\n")
        lines = [bullet + first, *(f"    {line}" if line else "" for line in rest)]
        return "\n".join(lines) + "\n" if first else "\n"


LOST_LINK = text("Ada tautan ke surel, telepon, atau alamat yang tidak lengkap; tulisannya tetap, tautannya tidak.")


def _before(el: Any) -> bool:
    """Whether any words stand before an element."""
    return any(isinstance(one, str) and clean(one) for one in el.previous_elements)
