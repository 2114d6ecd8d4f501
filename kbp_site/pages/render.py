"""A page and its template become Markdown; Jinja enters the program here and nowhere else.

Every value is escaped unless it is prose: ASCII punctuation becomes numeric entities, which mean the
same in Markdown, in HTML text and in attributes, so that a value can never become markup. Addresses
inside a quoted attribute go through the filter `attr`, which keeps them short; `lang` writes the attribute of that
name.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup
from markupsafe import escape as escape_html

from kbp_site.locale import Language, translate
from kbp_site.pages.page import Page, localized

TEMPLATES = Path(__file__).parent / "templates"
PUNCTUATION = re.compile(r"""[!"#$&'()*+\-./:<=>@\[\\\]^_`{|}~]""")
BLANK_LINES = re.compile(r"\n\n\n+")
LINE_ENDS = re.compile(r"\s*[\r\n]+\s*")
YAML_BREAKS = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What JSON leaves as it is and YAML reads as a line's end, or refuses."""


class Prose(Markup):
    """Markdown that was judged at the source (`content/markup.py`) and is passed on as it is."""


def escape(value: object) -> Markup:
    """Return a value so that it is shown exactly as written, in Markdown and in HTML."""
    if isinstance(value, Markup):
        return value
    return _escape_words(str(value))


@lru_cache(maxsize=16384)
def _escape_words(words: str) -> Markup:
    """Escape plain words; titles and labels stand on many pages, so the answers are kept for a while."""
    plain = LINE_ENDS.sub(" ", words)
    return Markup(PUNCTUATION.sub(lambda found: f"&#{ord(found.group())};", plain))


def _finalize(value: object) -> object:
    return escape(value) if value is not None else ""


def _lang(language: str) -> Markup:
    """Return the attribute that tells the language of words where it is not the page's; else nothing."""
    return Markup(f' lang="{escape_html(language)}"' if language else "")


class _Compiled(BytecodeCache):
    """Templates that were compiled by this process: they are the same in every language."""

    def __init__(self) -> None:
        self._codes: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template that is known."""
        bucket.code = self._codes.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled."""
        if bucket.code:
            self._codes[bucket.key] = bucket.code


_compiled = _Compiled()


@cache
def environment(language: Language) -> Environment:
    """Return the templates' environment in a language: strict, escaping, with `_()` for labels."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        finalize=_finalize,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_compiled,
    )
    env.filters["attr"] = escape_html
    env.filters["lang"] = _lang
    env.globals["_"] = lambda sentence: translate(sentence, language)
    return env


def front_matter(page: Page) -> str:
    """Return the page's front matter: a closed set of keys, every value quoted as JSON."""
    rows = {
        "title": page.title,
        "description": page.description,
        "kbp": {
            "template": page.template.partition(".")[0],
            "source": page.source,
            "language": page.language,
            "editions": {language: localized(page.path, language) for language in page.editions},
            "copies": list(page.copies),
            "original": "" if page.is_original else localized(page.path, "id"),
            "crumbs": [[crumb.text, crumb.href] for crumb in page.crumbs],
            "cover": [page.cover.path, page.cover.width, page.cover.height, page.cover.alt] if page.cover else [],
            **({"updated": list(page.updated)} if page.updated[0] else {}),
        },
    }
    lines = [f"{key}: {_quote(value)}" for key, value in rows.items()]
    return "\n".join(["---", *lines, "---", "", ""])


def read_front_matter(written: str) -> tuple[dict[str, object], str]:
    """Return what `front_matter` says of a page, and the Markdown below it."""
    head, _, body = written.removeprefix("---\n").partition("\n---\n")
    rows = (line.partition(": ") for line in head.split("\n"))
    return {key: json.loads(value) for key, _, value in rows}, body.lstrip("\n")


def _quote(value: object) -> str:
    """Return JSON that YAML reads the same: beyond 16 bits YAML knows no pairs of escapes."""
    quoted = json.dumps(value, ensure_ascii=False)
    return YAML_BREAKS.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)


def render_page(page: Page) -> str:
    """Return the page's Markdown, front matter included; raises on a name that no one declared."""
    template = environment(page.language).get_template(page.template)
    body = template.render(page=page, **page.context)
    return front_matter(page) + BLANK_LINES.sub("\n\n", body).strip("\n") + "\n"
