"""What a preview adds to pages, and the pages that it has in place of them while it cannot show the site."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

from kbp_site.content.problems import TEXT_LIMIT, Problem, printable, show_excerpt
from kbp_site.locale import Language, Text, text

LIVE = Path(__file__).parent / "live"
FOLDER = ".kbp/"
"""Where a preview's own files and news are asked for; a record can have no such address."""

HEAD = (
    '<link rel="stylesheet" href="/.kbp/preview.css"><script src="/.kbp/reload.js" data-version="{version}"></script>'
)

PAGE = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>
{head}</head>
<body class="kbp-faulty"><main class="kbp-faults"><h1>{title}</h1><p>{words}</p>{more}</main></body>
</html>
"""


def live(page: bytes, version: str, mark: str) -> bytes:
    """Return a built page that follows the preview's news; ``mark`` says above it that it is not public yet."""
    page = page.replace(b"</head>", f"{HEAD.format(version=version)}</head>".encode(), 1)
    if not mark:
        return page
    before, body, rest = page.partition(b"<body")
    tag, end, after = rest.partition(b">")
    return before + body + tag + end + f'<p class="kbp-preview">{html.escape(mark)}</p>'.encode() + after


def page_of_faults(problems: Sequence[Problem], version: str, language: Language) -> bytes:
    """Return the page that tells the errors of the content, as many of them as the terminal does."""
    words = text("Perbaiki berkasnya dan simpan. Halaman ini akan kembali dengan sendirinya.")
    errors = sorted(problem for problem in problems if problem.is_error)
    more = "".join(_tell(problem, language) for problem in errors[:TEXT_LIMIT])
    if (rest := len(errors) - TEXT_LIMIT) > 0:
        more += f"<p>{html.escape(text('… dan {count} masalah lagi.', count=rest).say(language))}</p>"
    return _page(text("Ada yang perlu diperbaiki"), words.say(language), version, language, more)


def _tell(problem: Problem, language: Language) -> str:
    """Return one problem as a part of a page: only the line of the file may be wider than the screen."""
    where = f"{problem.code} · {problem.path}:{problem.line}:{problem.column}"
    rows = [("h2", printable(problem.message.say(language))), ("p", printable(where))]
    if shown := show_excerpt(problem):
        rows.append(("pre", "\n".join(shown)))
    if problem.hint:
        hint = text("saran: {hint}", hint=printable(problem.hint.say(language)))
        rows.append(("p", hint.say(language)))
    parts = "".join(f"<{tag}>{html.escape(words)}</{tag}>" for tag, words in rows)
    return f"<section>{parts}</section>"


def page_of_failure(reason: Text, version: str, language: Language) -> bytes:
    """Return the page that tells, in a line, why there is nothing to show."""
    return _page(text("Pratinjau belum dapat ditampilkan"), reason.say(language), version, language)


def page_of_waiting(count: int, version: str, language: Language) -> bytes:
    """Return the page that is shown while the content is read for the first time; it looks again every second."""
    words = text("{count} catatan sudah dibaca. Halaman ini tampil begitu selesai.", count=count).say(language)
    page = _page(text("Membaca catatan …"), words, version, language)
    return page.replace(b"<title>", b'<meta http-equiv="refresh" content="1"><title>', 1)


def _page(title: Text, words: str, version: str, language: Language, more: str = "") -> bytes:
    return PAGE.format(
        language=language,
        title=html.escape(title.say(language)),
        head=HEAD.format(version=version),
        words=html.escape(words),
        more=more,
    ).encode()
